"""Forms that are filled in, as an example: their words are those of somebody's case, and are never shown.

Nobody can see whether the case is invented. So what calls itself an example of a form is not read, and neither is a
form that states a day of birth with other details of a person; a form that waits to be filled in is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.model import Section

_EXAMPLE = r"(?:example|completed|filled[- ](?:in|out)|worked|mock|dummy|pre-?filled)"
"""What is called a sample is a form that waits to be filled in, as often as not."""
_FORM = r"(?:form|questionnaire|referral(?! (?:pathways?|process|guid|rout)))(?!s)"
_BLANK = re.compile(r"\b(?:blank|template|how to|guidance|guide|notes? (?:on|for))\b", re.I)
_NAMED = re.compile(rf"\b{_EXAMPLE}s?\b[^.;:|]{{0,40}}\b{_FORM}|\b{_FORM}\b[^.;:|]{{0,20}}\b{_EXAMPLE}", re.I)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\s?[./ -]\s?(?:\d{1,2}|[a-z]{3,9})\s?[./ -]\s?(?:19|20)?\d\d\b"
_BORN = re.compile(rf"\b(?:date of birth|d\.?o\.?b\.?|geburtsdatum|date de naissance)\b[^\d\n]{{0,30}}{_DAY}", re.I)
_DETAIL = re.compile(
    r"^[^\w\n]*(?:(?:full|first|last|family|given|sur|fore|middle)[ -]?names?|"
    r"name(?: of (?:the )?(?:person|child|adult|(?:potential )?victim|client|young person))?|"
    r"nationality|country of birth|gender|sex|ethnicity|"
    r"(?:home |current |last known )?address|(?:mobile|telephone|phone)(?: number| no\.?)?|first language|"
    r"(?:home office|ho|nhs|passport|police|case) (?:ref\w*|number|no\.?))\W{1,4}(?=[A-Z0-9])",
    re.I | re.M,
)
_FORM_WORDS = 8000
"""Most words of a form: a longer text may have one in it, and is read."""
_MIN_DETAILS = 2


def reason(names: Iterable[str], sections: Sequence[Section]) -> str:
    r"""Return why a file is not read, by its names (title, name of the file) and its text; empty where it is.

    >>> reason(["Example adult form - best practice"], ()), reason(["Referral form (example).doc"], ())
    ('an example of a form, which may be filled in', 'an example of a form, which may be filled in')
    >>> [reason([name], ()) for name in ("Examples of referrals in 2019", "Referral form", "Example form, blank")]
    ['', '', '']
    >>> person = "Name | Ann Sample\nDate of birth | 1 May 1990\nNationality | French"
    >>> reason([], [Section(path="a", text=person)]), reason([], [Section(path="a", text="Date of birth | DD/MM/YYYY")])
    ('a form with the details of a person in it', '')
    """
    if any(map(_is_example, names)):
        return "an example of a form, which may be filled in"
    return "a form with the details of a person in it" if _is_filled([each.text for each in sections]) else ""


def _is_example(name: str) -> bool:
    spoken = name.replace("_", " ").replace("+", " ")
    return _NAMED.search(spoken) is not None and _BLANK.search(spoken) is None


def _is_filled(texts: Sequence[str]) -> bool:
    if not any(map(_BORN.search, texts)) or sum(text.count(" ") for text in texts) > _FORM_WORDS:
        return False
    return sum(len(_DETAIL.findall(text)) for text in texts) >= _MIN_DETAILS
