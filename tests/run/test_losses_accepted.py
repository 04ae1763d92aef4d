"""The way out where something of the archive is lost for good: it is given up, told, and gone on from."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from crawler.archive import check, mismatches, salvage
from crawler.archive import completeness as whole_archive
from crawler.errors import ArchiveError
from crawler.run import integrity, rebuild, session
from crawler.run.options import ARCHIVE, DATABASE
from crawler.run.redact import planning
from crawler.sources import Decisions, Redaction
from tests.archive.test_archive_completeness import (
    DAMAGES,
    copied_over,
    cut_between,
    cut_within,
    emptied,
    longer,
    of_another_archive,
)
from tests.fold.tables import differences
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.test_fold_redirects import AUDITED
from tests.fold.world import START, crawl, rebuilt, same
from tests.run.command import Done, roundup
from tests.run.here import Here, archived, crawl_with, file_of, is_refused

pytestmark = pytest.mark.usefixtures("in_this_process")


def accepted(data: Path) -> Done:
    done = roundup("rebuild", "--accept-loss", "--data", data)
    assert done.code == 0, done
    return done


def is_sound(data: Path, publisher: Publisher) -> None:
    """Whole again by every rule, rebuilt alike, and gone on with."""
    integrity.require(data)
    assert check(data / ARCHIVE) == [] and mismatches(data / ARCHIVE) == []
    done = roundup("check", "--data", data, "--sources", data.parent / "sources.yaml")
    assert done.code == 0, done
    for day in (4, 5):
        crawl(data, publisher.site, START + timedelta(days=day), text=AUDITED)
        with live(data) as one, rebuilt(data) as other:
            assert differences(one, other) == [] and one.check() == []
    assert "nothing is lost" in accepted(data).out


def losses(data: Path) -> list[tuple[str, str]]:
    with live(data) as store:
        rows = store.all("select subject, detail from issues where kind='loss' and resolved is null order by subject")
    return [(row["subject"], row["detail"]) for row in rows]


def flipped(path: Path) -> None:
    """One byte in the middle of the file, in whatever record stands there."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def headless(path: Path) -> None:
    """Its first record, and with it what it follows, cannot be read."""
    content = bytearray(path.read_bytes())
    content[100] ^= 0xFF
    path.write_bytes(content)


def beheaded(path: Path) -> None:
    """The entry that began its run cannot be read: what stands behind it cannot be interpreted."""
    content = bytearray(path.read_bytes())
    content[content.find(b"\x1f\x8b\x08", 1) + 50] ^= 0xFF
    path.write_bytes(content)


def of_another_round_up(path: Path) -> None:
    """A file of the same name, sound in itself."""
    publisher, other = Publisher(), path.parents[2] / "other"
    publisher.do(("publish", 77))
    crawl(other, publisher.site, START + timedelta(days=int(path.name[11:12]) - 2), text=AUDITED)
    (other / ARCHIVE / path.name).replace(path)


GIVEN_UP = [each for each in DAMAGES if each not in (copied_over, of_another_archive)]
GIVEN_UP += [flipped, headless, beheaded, of_another_round_up]


SEEN = (longer, flipped, headless, beheaded)
"""Damages of the newest file that can be known without a database."""


def cases() -> Iterator[ParameterSet]:
    """Yield each damage to each of three files, with and without a database; one case each, all in the soak tier."""
    for turn, damage in enumerate(GIVEN_UP):
        places = [
            (number, database)
            for number in (0, 1, -1)
            for database in (True, False)
            if database or number != -1 or damage in SEEN
        ]
        for place, (number, database) in enumerate(places):
            name = f"{damage.__name__}-{number}-{'database' if database else 'none'}"
            marks = () if place == turn % len(places) else pytest.mark.soak
            yield pytest.param(damage, number, database, marks=marks, id=name)


@pytest.mark.slow
@pytest.mark.parametrize(("damage", "number", "database"), [*cases()])
def test_a_loss_that_is_accepted_is_told_and_gone_on_from(
    data: Path, made: tuple[Path, Publisher], damage: Callable[[Path], None], number: int, database: bool
) -> None:
    path = file_of(data, number)
    if not database:
        (data / DATABASE).unlink()
    damage(path)
    left = path.read_bytes() if path.exists() else b""
    with pytest.raises(ArchiveError, match=path.name):
        rebuild.rebuild(data)
    done = accepted(data)
    assert f"lost: {path.name}: " in done.out
    assert path.name in [subject for subject, _ in losses(data)]
    aside = data / ARCHIVE / "lost" / path.name
    assert not aside.exists() or aside.read_bytes() == left
    gone = damage in (Path.unlink, cut_between, of_another_round_up)
    assert aside.exists() or gone or (number == -1 and damage in (emptied, cut_within))
    is_sound(data, made[1])
    assert path.name in [subject for subject, _ in losses(data)], "it stays until a person confirms it"


