"""How values look on a page: times, words changed, links. The filters of our templates."""

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from crawler import wording
from crawler.feeds import labels
from crawler.feeds.content import after_reading, applies_from, in_force, published_as, seen_as
from crawler.feeds.entry import EntryChange, event_words, place
from crawler.feeds.feed import link
from crawler.feeds.labels import dated_headline, event, sentence, verb
from crawler.identifiers.acts import called
from crawler.model import Word
from crawler.publish import dictionary, paths, pictures, provisions, timeline
from crawler.publish.in_force import address as law_address
from crawler.publish.toolkit.sheets import download
from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, ROLES, TOOLKIT, TOPICS
from crawler.text import counted

_LINE = re.compile(r"(\s*)(\S(?:[^\n]*\S)?)([^\S\n]*)")
_YEAR = re.compile(r"[1-9]\d{3}")
_FINER = re.compile(r"(\.\d{3})\d+")
"""A fraction of a second; HTML knows nothing finer than a thousandth."""
_NAMES = {"+": ("ins", "added"), "-": ("del", "removed")}


def is_behind(row: Mapping[str, str | None]) -> bool:
    """Whether a list or a page states an update of a document of a later day than that on which it was last checked.

    >>> is_behind({"checked": "2026-03-02T06:03:20Z", "updated": "2026-03-07T02:15:00Z"})
    True
    """
    checked = (row["checked"] or "")[:10]
    return "" < checked < (row["updated"] or "")[:10]


def marked(shown: Iterable[Word]) -> Markup:
    """Return words kept, deleted and inserted as HTML; a hidden word says which is which where colour is not seen."""
    return Markup("").join(_mark(word) if word.op in _NAMES else escape(word.text) for word in shown)


def _mark(word: Word) -> Markup:
    """Return a run of words marked line by line, the space around outside: an underlined space looks like a fault."""
    element, name = _NAMES[word.op]
    lines = _LINE.findall(word.text)
    if not lines:
        return escape(word.text)
    found = Markup("")
    for number, (before, line, after) in enumerate(lines):
        start = Markup('<span class="vh">[{}: </span>').format(name) if number == 0 else ""
        end = Markup('<span class="vh">]</span>') if number == len(lines) - 1 else ""
        found += Markup("{1}<{0}>{2}{3}{4}</{0}>{5}").format(element, before, start, line, end, after)
    return found


def when(text: str | None) -> Markup:
    """Return a date as a time element; a text that is no date stays a text.

    >>> print(when("2026-03-12T09:15:22.660031Z"))
    <time datetime="2026-03-12T09:15:22.660Z">12 March 2026</time>
    >>> print(when("2026-03"), when("2026-13-01"), when("2026 or later"), sep="; ")
    <time datetime="2026-03">March 2026</time>; 2026-13-01; 2026 or later
    """
    return _time(text, wording.day(text))


def truncate(text: str, most: int) -> str:
    """Return a text as it is, or so much of it as has at most so many characters, cut between words.

    >>> truncate("one two three four", 20), truncate("one two three four", 9)
    ('one two three four', 'one two …')
    """
    return text if len(text) <= most else f"{text[: most - 1].rpartition(' ')[0] or text[: most - 2]} …"


def time_element(text: str | None) -> Markup:
    """Return a time to the minute as a time element; a text that is no time stays a text."""
    return _time(text, wording.minute(text))


def _time(text: str | None, name: str) -> Markup:
    if not text or (name == text and not _YEAR.fullmatch(text)):
        return escape(name)
    to_milliseconds = escape(_FINER.sub(r"\1", text))
    return Markup(f'<time datetime="{to_milliseconds}">{escape(name)}</time>')


def outside(url: str | None, text: str = "") -> Markup:
    """Return a link to another site, or the plain text where the address is none of the web."""
    address = link(url or "")
    if not address:
        return escape(text or url or "")
    return Markup('<a href="{}" rel="nofollow noreferrer">{}</a>').format(address, text or url)


def archived(url: str | None) -> Markup:
    """Return a link to what a web archive holds of an address: that of the government for its own site.

    >>> print(archived("https://www.gov.uk/a").partition(" rel")[0])
    <a href="https://webarchive.nationalarchives.gov.uk/ukgwa/*/https://www.gov.uk/a"
    >>> print(archived("https://example.org/a"))
    <a href="https://web.archive.org/web/*/https://example.org/a" rel="nofollow noreferrer">the Internet Archive</a>
    """
    address = link(url or "")
    host = urlsplit(address).hostname or ""
    if host in ("gov.uk", "www.gov.uk") or host.endswith(".service.gov.uk"):
        place, name = "https://webarchive.nationalarchives.gov.uk/ukgwa/*/", "the UK Government Web Archive"
    else:
        place, name = "https://web.archive.org/web/*/", "the Internet Archive"
    return outside(f"{place}{address}", name) if address else escape(name)


def thousands(number: int) -> str:
    """Return a number with commas."""
    return f"{number:,}"


def schedule_words(seconds: int) -> str:
    """Return a schedule in words.

    >>> schedule_words(86400), schedule_words(3600), schedule_words(604800), schedule_words(172800)
    ('daily', 'hourly', 'weekly', 'every 2 days')
    """
    named = {3600: "hourly", 86400: "daily", 604800: "weekly"}
    if seconds in named:
        return named[seconds]
    for unit, length in (("day", 86400), ("hour", 3600), ("second", 1)):
        if seconds >= length:
            number = round(seconds / length)
            return f"every {unit}" if number == 1 else f"every {counted(number, unit)}"
    return "always"


