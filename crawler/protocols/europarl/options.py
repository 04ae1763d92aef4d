"""The options of a source of the European Parliament's Open Data API, and the first links of its walks.

The lists have no stable order: asked twice, a page brings other texts (measured 2026-09). So whole years are asked
for, on one page. Source: https://data.europarl.europa.eu/en/developer-corner/opendata-api
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import europarl_id
from crawler.model import Link, Walk
from crawler.sources import Source, options
from crawler.sources.diagnostics import unknown
from crawler.sources.fields import Count, Flag, Parameter, ShortCode, Terms, matching, said

SUBJECT = "http://eurovoc.europa.eu/5933"
"""Trafficking in human beings, in EuroVoc."""

LISTS = ("adopted-texts", "plenary-documents", "procedures")
TEXTS = ("adopted-texts", "plenary-documents")
PREFIX = "/api/v2/"
LIMIT, YEARS = 1000, 2
FORMAT = "application/ld+json"
_PARAMETERS: Mapping[str, frozenset[str]] = {
    "adopted-texts": frozenset(
        {
            "work-type", "parliamentary-term", "doc-id", "text", "title", "search-language", "language", "sort-by",
            "sitting-date", "sitting-date-end", "related-process-id", "related-process-type", "related-doc-id",
        }
    ),
    "plenary-documents": frozenset({"work-type", "language"}),
    "procedures": frozenset({"process-type"}),
}  # fmt: skip
Subject = Annotated[str, matching(r"https?://eurovoc\.europa\.eu/[0-9]{1,6}", f"a EuroVoc concept, such as {SUBJECT}")]


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is `https://data.europarl.europa.eu/api/v2/` and `adopted-texts`, `plenary-documents` or `procedures`."""

    subjects: Annotated[tuple[Subject, ...], said("EuroVoc concepts, one of which an entry kept is about")] = ()
    words: Annotated[Terms, said("or which its title holds")] = ()
    years: Annotated[Count | None, said("years listed, the present one last; default 2")] = None
    languages: Annotated[tuple[ShortCode, ...], said("of titles and texts; the first is shown", min_length=1)] = ("en",)
    search: Annotated[Mapping[str, Parameter], said("further parameters of the API")] = field(default_factory=dict)
    items: Annotated[Terms, said("such as `TA-9-2019-0018`, read in every walk; alone, without the list")] = ()
    related: Annotated[Flag, said("read its procedures, weekly, and the reports it adopts")] = False
    files: Annotated[Flag, said("read the file of a text")] = False
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None

    @property
    def asked(self) -> dict[str, str]:
        """Return the parameters of ``search``; a list is one value with commas, as the API wants it."""
        return {name: ",".join(each) for name, each in self.search.items()}

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the address, with items and parameters of another list."""
        name = name_of(source)
        if not name:
            yield f"url: expected {PREFIX} and one of {', '.join(LISTS)}, not {source.url}"
            return
        yield from (
            f"options.items: {each!r} names none of the {name}" for each in self.items if not _is_of(each, name)
        )
        for each in self.search:
            if each not in _PARAMETERS[name]:
                yield f"options.search: {each!r}: {unknown(each, sorted(_PARAMETERS[name]), 'parameter')}"


def name_of(source: Source) -> str:
    """Return which list a source reads, the empty text where its address is none."""
    name = urlsplit(source.url).path.rstrip("/").removeprefix(PREFIX)
    return name if name in LISTS else ""


def _is_of(item: str, name: str) -> bool:
    try:
        return europarl_id(item).startswith("procedure:") == (name == "procedures")
    except IdentifierError:
        return False


def address(site: str, name: str, item: str) -> str:
    """Return the address of one text or procedure.

    >>> address("https://data.europarl.europa.eu", "procedures", "procedure:2022/0426")
    'https://data.europarl.europa.eu/api/v2/procedures/2022-0426?format=application%2Fld%2Bjson'
    """
    key = item.partition(":")[2].replace("/", "-")
    return f"{site}{PREFIX}{name}/{key}?{urlencode({'format': FORMAT})}"


def start(source: Source, walk: Walk) -> Iterator[Link]:
    """Yield the first links of a walk over a source whose options are right.

    The years are asked for together: the API answers nothing at all, which looks like a fault, for a year that has
    no text yet. An address that carries parameters, with no options that say more, is asked as it is written.
    """
    name, parts, options = name_of(source), urlsplit(source.url), Options.of(source)
    site = f"{parts.scheme}://{parts.netloc}"
    for each in options.items:
        identity = europarl_id(each)
        yield Link(url=address(site, name, identity), role="document", facts={"document": identity})
    own = dict(parse_qsl(parts.query, keep_blank_values=True))
    if own and not options.asked and options.years is None:
        yield Link(url=source.url, role="listing")
    elif own or options.asked or not options.items:
        asked = {**_years(options, name, walk), **own, **options.asked}
        paging = {"format": FORMAT, "offset": "0", "limit": str(LIMIT)}
        query = urlencode({**paging, **asked}, safe=",")
        yield Link(url=parts._replace(query=query, fragment="").geturl(), role="listing")


def _years(options: Options, name: str, walk: Walk) -> dict[str, str]:
    if name not in TEXTS:
        return {}
    last = walk.clock.year
    return {"year": ",".join(str(last - back) for back in reversed(range(options.years or YEARS)))}