@pytest.mark.slow
def test_the_issue_says_what_and_when_and_a_person_closes_it(data: Path, made: tuple[Path, Publisher]) -> None:
    path = file_of(data, 1)
    size = path.stat().st_size
    path.unlink()
    accepted(data)
    (subject, detail), *others = losses(data)
    assert subject == path.name
    assert all("refers to a response that is lost" in text for _, text in others)
    assert detail.startswith("given up at 20") and f"{path.name}: missing, expected {size} bytes" in detail
    assert str(data) not in detail, "readers see it"
    assert f": {subject}: given up at" in roundup("status", "--data", data).out
    told = json.loads(roundup("status", "--json", "--data", data).out)
    assert told["issues"][0] == {
        "kind": "loss", "since": "2026-03-05T06:00:00Z", "detail": f"{subject}: {detail}", "severity": "note",
    }  # fmt: skip
    decisions = f"confirm: [{', '.join(name for name, _ in losses(data))}]\n"
    crawl_with(data, made[1], START + timedelta(days=8), AUDITED, decisions_text=decisions)
    assert losses(data) == []
    same(data)


@pytest.mark.slow
def test_a_lost_file_that_is_found_again_is_read_again(data: Path, made: tuple[Path, Publisher]) -> None:
    path = file_of(data, 1)
    moved = path.rename(data / "moved")
    accepted(data)
    with live(data) as store:
        assert store.value("select count(*) from crawls") == 3
    moved.rename(path)
    shutil.rmtree(data / ARCHIVE / "lost", ignore_errors=True)
    is_refused(data, path.name, "was not there when the database was made")
    assert "nothing is lost" in accepted(data).out
    with live(data) as store:
        assert store.value("select count(*) from crawls") == 4
    is_sound(data, made[1])


def test_nothing_that_can_be_read_is_an_error(data: Path) -> None:
    for path in (data / ARCHIVE).iterdir():
        beheaded(path)
    before = archived(data)
    done = roundup("rebuild", "--accept-loss", "--data", data)
    assert done.code == 4 and "nothing of it can be read" in done.err and archived(data) == before
    shutil.rmtree(data / ARCHIVE)
    for flags in ((), ("--accept-loss",)):
        done = roundup("rebuild", *flags, "--data", data)
        assert done.code == 4 and "missing" in done.err


def test_without_loss_the_flag_changes_nothing_but_what_a_kill_left(data: Path) -> None:
    before = archived(data)
    path = file_of(data, -1)
    path.write_bytes(path.read_bytes()[:] + path.read_bytes()[:77])
    assert "nothing is lost" in accepted(data).out
    assert archived(data) == before and losses(data) == []


@pytest.mark.slow
def test_killed_while_a_loss_is_given_up(
    data: Path, made: tuple[Path, Publisher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each step: whoever starts again comes to the same end, and the loss is told."""
    missing, damaged = file_of(data, 0).name, file_of(data, 1).name
    for name in ("rewrite", "sync_path", "journal_piece"):
        for stop in range(1, 9):
            here = data.parent / f"{name}-{stop}" / "data"
            shutil.copytree(data, here)
            (here / ARCHIVE / missing).unlink()
            flipped(here / ARCHIVE / damaged)
            function, count = getattr(salvage, name), 0

            def dying(*given: object, stop: int = stop, function: Callable[..., object] = function) -> object:
                nonlocal count
                count += 1
                if count == stop:
                    raise KeyboardInterrupt
                return function(*given)

            with monkeypatch.context() as patch:
                patch.setattr(salvage, name, dying)
                try:
                    rebuild.rebuild(here, accept_loss=True)
                    break
                except KeyboardInterrupt:
                    pass
            with pytest.raises(ArchiveError, match=missing):
                rebuild.rebuild(here)
            rebuild.rebuild(here, accept_loss=True)
            assert {missing, damaged} <= {subject for subject, _ in losses(here)}, (name, stop)
            integrity.require(here)
            assert check(here / ARCHIVE) == []
        assert stop > 1 or name == "journal_piece"


@pytest.mark.slow
def test_a_redaction_removes_what_was_set_aside(data: Path) -> None:
    """What stands in a damaged file cannot be told, so it cannot be taken out of it either."""
    flipped(file_of(data, 1))
    accepted(data)
    assert list((data / ARCHIVE / "lost").iterdir())
    decisions = Decisions(redact=(Redaction(reason="names a person", date="2026-03-06", url=address(1)),))
    with session.lock(data):
        planning.apply(data, decisions, Here())  # type: ignore[arg-type]
    assert not (data / ARCHIVE / "lost").exists()


def test_a_sample_stays_one_though_its_first_record_is_lost(data: Path) -> None:
    """What says of itself that it is invented must never be read as if it were not."""
    path = file_of(data, 0)
    assert whole_archive.info_of(path)["sample"] == "true"
    headless(path)
    accepted(data)
    assert whole_archive.info_of(path)["sample"] == "true"