def told_words(told: EntryChange) -> tuple[Word, ...]:
    """Return the words of a difference as readers expect them: dates as dates."""
    if told.kind != "date":
        return told.words
    return tuple(Word(op=word.op, text=wording.day(word.text.strip())) for word in told.words)


def where(row: Mapping[str, str]) -> str:
    """Return where a section stands in its document, for readers."""
    return wording.where(row["path"], row["heading"], row["number"])


def band(name: str) -> str:
    """Return a band for readers.

    >>> band("review")
    'not decided'
    """
    return {"in": "in the round-up", "review": "not decided", "out": "left out"}[name]


_EXTENTS: Mapping[str, str] = {
    "E": "England",
    "W": "Wales",
    "S": "Scotland",
    "N.I.": "Northern Ireland",
    "NI": "Northern Ireland",
    "U.K.": "United Kingdom",
    "UK": "United Kingdom",
    "EU": "European Union",
}


def extent(text: str) -> str:
    """Return the extent of a law in words; what is not written in the letters of legislation.gov.uk stays as it is.

    >>> extent("E+W"), extent("E+W+S+N.I."), extent("Scotland only")
    ('England and Wales', 'England, Wales, Scotland and Northern Ireland', 'Scotland only')
    """
    *others, last = (_EXTENTS.get(part.strip(), part.strip()) for part in text.split("+"))
    return f"{', '.join(others)} and {last}" if others else last


def alias_link(alias: str) -> Markup:
    """Return another name of a document, as a link where it is an address.

    >>> alias_link("url:https://example.org/a")
    Markup('<a href="https://example.org/a" rel="nofollow noreferrer">https://example.org/a</a>')
    """
    return outside(alias.removeprefix("url:"))


def points(number: float) -> str:
    r"""Return a weight or a score in words.

    >>> points(1.0), points(-0.75), points(2)
    ('1 point', '\u22120.75 points', '2 points')
    """
    shown = f"{abs(number):.2f}".rstrip("0").rstrip(".")
    sign = "\u2212" if number < 0 and shown != "0" else ""
    return f"{sign}{shown} {'point' if shown == '1' else 'points'}"


def reason_place(place: str) -> str:
    """Return where words stood that decided something.

    >>> reason_place("title"), reason_place("section-2-1"), reason_place("govuk:1-2 part-1 heading")
    ('the title', 'Section 2(1)', 'the heading of Part 1')
    """
    if place in ("title", "summary", "kind", "publisher", "identifier"):
        return f"the {place}"
    path = place.split(" ")[-2 if place.endswith((" heading", " title")) else -1]
    if place.endswith(" title"):
        return "the title of an attachment"
    named = wording.where(path, "")
    return f"the heading of {named}" if place.endswith(" heading") else named


_FACETS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "aimed_at": ("Service or profession", AIMED_AT),
    "exploitation": ("Exploitation", EXPLOITATION),
    "role": ("Reader", ROLES),
    "toolkit": ("Part of the toolkit", TOOLKIT),
    "topic": ("Topics", TOPICS),
}


def facet_name(facet: str) -> str:
    """Return what a facet is called.

    >>> facet_name("aimed_at")
    'Service or profession'
    """
    return _FACETS[facet][0]


def facet_value(value: str, facet: str) -> str:
    """Return a value of a facet for readers.

    >>> facet_value("labour_exploitation", "topic")
    'Labour exploitation'
    """
    text = _FACETS[facet][1].get(value, value)
    return text[:1].upper() + text[1:]


FILTERS: Mapping[str, Callable[..., object]] = {
    "archived": archived,
    "marked": marked,
    "when": when,
    "at": time_element,
    "outside": outside,
    "thousands": thousands,
    "truncate": truncate,
    "labelled": wording.version_label,
    "counted": counted,
    "effects_query": paths.effects_query,
    "often": schedule_words,
    "kind": wording.kind,
    "changed": wording.changed,
    "doc": paths.encode,
    "download": download,
    "leading": dictionary.leading,
    "as_contents": provisions.contents,
    "laid_out": provisions.laid_out_row,
    "after_reading": after_reading,
    "called": called,
    "is_behind": is_behind,
    "official": provisions.official,
    "place": place,
    "provision": wording.provision,
    "representation": timeline.representation,
    "published_as": published_as,
    "seen_as": seen_as,
    "silence": timeline.silence,
    "version": timeline.version,
    "where": where,
    "as_bars": pictures.months,
    "as_line": pictures.line,
    "as_grid": pictures.commencement,
    "grid_key": pictures.key,
    "grid_word": pictures.said,
    "in_force": in_force,
    "law_address": law_address,
    "applies_from": applies_from,
    "duty_words": labels.duty_words,
    "dated": dated_headline,
    "event": event,
    "happened": event_words,
    "sentence": sentence,
    "verb": verb,
    "band": band,
    "points": points,
    "extent": extent,
    "named": alias_link,
    "reason_place": reason_place,
    "facet_name": facet_name,
    "facet_value": facet_value,
}
"""Filters that templates use."""
