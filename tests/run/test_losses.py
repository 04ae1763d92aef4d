"""An archive that is not the one the database was made from: crawl, rebuild and check refuse it in the same words."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import archive
from crawler.archive import Archive
from crawler.errors import ArchiveError
from crawler.run import integrity, session
from crawler.run.options import ARCHIVE, DATABASE
from crawler.run.redact import planning, removal
from crawler.sources import Decisions, Redaction
from crawler.store import Store, applied
from tests.archive.test_archive_completeness import DAMAGES, copied_over, cut_between, cut_within, emptied
from tests.fold.test_fold_laws import Publisher, address
from tests.fold.test_fold_redirects import AUDITED
from tests.fold.world import START, crawl, same
from tests.run.command import roundup
from tests.run.here import Here, archived, commands, file_of, is_refused, opened

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("number", [0, 2])
def test_an_older_file_that_is_not_what_it_was(data: Path, damage: Callable[[Path], None], number: int) -> None:
    path = file_of(data, number)
    if damage is copied_over:
        path.write_bytes(file_of(data, number - 1).read_bytes())
        is_refused(data, "is older than", path.name)
        return
    size = path.stat().st_size
    damage(path)
    found = f"{path.stat().st_size} bytes long" if path.exists() else "missing"
    expected = "" if path.exists() and path.stat().st_size == size else f", expected {size}"
    is_refused(data, "is older than", f"{path.name}: {found}{expected}")


@pytest.mark.parametrize("damage", [Path.unlink, emptied, cut_between, cut_within], ids=lambda each: each.__name__)
def test_a_newest_file_that_is_shorter_than_what_was_applied(data: Path, damage: Callable[[Path], None]) -> None:
    """Of the newest file only what lies behind the committed place may be cut away."""
    path = file_of(data, -1)
    damage(path)
    is_refused(data, "is older than", path.name)


def test_several_files_are_named_at_once(data: Path) -> None:
    names = [path.name for path in (file_of(data, 0), file_of(data, 1))]
    for name in names:
        (data / ARCHIVE / name).unlink()
    is_refused(data, *names)
    shutil.rmtree(data / ARCHIVE)
    (data / ARCHIVE).mkdir()
    is_refused(data, *names)
    (data / ARCHIVE).rmdir()
    is_refused(data, *names)


def test_a_file_of_the_same_length_with_other_records(data: Path) -> None:
    """Where an answer stood stands none."""
    path = file_of(data, 0)
    content = path.read_bytes()
    head = content.find(b"\x1f\x8b\x08", 1)
    last = content.rfind(b"\x1f\x8b\x08")
    path.write_bytes(content[:head] + content[last:] + content[head:last])
    assert path.stat().st_size == len(content)
    is_refused(data, path.name, "no longer stands what was read there")


def test_damage_in_the_last_record_that_was_applied_is_not_cut_away(data: Path) -> None:
    path = file_of(data, -1)
    content = bytearray(path.read_bytes())
    content[-6] ^= 0xFF
    path.write_bytes(content)
    is_refused(data, path.name, "no longer stands what was read there")


def test_a_file_that_nobody_expects(data: Path) -> None:
    """It lies before what was applied, so a crawl would never read it, and a rebuild would."""
    shutil.copy(file_of(data, 0), data / ARCHIVE / "run-20260302T070000Z.warc.gz")
    is_refused(data, "run-20260302T070000Z.warc.gz", "was not there when the database was made")


def test_without_a_database_the_files_name_each_other(data: Path) -> None:
    (data / DATABASE).unlink()
    missing, cut = file_of(data, 0), file_of(data, 2)
    missing.unlink()
    cut_between(cut)
    before = archived(data)
    for _, text in commands(data):
        assert f"{missing.name}: missing, expected " in text and f"{cut.name}: {cut.stat().st_size} bytes long" in text
    assert archived(data) == before and not (data / DATABASE).exists()


def test_a_damaged_database_does_not_let_a_loss_pass(data: Path) -> None:
    """A rebuild is its way out; what the files tell of each other is asked all the same, and what it still can tell."""
    path = file_of(data, 0)
    path.unlink()
    whole = (data / DATABASE).read_bytes()
    (data / DATABASE).write_bytes(b"no database" + whole[11:])
    done = roundup("rebuild", "--data", data)
    assert done.code == 4 and f"{path.name}: missing" in done.err
    assert (data / DATABASE).read_bytes() == b"no database" + whole[11:]


def test_what_a_kill_leaves_is_no_loss(data: Path) -> None:
    """Behind the committed place the newest file may have more, also half a record, and other files may follow."""
    path = file_of(data, -1)
    path.write_bytes(path.read_bytes() + path.read_bytes()[:200])
    integrity.require(data)
    opened(data)
    opened(data)
    same(data)


def test_a_redaction_that_was_killed_is_gone_on_with(
    data: Path, made: tuple[Path, Publisher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files have other lengths then; that one of them is missing is noticed all the same."""
    decisions = Decisions(redact=(Redaction(reason="names a person", date="2026-03-06", url=address(1)),))
    redact = archive.redact

    def killed(*given: object) -> int:
        redact(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(removal, "redact", killed)
    with session.lock(data), pytest.raises(KeyboardInterrupt):
        planning.apply(data, decisions, Here())  # type: ignore[arg-type]
    monkeypatch.setattr(removal, "redact", redact)
    integrity.require(data)
    moved = file_of(data, -1).rename(data / "moved")
    with pytest.raises(ArchiveError, match=r"is older than .*: missing"):
        opened(data)
    moved.rename(data / ARCHIVE / max(archived(made[0])))
    opened(data)
    integrity.require(data)
    same(data)


def test_a_redaction_does_not_touch_an_archive_that_lost_something(data: Path) -> None:
    decisions = Decisions(redact=(Redaction(reason="names a person", date="2026-03-06", url=address(1)),))
    path = file_of(data, -1)
    cut_between(path)
    before = archived(data)
    with session.lock(data), pytest.raises(ArchiveError, match=path.name):
        planning.apply(data, decisions, Here())  # type: ignore[arg-type]
    assert archived(data) == before
    is_refused(data, path.name)


def test_the_disk_has_the_archive_before_the_database_has_what_was_read(
    made: tuple[Path, Publisher], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut may take what was not synced: the archive must never be behind the database then."""
    synced: dict[str, int] = {}
    sync, commit, transaction = Archive.sync, Store.commit, Store.set_meta

    def syncing(self: Archive) -> None:
        sync(self)
        synced.update({path.name: path.stat().st_size for path in self.directory.glob("*.warc.gz")})

    def committing(self: Store) -> None:
        ahead(self)
        commit(self)

    def noting(self: Store, key: str, value: str) -> None:
        if key.startswith(applied.APPLIED) and not grouped(self):
            assert synced.get(key.removeprefix(applied.APPLIED), 0) >= int(value), "a single record, not synced"
        transaction(self, key, value)

    def grouped(store: Store) -> bool:
        return bool(groups) and groups[-1] == store.path

    groups: list[str] = []
    begin = Store.begin

    def beginning(self: Store) -> None:
        groups.append(self.path)
        begin(self)

    def ahead(store: Store) -> None:
        groups.clear()
        for file, end in applied.files(store).items():
            assert synced.get(file, 0) >= (end or 0), "committed, not synced"

    monkeypatch.setattr(Archive, "sync", syncing)
    monkeypatch.setattr(Store, "commit", committing)
    monkeypatch.setattr(Store, "begin", beginning)
    monkeypatch.setattr(Store, "set_meta", noting)
    for day in range(2):
        crawl(tmp_path, made[1].site, START + timedelta(days=day), text=AUDITED)
    assert synced
