"""As a new user, in a fresh folder: install the wheel, init, crawl, serve, subscribe, get mail, upgrade."""

import json
import re
import socket
import subprocess
import time
import tomllib
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import feedparser
import pytest

from tests.install.world import NEXT, ROOT, Installed, environment, raised, run, unpacked_sdist, wheel
from tests.ports import free_port
from tests.run.mail_server import mail_server
from tests.spiders.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.process]
HAS_CHATS = find_spec("apprise") is not None
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FACTS = ("Modern slavery: guidance for first responders", "Human trafficking: annual report",
         "Human trafficking: support of victims", "Modern slavery: statutory guidance on referral")  # fmt: skip


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked_sdist(tmp_path_factory.mktemp("sdist"))


def test_the_wheel_of_the_source_distribution_carries_all_that_is_read(source: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel(source, tmp_path)) as file:
        held = {name: file.read(name) for name in file.namelist() if name.startswith("crawler/")}
    wanted = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "crawler").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == wanted
    assert held["crawler/sources/sources.yaml"] == (ROOT / "sources.yaml").read_bytes()


def published(server: Server, count: int) -> None:
    now = format_datetime(datetime.now(UTC).replace(hour=0), usegmt=True)
    items = "".join(
        f"<item><title>{title}</title><link>{server.url}/d/{n}</link><pubDate>{now}</pubDate>"
        f"<description>A sample of our own about human trafficking, number {n}.</description></item>"
        for n, title in enumerate(FACTS[:count])
    )
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>Sample Office</title>'
    server.put("/feed", f"{head}{items}</channel></rss>", "application/rss+xml")


@contextmanager
def serving(here: Installed, folder: Path) -> Iterator[str]:
    port = free_port()
    command = [str(here.command), "serve", "--port", str(port), "--base-url", "/round-up/"]
    process = subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL)
    try:
        for _ in range(1000):
            time.sleep(0.1)
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None
        yield f"http://127.0.0.1:{port}/round-up"
    finally:
        process.terminate()
        process.wait(timeout=30)


def subscribed(here: Installed, folder: Path) -> Counter[str]:
    """How often the subscription document has each entry; the site is below a path, as behind a proxy."""
    with serving(here, folder) as site:
        home, feed = (
            urllib.request.urlopen(f"{site}{path}", timeout=60).read().decode() for path in ("/", "/feeds/changes.atom")
        )
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', home)
    assert len(links) > 10 and not [each for each in links if not each.startswith("/round-up/")]
    return Counter(str(entry.id) for entry in feedparser.parse(feed).entries)


