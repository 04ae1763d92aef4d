"""Answers of the SPARQL endpoint: documents, relations, dates, and links to notices.

Source: https://www.w3.org/TR/sparql11-results-json/. The endpoint answers status 200 with a text that begins with
``Virtuoso`` where it failed (SP031: it took too long, or would): that is never an empty result. Rows multiply, each
title with each type and each date, so that every column is a set.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote

from crawler.errors import IdentifierError, ParseError, RefusedError
from crawler.identifiers import celex, celex_consolidated
from crawler.model import Capture, Link, Page, Problem, Statement, digest_of
from crawler.protocols.cellar import addresses, dates, kinds, resources
from crawler.protocols.cellar.queries import LIMIT
from crawler.protocols.cellar.resources import Dated, Work
from crawler.text import clean, counted

ASKED = "asked"
"""Fact of a question: the CELEX numbers it asks about, so that one without an answer is noticed."""
RELATIONS = "relations"
"""Fact of a question that asks what stands around acts, not which documents a list holds."""

BODIES = "bodies"
"""Fact of the question which agents are called by names: the names, one a line."""

SPAN = "span"
"""Fact of a question about a span of days, in which there may be nothing."""

_TARGETS = {"amends_celex": "amends", "based_on_celex": "based on", "adopts_celex": "adopts"}
_COLUMNS = frozenset(
    {
        "work", "celex", "id", "title", "doc_date", "type", "eli", "in_force", "entry_into_force", "end_of_validity",
        "transposition", "modified", "cons_celex", "framework_celex", "relation", "total", *_TARGETS,
    }
)  # fmt: skip
_NAMES = ("celex", "eli", "id", "work", "framework_celex")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """All rows about one work, put together."""

    document: str
    rows: Sequence[Row]

    def all(self, column: str) -> list[str]:
        """Return the different values of a column, sorted."""
        return sorted({row[column] for row in self.rows if row.get(column)})

    def one(self, column: str) -> str:
        """Return the first value of a column, the empty text where it has none."""
        return next(iter(self.all(column)), "")


def is_answer(capture: Capture) -> bool:
    """Return whether a body is an answer of the endpoint: results, or the words of its failure."""
    start = capture.body[:200].lstrip()
    return start.startswith((b"{", b"Virtuoso")) or capture.media_type.endswith("json")


def results(capture: Capture) -> tuple[frozenset[str], list[Row]]:
    """Return the columns and the rows of an answer.

    Raises:
        RefusedError: the endpoint says that it failed.
        ParseError: it is no result of a SELECT.
    """
    if capture.body[:200].lstrip().startswith(b"Virtuoso"):
        said = clean(capture.body[:300].decode("utf-8", "replace"))
        raise RefusedError(capture.url, f"the endpoint failed: {said}", "error")
    try:
        told = json.loads(capture.body)
    except (ValueError, RecursionError) as error:
        raise ParseError(capture.url, f"not JSON: {error}") from error
    head = told.get("head") if isinstance(told, dict) else None
    columns = head.get("vars") if isinstance(head, dict) else None
    body = told.get("results") if isinstance(told, dict) else None
    bindings = body.get("bindings") if isinstance(body, dict) else None
    if not isinstance(columns, list) or not all(isinstance(each, str) for each in columns):
        raise ParseError(capture.url, "results that do not say which columns they have")
    if not isinstance(bindings, list):
        raise ParseError(capture.url, "results without rows")
    rows = [_row(each, capture) for each in bindings]
    asked, _, _ = unquote(unquote(capture.url)).partition("SELECT")[2].partition("WHERE")
    named = {name for name in ("work", "celex") if f"?{name} " in asked}
    if other := named.union(*rows).difference(columns):
        raise ParseError(capture.url, f"results whose head lacks {', '.join(sorted(other))}")
    return frozenset(columns), rows


def _row(binding: object, capture: Capture) -> Row:
    if not isinstance(binding, dict):
        raise ParseError(capture.url, "a row that is no object")
    found: dict[str, str] = {}
    for name, cell in binding.items():
        if not isinstance(cell, dict) or not isinstance(cell.get("value"), str):
            raise ParseError(capture.url, f"a row whose {name} has no value")
        found[name] = clean(cell["value"])
    return found


def listing(capture: Capture) -> Page:
    """Read an answer: the works it lists and what it says of them.

    Raises:
        RefusedError, ParseError: as for :func:`results`; also where no column names a work.
    """
    columns, rows = results(capture)
    if names := capture.link.facts.get(BODIES):
        return Page(problems=tuple(_nameless(names.splitlines(), rows)))
    if not columns & set(_NAMES):
        raise ParseError(capture.url, f"results about nothing: columns {', '.join(sorted(columns)) or 'none'}")
    today = dates.brussels(capture.time).date().isoformat()
    found = _grouped(rows, capture)
    read = [(each, _work(each)) for each in found]
    documents = [document for _, work in read if (document := resources.document(work, today))]
    problems = [*_unread(columns, rows), *_unanswered(found, capture)]
    problems += [problem for _, work in read for problem in resources.problems(work)]
    problems += [
        Problem(kind="untitled", detail=f"{work.document}: a case without a title in the language asked for")
        for _, work in read
        if work.kind == "case_law" and not resources.shown_title(work)
    ]
    if "cons_celex" in columns:
        problems += _pending(found)
    around = bool(capture.link.facts.get(RELATIONS)) or "framework_celex" in columns
    return Page(
        documents=tuple(documents),
        statements=resources.unique(statement for pair in read for statement in _statements(*pair)),
        links=tuple(_links(read, rows, around=around)),
        problems=tuple(dict.fromkeys(problems)),
        # What stands around tracked acts is no list, and a span of days without works is no outage.
        entries=None if around or (not found and SPAN in capture.link.facts) else len(found),
        newest=max((document.published for document in documents if document.published), default=None),
        cursor=capture.link.facts.get("cursor"),
        total=None if around or len(rows) >= LIMIT else len(found),
        listed=() if around else tuple(each.document for each in found),
    )


def _grouped(rows: Sequence[Row], capture: Capture) -> list[_Found]:
    """Return the rows put together by the work they are about; consolidated texts are versions, not works."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        name = _identity(row) or (capture.link.facts.get("document", "") if "framework_celex" not in row else "")
        if name:
            groups.setdefault(name, []).append(row)
    return [_Found(document=name, rows=group) for name, group in groups.items()]


