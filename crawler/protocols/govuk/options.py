"""What a source of GOV.UK may say under ``options`` and in its address, checked before anything is asked.

The Search API answers 422 to any parameter, field or order it does not know, and a feed under ``/search/all`` is
forbidden by robots.txt: both are mistakes of the registry, and are told as such.
Source of the names: github.com/alphagov/search-api, docs/search-api.md, config/schema/field_definitions.json.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar
from urllib.parse import parse_qsl, urlsplit

from crawler.protocols.govuk.addresses import CONTENT, SEARCH, is_path, path_of
from crawler.protocols.govuk.kinds import is_known, names
from crawler.sources import Source, options
from crawler.sources.diagnostics import hint
from crawler.sources.fields import Count, Flag, Parameter, matching, said, through
from crawler.text import counted

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
    "format government_document_supertype has_act_paper has_command_paper has_official_document id is_withdrawn link "
    "location "
    "mainstream_browse_page_content_ids mainstream_browse_pages manual market_sector organisation_content_ids "
    "organisation_state organisation_type organisations outcome_type part_of_taxonomy_tree people policies "
    "policy_areas primary_publishing_organisation publishing_app rendering_app report_type role_appointments roles "
    "search_format_types search_user_need_document_supertype slug specialist_sectors statistics_announcement_state "
    "taxons topical_events tribunal_decision_categories tribunal_decision_category tribunal_decision_country "
    "tribunal_decision_sub_categories user_journey_document_supertype world_locations"
)
_FIELDS = _FILTERS | names("acronym description display_date latest_change_note popularity title")
WITHDRAWN = ("debug", "include_withdrawn")
"""Parameter without which the Search API leaves out withdrawn pages; its manual does not name it, its code does."""
_FILTER = re.compile(r"(?:filter|reject)_(?:any_|all_)?(\w+)")
_RANGE = re.compile(r"(?:from|to):(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?)?")

Parameters = tuple[tuple[str, str], ...]


def _path(value: object) -> object:
    if not isinstance(value, str) or not is_path(value):
        raise ValueError(f"{value!r} is no path of a page; expected one such as /guidance/…")
    return value


def _type(value: object) -> object:
    if not isinstance(value, str) or not is_known(value):
        raise ValueError(f"{value!r} is no document type of GOV.UK")
    return value


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is `https://www.gov.uk/api/search.json`, an Atom feed (one page, unless `pages` says more; not under
    `/search/all`), a page of the Content API, or `https://www.gov.uk/` with `items`."""

    CUT_BY: ClassVar[tuple[str, ...]] = ("page", "date")

    search: Annotated[
        Mapping[str, Parameter],
        said("of the Search API: `q`, `count`, `order`, `fields`, `filter_…`, `reject_…`"),
    ] = field(default_factory=dict)
    phrases: Annotated[
        tuple[Annotated[str, matching('[^"]{2,}', "at least 2 characters, without quotes")], ...],
        said("searched for, each by itself, word for word"),
    ] = ()
    organisation: Annotated[
        str, matching("[a-z0-9]+(?:-+[a-z0-9]+)*", "a slug such as home-office"), said("whose documents are searched")
    ] = ""
    document_types: Annotated[tuple[Annotated[str, through(_type)], ...], said("to follow; default all")] = ()
    items: Annotated[tuple[Annotated[str, through(_path)], ...], said("paths, read in every walk")] = ()
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None
    withdrawn: Annotated[Flag, said("of a search: pages that were withdrawn, too")] = False
    members: Annotated[Flag, said("of a collection: read the pages in it")] = False

    @property
    def searched(self) -> Parameters:
        """Return the parameters of ``search``, in the order they are sent; a list is one pair for each value."""
        return tuple((name.removesuffix("[]"), each) for name, values in self.search.items() for each in values)

    @property
    def parameters(self) -> Parameters:
        """Return all search parameters."""
        organisation = (("filter_organisations", self.organisation),) if self.organisation else ()
        return (*organisation, *self.searched, *((WITHDRAWN,) if self.withdrawn else ()))

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the address and the parameters."""
        path = urlsplit(source.url).path
        if path.startswith("/search/all"):
            yield f"url: {source.url} is forbidden by robots.txt (/search/all*); use another finder's feed"
        elif is_search(source.url):
            yield from (f"url: {reason}" for reason in _wrong(query(source.url), own=False))
        elif self.parameters or self.phrases:
            yield f"url: organisation, phrases, search and withdrawn belong to {SEARCH}, not to {path or '/'}"
        elif not (is_atom(source.url) or self.items or (path.startswith(CONTENT) and path_of(source.url, source.url))):
            yield f"url: {source.url} is no listing and no Content API page"
        if self.phrases and "q" in dict(self.searched):
            yield "options.search.q: phrases are what is searched for"
        yield from (f"options.search: {reason}" for reason in _wrong(self.searched))


def is_search(url: str) -> bool:
    """Return whether an address is that of the Search API."""
    return urlsplit(url).path == SEARCH


def is_atom(url: str) -> bool:
    """Whether an address is that of an Atom feed of GOV.UK: an organisation's, a finder's or the whole site's."""
    path = urlsplit(url).path
    return path.endswith(".atom") or path == "/government/feed"


def is_finder(url: str) -> bool:
    """Return whether an address is that of a finder's Atom feed."""
    return is_atom(url) and not urlsplit(url).path.startswith("/government/")


def query(url: str) -> Parameters:
    """Return the parameters of an address, in order, without the ``[]`` that may follow the name of a repeated one."""
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return tuple((name.removesuffix("[]"), value) for name, value in pairs)


def _wrong(pairs: Parameters, own: bool = True) -> Iterable[str]:
    """Yield what the Search API would refuse. ``own`` forbids ``start``, which is ours to set."""
    for name, value in (pair for pair in pairs if pair != WITHDRAWN):
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
                yield f"order {value!r} is not one of {', '.join(sorted(ORDERS))}{hint(value, ORDERS)}"
        elif name == "fields":
            unknown = [field for field in value.split(",") if field not in _FIELDS]
            yield from (f"unknown field {field!r}{hint(field, _FIELDS)}" for field in unknown)
        else:
            yield from _filter(name, value)


def _filter(name: str, value: str) -> Iterable[str]:
    match = _FILTER.fullmatch(name)
    if match is None:
        known = ("q", "count", "order", "fields", "filter_organisations", "reject_organisations")
        yield f"unknown parameter {name!r}; expected q, count, order, fields, filter_… or reject_…{hint(name, known)}"
    elif match.group(1) not in _FILTERS:
        yield f"unknown field {match.group(1)!r} in {name!r}{hint(match.group(1), _FILTERS)}"
    elif match.group(1) in _DATES and not all(_is_bound(part) for part in value.split(",")):
        yield f"{name} {value!r} is no range of dates: from:2026-01-01,to:2026-01-31"


def _is_bound(part: str) -> bool:
    match = _RANGE.fullmatch(part)
    try:
        return match is not None and bool(date(*map(int, match.groups())))
    except ValueError:
        return False
