"""Places of the United Kingdom smaller than a nation, as titles and names of publishers have them: localities.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from crawler.sources.rules import mapping
from crawler.sources.yaml_positions import read_table

FILE = Path(__file__).parent / "localities.yaml"
WIDER = frozenset({"United Kingdom", "Great Britain", "England and Wales"})
"""Places that hold more than one nation, instead of which the nation of a locality is stated."""
KINDS = frozenset({
    "collection", "form", "governance", "guidance", "manual", "policy_paper", "report", "research", "resource",
    "template", "training",
})  # fmt: skip
"""Kinds of documents that are of the place that they name."""
_OF_PARLIAMENT = re.compile(r"\b(?:Bill|Act|Order|Regulations|Committee)\b")
_LOCAL = (
    r"(?:City|County|Borough|Metropolitan|District|Unitary|Council|Combined|Authority|Police|Constabulary|Partnerships?"
    r"|Safeguarding|Safer|Community|Anti[- ]Slavery|Modern Slavery|Network|Adults?|Children|Mayor(?:al)?|Region(?:al)?)"
)
"""What stands behind the name of a place that may be that of something else."""
_OFFICE = r"(?:City|County|(?:Royal )?Borough|Council) of "
_NOT_BEHIND = r"(?<!University of )(?<!Duchy of )(?<!Treaty of )(?<!Bank of )(?<!Duke of )(?<!New )(?<![\w-])"
_NOT_BEFORE = (
    r"(?![\w-])(?!(?:['\u2019]s)?(?: \w+){0,2} (?:Universit(?:y|ies)|College)\b)"
    r"(?! (?:Protocol|Declaration|Convention|Principles|Conference|Summit|Process|Road|Street|House|v\.? )\b)"
)


def locality(text: str) -> tuple[str, str] | None:
    """Return the places that a title names and the nation they are in; None where it names none, or those of several.

    >>> locality("SANDWELL terms of reference 2017"), locality("Reading list on slavery"), locality("Safe in Leeds")
    (('Sandwell', 'England'), None, ('Leeds', 'England'))
    >>> [locality(text) for text in ("Kent Police and Essex plan", "University of Leeds report", "Cardiff Council")]
    [('Kent and Essex', 'England'), None, ('Cardiff', 'Wales')]
    """
    known, plain, beside = _read()
    found = dict(sorted((match.start(), key) for match, key in _named(text, plain, beside)))
    whole = [key for key in found.values() if not any(key != other and key in other for other in found.values())]
    places = list(dict.fromkeys(known[key][0] for key in whole))
    nations = {known[key][1] for key in whole}
    if len(nations) != 1:
        return None
    return " and ".join(filter(None, [", ".join(places[:-1]), places[-1]])), nations.pop()


def narrow_places(kind: str, title: str, publisher: str) -> tuple[str, str] | None:
    """Return the places that a tool, report or piece of guidance is of, by its title or publisher, and their nation.

    None for documents of other kinds: in news a place is where something happened, in law what it is about.
    """
    return None if kind not in KINDS or _OF_PARLIAMENT.search(title) else locality(title) or locality(publisher)


def _named(text: str, *patterns: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            said = next(filter(None, match.groups()))
            if said[0].isupper():
                yield match, said.casefold()


@cache
def _read() -> tuple[Mapping[str, tuple[str, str]], re.Pattern[str], re.Pattern[str]]:
    """Return places with their nations by what they are called in small letters, and the patterns that find them."""
    known: dict[str, tuple[str, str]] = {}
    names: dict[str, list[str]] = {"plain": [], "with": []}
    file = mapping(read_table(FILE))
    for nation in file:
        for how, row in mapping(file, nation).items():
            for name in str(row).split(", "):
                known[name.casefold()] = (name, nation)
                names[how].append(re.escape(name))
    plain, beside = ("|".join(sorted(each, key=len, reverse=True)) for each in names.values())
    return (
        known,
        re.compile(f"{_NOT_BEHIND}({plain}){_NOT_BEFORE}", re.IGNORECASE),
        re.compile(f"{_OFFICE}({beside})\\b|{_NOT_BEHIND}({beside})(?:['\u2019]s)? {_LOCAL}\\b", re.IGNORECASE),
    )
