"""Numbers by which publishers cite their reports and papers, found in a text and brought into one spelling.

An own grammar; what Acts, instruments and directives are called is in :mod:`crawler.identifiers.citations`. The number
of a procedure (``2022/0426(COD)``), of a meeting or of a series (ISSN) names no document and is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.identifiers.cited_papers import CASE, ECLI


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text: ``start`` and ``end`` are its place there, with the label in front of it where it needs one.

    kind       value
    isbn       13 digits; an ISBN-10 is given as the ISBN-13 that it is
    doi        in small letters
    com        ``COM(2025)8``, also SWD, SEC, JOIN and C; ``COM(2025)8/2`` where it was issued anew
    council    ``ST 12345/24``, with REV, ADD or COR, which are documents of their own; ``PE-CONS 28/24``
    coe        ``GRETA(2021)12`` and its sisters
    ep         ``P9_TA(2021)0018`` (a text adopted) or ``A9-0123/2021`` (a report)
    oj         ``OJ L 2024/1712``, a page of the Official Journal before that
    un         symbol of the United Nations
    ilo        ``GB.344/INS/5``
    catalogue  of the Publications Office, without language and format: ``QL-05-24-123``
    command    ``CP 123``, ``Cm 9999``
    paper      ``HC 630 (2017-19)``; without its session the number comes again each session
    case       neutral citation of a judgment
    ecli       European Case Law Identifier
    """

    kind: str
    value: str
    start: int
    end: int


_SIGN = re.compile(
    r"[/(\[]|97[89]|ISBN|ECLI|OJ |(?:COM|SWD|SEC|JOIN|ST|CONS)[ _-]|\b(?:CP|Cm(?:n?d)?|HC|HL)\b"
    r"|[A-Z]{2}-[0-9A-Z]{2}-\d",
    re.ASCII,
)
"""What every number has in it, or is."""
_DIGIT = re.compile(r"\d")
_ISBN = re.compile(
    r"(?P<label>\bISBN(?:[- ]?1[03])?(?: ?\([^)]{1,20}\))?(?: (?:PDF|print|web))?[:.]? ?)?"
    r"(?<!\d)(?P<n>97[89](?:[- ]?\d){10}|\d(?:[- ]?\d){8}[- ]?[\dXx])(?!\d|-\d)"
)
_DOI = re.compile(r"\b(?:doi(?:\.org/|[: ] ?))(10\.\d{4,9}/[-._;()/:a-z0-9]{1,80})", re.I)
_COM = re.compile(
    r"\b(?:(?P<s>COM|SWD|SEC|JOIN)(?: ?\(|[/_ -])|(?P<c>C)\()(?P<y>(?:19|20)\d\d)(?:\) ?|[/_ -])(?P<n>\d{1,4})(?!\d)"
    r"(?:[ _]?final)?(?:(?<=final)/(?P<v>[2-9]))?"
)
_COUNCIL = re.compile(
    r"\b(?P<s>ST|PE-CONS)[ _-]?0?(?P<n>\d{1,5})[ /_-](?:20)?(?P<y>\d\d)(?!\d)"
    r"(?P<more>(?:[ /_-](?:REV|ADD|COR|EXT|DCL)[ _-]?\d{1,2})*)"
)
_COE = re.compile(
    r"\b(?P<s>GRETA|GREVIO(?:/Inf)?|CPT/Inf|ECRI|CM/Rec|T-ES|THB-CP/[A-Za-z]{3,4}|CP/Rec|CP|GrecoEval\dRep|GrecoRC\d)"
    r" ?\((?P<y>(?:19|20)\d\d)\) ?(?P<n>\d{1,3})(?!\d)(?:[ _-]?(?P<more>(?:rev|add|cmnts|comments|prov)\d{0,2})\b)?",
    re.I,
)
_EP = re.compile(
    r"\bP(?P<t>\d{1,2})_TA(?:-PROV)?\((?P<y>\d{4})\)(?P<n>\d{4})\b|\b(?P<s>[ABC])(?P<rt>\d{1,2})-(?P<rn>\d{4})/(?P<ry>\d{4})\b"
)
_OJ = re.compile(
    r"\bOJ (?P<s>[LC])(?:,? (?P<y>20\d\d)/(?P<n>\d{1,5})"
    r"| ?(?P<o>\d{1,4}),? \d{1,2}\.\d{1,2}\.(?P<oy>\d{4}), ?p\. ?(?P<p>\d{1,5}))"
)
_UN = re.compile(
    r"\b(?P<un>(?:A|S|E|CTOC|CEDAW|CRC|CCPR|CMW|CERD|CED|CAT|CRPD)/(?:[A-Z][A-Za-z]{0,5}(?:\.\d{1,2})?/){0,3}"
    r"\d{1,4}(?:[-/]\d{1,4}){0,2})(?: ?\((?:19|20)\d\d\))?(?P<more>(?:/(?:Add|Rev|Corr)\.\d{1,2}){0,2})(?![\w/])"
)
_ILO = re.compile(r"\b(?:GB|ILC)\.\d{2,3}/[A-Z][A-Za-z]{0,8}(?:/\d{1,3})?(?:\([A-Za-z.&0-9]{1,8}\))?")
_CATALOGUE = re.compile(r"\b([A-Z]{2}-[0-9A-Z]{2}-\d\d-\d{3})-[A-Z0-9]{2}-[A-Z]\b")
_COMMAND = re.compile(r"\b(Cmnd|Cmd|Cm|CP)\.? ?(\d{2,4})\b(?![/(.\d-])")
_PAPER = re.compile(r"\b(?:HC|HL Paper)(?: No\.?)? ?(?P<n>\d{1,4})(?P<v>-[IVX]{1,4})?\b(?![/\d])")
_SESSION = re.compile(r"\b((?:19|20)\d\d) ?[-/] ?(?:(?:19|20)?(\d\d))\b(?!\d)")


