"""Lengths as readers count them: a headline of at most 20 words, a summary of at most 60."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, takewhile

from crawler.entries import templates
from crawler.entries.templates import Piece, Sentence
from crawler.text import abridged, counted
from crawler.text import sentences as sentences_of

HEADLINE = 20
"""Most words of a headline."""
SUMMARY = 60
"""Most words of a summary."""
LETTERS = 120
"""Most characters of a title inside a headline, for titles of few words or none that can be told apart."""
NOTE = 300
"""Most characters of a publisher's note or summary inside a summary."""
ROOM = 450
"""Most characters of a summary of the publisher's own."""
OWN = "own summary"
"""The template of such a summary."""
NOTES = frozenset({"note", "note dated", "note on attachment", "note dated on attachment", "note alone", "said then"})
"""Templates of what a publisher says of a change: as long as there is room for it, and never cut again."""
NAMING = frozenset({"with attachments", "attachments added"})
"""Templates that name documents, or say that there are some: titles cut short cannot be told apart."""
MIN_WORDS = 12
"""Fewest words for which it is worth beginning one."""
TITLES = (14, 9, 6)
"""Most words of a source's own words inside a summary: the first number that makes it fit."""

_RELEVANT = re.compile(
    r"\s*\((?:text with eea relevance|text von bedeutung für den ewr"
    r"|texte présentant de l['\u2019]intérêt pour l['\u2019]eee"
    r"|texto pertinente a efectos del eee|texto relevante para efeitos do eee)\).*$",
    re.IGNORECASE,
)
"""What stands behind the title of an act and is of no use to readers."""
_OPEN = re.compile("(?<=[.!?])\\s[^.!?]*[:\u2013\u2014-]\\s*$")
"""A last sentence that leads to a list which is not there."""
_LEADS = re.compile(r"\s*:\s*$|(?<=\bas follows)\.$")
"""How a text ends that is only such a sentence."""
_CUT_OFF = re.compile(r"\s*[\[(]?(?:\.\.\.|\u2026)[\])]?\s*$")
_OPEN_END = re.compile(r"\([^()]*$|\b(?:and|or|of|the|an?|to|for|with|by|from)$")
"""How a text ends that its publisher cut without a mark: inside a bracket, or before the word that must follow."""
_BASIS = re.compile(r"(?:Under|By virtue of|In (?:accordance with|pursuance of)|Pursuant to)\s")
"""Begins a sentence of law with that by which it is so, before what is so."""
_VERB = re.compile(r"(?:shall|is|are|will|must|may)\b")
_SHALL = re.compile(r"\bshall\b")
_MAIN = re.compile(r",\s(?=(?!which|who|whose|where|when|and|or|as|that)[a-z])")
_OF_INSTRUMENT = re.compile(r"(?:This|These) [A-Z]")
_POINT = re.compile(
    r"\s(?=(?:to (?:allow|clarify|enable|ensure|exclude|exempt|extend|give|implement|include|increase|permit|prohibit"
    r"|provide|reduce|reflect|remove|require|restrict|take)|so (?:that|as to)|in order (?:that|to)"
    r"|by (?:add|exclud|extend|includ|increas|insert|omitt|reduc|remov|replac|substitut)ing)\b)"
)
"""Where in a sentence on what a law amends that begins for which it does so."""
_AMENDING = r"(?:further )?(?:amend|modif|replace|revoke|var)(?:ies|s|y)?"
_VERB_ALONE = re.compile(rf"\b{_AMENDING} \u2026$")
_AMENDED = re.compile(
    rf"(?:(?:This|These) \w+ {_AMENDING}|An? (?:Act|Measure) to (?:consolidate|amend|repeal)) the .{{3,120}}?"
    r"\b(?:Act|Measure|Order|Regulations|Rules|Scheme)(?: \(Northern Ireland\))? [12]\d{3}\b"
)
"""How such a sentence begins that names the law, or the first of them."""
MIN_HEAD = 3
"""Fewest words of such a sentence that are told before that."""
_FIRST_ITEM = re.compile(r"[:\u2014\u2013-] ?\(([a1])\) ")
"""Begins a list."""
_LOOSE = ' ,;:.\u2013\u2014-([/&\u201c\u2018"'
"""Marks with which a text that was cut does not end."""
_NATION = "(?:England|Wales|Scotland|Northern Ireland|Great Britain)"
_TORN = re.compile(rf"\s+(?:for|of|in|across|within)\s+{_NATION}(?:, {_NATION})*(?:,|,? and)?$")
_PLACES_GO_ON = re.compile(rf"[\s,]*(?:and )?{_NATION}\b")
"""Places among which a title is cut: for some of them alone it is not."""
_HANGING = re.compile(r"(?<=\w)\s+(?:and|or|&)$")
_WORD = re.compile(r"\S+")


