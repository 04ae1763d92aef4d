"""The days that laws set for themselves: written out, counted from Royal Assent, making or laying, or left to others.

What is conditional, or counts from anything else, is not read. Of a law of which nothing says when it comes into force,
the law on Acts and instruments provides the day.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.law.pieces import DAY, iso


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """ISO days: of Royal Assent, making, laying, adoption by the EU, its Official Journal; empty where not known."""

    assent: str = ""
    adopted: str = ""
    made: str = ""
    laid: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDay:
    """A day as a law sets it: ISO ``date``, empty where it is left to others; ``words`` on its time; what follows."""

    date: str
    words: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A day that a law names without a date: its own words, and what fixed the date and was made on ``since``."""

    words: str
    authority: str
    since: str


EXIT_DAY = "2020-01-31"
"""11.00 p.m.: European Union (Withdrawal) Act 2018, section 20(1), as amended by S.I. 2019/1423."""
IP_COMPLETION_DAY = "2020-12-31"
"""11.00 p.m.: European Union (Withdrawal Agreement) Act 2020, section 39(1)."""
_READ_AS_COMPLETION = "on IP completion day, as which exit day is to be read: 2020 c. 1, Sch. 5 para. 1"
_RECKONED = re.compile(
    r"(?P<words>(?:on|immediately (?:before|after)) (?P<day>exit|IP completion) day)(?P<read>, as which)?"
)
_WITHDRAWAL = "European Union (Withdrawal Agreement) Act 2020"
_FIXED = {
    "exit": ("the European Union (Withdrawal) Act 2018, section 20(1), as amended by SI 2019/1423", "2019-10-30"),
    "IP completion": (f"the {_WITHDRAWAL}, section 39(1)", "2020-01-23"),
    "read": (f"the {_WITHDRAWAL}, schedule 5 paragraph 1", "2020-01-23"),
}
"""What fixed the date of such a day, and when that was made."""

_UNITS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IRREGULAR = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

_CLOCK = r"(?:[\d.:]+ ?(?:a|p)\.? ?m\.?|(?:12 )?(?:noon|midnight))"
_TIME = rf"(?P<time>at {_CLOCK}),? "
_LAW = r"(?:Act|Measure|Order|Regulations|Rules|Scheme|Byelaws|instrument|Instrument)"
_ASSENT = (
    r"(?:(?:(?:this(?: [a-z]+)?|the) (?:Act|Measure)|it|the Bill for (?:this|the) Act(?: of the Scottish Parliament)?)"
    r" (?:is passed|receives? (?:the )?Royal Assent|is approved by H(?:er|is) Majesty in Council)"
    r"|(?:the )?passing of (?:this|the) (?:Act|Measure)|its passing|(?:the )?Royal Assent)"
)
_THEY = rf"(?:it is|they are|(?:this|the) {_LAW} is|(?:these|the) {_LAW} are)"
_MADE = rf"(?:{_THEY} made|(?:the )?making of (?:this|these) {_LAW})"
_LAID = rf"{_THEY} laid(?: before (?:Parliament|the [A-Z][\w ]{{5,40}}?|Senedd Cymru)(?=[,.;]|$| and\b))?"
_ADOPTED = r"(?:its adoption|(?:this|the) (?:Regulation|Directive|Decision) is adopted)"
_ANCHOR = (
    r"(?P<after>the (?:day|date) (?:immediately )?(?:after|following) )?"
    r"(?:(?:the|that) (?:day|date)(?: on which| when| that| of)? |that on which |the day )?"
    rf"(?:(?P<assent>{_ASSENT})|(?P<made>{_MADE})|(?P<adopted>{_ADOPTED})|(?P<laid>{_LAID}))"
)
_NUMBER = r"\d{1,3}|[a-z]+(?:[ -][a-z]+)?"
_ON_ANCHOR = re.compile(rf"\s*(?:on|upon|at the beginning of|at|when) {_ANCHOR}", re.IGNORECASE)
_NTH = re.compile(
    rf"\s*(?:on the (?P<nth>\d+(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?) day|(?P<number>{_NUMBER}) (?P<unit>days?|weeks?))"
    rf" after {_ANCHOR}",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\s*(?:at|on|upon) the (?:end|expiry|expiration) of (?:(?:the|a) period of )?"
    rf"(?P<number>{_NUMBER}) (?P<unit>days?|weeks?|months?),? beginning (?:(?:with|on) )?"
    rf"(?:when (?=this Act))?{_ANCHOR}",
    re.IGNORECASE,
)
_ON_DAY = re.compile(
    rf"\s*(?:{_TIME})?(?:(?:on|from|as from|with effect from|at the beginning of) )?(?:the )?{DAY.pattern}"
    rf"(?: (?P<later>at {_CLOCK}))?",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"\s*(?:on|from) the (?P<nth>\d+(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?) day of (?P<month>[A-Z][a-z]+),? "
    r"(?P<year>\d{4}|(?:one thousand )?(?:seven|eight|nine|seventeen|eighteen|nineteen) hundred"
    r"(?: and [a-z]+(?:-[a-z]+)?)?)",
    re.IGNORECASE,
)
_EXIT = re.compile(
    r"\s*(?P<how>on|immediately (?:before|after)) (?P<day>exit day|IP completion day|implementation period completion"
    r" day)\b",
    re.IGNORECASE,
)
_APPOINTED = re.compile(
    r"\s*(?:on|in accordance with) (?:(?:such|a|the)? ?(?:days?|date|provision)(?: or days| or dates)? [^;]{0,80}?"
    r"\b(?:appoint|appointed|specified|specify)\b|(?:such (?:days?|date)|provision) .{0,80}?\bmade\b)",
    re.IGNORECASE,
)


