"""How much a difference matters, by rule: its significance and its flags."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.changes import listings
from crawler.changes.boilerplate import BESIDE, STAMP, bare
from crawler.changes.digests import form, wording
from crawler.changes.edit_location import edits
from crawler.changes.facts import facts
from crawler.changes.lettered import is_lettered
from crawler.changes.number_words import in_figures
from crawler.model import Difference, Representation, Section, Significance, Word
from crawler.text import canonical

FLAGS: tuple[tuple[str, str], ...] = (
    ("duty word", "may, should, must, required to or the like was put in, taken out or replaced"),
    ("negation", "not, no, unless, except or another word that turns a sentence round was put in or taken out"),
    ("time limit", "a time limit, a time of day or how often changed"),
    ("date", "a date changed, other than the page's own date of update"),
    ("money", "a fee, a sum or a percentage changed"),
    ("number", "a number, or what stands beside it, changed: of a reference, a year or title, a threshold, an age"),
    ("contact", "a telephone number, an e-mail or postal address or a postcode changed"),
    ("link", "a web address or the name of a portal changed, was put in or taken out"),
    ("form", "the name of a form or of a file changed, was put in or taken out"),
    ("version number", "a version number changed"),
    ("list", "a list, or the sub-provisions, became longer or shorter"),
    ("status", "the legal status changed, of the whole or of a provision"),
    ("procedure", "the state of a procedure changed: a consultation is closed, a bill reached another stage"),
)
"""Every flag a difference can have, with its meaning. What was added or removed has none."""

LEGAL = frozenset(
    {
        "in force", "not in force", "no longer in force", "not yet in force", "partially in force", "prospective",
        "not valid", "repealed", "revoked", "expired", "lapsed", "spent", "quashed", "annulled", "superseded",
        "replaced",
    }
)  # fmt: skip
"""Statuses of law; a document that had or has none of them is somewhere in a procedure."""

_FORMAL = frozenset({"list"})
"""Flags of what may change in an editorial way: sentences can be set as a list. With any other, none is editorial."""

_TITLED = frozenset({"list", "number", "date", "duty word", "negation"})
"""Flags of what titles of other pages hold: what stands beside a text may change in them."""
_OF_TITLES = _TITLED - {"list"} | {"time limit", "money"}
"""Flags of facts in titles of other pages that a list names: where one came or went, no fact of the page changed."""

COMMENTARY = (
    "commentary", "commentaries", "earlier-orders", "explanatory-note", "footnotes", "margin-notes", "note", "notes",
)  # fmt: skip
"""First words of the paths of sections that comment on the law and are not part of it."""

# Symbols count as words: without them \u00a35 is 5. Bullets do not.
_UNSPOKEN = re.compile(r"(?:[^\w$\u00a3\u20ac\u00a5%\u00b0+<=>\u00b1\u00d7\u00f7\u2260\u2264\u2265]|_)+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_MARK = re.compile(
    r"[\u2022\u25aa\u25cf\u25e6\u2023\u2043]\s|^\s*[*-]\s|(?:^|[:;,]\s*(?:(?:and|or)\s+)?)\(?[a-z]{1,4}\)\s",
    re.MULTILINE,
)

TARGET = re.compile(
    r"\s*\(((?:(?:19|20)\d\d(?:[/-]\d{1,2}){0,2}/)?[^()/?#\n]{0,200}(?:\([^()\n]{0,80}\)[^()/?#\n]{0,80}){0,3}"
    r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|zip))\)",
    re.IGNORECASE,
)
"""The file to which a link leads, as it stands behind the words of the link."""
_FORM_FILE = re.compile(r"form|ffurflen|nrm|ms1|referral|version|(?:^|[^a-z])v\.?\d", re.IGNORECASE)
"""The name of a file of which a new one must not come unseen."""

_AROUND = 80
"""Characters read on each side of an edit, so that a fact is seen whole."""
_NEAR = 400
"""Those of what stayed that are read to see whether an edit says anything: no date or label of a page is as long."""

_MAX_WORD_CHARACTERS = 2_000
"""Most characters read beyond that to the next white space: the longest web address worth reading whole."""

MAX_FACT_CHARACTERS = 300_000
"""Most characters read for facts on each side of a difference; a longer wording never changes in an editorial way."""

_BLANK = re.compile(r"\s")


def flags(difference: Difference) -> tuple[str, ...]:
    """Return the flags of a difference, in the order of :data:`FLAGS`."""
    if difference.kind in ("added", "removed", "moved"):
        return ()
    raised = changed_facts(difference.words)
    before, after = difference.before, difference.after
    if difference.kind == "status":
        legal = {canonical(difference.old).casefold(), canonical(difference.new).casefold()} & LEGAL
        raised.add("status" if legal else "procedure")
    if before is not None and after is not None:
        if canonical(before.status) != canonical(after.status):
            raised.add("status")
        if difference.words and _list_length(before) != _list_length(after):
            raised.add("list")
        if raised & _OF_TITLES:
            raised -= _of_entries(before, after, raised & _OF_TITLES)
    return tuple(flag for flag, _ in FLAGS if flag in raised)


def _of_entries(before: Section, after: Section, raised: set[str]) -> set[str]:
    """Return the flags that entries alone raise which came to a list of other pages or went from it."""
    if max(len(before.text), len(after.text)) > MAX_FACT_CHARACTERS:
        return set()
    sides = listings.without_entries(after.heading, before.text, after.text)
    if sides is None:
        return set()
    old, new = (Counter((fact.flag, fact.value) for fact in facts(side) if fact.flag in raised) for side in sides)
    return raised - {flag for flag, _ in (old - new) + (new - old)}


_IMPRINT = re.compile(r"\u00a9|\b(?:crown )?copyright\b|^this publication is (?:also )?available (?:at|from)\b", re.I)
"""What a line of the imprint says."""


def significance(difference: Difference, representation: Representation) -> Significance:
    """Return how much a difference matters, from the kind of text it is in.

    ``legal effect``: words, number, place among the numbers, or status of structured law. ``editorial``: only
    punctuation, case, white space, the page's own date, labels around the text, a new place in the order, or, outside
    the law, a new number, links to other pages beside the text and the address of a file behind a link; never where a
    fact changed. ``substantive``:
    everything else, and commentary on the law.
    """
    return weigh(difference, representation)[0]


def weigh(difference: Difference, representation: Representation) -> tuple[Significance, tuple[str, ...]]:
    """Return significance and flags in one reading of the words."""
    law = representation == "structured" and not _comments(difference)
    if not law and any(
        is_so(difference)
        for is_so in (_only_its_number, _is_own_date, _only_a_file_moved, _only_imprint, _only_files_sorted)
    ):
        return "editorial", ()
    raised = flags(difference)
    formal = difference.kind == "moved" or (_FORMAL.issuperset(raised) and _says_the_same(difference))
    formal = formal or (not law and _is_beside(difference, raised))
    if formal and not (law and _has_new_number(difference)):
        return "editorial", raised
    return ("legal effect" if law else "substantive"), raised


def _only_files_sorted(difference: Difference) -> bool:
    """Return whether the list of a page's files names the same ones in another order."""
    before, after = difference.before, difference.after
    if before is None or after is None or not before.path == after.path == "documents":
        return False
    return sorted(before.text.split("; ")) == sorted(after.text.split("; "))


