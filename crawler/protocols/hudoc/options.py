"""The options of a source of HUDOC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from crawler.protocols.hudoc.names import FEED, RESULTS
from crawler.sources import Source, options
from crawler.sources.fields import Count, Flag, Text, said


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is the feed of a search (one page, unless `pages` says more), or its results."""

    texts: Annotated[Flag, said("read each section, 20 to 35 a report")] = False
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None
    language: Annotated[Text, said("of what states none")] = "en"

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the address."""
        if urlsplit(source.url).path not in (FEED, RESULTS):
            yield f"url: {source.url} is neither the feed ({FEED}) nor the results ({RESULTS}) of a search"
