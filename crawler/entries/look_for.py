"""What to look for in a document: the parts of it that are worth opening, by name."""

import json
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from crawler.entries import provisions
from crawler.entries.numbered import numbered
from crawler.entries.order import BESIDE, position
from crawler.entries.templates import Sentence, capital, say, source, structure
from crawler.entries.word_limits import cut
from crawler.store import Row
from crawler.wording import as_printed

MAX_PARTS = 5
"""Most parts that are named."""
NAME = 12
"""Most words of the name of one."""
DIVISIONS = re.compile(r"(?:part|chapter|title|schedule|annex)-[0-9A-Za-z]{1,8}", re.IGNORECASE)
"""Paths of the great divisions of a law."""
_PRINTED = re.compile(r"(?P<unit>(?i:part|chapter|title|schedule|annex|appendix)) (?P<number>\d+[0-9A-Z]*|[A-Z]+)")
"""The number of one as it stands in print."""
_PLAIN = frozenset({
    "introduction", "contents", "body", "text", "summary", "documents", "details", "title", "every-page",
    "latest-updates", "latest-news", "related-content", "share-this-page",
})  # fmt: skip

_ENDS = re.compile(
    r"contact|enquir|further information|media (?:enquir|contact)|feedback|about this release", re.IGNORECASE
)
"""A heading from which on nothing is about the subject: whom to ask, whose names follow."""
_ASIDE = re.compile(
    r"(?:this|the) document is part of .*|supporting (?:files|documents)|your download options"
    r"|downloads?|metadata|index|first published|last updated|series|links|share.*|related.*|footnotes|endnotes"
    r"|references|version \d[\d.]*"
    r"|(?:if .*)?\b(?:continue|go|proceed|turn|return) to (?:section|part|page|question)\b.*",
    re.IGNORECASE,
)
"""Headings of what stands beside a text, and directions in a form."""
MIN_SENTENCE_WORDS = 8
"""Fewest words of a heading that can be the first line of a numbered paragraph."""
_STATES = re.compile(
    r"(?:the|an?|this|these|all|any|each|you|we|it|they)\b(?:(?! (?:who|that|which|if|when|where|how)\b)[^?])*?"
    r" (?:will|must|should|shall|may|can|has been|have been) ",
    re.IGNORECASE,
)
"""How such a line begins: with a subject, and what that will do or must."""
_ANSWERS = frozenset({"yes", "no", "n/a", "not applicable", "oui", "non", "ja", "nein", "nee", "sí", "ydw", "nac ydw"})
"""What stands in the boxes of a form or chart, in large letters."""
_WHOLE = frozenset({"title", "summary", "identifier", "decision", "series", "relation", "source"})
"""Places of reasons that tell of a document as a whole."""
_NAMES = frozenset({"publisher", "source", "series", "kind", "identifier"})
"""Places of reasons whose words are none of the document's own."""
_BESIDE = frozenset({"note", "notes", "signature", "commentary", "footnotes"})
_NOTE = re.compile(r"explanatory (?:note|memorandum)|signature|signed by")
_FORMAL = (
    r"(?:short title|citation|commencement|coming into force|extent|interpretation|application|applies to|definitions?"
    r"|expiry)"
)
_EMPTY = r"(?:general|preliminary|introductory|common|final|transitional|supplementary|supplemental|miscellaneous)"
_FRAME = re.compile(
    rf"{_FORMAL}(?:(?:,| and|, and) {_FORMAL})*(?:,? etc\.?)?$|(?:short |long )?title$|preamble$|entry into force$"
    r"|(?:general )?interpretation(?: of (?:this )?(?:part|chapter|act|schedule|regulations?|order)\b.*)?$"
    r"|(?:citation|short title)(?:,| and)\b(?!.*\bamend).*"
    rf"|{_EMPTY}(?:(?:,| and|, and) {_EMPTY})*(?: (?:provisions?|matters?))?$|introduction$"
    r"|entry into force and application$"
)
_AMENDING = re.compile(
    r"\bamend(?:s|ed|ments?)?\b|\bfor [^.]{1,80} substitute\b|\bsubstituted\b|\b(?:insert|omit)(?:ed)?\b|\brepeal"
    r"|\brevo[ck]"
)
AMENDS = 1000
"""What counts for a provision that changes another law, more than all words of topics."""
MAX_AMENDING_CHARACTERS = 2000
"""Characters of a provision in which it says that it amends."""


def changed_parts(rows: Sequence[Row], *, law: bool) -> tuple[Sentence, ...]:
    """Return the names of the provisions that changed, in order; of a law what frames it only if alone."""
    found: dict[str, Sentence] = {}
    told = [row for row in rows if row["kind"] in ("changed", "added", "renumbered") and row["path"]]
    doing = [row for row in told if not (_frames(row) if law else position(row) == BESIDE)]
    for row in provisions.weightiest(doing or told, MAX_PARTS):
        if not _comments(row) and (law or row["heading"] or row["path"] != provisions.UNHEADED):
            found.setdefault(f"{row['document']} {row['path']}", part_name(row["path"], row["heading"] or ""))
    return _distinct(found.values())