def numbers(text: str) -> tuple[Number, ...]:
    """Return every number in a text in canonical form (:func:`crawler.text.canonical`), in its order.

    >>> [number.value for number in numbers("COM(2025) 8 final; ISBN 0-306-40615-2; 2022/0426(COD); GRETA(2021)02")]
    ['COM(2025)8', '9780306406157', 'GRETA(2021)2']
    """
    if not _DIGIT.search(text) or not _SIGN.search(text):
        return ()  # Most lines of a text: looking for each kind would cost thirty times as much.
    found = [number for kind, pattern, read in _READERS for number in _read(text, kind, pattern, read)]
    kept: list[Number] = []
    for number in sorted(found, key=lambda number: (number.start, -number.end)):
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return tuple(kept)


def isbn(text: str) -> str | None:
    """Return the 13 digits of an ISBN, None where its check digit is wrong: then it is none, or misprinted.

    >>> isbn("92-9472-111-4"), isbn("978-0-306-40615-7"), isbn("978-0-306-40615-8")
    (None, '9780306406157', None)
    """
    digits = re.sub(r"[ -]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        if sum(place * value for place, value in zip(range(10, 0, -1), values, strict=True)) % 11:
            return None
        digits = f"978{digits[:9]}"
        return f"{digits}{_check(digits)}"
    if not re.fullmatch(r"97[89]\d{10}", digits, re.ASCII):
        return None
    return digits if digits[12] == _check(digits[:12]) else None


def _check(digits: str) -> str:
    return str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10)


Read = Callable[[re.Match[str]], str | None]


def _read(text: str, kind: str, pattern: re.Pattern[str], read: Read) -> Iterator[Number]:
    for match in pattern.finditer(text):
        value = read(match)
        if value is not None:
            yield Number(kind=kind, value=value, start=match.start(), end=match.start() + len(match[0].rstrip(" .,;")))


def _isbn(match: re.Match[str]) -> str | None:
    labelled = match["label"] is not None
    return isbn(match["n"]) if labelled or match["n"].startswith(("978", "979")) else None


def _com(match: re.Match[str]) -> str:
    again = f"/{match['v']}" if match["v"] else ""
    return f"{match['s'] or match['c']}({match['y']}){int(match['n'])}{again}"


def _council(match: re.Match[str]) -> str:
    more = re.sub(r"[ /_-]+", " ", match["more"])
    more = re.sub(r"([A-Z]) ?0?(\d)", r"\1 \2", more)
    return f"{match['s']} {int(match['n'])}/{match['y']}{more}"


def _coe(match: re.Match[str]) -> str:
    more = f" {match['more'].lower()}" if match["more"] else ""
    return f"{match['s'].upper()}({match['y']}){int(match['n'])}{more}"


def _ep(match: re.Match[str]) -> str:
    if match["t"]:
        return f"P{match['t']}_TA({match['y']}){match['n']}"
    return f"{match['s']}{match['rt']}-{match['rn']}/{match['ry']}"


def _oj(match: re.Match[str]) -> str:
    if match["y"]:
        return f"OJ {match['s']} {match['y']}/{int(match['n'])}"
    return f"OJ {match['s']} {match['o']}, {match['oy']}, p. {match['p']}"


def _un(match: re.Match[str]) -> str | None:
    symbol = match["un"]
    return symbol + match["more"] if symbol.count("/") > 1 else None


def _paper(match: re.Match[str]) -> str:
    """Return a paper with the session that the text around it names, if it names one: a session lasts a year or two."""
    near = _SESSION.finditer(match.string, max(0, match.start() - 80), match.end() + 30)
    sessions = {f"{each[1]}-{each[2]}" for each in near if 0 < (int(each[2]) - int(each[1])) % 100 < 3}
    house = "HL Paper" if match[0].startswith("HL") else "HC"
    number = f"{house} {int(match['n'])}{match['v'] or ''}"
    return f"{number} ({sessions.pop()})" if len(sessions) == 1 else number


def _case(match: re.Match[str]) -> str:
    division = f" ({match['d']})" if match["d"] else ""
    return f"[{match['y']}] {match['c']} {int(match['n'])}{division}"


_READERS: tuple[tuple[str, re.Pattern[str], Read], ...] = (
    ("isbn", _ISBN, _isbn),
    ("doi", _DOI, lambda match: match[1].rstrip(".,;:)").lower()),
    ("com", _COM, _com),
    ("council", _COUNCIL, _council),
    ("coe", _COE, _coe),
    ("ep", _EP, _ep),
    ("oj", _OJ, _oj),
    ("un", _UN, _un),
    ("ilo", _ILO, lambda match: match[0]),
    ("catalogue", _CATALOGUE, lambda match: match[1]),
    ("command", _COMMAND, lambda match: f"{match[1]} {int(match[2])}"),
    ("paper", _PAPER, _paper),
    ("case", CASE, _case),
    ("ecli", ECLI, lambda match: match[0]),
)
