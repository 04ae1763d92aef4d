"""Whether a search was written by somebody in danger, or by somebody who is afraid for another person.

The words and patterns are data: crawler/sources/danger.yaml. A search is read without case, accents and apostrophes,
and in English with typing mistakes mended. Time is linear in its length.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crawler.sources.danger import Element, Language, load_danger

MAX_GAP_WORDS = 4
"""What ``...`` in a pattern may stand for, at most."""
MAX_WIDE_GAP_WORDS = 15
"""What ``&`` may stand for, at most."""
MAX_REPEATED_WORDS = 6
"""How often an element may stand that may stand any number of times."""
CHARACTERS_A_WORD = 3
"""What a word of a gap counts, in languages that put no spaces between words."""
MIN_MENDED_LETTERS = 5
"""Shorter words are not looked at for typing mistakes: too many others are near."""

_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02b9`\u00b4]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
# "helppp", but not the number III.
_STRETCHED = re.compile(r"([a-z])\1{2,}(?<!\biii)")
# The letters of Arabic script that languages write differently are meant as such.
_LETTERS = str.maketrans("đłøıþðæœأإآٱىیېئکڪةہھۀۂۃؤ", "dloitdaoااااييييككههههههو")  # noqa: RUF001
_EXPANSIONS = (("'re ", " are "), ("'ve ", " have "), ("'m ", " am "), ("'ll ", " will "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cry:
    """Why a search is taken for a cry for help: the language, and the pattern that it fits."""

    language: str
    pattern: str


@dataclass(frozen=True, slots=True)
class _Matcher:
    language: str
    joined: bool
    text: str
    pattern: re.Pattern[str]
    vetoes: re.Pattern[str] | None


def asks_for_help(query: str) -> bool:
    """Whether a search asks for help: for the one who wrote it, or for somebody that one knows of."""
    return cry(query) is not None


def cry(query: str) -> Cry | None:
    """Return the language and pattern by which a search asks for help, None where it does not."""
    spaced = normalise(query)
    texts = {"": spaced, "en": _mended(spaced), "joined": spaced.replace(" ", "")}
    vetoed: dict[re.Pattern[str], bool] = {}
    for matcher in _matchers():
        text = texts["joined"] if matcher.joined else texts.get(matcher.language, spaced)
        if matcher.pattern.search(text) is None:
            continue
        if matcher.vetoes is None:
            return Cry(language=matcher.language, pattern=matcher.text)
        if matcher.vetoes not in vetoed:
            vetoed[matcher.vetoes] = matcher.vetoes.search(text) is not None
        if not vetoed[matcher.vetoes]:
            return Cry(language=matcher.language, pattern=matcher.text)
    return None


def normalise(text: str) -> str:
    """Return the words of a text in one spelling, each with a space before it.

    >>> normalise("Șeful mi-a luat PAȘAPORTUL!")
    ' seful mi a luat pasaportul'
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold()) + " "
    plain = _APOSTROPHES.sub("'", plain)
    for short, full in _EXPANSIONS:
        plain = plain.replace(short, full)
    plain = plain.replace("'", "").translate(_LETTERS)
    plain = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", plain)))
    words = "".join(letter if _is_word_letter(letter) else " " for letter in plain.translate(_LETTERS))
    return "".join(f" {word}" for word in _STRETCHED.sub(r"\1", words).split())


def _is_word_letter(letter: str) -> bool:
    # Vowel signs of Indic and Thai words are marks, not letters.
    return letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc")


@cache
def _matchers() -> tuple[_Matcher, ...]:
    return tuple(matcher for language in load_danger() for matcher in _compiled(language))


def _compiled(language: Language) -> Iterable[_Matcher]:
    # Patterns of one strength have the same vetoes: compiled once, and asked once for a search.
    vetoes: dict[tuple[str, ...], re.Pattern[str] | None] = {}
    for pattern in language.patterns:
        if pattern.vetoes not in vetoes:
            words = _alternatives(pattern.vetoes, joined=language.joined)
            vetoes[pattern.vetoes] = re.compile(words) if pattern.vetoes else None
        expression = "".join(_piece(element, joined=language.joined) for element in pattern.elements)
        yield _Matcher(language.code, language.joined, pattern.text, re.compile(expression), vetoes[pattern.vetoes])


def _piece(element: Element, *, joined: bool) -> str:
    """Return an element as an expression; each word of it takes the space before it along."""
    if element.mark in ("...", "&"):
        limit = MAX_GAP_WORDS if element.mark == "..." else MAX_WIDE_GAP_WORDS
        return f".{{0,{limit * CHARACTERS_A_WORD}}}?" if joined else rf"(?: \S+){{0,{limit}}}?"
    if element.mark:
        return element.mark
    if element.letters:
        return f"[{element.letters}]"
    words = _alternatives(element.words, joined=joined)
    if element.times == "*":
        return f"(?:{words}){{0,{MAX_REPEATED_WORDS}}}"
    return f"(?:{words}){element.times}"


def _alternatives(forms: Sequence[str], *, joined: bool) -> str:
    spelled = dict.fromkeys(_spelled(form, joined=joined) for form in forms)
    # Longest first: of two words of which one begins the other, the longer one is meant.
    words = "|".join(sorted(spelled, key=lambda word: (-len(word), word)))
    return f"(?:{words})" if joined else f" (?:{words})(?!\\S)"


def _spelled(form: str, *, joined: bool) -> str:
    stems = [(normalise(word.removesuffix("*")).split(), word.endswith("*")) for word in form.split()]
    words = []
    for parts, any_ending in stems:
        escaped = [re.escape(part) for part in parts]
        if any_ending:
            escaped = [*escaped[:-1], (escaped[-1] if escaped else r"\S") + r"\S*"]
        words += escaped
    return "".join(words) if joined else " ".join(words)


@cache
def _vocabulary() -> tuple[frozenset[str], Mapping[str, str]]:
    """Return the English words of the patterns, and each of them by what it is without one of its letters."""
    forms: set[str] = set()
    for language in load_danger():
        if language.code == "en":
            forms |= {form for pattern in language.patterns for form in pattern.vetoes}
            forms |= {form for pattern in language.patterns for each in pattern.elements for form in each.words}
    words = frozenset(word for form in forms for word in normalise(form.replace("*", "")).split())
    shortened: dict[str, str] = {}
    for word in sorted(words):
        if len(word) >= MIN_MENDED_LETTERS:
            for without in _without_one(word):
                shortened.setdefault(without, word)
    return words, shortened


def _mended(text: str) -> str:
    """Return a text with each word that is one letter away from a word of the patterns written as that word."""
    words, shortened = _vocabulary()
    return "".join(f" {_mended_word(word, words, shortened)}" for word in text.split())


def _mended_word(word: str, words: frozenset[str], shortened: Mapping[str, str]) -> str:
    if word in words or not MIN_MENDED_LETTERS <= len(word) <= 20 or not word.isascii():
        return word
    nearest = [shortened[word]] if word in shortened else []
    for without in _without_one(word):
        nearest += [without] if without in words and len(without) >= MIN_MENDED_LETTERS else []
        nearest += [shortened[without]] if without in shortened else []
    same = [each for each in nearest if each[0] == word[0]]
    return min(same, key=lambda each: (abs(len(each) - len(word)), each)) if same else word


def _without_one(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]