def words(text: str) -> int:
    """Return how many words a text has: all that stands between white space, so that no way to count finds more.

    >>> words("Section 45(1) changed — by SI 2026/123."), words("cut …")
    (7, 2)
    """
    return sum(1 for _ in _WORD.finditer(text))


def cut(text: str, most: int, letters: int = LETTERS) -> str:
    """Return a text cut at a word where it has more words or letters than may be; the mark of the cut is one of them.

    >>> cut("Guidance on the identification of victims", 5)
    'Guidance on the identification …'
    >>> cut("Guidance", 4), cut("A" * 200, 4, 10)
    ('Guidance', 'AAAAAAAAAA …')
    >>> cut("Statutory guidance for England and Wales", 5)
    'Statutory guidance …'
    """
    ends = [match.end() for match in _WORD.finditer(text)]
    end = len(text) if len(ends) <= most else ends[max(most - 2, 0)]
    if end > letters:
        end = max((each for each in ends if each <= letters), default=letters)
    if end == len(text):
        return text
    head = text[:end].rstrip(_LOOSE)
    head = _TORN.sub("", head) if _PLACES_GO_ON.match(text[end:]) else head
    return _HANGING.sub("", head).rstrip(_LOOSE) + " …"


def is_cut(text: str) -> bool:
    """Return whether a text ends with the mark of a cut, or in the middle: its publisher had no room for all of it.

    >>> is_cut("Estimates for all areas (not for former"), is_cut("Estimates for areas and"), is_cut("Estimates (new)")
    (True, True, False)
    """
    return _CUT_OFF.search(text) is not None or _OPEN_END.search(text) is not None


def closed(text: str) -> str:
    """Return a text without a last sentence that leads to a list which is not there, and without "EEA relevance".

    One that its publisher cut ends with a sentence or a clause.

    >>> closed("It is new. It says:"), closed("It says:"), closed("It is new in parts, by Regulation (EU) 2029...")
    ('It is new.', 'It says: …', 'It is new in parts …')
    >>> closed("Directive (EU) 2029/1 on samples (Text with EEA relevance)")
    'Directive (EU) 2029/1 on samples'
    >>> closed("Richtlinie (EU) 2029/1 über Muster (Text von Bedeutung für den EWR)")
    'Richtlinie (EU) 2029/1 über Muster'
    """
    whole = _OPEN.sub("", _RELEVANT.sub("", text))
    if not is_cut(whole):
        return _LEADS.sub(": \u2026", whole)
    part = _CUT_OFF.sub("", whole)
    return abridged(f"{part} \u2026", words(part), len(part))


def shortened(said: Sentence, most: int) -> Sentence:
    """Return a sentence in which no run of words of the source has more words than may be, unless it is a note."""
    if said.template in NOTES:
        return said
    if said.template in NAMING and any(words(piece.text) > most for piece in said.pieces if piece.origin == "source"):
        return templates.say("attachments unnamed")
    whole = [piece.text for piece in said.pieces if piece.origin == "source"]
    parts = iter(apart(whole, most))
    pieces = (next(parts) if piece.origin == "source" else [piece] for piece in said.pieces)
    return Sentence(template=said.template, pieces=tuple(chain.from_iterable(pieces)))


