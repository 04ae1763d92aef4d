"""The answer to a text as a spreadsheet, as plain text to file with a paper, and as an object."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from crawler.publish.check.answer import NOTICE, Answer, Cited
from crawler.publish.check.changes import Changed
from crawler.publish.checklist.files import wrapped
from crawler.publish.csv import written
from crawler.text import counted
from crawler.wording import day, minute

COLUMNS = (
    "what to do", "cited as", "times", "below the heading", "what it is", "provision", "day", "how it stood",
    "what says so", "changed since", "newer", "to know", "our page", "official page",
)  # fmt: skip
MEANS = "the day your text was last revised"
"""What the day of an answer means."""


def as_csv(answer: Answer, site: str) -> bytes:
    """Return an answer as a spreadsheet, a row for each thing cited; ``site`` is the address of ours, or empty."""
    rows = [
        (
            title, each.mention.words, each.mention.count, each.mention.place, each.title, each.provision, answer.day,
            each.standing.said, "\n".join(evidence(each)), "\n".join(map(changed, each.changes)) + more(each),
            each.newer, " ".join(each.notes), address(site, each.page), each.official,
        )
        for title, _, group in answer.groups
        for each in group
    ]  # fmt: skip
    return written(COLUMNS, rows).encode("utf-8-sig")


def as_text(answer: Answer, site: str) -> bytes:
    """Return an answer as plain text."""
    lines = [f"WHAT A TEXT CITES, FOR {day(answer.day).upper()}", ""]
    lines += wrapped(f"Day: {day(answer.day)}, {MEANS}. Changes are told from the day after it.")
    lines += wrapped(f"{read_until(answer)} {answer.summary}")
    lines += [line for problem in answer.problems for line in wrapped(f"Of the file: {problem}.")]
    lines += ["", *wrapped(NOTICE)]
    for title, about, group in answer.groups:
        if group:
            head = f"{title.upper()} ({len(group)})"
            lines += ["", head, "=" * len(head), *wrapped(about)]
            lines += [line for each in group for line in ("", *_cited(each, answer, site))]
    if answer.more:
        lines += ["", *wrapped(f"{counted(answer.more, 'further citation')} not answered: the text cites too much.")]
    return ("\n".join(lines) + "\n").encode()


def _cited(each: Cited, answer: Answer, site: str) -> Iterator[str]:
    times = f" ({each.mention.count} times)" if each.mention.count > 1 else ""
    yield from wrapped(f"{each.mention.words}{times}")
    told = [", ".join(filter(None, (each.title, each.provision)))]
    if each.standing.said:
        told.append(f"On {day(answer.day)}: {each.standing.said}")
    told += [f"What says so: {line}" for line in evidence(each)]
    told += filter(None, (each.newer, *each.notes))
    for line in told:
        yield from wrapped(line, "  ", "  ")
    for change in each.changes:
        yield from wrapped(f"Changed since, {changed(change)}", "  - ", "    ")
    if each.more_changes:
        yield from wrapped(more(each).strip(), "  - ", "    ")
    for line in filter(None, (each.official, address(site, each.page))):
        yield f"  {line}"


def evidence(each: Cited) -> list[str]:
    """Return what says how something stood, a line each."""
    return [
        f"{line.words}{f': {line.name}' if line.name else ''}{f' ({line.source})' if line.source else ''}"
        for line in each.standing.evidence
    ]


def changed(change: Changed) -> str:
    """Return a change in one line: its day, what it is, and by what."""
    by = f", by {change.by}" if change.by else ""
    basis = {"note": " (note of the publisher)", "effect": " (published effect)"}.get(change.basis, "")
    pending = "; not in the publisher\u2019s text yet" if change.is_pending else ""
    return f"{day(change.day)}: {change.words}{by}{basis}{pending}"


def more(each: Cited) -> str:
    """Return how many changes are left out, behind a line break; empty where none is."""
    return f"\n{counted(each.more_changes, 'further change')}, on its page" if each.more_changes else ""


def read_until(answer: Answer) -> str:
    """Return up to when changes are known, and how many sources could not be checked."""
    unread = f"; {counted(answer.unread, 'source')} could not be checked" if answer.unread else ""
    return f"Changes are known here until {minute(answer.read)}{unread}."


def address(site: str, path: str) -> str:
    """Return the address of a page of ours, empty where there is none or the site has no address."""
    return f"{site.rstrip('/')}/{path}" if site and path else ""


def as_object(answer: Answer) -> dict[str, Any]:
    """Return an answer for programs."""
    return {**asdict(answer), "means": MEANS, "notice": NOTICE, "summary": answer.summary}
