"""The same bytes are kept once; a revisit finds them, wherever they are now."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from crawler.archive import Archive, Exchange, Place, check
from crawler.errors import ArchiveError
from tests.archive.archive_samples import (
    LINK,
    PAGE,
    answer,
    at,
    bytes_at,
    fastwarc_verified,
    run_file,
    warcio_records,
    write,
)
from tests.tiers import examples

PACKED = answer(body=gzip.compress(PAGE), headers=(("Content-Encoding", "gzip"), ("Content-Type", "text/html")))


def exchanges(directory: Path) -> list[Exchange]:
    return [one for one in Archive.open(directory, read_only=True).records() if isinstance(one, Exchange)]


def test_identical_payload_across_files(tmp_path: Path) -> None:
    (first,) = write(tmp_path, PACKED, run="1")
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        second = archive.exchange(
            replace(PACKED, url="https://www.example.org/copy", time=at(9)), LINK, original=first.place
        )
        third = archive.exchange(replace(PACKED, time=at(10)), LINK, original=second.place)
    assert (second.revisit, second.body, second.status) == ("identical-payload-digest", PAGE, 200)
    assert second.original == third.original == first.place
    assert second.payload_digest == first.payload_digest and second.digest == first.digest
    assert exchanges(tmp_path) == [first, second, third]
    assert Archive.open(tmp_path).read(third.place) == third
    assert b"Sample guidance" not in gzip.decompress(bytes_at(tmp_path, second.place))
    assert check(tmp_path) == []
    for path in tmp_path.iterdir():
        fastwarc_verified(path)
    revisit = [*warcio_records(tmp_path / "run-2.warc.gz")][-1][1].rec_headers
    assert revisit.get_header("WARC-Refers-To") == first.record_id
    assert revisit.get_header("X-Roundup-Refers-To-Place") == str(first.place)


def test_another_digest_is_written_whole(tmp_path: Path) -> None:
    (first,) = write(tmp_path, answer(), run="1")
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        written = [
            archive.exchange(answer(body=b"other"), LINK, original=first.place),
            archive.exchange(answer(truncated="time"), LINK, original=first.place),
            archive.exchange(answer(), LINK, original=Place(file="run-0.warc.gz", offset=0, length=9)),
            archive.exchange(answer(), LINK, original=replace(first.place, offset=first.place.offset + 1)),
        ]
    assert [one.revisit for one in written] == [""] * 4
    assert exchanges(tmp_path) == [first, *written]


def test_not_modified(tmp_path: Path) -> None:
    (first,) = write(tmp_path, answer(), run="1")
    asked = answer(status=304, reason="Not Modified", body=b"", headers=(("ETag", '"a"'),), time=at(5))
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        second = archive.exchange(asked, LINK, not_modified_of=first.place)
        third = archive.exchange(asked, LINK, not_modified_of=second.place)
        fourth = archive.exchange(asked, LINK)
    for one in (second, third, fourth):
        assert (one.revisit, one.status, one.body, one.payload_digest) == ("server-not-modified", 304, b"", "")
    heads = [record.rec_headers for kind, record, _ in warcio_records(tmp_path / "run-2.warc.gz") if kind == "revisit"]
    assert [head.get_header("WARC-Refers-To") for head in heads] == [first.record_id, first.record_id, None]
    assert exchanges(tmp_path) == [first, second, third, fourth]
    assert check(tmp_path) == []


def test_originals_are_found_when_files_were_renamed(tmp_path: Path) -> None:
    (first,) = write(tmp_path, answer(), run="1")
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        archive.exchange(answer(time=at(1)), LINK, original=first.place)
    (tmp_path / "run-1.warc.gz").rename(tmp_path / "run-0.warc.gz")
    original, revisit = exchanges(tmp_path)
    assert revisit.body == PAGE and revisit.original == original.place == replace(first.place, file="run-0.warc.gz")
    assert check(tmp_path) == []


def test_a_place_that_holds_another_response_is_not_believed(tmp_path: Path) -> None:
    (first,) = write(tmp_path, answer(), run="2")
    (other,) = write(tmp_path / "other", answer(body=b"not this one"), run="2")
    with Archive.open(tmp_path) as archive:
        archive.start("3", {})
        revisit = archive.exchange(answer(time=at(1)), LINK, original=first.place)
    held = tmp_path / first.place.file
    before = held.read_bytes()[: first.place.offset]
    held.rename(tmp_path / "run-1.warc.gz")
    held.write_bytes(before + bytes_at(tmp_path / "other", other.place))
    assert Archive.open(tmp_path, read_only=True).read(revisit.place).body == PAGE


def test_an_original_that_is_missing_is_named(tmp_path: Path) -> None:
    (first,) = write(tmp_path, answer(), run="1")
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        second = archive.exchange(answer(time=at(1)), LINK, original=first.place)
    (tmp_path / "run-1.warc.gz").unlink()
    message = f"run-2.warc.gz: offset {second.place.offset}: refers to {first.record_id}, {first.url} of 2026-03-01T12"
    with pytest.raises(ArchiveError) as caught:
        exchanges(tmp_path)
    assert str(caught.value).startswith(message)
    (fault,) = check(tmp_path)
    assert fault.startswith(message)


def test_read_refuses_what_is_no_answer(tmp_path: Path) -> None:
    (first,) = write(tmp_path, answer())
    archive = Archive.open(tmp_path)
    for place in (
        next(iter(archive.records())).place,
        replace(first.place, length=first.place.length + 1),
        replace(first.place, offset=first.place.offset + 1),
        replace(first.place, file="none.warc.gz"),
        replace(first.place, file="../" + first.place.file, offset=0),
    ):
        with pytest.raises(ArchiveError):
            archive.read(place)


def test_check_names_every_fault(tmp_path: Path) -> None:
    """Records that are whole for gzip, but not what they say."""
    first, second, third = write(tmp_path, answer(), answer(body=b"second"), answer(body=b"third"))
    path = run_file(tmp_path)
    content = path.read_bytes()
    members = {
        place.offset: gzip.decompress(content[place.offset : place.end]) for place in (first.place, second.place)
    }
    spoilt = gzip.compress(members[first.place.offset].replace(b"sample of our own", b"sample of their's"))
    longer = gzip.compress(members[second.place.offset].replace(b"\r\n\r\nsecond", b"\r\n\r\nsecond and more"))
    path.write_bytes(
        content[: first.place.offset]
        + spoilt
        + content[first.place.end : second.place.offset]
        + longer
        + content[second.place.end : third.place.end]
        + content[third.place.offset : third.place.end]
    )
    faults = check(tmp_path)
    at_first = f"{path.name}: offset {first.place.offset}: "
    assert faults[:2] == [
        f"{at_first}the block is not what WARC-Block-Digest says",
        f"{at_first}the body is not what WARC-Payload-Digest says",
    ]
    assert "does not fit the record" in faults[2]
    assert any("is used twice" in fault for fault in faults)
    assert any("expected a journal entry or link" in fault for fault in faults)


@examples(200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.binary(max_size=6), st.integers(0, 40), st.integers(0, 4))
def test_spoilt_records_raise_nothing_but_archive_errors(
    tmp_path_factory: pytest.TempPathFactory, where: int, put: bytes, cut: int, number: int
) -> None:
    """Members that gzip finds whole, with anything in them."""
    directory = tmp_path_factory.mktemp("spoilt")
    (first,) = write(directory, answer())
    path = run_file(directory)
    with Archive.open(directory) as archive:
        archive.start(path.name.removeprefix("run-").removesuffix(".warc.gz"), {})
        archive.exchange(answer(time=at(1)), LINK, original=first.place)
    members = path.read_bytes().split(b"\x1f\x8b\x08\x00")[1:]
    plain = [gzip.decompress(b"\x1f\x8b\x08\x00" + member) for member in members][2 + number :][:1]
    spoilt = plain[0][: where % len(plain[0])] + put + plain[0][where % len(plain[0]) + cut :]
    members[2 + number] = gzip.compress(spoilt)[4:]
    path.write_bytes(b"".join(b"\x1f\x8b\x08\x00" + member for member in members))
    faults = check(directory)
    try:
        found = exchanges(directory)
    except ArchiveError:
        assert faults
    else:
        assert len(found) == 2
