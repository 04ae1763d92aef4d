"""Bodies changed by chance: every protocol reads or refuses them, in a time that their length bounds."""

import random
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import pytest

from crawler import protocols
from crawler.errors import FaultError, ParseError
from crawler.model import Capture
from crawler.sources import Source
from tests import tiers
from tests.protocols import test_fixtures as fixtures
from tests.recordings import table

pytestmark = [pytest.mark.slow, pytest.mark.scaled]

MAX_BODY_BYTES = 300_000
"""Longer bodies are left out: others of their protocol say the same in less."""
MAX_CHANGES = 8
MAX_BASE_S, MAX_S_PER_KB = 1.0, 0.01
"""Processor seconds that a body may take, whatever it is, and for each kilobyte of it."""
PIECES = (
    b"<", b">", b"&", b'"', b"]]>", b"<!--", b"<![CDATA[", b"&#0;", b"&nope;", b"\x00", b"\xff\xfe", b"\xed\xa0\x80",
    b"{", b"}", b"[", b"]", b"null", b"-1", b"1e999", b"9" * 400, b"0001-01-01", b"9999-12-31T23:59:59-14:00",
    b"2026-02-30", b"<div>" * 3_000, b"[" * 3_000, b'{"a":' * 3_000, b"(" * 3_000, b" " * 20_000, b"a," * 5_000,
    "\u202e\u0000\u2028".encode(), b"<table><tr><td rowspan=99999 colspan=99999>", b"https://[", b"//\\\\",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A capture, the source that it is read for, and whence it is."""

    name: str
    capture: Capture
    source: Source


def of_fixtures() -> Iterator[Sample]:
    for case in fixtures.CASES:
        yield Sample(name=fixtures.name_of(case), capture=fixtures.capture(case), source=fixtures.source(case))


def of_recordings() -> Iterator[Sample]:
    manifest = table.manifest()
    for file in table.files():
        by = table.reader(file)
        if by is not None and not table.no_body(file):
            about = manifest[file]
            yield Sample(name=file, capture=table.capture(by, about), source=table.source(by, about))


def changed(body: bytes, other: bytes, rng: random.Random) -> bytes:
    """Return a body with some places cut out, said twice, swapped, filled with a piece, or taken from another body."""
    if body.startswith(b"PK") and rng.random() < 0.8:
        return _repacked(body, other, rng)
    for _ in range(rng.randint(1, MAX_CHANGES)):
        start = rng.randrange(len(body) + 1)
        end = min(len(body), start + rng.choice((1, 3, 30, 300, 3_000)))
        from_other = other[rng.randrange(len(other) + 1) :][: end - start]
        new = rng.choice((
            b"", body[start:end] * 2, body[start:end][::-1], rng.choice(PIECES), rng.choice(PIECES), from_other,
            rng.randbytes(end - start), rng.choice(PIECES) + body[start:end],
        ))  # fmt: skip
        body = body[:start] + new + body[end:]
    return body if rng.random() < 0.9 else body[: rng.randrange(len(body) + 1)]


def _repacked(body: bytes, other: bytes, rng: random.Random) -> bytes:
    """Return a packed file with one of the files in it changed, so that its checksums are right all the same."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            inside = old.read(name)
            new.writestr(name, changed(inside, other, rng) if name == chosen else inside)
    return packed.getvalue()


def seconds_to_read(sample: Sample) -> float:
    """Return the processor seconds that reading or refusing takes; whatever else is raised is a fault."""
    start = time.process_time()
    try:
        protocols.read(sample.capture, sample.source)
    except ParseError as error:
        assert not isinstance(error, FaultError)
    return time.process_time() - start


def fuzz(samples: Mapping[str, Sequence[Sample]], seconds: float, seed: int, most: int) -> int:
    """Read changed bodies of every protocol in turn, for so many seconds or at most so many; return how many."""
    begun, tried = time.process_time(), 0
    while tried < most and time.process_time() - begun < seconds:
        for protocol, listed in samples.items():
            tried += 1
            rng = random.Random(f"{seed} {tried}")
            first, second = rng.choice(listed), rng.choice(listed)
            body = changed(first.capture.body, second.capture.body, rng)
            sample = replace(first, capture=replace(first.capture, body=body))
            limit_s = MAX_BASE_S + MAX_S_PER_KB * len(body) / 1_000
            try:
                taken_s = seconds_to_read(sample)
                if taken_s > limit_s:  # Perhaps the machine had a moment.
                    taken_s = seconds_to_read(sample) / (tiers.slowness() * tiers.crowding())
            except Exception as error:
                raise AssertionError(f"{protocol}: {first.name}, changed as by {seed} {tried}: {error!r}") from error
            assert taken_s <= limit_s, f"{protocol}: {first.name}, as by {seed} {tried}: {taken_s:.1f} s, {len(body)} B"
    return tried


@pytest.mark.parametrize(
    ("whence", "seed"),
    [
        (of_fixtures, 1),
        *(pytest.param(of_fixtures, seed, marks=pytest.mark.soak) for seed in (2, 3)),
        *(pytest.param(of_recordings, seed, marks=pytest.mark.soak) for seed in (4, 5)),
    ],
)
def test_a_body_changed_by_chance_is_read_or_refused_in_time(
    whence: Callable[[], Iterator[Sample]], seed: int, request: pytest.FixtureRequest
) -> None:
    samples: dict[str, list[Sample]] = defaultdict(list)
    for sample in whence():
        if 0 < len(sample.capture.body) <= MAX_BODY_BYTES:
            samples[sample.source.protocol].append(sample)
    if not samples:
        pytest.skip("no recordings beside this checkout (../shared/recordings)")
    seconds = request.config.getoption("--fuzz-seconds") or tiers.pick(all=20, soak=120)
    # The short form tries the same bodies on every machine.
    tried = fuzz(samples, seconds, seed, tiers.pick(all=8_000, soak=sys.maxsize))
    assert tried >= len(samples) == len(protocols.PROTOCOLS) or whence is of_recordings
    print(f"{tried} bodies of {len(samples)} protocols, none of them a fault")
