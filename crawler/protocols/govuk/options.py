"""What a source of GOV.UK may say under ``options`` and in its address, checked before anything is asked.

The Search API answers 422 to any parameter, field or order it does not know, and a feed under ``/search/all`` is
forbidden by robots.txt: both are mistakes of the registry, and are told as such.
Source of the names: github.com/alphagov/search-api, docs/search-api.md, config/schema/field_definitions.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from urllib.parse import parse_qsl, urlsplit

from crawler.protocols.govuk.addresses import CONTENT, SEARCH, is_path, path_of
from crawler.protocols.govuk.kinds import is_known, names
from crawler.sources import Source
from crawler.text import counted

OPTIONS: dict[str, tuple[type, str]] = {
    "search": (dict, "parameters of the Search API: q, count, order, fields, filter_…, reject_…; a value or a list"),
    "organisation": (str, "slug of an organisation whose documents are searched: home-office"),
    "document_types": (list, "document types to follow from a listing; default all that are documents"),
    "items": (list, "paths of pages to read in every walk: /guidance/…"),
    "pages": (int, "most pages of a listing to read; a finder's feed has one unless this says more"),
}

MOST_COUNT, MOST_START, MOST_WORDS = 1500, 900_000, 512
"""Limits of the Search API: results on a page, first result of a page, characters of ``q``."""

ORDERS = names(
    "public_timestamp closing_date title start_date end_date release_timestamp popularity assessment_date "
    "tribunal_decision_decision_date"
)

_DATES = names(
    "public_timestamp updated_at first_published_at start_date end_date closed_at closing_date opened_date closed_date "
    "release_timestamp date_of_occurrence tribunal_decision_decision_date"
)
_FILTERS = _DATES | names(
    "case_state case_type content_id content_purpose_subgroup content_purpose_supergroup content_store_document_type "
    "country detailed_format display_type document_collections document_series document_type email_document_supertype "
    "format government_document_supertype has_act_paper has_command_paper has_official_document id link location "
    "mainstream_browse_page_content_ids mainstream_browse_pages manual market_sector organisation_content_ids "
    "organisation_state organisation_type organisations outcome_type part_of_taxonomy_tree people policies "
    "policy_areas primary_publishing_organisation publishing_app rendering_app report_type role_appointments roles "
    "search_format_types search_user_need_document_supertype slug specialist_sectors statistics_announcement_state "
    "taxons topical_events tribunal_decision_categories tribunal_decision_category tribunal_decision_country "
    "tribunal_decision_sub_categories user_journey_document_supertype world_locations"
)
_FIELDS = _FILTERS | names("acronym description display_date latest_change_note popularity title")
_FILTER = re.compile(r"(?:filter|reject)_(?:any_|all_)?(\w+)")
_RANGE = re.compile(r"(?:from|to):(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?)?")
_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")

Parameters = tuple[tuple[str, str], ...]


def problems(source: Source) -> list[str]:
    """Give what is wrong with the options and the address of a source, one line each; none means it can be walked."""
    found = [*_types(source.options)]
    if found:
        return found
    found += _slug(source)
    found += [f"options.items: {item!r} is no path of a page" for item in items(source) if not is_path(item)]
    found += [
        f"options.document_types: unknown document type {name!r}"
        for name in document_types(source)
        if not is_known(name)
    ]
    if (most := pages(source)) is not None and most < 1:
        found.append("options.pages: expected at least 1")
    return found + _address(source) + [f"options.search: {reason}" for reason in _wrong(_searched(source))]


def items(source: Source) -> tuple[str, ...]:
    """Give the paths of pages to read in every walk."""
    return _texts(source.options.get("items"))


def document_types(source: Source) -> tuple[str, ...]:
    """Give the document types to follow from a listing; empty means the default."""
    return _texts(source.options.get("document_types"))


def pages(source: Source) -> int | None:
    """Give the most pages of a listing to read, None where the options do not say."""
    found = source.options.get("pages")
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def parameters(source: Source) -> Parameters:
    """Give the search parameters of the options, in the order they are sent; a list is one pair for each value."""
    organisation = source.options.get("organisation")
    own = (("filter_organisations", organisation),) if isinstance(organisation, str) else ()
    return own + _searched(source)


def is_search(url: str) -> bool:
    """Give whether an address is that of the Search API."""
    return urlsplit(url).path == SEARCH


def is_atom(url: str) -> bool:
    """Give whether an address is that of an Atom feed of GOV.UK: an organisation's, a finder's or the whole site's."""
    path = urlsplit(url).path
    return path.endswith(".atom") or path == "/government/feed"


