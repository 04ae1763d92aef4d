"""What a page without script is asked for: fields with values of closed lists, and a number of its sheet."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from datasette.utils.asgi import Request

from crawler.feeds import FACETS, UnknownFilterError, select

PAGE = "page"
MAX_VALUES = 50
"""Most values of one question."""
_DIGITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryParams:
    """The values asked for by field, and which page of what is found; values of one field are alternatives."""

    values: Mapping[str, tuple[str, ...]]
    page: int = 1

    @property
    def query(self) -> str:
        """Return it as the query of an address, without the page."""
        return urlencode([(field, value) for field, values in sorted(self.values.items()) for value in values])

    def at(self, page: int) -> str:
        """Return the query of another page of the same, with its question mark."""
        pairs = [part for part in (self.query, f"{PAGE}={page}" if page > 1 else "") if part]
        return f"?{'&'.join(pairs)}" if pairs else ""


def parse_query(request: Request, known: Mapping[str, Container[str]]) -> QueryParams:
    """Return what an address asks for; ``known`` holds the values there are by field. Empty ones ask for nothing.

    Raises:
        UnknownFilterError: a field or a value that there is none of, more than MAX_VALUES, or no number of a page.
    """
    values: dict[str, set[str]] = {}
    page = 1
    pairs = [(name, value) for name, value in parse_qsl(request.query_string, keep_blank_values=True) if value]
    if len(pairs) > MAX_VALUES:
        raise UnknownFilterError(f"more than {MAX_VALUES} values in one filter")
    for name, value in pairs:
        if name == PAGE:
            page = _number(value)
        elif name not in known:
            raise UnknownFilterError(select.unknown_filter(name, {field: _label(field) for field in known}))
        elif value not in known[name]:
            raise UnknownFilterError(select.unknown_value(_label(name), value, _choices(name, known[name])))
        else:
            values.setdefault(name, set()).add(value)
    return QueryParams(values={name: tuple(sorted(found)) for name, found in values.items()}, page=page)


def _label(field: str) -> str:
    """Return what a field is called: as the filter of that name, or in its own words."""
    words = field.replace("_", " ").replace("-", " ")
    return FACETS[field].label if field in FACETS else words[:1].upper() + words[1:]


def _choices(field: str, known: Container[str]) -> dict[str, str]:
    """Return the values of a field with their words, none where there is no list of them."""
    if not isinstance(known, Iterable):
        return {}
    words = dict(FACETS[field].values or {}) if field in FACETS else {}
    return {one: words.get(one, one.replace("_", " ").replace("-", " ")) for one in known if isinstance(one, str)}


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS and int(value)):
        raise UnknownFilterError(f"there is no page {value!r}")
    return int(value)
