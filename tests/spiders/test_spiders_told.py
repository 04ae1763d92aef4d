"""What a crawl tells whoever started it: why a source failed, what was taken out, and what it refuses to do."""

import io
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.cli.progress import show_progress
from crawler.store import Store
from tests.run.command import Done, roundup
from tests.spiders.server import Server, listed
from tests.spiders.world import PROJECT, World


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def crawled(world: World, *arguments: str) -> Done:
    """Crawl as the command line does."""
    file = world.data.parent / "sources.yaml"
    file.write_text(world.text, encoding="utf-8")
    return roundup("crawl", "--data", world.data, "--sources", file, *arguments)


def test_a_source_of_single_pages_that_fails_says_why(server: Server, world: World) -> None:
    host = f'hosts:\n  "{server.host}": {{private: true, delay: 0}}\n'
    head, _, _ = world.text.partition("hosts:")
    world.text = (
        f"{head}{host}sources:\n  - {{id: one, publisher: sample, kind: guidance, protocol: page,"
        f' url: "{server.url}/gone", expect: {{min: 1}}}}\n'
    )
    server.put("/robots.txt", "", status=500)
    done = crawled(world)
    assert done.code == 1
    failed, why, *_ = done.out.splitlines()
    assert failed == "failed       one: 0 listed, 0 new, 0 changed, 1 request"
    assert why.strip().startswith("robots since") and f"{server.url}/gone: robots.txt" in why


def redact(world: World, *urls: str) -> None:
    """Decide that pages are not kept."""
    entries = "".join(f"  - {{url: '{url}', reason: names a person, date: 2026-03-05}}\n" for url in urls)
    (world.data.parent / "decisions.yaml").write_text(f"redact:\n{entries}", encoding="utf-8")


@pytest.mark.process
def test_a_redaction_says_what_it_takes_out_and_what_it_does_not_find(server: Server, world: World) -> None:
    listed(server, 1, 2)
    crawled(world)
    redact(world, f"{server.url}/d/1", f"{server.url}/d/one")
    lines = crawled(world).err.splitlines()
    assert f"decisions.yaml: redact {server.url}/d/1: taking out 1 document" in lines
    unmet = f"decisions.yaml: redact {server.url}/d/one: nothing that was read answers to it; is it spelled right?"
    assert unmet in lines
    assert not any("redact" in line for line in crawled(world).err.splitlines()), "it is said once"


def test_a_decision_about_nothing_is_named(server: Server, world: World) -> None:
    listed(server, 1)
    crawled(world)
    file = world.data.parent / "decisions.yaml"
    file.write_text(f'relevance:\n  "url:{server.url}/d/1": in\n  "url:{server.url}/d/one": out\n', encoding="utf-8")
    done = roundup("check", "--data", world.data, "--sources", world.data.parent / "sources.yaml")
    assert done.code == 0
    unmet = f"relevance url:{server.url}/d/one: no document with this id or address was read"
    assert [line for line in done.out.splitlines() if "relevance" in line] == [f"decisions.yaml: {unmet}"]


def test_a_place_that_the_checklist_cites_and_no_text_has_is_named(
    server: Server, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(server, 1)
    crawled(world)
    name = f"url:{server.url}/d/1"
    with Store.open(world.data / "roundup.db") as store:
        held = str(store.value("select path from sections where document=? limit 1", name))
    places = ((name, held), (name, f"{held}-1-a"), (name, "chapter-7"), (f"{name}1", "chapter-7"))
    monkeypatch.setattr("crawler.cli.check.load_checklist", lambda: SimpleNamespace(places=places))
    done = roundup("check", "--data", world.data, "--sources", world.data.parent / "sources.yaml")
    said = [line for line in done.out.splitlines() if "checklist" in line]
    assert (done.code, said) == (0, [f"checklist.yaml: {name} chapter-7: not in the text that was read"])


def test_a_message_stays_on_a_terminal_whole() -> None:
    message = "decisions.yaml: redact [a] " + "long " * 40 + "end"
    with redirect_stderr(Terminal()) as said, show_progress() as show:
        show(message, 0)
        show("requests", 1, 2)
    assert message + "\n" in said.getvalue()


def test_the_sample_world_asks_nobody(tmp_path: Path) -> None:
    done = roundup("crawl", "--data", tmp_path / "data", "--sources", PROJECT / "data/sample/sources.yaml")
    assert done.code == 2 and "read them with --replay" in done.err and not (tmp_path / "data").exists()


def test_a_source_that_is_misspelled_is_said_to_be(world: World) -> None:
    done = crawled(world, "--source", "nwes")
    assert done.code == 2 and "no source 'nwes' in the registry; did you mean \"news\"?" in done.err


def with_heartbeat(world: World, server: Server) -> None:
    world.text = world.text.replace("settings: {", f"settings: {{heartbeat: '{server.url}/ping', ")
    server.put("/ping", "")


def test_cron_hears_nothing_of_a_healthy_crawl_and_the_monitor_does(server: Server, world: World) -> None:
    with_heartbeat(world, server)
    listed(server, 1)
    assert crawled(world, "--due") == Done(code=0, out="", err="")
    assert server.paths("/ping") == ["/ping"]


def test_cron_hears_what_needs_a_person_and_the_monitor_nothing(server: Server, world: World) -> None:
    with_heartbeat(world, server)
    server.put("/feed", "", status=500)
    done = crawled(world, "--due")
    (line,) = done.out.splitlines()
    assert done.code == 1 and line.startswith("newly unhealthy or worse: news since ") and "status 500" in line
    assert server.paths("/ping") == []


def test_where_nothing_is_due_only_the_monitor_is_asked(server: Server, world: World) -> None:
    with_heartbeat(world, server)
    listed(server, 1)
    for _ in range(2):
        assert crawled(world, "--due") == Done(code=0, out="", err="")
    assert len(server.paths("/feed")) == 1 and len(server.paths("/ping")) == 2
    world.text += "# A registry that changed is read.\n"
    crawled(world, "--due")
    with Store.open(world.data / "roundup.db") as store:
        assert store.value("select count(*) from crawls") == 2


@pytest.mark.process
def test_where_nothing_is_due_nothing_that_crawls_is_imported(server: Server, world: World) -> None:
    listed(server, 1)
    crawled(world, "--due")
    asked = len(server.paths("/"))
    code = (
        "import sys; from crawler.cli.main import roundup; roundup(sys.argv[1:], standalone_mode=False);"
        " print(*sys.modules)"
    )
    arguments = ["crawl", "--due", "--data", str(world.data), "--sources", str(world.data.parent / "sources.yaml")]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert len(server.paths("/")) == asked and "crawler.run.due" in modules and len(modules) < 600
    assert modules.isdisjoint({"lxml", "scrapy", "twisted", "crawler.ingest", "crawler.protocols", "crawler.worker"})


@pytest.mark.process
def test_a_process_of_cron_says_nothing_either(server: Server, world: World) -> None:
    listed(server, 1)
    file = world.data.parent / "sources.yaml"
    file.write_text(world.text, encoding="utf-8")
    command = [sys.executable, "-m", "crawler", "crawl", "--due", "--data", str(world.data), "--sources", str(file)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
