"""Numbers and labels as printed into steps of paths."""

import re
from collections.abc import Sequence

from crawler.text import clean, slug

_TOKEN = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?:[a-z]{0,2})")
_TIMES = re.compile(r"bis|ter|quater|[a-z]{3,}ies|vicies")
_ORDINALS = re.compile(r"(\d+)(?:er|re|st|o|a\.|\u00ba|\u00aa)")
_DOTTED_ORDINAL = re.compile(r"(\d)\.\s?[o\u00ba\u00aa](?![^\W_])")
_JOINING = frozenset({"to", "and", "\u00e0", "et", "bis", "und", "en", "e", "og", "och"})
_QUOTES = "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb'\""
OPENING_QUOTES = ("\u2018", "\u201c", "\u201e", "\u00ab")
_LABEL = re.compile(
    r"\(?(?:\d{1,3}(?:[.\-]\d{1,3}){0,5}(?:\s?[a-z]{1,3}|\s(?:bis|ter|quater|[a-z]{3,8}ies))?|[a-z]{1,3}|[ivxlcdm]{1,8}"
    r"|[a-z]\d{1,2}|\*{1,3}|[\u03b1-\u03c9])\s?[).\]]{0,2}",
    re.IGNORECASE,
)
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2022\u25cf\u00b7\u2212\u25e6\u25aa\u2043*")
_FIGURES = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,5}[a-z]{0,2}\.?")
_HEADED = re.compile(
    r"(?P<label>\d{1,3}(?:\.\d{1,3}){0,5}[a-z]?\.?|[A-Z]{1,2}[.)]|[IVXLC]{1,7}[.)]|\([a-z0-9]{1,5}\)|[a-z]\))"
    r"(?:\s+(?P<rest>\S.*))?"
)
COUNTED = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty"
)
"""Numbers of parts of an act that are printed as words."""
_UNIT = re.compile(
    r"(?P<label>(?P<word>part|title|chapter|section|sub-?\s?section|annex|appendix|attachment|sub-?part|table|model|module|"
    r"form|anlage|anhang|teil|titel|kapitel|abschnitt|partie|titre|chapitre|annexe|appendice|protocol|schedule|addendum)"
    rf"\s+(?:no\s+)?(?:[-\u2013\u2212]?[ivxlcdm]+[a-z]?(?:\s[a-z](?=$))?|\d+(?:\.\d+)*[a-z]?|[a-z]{{1,2}}|{COUNTED}))"
    r"(?![^\W_])[\s.:\u2013\u2014-]*(?P<rest>.*)",
    re.IGNORECASE,
)
_MAX_LABEL_CHARACTERS = 60


def step(label: str) -> str:
    """Return the label of a sub-provision as it stands in a path, empty for dashes and what is no label.

    >>> step("(a)"), step("2."), step("1.1."), step("3a."), step("\u2014"), step("4 bis.")
    ('a', '2', '1-1', '3a', '', '4-bis')
    """
    text = clean(label)
    if not _LABEL.fullmatch(text):
        return ""
    return slug(re.sub(r"(\d)\s+([a-z])(?![a-z])", r"\1\2", text.lower()))


def is_label(text: str) -> bool:
    """Return whether a text is the label or the dash of a point in a list.

    >>> is_label("(iv)"), is_label("\u2014"), is_label("\u20183."), is_label("Name")
    (True, True, True, False)
    """
    bare = clean(text).strip(_QUOTES)
    return bool(bare) and (bare in _DASHES or _LABEL.fullmatch(bare) is not None)


def is_figure(label: str) -> bool:
    """Return whether a label is a number in plain figures, which marks a point of an annex.

    >>> is_figure("3."), is_figure("1.2.1"), is_figure("(3)"), is_figure("a.")
    (True, True, False, False)
    """
    return _FIGURES.fullmatch(clean(label)) is not None


