"""Words that say how far a sentence binds: what a passage must or may do, when, how much, from which threshold on.

English patterns. Each mark has a flag and a value in one way of writing, so that *at least forty-five (45) days* and
*a minimum of 45 days* are the same.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawler.changes.boilerplate import DATE, MONTH
from crawler.changes.number_words import ONES, WORDS, in_figures


class Mark(NamedTuple):
    """Words that bind: what they are, the words as written, and their value in one way of writing.

    ``bounds``: it is a figure behind *at least*, *more than*, *up to* or the like.
    """

    group: str
    words: str
    value: str
    bounds: bool = False

    @property
    def flag(self) -> str:
        """Return the flag that readers see."""
        return _FLAG_OF.get(self.group, self.group)


_FLAG_OF = {"qualifier": "modal", "standard": "threshold", "quantifier": "threshold"}


_COUNTED = rf"(?:one|{WORDS})(?:[- ](?:{ONES}|hundred|thousand|million))?"
_N = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{_COUNTED})(?:\s*\([\w-]{{1,20}}\))?"
_UNIT = r"(?:second|minute|hour|night|day|week|fortnight|month|quarter|year)s?"
_RATHER = r"(?:(?:full|whole|working|calendar|clear|business|consecutive|school|court|sitting)[\s-]+)?"
_SUM = r"\d+(?:[ ,.]\d{3})*(?:[.,]\d{1,2}(?!\d))?(?:\s?(?:thousand|million|billion|bn|m|k)\b)?"
_BE = r"(?:(?:is|are|be|been|being|was|were)\s+)?(?:(?:not|only)\s+)?"
_DEEMED = r"(?:construed|interpreted|read|regarded|taken|treated|understood)\b"
_PRACTICABLE = r"(?:possible|practicable|appropriate|feasible|necessary|reasonable|relevant)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("date", rf"(?<![\w.])(?!\d+\s(?-i:may)\b(?!\s\d)){DATE}"
             r"|\b(?:in|by|since|until|from|before|after|during)\s+(?:19|20)\d\d\b"
             rf"|\b(?-i:(?!May\b){MONTH})\b"),
    ("sum", rf"[\u00a3\u20ac$]\s?{_SUM}|\b(?:EUR|GBP)\s?{_SUM}|(?<![\w.]){_SUM}\s?(?:%|per\s?cent\b|pounds?\b"
            rf"|pence\b|euros?\b)"
            rf"|\b{_N}\s+(?:per\s?cent|pounds?|pence|euros?)\b|\blevel\s+\d\s+on\s+the\s+standard\s+scale\b"
            r"|\bfree of charge\b|\bwithout charge\b|\bunlimited fine\b"),
    ("period", rf"\b(?:once|twice|{_N}\s+times)\s+(?:an?|per|every|each)\s+{_UNIT}\b"
               rf"|\b(?:every|each|per)\s+(?:(?:other|second|third)\s+|{_N}\s+)?{_RATHER}{_UNIT}\b"
               rf"|(?<![\w.]){_N}[\s-]+{_RATHER}{_UNIT}\b(?!\s+(?:old|of\s+age)\b)"
               rf"|(?:(?<=within )|(?<=after )|(?<=for ))an?\s+{_RATHER}{_UNIT}\b"
               rf"|\b(?:same|next|following)\s+{_RATHER}day\b"
               r"|\b(?:annual|year|month|week|fortnight|quarter|hour)ly\b|\bannually\b|\bdaily\b"
               r"|\bannual\b(?! (?:report|account|return|statement|meeting|conference)s?\b)"
               r"|\bbiennial(?:ly)?\b"
               r"|\b(?:immediately(?! (?:before|after|preceding|following)\b)"
               r"|at once|forthwith|promptly|straight ?away|without (?:(?:undue"
               r"|unreasonable) )?delay)\b"
               rf"|\bas soon as (?:is )?(?:reasonably )?{_PRACTICABLE}\b"
               r"|(?<![\w.:])\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\b|(?<![\w.:])\d{1,2}:\d{2}\b(?!:)"
               r"|\b(?:noon|midday|midnight)\b"),
    ("threshold", r"\b(?:at (?:least|most|the latest)|(?:not|no) (?:less|fewer|more|later|earlier|longer) than"
                  r"|(?:more|less|fewer|later|greater) than|not exceeding|exceeding|up to|(?:a )?(?:minimum"
                  r"|maximum)(?: of)?"
                  r"|(?:or|and) (?:more|older|younger|less|fewer)\b|(?:(?<=\d )|(?<=age )|(?<=years )|(?<=days ))"
                  r"(?:or|and) (?:over|above|under|below)\b|(?:over|under|above"
                  r"|below)(?= (?:the age of )?\d)"
                  r"|(?:all|any|each|one|both|either|none|one or more|two or more) of (?:the following|(?:them|these"
                  r"|those)(?! \w)))\b"),
    ("standard", r"\bsuspects?(?: but cannot prove)?\b"
                  r"|\b(?:reasonable|conclusive|sufficient|substantial"
                  r"|positive) grounds?(?:,[^,.;]{1,60},)?(?: (?:to|for) (?:believ|suspect|think)\w*)?"
                  r"|\breasons? to (?:believe|suspect|think)\b|\b(?:on (?:the|a) )?balance of probabilit(?:y|ies)\b"
                  r"|\bbeyond (?:all |any |a )?reasonable doubt\b|\bmore likely than not\b|\bprima facie\b"
                  r"|\bobjective factors\b"
                  r"|\b(?:is|are|be) (?:satisfied|sure|certain)\b(?=,? (?:that|on|as to|of|beyond)\b)"
                  r"|\b(?:real|immediate|serious|significant"
                  r"|substantial)(?: and \w+)? (?:risk|harm|possibility|chance)\b"
                  r"|\b(?:highly |very )?(?:un)?likely to\b|\bcredible\b"),
    ("modal", rf"\b(?:do|does|did)\s+not\s+(?:have|need)\s+to\b|\bneed\s+not\b|\b(?:ha(?:s|ve|d)|needs?"
              rf"|ought)\s+(?:not\s+)?to\b"
              rf"|\b{_BE}(?:required|obliged|expected|entitled|encouraged|advised|recommended|permitted|allowed"
              rf"|forbidden|prohibited"
              r"|authorised|authorized|invited|bound|supposed|able|unable)\s+to\b|\b(?:is|are)\s+(?:not\s+)?to\s+be\b"
              rf"(?!\s+{_DEEMED})"
              r"|\bcannot\b|(?:(?-i:(?<!\bin which )\bmay|(?<![a-z\d] )\bMay(?!\s*\d))"
              r"|\b(?:must|shall|should|can|could|might|will|would))(?:\s+(?:not|never))?\b"
              rf"|\b{_BE}(?:mandatory|compulsory|optional|voluntary|discretionary|obligatory|advisable)\b"
              r"|(?<!\bthat )(?<!\bwhich )(?<!\bwho )(?<!\bas )\b(?:is|are|be)\s+(?:not\s+)?(?:required|recommended"
              r"|prohibited|forbidden|permitted|allowed)\b(?! (?:or|by|under)\b)"),
    ("qualifier", rf"\b(?:so|as)\s+far\s+as\s+(?:is\s+)?(?:reasonably\s+)?{_PRACTICABLE}\b"
              rf"|\b(?:where(?:ver)?|if|when)\s+(?:it\s+is\s+)?(?:reasonably\s+)?{_PRACTICABLE}\b"
              r"|\b(?:normally|usually|generally(?! or)|ordinarily|typically|ideally|preferably|exceptionally"
              r"|as a (?:general )?rule|in principle"
              r"|in general|in (?:all|every|most|some) cases?|in exceptional (?:cases|circumstances)|always"
              r"|automatically|only(?! certain)|(?<!based )(?:solely|exclusively))\b"
              r"|\b(?:endeavours?|seeks?|try|tries|aims?)\s+to\b|\b(?:best|every|all\s+reasonable"
              r"|reasonable)\s+(?:efforts?|endeavours|steps)\b"
              r"|\bat\s+(?:its|their|his|her|the)\s+(?:\w+\s+)?discretion\b"),
    ("negation", r"\b(?:even if|unless|except(?: for| where| if| when| that)?|without|notwithstanding"
                 r"|regardless of|irrespective of"
                 r"|provided that|(?<!made )subject to(?! the \w+(?: resolution)? procedure)"
                 r"|other than|excluding|nor?(?!\.?\s*\d)|(?<!whether or )not|never"
                 r"|neither|none)\b"),
    ("quantifier", r"\b(?:all|every|each|some|most|both|either|any)\b"),
    ("number", rf"\b(?:half|(?:one|two|three)[- ](?:third|quarter)s?|once|twice|double|{_N}\s+times)\b"
               rf"|(?<![\w.,/-]){_N}(?![\w/-]|[.,]\d)"),
)  # fmt: skip
_MARK = re.compile("|".join(f"(?P<{flag}>{pattern})" for flag, pattern in _PATTERNS), re.IGNORECASE)

_TIME = r"\b(\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\b)?)"
AND, OR = "\ue000", "\ue001"
"""Characters for private use that join the ends of hours: these are no members of a list."""
_is_clock = re.compile(r"[:.]|\d\s?[ap]\.?m", re.IGNORECASE).search
_NIGHT = re.compile(r"\b(?:day|night) (?:and|or) (?:day|night)\b", re.IGNORECASE)
_HOURS = re.compile(rf"{_TIME}\s?(?:to|and|until|till|[-\u2013])\s?{_TIME}", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?: ?([ap])\.?m)?")
_TELEPHONE = re.compile(r"(?:\+\d{1,3}|\b0)[\d\s()-]{7,16}\d")
_BOUND = re.compile(
    r"\b(?:at (?:least|most)|up to|than|over|under|above|below|exceed(?:s|ing)?|reach(?:es)?|(?:minimum"
    r"|maximum)(?: of)?|aged?)\s*$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s*(?:Act|Regulations?|Order|Rules|Directive|Measure)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_REFERENCE = re.compile(
    r"(?:\b(?:section|subsection|paragraph|para|chapter|annex|page|figure|table|footnote|note|article|art"
    r"|regulation|rule"
    r"|schedule|part|version|step|appendix|question|box|form|volume|point|column|recital|no|act|order|directive"
    r"|number|p|s)"
    r"s?\.?\s*(?:(?=\(?[\w.()]{1,9}\)?(?![\w.()]))[\w.()]++(?:\s*(?:,|-|\u2013|and|or|to)\s*)){0,40}|[\[(/])$",
    re.IGNORECASE,
)
"""What stands before a number that is a reference and no quantity."""

_ALIKE = (
    (re.compile(r"\b(?:an|a|one)\b(?= )"), "1"),
    (re.compile(r"^(?:1 time|once) (?:1|an?|per|every|each) |^(?:every|each|per) (?:1 )?(?!\d)"), "every "),
    (re.compile(r"^(as (?:soon|far) as) is "), r"\1 "),
    (re.compile(r"^(?:each|every)$"), "all"),
    (re.compile(r"^(?:annual(?:ly)?|yearly|every 12 months?)$"), "every year"),
    (re.compile(r"^(month|week|fortnight|quarter|hour)ly$"), r"every \1"),
    (re.compile(r"^daily$"), "every day"),
    (re.compile(r"^twice (?:1|an?|per|every|each) |^2 times (?:1|an?|per|every|each) "), "twice every "),
    (re.compile(r"^(?:at once|forthwith|straight ?away|immediately)$"), "immediately"),
    (re.compile(r"^(?:(?:not|no) (?:less|fewer) than|(?:1 )?minimum(?: of)?|at least)$"), "at least"),
    (re.compile(r"^(?:(?:not|no) (?:more|longer|greater) than|(?:1 )?maximum(?: of)?|at most|up to"
                r"|not exceeding)$"), "at most"),
    (re.compile(r"^(?:not|no) later than$|^at the latest$"), "no later than"),
    (re.compile(r"^(?:more|greater) than$|^exceeding$|^over$|^above$"), "more than"),
    (re.compile(r"^(?:less|fewer) than$|^under$|^below$"), "less than"),
    (re.compile(r"^(?:or|and) (?:over|above|more|older)$"), "or more"),
    (re.compile(r"^(?:or|and) (?:under|below|younger|less|fewer)$"), "or less"),
    (re.compile(r"^(?:is|are|be|been|being|was|were) "), ""),
    (re.compile(r"^(?:has|have|had|needs?) "), "have "),
    (re.compile(r"^does |^did "), "do "),
    (re.compile(r"^cannot$|^unable to$"), "can not"),
    (re.compile(r"^able to$"), "can"),
    (re.compile(r"authorized"), "authorised"),
    (re.compile(r"^(?:usually|generally|ordinarily|typically|in general|as a (?:general )?rule)$"), "normally"),
    (re.compile(r"^(?:wherever|if|when|as far as|so far as)(?: it)?(?: is)? "), "where "),
    (re.compile(r"^(?:seeks|tries|aims|endeavours)(?= )"), "seek"),
    (re.compile(r"^(?:try|aim|endeavour)(?= to)"), "seek"),
    (re.compile(r"^(?:except)(?: for| where| if| when| that)$"), "except"),
)  # fmt: skip
MAX_REFERENCE = 200
"""Most characters of a list of references before a number in it."""
_SHORT = {"ca": "can", "wo": "will", "sha": "shall"}


def expanded(text: str) -> str:
    """Return a text with *don't*, *can't* and *he or she* written in one way."""
    whole = re.sub(r"\b(\w+?)n['\u2019]t\b", lambda found: f"{_SHORT.get(found[1].casefold(), found[1])} not", text)
    whole = re.sub(r"\b(?:he or she|she or he|he/she|s/he|she/he)\b", "they", whole, flags=re.IGNORECASE)
    whole = re.sub(r"\b(?:his or her|her or his|his/her)\b", "their", whole, flags=re.IGNORECASE)
    return re.sub(r"\b(?:him or her|her or him|him/her)\b", "them", whole, flags=re.IGNORECASE)


def marks(sentence: str) -> Iterator[Mark]:
    """Yield the words of a sentence that bind, in order; numbers of references are none.

    >>> [(mark.group, mark.value) for mark in marks("You must apply within forty-five (45) days under section 3.")]
    [('modal', 'must'), ('period', '45 day')]
    """
    text = _TELEPHONE.sub("", sentence)
    for found in _MARK.finditer(text):
        group, words = str(found.lastgroup), found.group()
        if group == "number" and _is_reference(text, found):
            continue
        bounds = group in ("number", "sum", "period") and bool(
            _BOUND.search(text, max(0, found.start() - 20), found.start())
        )
        yield Mark(group=group, words=words, value=_value(group, words), bounds=bounds)


def _is_reference(text: str, found: re.Match[str]) -> bool:
    return bool(
        _YEAR.fullmatch(found.group())
        or _NAMED.match(text, found.end())
        or _REFERENCE.search(text, max(0, found.start() - MAX_REFERENCE), found.start())
    )


def _value(group: str, words: str) -> str:
    value = " ".join(in_figures(words.casefold()).split())
    if group == "sum":
        value = re.sub(r"(?<=\d)[ ,](?=\d{3})|(?<=[\u00a3\u20ac$])\s|\.00?(?!\d)|\s(?=%|per)", "", value)
        value = re.sub(r"per\s?cent", "%", value)
        value = re.sub(r"^(?:eur\s?|\u20ac)(.*)$|^(.*?)\s?euros?$", r"\1\2 euro", value)
        return re.sub(r"^(?:gbp\s?|\u00a3)(.*)$|^(.*?)\s?pounds?$", r"\1\2 pound", value)
    if group == "date":
        return re.sub(r"(?<=\d)\s?(?:st|nd|rd|th)\b|,|\bof\b|\bday of\b", "", value).replace("  ", " ")
    if group == "period" and (clock := _CLOCK.fullmatch(value)):
        return f"{int(clock[1]) % 12 + 12 * (clock[3] == 'p') if clock[3] else int(clock[1])}:{clock[2] or '00'}"
    if group in ("number", "period"):
        value = re.sub(r",(?=\d{3})", "", value.replace("-", " "))
        value = re.sub(r"(second|minute|hour|night|day|week|fortnight|month|quarter|year)s\b", r"\1", value)
    for pattern, written in _ALIKE:
        value = pattern.sub(written, value)
    return value


def with_hours_bound(text: str) -> str:
    """Return a text in which *and* and *or* between times of a day, or day and night, are ``AND`` and ``OR`` of ours.

    >>> with_hours_bound("Call between 9am and 5pm, day or night.").replace(AND, "+").replace(OR, "/")
    'Call between 9am + 5pm, day / night.'
    """
    bound = _HOURS.sub(lambda match: match[0].replace(" and ", f" {AND} ") if _is_clock(match[0]) else match[0], text)
    return _NIGHT.sub(lambda match: match[0].replace(" and ", f" {AND} ").replace(" or ", f" {OR} "), bound)


def hours(text: str) -> set[str]:
    """Return the ends of the hours of a day that a text names: "between 9am and 5pm".

    >>> sorted(hours("Call between 9am and 5pm, or 10:00 \u2013 12:30; reply by 6pm."))
    ['10:00', '12:30', '5pm', '9am']
    """
    return {end for match in _HOURS.finditer(text) for end in match.groups()}
