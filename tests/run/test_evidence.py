"""Evidence: what was received comes out byte for byte, what names people does not, what was changed is refused."""

import gzip
import io
import json
import shutil
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive, redact
from crawler.run.evidence import capture as evidences
from crawler.run.evidence.capture import evidence
from crawler.run.options import ARCHIVE, DATABASE
from crawler.store import Store
from tests.archive.archive_samples import as_it_is, without_bodies
from tests.fold.world import SOURCES, START, crawl
from tests.run.command import roundup
from tests.run.evidence_world import (
    FEED,
    MOVED,
    NEWS,
    PAGE,
    SUSPECT,
    changed,
    fetches,
    opened,
    page,
    private,
    read_anew,
    site,
    verified,
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three crawls: a page, the same unchanged, and another text of it."""
    data = tmp_path_factory.mktemp("read") / "data"
    made = site()
    crawl(data, made, START)
    crawl(data, made, START + timedelta(days=1))
    made.put(PAGE, page("Second."))
    made.feed(
        [(PAGE, "Trafficking guidance", "About trafficking, edited"), (MOVED, "Trafficking moved", "About slavery")]
    )
    made.tags = False
    crawl(data, made, START + timedelta(days=2))
    return data


def test_the_body_comes_out_as_it_was_received(read: Path) -> None:
    digest = str(fetches(read, PAGE)[0]["digest"])
    found = evidence(read, digest)
    parts = opened(found.data)
    verified(parts)
    assert parts["body.html"] == page("First.").encode() and sha256(parts["body.html"]).hexdigest() == digest
    assert "body-as-received.bin" not in parts
    kinds = [one.rec_type for one in ArchiveIterator(io.BytesIO(parts["capture.warc.gz"]))]
    assert kinds == ["warcinfo", "metadata", "request", "response"]
    said = parts["statement.txt"].decode()
    top = said.partition("The capture")[0]
    assert "not a certified copy" in " ".join(top.split()) and "does not prove who ran" in " ".join(top.split())
    assert digest in said and PAGE in said and "2026-03-02T06:00:0" in said and len(said.splitlines()) <= 66
    facts = json.loads(parts["capture.json"])
    assert facts["sha-256_of_the_body"] == digest and facts["hops"][0]["status"] == 200
    kinds = [json.loads(line)["kind"] for line in parts["journal.jsonl"].splitlines()]
    assert kinds[0] == "run-started" and {"link", "run-ended"} <= set(kinds)
    assert "watch@sample.invalid" not in parts["journal.jsonl"].decode(), "the registry is not part of it"
    assert b"User-Agent: sample" in parts["headers.txt"] and b"HTTP/1.1 200" in parts["headers.txt"]


def test_the_same_capture_gives_the_same_bytes(read: Path) -> None:
    digest = str(fetches(read, PAGE)[0]["digest"])
    one, other = evidence(read, digest), evidence(read, digest.upper())
    assert (
        one.data == other.data
        and one.name == other.name == f"evidence-20260302T0600{one.name[22:24]}Z-{digest[:12]}.zip"
    )
    with zipfile.ZipFile(io.BytesIO(one.data)) as zipped:
        assert zipped.namelist() == sorted(zipped.namelist())
        assert {entry.date_time[:4] for entry in zipped.infolist()} == {(2026, 3, 2, 6)}


def test_not_modified_comes_with_what_it_refers_to(read: Path) -> None:
    with Store.open(read / DATABASE) as store:
        row = store.one("select * from fetches where url=? and status=304", FEED)
        assert row is not None
    with Archive.open(read / ARCHIVE, read_only=True) as archive:
        assert any(getattr(one, "revisit", "") == "server-not-modified" for one in archive.records())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidences, "_find", lambda store, wanted: (row, []))
        found = evidence(read, FEED)
    parts = opened(found.data)
    verified(parts)
    kinds = [one.rec_type for one in ArchiveIterator(io.BytesIO(parts["capture.warc.gz"]))]
    assert kinds == ["warcinfo", "metadata", "request", "response", "warcinfo", "metadata", "request", "revisit"]
    assert b"<rss" in parts["body.xml"]
    assert any("nothing was modified" in line for line in found.told)
    assert "nothing was modified" in " ".join(parts["statement.txt"].decode().split())
    started = [json.loads(line) for line in parts["journal.jsonl"].splitlines() if b'"run-started"' in line]
    assert len(started) == 2 and all("sources" not in line["payload"] for line in started)


def test_every_hop_is_there(read: Path) -> None:
    parts = opened(evidence(read, MOVED).data)
    verified(parts)
    facts = json.loads(parts["capture.json"])
    assert [hop["status"] for hop in facts["hops"]] == [301, 200] and facts["redirects"] == "1"
    assert facts["address_asked"] == MOVED and facts["address_that_answered"] == "https://a.sample.invalid/new"
    assert parts["body.html"] == page("Another.").encode()


def test_an_address_means_its_newest_answer_and_an_entry_its_own(read: Path) -> None:
    assert opened(evidence(read, PAGE).data)["body.html"] == page("Second.").encode()
    with Store.open(read / DATABASE) as store:
        entry = store.one("select e.id, f.digest from entries e join fetches f on f.id = e.fetch limit 1")
        about = store.one("select id from entries where fetch is null limit 1")
    assert entry is not None
    facts = json.loads(opened(evidence(read, str(entry["id"])).data)["capture.json"])
    assert facts["sha-256_of_the_body"] == entry["digest"]
    if about is not None:
        done = roundup("evidence", about["id"], "--data", read)
        assert done.code == 2 and "no single capture" in done.err


def test_what_is_not_known_is_named(read: Path, tmp_path: Path) -> None:
    for wanted in ("0" * 64, "nonsense", "https://nowhere.invalid/", "", "'; drop table fetches; --"):
        done = roundup("evidence", wanted, "--data", read)
        assert done.code == 2 and repr(wanted) in done.err, done
    assert roundup("evidence", PAGE, "--data", tmp_path / "none").code == 2
    assert fetches(read, PAGE)


def test_the_command_writes_one_file_and_overwrites_none(
    read: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = roundup("evidence", PAGE, "--data", read)
    (written,) = tmp_path.iterdir()
    assert done.code == 0 and written.name in done.out and opened(written.read_bytes())
    assert roundup("evidence", PAGE, "--data", read).code == 0, "the same again"
    other = tmp_path / "other.zip"
    other.write_bytes(b"mine")
    refused = roundup("evidence", PAGE, "--data", read, "--out", other)
    assert refused.code == 2 and other.read_bytes() == b"mine"
    assert roundup("evidence", PAGE, "--data", read, "--out", tmp_path / "no" / "such.zip").code == 4


def test_a_coded_body_is_given_both_ways(tmp_path: Path) -> None:
    made = site()
    answer = made.answer

    def coded(url: str, *rest: object) -> object:
        found = answer(url, *rest)  # type: ignore[arg-type]
        if found is None or url != PAGE or not found.body:
            return found
        return replace(
            found, body=gzip.compress(found.body, mtime=0), headers=(*found.headers, ("Content-Encoding", "gzip"))
        )

    made.answer = coded  # type: ignore[method-assign, assignment]
    crawl(tmp_path / "data", made, START)
    parts = opened(evidence(tmp_path / "data", PAGE).data)
    verified(parts)
    assert gzip.decompress(parts["body-as-received.bin"]) == parts["body.html"] == page("First.").encode()


@pytest.mark.parametrize("url", [PAGE, FEED, MOVED])
def test_nothing_that_names_people_is_given_unless_asked_for(tmp_path: Path, url: str) -> None:
    data = private(tmp_path / "data", NEWS)
    found = evidence(data, url)
    parts = opened(found.data)
    verified(parts)
    everything = b"".join(parts.values()) + b"".join(
        one.content_stream().read() for one in ArchiveIterator(io.BytesIO(parts["capture.warc.gz"]))
    )
    assert SUSPECT.encode() not in everything and SUSPECT not in "".join(found.told)
    assert SUSPECT.encode() not in gzip.decompress(parts["capture.warc.gz"])
    assert not [name for name in parts if name.startswith("body")]
    assert "body is left out, because pages of this kind name people" in " ".join(
        parts["statement.txt"].decode().split()
    )
    digest = str(fetches(data, PAGE)[0]["digest"])
    if url == PAGE:
        assert digest in parts["statement.txt"].decode() and b"etag" in parts["headers.txt"].lower()
        assert f"sha256:{digest}".encode() in gzip.decompress(parts["capture.warc.gz"])
    asked = evidence(data, url, with_private=True)
    named = opened(asked.data)
    verified(named)
    assert SUSPECT.encode() in b"".join(data for name, data in named.items() if name.startswith("body"))
    assert "left out" not in " ".join(asked.told)


def test_a_page_of_its_own_kind_is_private_whoever_lists_it(tmp_path: Path) -> None:
    data = private(tmp_path / "data", SOURCES)
    assert SUSPECT.encode() in opened(evidence(data, PAGE).data)["body.html"]
    with Store.open(data / DATABASE) as store, store.transaction():
        store.update("documents", {"id": f"url:{PAGE}"}, {"kind": "case_law"})
    for url in (PAGE, FEED):
        assert SUSPECT.encode() not in evidence(data, url).data
    with Store.open(data / DATABASE) as store, store.transaction():
        store.update("documents", {"id": f"url:{PAGE}"}, {"availability": "gone", "availability_since": "2026-03-03"})
    done = roundup("evidence", PAGE, "--data", data)
    assert done.code == 2 and PAGE not in done.err and "took this page down" in done.err
    assert roundup("evidence", PAGE, "--data", data, "--with-private", "--out", tmp_path / "x.zip").code == 0


def test_a_redacted_body_is_not_there_and_says_why(read: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(read, data)
    digest = str(fetches(data, PAGE)[0]["digest"])
    keep = without_bodies(lambda one: "asked for by a person" if one.url == PAGE else None)
    redact(data / ARCHIVE, keep, as_it_is)
    read_anew(data)
    found = evidence(data, digest)
    parts = opened(found.data)
    verified(parts)
    assert not [name for name in parts if name.startswith("body")]
    said = " ".join(parts["statement.txt"].decode().split())
    assert "asked for by a person" in said and digest in said and b"First." not in found.data


@pytest.mark.parametrize("how", ["bytes", "words", "words and digests", "file"])
def test_an_archive_that_was_changed_gives_no_evidence(tmp_path: Path, how: str) -> None:
    data = tmp_path / "data"
    crawl(data, site(), START)
    digest = str(fetches(data, PAGE)[0]["digest"])
    row = fetches(data, PAGE)[0]
    path = data / ARCHIVE / str(row["file"])
    if how == "bytes":
        body = bytearray(path.read_bytes())
        body[int(str(row["offset"])) + 60] ^= 0xFF
        path.write_bytes(body)
    elif how == "file":
        path.unlink()
    else:
        changed(path, b"First.", b"Forge.", honest=how == "words and digests")
        read_anew(data)
    done = roundup("evidence", digest, "--data", data, "--out", tmp_path / "x.zip")
    assert done.code == 4 and not (tmp_path / "x.zip").exists(), done
    if how == "words and digests":
        assert "the archive or the database was changed" in done.err and digest in done.err
