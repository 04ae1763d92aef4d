"""How well search answers: questions with their answers, half of them kept out of all tuning."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from bs4 import BeautifulSoup

from crawler.public.search import Result, find

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with the documents that answer it (any of them), their provisions, and words that are the answer.

    ``others`` are the same publications as they were recorded: which of their provisions answers is not known.
    ``pattern`` is found in document#provision of an answer, where the file has no more.
    """

    text: str
    documents: tuple[str, ...]
    others: tuple[str, ...]
    provisions: tuple[str, ...]
    answer: str
    pattern: str = ""

    @property
    def is_kept_out(self) -> bool:
        """Whether it is of the half that nothing was tuned on: by a hash of its words, never by choice."""
        return sha256(self.text.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Where the answer to a question stands, counted from 1, 0 where it is none of the first five."""

    question: Question
    place: int
    has_answer: bool | None
    first: str


def questions(name: str, connection: Connection) -> list[Question]:
    """Return the questions of a file whose answer is held."""
    by_title: dict[str, list[str]] = {}
    for title, id in connection.execute("select title, id from documents order by n"):
        by_title.setdefault(_plain(title), []).append(id)
    titles = {id: ids for ids in by_title.values() for id in ids}
    lines = (FOLDER / name).read_text(encoding="utf-8")
    kept = list(_patterns(lines, connection))
    for text, listed, provisions, answer in _lines(lines):
        named = [by_title.get(_plain(each[1:]), []) if each.startswith("~") else [each] for each in listed]
        held = tuple(id for ids in named for id in ids if id in titles)
        others = tuple(other for id in held for other in titles[id] if other not in held)
        if held:
            split = tuple(filter(None, re.split(r", ?", provisions)))
            kept.append(Question(text=text, documents=held, others=others, provisions=split, answer=answer))
    return kept


def _patterns(text: str, connection: Connection) -> Iterator[Question]:
    """Yield the questions with patterns of which something is held."""
    sql = "select id || '#' from documents union all select document || '#' || path from sections where is_current = 1"
    held = "\n".join(place for (place,) in connection.execute(sql))
    for line in text.splitlines():
        question, _, pattern = line.partition("\t")
        if re.search(pattern or "(?!)", held):
            yield Question(text=question, documents=(), others=(), provisions=(), answer="", pattern=pattern)


def _plain(title: str) -> str:
    return title.lower().removesuffix(" (accessible version)")


def _lines(text: str) -> Iterator[tuple[str, list[str], str, str]]:
    short: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("#") or not line.strip() or "\t" in line:
            continue
        if " | " not in line:
            name, _, id = line.partition(" = ")
            short[name] = id
            continue
        question, listed, provisions, answer = (part.strip() for part in line.split("|", 3))
        # A title may have a comma in it.
        named = [each.strip() for each in re.split(r", (?=~|\w+(?:,|$)|[\w-]+[:/])", listed)]
        yield question, [short.get(each, each) for each in named], provisions, answer


def measure(
    connection: Connection, asked: Sequence[Question], pages: Mapping[str, Sequence[str]] | None = None
) -> list[Outcome]:
    """Return how each question is answered; ``pages`` has the words of each result of its page, by question."""
    outcomes = []
    for question in asked:
        found = find(connection, question.text)
        results = [] if found.is_nearest else found.results[:5]
        place = next((n for n, result in enumerate(results, 1) if _answers(result, question)), 0)
        has_answer = None
        is_other = bool(place) and results[place - 1].scored.document["id"] in question.others
        if question.answer and not is_other:
            words = pages[question.text][place - 1] if place and pages is not None else ""
            has_answer = question.answer.lower() in words.lower()
        first = found.results[0].scored.document["title"] if found.results else ""
        outcomes.append(Outcome(question=question, place=place, has_answer=has_answer, first=first))
    return outcomes


async def pages(site: Any, asked: Sequence[Question]) -> dict[str, list[str]]:
    """Return the words of each result of the page that answers a question, by question."""
    shown = {}
    for question in asked:
        answer = await site.client.get("/search", params={"q": question.text})
        results = BeautifulSoup(answer.text, "lxml").select("main section.answer, main article.result")
        shown[question.text] = [" ".join(result.get_text(" ").replace(" £", "£").split()) for result in results]
    return shown


def _answers(result: Result, question: Question) -> bool:
    if question.pattern:
        also = result.also.row["path"] if result.also else ""
        found = [f"{result.scored.document['id']}#{path}" for path in (result.path, also)]
        return any(re.search(question.pattern, place) for place in found)
    if result.scored.document["id"] not in question.documents:
        return result.scored.document["id"] in question.others
    paths = [result.path, result.also.row["path"] if result.also else ""]
    return not question.provisions or any(
        f"{path}-".startswith(f"{each}-") for path in paths for each in question.provisions
    )


def figures(outcomes: Sequence[Outcome]) -> Mapping[str, float]:
    """Return the share of questions with their answer among the first five, first, and with its words on the result."""
    answered = [outcome for outcome in outcomes if outcome.has_answer is not None]
    return {
        "questions": len(outcomes),
        "hit@5": sum(outcome.place > 0 for outcome in outcomes) / max(len(outcomes), 1),
        "hit@1": sum(outcome.place == 1 for outcome in outcomes) / max(len(outcomes), 1),
        "answer shown": sum(bool(outcome.has_answer) for outcome in answered) / max(len(answered), 1),
    }
