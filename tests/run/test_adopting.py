"""Adopting a report that somebody sent: what it may not bring in, and whose evidence is really changed."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.doctor import adopt_report
from crawler.errors import ConfigError
from crawler.run.adopting import raised

HEAD = (
    "id: {id}\n    publisher: office\n    kind: guidance\n    protocol: page\n    url: https://www.sample.invalid/a\n"
)
BLOCK = f"  - {HEAD}    expect: {{{{min: 1}}}}\n"
FLOW = (
    "  - {{id: {id}, publisher: office, kind: guidance, protocol: page, url: 'https://www.sample.invalid/a',"
    " expect: {{min: 1}}, evidence: reported}}\n"
)
ENTRIES = {"said": f"{BLOCK}    evidence: reported  # seen\n", "silent": BLOCK, "flow": FLOW}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    publishers = "publishers:\n  office: {name: Sample Office, jurisdiction: United Kingdom}\n"
    sources = "".join(text.format(id=name) for name, text in ENTRIES.items())
    (tmp_path / "sources.yaml").write_text(f"{publishers}sources:\n{sources}", "utf-8")
    folder = tmp_path / "report"
    told = [{"id": name, "protocol": "page", "differs": []} for name in ENTRIES]
    for name in ENTRIES:
        _answer(folder / "answers" / name)
    (folder / "report.json").write_text(json.dumps({"format": 1, "day": "2026-11-28", "sources": told}), "utf-8")
    return folder


def _answer(folder: Path, url: str = "https://sample.invalid/a") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    link = {"url": "https://www.sample.invalid/a", "role": "document", "facts": {}, "accept": ""}
    about = {"url": url, "time": "2026-11-28T00:00:00Z", "status": 200, "headers": [["Content-Type", "text/html"]]}
    (folder / "capture.json").write_text(json.dumps({**about, "link": link, "hops": []}), "utf-8")
    (folder / "body.html").write_text("<html><title>A</title><main><h1>A</h1><p>Words of it.</p></main>", "utf-8")


def _adopt(folder: Path) -> str:
    paths = ["--sources", str(folder.parent / "sources.yaml"), "--out", str(folder.parent / "out")]
    result = CliRunner().invoke(adopt_report, [str(folder), *paths], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_only_what_changed_is_counted_and_the_rest_is_told(report: Path) -> None:
    for _ in range(2):  # Again, it says the same.
        said = _adopt(report)
        assert "1 source recorded on 2026-11-28, 2 to be written by hand, 0 as before" in said
        assert "by hand  silent" in said and "by hand  flow" in said
        assert said.count("write: evidence: recorded  # its answer of 2026-11-28 was read") == 2
    text = (report.parent / "sources.yaml").read_text("utf-8")
    assert text.count("evidence: recorded ") == 1 and text.count("evidence: reported") == 1


def test_an_index_alone_raises_no_evidence(report: Path) -> None:
    """What stands in the lists that it leads to was not seen."""
    answer = report / "answers" / "said"
    (answer / "body.html").unlink()
    index = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{}</loc></sitemap></sitemapindex>"
    (answer / "body.xml").write_text(index.format("https://www.sample.invalid/b.xml"), "utf-8")
    about = json.loads((answer / "capture.json").read_text("utf-8")) | {"headers": [["Content-Type", "text/xml"]]}
    about["link"]["role"] = "listing"
    (answer / "capture.json").write_text(json.dumps(about), "utf-8")
    file = report.parent / "sources.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("protocol: page", "protocol: sitemap", 1), "utf-8")
    said = _adopt(report)
    assert "differs  said" in said and "only leads on: nothing was read from it yet" in said
    assert "evidence: recorded" not in file.read_text("utf-8")


def test_the_evidence_of_another_entry_is_never_changed() -> None:
    other = "  - name: Other\n    id: other\n    evidence: reported\n"
    nested = "  - id: one\n    options:\n      evidence: reported\n"
    assert raised(f"sources:\n  - id: one\n    url: x\n{other}", "one", "2026-11-28") is None
    assert raised(f"sources:\n{nested}by_hand:\n  evidence: reported\n", "one", "2026-11-28") is None
    assert "recorded" in str(raised(f"sources:\n{nested}# a note\n\n    evidence: assumed\n", "one", "2026-11-28"))


def _link(path: Path) -> None:
    outside = path.parents[3] / "outside"
    outside.write_text("secret", "utf-8")
    path.unlink()
    path.symlink_to(outside)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    moved = path.parents[3] / "moved"
    path.parent.rename(moved)
    path.parent.symlink_to(moved)


@pytest.mark.parametrize("name", ["body.html", "capture.json"])
@pytest.mark.parametrize("change", [_link, _pipe, _folder])
def test_what_is_no_file_of_the_report_is_refused(report: Path, change: Callable[[Path], None], name: str) -> None:
    change(report / "answers" / "said" / name)
    with pytest.raises(ConfigError, match="no regular file of the report itself"):
        _adopt(report)
    assert not (report.parent / "out").exists()


def test_an_answer_of_another_host_becomes_no_fixture(report: Path) -> None:
    _answer(report / "answers" / "said", "https://sample.invalid.elsewhere.invalid/a")
    said = _adopt(report)
    assert "differs  said: no fixture" in said and "not of its host sample.invalid" in said
    assert "evidence: reported  # seen" in (report.parent / "sources.yaml").read_text("utf-8")
