"""Titles in headlines: whole where there is room, else without what tells readers least, never cut inside a name.

What goes first says nothing of the subject: the formula of an act of the EU, an article, the kind of a page, the
short form of a name in brackets. Then whole phrases go, for which a mark stands: number, year, nation in brackets and
the words of the subject are what stays longest.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from crawler.entries import title_words
from crawler.entries.templates import Sentence, say, source
from crawler.entries.word_limits import cut
from crawler.text import loose_brackets

MAX_CHARACTERS = 220
"""Most characters of a title in a headline, for titles of few words or of none that can be told apart."""
MAX_READ_CHARACTERS = 1000
"""Characters of a title that are looked at."""
MAX_PHRASES = 11
"""Most phrases of a title among which is chosen; those of a longer one are joined to so many."""
MAX_NAME_WORDS = 8
"""Most words of a name inside a title that stays together."""

MAX_BARE_WORDS = 4
"""Most words of a title to which the page above it and its site are added."""

_LEFT_OUT, _CUT = "\x00", "\x01"
"""Marks inside a title: here something idle was left out; here a bracket was cut."""
_MARKS = _LEFT_OUT + _CUT
_UNMARKED = {0: None, 1: None}
_MUST, _HELD, _KEYED, _NAMED, _PLAIN, _FAINT = 24.0, 6.0, 3.0, 1.6, 1.0, 0.4
_FIRST, _GAP, _OPEN, _TORN, _BOUND = 6.0, 6.0, 2.2, 30.0, 1.0
_BESIDE, _WHERE, _STATE, _CORE = 0.3, 16.0, 36.0, 40.0
_MIN_PHRASE_WORDS = 3
"""Words of a phrase from which on "of" begins the next."""
_KEPT = (title_words.BRACKETED_NATION, title_words.NUMBER, title_words.NOUN, title_words.KNOWN_BY)
"""What a phrase has that stays in a headline."""
_HEAD_WORDS = 3
"""Words from which on the first phrase of a title can stand without the second."""


def placed(title: str, within: str) -> str:
    """Return a title; one of few words, or with a number before it that is no year, with what it is ``within``.

    >>> placed("Guidance", "Sample toolkit"), placed("2017 samples for each local council", "Sample toolkit")
    ('Guidance \u2013 Sample toolkit', '2017 samples for each local council')
    """
    is_bare = len(title.split()) <= MAX_BARE_WORDS or re.match(r"\d{1,3}(?:\.\d+)*\.? ", title)
    return f"{title} \u2013 {within}" if within and is_bare else title


def short(title: str, room: int) -> Sentence:
    """Return a title of at most ``room`` words.

    >>> str(short("The Sample Act 2015 (Commencement No. 2) Regulations 2016", 20))
    'The Sample Act 2015 (Commencement No. 2) Regulations 2016'
    >>> str(short("Directive (EU) 2029/1 of the European Parliament and of the Council of 5 April 2029 on samples", 6))
    'Directive (EU) 2029/1 on samples'
    """
    whole = _balanced(title.translate(_UNMARKED))
    for pattern in (title_words.RELEVANT, title_words.ENDING):
        whole = pattern.sub(_LEFT_OUT, whole)
    if _fits(whole, room):
        return _shown(whole)
    read = " ".join(whole[:MAX_READ_CHARACTERS].split())
    text = _without_idle(read, room)
    return _shown(text) if _fits(text, room) else _chosen(text, room)


def _balanced(title: str) -> str:
    """Return a title with a mark for each bracket that nothing opens or closes."""
    marks = loose_brackets(title)
    return "".join(_LEFT_OUT if place in marks else sign for place, sign in enumerate(title)) if marks else title


def _fits(text: str, room: int) -> bool:
    return _count(text) <= room and len(text) <= MAX_CHARACTERS


def _count(text: str) -> int:
    return len(text.replace(_LEFT_OUT, "").replace(_CUT, " x").split())


def _without_idle(text: str, room: int) -> str:
    """Return a title with a mark where it is idle, as little of it left out as makes it fit."""
    for pattern in title_words.IDLE if title_words.NUMBERED.search(text) else title_words.UNNUMBERED_IDLE:
        text = pattern.sub(_LEFT_OUT, text)
        if _fits(text, room):
            return text
    text = title_words.SHORT_FORM.sub(
        lambda match: _LEFT_OUT if _repeats(text[: match.start()], match[1]) else match[0], text
    )
    for pattern, mark in (
        (title_words.FORMAL, _CUT),
        (title_words.LONG_BRACKET, rf"\1{_CUT}"),
        (title_words.KNOWN_AS, rf"{_LEFT_OUT}\1{_LEFT_OUT}"),
    ):
        if not _fits(text, room):
            text = pattern.sub(mark, text)
    return text


def _repeats(before: str, form: str) -> bool:
    """Whether a short form stands for the words before it: their initials hold its letters in their order."""
    initials = iter("".join(word[:1] for word in re.findall(r"\w+", before)[-2 * len(form) :]).casefold())
    return all(letter in initials for letter in form.casefold())


def _shown(text: str) -> Sentence:
    """Return a title with marks as it is shown: nothing where something idle was left out, else a mark of the cut."""
    parts = [part for part in re.split(f"([{_LEFT_OUT}{_CUT}])", text) if part and part != _LEFT_OUT]
    whole = source("")
    for part in reversed(parts):
        if part == _CUT:
            whole = say("open end, tight", rest=whole)
        else:
            whole = say("no gap", first=source(part), rest=whole) if str(whole) else source(part)
    return whole


# Phrases, and which of them stay


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """A phrase of a title, and how much it tells.

    ``is_torn`` where it goes on from the one before, ``is_bound`` where that one says little without it.
    """

    text: str
    words: int
    value: float
    is_torn: bool
    is_bound: bool


def _chosen(text: str, room: int) -> Sentence:
    """Return those phrases of a title that have room, with a mark for each gap between them."""
    texts = _few(_phrases(text))
    phrases = [
        _Phrase(text=one, words=_count(one), value=value, is_torn=_is_torn(one, before), is_bound=one.startswith("of "))
        for one, before, value in zip(texts, ["", *texts], _values(texts), strict=False)
    ]
    scores = [_score(mask, phrases, room) for mask in range(2 ** len(phrases))]
    best = scores.index(max(scores))
    if scores[best] <= 0:
        bare = cut(text.translate(_UNMARKED), max(room, 2), MAX_CHARACTERS).removesuffix(" \u2026")
        return say("open end", text=source(title_words.HANGING.sub("", bare).rstrip(title_words.LOOSE)))
    groups = groupby(range(len(phrases)), key=lambda place: bool(best >> place & 1))
    runs = [" ".join(texts[place] for place in group) for is_kept, group in groups if is_kept]
    return _marked(runs, is_led=not best & 1, is_followed=not best >> (len(phrases) - 1) & 1)


def _marked(runs: Sequence[str], *, is_led: bool, is_followed: bool) -> Sentence:
    *before, last = runs
    whole = say("open end", text=_shown(last.rstrip(title_words.LOOSE))) if is_followed else _shown(last)
    for run in reversed(before):
        whole = say("gap", first=_shown(run.rstrip(title_words.LOOSE) if run[-1:] != ":" else run), rest=whole)
    return say("open start", text=whole) if is_led else whole


def _is_torn(phrase: str, before: str) -> bool:
    """Whether a phrase goes on with the one before it, so that nothing may be missing between them."""
    if phrase[0].isdigit() and before.endswith(","):
        return True  # It goes on with a list of numbers.
    if title_words.BINDING.search(before):
        return True
    if title_words.STOP.search(before) or title_words.STANDING.match(phrase):
        return False
    return phrase[0] not in "([" or not (
        phrase.strip(_MARKS)[-1] in ")]" or any(found.search(phrase) for found in _KEPT)
    )


def _score(mask: int, phrases: Sequence[_Phrase], room: int) -> float:
    """Return how much a choice of phrases tells, zero where it has no room."""
    chosen = [bool(mask >> place & 1) for place in range(len(phrases))]
    kept = [phrase for phrase, is_kept in zip(phrases, chosen, strict=True) if is_kept]
    steps = list(zip([True, *chosen], chosen, phrases, strict=False))
    cut = [phrase for before, is_kept, phrase in steps if before and not is_kept]
    resumed = [phrase for before, is_kept, phrase in steps if is_kept and not before]
    if sum(phrase.words for phrase in kept) + len(cut) > room:
        return 0.0
    if sum(len(phrase.text) for phrase in kept) > MAX_CHARACTERS:
        return 0.0
    torn = sum(phrase.is_torn for phrase in resumed)
    bound = sum(phrase.is_bound for phrase in cut)
    gaps = _GAP * len(resumed) + _OPEN * (not chosen[-1]) + _TORN * torn + _BOUND * bound
    return sum(phrase.value for phrase in kept) - gaps


def _values(phrases: Sequence[str]) -> list[float]:
    """Return how much each phrase tells of a title: a word of the subject counts where it stands first."""
    known: set[str] = set()
    found_core = False
    found, others, is_about = list[float](), False, False
    for place, phrase in enumerate(phrases):
        value = _FIRST if place == 0 else _FIRST / 2 if place == 1 and len(phrases[0].split()) < _HEAD_WORDS else 0.0
        amends = is_about and phrase.casefold().startswith("amending ")
        is_about = is_about or bool(title_words.ABOUT.match(phrase))
        goes_on = others and title_words.LIST.match(phrase) and not title_words.KNOWN_BY.match(phrase)
        others = bool(amends or goes_on or title_words.OTHERS.match(phrase))
        if others:
            found.append(_BESIDE)
            continue
        if title_words.ASIDE.match(phrase):
            value -= _KEYED
        elif any(found.search(phrase) for found in _KEPT):
            value += _PLAIN if phrase in phrases[:place] else _MUST
        elif place and title_words.PLACE.search(phrase) and not title_words.BINDING.search(phrases[place - 1]):
            value += _STATE if title_words.AT.match(phrase) else _WHERE
        for word in re.findall(r"[\w\u2019'-]+", phrase):
            plain = word.casefold()
            if plain not in title_words.SMALL and plain not in known:
                known.add(plain)
                value += _worth(word) if found_core else _worth(word) + (_CORE if title_words.CORE.search(word) else 0)
                found_core = found_core or bool(title_words.CORE.search(word))
        found.append(value)
    return found


def _worth(word: str) -> float:
    if title_words.CORE.search(word):
        return _HELD
    if title_words.SUBJECT.search(word):
        return _KEYED
    return _FAINT if word.casefold() in title_words.PALE else _NAMED if word[:1].isupper() else _PLAIN


def _phrases(run: str) -> list[str]:
    """Return the phrases of a run: they end at a stop and before a word that begins one, never inside a name.

    >>> _phrases("Report on how the Sample Office for Fair Work asks the people that it meets: what it found in 2025")
    ['Report', 'on how the Sample Office for Fair Work asks the people', 'that it meets:', 'what it found', 'in 2025']
    """
    spans = list(_names(run))
    phrases: list[list[str]] = [[]]
    for match in re.finditer(r"\S+", run):
        is_inside = any(start < match.start() < end for start, end in spans)
        if phrases[-1] and not is_inside and _begins(match[0], phrases[-1]):
            phrases.append([])
        phrases[-1].append(match[0])
    return [" ".join(phrase) for phrase in phrases if phrase]


def _begins(word: str, phrase: Sequence[str]) -> bool:
    """Whether a word begins another phrase after one."""
    bare, last = word.strip("\u2018\u201c\"'").casefold(), phrase[-1]
    if word in title_words.CLINGING or (bare == "to" and last.casefold() in title_words.LEADING_TO):
        return False
    if title_words.STOP.search(last) or (title_words.NOUN.match(word) and last.endswith(")")):
        return True
    opens = bare in title_words.OPENERS or word[:1] in "([" or (bare == "of" and len(phrase) >= _MIN_PHRASE_WORDS)
    return opens and not _is_leading(phrase)


def _is_leading(phrase: Sequence[str]) -> bool:
    """Whether a phrase holds nothing yet but words that lead to one."""
    return all(word.casefold() in title_words.OPENERS or word.casefold() in title_words.SMALL for word in phrase)


def _names(run: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand that stay together."""
    lettered = [word for word in re.findall(r"[^\W\d_][\w\u2019'-]+", run) if word.casefold() not in title_words.SMALL]
    is_titled = sum(word[:1].isupper() for word in lettered) > 0.7 * len(lettered)
    for pattern in (
        title_words.BRACKET,
        title_words.QUOTATION,
        title_words.SET_PHRASE,
        title_words.INSTRUMENT,
        *([] if is_titled else [title_words.PROPER]),
    ):
        for match in pattern.finditer(run):
            for start, end in _parts(match) if pattern is title_words.PROPER else [match.span()]:
                led = title_words.LEADING.match(run[start:end])
                start += led.end() if led else 0
                if pattern is title_words.BRACKET or len(run[start:end].split()) <= MAX_NAME_WORDS:
                    yield start, end


def _parts(name: re.Match[str]) -> list[tuple[int, int]]:
    """Return where a name stands; of one that is too long its parts between each "and"."""
    if len(name[0].split()) <= MAX_NAME_WORDS:
        return [name.span()]
    ends = [*(found.start() for found in re.finditer(r"\s+and\b", name[0])), len(name[0])]
    starts = [0, *(end + len(" and") for end in ends[:-1])]
    shift = name.start()
    return [(shift + start + 1 if start else shift, shift + end) for start, end in zip(starts, ends, strict=True)]


def _few(phrases: list[str]) -> list[str]:
    """Return phrases joined with the one after until they are few, the shortest of the middle first."""
    while len(phrases) > MAX_PHRASES:
        sizes = [len(first) + len(second) for first, second in pairwise(phrases[1:])]
        place = 1 + sizes.index(min(sizes))
        phrases = [*phrases[:place], f"{phrases[place]} {phrases[place + 1]}", *phrases[place + 2 :]]
    return phrases
