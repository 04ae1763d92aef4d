"""What people keep by hand in sources.yaml beside the sources: series, collections, and judgments of UK courts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

LONGEST = 1000
"""Most characters of a title that a pattern is tried on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A publication that comes out again and again: an entry under ``series``.

    ``title`` is a regular expression that titles of its editions match (:func:`is_edition`); ``sources`` are those that
    would list an edition. The next one is expected ``every`` after the newest, and late when ``late`` more has passed.
    """

    id: str
    name: str
    publisher: str
    sources: tuple[str, ...]
    title: str
    every: timedelta
    late: timedelta = timedelta(days=30)
    kind: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Documents on one subject, wherever they come from: an entry under ``collections``.

    ``documents`` are ids, held or not; of ``sources`` every document belongs to it.
    """

    id: str
    name: str
    about: str
    documents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """A judgment of a UK court, without the names of its parties: an entry of the list under ``judgments``."""

    citation: str
    court: str
    date: str
    url: str
    provisions: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgments:
    """The block ``judgments``: when a person last went through the list, as ISO 8601, and what stands in it."""

    reviewed: str = ""
    kept: tuple[Judgment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Curated:
    """The three blocks, each in the order of the file."""

    series: tuple[Series, ...] = ()
    collections: tuple[Collection, ...] = ()
    judgments: Judgments = Judgments()


def is_edition(pattern: str, title: str) -> bool:
    """Tell whether a title is that of an edition, by the pattern of its series; capital letters make no difference.

    >>> is_edition("annual report on modern slavery", "2021 UK Annual Report on Modern Slavery")
    True
    """
    return re.search(pattern, title[:LONGEST], re.IGNORECASE) is not None
