"""A feed as it is written: RSS, Atom or JSON Feed in, entries out, with the text of their markup and sound times."""

import calendar
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from html.entities import name2codepoint
from typing import Any
from xml.parsers import expat

import feedparser
from bs4 import BeautifulSoup

from crawler.bodies import dates
from crawler.errors import ParseError
from crawler.model import Capture
from crawler.text import clean, moment, permitted, stamp

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
SLACK = timedelta(days=1)
"""How far ahead of the capture a publisher's clock may be; later dates are clamped to the capture."""
NO_FEED = "neither RSS, Atom nor JSON Feed"
DEEPEST = 1_000
"""How many elements may stand in one another; feedparser keeps a kilobyte for each, until the memory is full."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.I)
_TIMES = ("published", "updated")
_ZONE = re.compile(r"[+-]\d{4}\s*$")
_YEAR_FIRST = re.compile(r"\s*(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"[\d\s./-]*")
_TAIL = re.compile(
    r"(?: ?(?:The post .{1,300} appeared first on .{1,120}"
    r"|(?:Read more|Continue reading)(?:\s?(?:\u00bb|\u2192|\u203a|\u2026|\.{3}))?)){1,2}$"
)
"""What programs that write feeds put behind a summary."""
_TAIL_LENGTH = 600
_EMPTY_LINE = re.compile(r"\n\s*\n")
_HEADED = re.compile(r"<h[1-6]\b", re.I)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_OWN_ENTITIES = frozenset({"amp", "apos", "gt", "lt", "quot"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as its feed states it: link as written, title and summary as text, times as ISO 8601 or None.

    ``content`` is the markup of its text where that says more than the summary, else empty. ``ahead`` is the day that
    it states where that lies ahead of the capture, and the times were clamped; else empty.
    """

    link: str
    title: str
    summary: str
    content: str
    published: str | None
    updated: str | None
    language: str
    ahead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it is written: its entries in order, the address of its next page, and whether its markup is broken.

    ``gap`` says why the next page that it names cannot be asked.
    """

    title: str
    entries: tuple[Entry, ...]
    following: str
    broken: str
    gap: str = ""


def read(capture: Capture) -> Feed:
    """Return the feed that a capture holds."""
    return _read_json(capture) if _is_json(capture) else _read_xml(capture)


def _is_json(capture: Capture) -> bool:
    return capture.media_type.endswith("json") or capture.body.lstrip()[:1] == b"{"


def _read_xml(capture: Capture) -> Feed:
    headers = {"content-type": capture.header("content-type"), "content-location": capture.url}
    if _is_deeper(capture.body, DEEPEST):
        raise ParseError(capture.url, f"more than {DEEPEST} elements stand in one another")
    try:
        found = feedparser.parse(_with_entities(capture.body), response_headers=headers)
    except (ValueError, OverflowError) as error:
        # feedparser stumbles over references to characters that there are none of, such as &#xD800;, and over a NUL
        # where an encoding or a namespace is named.
        raise ParseError(capture.url, f"cannot be read at all: {error}") from error
    if not found.get("version"):
        raise ParseError(capture.url, f"{NO_FEED}{_instead(capture)}")
    broken = ""
    if found.bozo and not isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride):
        broken = f"not well-formed: {found.bozo_exception}"
        if not found.entries:
            raise ParseError(capture.url, broken)
    language = clean(str(found.feed.get("language") or ""))
    following = [str(link.get("href") or "") for link in _named(found.feed, "links") if _is_next(link)]
    return Feed(
        title=_plain(found.feed.get("title")),
        entries=tuple(_entry(entry, language, capture) for entry in found.entries),
        following=next(filter(None, following), ""),
        broken=broken,
        # feedparser leaves nothing of an address that it cannot join to that of the feed.
        gap="it names a next page, by an address that is none" if following and not any(following) else "",
    )


def _is_deeper(body: bytes, most: int) -> bool:
    """Return whether more elements stand in one another; it is counted only where as many are never closed."""
    if body.count(b"<") - 2 * body.count(b"</") - body.count(b"/>") <= most:
        return False
    depth = deepest = 0

    def begin(*_: object) -> None:
        nonlocal depth, deepest
        depth += 1
        deepest = max(deepest, depth)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    with suppress(expat.ExpatError, ValueError, LookupError):  # Where it is not well-formed, as far as it is.
        parser.Parse(body, True)
    return deepest > most


def _with_entities(body: bytes) -> bytes:
    """Return a feed with its named characters as numbers where it has a document type: RSS 0.91 declares ``&eacute;``.

    The declaration itself is never fetched, and expat, which then expects that anything may be declared, leaves out
    without a word what is declared nowhere. Without a document type it says that the feed is broken.
    """
    if b"<!DOCTYPE" not in body[:4096]:
        return body
    return _ENTITY.sub(_as_number, body)


def _as_number(reference: re.Match[bytes]) -> bytes:
    name = reference[1].decode()
    code = None if name in _OWN_ENTITIES else name2codepoint.get(name)
    return reference[0] if code is None else b"&#%d;" % code


def _instead(capture: Capture) -> str:
    """Say what came in the place of a feed."""
    if capture.media_type == "text/html" or _HTML.search(capture.body[:2000]):
        return ": it is a web page (HTML)"
    return f" but {capture.media_type}"


def _is_next(link: Mapping[str, Any]) -> bool:
    """Return whether a link leads to the next page: it may have several relations, by name or by address (RFC 4287)."""
    return any(relation.rpartition("/")[2] == "next" for relation in str(link.get("rel") or "").lower().split())


def _entry(entry: Mapping[str, Any], language: str, capture: Capture) -> Entry:
    link = str(entry.get("link") or _as_address(entry.get("id")))
    contents, titles = _named(entry, "content"), _named(entry, "title_detail")
    content = next((_markup(each.get("value"), str(each.get("type") or "")) for each in contents), "")
    summary = without_tail(_plain(entry.get("summary") or content))
    # feedparser's own get() would give the published time in the place of the updated one, with a warning.
    stated = dict(entry)
    published, updated = (
        _instant(_parsed(stated.get(f"{name}_parsed")), str(stated.get(name) or ""), capture) for name in _TIMES
    )
    return Entry(
        link=link,
        title=_plain(entry.get("title")),
        summary=summary,
        content=_beyond(content, summary),
        published=_plausible(published, capture),
        updated=_plausible(updated, capture),
        language=clean(str(next((each.get("language") for each in titles), "") or language)),
        ahead=_ahead((published, updated), capture),
    )


def _named(of: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return what feedparser keeps under a name; of an element with that very name, ``<links>``, it keeps the words."""
    found = of.get(name)
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, Mapping)]


