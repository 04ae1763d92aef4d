"""The numbers that a document states as its own, by which the same document is known at another publisher. Pure.

A number in running text is a citation of another document. As a document's own count only:

- its id, its other names and its addresses, which say so by their form;
- a number that stands apart in its title: at the start or the end, in brackets, or behind a mark, and not behind a word
  that leads to another document ("response to HC 630", "Explanatory Memorandum to COM(2021)171");
- a number that is a sentence by itself in its summary, or has a label there ("ISBN: …");
- a number that is a line by itself among its first lines, with nothing around it but place, date and body, or with a
  label. Labels that name an earlier or another document ("No. prev. doc.") do not count.

Where the title is that of a text about another (a response, a briefing, evidence), the numbers that bodies give to
their papers are those of the other text. Where a place states several numbers of one kind, it is a list of literature.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers.citations import citations
from crawler.identifiers.editions import is_about
from crawler.identifiers.eu import celex
from crawler.identifiers.report_numbers import Number, isbn, numbers
from crawler.identifiers.uk import legislation_id
from crawler.text import canonical

Place = Literal["identifier", "title", "summary", "front", "file"]

FRONT = 2_500
"""Most characters of the beginning of a text that are looked at: a cover and the page behind it."""
_LINE = 160
"""Most characters of a line that holds a number and little else."""
_FORMS = 4
"""Most ISBNs of one document: in print, as PDF, as EPUB, on the web."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A number that a document states as its own.

    ``kind`` and ``value`` are as in :class:`crawler.identifiers.report_numbers.Number`. Further kinds: ``celex`` and
    ``law`` (an item of UK legislation), with the id of the document as value. ``strong``: it names one work; a weak one
    does so only together with the same title.
    """

    kind: str
    value: str
    strong: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a document states of itself: ``front`` are the first lines of its text, ``names`` its id and its aliases."""

    title: str
    summary: str = ""
    front: str = ""
    names: tuple[str, ...] = ()


_DIGIT = re.compile(r"\d")


def references(stated: Stated) -> tuple[Reference, ...]:
    """Return the numbers that a document states as its own, each once, as strong as it is stated anywhere.

    >>> [each.value for each in references(Stated(title="Reducing slavery (HC 630)", names=("isbn:9781786041647",)))]
    ['9781786041647', 'HC 630']
    >>> references(Stated(title="Response to HC 630", summary="We answer COM(2021) 171 final."))
    ()
    """
    about = is_about(stated.title)
    found = [*_of_names(stated.names)]
    for place, each in _of_texts(stated):
        if not (about and _is_lent(each, place)):
            found.append(_reference(each, place, stated))
    found += _of_law(stated.title)
    kept: dict[tuple[str, str], Reference] = {}
    for reference in found:
        key = (reference.kind, reference.value)
        if key not in kept or (reference.strong and not kept[key].strong):
            kept[key] = reference
    return tuple(kept.values())


def _of_texts(stated: Stated) -> Iterator[tuple[Place, Number]]:
    title, summary, front = canonical(stated.title), canonical(stated.summary), stated.front[:FRONT]
    yield from (("title", each) for each in _single(_apart_in_title(title)))
    parts = re.split(r"(?<=[.;!?])\s+|\s+[-|]\s+", summary[:FRONT])
    yield from (("summary", each) for each in _single(_alone(parts)))
    numbered = (canonical(line) for line in front.splitlines() if _DIGIT.search(line))
    yield from (("front", each) for each in _single(_alone(numbered)))


def _is_lent(number: Number, place: Place) -> bool:
    """Return whether a number belongs to the text that another one is about."""
    return place != "front" or number.kind not in ("isbn", "doi", "catalogue", "command")


def _reference(number: Number, place: Place, stated: Stated) -> Reference:
    value = number.value
    weak = (
        (number.kind == "paper" and not value.endswith(")"))
        or (number.kind == "oj" and ", p. " in value)
        or (value.startswith("CP ") and "ommand" not in stated.front[:FRONT])
    )
    return Reference(kind=number.kind, value=value, strong=not weak, place=place)


def _single(found: Iterable[Number]) -> list[Number]:
    """Return the numbers of a place without the kinds of which it states several: a document has one of each."""
    each = {(number.kind, number.value): number for number in found}
    kinds = [kind for kind, _ in each]
    return [n for n in each.values() if kinds.count(n.kind) <= (_FORMS if n.kind == "isbn" else 1)]


# In a title

