"""The day on which a law comes into force of which nothing says when: what the law on Acts and instruments provides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.law.days import Origin


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