def article(printed: str) -> str:
    """Return the step of an article by its printed number, whatever the language.

    >>> article("Article 8a"), article("Artikel 28 bis"), article("8. cikk"), article("Article premier")
    ('8a', '28-bis', '8', '1')
    >>> article("Article IV"), article("Article 1er"), article("Articles 16 to 20"), article("Sole Article")
    ('iv', '1', '16-to-20', '1')
    >>> article("Artigo 6.o"), article("Artigo 8.o-A")
    ('6', '8a')
    """
    words: list[str] = _TOKEN.findall(_DOTTED_ORDINAL.sub(r"\1 ", clean(printed)))
    place = next((index for index, word in enumerate(words) if any(sign.isdigit() for sign in word)), None)
    if place is None:
        romans = [word for word in words if _ROMAN.fullmatch(word)]
        letters = [word for word in words[1:] if len(word) == 1]
        return (romans or letters or ["1"])[-1].lower()
    first = words[place].lower()
    ordinal = _ORDINALS.fullmatch(first)
    found = [ordinal[1] if ordinal else first]
    for word in (each.lower() for each in words[place + 1 :]):
        if len(word) == 1 and word.isalpha() and found[-1].isdigit() and word not in _JOINING:
            found[-1] += word
        elif word[0].isdigit() or word in _JOINING or _TIMES.fullmatch(word):
            found.append(word)
        else:
            break
    while found[-1] in _JOINING - {"bis"}:
        found.pop()
    return slug("-".join(found)) or "1"


def unit(title: str) -> tuple[str, str, str]:
    """Return word, number and rest of a title that begins with a numbered unit; else three empty texts.

    >>> unit("ANNEX IIa"), unit("Part A: Persons"), unit("PART ELEVEN"), unit("Definitions")
    (('annex', 'ANNEX IIa', ''), ('part', 'Part A', 'Persons'), ('part', 'PART ELEVEN', ''), ('', '', ''))
    """
    match = _UNIT.fullmatch(clean(title))
    if match is None:
        return "", "", ""
    return slug(match["word"]), match["label"], match["rest"]


def headed(title: str) -> tuple[str, str]:
    """Return the label and the words of a title that begins with a label; no label where there is none.

    >>> headed("1.1. Scope"), headed("A.   Model form"), headed("Definitions"), headed("(a)")
    (('1.1.', 'Scope'), ('A.', 'Model form'), ('', 'Definitions'), ('(a)', ''))
    """
    text = clean(title)
    match = _HEADED.fullmatch(text)
    return (match["label"], match["rest"] or "") if match else ("", text)


def short(text: str) -> str:
    """Return words as a step of a path, cut at a whole word.

    >>> short("Information concerning the exercise of the right of withdrawal from the contract")
    'information-concerning-the-exercise-of-the-right-of'
    """
    whole = slug(re.sub(r"(?<=\s)[-\u2013\u2212](?=[IVXLC])", "minus ", f" {text}"))
    cut = whole[:_MAX_LABEL_CHARACTERS]
    return whole if whole == cut else cut.rpartition("-")[0] or cut


def depth_of(label: str, open_now: Sequence[str], least: int) -> int:
    """Return the depth of a point from its label alone, with the steps that are open: (i) below (c) is inside it.

    >>> depth_of("(i)", ["1", "c"], 1), depth_of("(i)", ["1", "h"], 1), depth_of("(d)", ["1", "c", "ii"], 1)
    (2, 1, 1)
    """
    found = step(label)
    if not is_roman(found) or len(open_now) <= least or not open_now[least].isalpha():
        return least
    before = open_now[least]
    follows = len(found) == len(before) == 1 and ord(found) == ord(before) + 1
    return least if follows else least + 1


def is_roman(text: str) -> bool:
    """Return whether a text is a roman number, in capitals or small letters.

    >>> is_roman("IV"), is_roman("xii"), is_roman("A")
    (True, True, False)
    """
    return bool(text) and re.fullmatch(_ROMAN.pattern.replace("(?:[a-z]{0,2})", ""), text.upper()) is not None