def _as_address(identifier: object) -> str:
    """Return an identifier that is an address, the empty text for any other."""
    text = str(identifier or "")
    return text if text.startswith(("http://", "https://")) else ""


def _plain(markup: object) -> str:
    """Return markup as text; block elements are joined with a space, so that words do not run together."""
    text = str(markup or "")
    if "<" in text or "&" in text:
        text = BeautifulSoup(permitted(text), "lxml").get_text(" ")
    return clean(text)


def _markup(content: object, media_type: str) -> str:
    """Return the text of an entry as HTML, of plain text a paragraph for each that an empty line sets apart."""
    text = permitted(str(content or ""))
    if media_type != "text/plain":
        return text
    return "".join(f"<p>{escape(part)}</p>" for part in _EMPTY_LINE.split(text) if part.strip())


def _beyond(content: str, summary: str) -> str:
    """Return the markup of a text that says more than the summary does, the empty text of any other."""
    return content if _HEADED.search(content) or len(without_tail(_plain(content))) > len(summary) else ""


def _parsed(value: object) -> datetime | None:
    """Return a time as feedparser read it."""
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC) if isinstance(value, tuple) else None
    except (ValueError, OverflowError, OSError):
        return None


def without_tail(summary: str) -> str:
    """Return words without what programs that write feeds put behind them."""
    return summary[:-_TAIL_LENGTH] + _TAIL.sub("", summary[-_TAIL_LENGTH:])


