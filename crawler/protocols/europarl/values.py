"""The JSON-LD of the European Parliament: anything may be one value or a list of them, titles are by language.

A procedure with two legal bases has two labels and two types where others have one (2025/0803).
Source: https://data.europarl.europa.eu/api/v2/context.jsonld
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

from crawler.model import digest_of
from crawler.protocols.cellar.kinds import code as code
from crawler.protocols.govuk.json_access import Item, load
from crawler.text import clean

BASE = "https://data.europarl.europa.eu/"
"""What relative identifiers in an answer are relative to (``@base``)."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def opened(url: str, body: bytes) -> tuple[Item, tuple[Item, ...]]:
    """Return an answer of the API, and the entries in it."""
    whole = load(url, body)
    stated = whole.value.get("data")
    found = objects(whole, "data")
    if stated is None or len(found) != len(stated if isinstance(stated, list) else [stated]):
        raise whole.wrong("data", "is missing" if stated is None else "holds something that is no entry")
    return whole, found


def texts(item: Item, key: str) -> tuple[str, ...]:
    """Return the texts of a field that has one or several."""
    found = item.value.get(key)
    if found is None or isinstance(found, str):
        return tuple(filter(None, (clean(found or ""),)))
    return tuple(filter(None, map(clean, item.texts_or_empty(key))))


def first(item: Item, key: str) -> str | None:
    """Return the first text of a field, None where it has none."""
    return next(iter(texts(item, key)), None)


def objects(item: Item, key: str) -> tuple[Item, ...]:
    """Return the objects of a field that has one or several; identifiers that stand in their place say nothing more."""
    found = item.value.get(key)
    listed = found if isinstance(found, list) else [found]
    described = [(place, each) for place, each in enumerate(listed) if isinstance(each, dict)]
    if found is not None and len(described) + sum(isinstance(each, str) for each in listed) != len(listed):
        raise item.wrong(key, "holds something that is neither an object nor an identifier")
    return tuple(Item(url=item.url, path=f"{item.path}.{key}[{place}]", value=each) for place, each in described)


def references(item: Item, key: str) -> tuple[str, ...]:
    """Return the identifiers that a field names, whether by themselves or in objects."""
    found = item.value.get(key)
    listed = found if isinstance(found, list) else [found]
    plain = [clean(each) for each in listed if isinstance(each, str)]
    return tuple(filter(None, [*plain, *(each.text_or_none("id") or "" for each in objects(item, key))]))


def titles(item: Item, key: str) -> Mapping[str, str]:
    """Return a title in each language it has, by ISO 639-1 code."""
    found = item.item_or_none(key)
    if found is None:
        return {}
    by_language = {name: first(found, name) for name in found.value if _LANGUAGE.fullmatch(name)}
    return {name: title for name, title in by_language.items() if title}


def chosen(by_language: Mapping[str, str], languages: Iterable[str]) -> str | None:
    """Return the title in the first of these languages that there is, else in any."""
    wanted = next((by_language[name] for name in languages if name in by_language), None)
    return wanted or next(iter(by_language.values()), None)


def said(name: str) -> str:
    """Return a code as words.

    >>> said("PUBLICATION_OFFICIAL_JOURNAL")
    'publication official journal'
    """
    return name.replace("_", " ").lower()


def day(item: Item, key: str) -> str | None:
    """Return the day of a date or time, None where there is none."""
    found = first(item, key)
    if found is None:
        return None
    try:
        return date.fromisoformat(found[:10]).isoformat()
    except ValueError:
        raise item.wrong(key, f"is {found[:40]!r}, no date") from None


def mark(value: object) -> str:
    """Return a mark of a JSON value, whatever the order of its fields and lists: two answers alike differ in that.

    >>> mark({"a": [1, 2], "b": "x"}) == mark({"b": "x", "a": [2, 1]})
    True
    """
    return digest_of(_ordered(value))[:16]


def _ordered(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{_ordered(each)}" for name, each in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(sorted(map(_ordered, value))) + "]"
    return json.dumps(value)
