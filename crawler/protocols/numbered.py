"""Documents without any list, each asked for by its number: symbols of the United Nations, files of bodies.

    items of the source ──▶ the address with the number in it, again in each walk ──▶ a document of its own

The id of a document is its number where one is known of its kind (``un:A/HRC/47/34``), so that copies at other
addresses are the same. A title that the source gives counts only where most of its words stand at the beginning of
the text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated
from urllib.parse import quote, urlsplit

from crawler.errors import ParseError, RefusedError
from crawler.identifiers import document_id, is_address
from crawler.model import TRACKED, Capture, Link, Page, Problem, Version, Walk
from crawler.protocols.listing import details
from crawler.protocols.listing.options import PageOptions, Selector
from crawler.sources import Source, options
from crawler.sources.fields import Address, Code, Text, said
from crawler.text import slug

NUMBER = "{number}"
_BEGINNING = 6_000
"""Characters of a text in which its title is looked for."""


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is the address of a document, with `{number}` in it."""

    items: Annotated[Mapping[Text, str], said('by number, the title or `""`', min_length=1)] = field(
        default_factory=dict
    )
    also: Annotated[Mapping[Text, tuple[Address, ...]], said("by number, other addresses of the same text")] = field(
        default_factory=dict
    )
    page: Annotated[str, said("for readers; default `url`")] = ""
    body: Annotated[Selector, said("of the text of a page; default `main`, `article`, or body without navigation")] = ""
    language: Annotated[Code, said("of what states none")] = "en"

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the addresses."""
        if not self.items:
            yield "options.items: names no document"
        yield from (f"options.also: {each} is none of the items" for each in self.also if each not in self.items)
        for key, url in (("url", source.url), ("options.page", self.page)):
            if url and (NUMBER not in url or not is_address(addressed(url, "1"))):
                yield f"{key}: {url!r} is no address with {NUMBER} in it"


def addressed(url: str, number: str) -> str:
    """Return the address of a document.

    >>> addressed("https://undocs.org/en/{number}", "S/RES/2331(2016)")
    'https://undocs.org/en/S/RES/2331(2016)'
    """
    return url.replace(NUMBER, quote(number, safe="/()_.-"))


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Yield the address of every document; each walk asks them all again, conditionally."""
    wanted = Options.of(source)
    for number, title in wanted.items.items():
        url = addressed(source.url, number)
        facts = {"document": document_id(url), "number": number, "title": title, TRACKED: "yes"}
        yield Link(url=url, role="document", facts={key: told for key, told in facts.items() if told})


def parse(capture: Capture, source: Source) -> Page:
    """Read one document, a file or a page.

    Raises:
        RefusedError: the address led to a page that says that there is none.
        ParseError: no words, a damaged file, or a link of another role.
    """
    facts = capture.link.facts
    if capture.link.role != "document" or "number" not in facts:
        raise ParseError(capture.url, "a document that was not asked for by its number")
    if "404" not in facts["number"] and "404" in urlsplit(capture.url).path.rpartition("/")[2].split("-"):
        raise RefusedError(capture.url, "led to a page that says that there is nothing", "soft404")
    wanted = Options.of(source)
    named = {key: told for key, told in facts.items() if key != "title"}
    plain = replace(capture, link=replace(capture.link, facts=named))
    page = details.parse(plain, source, PageOptions(language=wanted.language, body=wanted.body))
    url = addressed(wanted.page or source.url, facts["number"])
    others = wanted.also.get(facts["number"], ())
    title, problems = facts.get("title", ""), page.problems
    if title and not any(_begins(each, title) for each in page.versions):
        detail = f"{facts['document']}: the title {title!r} of the source is not that of its beginning"
        title, problems = "", (*problems, Problem(kind="differing text", detail=detail))
    documents = tuple(replace(each, url=url, title=title or each.title, aliases=others) for each in page.documents)
    versions = tuple(replace(each, title=title or each.title) for each in page.versions)
    return replace(page, documents=documents, versions=versions, problems=problems)


def _begins(version: Version, title: str) -> bool:
    """Return whether four fifths of the words of a title stand at the beginning of a text, or in its own title."""
    text = " ".join(f"{each.heading} {each.text[:_BEGINNING]}" for each in version.sections[:20])[:_BEGINNING]
    there = set(f"{slug(version.title)}-{slug(text)}".split("-"))
    words = slug(title).split("-")
    return sum(word in there for word in words) >= 0.8 * len(words)
