"""The checklist as shown: its questions with the law behind them, and the answers as a spreadsheet or plain text."""

import csv
import io
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from crawler.publish.checklist.answers import ANSWERS, Answer, Answers
from crawler.publish.checklist.law import SHOWN, Law, Mark, citation
from crawler.publish.paths import encode
from crawler.publish.provisions import official
from crawler.publish.toolkit import parts
from crawler.sources.checklist import Checklist, Duty, Library, Question
from crawler.text import counted
from crawler.wording import day, minute

UNANSWERED = "Not answered"
OPEN = ("no", "partly", "")
"""Answers that leave something to do, in the order in which they are listed."""

NOTICE = (
    "A finding aid for partnerships: not legal advice, and no official record. It says nothing about whether anybody "
    "keeps the law. Open the official page before you act."
)

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets take for the start of a formula; some take the wide forms too."""
_COLUMNS = (
    "section", "question id", "question", "answer", "note", "reviewed on", "what stands behind it",
    "changed since review", "version of the checklist", "checklist reviewed on", "saved on", "partnership",
)  # fmt: skip
_WIDTH = 78


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReference:
    """A duty as shown: its citation, where to read it officially and here (a path), and what changed.

    ``standing`` says what we hold of it; ``more`` how many further changes there are.
    """

    duty: Duty
    citation: str
    official: str
    ours: str
    standing: str
    marks: Sequence[tuple[Mark, str]]
    more: int

    @property
    def binding(self) -> str:
        """Return how binding it is, in words."""
        return f"{self.duty.strength.capitalize()} ({self.duty.basis})"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredQuestion:
    """A question as shown, with the answer to it; ``reviewed`` is empty where nothing was answered."""

    theme: str
    question: Question
    behind: Sequence[DutyReference]
    answer: Answer
    reviewed: str

    @property
    def libraries(self) -> tuple[tuple[str, str], ...]:
        """Return where examples are: names of libraries with a value chosen, each with its path of the site."""
        return tuple((library(each), library_path(each)) for each in self.question.libraries)

    @property
    def answered(self) -> str:
        """Return the answer in words."""
        return ANSWERS.get(self.answer.answer, UNANSWERED)

    @property
    def is_open(self) -> bool:
        """Return whether something is left to do."""
        return self.answer.answer in OPEN

    @property
    def is_changed(self) -> bool:
        """Return whether something behind it changed since a review."""
        return any(behind.marks for behind in self.behind)


def asked(checklist: Checklist, law: Law, answers: Answers) -> list[AnsweredQuestion]:
    """Return the questions for a nation, and those that were answered although they are for another."""
    found = []
    for theme in checklist.themes:
        for question in theme.questions:
            duties = [duty for duty in question.duties if not answers.nation or duty.holds_in(answers.nation)]
            if not duties and question.id not in answers.given:
                continue
            reviewed = answers.reviewed_on(question.id)
            behind = _once([_behind(duty, law, checklist.reviewed, reviewed) for duty in duties or question.duties])
            answer = answers.to(question.id)
            shown = reviewed if answer.answer else answer.reviewed
            found.append(
                AnsweredQuestion(theme=theme.title, question=question, behind=behind, answer=answer, reviewed=shown)
            )
    return found


def _once(found: Sequence[DutyReference]) -> list[DutyReference]:
    """Return what stands behind a question, the changes of one provision only where it is cited first."""
    first: dict[tuple[str, str], DutyReference] = {}
    for behind in found:
        first.setdefault((behind.citation, behind.official), behind)
    return [each if first[each.citation, each.official] is each else replace(each, marks=(), more=0) for each in found]


def still_open(rows: Sequence[AnsweredQuestion]) -> list[AnsweredQuestion]:
    """Return the questions that leave something to do: no first, then partly, then what was not answered."""
    return sorted((row for row in rows if row.is_open), key=lambda row: OPEN.index(row.answer.answer))


def _behind(duty: Duty, law: Law, checked: str, reviewed: str) -> DutyReference:
    if duty.cited is None:
        return DutyReference(
            duty=duty, citation="Our own suggestion", official="", ours="", standing="", marks=(), more=0
        )
    held = law.held[duty.cited.id]
    marks = [
        (mark, _since(mark, checked, reviewed))
        for mark in law.marks(duty.cited, duty.path)
        if mark.after(checked) or mark.after(reviewed)
    ]
    is_missing = (duty.cited.id, duty.path) in law.missing
    ours = f"doc/{encode(held.id)}" if held.id else ""
    standing = "not found in the text that we hold: look it up on the official page" if is_missing else ""
    return DutyReference(
        duty=duty,
        citation=citation(duty.cited, duty.path),
        official=official(duty.cited.id, duty.cited.url, duty.path) or duty.cited.url,
        ours=f"{ours}?provision={duty.path}#{duty.path}" if ours and duty.path and not is_missing else ours,
        standing=standing if held.id else "not held by us",
        marks=marks[:SHOWN],
        more=max(len(marks) - SHOWN, 0),
    )


def library(chosen: Library) -> str:
    """Return what a library with a value chosen is called."""
    words = parts.closed(chosen.part, chosen.field)[chosen.value]
    return f"{parts.PARTS[chosen.part].name}: {parts.LABELS[chosen.field].lower() if words == 'yes' else words}"


def library_path(chosen: Library) -> str:
    """Return the path of the site that shows a library with a value chosen."""
    return f"{chosen.part}?{urlencode({chosen.field: chosen.value})}"


def _since(mark: Mark, checked: str, reviewed: str) -> str:
    """Return since what a change is: the reader's own review wins, for it is the later decision of somebody there."""
    if mark.after(reviewed):
        return f"since your review of {day(reviewed)}"
    return f"since this checklist was reviewed on {day(checked)}"


