"""Numbered versions of guidance: which one words name, and whether they name the guidance with some title."""

import re

from crawler.text import canonical

Number = tuple[int, ...]
"""The number of a version: 3.10 comes behind 3.9."""

_N = r"(\d{1,3}(?:\.\d{1,3}){0,3})(?![\w.]\d)"
_NAMED = re.compile(rf"\b(?:version|fersiwn|v\.?) ?:? ?{_N}", re.I)
_LABEL = re.compile(rf"(?:version|fersiwn|v)?\.? ?{_N}", re.I)
_NOTED = re.compile(
    r"\b(?:updated? to|new|latest|added|published|uploaded|replaced (?:with|by))\b[^.;]{0,60}?"
    rf"\b(?:version|v\.?) ?{_N}|\b(?:version|v\.?) ?{_N} (?:of [^.;]{{1,80}} )?(?:was |is |has been |now )*"
    r"(?:published|added|uploaded|available)",
    re.I,
)
_NOT_WORD = re.compile(r"[^\w]+")
_PLAIN = frozenset({
    "the", "a", "an", "of", "on", "in", "to", "by", "for", "and", "or", "with", "under", "our", "its", "this", "at",
    "statutory", "guidance", "version", "section", "see", "current", "latest", "government", "uk", "s",
})  # fmt: skip
"""Words that tell no guidance from another."""


def version_number(text: str) -> Number | None:
    """Return the number of a version that words name.

    >>> version_number("Modern slavery: statutory guidance (v3.10)"), version_number("Guidance of 2024")
    ((3, 10), None)
    """
    match = _NAMED.search(text)
    return _number(match[1]) if match else None


def number_of_label(label: str) -> Number | None:
    """Return the number of a version of which its publisher says nothing else in its name.

    >>> number_of_label("Version 3.10"), number_of_label("as enacted")
    ((3, 10), None)
    """
    match = _LABEL.fullmatch(label.strip())
    return _number(match[1]) if match else None


def noted(note: str) -> Number | None:
    """Return the number of the version that a publisher's note says is there now; the highest of several.

    >>> noted("Updated to version 3.10, which replaces version 3.9."), noted("Version 4.0 will follow.")
    ((3, 10), None)
    """
    found = [_number(match[1] or match[2]) for match in _NOTED.finditer(note)]
    return max(found, default=None)


def _number(written: str) -> Number:
    return tuple(int(each) for each in written.split("."))


def words(text: str) -> frozenset[str]:
    """Return the words of a title, or of words that name guidance, by which it is told from other guidance.

    >>> sorted(words("Modern Slavery statutory guidance version 3.8"))
    ['modern', 'slavery']
    """
    plain = _NAMED.sub(" ", canonical(text)).lower().replace("'s ", " ")
    return frozenset(_NOT_WORD.sub(" ", plain).split()) - _PLAIN
