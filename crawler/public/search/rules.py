"""The rules of search, read once from search.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from crawler.sources.search_rules import SearchRules, read_search_rules

FILE = "search.yaml"


@cache
def search_rules() -> SearchRules:
    """Return the rules that this package ships."""
    return read_search_rules(files("crawler.public.search").joinpath(FILE).read_text(encoding="utf-8"), FILE)
