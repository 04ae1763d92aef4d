"""Every file under ../shared/recordings: the protocol that reads it, in what role, and what came of it."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Role
from crawler.sources import Expect, Source
from crawler.text import moment, slug

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
MANIFEST = "manifest.jsonl"

NO_BODY = {
    r"README\.md": "a note on the folder",
    r"manifest\.jsonl": "the index: a line for each file",
    r"_reference/govuk-content-api-openapi\.yaml": "documentation: the interface described in OpenAPI",
    r"_reference/parliament-14-apis-openapi-digest\.json": "documentation: a digest of descriptions in OpenAPI",
    r"data\.europarl\.europa\.eu/eli-ep_adopted-texts\.shacl\.ttl": "a schema: which fields an adopted text may have",
    r"www\.eurojust\.europa\.eu/press-releases\.\d{4}_.*\.feedparser\.json": (
        "a dump of what another program read of the feed; RSS is written from it in tests/recordings/test_eurojust.py"
    ),
    r"www\.legislation\.gov\.uk/cyanheads-2026-09/robots\.txt": (
        "rules for clients, obeyed and not parsed: read in tests/recordings/test_every_recording.py"
    ),
}
"""Files that are no answer of a source, and why: none of them is marked raw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads the recordings whose name matches."""

    pattern: str
    protocol: str
    role: Role = "document"
    kind: str = "guidance"
    options: Mapping[str, object] = field(default_factory=dict)


READERS = (
    Reader(pattern=r"www\.legislation\.gov\.uk/.*/changes-.*feed", protocol="legislation", role="statement"),
    Reader(pattern=r"www\.legislation\.gov\.uk/.*\.feed$", protocol="legislation", role="listing"),
    Reader(pattern=r"www\.legislation\.gov\.uk/", protocol="legislation"),
    Reader(pattern=r"www\.gov\.uk/.*/search-|www\.gov\.uk/derived-nca/", protocol="govuk", role="listing"),
    Reader(pattern=r"www\.gov\.uk/", protocol="govuk"),
    Reader(pattern=r"hudoc\.", protocol="hudoc", role="listing"),
    Reader(pattern=r"publications\.europa\.eu/(sparql|notification)/", protocol="cellar", role="listing"),
    Reader(pattern=r"publications\.europa\.eu/|eur-lex\.europa\.eu/", protocol="cellar"),
    Reader(pattern=r"www\.eurojust\.europa\.eu/reconstructed/", protocol="feed", role="listing", kind="news"),
    Reader(pattern=r"(services|www)\.parliament\.uk/.*\.rss$", protocol="feed", role="listing"),
    Reader(
        pattern=r"www\.parliament\.uk/committees-az\.html", protocol="listing", role="listing",
        options={"entry": "#content ul li h3"},
    ),
    Reader(pattern=r"www\.parliament\.uk/", protocol="page"),
    Reader(pattern=r"bills-api\.parliament\.uk/bills\.json", protocol="parliament", role="listing"),
    Reader(pattern=r"bills-api\.parliament\.uk/", protocol="parliament", options={"files": True}),
    Reader(pattern=r"www\.theyworkforyou\.com/", protocol="parliament"),
    Reader(pattern=r"www\.europarl\.europa\.eu/press-release_", protocol="page", options={"body": ".ep-a_text"}),
    Reader(pattern=r"(data|www|oeil)\.europarl\.europa\.eu/", protocol="europarl"),
    Reader(pattern=r"www\.modernslavery\.gov\.uk/", protocol="page", kind="form"),
)  # fmt: skip
"""The first that matches reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one recording was read into, or why it was refused (``kind`` and ``told`` of a ParseError)."""

    file: str
    raw: bool
    reader: Reader
    page: Page | None = None
    kind: str = ""
    told: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Return how much of each was read; ``entries`` counts what a list lists."""
        if self.page is None:
            return {}
        return {
            "documents": len(self.page.documents),
            "versions": len(self.page.versions),
            "sections": sum(len(version.sections) for version in self.page.versions),
            "statements": len(self.page.statements),
            "links": len(self.page.links),
        }

    @property
    def outcome(self) -> str:
        """Return the last column of the table."""
        if self.page is None:
            return f"refused: {self.kind}: {self.told}"
        said = ", ".join(f"{count} {name}" for name, count in self.counts.items() if count) or "nothing listed"
        problems = Counter(problem.kind for problem in self.page.problems)
        return f"read: {said}" + (f" ({', '.join(sorted(problems))})" if problems else "")

    def __str__(self) -> str:
        name = self.file if len(self.file) <= 86 else f"…{self.file[-85:]}"
        raw = "raw" if self.raw else "-"
        return f"{name:86} {raw:3} {self.reader.protocol:11} {self.reader.role:9} {self.outcome}"