_BEFORE = re.compile(r"(?:^|[(\[:;,|]|(?<=\s)[-/])\s*$")
_BEHIND = re.compile(r"^\s*(?:$|[)\]]\s*(?:$|[:;,.|(-])|[:;,.|]|[-/]\s|\()")


def _apart_in_title(title: str) -> Iterator[Number]:
    """Yield the numbers that a title sets apart: at an end, in brackets, or behind a mark."""
    every = numbers(title)
    joined = False
    for place, number in enumerate(every):
        left = title[every[place - 1].end if place else 0 : number.start]
        right = title[number.end : every[place + 1].start if place + 1 < len(every) else len(title)]
        begins = bool(_BEFORE.search(left)) or (joined and left.strip() in ("/", "and"))
        joined = begins and (bool(_BEHIND.search(right)) or right.strip() in ("/", "and"))
        if joined:
            yield number


# Alone in a line, or with a label

_OTHER = re.compile(
    r"\b(?:prev|previous|preceding|cion|related|see|cf|ref\. doc|source|based on|replac\w+|supersed\w+|answer\w*"
    r"|respon\w+|repl(?:y|ies)|amend\w*|annex\w*|issn|vgl|voir|siehe|cite[sd]?)\b",
    re.I,
)
_LABEL = re.compile(
    r"\b(?:isbn(?:[- ]1[03])?|e-?isbn|doi|catalogue|cat\.|catalogue (?:number|no)|cat\. ?no|reference|ref"
    r"|document(?: number)?|doc(?:\. ?no)?|symbol|number|no|identifier|celex|pdf|print|web|epub|html)\.? ?[:.]? ?$",
    re.I,
)
_LABELLED = ("isbn", "doi", "catalogue")
_FURNITURE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|janvier|fevrier|février|mars|avril|mai|juin|juillet|aout|août|septembre|octobre|novembre|décembre"
    r"|januar|februar|märz|juni|juli|oktober|dezember"
    r"|brussels|bruxelles|brüssel|strasbourg|straßburg|london|luxembourg|the hague|geneva|vienna|new york|warsaw"
    r"|valletta|final|limite|public|restricted|or\. ?en|original|english|french|only|le|the|of|on|at|and|for|by|date"
    r"|distr|general|published|adopted|printed|presented|session|parliament|by command|his|her|majesty|ordered|house"
    r"|commons|lords|to|be|european|commission|council|union|high|representative|foreign|affairs|security|policy|secretary|state|home"
    r"|department|government|report|version|general assembly|human rights|united nations|europe"
    r"|cod|cns|nle|app|ini|rsp|bud|isbn|issn|doi|pdf|print|web|html|epub|catalogue|cat|reference|ref|document|doc|symbol"
    r"|number|nos?|identifier|paper|en|fr|de)\b",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]")
_LOWER = re.compile(r"\s*[^\W\d_]?[a-zà-ÿ]")


def _alone(lines: Iterable[str]) -> Iterator[Number]:
    """Yield the numbers that stand in a line with nothing beside them that is a sentence, or behind their label."""
    for line in lines:
        every = numbers(line[: 2 * _LINE])
        around = _around(line[: 2 * _LINE], every) if every else ()
        if not around or _OTHER.search(around[0]):
            continue
        whole = len(line) <= _LINE and not any(_LETTERS.search(_FURNITURE.sub("", part)) for part in around)
        for place, number in enumerate(every):
            labelled = number.kind in _LABELLED and (
                _LABEL.search(around[place]) or line[number.start :][:4].lower() in ("isbn", "doi:", "doi.", "doi ")
            )
            if whole or labelled or (place == 0 and _heads(number, around)):
                yield number


def _heads(number: Number, around: Sequence[str]) -> bool:
    """Whether a number stands at the head of a line: before it only furniture or its label, behind it a title."""
    before, behind = around[0], around[1]
    furniture = not _LETTERS.search(_FURNITURE.sub("", before)) and before.strip() == before.strip().rstrip(".,;")
    return (
        furniture and number.kind in ("com", "coe", "un", "council") and not _LOWER.match(behind.removeprefix(" final"))
    )


def _around(line: str, every: Sequence[Number]) -> list[str]:
    """Return the parts of a line before, between and behind its numbers."""
    starts, ends = [*(n.start for n in every), len(line)], [0, *(n.end for n in every)]
    return [line[end:start] for end, start in zip(ends, starts, strict=True)]


# Names, addresses and files

