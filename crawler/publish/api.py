"""The page for programs: every address that answers with JSON, what stands in the answer, and examples that work."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.classify.toolkit import SHELVES
from crawler.feeds import Filter
from crawler.feeds.weight import LAW
from crawler.public import named, schema
from crawler.public.database import Connection
from crawler.public.entries import announced
from crawler.public.sql_child import MAX_ANSWER_BYTES, MAX_ROWS, MAX_SECONDS
from crawler.public.standing import reading
from crawler.publish.paths import encode
from crawler.publish.server.responses import ask, page, render
from crawler.publish.settings import DATABASE, own
from crawler.publish.toolkit.parts import PARTS

IN_EACH: Mapping[str, str] = {
    "clock": "time of the newest finished crawl; null where nothing was read completely yet",
    "sample": "true where the data are the invented sample",
    "next": "address of what follows, null where nothing does",
}
"""What stands in the answer of every page as objects."""

_ROWS = "rows with the names of table {}"
_TOTAL = {"total": "how many there are in all"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as objects: its address, that of an example, what it holds, and its fields beside ``IN_EACH``.

    In an example ``{entry}`` and ``{document}`` stand for the newest entry and its document; ``more`` are fields
    that only some answers have.
    """

    path: str
    about: str
    fields: Mapping[str, str]
    example: str = ""
    more: Mapping[str, str] | None = None


PAGES = (
    Page(
        path="/.json", about="The newest entries. Takes the filters of feeds, and page. All of a filter at /.csv.",
        fields={"filter": "the values asked for, by facet",
                "entries": _ROWS.format("entries") + "; tag is the id in feeds, details the words before and after"},
        example="/.json?kind=guidance",
    ),
    Page(
        path="/entry/ID.json", about="One entry, and what it was made of. Also as .txt and .md.",
        fields={"entry": "as in /.json", "document": "status, summary and licence of its document",
                "version": "label and valid_from of the version that it tells of, or null",
                "captures": _ROWS.format("captures") + "; part 2: what was compared with",
                "later": "later entries about the same document", "citation": "how to cite it"},
        example="/entry/{entry}.json",
    ),
    Page(
        path="/doc/ID.json", about="One document. Takes version, at (a day), provision, part (of a long text),"
        " changed_by and changes (a state of effects).",
        fields={"document": _ROWS.format("documents").replace("rows", "one row"), "parent": "id and title, or null",
                "children": "its attachments and parts", "listed": "the sources that name it",
                "unlisted": "complete lists that name it no more", "aliases": "its other names",
                "dates": _ROWS.format("dates"), "history": _ROWS.format("document_history"),
                "relations": _ROWS.format("relations"), "topics": "its topics", "labels": "its labels by facet",
                "copies": "the same text elsewhere", "reasons": "what counted for or against it",
                "versions": _ROWS.format("versions"), "changes": _ROWS.format("changes") + ", without their words",
                "entries": "its entries", "cites": "what its text cites", "cited_by": "what cites it",
                "in_force_counts": "how many provisions are in force, in part, not yet",
                "commencements": _ROWS.format("commencements"),
                "effects": "effects on it (changed_by) and of it (changes), by state and page",
            "outstanding": "effects on it that its text does not show yet",
        },
        more={"version": "the version of the text that follows",
              "at": "what is known of the day asked for, or null",
              "pending": "acts that amend it and that no consolidated text holds yet",
              "corrigenda": "corrections of it in the Official Journal, with the provisions that they name",
              "provision": "where the provision asked for stands",
              "contents": "all sections of the version", "sections": "a part of them with their words",
              "parts": "how many parts the text has", "part": "which one this is"},
        example="/doc/{document}.json",
    ),
    Page(
        path="/search.json?q=WORDS", about="What answers a question. Takes kind, jurisdiction, topic, publisher,"
        " period, state, only and page.",
        fields={"question": "as asked", "read_as": "provisions, corrections, words that nothing has",
                "day": "the day asked for, or null", "then": "how the first result read on it, or null",
                "nearest_only": "true where nothing has all that was asked for", **_TOTAL,
                "best_bet": "an answer kept by hand, or null",
                "not_held": "laws that are named and not held: id, title, url",
                "unread": "the law whose provision was asked for, none of its words held, or null",
                "cited_by": "documents that cite what is named: id, title, page",
                "results": "documents: id, page, url, title, provision, words, state, changed …",
                "by_hand": "documents kept by hand that fit", "counts": "how many results have each value, by facet"},
        example="/search.json?q=section+45",
    ),
    Page(
        path="/sources.json", about="Every source, how its reading stands, and what could not be checked.",
        fields={"sources": _ROWS.format("sources"), "own_issues": "open issues of the round-up itself",
                "mended": "issues mended in the last 60 days", "crawls": _ROWS.format("crawls")},
    ),
    Page(
        path="/recommendations.json",
        about="Recommendations and findings of reports. Takes addressee, answer, kind, report, page.",
        fields={**_TOTAL, "lessons": _ROWS.format("lessons") + ", with the titles of report and answer"},
    ),
    Page(
        path="/library.json", about="The first documents of each shelf that are current.",
        fields=dict.fromkeys(SHELVES, "their total, and the first of them"),
    ),
    *(
        Page(
            path=f"/{part}.json", about=f"{PARTS[part].name}. Takes the fields of its form, and page.",
            fields={**_TOTAL, part: "documents: what each states (fields), law it names that changed since (stale)"},
        )
        for part in PARTS
    ),
    Page(
        path="/calendar.json", about="Dates ahead. Takes the filters of feeds but change and significance.",
        fields={"dates": _ROWS.format("calendar") + ", with the document, and a headline (words)"},
    ),
    Page(path="/coming-into-force.json", about="Law that begins on a day ahead, or on none stated. Takes the same.",
         fields={"dates": "as in /calendar.json", "without_a_day": "laws, and how much of each is in force"}),
    Page(path="/topic/TOPIC.json", about="One topic: the newest entries, the next dates, the first of each library.",
         fields={"entries": "as in /.json", "dates": "as in /calendar.json",
                 **dict.fromkeys(PARTS, "their total, and the first of them"),
                 "judgments": "the newest that courts list"},
         example="/topic/labour_exploitation.json"),
    Page(path="/withdrawn.json", about="What is withdrawn, gone, replaced or no longer law, by the day (stopped). Takes"
         " topic, nation and page.",
         fields={**_TOTAL, "withdrawn": "documents, as in the libraries"}),
    Page(path="/series.json", about="Periodical publications, and when the next edition is expected.",
         fields={"series": _ROWS.format("series")}),
    Page(path="/collections.json", about="Documents by subject; /collection/ID.json is one of them.",
         fields={"collections": _ROWS.format("collections"), "judgments": "how many are listed by hand, and when"
                 " that was reviewed", "by_hand": "how many documents are kept by hand"}),
    Page(path="/by-hand.json", about="Documents that no source has brought.",
         fields={"documents": _ROWS.format("by_hand"), "counted": "how many, and when they were reviewed"}),
    Page(path="/since.json?doc=ID&since=DAY", about="What changed in documents since a day or a version's name. Takes"
         " doc (up to 50 times) and since.",
         fields={"since": "as asked", "documents": "each with its changes: of a provision the newest, and how many"
                 " (times)"},
         example="/since.json?doc={document}&since=2026-01-01"),
    Page(path="/stale.json", about="Passages whose cited text changed after they were read.",
         fields={"stale": _ROWS.format("stale") + ", with the change"}),
    Page(path="/review.json", about="Documents that wait for a person to decide whether they belong here.",
         fields={**_TOTAL, "waiting": _ROWS.format("documents") + ", with what counted (reasons)"}),
)  # fmt: skip