def files() -> list[str]:
    """Return every file of the folder; empty where there is none."""
    return sorted(path.relative_to(RECORDINGS).as_posix() for path in RECORDINGS.rglob("*") if path.is_file())


def manifest() -> dict[str, dict[str, Any]]:
    """Return what the manifest says of each file; empty where there is none."""
    file = RECORDINGS / MANIFEST
    if not file.is_file():
        return {}
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return {str(row["file"]): row for row in rows}


def no_body(file: str) -> str:
    """Return why a file is no answer of a source, the empty text where it is one."""
    return next((why for pattern, why in NO_BODY.items() if re.fullmatch(pattern, file)), "")


def reader(file: str) -> Reader | None:
    """Return who reads a file, None where nobody does."""
    return next((each for each in READERS if re.match(each.pattern, file)), None)


def rows() -> Iterator[Row]:
    """Read every file that somebody reads, one after another."""
    about = manifest()
    for file in files():
        by = reader(file)
        if by is not None and not no_body(file):
            yield row(by, about[file])


def row(by: Reader, about: Mapping[str, Any]) -> Row:
    """Read one file."""
    file, raw = str(about["file"]), bool(about["raw"])
    try:
        return Row(file=file, raw=raw, reader=by, page=protocols.read(capture(by, about), source(by, about)))
    except ParseError as error:
        return Row(file=file, raw=raw, reader=by, kind=error.kind, told=error.reason)


def source(by: Reader, about: Mapping[str, Any]) -> Source:
    """Return a source that would ask for a recording."""
    return Source(
        id="sample", name="Sample", publisher="sample", kind=by.kind, protocol=by.protocol, url=address(about),
        expect=Expect(), options=by.options,
    )  # fmt: skip


def capture(by: Reader, about: Mapping[str, Any]) -> Capture:
    """Return a recording as it was captured, as far as the manifest knows."""
    url, media = address(about), str(about["content_type"])
    return Capture(
        url=url,
        time=moment("2026-11-24T06:00:00Z"),
        status=status(about),
        link=Link(url=url, role=by.role),
        headers=(("Content-Type", media),) if "/" in media else (),
        body=(RECORDINGS / str(about["file"])).read_bytes(),
    )


_STATED = re.compile(rb'<Legislation\b[^>]*?DocumentURI="http://www\.legislation\.gov\.uk/([^"]+)"')


def address(about: Mapping[str, Any]) -> str:
    """Return the address of a recording: as the manifest knows it, else as its body states it, else one of ours."""
    file = str(about["file"])
    url = str(about["url"]).partition(" ")[0].rstrip("?").replace("CELEX:...", "CELEX:32011L0036")
    if not about["url_certain"]:
        stated = _STATED.search((RECORDINGS / file).read_bytes()[:4000])
        if stated:
            return f"http://www.legislation.gov.uk/{stated[1].decode()}/data.xml"
    if "/oeil/..." in url:  # of its older site the manifest knows no address
        return "https://oeil.secure.europarl.europa.eu/oeil/popups/ficheprocedure.do?reference=sample"
    if urlsplit(url).scheme in ("http", "https") and urlsplit(url).path not in ("", "/"):
        return url
    host, _, name = file.partition("/")
    shown = f"https://{host}/resource/cellar" if "europa.eu" in host else f"https://{host}/recording"
    return f"{shown}/{slug(name.rpartition('.')[0])}"


def status(about: Mapping[str, Any]) -> int:
    """Give the status that a recording had, as its name says; "404" in a name may be the number of a statutory rule."""
    found = re.search(r"[._-](202|300|307|404)\.(?:txt|html)$", str(about["file"]))
    return int(found[1]) if found else 200


def summary(read: Iterable[Row]) -> list[str]:
    """Return how many were read and refused, by protocol."""
    counts = Counter((each.reader.protocol, "raw" if each.raw else "not raw", each.outcome[:4]) for each in read)
    words = {"read": "read", "refu": "refused"}
    return [f"{count:5} {name:11} {raw:7} {words[what]}" for (name, raw, what), count in sorted(counts.items())]
