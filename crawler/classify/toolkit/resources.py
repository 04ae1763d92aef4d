"""Resources to download: what they are good for, and what they are."""

from collections.abc import Iterator

from crawler.classify.toolkit.laws import named
from crawler.classify.toolkit.patterns import first_places, rules, stated_forms
from crawler.classify.toolkit.values import Fact, ToolkitDocument, passages

_BY_USE, _BY_FORM = (rules("resources", field, "named") for field in ("use", "form"))


def resources(known: ToolkitDocument) -> Iterator[Fact]:
    """Yield what title, summary and headings say a resource is and is good for, and the law it names."""
    read = passages(known)
    yield from first_places(_BY_USE, read)
    yield from stated_forms(_BY_FORM, read)
    yield from named(known)