def begun(text: str, origin: Origin) -> StatedDay | None:
    """Return the day that a text begins with, None where it is not sure.

    >>> made = Origin(made="2019-01-31")
    >>> [begun(text, made) and begun(text, made).date for text in ("on the day after the day on which they are made",
    ...  "on the 21st day after the day on which it is made", "at noon on 4th May 2019", "when the Minister decides")]
    ['2019-02-01', '2019-02-21', '2019-05-04', None]
    >>> begun("on exit day", made).words
    'on IP completion day, as which exit day is to be read: 2020 c. 1, Sch. 5 para. 1'
    """
    if period := _PERIOD.match(text):
        return _after(period, origin, text)
    if (nth := _NTH.match(text)) and (day := _after(nth, origin, text)):
        return day
    if anchor := _ON_ANCHOR.match(text):
        first = _anchored(anchor, origin)
        return StatedDay(date=first.isoformat(), behind=text[anchor.end() :]) if first else None
    if exit_day := _EXIT.match(text):
        return _of_exit(exit_day, origin, text)
    if stated := _ON_DAY.match(text):
        time = (stated["time"] or stated["later"] or "").strip()
        return StatedDay(date=iso(stated), words=time, behind=text[stated.end() :]) if iso(stated) else None
    if written := _IN_WORDS.match(text):
        on = _written(written)
        return StatedDay(date=on, behind=text[written.end() :]) if on else None
    if appointed := _APPOINTED.match(text):
        behind = text[appointed.end() :]
        return StatedDay(
            date="", behind=behind if "—" in behind else behind[behind.find(";") :] if ";" in behind else ""
        )
    return None


def _anchored(match: re.Match[str], origin: Origin) -> date | None:
    """Return the day of Royal Assent, making, adoption or laying that is meant, or the day after it."""
    known = next(getattr(origin, name) for name in ("assent", "made", "adopted", "laid") if match[name])
    return date.fromisoformat(known) + timedelta(days=1 if match["after"] else 0) if known else None


def _after(match: re.Match[str], origin: Origin, text: str) -> StatedDay | None:
    """Return the day so many days after another, or the first day after a period that begins with that.

    A period of months ends before the day of the same number; where a month lacks that number, nothing is sure.
    """
    groups = match.groupdict()
    first, unit = _anchored(match, origin), (groups["unit"] or "day").lower().rstrip("s")
    count = number(groups.get("nth") or groups["number"])
    if first is None or not 0 < count < 400:
        return None
    if unit != "month":
        day = first + timedelta(days=count * (7 if unit == "week" else 1))
    else:
        months = first.month - 1 + count
        year, month = first.year + months // 12, months % 12 + 1
        if first.day > monthrange(year, month)[1]:
            return None
        day = first.replace(year=year, month=month)
    return StatedDay(date=day.isoformat(), behind=text[match.end() :])


def _of_exit(match: re.Match[str], origin: Origin, text: str) -> StatedDay | None:
    """Return the day of the United Kingdom's exit, or that of the end of the implementation period.

    What an instrument made before exit day says of exit day is to be read as said of the other.
    """
    is_exit, behind = match["day"].lower() == "exit day", text[match.end() :]
    if not is_exit or (not origin.assent and origin.made and origin.made < EXIT_DAY):
        words = _READ_AS_COMPLETION if is_exit else f"{match['how']} IP completion day"
        words = words.replace("on IP", f"{match['how']} IP", 1)
        return StatedDay(date=IP_COMPLETION_DAY, words=words, behind=behind)
    if not origin.assent and not origin.made:
        return None
    return StatedDay(date=EXIT_DAY, words=f"{match['how']} exit day", behind=behind)


