"""The tools: what can be asked of the public database, each a method whose answer is typed."""

import asyncio
import json
from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal
from urllib.parse import parse_qsl

from pydantic import Field

from crawler.feeds import Filter, UnknownFilterError
from crawler.mcp import answers, law, lists, reading
from crawler.mcp.desk import Desk
from crawler.public.database import Connection, PublicDatabase
from crawler.public.known import known
from crawler.public.sent import process
from crawler.public.sent.process import HeldLaw
from crawler.publish import comparing
from crawler.publish.filtering import checked
from crawler.publish.server.responses import MissingError

Page = Annotated[int, Field(ge=1, le=10_000, description="Page of the answer, as `next_page` says")]
Id = Annotated[
    str, Field(min_length=1, max_length=2_000, description="Id of a document, such as ukpga/2015/30, or its address")
]
Version = Annotated[str, Field(max_length=100, description="Id of a version; empty for that shown now")]
Path = Annotated[
    str, Field(max_length=300, description="Path of a provision, as contents give it: section-45-1, annex-a, who-acts")
]
Query = Annotated[
    str,
    Field(
        max_length=4_000,
        description="Filter as in the address of a feed: role=local_authority&jurisdiction=England. Facets: topic,"
        " role, aimed_at, exploitation, toolkit, jurisdiction, kind, publisher, source, document, section, change,"
        " significance; repeat one for or, join others for and",
    ),
]
MAX_TEXT = 50_000
"""Most characters of a text that is checked: a request by HTTP has 64 KiB."""
_DAY_OR_NONE = r"^(\d{4}-\d\d-\d\d)?$"
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$", description="Day as YYYY-MM-DD")]


class Tools:
    """What can be asked; each method asks the database as it is then."""

    def __init__(self, public: PublicDatabase, desk: Desk) -> None:
        self._public = public
        self._desk = desk

    def search(
        self,
        question: Annotated[str, Field(min_length=1, max_length=200, description="As one would ask a colleague")],
        kind: Annotated[str, Field(max_length=100, description="act, si, statutory_guidance, report …")] = "",
        jurisdiction: Annotated[str, Field(max_length=100, description="England, Scotland, European Union …")] = "",
        topic: Annotated[str, Field(max_length=100)] = "",
        publisher: Annotated[str, Field(max_length=100)] = "",
        state: Literal["", "in-force", "not-yet", "repealed", "withdrawn"] = "",
        page: Page = 1,
    ) -> answers.Found:
        """Search law, guidance and reports on human trafficking and modern slavery; finds provisions by number."""
        given = {"kind": kind, "jurisdiction": jurisdiction, "topic": topic, "publisher": publisher, "state": state}
        return self._public.ask(lists.search, self._desk, question, given, page)

    def document(self, document: Id, part: Page = 1) -> answers.Document:
        """Read what is known of a document: dates, status, versions, contents by path, entries, how it was checked."""
        return self._public.ask(reading.document, self._desk, document, part)

    def provision(
        self,
        document: Id,
        path: Path,
        version: Version = "",
        offset: Annotated[int, Field(ge=0, le=50_000_000, description="As `next_offset` says")] = 0,
    ) -> answers.Provision:
        """Read the text of a provision of law or a section of guidance, and whether it is in force."""
        return self._public.ask(reading.provision, self._desk, document, path, version, offset)

    def at(
        self,
        document: Id,
        day: Day,
        provision: Path = "",
        first: Annotated[int, Field(ge=0, le=1_000_000, description="As `next_first` says")] = 0,
    ) -> law.OnDay:
        """Read a document as it stood on a day, or a provision of it with all of the same document that it cites."""
        return self._public.ask(law.on_day, self._desk, document, _day(day), provision, first)

    def stale(self, page: Page = 1) -> law.Passages:
        """List passages of guidance and law whose cited text changed later: each is to be checked by a person."""
        return self._public.ask(law.passages, self._desk, page)

    async def check_text(
        self,
        text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT, description="Protocol, policy or other text")],
        on: Annotated[
            str, Field(pattern=_DAY_OR_NONE, description="Day the text was last revised, YYYY-MM-DD; empty: today")
        ] = "",
        page: Page = 1,
    ) -> law.CheckedText:
        """Say what a text cites, how that stood on a day, and what changed since; nothing of the text is kept."""
        day = _day(on) if on else self._desk.now().date().isoformat()
        held = await asyncio.to_thread(self._known)
        sent = await process.read_in_loop(text.encode(), "text/plain; charset=utf-8", held)
        return await asyncio.to_thread(self._public.ask, law.checked, self._desk, sent, day, page)

    def _known(self) -> HeldLaw:
        """Return what is held, kept while the file is the same."""
        body, _ = self._public.ask_once("known", lambda there: (json.dumps(asdict(known(there))).encode(), ""))
        return HeldLaw(**json.loads(body))

    async def compare(self, document: Id, earlier: Version = "", later: Version = "") -> answers.Comparison:
        """Compare two versions of a document by provision; the newest two where none are named."""
        found, pair = self._public.ask(reading.pair, document, earlier, later)
        return self._public.ask(reading.comparison, self._desk, found, await comparing.compared(pair))

    def changes_since(self, since: Day, filter: Query = "", page: Page = 1) -> answers.Changes:
        """List what was announced or corrected since a day, the newest first, with words before and after."""
        chosen = self._public.ask(_filter, filter)
        return self._public.ask(lists.changes, self._desk, chosen, _day(since), page)

    def dates_ahead(
        self,
        filter: Query = "",
        until: Annotated[str, Field(pattern=_DAY_OR_NONE, description="Last day, as YYYY-MM-DD")] = "",
        page: Page = 1,
    ) -> answers.Dates:
        """List days that lie ahead: provisions coming into force, transposition, consultations that close."""
        chosen = self._public.ask(_filter, filter)
        return self._public.ask(lists.dates, self._desk, chosen, _day(until) if until else "", page)

    def source_health(self, source: Annotated[str, Field(max_length=200)] = "", page: Page = 1) -> answers.Sources:
        """Say which sources could not be checked and since when: what is not told may have changed there unseen."""
        return self._public.ask(lists.sources, self._desk, source, page)

    def how_to_cite(
        self,
        entry: Annotated[str, Field(max_length=200, description="Id of an entry")] = "",
        document: Annotated[str, Field(max_length=2_000, description="Id of a document, where no entry is named")] = "",
        path: Path = "",
        version: Version = "",
    ) -> answers.Citation:
        """Return the line with which to cite an entry, or a document or provision as it was read."""
        if bool(entry) == bool(document):
            raise MissingError("Name either an entry or a document.")
        if entry:
            return self._public.ask(reading.of_entry, self._desk, entry)
        return self._public.ask(reading.of_document, self._desk, document, path, version)


def _filter(connection: Connection, query: str) -> Filter:
    """Return the filter of a query; a whole address of a feed will do."""
    try:
        pairs = parse_qsl(query.rpartition("?")[2], keep_blank_values=True, strict_parsing=bool(query))
    except ValueError as error:
        raise UnknownFilterError(
            f"{query!r} is no filter; expected one such as kind=act&jurisdiction=Scotland"
        ) from error
    return checked(connection, pairs)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise MissingError(f"There is no day {text}.") from error
