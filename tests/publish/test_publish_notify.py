"""``roundup notify``: nothing twice, nothing lost, whatever is killed or refuses; no address outside its file."""

import shutil
import signal
import smtplib
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ConfigError
from crawler.public.database import FILE
from crawler.run import mailing
from crawler.run import notify as sending
from crawler.run.notify import Given, Outcome
from crawler.sources import Settings
from crawler.sources.notify import load_notify
from crawler.store import deliveries as log
from crawler.store.deliveries import Deliveries
from tests.run.mail_server import Accepting, mail_server, plain
from tests.tiers import examples

pytestmark = pytest.mark.slow
REFUSED = "451 not now <a.b@example.org>"

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIST, DIRECT = "everyone@lists.example.org", "a.b@example.org"
CONFIG = """
mail: {{host: 127.0.0.1, port: {port}, security: none, sender: round-up@example.org}}
digests:
  - {{id: all, list: everyone@lists.example.org, leave: "https://lists.example.org/leave"}}
  - {{id: guidance, filter: kind=guidance, every: daily, to: {{ab: a.b@example.org}}}}
"""


@pytest.fixture
def server() -> Iterator[Accepting]:
    with mail_server() as listening:
        yield listening


@pytest.fixture
def here(database: Path, tmp_path: Path, server: Accepting) -> Given:
    return made(database, tmp_path, server)


def made(database: Path, folder: Path, server: Accepting, config: str = CONFIG) -> Given:
    (folder / "data").mkdir(parents=True)
    shutil.copy(database.parent / FILE, folder / "data" / FILE)
    file = folder / "notify.yaml"
    file.write_text(config.format(port=server.port))
    settings = Settings(public_url="https://roundup.example.org", authority="roundup.example.org")
    with closing(sqlite3.connect(folder / "data" / FILE)) as db, db:
        db.execute("update about set value = ? where key = 'authority'", [settings.authority])
    return Given(data=folder / "data", file=file, settings=settings, config=load_notify(file), environ={}, now=NOW)


def send(given: Given, **later: float) -> list[Outcome]:
    return list(sending.notify(replace(given, now=given.now + timedelta(**later))))


def wanted(given: Given) -> set[tuple[str, str]]:
    """Every addressee with every entry that the last week has for them."""
    with closing(sqlite3.connect(given.data / FILE)) as db:
        since = (NOW - timedelta(days=7)).isoformat()
        every = db.execute(
            "select id, document_kind, updated from entries where is_default = 1 and updated > ?", [since]
        )
        found = every.fetchall()
    day = (NOW - timedelta(days=1)).isoformat()
    return {(LIST, id) for id, _, _ in found} | {
        (DIRECT, id) for id, kind, at in found if kind == "guidance" and at > day
    }


def states(given: Given) -> list[tuple[str, str]]:
    return [(row["addressee"], row["state"]) for row in log.standing(given.data)]


def test_each_entry_once_and_again_only_when_it_changed(here: Given, server: Accepting) -> None:
    assert [outcome.trouble for outcome in send(here)] == ["", ""]
    assert set(server.entries()) == wanted(here) and set(server.entries().values()) == {1}
    assert send(here, hours=1) == [] and states(here) == []
    with closing(sqlite3.connect(here.data / FILE)) as db, db:
        db.execute(
            "update entries set updated = '2026-11-24T13:00:00Z', state = 'corrected', rank = -1 where id = 'aa01'"
        )
    send(here, days=8)
    assert {each for each, count in server.entries().items() if count == 2} == {(LIST, "aa01"), (DIRECT, "aa01")}
    assert "Corrected: " in plain(server.accepted[-1][1])


def test_a_message_says_what_it_is_and_holds_plain_text_first(here: Given, server: Accepting) -> None:
    send(here)
    to, mail = server.accepted[0]
    assert to == LIST and mail["To"] == LIST and mail["From"].endswith("<round-up@example.org>")
    assert (mail["List-Id"], mail["List-Unsubscribe"]) == (
        "<all.roundup.example.org>",
        "<https://lists.example.org/leave>",
    )
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Subject"].startswith(
        f"{sum(to == LIST for to, _ in wanted(here))} entries, "
    )
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "You get the digest “all”. To leave: https://lists.example.org/leave" in " ".join(plain(mail).split())
    other = server.accepted[1][1]
    assert other["List-Unsubscribe"] == "<mailto:round-up@example.org?subject=leave%20guidance>"
    assert len({mail["Message-ID"], other["Message-ID"]}) == 2 and mail["Message-ID"].endswith("@roundup.example.org>")


