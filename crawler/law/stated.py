"""The words in which an instrument says when it comes into force as a whole, or that it has effect from before."""

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.law.pieces import DAY, iso
from crawler.text import sentences

MAX_CHARACTERS = 20_000
MAX_MISSING = 3
"""From one subsection to the next: some may have been taken out."""

_SUBSECTION = re.compile(r"(?:^|(?<=[.;:] )|(?<=[—\u2013\n]))\((\d+[A-Z]{0,2})\) ")


def subsections(text: str) -> Iterator[tuple[str, str]]:
    """Yield the subsections of a provision, each as number and words; one without a number where there are none.

    >>> list(subsections("(1) Words. (2) More— (a) an item (3); (b) one. (4) Numbers may be missing."))
    [('1', 'Words. '), ('2', 'More— (a) an item (3); (b) one. '), ('4', 'Numbers may be missing.')]
    """
    text = text[:MAX_CHARACTERS]
    marks: list[re.Match[str]] = []
    last = 0
    for mark in _SUBSECTION.finditer(text):
        number = int(re.sub(r"\D", "", mark[1]))
        is_next = 0 < number - last <= (MAX_MISSING if marks else 1)
        if is_next or (marks and mark[1].startswith(marks[-1][1]) and mark[1] != marks[-1][1]):
            marks.append(mark)
            last = number
    if not marks:
        yield "", text
        return
    for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)], strict=True):
        yield mark[1], text[mark.end() : end]


def provision_sentences(words: str) -> list[str]:
    """Return the sentences of a subsection.

    >>> provision_sentences("It ends on 1 May 2003. (2) Other things follow. More.")
    ['It ends on 1 May 2003. (2) Other things follow', 'More.']
    """
    return re.split(r"(?<=[a-z)])\.\s+(?=[A-Z])", words)


_KINDS = r"(?:Act|Measure|Order|Regulations?|Rules|Scheme|Byelaws|Instrument|Decision|Directive)"
_BEGINS = re.compile(
    rf"\b(?:This|These) {_KINDS}\b(?P<cited>[^.]{{0,240}}?)\b(?:comes?|enters?|shall (?:come|enter)) into"
    r" (?:force|operation)"
    r"(?P<words> (?:on|at|when|if|upon|immediately|as soon as|so many)\b[^;.]{3,300})"
)
_AND = re.compile(r"[, ]*(?:\band)?\s*$")


def stated(text: str) -> str:
    """Return when an instrument comes into force in its own words, empty where it says so nowhere.

    >>> stated("This Order— (a) may be cited as the Sample Order 2029; (b) comes into force on the day after it is "
    ... "approved, provided that the fee is paid; and (c) applies in relation to England.")
    'on the day after it is approved, provided that the fee is paid'
    >>> stated("These Rules come into force in accordance with rule 2.")
    ''
    """
    found = _BEGINS.search(text)
    return _AND.sub("", found["words"]).strip() if found is not None else ""


_APPOINTING = re.compile(r"\bcomes? into (?:force|operation) on such (?:day|date)s?\b[^.;]*\bappoint(?:s|ed)?\b")


def appointing(text: str) -> str:
    """Return the sentence by which provisions come into force on days to be appointed, empty where there is none.

    >>> text = "(1) It is new. (2) The preceding sections come into force on such day as the Minister may appoint."
    >>> appointing(text)
    'The preceding sections come into force on such day as the Minister may appoint'
    """
    found = (part for _, words in subsections(text) for part in sentences(words) if _APPOINTING.search(part))
    return next(found, "").strip(" .")


_EXCEPT = re.compile(
    rf"\bcomes? into (?:force|operation) (?P<words>on {DAY.pattern}[\s,;\u2014(]*(?:but |and )?"
    r"(?:except|save|apart from|other than)\b[^.]{3,600})"
)


def excepted(text: str) -> str:
    """Return the day on which an instrument comes into force with what it excepts, empty where it excepts nothing.

    >>> excepted("This Order shall come into force on 6th April 2029, except that it begins on 1st May for fees.")
    'on 6th April 2029, except that it begins on 1st May for fees'
    >>> excepted("This Order comes into force on 6th April 2029. No fee is asked for, except for samples.")
    ''
    """
    found = _EXCEPT.search(text)
    return found["words"].strip() if found is not None else ""


_NOT_TO = re.compile(
    rf"(?<![\w-])(?:(?:This|These|The) {_KINDS}\b"
    r"|(?:Sections?|Articles?|Regulations?|Rules?|Parts?|Schedules?) (?:\d|[IVX]+\b)"
    r"|The (?:amendments?|modifications?|provisions?|repeals?|revocations?|changes?) (?:made|in)\b)"
    r"[^.;]{0,160}? (?:do|does|shall) not (?:apply|have effect)\b[^.;]{3,500}"
)


