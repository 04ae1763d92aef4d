"""Which other laws a law revokes or repeals as a whole, in the words of its provisions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.identifiers import citations
from crawler.text import sentences

_OWN = ("introduction", "note", "footnotes", "recital", "preamble", "annex")
"""First steps of the paths of what enacts nothing."""
_ENDS = re.compile(
    r"\s(?:is|are|be|shall be|shall stand) (?:hereby )?(?P<verb>revoked|repealed)\b(?P<tail>[^.;:\u2014]*)"
)
_START = re.compile(r"(?:^|[.;:\u2014\n]\s*)(?:\(\w{1,4}\) )?(?=[A-Z(])|\((?:\d{1,3}[A-Z]?|[a-z]{1,4})\) (?=[A-Z])")
_PUT_IN = re.compile(r"\b(?:inserte?d?|substitute[ds]?|added)\b")
"""Before words that stand in another law from then on."""
_SAVED = re.compile(
    r"\b(?:Provided that|continues? to (?:apply|have effect)|notwithstanding|savings?)\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"\A[Tt]he ")
_KIND = r"(?:Act|Measure|Order|Regulations|Rules|Scheme|Directive|Decision|Regulation)"
_SHORT = re.compile(rf"The (?:\d{{4}} (?:[A-Z]\w+ ){{0,3}}|[Pp]rincipal ){_KIND}\b")
_LISTED = re.compile(
    r"The (?:Acts?|enactments|instruments|statutory provisions|legislation|Orders|Regulations|Rules)"
    r" (?:mentioned|specified|listed|set out|named)\b.*\bSchedule"
    r"|(?:Commission|Council) .{0,30}(?:Decision|Regulation)",
    re.DOTALL,
)
_SCHEDULE = re.compile(r"\bSchedule (?P<number>\d+\w*)|\b(?P<ordinal>[A-Z][a-z]+) Schedule\b|\bthe Schedule\b")
_TITLE = re.compile(
    r"(?:The )?(?P<title>[A-Z].*?\b(?:Act|Measure|Order|Regulations|Rules|Scheme)\b(?: \([^()]*\))*?,? [12]\d{3})\b"
)
_HEADED = re.compile(r"\b(?:repeal|revo(?=ked|cation))", re.IGNORECASE)
_WHOLE = re.compile(r"(?:The )?whole(?: of the)? \w+\.?", re.IGNORECASE)
MAX_NAMED = 45
"""Most words in which laws that are revoked are named."""
MAX_SAVING = 400
"""Characters behind a revocation in which it is limited."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """Laws that a provision revokes or repeals, in its words.

    ``limits`` are those behind the verb. ``is_definite``: an article stands before the first. Where a schedule lists
    them, that is its path, and ``listed`` their titles, each with whether it is the whole of it.
    """

    verb: Literal["revoked", "repealed"]
    laws: str
    limits: str
    is_definite: bool
    is_saved: bool
    schedule: str = ""
    listed: tuple[tuple[str, bool], ...] = ()


def revoked(provisions: Sequence[tuple[str, str, str]]) -> list[Revoked]:
    """Return what a law revokes or repeals as a whole; ``provisions`` are path, heading and text of its provisions.

    A short form is written out where the law defines it. Parts of other laws are told where a schedule lists them, not
    what stands in words that are put into another law.

    >>> words = "(1) The 2028 Rules are hereby revoked. (2) The 2028 Rules shall continue to apply to fees."
    >>> defined = "In these Rules, “the 2028 Rules” means the Sample (Fees) Rules 2028;"
    >>> [(one.laws, one.is_saved) for one in revoked([("rule-3", "Revocation", words), ("rule-2", "", defined)])]
    [('Sample (Fees) Rules 2028', True)]
    >>> words = "(1) The Sample Order 1987 is revoked in relation to England. (2) Rule 3 is revoked."
    >>> [(one.laws, one.limits) for one in revoked([("article-1", "", words)])]
    [('Sample Order 1987', ' in relation to England')]
    >>> revoked([("article-1", "", "After article 2 insert— “3. The Sample Order 1987 is revoked.”")])
    []
    """
    texts = [(heading, text) for path, heading, text in provisions if path.partition("-")[0] not in _OWN]
    defined = " ".join(text for _, text in texts if "\u201d means" in text)
    found = [each for heading, text in texts for each in _of(heading, " ".join(text.split()), defined)]
    found = [_with_list(each, provisions) if _LISTED.match(f"The {each.laws}") else each for each in found]
    return [*found, *_headed(provisions, {each.schedule for each in found})]


def _headed(provisions: Sequence[tuple[str, str, str]], told: set[str]) -> Iterator[Revoked]:
    """Yield what the schedules list that are headed as repeals or revocations, but those that are told."""
    for path, heading, _ in provisions:
        headed = None if any(f"{path}-".startswith(f"{each}-") for each in told - {""}) else _HEADED.search(heading)
        if path.startswith("schedule") and headed is not None:
            told.add(path)
            verb: Literal["revoked", "repealed"] = "repealed" if headed[0].lower() == "repeal" else "revoked"
            rows = (text for place, _, text in provisions if place == path or place.startswith(f"{path}-"))
            if listed := tuple(rows_of_repeals(" || ".join(rows)).items()):
                yield Revoked(
                    verb=verb, laws="", limits="", is_definite=False, is_saved=False, schedule=path, listed=listed
                )


def _with_list(found: Revoked, provisions: Sequence[tuple[str, str, str]]) -> Revoked:
    """Return what is revoked as a schedule lists it, with the titles of the rows of that schedule."""
    named = _SCHEDULE.search(found.laws + found.limits)
    if named is None:
        return found
    number = named["number"] or (named["ordinal"] or "").upper()
    path = f"schedule-{number}" if number else "schedule"
    rows = (text for place, _, text in provisions if place == path or place.startswith(f"{path}-"))
    return replace(found, schedule=path, listed=tuple(rows_of_repeals(" || ".join(rows)).items()))


def rows_of_repeals(text: str) -> dict[str, bool]:
    """Return the laws of a table of repeals, and whether the whole of each is repealed.

    >>> head = "Section 7 || Chapter | Short title | Extent of repeal"
    >>> rows_of_repeals(f"{head} || c. 4 | The Fees Act, 1937. | The whole Act. || c. 5 | Sample Act 1938 | Section 1.")
    {'Fees Act 1937': True, 'Sample Act 1938': False}
    """
    laws: dict[str, bool] = {}
    for row in text.split(" || "):
        *cells, extent = (cell.strip() for cell in row.split(" | "))
        titles = [title for cell in cells if (title := _TITLE.match(cell))]
        if titles and _TITLE.match(titles[0].string, titles[0].end() + 1):
            return {}  # Its rows were not kept apart.
        if titles:
            laws[re.sub(r", (?=\d{4}$)", " ", titles[0]["title"])] = _WHOLE.fullmatch(extent) is not None
    return laws


def _of(heading: str, text: str, defined: str) -> Iterator[Revoked]:
    for end in _ENDS.finditer(text):
        before = text[: end.start()]
        start = max((match.end() for match in _START.finditer(before)), default=0)
        subject = before[start:]
        if _is_of_laws(subject) and not _PUT_IN.search(before):
            short = re.escape(subject.removeprefix("The "))
            full = re.search(rf"\u201c(?:[Tt]he )?{short}\u201d means ([^;.\u201c]+)", defined)
            named = full[1].strip() if full else subject
            yield Revoked(
                verb="repealed" if end["verb"] == "repealed" else "revoked",
                laws=_ARTICLE.sub("", named).strip(" ,"),
                limits=end["tail"].rstrip(" ,"),
                is_definite=bool(_ARTICLE.match(named)),
                is_saved=bool(_SAVED.search(f"{heading} {text[end.end() :][:MAX_SAVING]}")),
            )


def _is_of_laws(subject: str) -> bool:
    """Whether words begin with the name of a law, not of its provisions, or say which laws a schedule lists."""
    if _SHORT.match(subject) or _LISTED.match(subject):
        return True
    cited = citations(subject)
    return bool(cited) and cited[0].start <= len("The ") and not cited[0].provisions and cited[0].family != "provision"


_NOTED = re.compile(r"(?:This|These|The|They|It)\b[^.]{0,60}?\brevokes?\b")


def noted_revocation(text: str) -> str:
    """Return the first sentence of an explanatory note that says which other laws an instrument revokes.

    >>> noted_revocation("The Order sets fees. It revokes and replaces the Sample Order 1987. It costs nothing.")
    'It revokes and replaces the Sample Order 1987.'
    >>> noted_revocation("The Order sets fees. They revoke the power to set fees.")
    ''
    """
    for sentence in sentences(text):
        found = _NOTED.match(sentence)
        cited = [each for each in citations(sentence) if found and each.start >= found.end()] if found else []
        if cited and not cited[0].provisions and cited[0].family in ("act", "instrument", "eu"):
            return sentence if len(sentence.split()) <= MAX_NAMED else ""
    return ""