def test_a_new_user_gets_from_the_wheel_to_mail_and_over_an_upgrade(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps: list[tuple[str, float]] = []

    @contextmanager
    def step(name: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        steps.append((name, time.monotonic() - start))

    here, folder = Installed(place=tmp_path / "venv"), tmp_path / "my round-up"
    server = Server()
    told: dict[str, str] = {"ROUNDUP_CHAT_TEAM": f"json://{server.host}/hook"}

    def roundup(*arguments: str, code: int = 0) -> str:
        return run(here.command, *arguments, cwd=folder, code=code, **told)

    with step("install the wheel"):
        here.make()
        here.install(wheel(source, tmp_path / "first"))
        assert run(here.command, "--version", cwd=tmp_path).split()[-1] == "0.1.0"
    with step("init"):
        stated = ("--contact", "watch@sample.invalid", "--authority", "round-up.example.org",
                  "--public-url", "https://round-up.example.org")  # fmt: skip
        run(here.command, "init", folder, *stated, cwd=tmp_path)
        local = folder / "local.yaml"
        local.write_text(local.read_text() + f'hosts:\n  "{server.host}": {{private: true, delay: 0}}\n')
        assert "sources.yaml with local.yaml: " in roundup("check")
    with step("add a source"):
        published(server, 2)
        assert "local.yaml: written" in roundup("add", "--yes", f"{server.url}/feed")
        assert "Restart the site" in local.read_text(), "comments are kept"
        (name,) = re.findall(r'^  - id: "?([\w-]+)', local.read_text(), re.MULTILINE)
    with step("first crawl"):
        roundup("crawl", "--source", name)
        before = subscribed(here, folder)
    with step("second crawl"):
        published(server, 3)
        roundup("crawl", "--source", name)
        first = subscribed(here, folder)
        assert len(first - before) == 1 and max(first.values()) == 1
    with mail_server() as mail:
        digest = {"id": "all", "every": "20m", "to": {"ab": "a.b@example.org"}, "empty": False}
        if HAS_CHATS:
            server.put("/hook", "{}", "application/json")
            digest["chat"] = ["ROUNDUP_CHAT_TEAM"]
        sender = {"host": "127.0.0.1", "port": mail.port, "security": "none", "sender": "round-up@example.org"}
        (folder / "notify.yaml").write_text(json.dumps({"mail": sender, "digests": [digest]}))
        with step("mail and webhook"):
            roundup("notify")
            sent = mail.entries()
            assert sent and set(sent.values()) == {1}
        kept = {path: path.read_text() for path in folder.glob("*.yaml")}
        with step("upgrade to a newer wheel"):
            raised(source)
            here.install(wheel(source, tmp_path / "second"))
            assert run(here.command, "--version", cwd=tmp_path).split()[-1] == NEXT
            run(here.command, "init", folder, *stated, cwd=tmp_path)
            assert {path: path.read_text() for path in folder.glob("*.yaml")} == kept
            roundup("notify")
            assert mail.entries() == sent, "nothing twice"
        with step("third crawl, mail"):
            published(server, 4)
            roundup("crawl", "--source", name)
            after = subscribed(here, folder)
            assert first <= after and len(after - first) == 1 and max(after.values()) == 1, "nothing lost"
            roundup("notify")
            assert len(mail.entries() - sent) == 1 and set(mail.entries().values()) == {1}
        with step("rebuild"):
            (folder / "data/roundup.db").unlink()
            roundup("rebuild")
            assert subscribed(here, folder) == after
            roundup("notify")
            assert set(mail.entries().values()) == {1}
    if HAS_CHATS:
        posts = [each for each in server.asked if each.path == "/hook"]
        assert len(posts) == 2
    with capsys.disabled():
        print()
        for name, seconds in steps:
            print(f"  {name}: {seconds:.1f} s")
    server.close()
    if not HAS_CHATS:
        pytest.skip("all but the webhook, which needs the extra notify")


def closure(requirements: Iterable[str]) -> set[str]:
    """Return the packages here that some need, and those that these need, without any extra."""
    found: set[str] = set()
    waiting = list(requirements)
    while waiting:
        requirement, _, marker = waiting.pop().partition(";")
        name = re.split(r"[^\w.-]", requirement.strip())[0].lower()
        if name not in found and "extra" not in marker:
            with suppress(metadata.PackageNotFoundError):
                waiting += metadata.requires(name) or []
                found.add(name)
    return found


def test_a_server_needs_at_most_200_mb_of_packages() -> None:
    needed = closure(PROJECT["dependencies"]) - {"pip", "setuptools"}  # as datasette asks for both
    files = [Path(str(file.locate())) for name in needed for file in metadata.files(name) or ()]
    files += [path for path in (ROOT / "crawler").rglob("*") if path.is_file()]
    size = sum(path.stat().st_blocks * 512 for path in files if path.exists())
    assert {"scrapy", "datasette"} <= needed and not {"rich", "selenium", "apprise", "mcp"} & needed
    assert 50e6 < size <= 200 * 1024**2


def test_the_extras_are_those_that_a_server_can_do_without() -> None:
    assert {"dev", "mcp", "notify", "cluster"} <= PROJECT["optional-dependencies"].keys()
    assert not {"apprise", "mcp", "distributed"} & {re.split(r"[<>=\[]", each)[0] for each in PROJECT["dependencies"]}
