"""A redacted body is nowhere in the archive; everything else stays as it was."""

import errno
import gzip
import json
import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from crawler.archive import Archive, Cut, Exchange, OmittedEntries, Replacement, Replay, check, redact
from crawler.archive.redact import Keep
from crawler.errors import ArchiveError
from tests.archive.archive_samples import (
    LINK,
    PAGE,
    answer,
    as_it_is,
    at,
    bytes_at,
    fastwarc_verified,
    run_file,
    warcio_records,
    without_bodies,
    write,
)

PRIVATE = b"Release about a case: the sample name of a sample person. " * 50
SECRET = answer(
    url="https://www.example.org/release", body=gzip.compress(PRIVATE), headers=(("Content-Encoding", "gzip"),)
)


def matching(url: str) -> Keep:
    """Take out the bodies of an address, as they were received at any other too."""
    digest = sha256(PRIVATE).hexdigest()
    return without_bodies(lambda one: "names a person" if one.url == url or one.digest == digest else None)


def exchanges(directory: Path) -> list[Exchange]:
    return [one for one in Archive.open(directory).records() if isinstance(one, Exchange)]


def test_the_body_goes_and_all_else_stays(tmp_path: Path) -> None:
    first, secret, last = write(tmp_path, answer(), SECRET, answer(body=b"last"))
    path = run_file(tmp_path)
    before = [bytes_at(tmp_path, one.place) for one in Archive.open(tmp_path).records()]
    assert redact(tmp_path, matching(SECRET.url), as_it_is) == 1
    assert SECRET.body not in gzip.decompress(path.read_bytes())
    records = [*Archive.open(tmp_path).records()]
    after = [bytes_at(tmp_path, one.place) for one in records]
    changed = [number for number, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert changed == [2]
    found = records[2]
    assert isinstance(found, Exchange)
    assert (found.redacted, found.body, found.undecodable) == ("names a person", b"", "")
    assert (found.payload_digest, found.digest) == (secret.payload_digest, secret.digest)
    assert found.digest == sha256(PRIVATE).hexdigest()
    assert (found.record_id, found.time, found.url, found.status, found.link) == (
        secret.record_id, secret.time, secret.url, secret.status, secret.link,
    )  # fmt: skip
    assert ("Content-Encoding", "gzip") in found.headers
    assert records[1] == first and isinstance(records[3], Exchange)
    assert records[3] == replace(last, place=records[3].place)
    assert check(tmp_path) == []
    fastwarc_verified(path)
    response = [record for kind, record, _ in warcio_records(path) if kind == "response"][1]
    assert response.rec_headers.get_header("X-Roundup-Redacted") == "names a person"
    assert response.rec_headers.get_header("X-Roundup-Redacted-Payload-Digest") == secret.payload_digest


def test_again_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, SECRET)
    assert redact(tmp_path, matching(SECRET.url), as_it_is) == 1
    path = run_file(tmp_path)
    content, number = path.read_bytes(), path.stat().st_ino
    assert redact(tmp_path, matching(SECRET.url), as_it_is) == 0
    assert (path.read_bytes(), path.stat().st_ino) == (content, number)
    assert redact(tmp_path, without_bodies(lambda exchange: None), as_it_is) == 0


@pytest.mark.parametrize("url", [SECRET.url, "https://www.example.org/copy"])
def test_revisits_lose_the_body_too(tmp_path: Path, url: str) -> None:
    """Whether the response or only a revisit to it matches: the bytes are the same."""
    _, secret = write(tmp_path, answer(), SECRET, run="1")
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        copy = replace(SECRET, url="https://www.example.org/copy", time=at(5))
        archive.exchange(answer(body=b"first of its file"), LINK)
        archive.exchange(copy, LINK, original=secret.place)
        archive.exchange(answer(time=at(6)), LINK)
    size = (tmp_path / "run-2.warc.gz").stat().st_size
    assert redact(tmp_path, matching(url), as_it_is) == 1
    found = exchanges(tmp_path)
    assert [(one.redacted, one.body) for one in found] == [
        ("", PAGE), ("names a person", b""), ("", b"first of its file"), ("names a person", b""), ("", PAGE),
    ]  # fmt: skip
    assert found[3].digest == secret.digest and found[3].payload_digest == secret.payload_digest
    assert (tmp_path / "run-2.warc.gz").stat().st_size == size
    assert check(tmp_path) == []
    assert redact(tmp_path, matching(url), as_it_is) == 0


def test_revisits_to_responses_that_moved_are_resolved(tmp_path: Path) -> None:
    _, page = write(tmp_path, SECRET, answer(), run="1")
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        archive.exchange(answer(time=at(5)), LINK, original=page.place)
    assert redact(tmp_path, matching(SECRET.url), as_it_is) == 1
    found = exchanges(tmp_path)
    assert found[1].place.offset < page.place.offset
    assert found[2].body == PAGE and found[2].original == found[1].place