def is_finder(url: str) -> bool:
    """Give whether an address is that of a finder's Atom feed."""
    return is_atom(url) and not urlsplit(url).path.startswith("/government/")


def _types(options: Mapping[str, object]) -> Iterable[str]:
    for key, value in options.items():
        if key not in OPTIONS:
            yield f"options: unknown key {key!r}; expected {', '.join(OPTIONS)}{_near(key, OPTIONS)}"
        elif not isinstance(value, OPTIONS[key][0]) or isinstance(value, bool):
            yield f"options.{key}: expected {OPTIONS[key][0].__name__}, found {type(value).__name__}"
        elif isinstance(value, list) and not all(isinstance(each, str) for each in value):
            yield f"options.{key}: expected a list of texts"
        elif isinstance(value, dict):
            yield from (
                f"options.search: {name!r} expected a text, a number or a list of them"
                for name, each in value.items()
                if not isinstance(name, str) or not all(_is_plain(one) for one in _listed(each))
            )


def _address(source: Source) -> list[str]:
    url = source.url
    path = urlsplit(url).path
    if path.startswith("/search/all"):
        return [f"url: {url} is forbidden by robots.txt (/search/all*); use another finder's feed"]
    if is_search(url):
        return [f"url: {reason}" for reason in _wrong(query(url), own=False)]
    if source.options.get("organisation") or source.options.get("search"):
        return [f"url: organisation and search belong to {SEARCH}, not to {path or '/'}"]
    if is_atom(url) or items(source):
        return []
    return (
        [] if path.startswith(CONTENT) and path_of(url, url) else [f"url: {url} is no listing and no Content API page"]
    )


def query(url: str) -> Parameters:
    """Give the parameters of an address, in order, without the ``[]`` that may follow the name of a repeated one."""
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return tuple((name.removesuffix("[]"), value) for name, value in pairs)


def _slug(source: Source) -> list[str]:
    organisation = source.options.get("organisation")
    if isinstance(organisation, str) and not _SLUG.fullmatch(organisation):
        return [f"options.organisation: {organisation!r} is no slug"]
    return []


def _wrong(pairs: Parameters, own: bool = True) -> Iterable[str]:
    """Give what the Search API would refuse. ``own`` forbids ``start``, which is ours to set."""
    for name, value in pairs:
        if name in {"count", "start"}:
            if name == "start" and own:
                yield "start is set by the walk itself"
            elif (
                not value.isascii() or not value.isdigit() or int(value[:9]) > (MOST_COUNT, MOST_START)[name == "start"]
            ):
                yield f"{name} {value!r} is no number up to {(MOST_COUNT, MOST_START)[name == 'start']}"
        elif name == "q":
            if len(value) > MOST_WORDS:
                yield f"q has {counted(len(value), 'character')}, more than {MOST_WORDS}"
        elif name == "order":
            if value.removeprefix("-") not in ORDERS:
                yield f"order {value!r} is not one of {', '.join(sorted(ORDERS))}{_near(value, ORDERS)}"
        elif name == "fields":
            unknown = [field for field in value.split(",") if field not in _FIELDS]
            yield from (f"unknown field {field!r}{_near(field, _FIELDS)}" for field in unknown)
        else:
            yield from _filter(name, value)


def _filter(name: str, value: str) -> Iterable[str]:
    match = _FILTER.fullmatch(name)
    if match is None:
        known = ("q", "count", "order", "fields", "filter_organisations", "reject_organisations")
        yield f"unknown parameter {name!r}; expected q, count, order, fields, filter_… or reject_…{_near(name, known)}"
    elif match.group(1) not in _FILTERS:
        yield f"unknown field {match.group(1)!r} in {name!r}{_near(match.group(1), _FILTERS)}"
    elif match.group(1) in _DATES and not all(_is_bound(part) for part in value.split(",")):
        yield f"{name} {value!r} is no range of dates: from:2026-01-01,to:2026-01-31"


def _is_bound(part: str) -> bool:
    match = _RANGE.fullmatch(part)
    try:
        return match is not None and bool(date(*map(int, match.groups())))
    except ValueError:
        return False


def _searched(source: Source) -> Parameters:
    found = source.options.get("search")
    pairs = found.items() if isinstance(found, dict) else ()
    return tuple((str(name).removesuffix("[]"), str(each)) for name, value in pairs for each in _listed(value))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | date) and not isinstance(value, bool)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _near(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