_HUDOC = re.compile(r"greta:[A-Z]{3}-REP-\d?-(\d{4})-(\d{1,3})")
_PREPARATORY = re.compile(r"5(?P<y>\d{4})(?P<t>DC|PC|SC|JC)(?P<n>\d{4})")
_SERIES = {"DC": "COM", "PC": "COM", "SC": "SWD", "JC": "JOIN"}
_ADOPTED = re.compile(r"TA-(\d{1,2})-(\d{4})-(\d{4})")
_TABLED = re.compile(r"([ABC])-(\d{1,2})-(\d{4})-(\d{4})")
_IN_FILE = re.compile(
    r"(?:^|[ _.-])(?:[a-z]{2}|final|web|pdf|print|accessible|report|version|eng?|fre?|v\d)(?=$|[ _.-])", re.I
)


def _of_names(names: Sequence[str]) -> Iterator[Reference]:
    """Yield what ids, other names and addresses say; the names of files are weak but for an ISBN."""
    for name in names:
        kind, _, rest = name.partition(":")
        number = isbn(rest) if kind == "isbn" else None
        if number is not None:
            yield Reference(kind="isbn", value=number, strong=True, place="identifier")
        elif hudoc := _HUDOC.fullmatch(name):
            yield _named("coe", f"GRETA({hudoc[1]}){int(hudoc[2])}")
        elif kind == "ep":
            yield from _of_strasbourg(rest)
        elif kind in ("url", "http", "https"):
            yield from _of_address(name.removeprefix("url:"))
        else:
            yield from _of_name(name)


def _of_name(name: str) -> Iterator[Reference]:
    with suppress(IdentifierError):
        number = celex(name)
        yield _named("celex", number)
        preparatory = _PREPARATORY.fullmatch(number.partition(":")[2])
        if preparatory is not None:
            series = "SEC" if preparatory["t"] == "SC" and int(preparatory["y"]) < 2012 else _SERIES[preparatory["t"]]
            yield _named("com", f"{series}({preparatory['y']}){int(preparatory['n'])}")
        return
    with suppress(IdentifierError):
        yield _named("law", legislation_id(name))
        return
    text = canonical(name)
    yield from (_named(each.kind, each.value) for each in numbers(text) if (each.start, each.end) == (0, len(text)))


def _of_strasbourg(name: str) -> Iterator[Reference]:
    if adopted := _ADOPTED.fullmatch(name):
        yield _named("ep", f"P{adopted[1]}_TA({adopted[2]}){adopted[3]}")
    elif tabled := _TABLED.fullmatch(name):
        yield _named("ep", f"{tabled[1]}{tabled[2]}-{tabled[4]}/{tabled[3]}")


def _of_address(address: str) -> Iterator[Reference]:
    with suppress(IdentifierError, ValueError):
        yield from _of_name(celex(address))
        return
    with suppress(IdentifierError, ValueError):
        yield _named("law", legislation_id(address))
        return
    with suppress(ValueError):
        path = unquote(urlsplit(address).path)
        name = path.rstrip("/").rpartition("/")[2]
        if "/doc/document/" in path:
            name = path.partition("/doc/document/")[2].partition("/")[0].replace("-INIT", "")
        yield from _of_file(re.sub(r"\.\w{2,5}$", "", canonical(name)))


def _of_file(name: str) -> Iterator[Reference]:
    """Yield the number that a file is named by, if nothing else is in its name but its language and form."""
    found = numbers(re.sub(r"(?<=[A-Z])[_-](?=\d)|\+", " ", name))
    if len(found) != 1:
        return
    rest = name[: found[0].start] + name[found[0].end :]
    if not re.search(r"[^\W_]{1}", _IN_FILE.sub("", rest)):
        strong = found[0].kind in ("isbn", "council", "catalogue")
        yield Reference(kind=found[0].kind, value=found[0].value, strong=strong, place="file")


def _named(kind: str, value: str) -> Reference:
    return Reference(kind=kind, value=value, strong=True, place="identifier")


_TITLED = re.compile(r"[A-Z][a-z]+(?: \([A-Z][A-Za-z ]+\))? \d{4}$")


def _of_law(title: str) -> Iterator[Reference]:
    """Yield the law that a title ends in or begins with; titles of texts about a law do so too, so it is weak."""
    cited = [each for each in citations(canonical(title)) if each.family in ("act", "instrument", "eu")]
    found = {each.document for each in cited if not each.provisions and not _TITLED.search(each.name)}
    if len(found) == 1:
        document = found.pop()
        kind = "celex" if document.startswith("celex:") else "law"
        yield Reference(kind=kind, value=document, strong=False, place="title")
