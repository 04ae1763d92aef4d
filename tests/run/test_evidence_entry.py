"""The evidence of an entry: every capture behind it, each named in the statement and in the sums."""

import gzip
import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.run.evidence.capture import evidence
from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold.world import START, crawl
from tests.run.evidence_world import MOVED, NEWS, PAGE, SUSPECT, opened, page, site, verified


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two crawls: a page, and another text of it."""
    data = tmp_path_factory.mktemp("behind") / "data"
    made = site()
    crawl(data, made, START)
    made.put(PAGE, page("Second."))
    made.feed([(PAGE, "Trafficking guidance", "Edited"), (MOVED, "Trafficking moved", "About slavery")])
    made.tags = False
    crawl(data, made, START + timedelta(days=2))
    return data


def of_page(data: Path) -> str:
    """Return the entry that tells how the page changed."""
    with Store.open(data / DATABASE) as store:
        sql = "select entry from announcements where document=? and previous is not null"
        return str(store.value(sql, f"url:{PAGE}"))


def test_it_holds_what_changed_and_what_that_was_compared_with(read: Path) -> None:
    found = evidence(read, of_page(read))
    parts = opened(found.data)
    verified(parts)
    bodies = {name: parts[name] for name in parts if name.startswith("body")}
    assert bodies == {"body.html": page("Second.").encode(), "body-2.html": page("First.").encode()}
    said = parts["statement.txt"].decode()
    assert said.startswith("STATEMENT ON 2 CAPTURES OF WEB ADDRESSES")
    assert "Capture 2: what a change was compared with" in said and said.count(PAGE) == 2
    for name, text in bodies.items():
        digest = sha256(text).hexdigest()
        assert digest in said and f"{digest}  {name}\n" in parts["SHA256SUMS"].decode() and name in said
    facts = [json.loads(parts[name]) for name in ("capture.json", "capture-2.json")]
    assert [one["sha-256_of_the_body"] for one in facts] == [
        sha256(bodies[name]).hexdigest() for name in ("body.html", "body-2.html")
    ]
    crawls = [json.loads(line) for line in parts["journal.jsonl"].splitlines() if b'"run-started"' in line]
    assert len(crawls) == 2 and "2 captures are in it: what changed, and what that was compared with." in found.told
    assert evidence(read, of_page(read)).data == found.data


def test_a_digest_alone_stays_one(read: Path) -> None:
    parts = opened(evidence(read, sha256(page("Second.").encode()).hexdigest()).data)
    assert [name for name in parts if name.startswith(("body", "capture"))] == [
        "body.html", "capture.json", "capture.warc.gz",
    ]  # fmt: skip
    assert parts["statement.txt"].decode().startswith("STATEMENT ON ONE CAPTURE")


def test_the_archive_is_read_for_each(read: Path) -> None:
    with Store.open(read / DATABASE) as store, store.transaction():
        first = store.value("select id from fetches where url=? order by id limit 1", PAGE)
        digest = store.value("select digest from fetches where id=?", first)
        store.update("fetches", {"id": first}, {"digest": "0" * 64})
    try:
        with pytest.raises(Exception, match="the archive or the database was changed"):
            evidence(read, of_page(read))
    finally:
        with Store.open(read / DATABASE) as store, store.transaction():
            store.update("fetches", {"id": first}, {"digest": digest})


def test_of_pages_that_name_people_no_body_is_in_it(tmp_path: Path) -> None:
    data, made = tmp_path / "data", site(SUSPECT)
    crawl(data, made, START, text=NEWS)
    made.put(PAGE, page(f"{SUSPECT} again.").replace("Sample page", "Renamed page"))
    made.feed([(PAGE, "Trafficking guidance", "Edited"), (MOVED, "Trafficking moved", "About slavery")])
    made.tags = False
    crawl(data, made, START + timedelta(days=2), text=NEWS)
    with Store.open(data / DATABASE) as store, store.transaction():
        fetches = [row["id"] for row in store.all("select id from fetches where url=? and status=200", PAGE)]
        entry = str(store.value("select id from entries where document=?", f"url:{PAGE}"))
        store.update("entries", {"id": entry}, {"fetch": fetches[-1]})
        of_page = "select id from changes where document=?"
        store.do(f"update outbox set entry=? where change in ({of_page})", entry, f"url:{PAGE}")
    parts = opened(evidence(data, entry).data)
    verified(parts)
    whole = b"".join(parts.values()) + gzip.decompress(parts["capture.warc.gz"])
    assert SUSPECT.encode() not in whole and "capture-2.json" in parts
    assert not [name for name in parts if name.startswith("body")]
    with Store.open(data / DATABASE) as store, store.transaction():
        store.update("documents", {"id": f"url:{PAGE}"}, {"availability": "gone", "availability_since": "2026-03-03"})
    with pytest.raises(ConfigError, match="took this page down"):
        evidence(data, entry)
    with Store.open(data / DATABASE) as store, store.transaction():
        store.update("entries", {"id": entry}, {"document": None})
    with pytest.raises(ConfigError, match="not kept any more"):
        evidence(data, entry)
    assert SUSPECT.encode() in b"".join(opened(evidence(data, entry, with_private=True).data).values())
