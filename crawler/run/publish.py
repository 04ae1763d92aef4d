"""The feeds as files, written from the public database at the end of a crawl: all entries, and the common filters."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from crawler.errors import ConfigError, StorageError
from crawler.export import export as write_public
from crawler.feeds import Feed, Filter
from crawler.feeds.facets import title
from crawler.feeds.files import Made, clear, write_calendar, write_list
from crawler.feeds.presets import EVERYTHING, OPEN, common, place
from crawler.public import calendar, schema
from crawler.public.database import FILE, Connection, connect
from crawler.public.filters import announced_values
from crawler.public.parts import archive, closed_parts, digest, entries_of, part_name, subscription
from crawler.public.standing import facts, reading, unread
from crawler.run import session
from crawler.run.options import DATABASE, SAMPLE
from crawler.sources import Settings
from crawler.store import Store


def feeds(data: Path, settings: Settings) -> list[Path]:
    """Write the public database and every feed that is kept as a file, with their list; return the feeds that are new.

    Raises:
        ConfigError: there is no database.
        ConfigError: the database holds sample captures, and the settings are those of a real round-up.
        StorageError: a file could not be written.
    """
    if not Store.is_at(data / DATABASE):
        raise ConfigError(f"{data / DATABASE}: there is no database yet; crawl first")
    with closing(connect(export(data))) as public:
        return write_feeds(public, settings, data, sample=_is_sample(public, data, settings))


def write_feeds(public: Connection, settings: Settings, data: Path, *, sample: bool = False) -> list[Path]:
    """Write every feed that is kept as a file, the archive of that of everything, and their list.

    Only those are made of which something changed; return the files that are new.

    Raises:
        StorageError: a file could not be written.
    """
    listed, made = _feeds(public, settings, sample=sample), Made(data)
    parts = closed_parts(public)
    written = [path for feed in listed for path in _written(public, feed, made)]
    written += [path for part in parts for path in _written(public, listed[0], made, part)]
    made.save()
    clear([*(feed.place for feed in listed), *(f"{EVERYTHING}-{part_name(part)}" for part in parts)], data)
    days = calendar.subscribed(public, Filter(), reading(public).clock)
    return [*written, *write_list(listed, data), *write_calendar(days, listed[0], data)]


def _written(public: Connection, feed: Feed, made: Made, part: int = 0) -> list[Path]:
    """Write a feed, or a part of its archive, if anything of it changed; return the files that are new.

    Archives of other feeds than that of everything are made when they are asked for, so that their files link them
    only where a site is known.
    """
    found = archive(public, feed.filter, part) if part else subscription(public, feed.filter)
    if found is None:
        return []
    before = found.before if feed.place == EVERYTHING or feed.public_url else ""
    whole = replace(feed, part=part_name(part), before=before)
    return made.write(whole, digest(public, found), lambda: entries_of(public, found))


def export(data: Path, progress: session.Progress = session.silent) -> Path:
    """Write the public database from that of a data directory, and return its path; one process at a time.

    Raises:
        ConfigError: there is no database.
        StorageError: a file could not be written.
    """
    if not Store.is_at(data / DATABASE):
        raise ConfigError(f"{data / DATABASE}: there is no database yet; crawl first")
    try:
        with FileLock(data / "export.lock"):
            return write_public(data / DATABASE, progress)
    except OSError as error:
        raise StorageError(f"{error.filename or data}: {error.strerror or error}") from error


def _feeds(public: Connection, settings: Settings, *, sample: bool) -> list[Feed]:
    """Return the feeds that are kept as files: that of everything, then the common ones."""
    return [
        Feed(
            authority=settings.authority,
            public_url=settings.public_url,
            filter=filter,
            words=title(filter.pairs),
            sample=sample,
            place=place(filter),
            unread=unread(public, filter),
        )
        for filter in (Filter(), *common(announced_values(public, *OPEN)))
    ]


def check_sample(data: Path, settings: Settings) -> None:
    """Refuse to publish invented captures for real.

    Raises:
        ConfigError: there is no public database, or one that another version wrote.
        ConfigError: it holds sample captures, and the settings are those of a real round-up.
    """
    if not (data / FILE).exists():
        raise ConfigError(f"{data / FILE}: there is no public database yet; crawl first, or run roundup export")
    with closing(connect(data / FILE)) as public:
        _is_sample(public, data, settings)


def _is_sample(public: Connection, data: Path, settings: Settings) -> bool:
    about = facts(public)
    if about["schema"] != schema.VERSION or not _has_columns(public):
        raise ConfigError(f"{data / FILE}: was written by another version of this software; run roundup export")
    if about["authority"] not in ("", settings.authority):
        raise ConfigError(
            f"{data}: was begun with authority {about['authority']!r}, the settings say {settings.authority!r}:"
            " ids in feeds would change; keep the authority, or start with an empty data directory"
        )
    sample = about["sample"] == "1"
    if sample and settings.authority != SAMPLE:
        raise ConfigError(
            f"{data}: holds sample captures, which are invented; they are published as {SAMPLE} only,"
            f" not as {settings.authority}"
        )
    return sample


def _has_columns(public: Connection) -> bool:
    """Whether the file has every column that is read here: a new one breaks nobody's query, and raises no version."""
    return all(
        set(table.columns) <= {row["name"] for row in public.execute(f"pragma table_info({table.name})")}
        for table in schema.tables()
    )


def settings(data: Path) -> Settings:
    """Return the settings under which the newest crawl was made, with the authority the archive was begun with."""
    with Store.open(data / DATABASE) as store:
        return Settings(
            public_url=store.meta("public_url") or "", authority=store.meta("authority") or Settings().authority
        )
