"""JSON read strictly: a value is what the format promises, or a ParseError names the address and the place.

Nothing is defaulted. ``…_or_none`` and ``…_or_empty`` say that the format itself lets a field be absent, null or
empty; a field of another type is an error in either case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.errors import ParseError
from crawler.protocols.summer_time import is_summer
from crawler.text import clean, moment, stamp

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00:00(?:\.0+)?(?:Z|[+-]\d\d:?\d\d)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A JSON object, the address it came from, and its place in the body as a JSON path (``$.details.parts[0]``)."""

    url: str
    path: str
    value: Mapping[str, object]

    def wrong(self, key: str, reason: str) -> ParseError:
        """Return the error to raise about a field."""
        return ParseError(self.url, f"{self.path}.{key} {reason}")

    def raw(self, key: str) -> str:
        """Return the text of a field as it stands, the empty text where it is absent or null."""
        found = self.value.get(key)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise self.wrong(key, f"is {_named(found)}, not text")
        return found

    def text_or_none(self, key: str) -> str | None:
        """Return the cleaned text of a field, None where it is absent, null or empty."""
        return clean(self.raw(key)) or None

    def text(self, key: str) -> str:
        """Return the cleaned text of a field that must have some."""
        found = self.text_or_none(key)
        if found is None:
            raise self.wrong(key, "is empty" if key in self.value else "is missing")
        return found

    def flag(self, key: str) -> bool:
        """Return whether a field is true; absent or null is false."""
        found = self.value.get(key)
        if found is None or isinstance(found, bool):
            return bool(found)
        raise self.wrong(key, f"is {_named(found)}, not true or false")

    def number_or_none(self, key: str) -> int | None:
        """Return a whole number of at least zero, None where the field is absent or null."""
        found = self.value.get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int):
            raise self.wrong(key, f"is {_named(found)}, not a whole number")
        if found < 0:
            raise self.wrong(key, f"is {found}, below zero")
        return found

    def number(self, key: str) -> int:
        """Return a whole number of at least zero that must be there."""
        found = self.number_or_none(key)
        if found is None:
            raise self.wrong(key, "is missing")
        return found

    def time_or_none(self, key: str) -> str | None:
        """Return a time as ISO 8601 in UTC, to the second, None where the field is absent, null or empty.

        Fractions are dropped because the two interfaces of GOV.UK give the same moment with and without them.
        """
        found = self.text_or_none(key)
        if found is None:
            return None
        try:
            return utc(found)
        except (ValueError, OverflowError):
            raise self.wrong(key, f"is {found[:40]!r}, not an ISO 8601 time") from None

    def since_or_none(self, key: str) -> str | None:
        """Return a time in UTC, or the day alone where only a day is meant, None where the field is absent."""
        return self._day_or(key, self.time_or_none(key))

    def wall_time_or_none(self, key: str) -> str | None:
        """Return a time as clocks of the United Kingdom show it, or the day alone; None where absent."""
        found = self.time_or_none(key)
        try:
            return self._day_or(key, found and wall(moment(found)))
        except OverflowError:
            raise self.wrong(key, "is no time that has a date in the United Kingdom") from None

    def _day_or(self, key: str, time: str | None) -> str | None:
        # GOV.UK states a day without a time as midnight, in UTC or in local time.
        day = _DAY.fullmatch(self.raw(key).strip())
        return day.group(1) if day and time else time

    def item_or_none(self, key: str) -> Item | None:
        """Return an object, None where it is absent, null or has no field."""
        found = self.value.get(key)
        if found is None:
            return None
        if not isinstance(found, dict):
            raise self.wrong(key, f"is {_named(found)}, not an object")
        return Item(url=self.url, path=f"{self.path}.{key}", value=found) if found else None

    def item(self, key: str) -> Item:
        """Return an object that must be there, even if it has no field."""
        found = self.item_or_none(key)
        if found is not None:
            return found
        if self.value.get(key) is None:
            raise self.wrong(key, "is missing")
        return Item(url=self.url, path=f"{self.path}.{key}", value={})

    def items_or_empty(self, key: str) -> tuple[Item, ...]:
        """Return a list of objects, empty where the field is absent or null."""
        found = []
        for position, value in enumerate(self._list(key)):
            if not isinstance(value, dict):
                raise self.wrong(f"{key}[{position}]", f"is {_named(value)}, not an object")
            found.append(Item(url=self.url, path=f"{self.path}.{key}[{position}]", value=value))
        return tuple(found)

    def items(self, key: str) -> tuple[Item, ...]:
        """Return a list of objects that must be there, even if it is empty."""
        if self.value.get(key) is None:
            raise self.wrong(key, "is missing")
        return self.items_or_empty(key)

    def texts_or_empty(self, key: str) -> tuple[str, ...]:
        """Return a list of texts as they stand, empty where the field is absent or null."""
        found = []
        for position, value in enumerate(self._list(key)):
            if not isinstance(value, str):
                raise self.wrong(f"{key}[{position}]", f"is {_named(value)}, not text")
            found.append(value)
        return tuple(found)

    def holds_list(self, key: str) -> bool:
        """Return whether a field is a list."""
        return isinstance(self.value.get(key), list)

    def _list(self, key: str) -> list[object]:
        found = self.value.get(key)
        if found is None:
            return []
        if not isinstance(found, list):
            raise self.wrong(key, f"is {_named(found)}, not a list")
        return found


