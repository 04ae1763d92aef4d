"""A folder of captures becomes a WARC, the same one each time."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive, Replay, is_sample, pack
from crawler.errors import ConfigError
from tests.archive.archive_samples import fastwarc_verified, run_file, warcio_records, write


def capture(folder: Path, name: str, text: str | None = "sample", **more: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    told: dict[str, Any] = {
        "url": f"https://www.example.org/{name}",
        "time": "2026-01-05T09:00:00Z",
        "status": 200,
        "headers": [["Content-Type", "text/html"]],
    }
    if text is not None:
        (folder / f"{name}.html").write_text(text)
        told["body"] = f"{name}.html"
    told |= more
    (folder / f"{name}.capture.json").write_text(json.dumps({k: v for k, v in told.items() if v is not None}))


def world(folder: Path) -> None:
    capture(folder / "2", "b", "second", time="2026-02-05T09:00:00+01:00")
    capture(folder / "1", "a", "first")
    capture(folder / "1", "c", None, status=404, headers=[["Content-Length", "7"]], reason="Not Found")


def test_what_is_packed(tmp_path: Path) -> None:
    world(tmp_path / "world")
    out = tmp_path / "world.warc.gz"
    assert pack(tmp_path / "world", out) == 3
    assert fastwarc_verified(out) == ["warcinfo", *["request", "response"] * 3]
    answers = [
        (record.rec_headers.get_header("WARC-Target-URI"), record.http_headers.statusline, body)
        for kind, record, body in warcio_records(out)
        if kind == "response"
    ]
    assert answers == [
        ("https://www.example.org/a", "200", b"first"),
        ("https://www.example.org/c", "404 Not Found", b""),
        ("https://www.example.org/b", "200", b"second"),
    ]
    found = Replay.open([out]).answer("GET", "https://www.example.org/a")
    assert found is not None and found.headers == (("Content-Type", "text/html"), ("Content-Length", "5"))
    assert [*tmp_path.glob(".*")] == []


def test_same_folder_same_bytes(tmp_path: Path) -> None:
    world(tmp_path / "one")
    world(tmp_path / "two")
    for name in ("one", "two"):
        pack(tmp_path / name, tmp_path / f"{name}.warc.gz", sample=True)
    assert (tmp_path / "one.warc.gz").read_bytes() == (tmp_path / "two.warc.gz").read_bytes()
    capture(tmp_path / "two" / "1", "a", "other")
    pack(tmp_path / "two", tmp_path / "two.warc.gz", sample=True)
    assert (tmp_path / "one.warc.gz").read_bytes() != (tmp_path / "two.warc.gz").read_bytes()


def test_a_sample_says_so(tmp_path: Path) -> None:
    world(tmp_path / "world")
    out = tmp_path / "out.warc.gz"
    pack(tmp_path / "world", out)
    assert not is_sample(out)
    pack(tmp_path / "world", out, sample=True)
    assert is_sample(out)
    write(tmp_path / "archive")
    assert not is_sample(run_file(tmp_path / "archive"))
    with Archive.open(tmp_path / "world") as archive:
        archive.start("1", {"sample": "true"})
    assert is_sample(run_file(tmp_path / "world"))
    (tmp_path / "text").write_text("no WARC")
    assert not is_sample(tmp_path / "text")
    for name in ("none", "world"):
        with pytest.raises(ConfigError, match=name):
            is_sample(tmp_path / name)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"url": None}, "url: expected str"),
        ({"status": "200"}, "status: expected int"),
        ({"colour": "red"}, "colour: unknown key"),
        ({"method": 1}, "method: expected str"),
        ({"headers": [["a"]]}, "headers: expected"),
        ({"time": "yesterday"}, "isoformat"),
        ({"body": "none.html"}, "none.html"),
    ],
)
def test_a_wrong_capture_is_named(tmp_path: Path, more: dict[str, Any], reason: str) -> None:
    capture(tmp_path, "a", **more)
    with pytest.raises(ConfigError) as caught:
        pack(tmp_path, tmp_path / "out.warc.gz")
    assert "a.capture.json" in str(caught.value) and reason in str(caught.value)


def test_nothing_to_pack(tmp_path: Path) -> None:
    (tmp_path / "a.capture.json").write_text("[]")
    with pytest.raises(ConfigError, match="not a JSON object"):
        pack(tmp_path, tmp_path / "out.warc.gz")
    (tmp_path / "a.capture.json").unlink()
    with pytest.raises(ConfigError, match=r"holds no \*.capture.json"):
        pack(tmp_path, tmp_path / "out.warc.gz")
