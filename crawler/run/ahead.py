"""Reading ahead of the fold: what it will ask is guessed and parsed beside it, and used where it then asks just that.

A wrong guess costs time, never truth: what was not parsed, or not under the same question, the fold's own worker
parses, and also what passed a limit or failed, for which others at work or their machine may be to blame.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from crawler.archive import Exchange, Journal
from crawler.errors import ArchiveError, FaultError, LimitError, ParseError
from crawler.ingest import Read, Reading, State
from crawler.ingest.readings import Guesses
from crawler.model import Page
from crawler.worker import Answers, Pool, Question

RECORDS = 64
"""Records that are read ahead at least; so many more that each thread of a pool has two lots."""
BYTES = 32 * 2**20
"""Bytes of their bodies: no more is read ahead."""

Record = Exchange | Journal


@dataclass(slots=True)
class _Batch:
    """Questions that go together; ``answers`` gives what became of them, None before they are sent."""

    questions: list[Question] = field(default_factory=list)
    bytes: int = 0
    answers: Callable[[], Answers | None] | None = None


class LookAhead:
    """Hands on the records of an archive, and has those ahead parsed in a pool; ``own`` parses what is left."""

    def __init__(self, state: State, pool: Pool, own: Callable[[Reading], Read]) -> None:
        self._guesses = Guesses(state)
        self._pool = pool
        self._own = own
        self._filled = _Batch()
        self._asked: list[tuple[_Batch, int]] = []
        self.used = 0
        self.guessed = 0

    def records(self, found: Iterator[Record]) -> Iterator[Record]:
        """Yield records in their order.

        Raises:
            ArchiveError: as the archive does, behind all that stands before.
        """
        ahead: deque[tuple[Record, list[tuple[_Batch, int]]]] = deque()
        held, error, most = 0, None, max(RECORDS, 2 * self._pool.width * self._pool.captures)
        more = True
        while True:
            while more and len(ahead) < most and held < BYTES:
                try:
                    record = next(found, None)
                except ArchiveError as caught:
                    record, error = None, caught
                if record is None:
                    more = False
                else:
                    held += _size(record)
                    ahead.append((record, [self._put(question) for question in self._guesses.of(record)]))
            if not ahead:
                break
            record, self._asked = ahead.popleft()
            held -= _size(record)
            yield record
        if error is not None:
            raise error

    def read(self, reading: Reading) -> Read:
        """Return what became of a reading of the record that was handed on last."""
        for batch, place in self._asked:
            if batch.questions[place] == (reading.capture, reading.source):
                answers = self._answers(batch)
                if (read := usable(reading, None if answers is None else answers[place])) is not None:
                    self.used += 1
                    return read
        return self._own(reading)

    def _put(self, question: Question) -> tuple[_Batch, int]:
        """Put a question into the batch that is filled, which is sent where it is full."""
        batch = self._filled
        batch.questions.append(question)
        batch.bytes += len(question[0].body)
        self.guessed += 1
        if len(batch.questions) >= self._pool.captures or batch.bytes >= self._pool.bytes:
            self._send(batch)
        return batch, len(batch.questions) - 1

    def _answers(self, batch: _Batch) -> Answers | None:
        if batch.answers is None:
            self._send(batch)
        assert batch.answers is not None
        return batch.answers()

    def _send(self, batch: _Batch) -> None:
        batch.answers = self._pool.submit(batch.questions)
        self._filled = _Batch()


def usable(reading: Reading, answer: Page | ParseError | None) -> Read | None:
    """Return what became of a reading that was parsed ahead; None where it is to be parsed again."""
    if answer is None or isinstance(answer, LimitError | FaultError):
        return None
    page, error = (None, answer) if isinstance(answer, ParseError) else (answer, None)
    return Read(reading=reading, page=page, error=error)


def _size(record: Record) -> int:
    return len(record.body) if isinstance(record, Exchange) else 0