def _instant(read: datetime | None, written: str, capture: Capture) -> datetime | None:
    """Return the time that is written, as feedparser read it where that can be meant; None for none.

    It reads ``-0001-11-30``, which PHP writes for no date, as 2000, and the year 70 as 2070. Of ``2026-02-31`` it makes
    3 March, of ``2026/01/05`` November, and of ``January 5, 2026`` nothing.
    """
    if match := _YEAR_FIRST.match(written):
        try:
            day = datetime(int(match[1]), int(match[3]), int(match[4]), tzinfo=UTC)
        except ValueError:
            return None
        # In UTC it may be the day before or after.
        return read if read is not None and abs(read - day) <= timedelta(days=2) else day
    if read is None:
        return _in_words(written)
    text = _ZONE.sub("", written)
    if re.search(r"\d{4}", text):
        return read if any(f"{year:04d}" in text for year in range(read.year - 1, read.year + 2)) else None
    return read if read <= capture.time + SLACK else None


def _in_words(written: str) -> datetime | None:
    """Return a day whose month is named; of numbers alone nobody can tell which is the month."""
    found = None if _NUMBERS.fullmatch(written) else dates.iso(written)
    return moment(found) if found and len(found) >= len("2026-01-05") else None


def _plausible(time: datetime | None, capture: Capture) -> str | None:
    """Return a feed's time as ISO 8601; one ahead of the capture is clamped to it (the year 3200 was seen)."""
    if time is None or time < EARLIEST:
        return None
    return stamp(time if time <= capture.time + SLACK else capture.time.replace(microsecond=0))


def _ahead(times: Sequence[datetime | None], capture: Capture) -> str:
    """Return the first day stated that lies ahead of the capture, the empty text where none does."""
    found = min((time for time in times if time is not None and time > capture.time + SLACK), default=None)
    return stamp(found)[:10] if found is not None else ""


def _read_json(capture: Capture) -> Feed:
    try:
        found = json.loads(capture.body)
    except (ValueError, RecursionError) as error:
        raise ParseError(capture.url, f"not JSON: {error}") from error
    entries = found.get("items") if isinstance(found, dict) else None
    version = str(found.get("version", "")) if isinstance(found, dict) else ""
    if not version.startswith("https://jsonfeed.org/version/") or not isinstance(entries, list):
        raise ParseError(capture.url, "JSON, but no JSON Feed")
    return Feed(
        title=_plain(found.get("title")),
        entries=tuple(_json_entry(entry, found, capture) for entry in entries if isinstance(entry, dict)),
        following=str(found.get("next_url") or ""),
        broken="" if all(isinstance(entry, dict) for entry in entries) else "an item is no object",
    )


def _json_entry(entry: Mapping[str, Any], feed: Mapping[str, Any], capture: Capture) -> Entry:
    content = _markup(entry.get("content_html"), "") or _markup(entry.get("content_text"), "text/plain")
    summary = without_tail(_plain(entry.get("summary") or content))
    published, updated = _json_time(entry.get("date_published")), _json_time(entry.get("date_modified"))
    return Entry(
        link=str(entry.get("url") or entry.get("external_url") or _as_address(entry.get("id"))),
        title=_plain(entry.get("title")),
        summary=summary,
        content=_beyond(content, summary),
        published=_plausible(published, capture),
        updated=_plausible(updated, capture),
        language=clean(str(entry.get("language") or feed.get("language") or "")),
        ahead=_ahead((published, updated), capture),
    )


def _json_time(text: object) -> datetime | None:
    try:
        return moment(text) if isinstance(text, str) else None
    except ValueError:
        return None
