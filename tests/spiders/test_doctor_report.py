"""A first look at hosts that differ from what is documented in many ways: one folder comes home, and is adopted."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.main import roundup
from crawler.errors import ConfigError
from crawler.run.adopting import read
from tests.spiders.server import Server
from tests.spiders.test_doctor import FAULTS, doctor, feed, registry, served, servers

__all__ = ["servers"]
CONTACT = "watch@sample.invalid"
ANSWERING = sorted(set(FAULTS) - {"forbidden", "no-rules", "slow", "elsewhere"})
"""Hosts that send something that can be kept."""


def adopt(*arguments: object) -> str:
    result = CliRunner().invoke(roundup, ["adopt", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def texts(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.process
def test_a_report_of_hosts_that_differ_is_adopted(servers: dict[str, Server], tmp_path: Path) -> None:
    file = registry(tmp_path / "sources.yaml", servers, *FAULTS, "good")
    text = file.read_text("utf-8").replace("    protocol: feed\n", "    protocol: feed\n    evidence: reported\n")
    file.write_text(text, "utf-8")
    served(servers["good"], feed(title=f"Sample for {CONTACT}"))
    report = tmp_path / "report"
    assert doctor("--sources", file, "--report", report).exit_code == 1
    told = {each["id"]: each for each in json.loads((report / "report.json").read_text("utf-8"))["sources"]}
    assert set(told) == {*FAULTS, "good"}
    assert all((told[name]["verdict"] == "differs") == (name != "good") for name in told)
    for name, (_, words) in FAULTS.items():
        assert words in " ".join(told[name]["differs"])
    assert CONTACT not in texts(report) and "User-Agent" not in texts(report)
    out = tmp_path / "adopted"
    said = adopt(report, "--sources", file, "--out", out)
    assert "1 source recorded on" in said
    (line,) = [line for line in file.read_text("utf-8").splitlines() if "evidence: recorded" in line]
    assert "# its answer of" in line
    assert file.read_text("utf-8").count("evidence: reported\n") == len(FAULTS)
    assert len(ANSWERING) >= 10
    for name in [*ANSWERING, "good"]:
        assert json.loads((out / name / "page.json").read_text("utf-8")) == read(out / name)
    (document,) = read(out / "good")["documents"]
    assert document["title"] == "Sample for [left out]"
    assert read(out / "website")["error"] == "parse" and read(out / "missing")["error"] == "status"
    assert adopt(report, "--sources", file, "--out", out) == said


@pytest.mark.process
def test_words_of_news_are_masked(servers: dict[str, Server], tmp_path: Path) -> None:
    file = registry(tmp_path / "sources.yaml", servers, "good")
    file.write_text(file.read_text("utf-8").replace("kind: guidance", "kind: news"), "utf-8")
    items = "".join(
        f"<item><title>Somebody was jailed {n}</title><link>https://sample.invalid/news/some-body-{n}</link>"
        "<pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate></item>"
        for n in range(9)
    )
    served(servers["good"], f'<rss version="2.0"><channel><title>Sample</title>{items}</channel></rss>')
    doctor("--sources", file, "--report", tmp_path / "report")
    (body,) = (tmp_path / "report" / "answers" / "good").glob("body.*")
    text = body.read_text("utf-8")
    assert "body" not in text and "jailed" not in text
    assert text.count("<item>") == 3 and "Tue, 24 Nov 2026 08:00:00 GMT" in text
    assert "https://sample.invalid/news/xxxx-xxxx-1" in text
    wrong = CliRunner().invoke(roundup, ["adopt", str(tmp_path), "--sources", str(file)])
    assert isinstance(wrong.exception, ConfigError)


@pytest.mark.process
def test_a_dry_run_asks_nothing_and_says_what_comes_first(servers: dict[str, Server], tmp_path: Path) -> None:
    file = registry(tmp_path / "sources.yaml", servers, "good", "missing")
    result = doctor("--sources", file, "--dry-run", "--source", "good")
    assert result.output.splitlines() == [f"good: GET {servers['good'].url}/feed"]
    assert all(not server.asked for server in servers.values())
    every = CliRunner().invoke(roundup, ["doctor", "--dry-run"])
    assert every.exit_code == 0 and "legislation-tracked: GET https://www.legislation.gov.uk/" in every.output