def changed_facts(shown: Sequence[Word]) -> set[str]:
    """Return the flags of the facts that an edit touches and that read differently afterwards."""
    before, after = _sides(shown)
    found = list(edits(shown))
    old = _touched(before, [(edit.before, edit.before + len(edit.deleted)) for edit in found])
    new = _touched(after, [(edit.after, edit.after + len(edit.inserted)) for edit in found])
    raised: set[str] = set()
    for number in {*old, *new}:
        one, two = old.get(number, {}), new.get(number, {})
        raised.update(flag for flag in {*one, *two} if one.get(flag) != two.get(flag))
    return raised


def _sides(shown: Sequence[Word]) -> tuple[str, str]:
    before = "".join(word.text for word in shown if word.op != "+")
    after = "".join(word.text for word in shown if word.op != "-")
    return before, after


def _touched(text: str, spans: Sequence[tuple[int, int]]) -> dict[int, dict[str, list[str]]]:
    """Return the values, by number of the stretch and flag, of the facts that share a character with a stretch.

    A stretch that is a point has a fact in it when the point is inside the fact.
    """
    values: dict[int, dict[str, list[str]]] = {}
    ends = [end for _, end in spans]
    for left, right in _windows(text, spans):
        for fact in facts(text[left:right]):
            start, end = fact.start + left, fact.end + left
            number = bisect_right(ends, start)
            while number < len(spans) and spans[number][0] < end:
                values.setdefault(number, {}).setdefault(fact.flag, []).append(fact.value)
                number += 1
    return values