def _identity(row: Row) -> str | None:
    if number := row.get("celex"):
        with suppress(IdentifierError):
            return None if number.startswith("0") and "-" in number else celex(number)
    names = [row.get("id", ""), _eli(row.get("eli", "")), addresses.name_at(row.get("work", ""))]
    return addresses.identity(each for each in names if each)


def _eli(address: str) -> str:
    """Return the ELI of an address (``http://data.europa.eu/eli/…``) as a name."""
    _, found, path = address.partition("/eli/")
    return f"eli:{path}" if found else ""


def _work(found: _Found) -> Work:
    entries = found.all("entry_into_force")
    # Of several dates one is that of entry into force, others of application: only the notice tells which.
    dated = [Dated(event=resources.IN_FORCE, date=each) for each in entries if len(entries) == 1]
    dated += [Dated(event=resources.END, date=each) for each in found.all("end_of_validity")]
    dated += [Dated(event=resources.TRANSPOSITION, date=each) for each in found.all("transposition")]
    names = [name for row in found.rows for each in ("eli", "work") if (name := row.get(each))]
    return Work(
        document=found.document,
        title=found.one("title"),
        types=frozenset(kinds.code(each) for each in found.all("type")),
        published=found.one("doc_date"),
        in_force=found.one("in_force"),
        dated=tuple(dated),
        aliases=tuple(sorted({addresses.name_at(each) if "/resource/" in each else each for each in names})),
    )


def _statements(found: _Found, work: Work) -> Iterator[Statement]:
    yield from resources.date_statements(work)
    for column, name in _TARGETS.items():
        for target in found.all(column):
            with suppress(IdentifierError):
                yield Statement.relation(found.document, name, celex(target))
    for row in found.rows:
        if (word := row.get("relation")) and word in resources.RELATIONS and row.get("framework_celex"):
            name, outgoing = resources.RELATIONS[word]
            with suppress(IdentifierError):
                other = celex(row["framework_celex"])
                pair = (found.document, other) if outgoing else (other, found.document)
                yield Statement.relation(pair[0], name, pair[1])


