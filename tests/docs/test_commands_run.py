"""Every command of ``roundup`` in the documentation is run, as it stands there or with its gaps filled, on loopback."""

import hashlib
import re
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.cli import add
from crawler.run import session
from tests.docs.test_text import ROOT, TEXT
from tests.run.command import roundup
from tests.run.mail_server import mail_server
from tests.spiders import adding_entries
from tests.spiders.server import Server, listed
from tests.spiders.world import read

pytestmark = [pytest.mark.slow, pytest.mark.process]
GENERATED = re.compile(r"<!-- begin commands.*?<!-- end commands -->", re.DOTALL)
COMMAND = re.compile(r"(?:`|^ *)(?:\.venv/bin/)?roundup ([a-z].*?)(?:`|$)", re.MULTILINE)
REFUSED = {
    "review": "asks on a terminal",
    "notify --again": "nothing is in doubt",
    "crawl --cluster ADDRESS": "no Dask scheduler answers there",
    "rebuild --cluster ADDRESS": "no Dask scheduler answers there",
}
"""What can do nothing here, and why it says so."""


def lines() -> list[str]:
    """Return every command that is named, without its comment, each once; first what others need."""
    found = {
        re.split(r"\s+#|\s+&&", line)[0].strip()
        for path, text in TEXT.items()
        if path.name != "CHANGELOG.md"
        for line in COMMAND.findall(GENERATED.sub("", text))
    }
    first = ("init", "doctor --report", "record", "crawl")
    return sorted(found, key=lambda line: (next((n for n, each in enumerate(first) if line.startswith(each)), 9), line))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A folder with a registry of its own, where one stands, and a source that was read twice."""
    server = Server()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(session, "reader_in_loop", lambda worker: read)
    monkeypatch.setattr(add, "Worker", adding_entries.Here)
    for server_of_its_own in ("crawler.cli.serve.become", "crawler.mcp.server.serve_http"):
        monkeypatch.setattr(server_of_its_own, lambda *arguments: None)
    monkeypatch.setattr("mcp.server.mcpserver.MCPServer.run", lambda *arguments: None)
    Path("sources.yaml").write_text(
        "settings: {contact: watch@office.example, authority: office.example, public_url: 'https://office.example'}\n"
        "publishers: {office: {name: Sample Office, jurisdiction: United Kingdom}}\n"
        f"hosts: {{'{server.host}': {{private: true, delay: 0}}}}\n"
        "sources:\n  - id: my-source\n    publisher: office\n    kind: report\n    protocol: feed\n"
        f"    url: {server.url}/feed\n    expect: {{min: 1}}\n    follow: true\n    topics: [victim_support]\n",
        "utf-8",
    )
    for path in ("/news/feed/", "/other/feed/"):
        server.feed([5, 6], path=path)
    listed(server, 1, 2)
    assert roundup("crawl").code == 0
    listed(server, 1, 2, 3)
    assert roundup("crawl").code == 0
    yield server
    server.close()


def test_every_command_of_the_documentation_runs(office: Server, tmp_path: Path) -> None:
    with closing(sqlite3.connect("data/public.db")) as public:
        (document,) = public.execute("select id from documents where url like '%/d/3'").fetchone()
        (entry,) = public.execute(
            "select id from entries where document is not null and capture_digest <> '' order by announced desc limit 1"
        ).fetchone()
    labelled = ("tests/classify/relevance/others/g.jsonl", "tests/classify/relevance/drawn.jsonl")
    labels = str(ROOT / labelled[0])
    words = {
        "ID": document, "DIR": "new", "FOLDER": "folder", "LABELS": labels, "LABELS…": labels, "[--json]": "--json",
        "~/round-up": "home/round-up", **{name: str(ROOT / name) for name in labelled},
        "https://www.office.example/news/feed/": f"{office.url}/news/feed/", "https://…": f"{office.url}/other/feed/",
        "https://www.example.org/guidance": f"{office.url}/d/1", "6d1c0a7be4f2c9035e11": entry,
        "2f184c760e70…": hashlib.sha256(office.pages["/d/1"].body).hexdigest(),  # type: ignore[union-attr]
    }  # fmt: skip
    whole = {
        "adopt": ["adopt", "report"],
        "adopt DIR": ["adopt", "report"],
        "doctor --report": ["doctor", "--report", "report"],
        "evidence": ["evidence", document.removeprefix("url:"), "--out", "by address.zip"],
        "pack FOLDER OUT": ["pack", str(ROOT / "data/sample/moment-1"), "--sample", "sample.warc.gz"],
        "notify --again": ["notify", "--again", "all/list"],
    }
    Path("build").mkdir()
    done: set[tuple[str, ...]] = set()
    failed: list[str] = []
    with mail_server() as mail:
        Path("notify.yaml").write_text(
            f"mail: {{host: 127.0.0.1, port: {mail.port}, security: none, sender: round-up@office.example}}\n"
            "digests: [{id: all, list: everyone@lists.office.example}]\n",
            "utf-8",
        )
        for line in lines():
            command = tuple(whole.get(line) or [words.get(word, word) for word in shlex.split(line)])
            if command in done:
                continue
            done.add(command)
            found = roundup(*command)
            wanted = (2,) if line in REFUSED else (0, 1) if command[0] in ("crawl", "doctor", "adopt") else (0,)
            if found.code not in wanted or REFUSED.get(line, "") not in found.err:
                failed.append(f"roundup {shlex.join(command)}: {found.code}: {found.err}")
        assert failed == [] and mail.accepted
    if shutil.which("unzip") and shutil.which("sha256sum"):
        subprocess.run(
            "unzip -q -d case case.zip && cd case && sha256sum --quiet -c SHA256SUMS", shell=True, check=True
        )