def changes(behind: DutyReference) -> Iterator[str]:
    """Yield each change behind a question as a line."""
    for mark, since in behind.marks:
        applies = f", applies from {day(mark.occurred)}" if mark.occurred else ""
        yield f"Changed {since}: {behind.citation}. {mark.words}, seen {day(mark.seen)}{applies}"
    if behind.more:
        yield f"{behind.citation}: {counted(behind.more, 'more change')}"


def as_csv(checklist: Checklist, rows: Sequence[AnsweredQuestion], answers: Answers, saved: str) -> bytes:
    """Return the answers as a spreadsheet: one row a question. No cell can be a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for row in rows:
        laws = "\n".join(f"{each.binding}: {each.duty.words} {_source(each)}" for each in row.behind)
        marks = "\n".join(line for each in row.behind for line in changes(each))
        cells = (
            row.theme, row.question.id, row.question.words, row.answered, row.answer.note, row.reviewed, laws, marks,
            checklist.version, checklist.reviewed, saved, answers.partnership,
        )  # fmt: skip
        writer.writerow([_plain(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> _plain("=1+1"), _plain(" @x"), _plain("Yes")
    ("'=1+1", "' @x", 'Yes')
    """
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULAS) else cell


def _source(behind: DutyReference) -> str:
    held = f" ({behind.standing})" if behind.standing else ""
    return f"{behind.citation}{held}. {', '.join(behind.duty.holds)}."


def as_text(checklist: Checklist, law: Law, rows: Sequence[AnsweredQuestion], answers: Answers, saved: str) -> bytes:
    """Return the answers as plain text, for a mail or a minute."""
    lines = [*_head(checklist, answers, saved), "", *_open(rows)]
    theme = ""
    for row in rows:
        if row.theme != theme:
            theme = row.theme
            lines += ["", theme.upper(), "=" * len(theme)]
        lines += ["", *_row(row)]
    lines += ["", "VERSIONS OF LAW AND GUIDANCE, AS WE HOLD THEM", "=" * 45, ""]
    for cited in checklist.cited:
        held = law.held[cited.id]
        state = f" ({held.state})" if held.state else ""
        lines += wrapped(f"{cited.title}{state}: {'; '.join(held.lines)}. {cited.url}", "- ", "  ")
        for title, now in held.parts:
            lines += wrapped(f"{title}: {now.words}", "  - ", "    ")
    return ("\n".join(lines) + "\n").encode()


def _head(checklist: Checklist, answers: Answers, saved: str) -> list[str]:
    whose = f": {answers.partnership}" if answers.partnership else ""
    lines = [f"PARTNERSHIP CHECKLIST{whose}", ""]
    lines += [f"Saved: {minute(saved)}"]
    lines += [f"Your review: {day(answers.reviewed) or 'no date given'}"]
    lines += [f"For: {answers.nation or 'all nations'}"]
    lines += [f"Checklist: version {checklist.version}, reviewed {day(checklist.reviewed)}"]
    if answers.version and answers.version != checklist.version:
        lines += wrapped(f"You answered version {answers.version}; questions may be new or worded differently.")
    return [*lines, "", *wrapped(NOTICE)]


def _open(rows: Sequence[AnsweredQuestion]) -> list[str]:
    left = still_open(rows)
    if not left:
        return ["OPEN: nothing was answered with no or partly, and nothing was left out."]
    lines = [f"OPEN ({len(left)})"]
    for row in left:
        lines += wrapped(f"{row.answered}: {row.question.words}", "- ", "  ")
    return lines


def _row(row: AnsweredQuestion) -> list[str]:
    lines = wrapped(row.question.words)
    on = f" (reviewed {day(row.reviewed)})" if row.reviewed else ""
    lines.append(f"  Answer: {row.answered}{on}")
    for number, line in enumerate(row.answer.note.split("\n") if row.answer.note else ()):
        lines += wrapped(line, "  Note: " if number == 0 else "        ", "        ")
    for behind in row.behind:
        lines += wrapped(f"{behind.binding}: {behind.duty.words} {_source(behind)}", "  - ", "    ")
        for line in changes(behind):
            lines += wrapped(line, "    ! ", "      ")
    return lines


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Return a text in lines as long as mails have them, the first and the rest behind some characters."""
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    ) or [first.rstrip()]
