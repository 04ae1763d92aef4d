"""Commands killed at any moment, one after another: nothing archived is lost, nothing is stored or told twice."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive import Archive, Exchange, check
from crawler.public.database import FILE, connect
from crawler.run.mailing import AGAIN
from crawler.run.options import ARCHIVE, DATABASE
from crawler.run.publish import export
from tests.publish.test_publish_notify import CHILD, CONFIG
from tests.run.mail_server import mail_server, plain
from tests.run.redacted_world import traces
from tests.spiders.server import Server, document, listed
from tests.spiders.world import PROJECT, World
from tests.tiers import pick

pytestmark = [pytest.mark.slow, pytest.mark.process, pytest.mark.scaled]

Start = Callable[[int], list[str]]
"""Makes the words of a command, of the round in which it is given."""

NAME = "quillonby"
"""What stands in no document but those that are redacted, one in each round of that command."""


def redacted_in(number: int) -> int:
    """Return the number of the document that is redacted in a round: one that was read long ago."""
    return 2 + number // 5


def commands(folder: Path, url: str) -> dict[str, Start]:
    data, sources = str(folder / "data"), str(folder / "sources.yaml")
    crawler, here = [sys.executable, "-m", "crawler"], ["--data", data]
    notify = [sys.executable, "-c", CHILD, data, str(folder / "notify.yaml")]
    first = datetime.now(UTC).replace(microsecond=0)
    crawl, redacted = [*crawler, "crawl", *here, "--sources", sources], list[str]()

    def redact(number: int) -> list[str]:
        of = f"{{url: '{url}/d/{redacted_in(number)}', reason: names a person, date: 2026-11-24}}"
        redacted.append(f"  - {of}\n")
        (folder / "decisions.yaml").write_text("redact:\n" + "".join(redacted))
        return crawl

    return {
        "crawl": lambda _: crawl,
        "rebuild": lambda _: [*crawler, "rebuild", *here],
        "export": lambda _: [*crawler, "export", *here],
        "notify": lambda number: [*notify, (first + timedelta(weeks=number)).isoformat()],
        "redact": redact,
    }


def begun(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(command: list[str]) -> float:
    """Run a command to its end; return the seconds that takes."""
    start, child = time.monotonic(), begun(command)
    _, err = child.communicate(timeout=300)
    assert child.returncode in (0, 1) and b"Traceback" not in err, err.decode()
    return time.monotonic() - start


def archived(folder: Path) -> Counter[str]:
    """Return the exchanges that the archive holds."""
    with Archive.open(folder / "data" / ARCHIVE, read_only=True) as archive:
        return Counter(record.link["exchange"] for record in archive.records() if isinstance(record, Exchange))


def put(server: Server, numbers: set[int]) -> None:
    """Serve the documents that are redacted in the end."""
    for number in numbers:
        server.put(f"/d/{number}", document(number, NAME))


def test_commands_killed_at_any_moment_lose_and_double_nothing(tmp_path: Path) -> None:
    chance, server, kills = random.Random(12), Server(), pick(all=5, soak=100)
    world, given = World(server, tmp_path / "data"), commands(tmp_path, server.url)
    text = world.text.replace("authority: sample.invalid", "authority: roundup.example.org")
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    listed(server, *range(1, 6))
    gone = {redacted_in(number) for number in range(1, kills + 1) if number % 5 == 4}
    put(server, gone)
    with mail_server() as mail:
        (tmp_path / "notify.yaml").write_text(CONFIG.format(port=mail.port))
        lasts = {name: finish(command(0)) for name, command in given.items() if name != "redact"}
        lasts["redact"] = 2 * lasts["crawl"]
        kept, killed = archived(tmp_path), Counter[str]()
        for number in range(1, kills + 1):
            listed(server, *range(1, 6 + number))
            put(server, gone)
            server.put("/d/1", document(1, f"wording {number}"))
            name = list(given)[number % len(given)]
            child = begun(given[name](number))
            time.sleep(chance.uniform(0, 0.7 * lasts[name]))
            child.kill()
            child.communicate()
            killed[name] += child.returncode < 0
            assert not kept - archived(tmp_path), f"{name}, kill {number}: archived, and lost"
            kept = archived(tmp_path)
        # The first ends the crawl that was killed, which has asked for the list before it named all.
        for number, name in enumerate(("crawl", "crawl", "rebuild", "export", "notify", "notify"), kills + 1):
            finish(given[name](number))
        told = mail.entries()
    print(f"{killed.total()} of {kills} commands killed before they ended: {dict(killed)}")
    assert not kept - archived(tmp_path) and set(archived(tmp_path).values()) == {1}
    assert check(tmp_path / "data" / ARCHIVE) == []
    assert world.documents() == {f"/d/{number}" for number in set(range(1, 6 + kills)) - gone}
    assert traces(tmp_path / "data", NAME) == []
    world.assert_rebuilds()
    content = (tmp_path / "data" / FILE).read_bytes()
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / DATABASE).write_bytes((tmp_path / "data" / DATABASE).read_bytes())
    assert export(tmp_path / "again").read_bytes() == content
    with closing(connect(tmp_path / "data" / FILE)) as public:
        states = dict(public.execute("select id, state from entries where is_default=1"))
    everyone = {entry: count for (to, entry), count in told.items() if to == "everyone@lists.example.org"}
    assert everyone.keys() == states.keys() and max(everyone.values()) <= 2
    # What was told and then redacted is told once more, as corrected.
    twice = {entry for entry, count in everyone.items() if count > 1 and states[entry] != "corrected"}
    assert not twice or any(AGAIN in plain(made) for _, made in mail.accepted)
    assert not list((tmp_path / "data").glob("*.part*")) + list((tmp_path / "data").glob("*.new*"))