def main_parts(
    sections: Sequence[Row], words: Iterable[str], *, law: bool, whole: bool = True, title: str = ""
) -> tuple[Sentence, ...]:
    """Return the parts of a new text: of a law its great divisions, else what holds the words of its topics most.

    Of a law that amends others, the provisions that amend come first; what only frames it is left out. One that is not
    as a ``whole`` about the subject is opened where the words stand. Of another text that is, whatever else has a name
    follows, as far as there is room.
    """
    headed = [row for row in sections if row["heading"] and row["path"] not in _PLAIN]
    if law:
        headed = [row for row in headed if not _frames(row)]
    else:
        headed = [row for row in headed if _is_name(row["heading"], title)]
    if law and whole and (divisions := [row for row in headed if DIVISIONS.fullmatch(row["path"])]):
        return _distinct(part_name(row["path"], row["heading"], row.get("number", "")) for row in divisions)
    sought = sorted({word.casefold() for word in words if word.strip()})
    amending = {place for place, row in enumerate(headed) if law and _amends(row)}
    if 2 * len(amending) < len(headed):
        amending = set()
    pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in sought) or r"(?!)")
    scored = [(_score(pattern, row) + AMENDS * (place in amending), -place) for place, row in enumerate(headed)]
    best = [-place for score, place in sorted(scored, reverse=True) if score > 0]
    if whole and not law:
        of_text = takewhile(lambda place: not _ENDS.match(headed[place]["heading"]), range(len(headed)))
        best += [place for place in of_text if place not in best and not _ASIDE.fullmatch(headed[place]["heading"])]
    chosen = [headed[place] for place in sorted(best[:MAX_PARTS])]
    return _distinct(
        part_name(_printed(row) if law or DIVISIONS.fullmatch(row["path"]) else "", row["heading"]) for row in chosen
    )


def named_parts(sections: Sequence[Row], title: str) -> list[str]:
    """Return the names of the parts of a text, without what stands beside it."""
    headed = [row for row in sections if row["heading"] and row["path"] not in _PLAIN]
    named = [str(row["heading"]) for row in headed if _is_name(row["heading"], title)]
    return [each for each in dict.fromkeys(named) if not _ASIDE.fullmatch(each)]


def _is_name(heading: str, title: str) -> bool:
    """Return whether this is the name of a part: no sentence in its own words, not the title again."""
    plain = heading.casefold().strip(" :[]")
    if not any(map(str.isalpha, plain)):
        return False
    is_sentence = heading.endswith((".", "!", ":")) or (heading.endswith("?") and len(heading.split()) > NAME)
    is_sentence = is_sentence or bool(len(heading.split()) >= MIN_SENTENCE_WORDS and _STATES.match(heading))
    named = title.casefold()
    return (
        not is_sentence
        and plain not in _ANSWERS
        and not (named and (plain.startswith(named) or named.startswith(plain)))
    )


def _frames(row: Row) -> bool:
    """Return whether a provision of a law only frames it: how it is cited, when it commences, what its words mean."""
    return _comments(row) or bool(_FRAME.match(str(row["heading"] or "").casefold()))


def _comments(row: Row) -> bool:
    return str(row["path"]).partition("-")[0] in _BESIDE or bool(_NOTE.match(str(row["heading"] or "").casefold()))


def _amends(row: Row) -> bool:
    return bool(
        _AMENDING.search(row["heading"].casefold())
        or _AMENDING.search(row["text"][:MAX_AMENDING_CHARACTERS].casefold())
    )


def _score(pattern: re.Pattern[str], row: Row) -> int:
    """Return how much a part has of what is sought; its heading counts more than all of its text can."""
    return 100 * len(pattern.findall(row["heading"].casefold())) + min(99, len(pattern.findall(row["text"].casefold())))


def division(path: str, number: str) -> str:
    """Return a division as its own number calls it, where that is of another unit than its path; else by its path.

    >>> division("schedule-2", "PART II"), division("chapter-2", "Schedule 2"), division("schedule-2", "SCHEDULE 2")
    ('part II of a schedule', 'schedule 2', 'schedule 2')
    """
    kind, own = path.partition("-")[0], _PRINTED.fullmatch(number)
    unit = own["unit"].lower() if own else kind
    if own is None or unit == kind or not DIVISIONS.fullmatch(path):
        return numbered(path)
    within = " of a schedule" if kind == "schedule" and unit in ("part", "chapter", "title") else ""
    return f"{unit} {own['number']}{within}"


def _printed(row: Row) -> str:
    return as_printed(row["path"], {row["path"]: row.get("number") or ""})


def part_name(path: str, heading: str, number: str = "") -> Sentence:
    """Return a part by its number, as printed in ``number`` where that is given, and heading, or by its heading alone.

    >>> str(part_name("section-45-1", "Defence")), str(part_name("who-acts", "Who acts"))
    ('Section 45(1): Defence', 'Who acts')
    """
    called, short = division(path, number), cut(heading, NAME)
    if not called:
        return say("provision", name=source(short) if heading else capital(structure(path.replace("-", " "))))
    name = capital(structure(called))
    if not heading or short.casefold().startswith(called.casefold()):
        return say("provision", name=source(short) if heading else name)
    return say("provision headed", name=name, heading=source(short))


def _distinct(found: Iterable[Sentence]) -> tuple[Sentence, ...]:
    return tuple({str(said): said for said in found}.values())[:MAX_PARTS]


def is_whole(why: str) -> bool:
    """Return whether a document is about the subject as a whole, by the reasons for it as a JSON list.

    Words somewhere in its text do not say so.
    """
    reasons = json.loads(why)
    return not reasons or any(one["place"] in _WHOLE and one["weight"] >= 0 for one in reasons)


def topic_words(reasons: Iterable[str]) -> list[str]:
    """Return the words that gave a family its topics, from reasons as JSON lists; no name of a publisher or source."""
    return [
        one["words"]
        for text in reasons
        for one in json.loads(text)
        if one["words"] and one["rule"] and one["place"] not in _NAMES
    ]
