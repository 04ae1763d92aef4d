"""What classifying costs: titles as lists give them, and a long text."""

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from crawler.classify.relevance import Texts, classify

TITLES, CHARACTERS, ROUNDS = 100_000, 1_000_000, 5
MOST_SECONDS, MOST_MILLISECONDS = 10, 50
_OWN = Path(__file__).parents[1] / "classify" / "relevance" / "own_titles.jsonl"
_TEXT = (
    "The authority shall publish a report on the exercise of its functions under this Part. "
    * 15
    + "A first responder\u2019s referral to the National Referral Mechanism \u2013 for a victim of modern slavery "
    "\u2013 follows the guidance on human trafficking, forced labour and servitude. "
)


def titles_seconds() -> float:
    """Return the processor seconds that 100,000 titles take, all different."""
    rows = [json.loads(line) for line in _OWN.read_text("utf-8").splitlines()]
    classify(Texts(title=""))

    def every() -> None:
        for number in range(TITLES):
            row = rows[number % len(rows)]
            classify(Texts(title=f"{row['title']} {number}", publisher=row["publisher"], kind=row["kind"]))

    return _took(every)


def text_milliseconds() -> float:
    """Return the processor milliseconds that a text of 1 MB takes, the least of some rounds."""
    whole = (_TEXT * (CHARACTERS // len(_TEXT) + 1))[:CHARACTERS]
    # Another text each time: the last one is remembered.
    texts = [Texts(title="Annual report", parts=(("text", f"{number} {whole}"),)) for number in range(ROUNDS)]
    return min(_took(partial(classify, text)) for text in texts) * 1000


def _took(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return time.process_time() - start
