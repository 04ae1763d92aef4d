"""A document that is looked for, and what its title, body and address tell of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import same_address
from crawler.sources import Source
from crawler.text import slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A document that is looked for. ``publisher`` is a name or an id; ``url`` may be empty."""

    title: str
    publisher: str
    url: str


Found = Iterator[tuple[str, str]]
"""Rules in words, each with how far its list is read."""


def is_body(asked: str, *names: str) -> bool:
    """Return whether a body is meant by one of the names: they are the same words, or hold them; NI is written out.

    >>> is_body("GRETA", "GRETA, Council of Europe"), is_body("Home Office", "home-office"), is_body("NA", "NAO")
    (True, True, False)
    >>> is_body("Department of Justice (NI)", "Department of Justice (Northern Ireland)")
    True
    """
    return any(holds(name, _NI.sub("Northern Ireland", asked)) for name in names)


def is_same(asked: str, *names: str) -> bool:
    """Return whether a body is called by one of the names, in full or by its initials.

    >>> is_same("Department of Justice (NI)", "Department of Justice (Northern Ireland)"), is_same("NAO", "nao")
    (True, True)
    """
    whole = slug(_NI.sub("Northern Ireland", asked))
    return any(whole == slug(name) or asked == initials(name) for name in names)


_NI = re.compile(r"\bNI\b")
_STATES = {"NI": "Northern Ireland", "UK": "United Kingdom", "US": "United States"}
_STATE = re.compile(rf"\b(?:{'|'.join(_STATES)})\b")


def is_published_by(asked: str, name: str) -> bool:
    """Return whether two names may be of one body: one holds the words of the other, or is made of its initials.

    >>> is_published_by("NCA", "National Crime Agency"), is_published_by("GRETA", "GRETA, Council of Europe")
    (True, True)
    >>> is_published_by("Home Office", "Office for National Statistics")
    False
    >>> is_published_by("United States Department of State", "US Department of State")
    True
    """
    asked, name = (_STATE.sub(lambda found: _STATES[found[0]], each) for each in (asked, name))
    return holds(name, asked) or holds(asked, name) or initials(name) == asked or initials(asked) == name


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """Return the first letters of the words of a name that begin with a capital, as bodies are called for short.

    >>> initials("European Asylum Support Office"), initials("National Crime Agency")
    ('EASO', 'NCA')
    """
    words = re.findall(r"[^\W\d_]+", name)
    return "".join(word[0] for word in words if word[0].isupper() and len(words) > 1)


def holds(text: str, phrase: str) -> bool:
    """Return whether the words of a phrase stand in a text, in order and whole; no words stand nowhere.

    >>> holds("Modern-slavery: a guide", "modern slavery"), holds("Antislavery", "slavery"), holds("A guide", "")
    (True, False, False)
    """
    asked = slug(phrase.replace("&", " and "))
    return bool(asked) and f"-{asked}-" in f"-{slug(text.replace('&', ' and '))}-"


def read_by(read: Callable[[str], str], url: str) -> str:
    """Return the name that a function reads from an address, the empty text where it reads none."""
    try:
        return read(url)
    except IdentifierError:
        return ""


def first_pages(most: int | None) -> str:
    """Return how far a list is read, the empty text for one that is read to its end."""
    return "" if most is None else "its first page" if most == 1 else f"its first {most} pages"


def is_home(url: str) -> bool:
    """Return whether an address is that of a whole site, also of its part in English.

    >>> is_home("https://www.example.org/"), is_home("https://example.org/en"), is_home("https://example.org/en/news")
    (True, True, False)
    """
    parts = urlsplit(url)
    return bool(parts.hostname) and not parts.query and parts.path.strip("/").casefold() in ("", "en", "english")


def is_on(source: Source, wanted: Wanted) -> bool:
    """Return whether an address is on the host of a source, with or without www."""
    hosts = ((urlsplit(url).hostname or "").removeprefix("www.") for url in (source.url, wanted.url))
    return len(set(hosts)) == 1


@lru_cache(maxsize=8192)
def place(url: str) -> str:
    """Return an address as one is compared with another, without www."""
    return read_by(same_address, url).replace("https://www.", "https://", 1).rstrip("/")