def load(url: str, body: bytes) -> Item:
    """Return the JSON object a body is.

    Raises:
        ParseError: the body is not JSON (RFC 8259), or not an object.
    """
    found = _value(url, body)
    if not isinstance(found, dict):
        raise ParseError(url, f"$ is {_named(found)}, not an object")
    return Item(url=url, path="$", value=found)


def load_list(url: str, body: bytes) -> tuple[Item, ...]:
    """Return the objects of the JSON list that a body is.

    Raises:
        ParseError: the body is not JSON (RFC 8259), or not a list of objects.
    """
    found = _value(url, body)
    if not isinstance(found, list):
        raise ParseError(url, f"$ is {_named(found)}, not a list")
    return Item(url=url, path="$", value={"items": found}).items("items")


def _value(url: str, body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse)
    except RecursionError:
        raise ParseError(url, "JSON nested too deeply") from None
    except ValueError as error:
        raise ParseError(url, f"no JSON: {error}") from None


def utc(text: str) -> str:
    """Return an ISO 8601 time in UTC, to the second.

    Raises:
        ValueError, OverflowError: it is no time, or one that has no place in the calendar in UTC.

    >>> utc("2016-04-22T12:00:00.460+01:00")
    '2016-04-22T11:00:00Z'
    """
    return stamp(moment(text).replace(microsecond=0))


def wall(time: datetime) -> str:
    """Return a time as the clocks of the United Kingdom show it, with its offset, so that its day is the one meant.

    Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October
    (the Summer Time Order 2002); the zone database is not asked, as not every machine has one.

    >>> wall(datetime(2016, 6, 16, 23, 0, tzinfo=UTC)), wall(datetime(2016, 12, 1, 9, 30, tzinfo=UTC))
    ('2016-06-17T00:00:00+01:00', '2016-12-01T09:30:00+00:00')
    """
    time = time.astimezone(UTC)
    summer = is_summer(time)
    local = time + timedelta(hours=1 if summer else 0)
    return f"{local.replace(tzinfo=None).isoformat()}{'+01:00' if summer else '+00:00'}"


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON value")


def _named(value: object) -> str:
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return "null" if value is None else names[type(value)]


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)


def identity_or_none(item: Item) -> str | None:
    """Return the id of the document an object is about, None where it states no content id."""
    found = item.text_or_none("content_id")
    if found is None:
        return None
    if not _UUID.fullmatch(found):
        raise item.wrong("content_id", f"is {found[:60]!r}, no UUID")
    return f"govuk:{found.lower()}"


def identity(item: Item) -> str:
    """Return the id of the document an object is about."""
    found = identity_or_none(item)
    if found is None:
        raise item.wrong("content_id", "is missing")
    return found