def _links(read: Sequence[tuple[_Found, Work]], rows: Sequence[Row], *, around: bool) -> Iterator[Link]:
    """Yield a link to the notice of each work, asked again when the work or its consolidated texts have changed.

    Of cases nothing more is read than their title. What stands around an act is asked once: where it is tracked itself,
    another question says when it has changed.
    """
    listed = {found.document for found, _ in read}
    for found, work in read:
        if work.kind != "case_law":
            token = "" if around else digest_of(found.all("modified"), _versions(found.rows, found.document))[:16]
            yield addresses.notice(found.document, token=token, title=resources.shown_title(work))
    versions: dict[str, set[str]] = {}
    columns = ("celex",) if read else ("celex", "cons_celex")
    for number in (row.get(name, "") for row in rows for name in columns):
        with suppress(IdentifierError):
            base, date = celex_consolidated(number)
            versions.setdefault(base, set()).add(date)
    for document in sorted(versions.keys() - listed):
        yield addresses.notice(document, token=digest_of([], sorted(versions[document]))[:16])


def _versions(rows: Sequence[Row], document: str) -> list[str]:
    """Return the consolidated texts of a document that rows name, the newest last. The endpoint cannot compare them."""
    found = set()
    for row in rows:
        with suppress(IdentifierError):
            base, date = celex_consolidated(row.get("cons_celex", ""))
            if base == document:
                found.add(date)
    return sorted(found)


def _pending(found: Sequence[_Found]) -> Iterator[Problem]:
    """Yield the acts whose newest amendments are in no consolidated text yet; that takes about ten days."""
    waiting: dict[str, list[str]] = {}
    for each in found:
        for target in sorted({row.get("framework_celex", "") for row in each.rows if row.get("relation") == "amends"}):
            with suppress(IdentifierError):
                act = celex(target)
                if not _versions(each.rows, act):
                    waiting.setdefault(act, []).append(each.document)
    for act, amending in sorted(waiting.items()):
        detail = f"{act}: amended, consolidation pending ({', '.join(sorted(amending))})"
        yield Problem(kind="consolidation pending", detail=detail)


def _unread(columns: frozenset[str], rows: Sequence[Row]) -> Iterator[Problem]:
    if unknown := sorted(columns - _COLUMNS):
        yield Problem(kind="unknown column", detail=", ".join(unknown))
    if words := sorted({row["relation"] for row in rows if row.get("relation")} - set(resources.RELATIONS)):
        yield Problem(kind="unknown relation", detail=", ".join(words))
    if len(rows) >= LIMIT:
        yield Problem(
            kind="gap",
            detail=f"{counted(len(rows), 'row is', 'rows are')} as many as are given at a time: there may be more",
        )

    told = max((int(row["total"]) for row in rows if row.get("total", "").isdecimal()), default=0)
    given = len({row["work"] for row in rows if row.get("work")})
    if given < told and len(rows) < LIMIT:
        yield Problem(kind="gap", detail=f"{counted(given, 'work')} of the {told} that the endpoint counts")


def _nameless(names: Sequence[str], rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield the names by which no agent is called, and those of agents without a work: their lists would be empty."""
    for name in names:
        totals = [row.get("total", "") for row in rows if row.get("name") in name.split("|") and row.get("agent")]
        if not totals:
            yield Problem(kind="not found", detail=f"{name}: no body of that name in the table of corporate bodies")
        elif not any(total.strip("0") for total in totals):
            yield Problem(kind="not found", detail=f"{name}: author of no work")


def _unanswered(found: Sequence[_Found], capture: Capture) -> Iterator[Problem]:
    asked = set(capture.link.facts.get(ASKED, "").split())
    missing = sorted(asked - {addresses.number(each.document) for each in found})
    if missing:
        yield Problem(kind="not found", detail=f"no act under {', '.join(missing)}")