def _windows(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text that are read for facts: around the edits, ``MAX_FACT_CHARACTERS`` in all."""
    budget = MAX_FACT_CHARACTERS
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        left, right = _around(text, start, end)
        if merged and left <= merged[-1][1]:
            left = merged.pop()[0]
        merged.append((left, right))
    for left, right in merged:
        yield left, min(right, left + budget)
        budget -= right - left
        if budget <= 0:
            return


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    floor = max(0, left - _MAX_WORD_CHARACTERS)
    while left > floor and not text[left - 1].isspace():
        left -= 1
    blank = _BLANK.search(text, right, right + _MAX_WORD_CHARACTERS)
    return left, blank.start() if blank else min(len(text), right + _MAX_WORD_CHARACTERS)


def _list_length(section: Section) -> tuple[int, int]:
    return len(section.parts), 0 if section.parts else sum(1 for _ in _MARK.finditer(section.text))


def _has_new_number(difference: Difference) -> bool:
    before, after = difference.before, difference.after
    if before is None or after is None or difference.kind == "moved":
        return False
    return difference.kind == "renumbered" or canonical(before.number) != canonical(after.number)


def _only_its_number(difference: Difference) -> bool:
    """Return whether a part has another number and nothing else, as when one was put in before it."""
    before, after = difference.before, difference.after
    return (
        before is not None
        and after is not None
        and canonical(before.number) != canonical(after.number)
        and form(replace(before, path="", number="")) == form(replace(after, path="", number=""))
    )


def _only_a_file_moved(difference: Difference) -> bool:
    """Return whether links lead to files at other addresses, and nothing else: no form, and none that has a version."""
    before, after = difference.before, difference.after
    if before is None or after is None or max(len(before.text), len(after.text)) > MAX_FACT_CHARACTERS:
        return False
    bare_before, bare_after = (replace(one, text=TARGET.sub("", one.text)) for one in (before, after))
    if form(bare_before) != form(bare_after) or form(before) == form(after):
        return False
    old, new = set(TARGET.findall(before.text)), set(TARGET.findall(after.text))
    return not (old - new and new - old and any(_FORM_FILE.search(name) for name in old ^ new))


def _is_own_date(difference: Difference) -> bool:
    """Return whether a part is the page's own date: its heading says which, its text is that date and no more."""
    sections = [one for one in (difference.before, difference.after) if one is not None]
    return bool(sections) and all(
        one.heading and len(one.text) < _AROUND and STAMP.fullmatch(f"{canonical(one.heading)}: {canonical(one.text)}")
        for one in sections
    )


def _only_imprint(difference: Difference) -> bool:
    """Return whether all lines that differ are of the imprint: whose copyright, of when, where it is published."""
    before, after = difference.before, difference.after
    if difference.kind != "changed" or before is None or after is None or before.heading != after.heading:
        return False
    lines = set(before.text.split("\n")) ^ set(after.text.split("\n"))
    is_imprint = bool(lines) and all(len(line) < 2 * _AROUND and _IMPRINT.search(line) for line in lines)
    return is_imprint and {"date", "link", "number"}.issuperset(flags(difference))


def _comments(difference: Difference) -> bool:
    section = difference.after or difference.before
    return section is not None and any(f"{section.path}-".startswith(f"{word}-") for word in COMMENTARY)


def _is_beside(difference: Difference, raised: Sequence[str]) -> bool:
    """Return whether the difference is in what stands beside the text, by its heading, and no fact but of titles."""
    sections = [one for one in (difference.before, difference.after) if one is not None]
    if not sections or not all(BESIDE.fullmatch(canonical(one.heading).casefold()) for one in sections):
        return False
    flagged = set(raised)
    if len(sections) == 1:
        flagged |= {fact.flag for fact in facts(wording(sections[0])[:MAX_FACT_CHARACTERS])}
    return flagged <= _TITLED and all(len(one.text) <= MAX_FACT_CHARACTERS for one in sections)


def _says_the_same(difference: Difference) -> bool:
    """Whether letters and figures stayed, but for letters of a list; what came or went stands against nothing."""
    if difference.kind in ("added", "removed"):
        return not any(_spoken(wording(one)) for one in (difference.before, difference.after) if one is not None)
    before, after = _sides(difference.words)
    if max(len(before), len(after)) > MAX_FACT_CHARACTERS:
        return False
    before, after = _sides([_near(word) for word in difference.words])
    return _spoken(before) == _spoken(after) or is_lettered(difference.words)


def _near(word: Word) -> Word:
    """Return a word, of one that stayed only what is near the edits on its sides."""
    if word.op != "=" or len(word.text) <= 2 * _NEAR:
        return word
    return replace(word, text=f"{word.text[:_NEAR]}\n{word.text[-_NEAR:]}")


def _spoken(text: str) -> str:
    """Return the letters and figures of a text, without the page's own date and the labels around it."""
    return _UNSPOKEN.sub("", _ORDINAL.sub("", in_figures(canonical(bare(text)).casefold())))
