"""What is due is sent: nothing twice, nothing lost, whatever is killed or refuses; each step is in the log first."""

import re
import smtplib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.errors import ConfigError, LockedError, StorageError
from crawler.feeds import Feed
from crawler.feeds.digest import FORMS, Digest, Period
from crawler.model import digest_of
from crawler.public.database import FILE, Connection, connect
from crawler.public.digest import changed_since, digest, entries_of
from crawler.run import mailing
from crawler.run.digests import checked, feed_of
from crawler.run.mailing import RefusedError
from crawler.run.publish import check_sample
from crawler.sources import Settings
from crawler.sources.notify import Notice, Notify
from crawler.store import deliveries
from crawler.store.deliveries import Batch, Deliveries
from crawler.text import moment, stamp

MAX_ENTRIES = 100
"""Most entries of one message; of more there are several."""
SLACK = timedelta(minutes=30)
"""Cron is never quite on time; a share of the period would make a digest of Mondays one of Sundays."""
PASSWORD = "ROUNDUP_SMTP_PASSWORD"
MAX_TROUBLE = 300
_ADDRESS = re.compile(r"[^\s<>\"'(]+@[^\s<>\"')]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a run of notify works with: the public database and the log are those of ``data``."""

    data: Path
    file: Path
    settings: Settings
    config: Notify
    environ: Mapping[str, str]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one message: ``trouble`` is empty where it was accepted, ``is_new`` where it failed first now."""

    addressee: str
    entries: int
    trouble: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one addressee is reached: its name in the log, its address (of mail or of a chat), and its digest."""

    notice: Notice
    feed: Feed
    name: str
    address: str
    is_chat: bool


def notify(given: Given) -> Iterator[Outcome]:
    """Send what is due, and yield what became of each message; what fails is tried again by the next run.

    Raises:
        ConfigError: the configuration cannot be carried out; nothing was sent.
        LockedError: another run is sending.
        StorageError: the log or the public database cannot be used; what was not noted in the log was not sent.
    """
    check_sample(given.data, given.settings)
    try:
        with (
            FileLock(given.data / "notify.lock", timeout=0),
            closing(connect(given.data / FILE)) as public,
            Deliveries.open(given.data) as log,
        ):
            for way in _ways(given, public):
                log.settle(way.name, stamp(given.now))
                planned = plan(log, public, way, given.now)
                for batch in planned.stale:
                    log.mark(batch, deliveries.REPLACED, stamp(given.now))
                for batch in planned.batches:
                    yield _send(given, log, public, way, batch)
    except Timeout as error:
        raise LockedError(f"{given.data}: another notify is running") from error
    except OSError as error:
        raise StorageError(f"{error.filename or given.data}: {error.strerror or error}") from error


def resolve(given: Given, addressee: str, *, again: bool) -> int:
    """Settle what is in doubt for an addressee: it is sent ``again`` by the next run, or left; return how many entries.

    Raises:
        ConfigError: nothing is in doubt for such an addressee.
        StoreError: the log cannot be used.
    """
    with Deliveries.view(given.data) as log:
        doubtful = log.batches(addressee, deliveries.IN_DOUBT)
        if not doubtful:
            raise ConfigError(f"nothing is in doubt for {addressee!r}; roundup status says for whom something is")
        for batch in doubtful:
            state = deliveries.ANSWER_LOST if again else deliveries.SENT_TWICE
            log.mark(batch, state, stamp(given.now), lost=-1 if again else 0)
        return sum(len(batch.entries) for batch in doubtful)


def preview(given: Given) -> Iterator[str]:
    """Yield what would be sent, each with whom it is for; nothing is sent or written."""
    check_sample(given.data, given.settings)
    with closing(connect(given.data / FILE)) as public, Deliveries.view(given.data) as log:
        for way in _ways(given, public):
            for batch in plan(log, public, way, given.now).batches:
                text = FORMS["text"](_digest(given, public, way, batch))
                yield f"To: {way.name}\nMessage-ID: {batch.message}\n\n{text}"


def _ways(given: Given, public: Connection) -> list[Way]:
    """Return how each addressee is reached; what cannot be is named before anything is sent."""
    config, ways = given.config, list[Way]()
    if config.mail is not None and config.mail.user and not given.environ.get(PASSWORD):
        raise ConfigError(f"{given.file}: mail.user: needs its password in the variable {PASSWORD}")
    if any(each.chat for each in config.digests) and find_spec("apprise") is None:
        raise ConfigError(f"{given.file}: chat: needs the package apprise of the extra notify: pip install apprise")
    for notice in config.digests:
        try:
            feed = feed_of(public, given.settings, checked(public, notice.filter))
        except ConfigError as error:
            raise ConfigError(f"{given.file}: digests.{notice.id}.filter: {error}") from error
        for name, stated, is_chat in notice.addressees:
            address = given.environ.get(stated, "") if is_chat else stated
            if not address:
                raise ConfigError(f"{given.file}: digests.{notice.id}.chat: the variable {stated} is not set")
            ways.append(Way(notice=notice, feed=feed, name=name, address=address, is_chat=is_chat))
    return ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one addressee is sent now, and what is not sent any more, for it has changed since."""

    batches: tuple[Batch, ...]
    stale: tuple[Batch, ...]


def plan(log: Deliveries, public: Connection, way: Way, now: datetime) -> Plan:
    """Return what is due for one addressee.

    That is what was refused or never handed over; once, what was handed over without an answer; and, where it is time,
    all entries of the filter that changed in meaning since it began to be sent and are not in the log as they are now.
    """
    query, until = way.feed.filter.query, stamp(now)
    first, last = log.bounds(way.name, query)
    unsent, lost = log.unsent(way.name), log.batches(way.name, deliveries.ANSWER_LOST)
    is_time = last is None or moment(last) + way.notice.every - SLACK <= now
    again = [fresh for batch in lost if (fresh := _fresh(public, batch)).entries]
    wanted = list(_fresh(public, unsent).entries) if unsent else []
    since = unsent.since if unsent else last or stamp(now - way.notice.every)
    if is_time:
        told = log.told(way.name)
        new = [each for each in changed_since(public, way.feed.filter, first or since) if each not in told]
        wanted = list(dict.fromkeys([*new, *(each for each in wanted if each[0])]))
        if not wanted and way.notice.empty:
            wanted = [("", until)]
    elif unsent:
        until = unsent.until
    batches = [
        _batch(way, since, until, wanted[start : start + MAX_ENTRIES], unsent.tries if unsent else 0)
        for start in range(0, len(wanted), MAX_ENTRIES)
    ]
    sent = {each for batch in (*again, *batches) for each in batch.entries}
    stale = [
        replace(old, entries=tuple(each for each in old.entries if each not in sent)) for old in _all(unsent, lost)
    ]
    return Plan(batches=(*again, *batches), stale=tuple(each for each in stale if each.entries))


def _all(unsent: Batch | None, lost: Sequence[Batch]) -> Iterator[Batch]:
    yield from lost
    if unsent:
        yield unsent


def _fresh(public: Connection, batch: Batch) -> Batch:
    """Return a batch with the entries that still are as they were to be sent."""
    now = {entry.id: entry.updated for entry in entries_of(public, [id for id, _ in batch.entries])}
    kept = tuple((id, updated) for id, updated in batch.entries if not id or now.get(id) == updated)
    return replace(batch, entries=kept)


def _batch(way: Way, since: str, until: str, entries: Sequence[tuple[str, str]], tries: int) -> Batch:
    """Return a message to be: its id is made of filter, period and entries, so that the same one has it again."""
    query = way.feed.filter.query
    id = digest_of(query, since, until, *(part for each in entries for part in each))[:32]
    return Batch(
        addressee=way.name, message=id, filter=query, since=since, until=until, entries=tuple(entries), tries=tries
    )


def _digest(given: Given, public: Connection, way: Way, batch: Batch) -> Digest:
    told = entries_of(public, [id for id, _ in batch.entries if id], way.feed.filter)
    made = digest(public, way.feed, Period(since=batch.since, until=batch.until), told)
    mail = given.config.mail
    footer = () if way.is_chat or mail is None else (mailing.footer(way.notice, mail),)
    return replace(made, note=mailing.AGAIN if batch.lost else "", footer=footer)


def _send(given: Given, log: Deliveries, public: Connection, way: Way, batch: Batch) -> Outcome:
    """Send one message, each step noted in the log before it is taken."""
    at, made, handed = stamp(given.now), _digest(given, public, way, batch), False

    def handing_over() -> None:
        nonlocal handed
        log.mark(batch, deliveries.HANDING_OVER, at, tries=1)
        handed = True

    if not batch.lost:
        log.note(batch, at)
    count = sum(bool(id) for id, _ in batch.entries)
    try:
        _hand_over(given, way, made, batch, handing_over)
    except (OSError, smtplib.SMTPException, RefusedError) as error:
        trouble = _masked(str(error) or type(error).__name__, way.address)
        if handed and not isinstance(error, RefusedError):
            return Outcome(addressee=way.name, entries=count, trouble=f"no answer: {trouble}", is_new=True)
        state = deliveries.ANSWER_LOST if batch.lost else deliveries.FAILED
        log.mark(batch, state, at, error=trouble, tries=0 if handed else 1)
        return Outcome(addressee=way.name, entries=count, trouble=trouble, is_new=not batch.tries)
    log.mark(batch, deliveries.SENT_TWICE if batch.lost else deliveries.SENT, at)
    return Outcome(addressee=way.name, entries=count)


def _hand_over(given: Given, way: Way, made: Digest, batch: Batch, handing_over: Callable[[], None]) -> None:
    mail = given.config.mail
    if way.is_chat:
        mailing.chat(made, way.address, handing_over)
    elif mail is not None:
        written = mailing.message(made, way.notice, mail, way.address, batch.message, given.now)
        with mailing.mail_server(mail, given.environ.get(PASSWORD, "")) as server:
            mailing.hand_over(server, written, mail.sender, way.address, handing_over)


def _masked(words: str, address: str) -> str:
    """Return words of another side without any address: the log has none."""
    masked = _ADDRESS.sub("[address]", words.replace(address, "[address]"))
    return " ".join(masked.split())[:MAX_TROUBLE]