def test_the_same_body_received_again_stays_out(tmp_path: Path) -> None:
    write(tmp_path, SECRET, run="1")
    redact(tmp_path, matching(SECRET.url), as_it_is)
    (held,) = exchanges(tmp_path)
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        again = archive.exchange(replace(SECRET, time=at(9)), LINK, original=held.place)
        once_more = archive.exchange(replace(SECRET, time=at(10)), LINK, original=again.place)
    for one in (again, once_more):
        assert (one.redacted, one.body, one.digest) == ("names a person", b"", held.digest)
    assert exchanges(tmp_path) == [held, again, once_more]


def test_a_replay_does_not_use_it(tmp_path: Path) -> None:
    write(tmp_path, SECRET)
    redact(tmp_path, matching(SECRET.url), as_it_is)
    replay = Replay.open([run_file(tmp_path)])
    assert replay.answer("GET", SECRET.url) is None and replay.newest is None
    assert "body was taken out: names a person; left out" in replay.problems[0]


def test_a_failure_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, SECRET)
    path = run_file(tmp_path)
    content = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch, pytest.raises(ArchiveError, match="No space left"):
        patch.setattr(os, "fsync", full)
        redact(tmp_path, matching(SECRET.url), as_it_is)
    assert path.read_bytes() == content and [*tmp_path.iterdir()] == [path]
    (tmp_path / f".{path.name}.redacting").write_bytes(PRIVATE)
    assert redact(tmp_path, matching(SECRET.url), as_it_is) == 1
    assert [*tmp_path.iterdir()] == [path]


def test_parts_of_a_body_go_and_the_rest_is_read(tmp_path: Path) -> None:
    """An answer that loses a part keeps its digests, and says what it lost; a body received again is that part less."""
    whole = answer(body=b"one <b>Sample Person</b> two", headers=(("Content-Encoding", "identity"),))
    left = b"one  two"
    (before,) = write(tmp_path, whole, run="1")
    cut = Cut(
        reason="names a person", payload_digest=before.payload_digest, body_digest=before.digest, whole=False,
        left_out=OmittedEntries(entries=1, newest="2026-03-02"),
    )  # fmt: skip

    def keep(one: Exchange, request: bytes, refers: str) -> Replacement | None:
        if one.reduced:
            return None
        return Replacement(
            url=one.url, refers=refers, headers=one.headers, request=request, link=one.link, body=left, cut=cut
        )

    assert redact(tmp_path, keep, as_it_is) == 1 and redact(tmp_path, keep, as_it_is) == 0
    (found,) = exchanges(tmp_path)
    assert (found.body, found.reduced, found.redacted) == (left, "names a person", "")
    assert (found.digest, found.payload_digest, found.left_out) == (before.digest, before.payload_digest, cut.left_out)
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        again = archive.exchange(replace(whole, time=at(9), body=left), LINK, original=found.place, cut=cut)
        other = archive.exchange(replace(whole, time=at(10), body=left), LINK, cut=cut)
        plain = archive.exchange(replace(whole, time=at(11)), LINK, original=other.place)
    assert (again.revisit, plain.revisit) == ("identical-payload-digest", "identical-payload-digest")
    assert [(one.body, one.digest) for one in (again, other, plain)] == [(left, before.digest)] * 3
    assert exchanges(tmp_path) == [found, again, other, plain]
    assert check(tmp_path) == []
    fastwarc_verified(run_file(tmp_path, "2"))


def test_addresses_links_requests_and_journal_lose_what_names_somebody(tmp_path: Path) -> None:
    asked = replace(SECRET, request_headers=(("Referer", SECRET.url),))
    (first,) = write(tmp_path, asked, link={**LINK, "facts": "Sample Person"}, run="1")
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        archive.journal("entries-announced", {"new": ["Sample Person"], "n": 1}, at(3))
        archive.exchange(replace(SECRET, time=at(5)), LINK, original=first.place)
    hidden = "https://www.example.org/redacted"

    def keep(one: Exchange, request: bytes, refers: str) -> Replacement | None:
        kept = Replacement(
            url=hidden, refers=hidden if refers else "", headers=one.headers, request=b"GET /redacted HTTP/1.1\r\n\r\n",
            link={**one.link, "facts": ""}, cut=None if one.redacted or one.revisit else
            Cut(reason="x", payload_digest=one.payload_digest, body_digest=one.digest, whole=True),
        )  # fmt: skip
        return None if one.url == hidden else kept

    def retell(kind: str, payload: dict[str, object]) -> dict[str, object]:
        return {**payload, "new": []} if kind == "entries-announced" else payload

    assert redact(tmp_path, keep, retell) == 3 and redact(tmp_path, keep, retell) == 0
    for name in ("1", "2"):
        raw = gzip.decompress(run_file(tmp_path, name).read_bytes())
        for word in (b"/release", b"Sample Person", b"sample name"):
            assert word not in raw, (name, word)
        fastwarc_verified(run_file(tmp_path, name))
    assert check(tmp_path) == []
    found = [*Archive.open(tmp_path).records()]
    assert [json.dumps(one.payload) for one in found if not isinstance(one, Exchange)][-1] == '{"new": [], "n": 1}'