def test_a_server_without_starttls_is_told_with_the_option_that_says_so(
    database: Path, tmp_path: Path, server: Accepting
) -> None:
    here = made(database, tmp_path, server, CONFIG.replace("security: none", "security: starttls"))
    assert all("STARTTLS" in each.trouble and "mail.security" in each.trouble for each in send(here))


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        *((stage, said) for stage in ("connect", "mail", "rcpt", "data") for said in (REFUSED, "drop")),
        ("body", REFUSED),  # Dropped there, the answer is lost: the test below.
    ],
)
def test_what_is_refused_is_told_without_an_address_and_sent_later(
    here: Given, server: Accepting, stage: str, said: str
) -> None:
    server.answer = lambda at: said if at == stage else ""
    first, second = send(here), send(here, hours=1)
    assert all(outcome.trouble and "@" not in outcome.trouble for outcome in (*first, *second))
    assert all(outcome.is_new for outcome in first) and not any(outcome.is_new for outcome in second)
    assert server.accepted == [] and {state for _, state in states(here)} == {"failed"}
    server.answer = lambda at: ""
    assert [outcome.trouble for outcome in send(here, hours=2)] == ["", ""]
    assert set(server.entries()) == wanted(here) and set(server.entries().values()) == {1} and states(here) == []


def test_a_lost_answer_is_sent_once_more_and_says_so(here: Given, server: Accepting) -> None:
    server.answer = lambda at: "drop" if at == "accepted" else ""
    assert all("no answer" in outcome.trouble for outcome in send(here))
    assert {state for _, state in states(here)} == {"handing over"}
    server.answer = lambda at: "451 later" if at == "mail" else ""
    send(here, hours=1)
    assert {state for _, state in states(here)} == {"answer lost"}
    server.answer = lambda at: ""
    send(here, hours=2)
    assert set(server.entries()) == wanted(here) and set(server.entries().values()) == {2}
    for number in (0, 1):
        first, second = (mail for to, mail in server.accepted if to == (LIST, DIRECT)[number])
        assert first["Message-ID"] == second["Message-ID"]
        assert mailing.AGAIN not in " ".join(plain(first).split()) and mailing.AGAIN in " ".join(plain(second).split())
    assert {state for _, state in states(here)} == {"sent, perhaps twice"} and send(here, hours=3) == []


def test_two_lost_answers_are_left_to_a_person(here: Given, server: Accepting) -> None:
    server.answer = lambda at: "drop" if at == "accepted" else ""
    for hours in range(4):
        send(here, hours=hours)
    assert set(server.entries().values()) == {2} and {state for _, state in states(here)} == {"in doubt"}
    server.answer = lambda at: ""
    assert sending.resolve(here, "all/list", again=True) and sending.resolve(here, "guidance/to:ab", again=False)
    send(here, hours=4)
    assert {to: count for (to, _), count in server.entries().items()} == {LIST: 3, DIRECT: 2}
    assert {state for _, state in states(here)} == {"sent, perhaps twice"}
    with pytest.raises(ConfigError, match="nothing is in doubt for 'all/list'"):
        sending.resolve(here, "all/list", again=True)


class Killed(BaseException):
    """The process was killed here."""


