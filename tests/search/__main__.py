"""Print how well search answers: ``python -m tests.search [--questions FILE] [--base FOLDER] [--misses]``."""

import argparse
import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.public.database import connect
from tests.publish.publish_rows import NOW, WHERE, site
from tests.search import measure, search_world


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", default="questions.txt", help="file of questions in tests/search")
    parser.add_argument("--base", type=Path, help="data folder of all recordings, see python -m tests.recordings build")
    parser.add_argument("--world", type=Path, help="folder that keeps the world, for another time")
    parser.add_argument("--misses", action="store_true", help="print the questions whose answer is not first")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = (chosen.world or Path(folder)) / "roundup.db"
        if not path.with_name("public.db").is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            search_world.build(path, base=chosen.base and chosen.base / "roundup.db", titles=True)
        _print(path, chosen.questions, misses=chosen.misses)


def _print(path: Path, name: str, *, misses: bool) -> None:
    connection = connect(path.with_name("public.db"))
    asked = measure.questions(name, connection)
    documents, passages = connection.execute(
        "select (select count(*) from documents), (select count(*) from passages)"
    ).fetchone()
    print(f"{documents:,} documents, {passages:,} passages, {len(asked)} questions of {name}")
    shown = asyncio.run(measure.pages(site(path, WHERE, now=NOW), asked))
    started = time.perf_counter()
    outcomes = measure.measure(connection, asked, shown)
    took = (time.perf_counter() - started) / max(len(asked), 1)
    for half, kept_out in (("tuning", False), ("kept out", True)):
        chosen = [outcome for outcome in outcomes if outcome.question.is_kept_out is kept_out]
        print(half, *(f"{key} {value:.3g}" for key, value in measure.figures(chosen).items()), sep="; ")
    print("all", *(f"{key} {value:.3g}" for key, value in measure.figures(outcomes).items()), sep="; ")
    print(f"mean {took * 1000:.0f} ms a question")
    for outcome in outcomes:
        if misses and (outcome.place != 1 or outcome.has_answer is False):
            half = "kept out" if outcome.question.is_kept_out else "tuning"
            said = "" if outcome.has_answer is not False else f"; lacks {outcome.question.answer!r}"
            print(f"[{half}] place {outcome.place}{said}: {outcome.question.text} -> {outcome.first[:80]}")


if __name__ == "__main__":
    main()
