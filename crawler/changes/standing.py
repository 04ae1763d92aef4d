"""A guard: nothing is told as removed whose words stand in the new version, nor as added whose words stood in the old.

Where headings are dropped or set, or parts are joined and cut apart, provisions come and go while their words stay.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.changes.listings import lists_documents
from crawler.model import Difference, Section, Version
from crawler.text import canonical

MIN_WORDS = 3
"""Fewest words of a text that is looked for by itself; a shorter one is looked for with its heading."""
MAX_READ_CHARACTERS = 2_000_000_000
"""Most characters that are read in one comparison; what is left then counts as not standing there."""
_WORD = re.compile(r"\w+")
_PARAGRAPH_NUMBER = re.compile(r"(?<!\S)\d{1,3}(?:\.\d{1,3})+\.?\s+(?=[A-Z])")
"""A number such as 14.229 before a sentence; all of them move on where a paragraph is put in."""


def guarded(differences: Iterable[Difference], old: Version, new: Version) -> Iterator[Difference]:
    """Yield differences, those of provisions whose words the other version has as ``moved``.

    What one version leaves out, such as a preamble, and all else are looked through each by itself; for titles in
    lists of documents only such lists are.
    """
    sides = {"added": old, "removed": new}
    read: dict[tuple[str, bool, bool], str] = {}
    left = MAX_READ_CHARACTERS
    for each in differences:
        section = each.after or each.before
        if each.kind not in sides or section is None:
            yield each
            continue
        key = (each.kind, apart := is_apart(section, old, new), is_list := lists_documents(section.heading))
        if key not in read:
            among = (one for one in sides[each.kind].sections if is_apart(one, old, new) == apart)
            read[key] = words_of(one for one in among if lists_documents(one.heading) or not is_list)
        words = read[key]
        left -= len(words)
        sought = words_to_find(section)
        stands = left >= 0 and sought != "" and sought in words
        yield replace(each, kind="moved", words=()) if stands else each


def is_apart(section: Section, old: Version, new: Version) -> bool:
    """Whether a provision is of a kind that one of two versions leaves out."""
    return old.leaves(section.path) or new.leaves(section.path)


def words_of(sections: Iterable[Section]) -> str:
    """Return all words of provisions in order, headings before texts, with a blank before and behind each."""
    return "".join(_words(f"{section.heading} {section.text}") for section in sections).replace("  ", " ")


def words_to_find(section: Section) -> str:
    """Return the words by which a provision is recognised, as :func:`words_of` has them; empty where it has none.

    >>> words_to_find(Section(path="consent", heading="Consent", text="14.2. An adult has to agree."))
    ' an adult has to agree '
    >>> words_to_find(Section(path="section-3", heading="Fees", text="Repealed."))
    ' fees repealed '
    """
    text = _words(section.text)
    return text if text.count(" ") > MIN_WORDS else _words(f"{section.heading} {section.text}")


def _words(text: str) -> str:
    words = _WORD.findall(_PARAGRAPH_NUMBER.sub("", canonical(text)).casefold())
    return f" {' '.join(words)} " if words else ""