def killing(at: int, patch: pytest.MonkeyPatch) -> None:
    """Kill at a step: before and behind each write of the log, and each word to the server and answer of it."""
    steps = iter(range(10**6))

    def step() -> None:
        if next(steps) == at:
            raise Killed

    def around(method: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            step()
            found = method(*args, **kwargs)
            step()
            return found

        return call

    patch.setattr(Deliveries, "_write", around(Deliveries._write))
    for name in ("send", "getreply"):
        patch.setattr(smtplib.SMTP, name, around(getattr(smtplib.SMTP, name)))


STEPS = 120
"""More than a run of two messages has."""


@pytest.mark.slow
@examples(60)
@given(st.lists(st.integers(0, STEPS), min_size=1, max_size=3))
def test_a_kill_at_any_point_loses_nothing(
    database: Path, tmp_path_factory: pytest.TempPathFactory, kills: list[int]
) -> None:
    with mail_server() as server:
        here = made(database, tmp_path_factory.mktemp("killed"), server)
        for hour, at in enumerate(kills):
            with pytest.MonkeyPatch.context() as patch:
                killing(at, patch)
                with suppress(Killed):
                    send(here, hours=hour)
        send(here, hours=5)
        counts, doubtful = server.entries(), dict(states(here))
        names = {LIST: "all/list", DIRECT: "guidance/to:ab"}
        for to, entry in wanted(here):
            state = doubtful.get(names[to], "sent")
            count = counts[to, entry]
            assert count == 1 or (count == 2 and state != "sent") or (state == "in doubt" and len(kills) > 1)
        again = [(to, mailing.AGAIN in " ".join(plain(mail).split())) for to, mail in server.accepted]
        assert all(sum(1 for at, told in again if at == to and not told) <= 1 for to in names)


def test_no_address_stands_in_log_or_status(here: Given, server: Accepting) -> None:
    server.answer = lambda at: "550 no such user <a.b@example.org>, everyone@lists.example.org" if at == "rcpt" else ""
    send(here)
    assert len(states(here)) == 2
    for file in here.data.iterdir():
        assert b"@example.org" not in file.read_bytes() and b"@lists" not in file.read_bytes(), file
    assert "@" not in repr(log.standing(here.data))


def test_preview_sends_and_writes_nothing(here: Given, server: Accepting) -> None:
    before = sorted(here.data.iterdir())
    shown = list(sending.preview(here))
    assert len(shown) == 2 and shown[0].startswith("To: all/list\n") and LIST not in "".join(shown)
    assert server.accepted == [] and sorted(here.data.iterdir()) == before


def test_many_entries_are_several_messages(here: Given, server: Accepting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MAX_ENTRIES", 2)
    send(here)
    assert set(server.entries()) == wanted(here) and set(server.entries().values()) == {1}
    assert len({mail["Message-ID"] for _, mail in server.accepted}) == len(server.accepted) > 2


def test_a_weekly_digest_stays_at_its_hour(here: Given, server: Accepting) -> None:
    send(here)
    hours = (5, 6 * 24, 7 * 24 - 1, 7 * 24, 8 * 24, 14 * 24 - 1, 14 * 24)
    sent = [hour for hour in hours if any(each.addressee == "all/list" for each in send(here, hours=hour))]
    assert sent == [7 * 24, 14 * 24]


def test_an_empty_period_is_told_unless_nobody_wants_it(database: Path, tmp_path: Path, server: Accepting) -> None:
    text = CONFIG + "  - {{id: none, filter: kind=bill, to: {{cd: c.d@example.org}}, empty: false}}\n"
    here = made(database, tmp_path, server, text)
    assert len(send(here)) == 2 and len(send(here, days=8)) == 2
    assert "Nothing new or changed was found" in plain(server.accepted[-1][1]) or "could be checked" in plain(
        server.accepted[-1][1]
    )
    assert send(here, days=8) == []


def test_a_chat_gets_headlines_by_apprise(
    database: Path, tmp_path: Path, server: Accepting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, str]] = []
    accepts = [False, True]

    class Apprise:
        asset = SimpleNamespace(http_redirects=True)

        def add(self, url: str) -> bool:
            return not self.asset.http_redirects and url == "json://127.0.0.1/secret"

        def notify(self, **given: str) -> bool:
            sent.append(given)
            return accepts.pop(0)

    fake = SimpleNamespace(Apprise=Apprise, NotifyFormat=SimpleNamespace(TEXT="text"), __spec__=object())
    text = "digests: [{{id: all, chat: [ROUNDUP_CHAT_TEAM]}}]\n"
    here = replace(made(database, tmp_path, server, text), environ={"ROUNDUP_CHAT_TEAM": "json://127.0.0.1/secret"})
    monkeypatch.setitem(sys.modules, "apprise", fake)
    assert [outcome.trouble for outcome in send(here)] == ["the chat or webhook did not accept it"]
    assert [outcome.trouble for outcome in send(here, hours=1)] == [""] and send(here, hours=2) == []
    assert "https://roundup.example.org/entry/aa01" in sent[1]["body"] and sent[0] == sent[1]
    for environ, there, words in (({}, fake, "ROUNDUP_CHAT_TEAM is not set"), (here.environ, None, "extra notify")):
        monkeypatch.setitem(sys.modules, "apprise", there)
        with pytest.raises(ConfigError, match=words):
            send(replace(here, environ=environ))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("filter: kind=guidance", "filter: colour=red", "digests.guidance.filter: filter 'colour=red'"),
        ("security: none", "security: tls, user: me", "mail.user: needs its password in the variable"),
    ],
)
def test_what_cannot_be_carried_out_is_named_before_anything_is_sent(
    database: Path, tmp_path: Path, server: Accepting, old: str, new: str, words: str
) -> None:
    here = made(database, tmp_path, server, CONFIG.replace(old, new))
    with pytest.raises(ConfigError, match=words) as caught:
        send(here)
    assert str(here.file) in str(caught.value) and server.accepted == []


CHILD = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from crawler.run.notify import Given, notify
from crawler.sources import Settings
from crawler.sources.notify import load_notify
data, file, now = Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
settings = Settings(public_url="https://roundup.example.org", authority="roundup.example.org")
list(notify(Given(data=data, file=file, settings=settings, config=load_notify(file), environ={}, now=now)))
"""


@pytest.mark.process
@pytest.mark.parametrize("stage", ["rcpt", "body", "accepted"])
def test_a_killed_process_loses_nothing(here: Given, server: Accepting, stage: str) -> None:
    running: list[subprocess.Popen[bytes]] = []

    def kill(at: str) -> str:
        if at != stage:
            return ""
        running[0].kill()
        running[0].wait()
        return "drop"

    def run(hours: int) -> int:
        now = (NOW + timedelta(hours=hours)).isoformat()
        running[:] = [subprocess.Popen([sys.executable, "-c", CHILD, str(here.data), str(here.file), now], cwd=ROOT)]
        return running[0].wait()

    server.answer = kill
    assert run(0) == -signal.SIGKILL
    server.answer = lambda at: ""
    assert (run(1), run(2)) == (0, 0)
    twice = {each for each, count in server.entries().items() if count == 2}
    assert set(server.entries()) == wanted(here) and set(server.entries().values()) <= {1, 2}
    assert twice == ({each for each in wanted(here) if each[0] == LIST} if stage == "accepted" else set())
    assert states(here) == ([("all/list", "sent, perhaps twice")] if stage in ("body", "accepted") else [])