@page
async def api(datasette: Datasette, request: Request) -> Response:
    """Return the page for programs; its examples are answered from the data at hand."""
    ids, held = await ask(datasette, _held)
    values = {
        "pages": [(one, _example(one, ids)) for one in PAGES],
        "in_each": IN_EACH,
        "queries": [(name, query, urlencode(_shown(query.example, held))) for name, query in named.QUERIES.items()],
        "views": schema.views(),
        "database": DATABASE,
        "public_url": own(datasette).public_url,
        "most_rows": MAX_ROWS - 1,
        "page_rows": datasette.setting("default_page_size"),
        "most_bytes": MAX_ANSWER_BYTES,
        "most_seconds": MAX_SECONDS,
    }
    return await render(datasette, request, "api.html", values)


def _held(connection: Connection) -> tuple[dict[str, str], dict[str, str]]:
    """Return what examples show: the newest entry about a document with it, and values of questions with a name.

    These are a provision of law that changed lately, a publisher, and the day of the newest crawl, where there are.
    """
    newest = [one for one in announced(connection, Filter(), limit=20) if one.document]
    if not newest:
        return {}, {}
    today, publisher = reading(connection).clock[:10], next((one.publisher for one in newest if one.publisher), "")
    laws = (told for one in newest if one.document_kind in LAW for told in one.told if told.path)
    found = next(({"document": told.document, "provision": told.path, "date": today} for told in laws), {})
    stated = {"publisher": publisher, "day": today} | found
    return {"entry": newest[0].id, "document": encode(newest[0].document)}, {k: v for k, v in stated.items() if v}


def _example(one: Page, ids: Mapping[str, str]) -> str:
    """Return the path of an example without its first slash, empty where nothing was read that it could show."""
    path = (one.example or one.path).removeprefix("/")
    return path.format(**ids) if ids or "{" not in path else ""


def _shown(example: Mapping[str, str], held: Mapping[str, str]) -> dict[str, str]:
    """Return an example of a question with values that are held; a provision is one of its document."""
    own = held if "document" in example else {name: held[name] for name in ("publisher", "day") if name in held}
    return {name: own.get(name, value) for name, value in example.items()}