def reckoned(qualification: str) -> Reckoned | None:
    """Return of the words that :func:`begun` gives for a day without a date what the law itself says, and by what law.

    >>> words = begun("on exit day", Origin(made="2019-01-31")).words
    >>> reckoned(words).words, reckoned(words).authority
    ('on exit day', 'the European Union (Withdrawal Agreement) Act 2020, schedule 5 paragraph 1')
    """
    match = _RECKONED.match(qualification)
    if match is None:
        return None
    words = match["words"].replace("IP completion", "exit") if match["read"] else match["words"]
    authority, since = _FIXED["read" if match["read"] else match["day"]]
    return Reckoned(words=words, authority=authority, since=since)


def _written(match: re.Match[str]) -> str:
    month, year = match["month"].lower(), match["year"].lower()
    if month not in MONTHS:
        return ""
    try:
        return date(_year(year), MONTHS.index(month) + 1, number(match["nth"])).isoformat()
    except ValueError:
        return ""


def _year(text: str) -> int:
    if text.isdigit():
        return int(text)
    hundreds, _, rest = text.partition(" hundred")
    whole = (
        1000 + 100 * number(hundreds.removeprefix("one thousand "))
        if "thousand" in hundreds
        else 100 * number(hundreds)
    )
    return whole + (number(rest.removeprefix(" and ")) if rest else 0)


def number(text: str) -> int:
    """Return a number or its place in a row, in figures or in words; 0 where it is none.

    >>> [number(text) for text in ("21", "21st", "twenty-one", "twenty first", "third", "sixth", "ninth", "many")]
    [21, 21, 21, 21, 3, 6, 9, 0]
    """
    bare = text.lower().replace("-", " ")
    if digits := re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", bare):
        return int(digits[1])
    total = 0
    for word in bare.split():
        plain = word.removesuffix("th").removesuffix("ie") if word not in _IRREGULAR else word
        value = _IRREGULAR.get(word) or (_UNITS.index(plain) if plain in _UNITS else 0)
        value = value or next((10 * place for place, ten in enumerate(_TENS) if ten and plain in (ten, ten[:-1])), 0)
        if not value:
            return 0
        total += value
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """An ISO day, and what provides for it: the id of an Act, and its name and section as cited."""

    date: str
    instrument: str
    authority: str


_ONE_DAY = timedelta(days=1)
_REGULATION = re.compile(r"celex:3\d{4}R\d{4}")


def default_day(document: str, origin: Origin) -> Default | None:
    """Return the day of a law, or of a provision of one, for the coming into force of which no provision is made.

    None where no rule says so: for instruments, but for statutory rules of Northern Ireland; for Acts of the Scottish
    Parliament before 4 June 2010 and of the Senedd before 2020; for Acts before 8 April 1793; for Measures; for acts of
    the EU but regulations, as others may take effect when those are notified to whom they are addressed.

    >>> default_day("ukpga/2020/14", Origin(assent="2020-07-22")).authority
    'Interpretation Act 1978, s. 4(b)'
    >>> [default_day(law, Origin(assent="2021-06-30")).date for law in ("asp/2021/9", "asc/2021/2", "nia/2021/6")]
    ['2021-07-01', '2021-07-01', '2021-06-30']
    >>> default_day("celex:32029R0001", Origin(published="2029-01-11")).date
    '2029-01-31'
    >>> made = Origin(made="2021-06-30")
    >>> default_day("uksi/2021/9", made), default_day("nisr/2021/9", made).date
    (None, '2021-06-30')
    """
    if _REGULATION.match(document) and origin.published:
        day = (date.fromisoformat(origin.published) + timedelta(days=20)).isoformat()
        treaty = "Treaty on the Functioning of the European Union, Article 297, as the Treaties before it"
        return Default(date=day, instrument="", authority=treaty)
    series, assent = document.partition("/")[0], origin.assent
    if series in ("ukpga", "ukla") and assent >= "1979-01-01":
        return Default(date=assent, instrument="ukpga/1978/30", authority="Interpretation Act 1978, s. 4(b)")
    if series in ("ukpga", "ukla", "ukppa") and assent > "1793-04-08":
        act = "Acts of Parliament (Commencement) Act 1793"
        return Default(date=assent, instrument="apgb/Geo3/33/13", authority=act)
    if series == "asp" and assent >= "2010-06-04":
        act = "Interpretation and Legislative Reform (Scotland) Act 2010, s. 2"
        return Default(date=_next(assent), instrument="asp/2010/10", authority=act)
    if series in ("anaw", "asc") and assent >= "2020-01-01":
        return Default(date=_next(assent), instrument="anaw/2019/4", authority="Legislation (Wales) Act 2019, s. 30")
    begun = assent if series in ("nia", "apni") else origin.made if series == "nisr" else ""
    if begun >= "1954-12-21":
        act = "Interpretation Act (Northern Ireland) 1954, s. 14(1)"
        return Default(date=begun, instrument="apni/1954/33", authority=act)
    return None


def _next(day: str) -> str:
    return (date.fromisoformat(day) + _ONE_DAY).isoformat()