def apart(texts: Sequence[str], most: int) -> Iterator[list[Piece]]:
    """Yield texts cut to so many words; those that differ only behind the cut, with the words where they differ.

    >>> titles = ["Sample rules on asking for fees from adults", "Sample rules on asking for fees from children"]
    >>> ["".join(piece.text for piece in pieces) for pieces in apart(titles, 5)]
    ['Sample rules … from adults', 'Sample rules … from children']
    >>> ["".join(piece.text for piece in pieces) for pieces in apart(["Sample rules", titles[0]], 5)]
    ['Sample rules', 'Sample rules on asking …']
    """
    cuts = [cut(text, most, NOTE) for text in texts]
    for text, short in zip(texts, cuts, strict=True):
        alike = [other for other, cut_ in zip(texts, cuts, strict=True) if cut_ == short and other != text]
        if not alike:
            yield [Piece(origin="source", text=short)]
            continue
        said = text.split()
        shared = max(_shared(said, other.split()) for other in alike)
        rest = " ".join(said[min(max(shared, most // 2), len(said) - 2) :])
        head = cut(" ".join(said[: most // 2]), most)
        yield [
            Piece(origin="source", text=head),
            Piece(origin="template", text=" \u2026 "),
            Piece(origin="source", text=cut(rest, max(most - most // 2, 3), NOTE)),
        ]


def _more(text: str, short: str) -> str:
    """Return how many items of a list that a text cut short begins are not told, empty where it begins none."""
    ends, more = len(short.rstrip(f"{_LOOSE}\u2026")), 0
    begins = item = _FIRST_ITEM.search(text, 0, ends)
    for number in range(1, 26 if begins else 0):
        label = chr(ord("a") + number) if begins and begins[1] == "a" else number + 1
        item = re.compile(rf"[;.] (?:and |or )?\({label}\) ").search(text, item.end()) if item else None
        more += item is not None and item.start() >= ends
    return f" \u2026 and {counted(more, 'more point')}." if more else ""


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many of their first words two texts share."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut_to(said: Sentence, room: int) -> Sentence:
    pieces = tuple(Piece(origin=piece.origin, text=_main(piece.text, room)) for piece in said.pieces)
    return Sentence(template=said.template, pieces=pieces)


def _main(text: str, room: int) -> str:
    """Return as much of a text as has room; of a sentence too long that begins with its basis, what is so by it.

    >>> _main("Under Article 2 of the Agreement, which is in the Schedule, profits are exempt from tax.", 9)
    '\u2026 profits are exempt from tax.'
    >>> where = "of transport by an airline, which are subject to tax here"
    >>> _main(f"Under Article 2 of the Agreement, which is in the Schedule, profits {where}, shall be exempt.", 11)
    '\u2026 profits of transport by an airline \u2026 shall be exempt.'
    >>> _main("Pursuant to section 2, the rates of the fees that may be asked for any sample shall be varied.", 10)
    '\u2026 the rates of the fees \u2026 shall be varied.'
    >>> _main("Pursuant to section 2, the rates of fees shall be varied, as follows: (a) fees double; (b) all.", 13)
    '\u2026 the rates of fees shall be varied, as follows: …'
    >>> _main("These change: (1) Fees double. (2) Nobody pays them. (3) All is well.", 10)
    'These change: (1) Fees double … and 2 more points.'
    >>> long = f"These change: (1) The fee for each sample{' and for each book' * 9}; (2) All is well."
    >>> _main(f"Rules are new. {long}", 23)
    'Rules are new. These change: (1) The fee for each sample and for each book … and 1 more point.'
    >>> _main("Rules are new. These change: (1) Fees double. (2) All books are sold at once. (3) All is well.", 9)
    'Rules are new.'
    >>> _main("An Act to consolidate the Sample Act 1964, Part IX of the Fees Act 1984 and others on fees.", 12)
    'An Act to consolidate the Sample Act 1964 …'
    """
    short = abridged(text, room, ROOM)
    if short != text and (more := _more(text, short)):
        short = abridged(text, room - words(more), ROOM - len(more))
        if more := _more(text, short):
            return short.rstrip(f"{_LOOSE}\u2026") + more
    behind, rest = text[len(short) + 1 :], room - words(short)
    if rest > MIN_WORDS and not is_cut(short) and _FIRST_ITEM.search(behind.partition(". ")[0]):
        return f"{short} {_main(behind, rest)}"
    if is_cut(short) and (pointed := _pointed(text, room)):
        return pointed
    named = _AMENDED.match(text) if is_cut(short) else None
    if named and len(short) < named.end() and words(named[0]) < room:
        return f"{named[0]} \u2026"
    if not (is_cut(short) and _BASIS.match(text)):
        return short
    if item := _FIRST_ITEM.search(sentences_of(text)[0]):
        led = _main(text[: item.start() + 1], room - 1)
        return led if is_cut(led) else f"{led} \u2026"
    rests = [text[match.end() :] for match in _MAIN.finditer(text)]
    fitting = (rest for rest in rests if not _VERB.match(rest) and words(rest) < room and len(rest) < ROOM)
    if whole := next(fitting, ""):
        return f"\u2026 {whole}"
    ends = [*rests, *(rests[0][match.start() :] for match in _SHALL.finditer(rests[0]))] if rests else []
    verbs = [rest for rest in ends if _VERB.match(rest) and words(rest) < room - MIN_HEAD]
    if not verbs or _VERB.match(rests[0]):
        return short
    head = abridged(rests[0], room - 1 - words(verbs[-1]), ROOM)
    return f"\u2026 {head} {verbs[-1]}" if is_cut(head) else short


def _pointed(text: str, room: int) -> str:
    """Return a first sentence without some words before what it is for; empty where it does not say that.

    >>> _pointed(f"These Rules amend the Sample Rules 2028{', the Fees Rules' * 9} so that fees double. It is new.", 15)
    'These Rules amend the Sample Rules 2028 … so that fees double.'
    >>> long = f"These Rules amend the Sample (Fees) Rules 2028 (S.I. 2028/7) and the Rules{' on fees' * 9}"
    >>> _pointed(f"{long} so that fees double for all.", 17)
    'These Rules amend the Sample (Fees) Rules 2028 … so that fees double for all.'
    >>> _pointed("An Act to make provision about samples and fees, to give effect to it.", 9)
    ''
    """
    first = sentences_of(text)[0]
    for match in _POINT.finditer(first) if _OF_INSTRUMENT.match(first) else ():
        left = room - words(first[match.end() :])
        head = abridged(first[: match.start()], left, ROOM - len(first[match.end() :])) if left > MIN_HEAD else ""
        if is_cut(head) and _VERB_ALONE.search(head):
            if named := _AMENDED.match(first, 0, match.start()):
                head, rest = f"{named[0]} \u2026", first[match.end() :]
                return f"{head} {abridged(rest, max(room - words(head), 1), ROOM - len(head))}"
        elif is_cut(head) and words(head) > MIN_HEAD:
            return f"{head} {first[match.end() :]}"
    return ""


def fit_sentences(sentences: Sequence[Sentence], most: int = SUMMARY, *, is_new: bool = False) -> tuple[Sentence, ...]:
    """Return as many sentences as have room: titles inside them are cut first, then the last are left out.

    That changes are left out is said; of something new what is left out stands on its page.

    The publisher's own summary gets the room that the others leave, if a sentence has any there.
    """
    if words(templates.plain(sentences)) <= most:
        return tuple(sentences)
    if any(said.template == OWN for said in sentences):
        for limit in (SUMMARY, *TITLES):
            others = [shortened(said, limit) for said in sentences if said.template != OWN]
            room = most - words(templates.plain(others))
            if room >= MIN_WORDS:
                rest = iter(others)
                return tuple(_cut_to(said, room) if said.template == OWN else next(rest) for said in sentences)
    if is_new and words(templates.plain(others := [said for said in sentences if said.template != OWN])) <= most:
        return tuple(others)
    for limit in TITLES:
        short = [shortened(said, limit) for said in sentences]
        if words(templates.plain(short)) <= most:
            return tuple(short)
    closing = () if is_new else (templates.say("more changes"),)
    room, kept = most - words(templates.plain(closing)), list[Sentence]()
    for said in [shortened(each, TITLES[0]) for each in sentences]:
        said = _cut_to(said, room) if said.template == OWN and room >= MIN_WORDS else said
        room -= words(str(said))
        if room < 0 and kept:  # That there is more says nothing by itself.
            break
        kept.append(said)
    return (*kept, *closing)
