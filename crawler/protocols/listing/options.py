"""What sources.yaml may say about an HTML list and its pages: selectors, paging, addresses; no conditions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from crawler.bodies.selectors import compile_selector
from crawler.errors import ConfigError
from crawler.sources import Source, options
from crawler.sources.fields import Code, Count, Flag, Terms, Whole, said, through


def _selector(value: object) -> object:
    try:
        if value and isinstance(value, str):
            compile_selector(value)
    except ConfigError as error:
        raise ValueError(str(error)) from error
    return value


def _expression(value: object) -> object:
    try:
        return re.compile(value) if isinstance(value, str) else value
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from error


Selector = Annotated[str, through(_selector, "CSS selector")]
Expression = Annotated[re.Pattern[str], through(_expression, "regular expression")]
Parameters = Annotated[Terms, said("query parameters left out of addresses")]


@dataclass(frozen=True, kw_only=True)
class PageOptions(options.Options):
    """What is said about the page of a document."""

    language: Annotated[Code, said("of what states none")] = "en"
    drop_parameters: Parameters = ()
    body: Annotated[Selector, said("of the text of a page; default `main`, `article`, or body without navigation")] = ""
    detail_title: Annotated[Selector, said("of its title; default the first `h1`")] = ""


@dataclass(frozen=True, kw_only=True)
class Options(PageOptions):
    """`url` is any list in HTML."""

    entry: Annotated[Selector, said("of one entry: its element, or its link", min_length=1)]
    link: Annotated[Selector, said("in the entry, of its link; default itself or its first")] = ""
    title: Annotated[Selector, said("in the entry; default the words of the link")] = ""
    date: Annotated[Selector, said("in the entry; default the first `time`")] = ""
    summary: Annotated[Selector, said("in the entry")] = ""
    total: Annotated[Selector, said("of the number of entries that the list states")] = ""
    month_first: Annotated[Flag, said("05/01/2026 is the first of May")] = False
    next: Annotated[Selector, said("of the link to the next page")] = ""
    page_parameter: Annotated[str, said("query parameter that counts pages, for `next`")] = ""
    first_page: Annotated[Whole, said("where the address does not say")] = 1
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None
    include: Annotated[Expression | None, said("that an address holds")] = None
    exclude: Annotated[Expression | None, said("that it does not hold")] = None

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with options that are right by themselves."""
        if self.next and self.page_parameter:
            yield "options.page_parameter: expected it or next, not both"
