"""Addresses of the United Kingdom: legislation.gov.uk, GOV.UK, Parliament, the registry of statements."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from crawler.add.detect.values import Proposal
from crawler.identifiers import is_govuk
from crawler.protocols.govuk.addresses import SEARCH, SITE, path_of
from crawler.protocols.govuk.options import is_atom, is_search
from crawler.protocols.legislation.names import HOSTS, LOG, TYPES, address, day
from crawler.protocols.legislation.names import SITE as LAW
from crawler.protocols.parliament.options import APIS
from crawler.sources import Expect

Pairs = tuple[tuple[str, str], ...]

_LISTS = frozenset({"all", "primary", "secondary", "eu-origin"})
_SEARCHED = frozenset({"title", "text", "sort", "number"})
"""Parameters of lists; any other is dropped by the site without a word, and the whole statute book is the answer."""
_PLACED = ("type", "year")
"""What the search form sends as a parameter, and the lists have in their path."""
_FORM = frozenset({"page", "results-count", *_PLACED})
_YEARS = re.compile(r"[1-9]\d{3}(?:-[1-9]\d{3})?|\*")
EMPTY = Expect(min=0, zero=True)


def legislation(url: str) -> Proposal | None:
    """Return how an instrument, a list, a search, new legislation or a log of legislation.gov.uk is watched."""
    parts = urlsplit(url)
    if parts.hostname not in HOSTS:
        return None
    steps = [unquote(step) for step in parts.path.split("/") if step and not step.startswith("data.")]
    if steps[:1] and steps[0] in ("cy", "en", "id"):
        del steps[0]
    if not steps:
        return None
    if steps[0] == "update":
        return _log(steps, parts)
    if steps[0] == "new":
        kept = [step for step in steps if day(step) is None]
        return _law_list(kept, (), expect=Expect(newest=timedelta(days=14)))
    if where := address("/" + "/".join(_affected(steps))):
        return _instrument(where.item)
    return _search(steps, parts)


def _affected(steps: list[str]) -> list[str]:
    """Return the steps of the instrument whose changes are listed; other steps as they are."""
    if steps[0] != "changes":
        return steps
    return [step for step in steps if step not in ("changes", "applied", "unapplied", "affected", "affecting")]


def _instrument(item: str) -> Proposal:
    return Proposal(
        protocol="legislation",
        url=f"{LAW}/",
        label=f"legislation {item}",
        name=f"Tracked instrument {item}",
        kind="report" if item.startswith("ukia/") else "legislation",
        options={"feed": "items", "effects": True, "items": [item]},
    )


def _log(steps: list[str], parts: SplitResult) -> Proposal:
    kept = [step for step in steps[1:] if day(step) is None]
    pairs = [pair for pair in parse_qsl(parts.query) if pair[0] not in ("page", "sort", "sortorder", "results-count")]
    path = "/".join([LOG.strip("/"), *kept, "data.feed"])
    return Proposal(
        protocol="legislation",
        url=f"{LAW}/{path}" + (f"?{urlencode(pairs)}" if pairs else ""),
        label=" ".join(["legislation log", *kept, *(name if value == "true" else value for name, value in pairs)]),
        name=" ".join(["Publication Log", *kept]),
        kind="legislation",
        options={"feed": "log"},
        expect=EMPTY,
        notes=("The log of some days is empty: an empty list is taken for normal.",),
    )


def _search(steps: list[str], parts: SplitResult) -> Proposal | None:
    pairs = tuple(pair for pair in parse_qsl(parts.query) if pair[1].strip())
    if steps == ["search"]:
        stated = dict(pairs)
        steps = [stated.get("type", "all"), *([stated["year"]] if _YEARS.fullmatch(stated.get("year", "")) else [])]
    named = set(steps[0].split("+"))
    if not (named <= _LISTS | TYPES.keys()) and not (steps[0] == "title" and len(steps) == 2):
        return None
    return _law_list(steps, pairs, expect=Expect())


def _law_list(steps: list[str], pairs: Pairs, *, expect: Expect) -> Proposal:
    kept = [pair for pair in pairs if pair[0] in _SEARCHED]
    dropped = sorted({name for name, _ in pairs} - _SEARCHED - _FORM)
    notes = [f"Left out, as no list takes it: {', '.join(dropped)}."] if dropped else []
    if any(name in ("title", "text") for name, _ in kept):
        notes.append("If it is normal that nothing is found, write expect: {min: 0, zero: true}.")
    words = [*steps, *(value for _, value in kept)]
    return Proposal(
        protocol="legislation",
        url=f"{LAW}/{'/'.join(steps)}/data.feed" + (f"?{urlencode(kept)}" if kept else ""),
        label=" ".join(["legislation", *words]),
        name=f"Legislation: {' '.join(words)}",
        kind="report" if steps[0] == "ukia" else "legislation",
        expect=expect,
        notes=tuple(notes),
    )


_KINDS = (
    ("/government/consultations/", "consultation"),
    ("/government/calls-for-evidence/", "consultation"),
    ("/government/statistics/", "statistics"),
    ("/government/statistical-data-sets/", "statistics"),
    ("/government/news/", "news"),
    ("/government/speeches/", "news"),
    ("/government/collections/", "collection"),
)
_FINDER = {
    "keywords": "q",
    "organisations": "filter_organisations",
    "content_purpose_supergroup": "filter_content_purpose_supergroup",
    "content_purpose_subgroup": "filter_content_purpose_subgroup",
    "level_one_taxon": "filter_part_of_taxonomy_tree",
    "level_two_taxon": "filter_part_of_taxonomy_tree",
    "topic": "filter_part_of_taxonomy_tree",
    "world_locations": "filter_world_locations",
}
"""Parameters of the search of GOV.UK that people see, as the Search API calls them (alphagov/finder-frontend)."""
_PAGES = 3


def govuk(url: str) -> Proposal | None:
    """Return how a page, an organisation, a search or a feed of GOV.UK is watched."""
    path = path_of(url) if is_govuk(url) else None
    if path is None or path == "/":
        return None
    parts = urlsplit(url)
    if path in ("/search/all", "/search/all.atom"):
        return _finder(parts)
    if is_search(url) or is_atom(url):
        return _govuk(url, f"{path.rpartition('.')[0]} {parts.query}", {})
    if path.startswith("/search/"):
        query = f"?{parts.query}" if parts.query else ""
        return _govuk(f"{SITE}{path}.atom{query}", f"{path} {parts.query}", {})
    if organisation := re.fullmatch(r"/government/organisations/([a-z0-9-]+)", path):
        return _govuk(SITE + SEARCH, organisation[1], {"organisation": organisation[1], "pages": _PAGES})
    kind = next((kind for start, kind in _KINDS if path.startswith(start)), "guidance")
    kinds = ("report", "form", "policy_paper") if path.startswith("/government/publications/") else ()
    last = path.removesuffix(".cy").rpartition("/")[2]
    return Proposal(
        protocol="govuk",
        url=f"{SITE}/",
        label=f"govuk {last}",
        name=f"GOV.UK: {last.replace('-', ' ')}",
        kind=kind,
        kinds=kinds,
        options={"items": [path]},
    )


def _govuk(url: str, words: str, options: dict[str, object], notes: tuple[str, ...] = ()) -> Proposal:
    said = " ".join(re.findall(r"[A-Za-z0-9]+", unquote(words.replace("/government/organisations/", ""))))
    return Proposal(
        protocol="govuk",
        url=url,
        label=f"govuk {said}",
        name=f"GOV.UK: {said}",
        kind="guidance",
        kinds=("news", "report"),
        options=options,
        notes=notes,
    )


def _finder(parts: SplitResult) -> Proposal:
    """Return the search that people see as one of the Search API: robots.txt forbids the feed of the former."""
    asked: dict[str, list[str]] = {}
    dropped = set()
    for name, value in parse_qsl(parts.query):
        plain = name.partition("[")[0]
        if plain in _FINDER:
            asked.setdefault(_FINDER[plain], []).append(value)
        elif plain not in ("order", "page", "parent"):
            dropped.add(plain)
    search = {name: values if len(values) > 1 else values[0] for name, values in asked.items()}
    words = " ".join(["search", *(value for values in asked.values() for value in values)])
    notes = (f"Left out of the search: {', '.join(sorted(dropped))}.",) if dropped else ()
    return _govuk(SITE + SEARCH, words, {"search": search, "pages": _PAGES} if search else {"pages": _PAGES}, notes)


_API_HOSTS = {
    "bills": "bills-api.parliament.uk",
    "committees": "committees-api.parliament.uk",
    "questions": "questions-statements-api.parliament.uk",
    "statements": "questions-statements-api.parliament.uk",
    "instruments": "statutoryinstruments-api.parliament.uk",
    "treaties": "treaties-api.parliament.uk",
}
_SITES = (
    ("bills.parliament.uk/", "bills"),
    ("committees.parliament.uk/", "committees"),
    ("questions-statements.parliament.uk/written-questions", "questions"),
    ("questions-statements.parliament.uk/written-statements", "statements"),
    ("statutoryinstruments.parliament.uk/", "instruments"),
    ("treaties.parliament.uk/", "treaties"),
)
_API_KINDS = {"bills": "bill", "instruments": "legislation", "treaties": "treaty"}
_PARTS: tuple[tuple[str, str], ...] = (
    (r"/bills/(\d{1,9})", "items"),
    (r"/publications/(\d{1,9})", "items"),
    (r"/treaty/([A-Za-z0-9]{1,20})", "items"),
    (r"/committee/(\d{1,9})", "CommitteeId"),
    (r"/work/(\d{1,9})", "CommitteeBusinessId"),
    (r"/detail/\d{4}-\d\d-\d\d/([A-Za-z0-9]{1,20})", "uIN"),
)
"""What the paths of the sites name: an entry of the API, or the value of a parameter of its search."""
_TERMS = frozenset({"searchterm", "search", "searchtext", "name"})


def parliament(url: str) -> Proposal | None:
    """Return how bills, committees, questions, statements, instruments and treaties are watched: through their APIs."""
    parts = urlsplit(url)
    for name, host in _API_HOSTS.items():
        path = APIS[name].path
        if parts.hostname == host and parts.path.rstrip("/") == path:
            return _business(name, {"api": name}, parts.query)
        if parts.hostname == host and (
            found := re.match(rf"{re.escape(path)}/([A-Za-z0-9]{{1,20}})(?:/|$)", parts.path)
        ):
            return _business(name, {"api": name, "items": [found[1]]})
    place = f"{parts.hostname}{parts.path}"
    name = next((name for start, name in _SITES if place.startswith(start)), "")
    if not name or parts.path.startswith("/rss"):
        return None
    return _business(name, {"api": name, **dict(_asked(parts))})


def _asked(parts: SplitResult) -> Iterator[tuple[str, object]]:
    """Yield the options that a page of the sites stands for."""
    for pattern, what in _PARTS:
        if found := re.search(f"{pattern}(?:/|$)", parts.path):
            yield ("items", [found[1]]) if what == "items" else ("search", {what: found[1]})
            return
    if terms := [value for name, value in parse_qsl(parts.query) if name.lower() in _TERMS and len(value) > 1]:
        yield "terms", terms


def _business(name: str, options: dict[str, object], query: str = "") -> Proposal:
    search = options.get("search")
    words = [*_flat(options.get("items")), *_flat(options.get("terms")), *_flat(search)]
    whole = not words and not query
    notes = ("It lists everything there is: terms would search for words.",) if whole else ()
    if name == "instruments" and not words:
        notes = (*notes, "The text of one instrument is tracked by the protocol legislation, by its number.")
    if isinstance(search, dict) and "uIN" in search:
        notes = (*notes, "The first walk looks back 31 days; days says how many instead.")
    kind = _API_KINDS.get(name, "parliament")
    return Proposal(
        protocol="parliament",
        url=f"https://{_API_HOSTS[name]}{APIS[name].path}" + (f"?{query}" if query else ""),
        label=" ".join(["uk", name, *words, *(value for _, value in parse_qsl(query))]),
        name=" ".join([f"UK Parliament, {name}", *words]),
        kind=kind,
        options=options,
        expect=Expect() if "items" in options else EMPTY,
        notes=notes,
    )


def _flat(value: object) -> list[str]:
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [str(each) for each in found]


def statements(url: str) -> Proposal | None:
    """Return how the modern slavery statement registry is watched, from any of its addresses."""
    host = urlsplit(url).hostname or ""
    registry = "modern-slavery-statement-registry.service.gov.uk"
    if host != registry and not host.endswith(f".{registry}"):
        return None
    return Proposal(
        protocol="registry",
        url=f"https://downloads.{registry}/publicdownloads/",
        label="statement registry",
        name="Modern slavery statement registry",
        kind="statistics",
        expect=Expect(min=1, max=2),
        evidence="reported",
        notes=("organisations names companies whose statements shall be documents of their own.",),
    )
