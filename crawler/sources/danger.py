"""danger.yaml, how people in danger write a search, into a DangerGrammar: words and patterns for each language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from crawler.errors import SourcesError
from crawler.sources.diagnostics import Problems, one_of, read_ours
from crawler.sources.fields import Flag
from crawler.sources.relevance_values import expand_phrase
from crawler.sources.yaml_positions import Place, read_text

FILE = Path(__file__).parent / "danger.yaml"

VETOES: Mapping[str, tuple[str, ...]] = {
    "sure": (),
    "strong": ("clients",),
    "weak": ("clients", "practice"),
    "vague": ("clients", "practice", "ordinary"),
}
"""The lists of words that, anywhere in a search, make the patterns of a strength not count."""

_ELEMENT = re.compile(
    r"\{(?P<name>[a-z_]+)\}(?P<times>[*?]?)|(?P<mark>\.\.\.|[&^$])|(?P<words>(?:\[[^\]]*\]|[^\s\[{])+)"
)

_ANY = "\x01"
"""Stands for ``*`` while a phrase is expanded: here it may end every word of a phrase, not only the last."""
_INSIDE = re.compile(_ANY + r"(?! |$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A part of a pattern: any of some words, or with ``mark`` a gap (``...``, ``&`` is a wide one), the
    beginning (``^``) or the end (``$``), with ``letters`` a word with one of them.

    ``*`` at the end of a word stands for any ending. ``times`` is ``?`` for at most once, ``*`` for any number.
    """

    words: tuple[str, ...] = ()
    mark: str = ""
    letters: str = ""
    times: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A sequence of elements, and the words of which one anywhere in a search is enough that it does not count."""

    text: str
    elements: tuple[Element, ...]
    vetoes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The patterns of a language; ``joined`` where it is written without spaces between words."""

    code: str
    joined: bool
    patterns: tuple[Pattern, ...]


Patterns = Annotated[tuple[str, ...], Field(min_length=1)]
Words = Annotated[Mapping[str, str], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class PatternsShape:
    """Block ``patterns``, and the keys that a language may have of it."""

    strong: Patterns
    weak: Patterns
    vague: Patterns


@dataclass(frozen=True, kw_only=True)
class LanguageShape:
    """One entry of the block ``languages``."""

    joined: Flag = False
    words: Words
    sure: Patterns | None = None
    strong: Patterns | None = None
    weak: Patterns | None = None
    vague: Patterns | None = None


@dataclass(frozen=True, kw_only=True)
class DangerShape:
    """The whole of danger.yaml."""

    patterns: PatternsShape
    scripts: tuple[Annotated[str, Field(pattern=r"^\w-\w$")], ...] = ()
    languages: Annotated[Mapping[str, LanguageShape], Field(min_length=1)]


@cache
def load_danger(path: Path = FILE) -> tuple[Language, ...]:
    """Return the languages of a file: ours, unless another one is named.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    return loads_danger(read_text(path), path.name)


def loads_danger(text: str, name: str) -> tuple[Language, ...]:
    """Return the languages that a YAML text holds; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    file, _, problems = read_ours(DangerShape, text, name)
    languages = () if file is None else tuple(_languages(file, problems))
    if problems.lines:
        raise SourcesError(problems.lines)
    return languages


def _languages(file: DangerShape, problems: Problems) -> Iterator[Language]:
    practice: list[str] = []
    for code, shape in file.languages.items():
        place = ("languages", code)
        words = {key: _forms(text.split(","), (*place, "words", key), problems) for key, text in shape.words.items()}
        patterns: list[Pattern] = []
        for strength, vetoes in VETOES.items():
            veto = tuple(form for key in vetoes for form in words.get(key, ()))
            # A language has only some of the lists that the common patterns name.
            common = getattr(file.patterns, strength, ())
            texts = getattr(shape, strength) or [each for each in common if _names(each) <= words.keys()]
            for number, text in enumerate(texts):
                at = (*place, strength, number)
                patterns.append(Pattern(text=text, elements=_elements(text, words, at, problems), vetoes=veto))
        practice += words.get("practice", ())
        yield Language(code=code, joined=shape.joined, patterns=tuple(patterns))
    # Not all scripts are written with spaces, and in some of them a word takes others along.
    veto = tuple(form for form in practice if not form.isascii())
    if letters := "".join(file.scripts):
        scripts = Pattern(text=letters, elements=(Element(letters=letters),), vetoes=veto)
        yield Language(code="scripts", joined=True, patterns=(scripts,))


def _names(pattern: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", pattern))


def _elements(text: str, words: Mapping[str, tuple[str, ...]], place: Place, problems: Problems) -> tuple[Element, ...]:
    """Return the elements of a pattern; what is wrong with it is noted."""
    elements: list[Element] = []
    for match in _ELEMENT.finditer(text):
        if name := match["name"]:
            if name not in words:
                problems.add(place, f"{{{name}}}; {one_of(sorted(words))}")
            elements.append(Element(words=words.get(name, ()), times=match["times"]))
        elif match["mark"]:
            elements.append(Element(mark=match["mark"]))
        else:
            elements.append(Element(words=_forms([match["words"]], place, problems)))
    if not any(element.words and element.times != "*" for element in elements):
        problems.add(place, f"{text!r} fits every search; expected at least one word")
    return tuple(elements)


def _forms(phrases: Sequence[str], place: Place, problems: Problems) -> tuple[str, ...]:
    forms: dict[str, None] = {}
    for phrase in phrases:
        try:
            found = [" ".join(form.split()) for form in expand_phrase(phrase.strip().replace("*", _ANY))]
        except ValueError as error:
            problems.add(place, f"{phrase.strip()!r}: {error}")
            continue
        if any(_INSIDE.search(form) for form in found):
            problems.add(place, f"{phrase.strip()!r}: a * that is not at the end of a word")
        forms |= dict.fromkeys(form.replace(_ANY, "*") for form in found)
    return tuple(forms)