def unapplied(text: str) -> list[str]:
    """Return to what an instrument, or a provision of it, does not apply, in its own words; none where it says nothing.

    >>> text = "(1) It is new. (2) These Rules (other than rule 1) do not apply to old fees. (3) Rule 1 does not apply "
    >>> unapplied(text + "to mine.")
    ['These Rules (other than rule 1) do not apply to old fees', 'Rule 1 does not apply to mine']
    >>> unapplied("These Rules apply to each fee. A keeper does not apply for one.")
    []
    """
    return [found[0].strip() for found in _NOT_TO.finditer(text)]


_PARAGRAPH = re.compile(r"\bparagraph \((\d+[A-Z]?)\)")


def pointed(words: str, text: str, most: int) -> list[str]:
    """Return the paragraphs of a provision that words of it point to; what has more than ``most`` words is left out.

    >>> text = "(1) It begins when the test in paragraph (2) is met. (2) The test is that the fee is paid."
    >>> pointed("when the test in paragraph (2) is met", text, 20), pointed("in paragraph (2)", text, 5)
    (['The test is that the fee is paid'], [])
    """
    numbers = _PARAGRAPH.findall(words)
    found = [part.strip(" .") for number, part in subsections(" ".join(text.split())) if number in numbers]
    return [part for part in found if len(part.split()) <= most]


_THEN = re.compile(r"\bthen\b")
_SUBJECT = re.compile(
    r"(?:The|This|These) (?:Articles?|Agreement|Convention|Arrangements?|Protocol|Treaty|provisions?|amendments?|Order"
    r"|Regulations|Rules|Scheme)\b"
)
_HAS_EFFECT = re.compile(
    r"\b(?:ha(?:ve|s)|takes?|(?:come|enter)s? into) (?:effect|force|operation)\b(?:[^.;]|\.(?=\d))*"
)


def noted(text: str, most: int) -> list[str]:
    """Return the sentence of an explanatory note that says from which days something has effect, if there is one.

    One that says *then* goes on with the sentence before it. What has more than ``most`` words is left out.

    >>> note = "The Sample Act is old. The Article will have effect from 1st April 2029 in respect of fees."
    >>> noted(note, 20), noted(note, 10), noted("This Order took effect at once. It has effect from 1st May 2029.", 20)
    (['The Article will have effect from 1st April 2029 in respect of fees.'], [], [])
    >>> noted("All have to agree. The Article will then have effect from 1st April 2029.", 20)
    ['All have to agree. The Article will then have effect from 1st April 2029.']
    """
    for before, sentence in pairwise(["", *sentences(text)]):
        effect = _HAS_EFFECT.search(sentence) if _SUBJECT.match(sentence) else None
        if effect is not None and DAY.search(effect[0]):
            said = f"{before} {sentence}" if _THEN.search(sentence) else sentence
            return [said] if len(said.split()) <= most else []
    return []


_COMES = re.compile(r"\bcomes? into (?:force|operation)\b")
_EFFECT = re.compile(r"\b(?:shall have|has|have|takes?) effect\b(?:[^.;]|\.(?=\d))*")
_SINCE = re.compile(rf"\b(?:from|on)(?: (?:and|or) after)? {DAY.pattern}")
_OF_ALL = re.compile(r"\b[Tt]h(?:is|ese) (?:Order|Regulations|Rules|Scheme) (?:shall )?ha(?:ve|s) effect\b")


def reaches_back(text: str, before: str) -> list[str]:
    """Return the days, as ISO dates, from which a provision on commencement gives effect to what was made later.

    ``before`` is the ISO day of the making of the instrument.

    >>> words = "These Rules come into operation on 10th February 2006 and shall have effect as from 5th December 2005."
    >>> reaches_back(f"{words} Rule 3 shall have effect as from 1st February 2003.", "2006-01-13")
    ['2005-12-05', '2003-02-01']
    >>> reaches_back(words, "2005-01-01"), reaches_back("They have effect from 5th December 2005.", "2006-01-13")
    ([], [])
    >>> reaches_back("These Rules have effect in relation to oil delivered on or after 1st July 2006.", "2006-12-13")
    ['2006-07-01']
    """
    if not (_COMES.search(text) or _OF_ALL.search(text)):
        return []
    days = [iso(day) for match in _EFFECT.finditer(text) for day in _SINCE.finditer(match[0])]
    return [day for day in dict.fromkeys(days) if "" < day < before]
