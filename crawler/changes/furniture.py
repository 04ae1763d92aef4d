"""What stands around a text and changes without it: a page's own date, labels of a page, names of fields."""

from __future__ import annotations

import re

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+|day\s+of\s+)?{MONTH}\b(?:,?\s+\d{{4}}\b)?"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b|{MONTH}\s+\d{{4}}\b"
    r"|\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|\d{1,2}[/.]\d{1,2}[/.]\d{4}\b|\d{1,2}/\d{1,2}/\d{2}\b)"
)
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}\s?(?:am|pm)?)?"
_ABROAD = r"\d{1,2}(?:er|\.|\u00ba)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?\s+(?:de\s+)?\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
"""A date of one of the other languages: its months are not looked up."""

STAMP = re.compile(
    r"\b(?:(?:(?:[Pp]age|[Cc]ontent|[Dd]ocument|[Gg]uidance)\s+)?[Ll]ast\s+(?:updated?|reviewed|modified|changed|checked)"
    r"|(?:[Dd]ate\s+)?[Ll]ast\s+(?:update|review|modified)|(?:Page|Content)\s+(?:updated|reviewed)"
    r"|Next\s+review(?:\s+(?:due|date))?|Review\s+date|(?:Last|First)\s+published|Updated|Published|Reviewed"
    r"|Modified|LAST UPDATED|UPDATED|PUBLISHED|Publication date|Date (?:published|updated|modified|of publication)"
    r"|Date of (?:last )?(?:update|review))"
    rf"(?:\s+on)?\s*:?\s*(?:{DAY},?\s+)?{DATE}{_TIME}"
    r"|\b(?:Diweddarwyd(?:\s+ddiwethaf)?|Cyhoeddwyd(?:\s+gyntaf)?|(?:Derni\u00e8re\s+)?[Mm]ise?\s+\u00e0\s+jour|Publi\u00e9e?"
    r"|Zuletzt\s+(?:aktualisiert|ge\u00e4ndert)|(?:Letzte\s+)?Aktualisier(?:ung|t)|Ver\u00f6ffentlicht|Stand"
    r"|Laatst\s+(?:bijgewerkt|gewijzigd)|Gepubliceerd|(?:\u00daltima\s+)?[Aa]ctualizaci\u00f3n|Actualizado|Publicado)"
    rf"\s*(?:(?:le|ar|am|op|el)\s+)?:?\s*(?:{_ABROAD})"
)
"""A page's own date. "published on 3 May" inside a sentence is none: a small "published" may be part of a duty."""

FURNITURE = re.compile(
    r"\b(?:Skip to (?:main )?(?:content|navigation)|Back to (?:top|contents|previous page)|Print(?: this)? page"
    r"|Print or save to PDF|Share this page|Share on (?:Facebook|Twitter|X|LinkedIn|Bluesky|WhatsApp)"
    r"|(?:Is|Was) this page (?:useful|helpful)\?(?:\s+Yes\s+No\b)?|Thank you for your feedback|On this page"
    r"|(?:Get emails|Sign up for emails|Get email alerts) about this page|Help us improve GOV\.UK"
    r"|(?:Report a problem with|There is something wrong with|Is there anything wrong with) this page\??"
    r"|(?:Accept|Reject) (?:all |additional )?cookies|Cookie settings|View cookies"
    r"|(?:Translate|Listen to|Download) this page"
    r"|View a printable version of the whole guide|(?:Table of )?[Cc]ontents(?=\s*$)|Contents"
    r"|Page \d{1,4} of \d{1,4}|\d{1,3} min(?:ute)?s? read|Reading time: \d{1,3} min(?:ute)?s?)(?!\w)"
    r"|(?:\u00a9|\bCopyright\s+\u00a9)\s*(?:Crown copyright,?\s*)?\d{4}(?:\s?[-\u2013]\s?\d{4})?"
    r"|(?:\u00a9\s*)?\bCrown copyright,? \d{4}(?:\s?[-\u2013]\s?\d{4})?"
)
"""Labels around a text that a page changes without changing what it says."""

_FIELDS = tuple(
    (re.compile(rf"(?<![\w-])(?:{names})\s*(?=:)", re.IGNORECASE), name)
    for names, name in (
        (r"e-?mail(?:s|\s+address(?:es)?|\s+us)?|by\s+e-?mail", "email"),
        (r"(?:tel\.?|telephone|phone)(?:\s+(?:no\.?|number|us))?|by\s+(?:tele)?phone", "telephone"),
        (r"web(?:site|page)?(?:\s+address)?|url", "web"),
        (r"(?:postal\s+|our\s+)?address|by\s+post|post(?:al)?", "address"),
        (r"ref(?:erence)?\.?(?:\s+(?:no\.?|number))?", "reference"),
    )
)
"""Names of fields that mean the same: Tel and Telephone number."""


def bare(text: str) -> str:
    """Give a text without the page's own date and the labels around it, and with one name for each field.

    >>> bare("Updated 3 May 2024 Tel: 101").split(), bare("Telephone number: 101").split()
    (['telephone:', '101'], ['telephone:', '101'])
    """
    found = FURNITURE.sub(" ", STAMP.sub(" ", text))
    if ":" in found:
        for names, name in _FIELDS:
            found = names.sub(name, found)
    return found
