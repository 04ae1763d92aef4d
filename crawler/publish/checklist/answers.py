"""What somebody posted with the form of the partnership checklist, as values. Pure; nothing of it is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qsl

from crawler.errors import RoundupError
from crawler.sources.checklist import NATIONS, Checklist
from crawler.wording import legal

MAX_FORM_BYTES = 400_000
"""Most bytes of a form: every note at its longest, in any script, fits."""

NOTE = 500
"""Most characters of a note."""

NAME = 120
"""Most characters of the name of a partnership."""

ANSWERS: Mapping[str, str] = {"yes": "Yes", "partly": "Partly", "no": "No", "not_us": "Not us"}
"""What can be answered; no answer is one too."""

FORMS: Mapping[str, str] = {"html": "For print and keeping", "csv": "Spreadsheet (CSV)", "text": "Plain text"}
"""Forms of the file."""

_FIELDS = frozenset({"form", "nation", "partnership", "reviewed", "version"})
_OF_QUESTIONS = {"a": "answer", "n": "note", "d": "reviewed"}
_MAX_FIELDS = 1000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of everything behind them."""


class AnswersError(RoundupError):
    """A form that cannot be read: says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to one question; ``answer`` is empty where nothing was, ``reviewed`` where no day was given."""

    answer: str = ""
    note: str = ""
    reviewed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A form as posted: the form of file wanted, for which nation, whose, from when, and the answers by question."""

    form: str = "html"
    nation: str = ""
    partnership: str = ""
    reviewed: str = ""
    version: str = ""
    given: Mapping[str, Answer]

    def to(self, question: str) -> Answer:
        """Return the answer to a question, an empty one where there is none."""
        return self.given.get(question) or Answer()

    def reviewed_on(self, question: str) -> str:
        """Return the day on which a question was reviewed: its own, else that of the whole, else nothing."""
        return self.to(question).reviewed or self.reviewed


def read(body: bytes, checklist: Checklist, today: date) -> Answers:
    """Return the answers in a body of the type application/x-www-form-urlencoded.

    Raises:
        AnswersError: it is none, or has fields that the form has not, one of them twice, or a value that cannot be.
    """
    fields = _fields(body)
    known = {question.id for question in checklist.questions}
    _check_names(fields, known)
    given = {id: _answer(fields, id, today) for id in known if any(f"{key}-{id}" in fields for key in _OF_QUESTIONS)}
    return Answers(
        form=_one_of(fields, "form", tuple(FORMS)) or "html",
        nation=_one_of(fields, "nation", NATIONS),
        partnership=_text(fields, "partnership", NAME).replace("\n", " "),
        reviewed=_day(fields, "reviewed", today),
        version=_text(fields, "version", 20).replace("\n", " "),
        given={id: answer for id, answer in given.items() if answer != Answer()},
    )


def _fields(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        raise AnswersError("This is no form that a browser sends. Nothing was kept.") from error
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise AnswersError(f"The field {_shown(name)} stands twice.")
        found[name] = value
    return found


def _check_names(fields: Mapping[str, str], known: set[str]) -> None:
    for name in fields:
        key, dash, id = name.partition("-")
        if key in _OF_QUESTIONS and dash and id not in known:
            raise AnswersError(f"There is no question {_shown(id)} in this checklist.")
        if name not in _FIELDS and (key not in _OF_QUESTIONS or not dash):
            raise AnswersError(f"The form has no field {_shown(name)}.")


def _answer(fields: Mapping[str, str], id: str, today: date) -> Answer:
    return Answer(
        answer=_one_of(fields, f"a-{id}", tuple(ANSWERS)),
        note=_text(fields, f"n-{id}", NOTE),
        reviewed=_day(fields, f"d-{id}", today),
    )


def _one_of(fields: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = fields.get(name, "")
    if value and value not in allowed:
        raise AnswersError(f"The field {_shown(name)} cannot be {_shown(value)}; it can be {', '.join(allowed)}.")
    return value


def _text(fields: Mapping[str, str], name: str, most: int) -> str:
    """Return a text as it can stand in any file: without characters that control, and none that turn the text round."""
    value = _TURNING.sub("", legal(fields.get(name, "")).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(value) > most:
        raise AnswersError(f"The field {_shown(name)} is longer than {most} characters.")
    return value


def _day(fields: Mapping[str, str], name: str, today: date) -> str:
    value = fields.get(name, "").strip()
    if not value:
        return ""
    try:
        if not _DAY.fullmatch(value):
            raise ValueError("not of that form")
        found = date.fromisoformat(value)
    except ValueError as error:
        raise AnswersError(f"The field {_shown(name)} is no date; write it as 2026-11-24.") from error
    if found > today + timedelta(days=1):
        raise AnswersError(f"The field {_shown(name)} lies in the future: it is the day on which you reviewed.")
    return value


def _shown(text: str) -> str:
    """Return something posted for a message: short, on one line."""
    plain = " ".join(_TURNING.sub("", legal(text)).split())
    return f"“{plain[:60]}…”" if len(plain) > 60 else f"“{plain}”"
