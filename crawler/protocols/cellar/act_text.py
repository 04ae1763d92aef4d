"""What the text of an EU act says, read from Formex or from (X)HTML: one shape for both.

Paths of sections, the same from every format and generation:

    introduction                    citations ("Having regard to …") and enacting formula
    recital-12                      a recital; recitals without a number are counted
    chapter-iii-section-1           a part, title, chapter or section: number and heading only
    article-8, article-8a           an article; its heading is its subject
    annex, annex-i, annex-iia       an annex, by the number printed, in small letters
    annex-i-part-a                  a headed part of an annex, inside the part that holds it
    annex-i-point-3                 a point of an annex numbered in plain figures ("3.", "1.1."), headed or not
    annex-i-article-4               an article of what is annexed
    body                            what stands in enacting terms that have no articles
    signature                       final formula, place and date, signatories
    article-2-note-1                the first footnote called in Article 2; notes stand behind the text
    title-note-1                    the first footnote called in the title of the act, which is no section
    point-2-1, way-forward          a headed part of a document that is no act, by its number, else by its words
    preamble                        citations of an act that such a document proposes

Parts inside a section add the labels printed: ``article-8-2-a`` is point (a) of paragraph 2, ``annex-i-point-a`` point
(a) of an annex without numbered points. A path that a text gives twice is numbered: ``article-8-repeat-2``. The number
of a footnote is in no path and no text, because one more footnote renumbers all that follow.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from crawler.model import Place, Problem, Section

Kind = Literal["act", "consolidated", "annex", "corrigendum", "agreement", "other"]

PREAMBLE = ("introduction", "recital", "signature", "title-note")
"""Kinds of sections that only the Official Journal has whole; what consolidations carry of them differs from one to the
next: nothing, the recitals, or the final formula without the signatories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modification:
    """What a consolidated text says of one of its changes.

    ``path`` is the section that was changed or that holds the change, ``act`` the CELEX number of the act that made it,
    ``action`` its word for it in small letters (replaced, inserted, deleted …), ``place`` where in that act, as Formex
    writes it (``AR:1;PT:2``), empty where only the act is stated; ``where`` it begins there: the number where it is of
    the whole. The path is empty where it is in the title, or where not known which provision was deleted.
    """

    path: str
    act: str
    action: str
    place: str
    where: Place = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The text of an act and what it says about itself. None and empty mean: it does not say.

    ``language`` is ISO 639-1. ``date`` is that of the act and ``published`` that of its Official Journal, that of
    a consolidation ``valid_from``, ISO 8601. ``production`` numbers the consolidations of an act as they were made
    (``002.003``): the same date may be produced again with another text. ``journals`` are the days of the Official
    Journals of what was consolidated, as far as they are stated, behind their CELEX numbers. ``celex`` is that of the
    basic act; ``eli`` an address. ``amended_by`` are the CELEX numbers of what was consolidated into the text.
    ``partial`` marks a text that lacks something, and problems say what.
    """

    title: str
    sections: tuple[Section, ...]
    kind: Kind
    language: str | None = None
    celex: str | None = None
    eli: str | None = None
    date: str | None = None
    published: str | None = None
    valid_from: str | None = None
    production: str = ""
    amended_by: tuple[str, ...] = ()
    journals: tuple[tuple[str, str], ...] = ()
    modifications: tuple[Modification, ...] = ()
    partial: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def consolidated(self) -> bool:
        """Return whether this is a consolidation: the text at a date, without legal effect."""
        return self.kind == "consolidated"

    @property
    def leaves_out(self) -> tuple[str, ...]:
        """Return the kinds of sections of which this text carries pieces at best, although its act has them."""
        return PREAMBLE if self.consolidated else ()


def lacks_articles(sections: Iterable[Section]) -> bool:
    """Whether half of the articles of an act, which are numbered through, or more are not there.

    >>> def numbered(*numbers: int) -> list[Section]:
    ...     return [Section(path=f"article-{number}", text="Samples are kept.") for number in numbers]
    >>> lacks_articles(numbered(1, 5)), lacks_articles(numbered(1, 3)), lacks_articles([])
    (True, False, False)
    """
    numbers = {int(found[1]) for each in sections if (found := _ARTICLE.fullmatch(each.path))}
    return 0 < 2 * len(numbers) <= max(numbers, default=0)


_ARTICLE = re.compile(r"article-([1-9]\d{0,3})")


def without_repeats(title: str) -> str:
    """Return a title that says once, in brackets at its end, that the act concerns the EEA.

    >>> without_repeats("Regulation on samples (Text with EEA relevance)Text with EEA relevance en")
    'Regulation on samples (Text with EEA relevance)'
    >>> without_repeats("Regulation on samples  Text with EEA relevance."), without_repeats("Regulation on samples")
    ('Regulation on samples (Text with EEA relevance)', 'Regulation on samples')
    """
    bare = _EEA.sub("", title)
    return title if bare == title or not bare else f"{bare} (Text with EEA relevance)"


_EEA = re.compile(
    r"(?>[\s.]*+\(?\s*+Text with EEA relevance(?:\s*(?=[.)])\.?\)?)?)+(?:\s+[a-z]{2})?\s*$", re.IGNORECASE
)


def as_printed(title: str) -> str:
    """Return the title of an act with the name of its kind and its bodies in small letters, as notices have it.

    >>> as_printed("COUNCIL REGULATION (EU) No 910/2014 OF THE EUROPEAN PARLIAMENT of 23 July 2014 on samples")
    'Council Regulation (EU) No 910/2014 of the European Parliament of 23 July 2014 on samples'
    >>> as_printed("DIRECTIVE ON SAMPLES"), as_printed("EU ACTION")
    ('Directive on SAMPLES', 'EU ACTION')
    """
    words = title.split(" ")
    for place, word in enumerate(words):
        if word in _NAMES or (place and word in _SMALL):
            words[place] = word.lower() if word in _SMALL else word.capitalize()
        elif not place or (word.isalpha() and word != "No"):
            break
    return " ".join(words)


_NAMES = frozenset({
    "REGULATION", "DIRECTIVE", "DECISION", "RECOMMENDATION", "RESOLUTION", "POSITION", "ACTION", "FRAMEWORK", "JOINT",
    "COMMON", "DELEGATED", "IMPLEMENTING", "EUROPEAN", "PARLIAMENT", "COUNCIL", "COMMISSION", "CENTRAL", "BANK",
})  # fmt: skip
_SMALL = frozenset({"OF", "THE", "AND", "ON"})
"""Words of the first line of titles, which pages print in capitals."""


_WORDS = {
    "bg": "и на за от да които", "cs": "a v se na o nebo podle které", "da": "og af til det den er og om",
    "de": "der die und des den von zu das", "el": "και του της των την με", "en": "the of and to in or shall",
    "es": "de la los las del y el que", "et": "ja ning on või mis selle", "fi": "ja tai on että sekä artiklan",
    "fr": "de la les des et du le aux", "ga": "an na agus ar le do", "hr": "i u na te ili za koje",
    "hu": "a az és vagy hogy e szerinti", "it": "di della dei il gli che e delle", "lt": "ir bei arba dėl pagal šio",
    "lv": "un ar par vai uz šīs no", "mt": "ta il li u għal jew", "nl": "de het van een en te voor",
    "pl": "i w oraz się lub na zgodnie", "pt": "de da do os das e dos no", "ro": "și în de la a sau care",
    "sk": "a v sa na alebo podľa ktoré", "sl": "in v se za na ali ki", "sv": "och av för att i som det",
}  # fmt: skip
_LANGUAGES: dict[str, tuple[str, ...]] = {}
for _language, _line in _WORDS.items():
    for _word in _line.split():
        _LANGUAGES[_word] = (*_LANGUAGES.get(_word, ()), _language)
MAX_CHARACTERS = 40_000
"""Characters that are enough to tell."""
MIN_WORDS = 20
"""Fewest words that tell a language; a title alone may be a name."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """Return the language of a text as ISO 639-1; None where it is too short, or two are as likely.

    >>> language_of("The tasks of the authority and of the court are set out in this act. " * 5)
    'en'
    >>> language_of("Die Aufgaben der Behörde und des Gerichts sind in den Artikeln festgelegt. " * 5)
    'de'
    >>> language_of("Annex I")
    """
    counted: Counter[str] = Counter()
    for word in _WORD.findall(text[:MAX_CHARACTERS].lower()):
        counted.update(_LANGUAGES.get(word, ()))
    (first, most), (_, next_most) = [*counted.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= MIN_WORDS and most > next_most else None
