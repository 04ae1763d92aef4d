"""Numbers by which publishers cite their reports and papers, found in a text and brought into one spelling.

What is cited as law, too, is read by the expressions of :mod:`crawler.identifiers.cited_papers`; what stands here is
cited by its number alone (:func:`reader`). The number of a procedure (``2022/0426(COD)``), of a meeting or of a series
(ISSN) names no document and is none of these.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.identifiers.cited_law import Work
from crawler.identifiers.cited_papers import CASE, ECLI, EP, PAPER, UN


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
    r"[/(\[]|97[89]|ISBN|ECLI|OJ\b|(?:COM|SWD|SEC|JOIN|ST|CONS)[: _-]|\b(?:CP|Cm(?:n?d)?|HC|HL)\b"
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
_COUNCIL = re.compile(
    r"\b(?P<s>ST|PE-CONS)[ _-]?0?(?P<n>\d{1,5})[ /_-](?:20)?(?P<y>\d\d)(?!\d)"
    r"(?P<more>(?:[ /_-](?:REV|ADD|COR|EXT|DCL)[ _-]?\d{1,2})*)"
)
COE = re.compile(
    r"\b(?P<s>GRETA|GREVIO(?:/Inf)?|CPT/Inf|ECRI|CM/Rec|T-ES|THB-CP/[A-Za-z]{3,4}|CP/Rec|CP|GrecoEval\dRep|GrecoRC\d)"
    r" ?\((?P<y>(?:19|20)\d\d)\) ?(?P<n>\d{1,3})(?!\d)(?:[ _-]?(?P<more>(?:rev|add|cmnts|comments|prov)\d{0,2})\b)?",
    re.I,
)
OJ = re.compile(
    r"(?:\[(?P<before>(?:19|20)\d\d)\]\s)?\bO\.?J\.?\s(?:[Nn]o\.?\s?)?(?:(?P<year>(?:19|20)\d\d),?\s)?(?P<series>[LC])\s?"
    r"(?:,?\s?(?P<new>20\d\d)/(?P<n>\d{1,5})(?!\d)"
    r"|(?P<number>\d{1,4})(?:,?\s{0,2}\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?P<of>(?:19|20)?\d\d),?\spp?\b\.?|/|,?\spp?\.)"
    r"\s?(?P<page>\d{1,5})(?!\d))"
)
"""The Official Journal: ``OJ L 101, 15.4.2011, p. 1``, ``[2011] OJ L101/1``, ``OJ L, 2024/1712``."""
ILO = re.compile(r"\b(?:GB\.\d{3}|ILC\.\d{2,3})/[A-Z][A-Za-z]{0,8}(?:/\d{1,3})?(?:\([A-Za-z.&0-9]{1,8}\))?")
_CATALOGUE = re.compile(r"\b([A-Z]{2}-[0-9A-Z]{2}-\d\d-\d{3})-[A-Z0-9]{2}-[A-Z]\b")
COMMAND = re.compile(r"\b(Cmnd|Cmd|Cm|CP)\.?\s?(\d{2,4})\b(?![/(\d-]|\.\d)")
HOUSE = re.compile(r"\bH(?:C(?:\s[Pp]aper)?|L\s[Pp]aper)(?:\sNo\.?)?\s?(?P<n>\d{1,4})(?P<v>-[IVX]{1,4})?\b(?![/\d])")
_SESSION = re.compile(r"\b((?:19|20)\d\d) ?[-\u2013/] ?(?:(?:19|20)?(\d\d))\b(?!\d)")


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
    return f"{match['s']}({match['y']}){int(match['n'])}{again}"


def _council(match: re.Match[str]) -> str:
    more = re.sub(r"[ /_-]+", " ", match["more"])
    more = re.sub(r"([A-Z]) ?0?(\d)", r"\1 \2", more)
    return f"{match['s']} {int(match['n'])}/{match['y']}{more}"


def _coe(match: re.Match[str]) -> str:
    more = f" {match['more'].lower()}" if match["more"] else ""
    return f"{match['s'].upper()}({match['y']}){int(match['n'])}{more}"


def _ep(match: re.Match[str]) -> str:
    if match["term"]:
        return f"P{match['term']}_TA({match['y']}){match['n']}"
    return f"{match['s']}{match['rt']}-{match['rn']}/{match['ry']}"


_YEAR_BEFORE = re.compile(r"\(((?:19|20)\d\d)\)\s$")


def _oj(match: re.Match[str]) -> str | None:
    if match["new"]:
        return f"OJ {match['series']} {match['new']}/{int(match['n'])}"
    bracketed = _YEAR_BEFORE.search(match.string, max(0, match.start() - 7), match.start())
    year = match["of"] or match["year"] or match["before"] or (bracketed[1] if bracketed else "")
    if not year:
        return None
    year = year if len(year) == 4 else f"{'19' if year > '50' else '20'}{year}"
    return f"OJ {match['series']} {match['number']}, {year}, p. {match['page']}"


def _un(match: re.Match[str]) -> str | None:
    symbol = match["symbol"]
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


def _command(match: re.Match[str]) -> str:
    return f"{match[1]} {int(match[2])}"


_READERS: tuple[tuple[str, re.Pattern[str], Read], ...] = (
    ("isbn", _ISBN, _isbn),
    ("doi", _DOI, lambda match: match[1].rstrip(".,;:)").lower()),
    ("com", re.compile(rf"\b{PAPER.pattern}", re.ASCII), _com),
    ("council", _COUNCIL, _council),
    ("coe", COE, _coe),
    ("ep", re.compile(rf"\b(?:{EP.pattern})"), _ep),
    ("oj", OJ, _oj),
    ("un", re.compile(rf"\b{UN.pattern}"), _un),
    ("ilo", ILO, lambda match: match[0]),
    ("catalogue", _CATALOGUE, lambda match: match[1]),
    ("command", COMMAND, _command),
    ("paper", HOUSE, _paper),
    ("case", CASE, _case),
    ("ecli", ECLI, lambda match: match[0]),
)
_OF_PARLIAMENT = re.compile(
    r"[Cc]ommand|Session|Report|report|Review|[Pp]aper|Committee|Parliament|[Ss]trategy|[Cc]onsultation|response|\bH[CL]\b.{0,20}(?:19|20)\d\d"
)
_KINDS = {"coe": _coe, "oj": _oj, "command": _command, "paper": _paper, "ilo": lambda match: match[0]}


def reader(kind: str) -> Callable[[re.Match[str]], Iterator[Work]]:
    """Return a reader of works that running text cites by a number alone, each with the id ``kind:number``.

    A short one ("CP 100", "HC 12") is read only where the words around it are of Parliament.
    """
    read: Read = _KINDS[kind]

    def works(match: re.Match[str]) -> Iterator[Work]:
        near = match.string[max(0, match.start() - 100) : match.end() + 60]
        is_short = kind in ("command", "paper") and match[0].startswith(("CP", "HC"))
        value = None if is_short and not _OF_PARLIAMENT.search(near) else read(match)
        if value is not None:
            yield Work(match.start(), match.end(), "paper", f"{kind}:{value}")

    return works
