"""``roundup init``: a folder that the program reads as it is, and units, lines and proxies that name it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from crawler.add.yaml_lines import with_source
from crawler.cli.init import FOLDER
from crawler.errors import SourcesError
from crawler.run import files
from crawler.sources.notify import load_notify
from tests.install.world import ROOT
from tests.run.command import roundup

ENTRY = "  - id: own\n    expect: {min: 1}      # seen\n"
PUBLISHER = "mine: {name: My Office, jurisdiction: Scotland}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"publishers:\n  {PUBLISHER}\n\nsources:\n{ENTRY}"),
        ("# Ours.\nsources: []  # none\n", f"# Ours.\nsources:  # none\n{ENTRY}\npublishers:\n  {PUBLISHER}\n"),
        (
            "sources:\n  # Why.\n  - {id: news, enabled: false}   # since May\n\n# Who.\npublishers:\n  a: {name: A}",
            "sources:\n  # Why.\n  - {id: news, enabled: false}   # since May\n"
            f"{ENTRY}\n# Who.\npublishers:\n  a: {{name: A}}\n  {PUBLISHER}\n",
        ),
    ],
)
def test_a_source_is_written_behind_the_others_and_comments_stay(before: str, after: str) -> None:
    assert with_source(before, ENTRY, PUBLISHER) == after


@pytest.mark.parametrize("text", ["sources: [{id: a}]\n", "{sources: []}\n", "'sources':\n  - {id: a}\n"])
def test_what_cannot_be_added_to_is_left_alone(text: str) -> None:
    with pytest.raises(SourcesError, match="append the entry by hand"):
        with_source(text, ENTRY, "")


@pytest.mark.slow
def test_a_folder_is_written_once_and_read_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "100% ours"
    done = roundup("init", folder, "--contact", "a@example.org", "--authority", "ours.example")
    assert done.code == 0 and done.err == ""
    names = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()} - {"hardening"}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == names
    texts = {name: (folder / name).read_text("utf-8") for name in names}
    assert not [name for name, text in texts.items() if re.search(r"@[A-Z_]{3,}@", text)]
    assert "100%% ours" in texts["systemd/roundup-crawl.service"] and r"100\% ours" in texts["crontab"]
    load_notify(folder / "notify.sample.yaml")
    with pytest.raises(SourcesError, match="none yet; roundup init writes"):
        load_notify(folder / "notify.yaml")
    monkeypatch.chdir(folder)
    settings = files.configured(files.default_sources(), {}).registry.settings
    assert (settings.contact, settings.authority) == ("a@example.org", "ours.example")
    same = roundup("init", folder, "--contact", "a@example.org", "--authority", "ours.example").out
    assert same.count("is there, kept\n") == len(names), "what is stated stands there already"
    Path("local.yaml").write_text("settings: {authority: other.example}\n", "utf-8")
    again = roundup("init", ".", "--authority", "ours.example").out
    assert "local.yaml: is there, kept; not written: authority: edit it" in again and again.count("edit it") == 1
    assert Path("local.yaml").read_text("utf-8") == "settings: {authority: other.example}\n"
    refused = roundup("init", tmp_path / "new", "--authority", "no domain")
    assert refused.code == 2 and "settings.authority" in refused.err and not (tmp_path / "new").exists()


@pytest.mark.process
def test_cron_hands_over_what_stands_in_the_file_environment(tmp_path: Path) -> None:
    folder = tmp_path / "my round-up"
    assert roundup("init", folder).code == 0
    lines = [line for line in (folder / "crontab").read_text("utf-8").splitlines() if line[:1].isdigit()]
    commands = [re.sub(r"&& \S+ (crawl|notify)\b.*?(;|$)", r"&& env\2", line.split(None, 5)[5]) for line in lines]
    commands = [re.sub(r"\|\| \S+ notify;", "|| env;", each) for each in commands]
    for has_secrets in (False, True):
        if has_secrets:
            (folder / "environment").write_text("ROUNDUP_SMTP_PASSWORD='a b$c&d'\n", "utf-8")
            (folder / "notify.yaml").write_text("digests: []\n", "utf-8")
        done = [subprocess.run(["sh", "-c", each], capture_output=True, text=True, env={"PATH": os.defpath})
                for each in commands]  # fmt: skip
        assert [each.returncode for each in done] == [0, 0] and len(commands) == 2
        assert all(("ROUNDUP_SMTP_PASSWORD=a b$c&d\n" in each.stdout) == has_secrets for each in done)


@pytest.mark.slow
def test_examples_switch_off_sources_that_there_are() -> None:
    known = files.configured(ROOT / "sources.yaml", {}).registry.sources
    for path in (FOLDER / "local.yaml", ROOT / "docs/sources-yaml.md"):
        (name,) = re.findall(r"- \{id: ([\w-]+), enabled: false, ", path.read_text("utf-8"))
        assert known[name].enabled, path


@pytest.mark.slow
def test_check_says_that_a_contact_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROUNDUP_CONTACT", raising=False)
    done = roundup("check", "--sources", ROOT / "sources.yaml", "--data", tmp_path / "data")
    assert done.code == 0 and "settings.contact: empty: a live crawl asks nothing without it" in done.out


@pytest.mark.slow
def test_check_prints_every_key_as_it_is_documented() -> None:
    done = roundup("check", "--schema")
    assert (done.code, done.out) == (0, (ROOT / "sources.schema.json").read_text("utf-8"))


@pytest.mark.process
@pytest.mark.parametrize(
    ("program", "check"),
    [
        ("systemd-analyze", ["verify", "--man=no", "systemd/roundup-crawl.timer", "systemd/roundup-notify.timer",
                             "systemd/roundup-crawl.service", "systemd/roundup-notify.service",
                             "systemd/roundup-site.service"]),
        ("caddy", ["validate", "--config", "proxy/Caddyfile", "--adapter", "caddyfile"]),
        ("nginx", ["-t", "-c", "whole.conf", "-p", "."]),
    ],
)  # fmt: skip
def test_examples_are_right_for_the_programs_that_read_them(tmp_path: Path, program: str, check: list[str]) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"there is no {program} here")
    assert roundup("init", tmp_path).code == 0
    text = (tmp_path / "proxy/nginx.conf").read_text("utf-8").replace("listen 443 ssl", "listen 8443")
    text = re.sub(r" *(ssl_certificate|access_log|error_log).*\n", "", text)
    (tmp_path / "whole.conf").write_text(f"events {{}}\nhttp {{\n{text}\n}}\n", "utf-8")
    for unit in tmp_path.glob("systemd/*.service"):  # Tests may be below /dev, where services may not.
        unit.write_text(unit.read_text("utf-8").replace(str(tmp_path), "/srv/round-up"), "utf-8")
    done = subprocess.run([program, *check], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    ours = [line for line in done.stderr.splitlines() if "roundup" in line]
    assert done.returncode == 0 and ours == [], done.stderr


def test_the_container_has_what_it_copies_and_may_write_nothing_else() -> None:
    text = (ROOT / "deploy/Containerfile").read_text("utf-8")
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()]
    assert "sources.yaml" in copied and not [name for name in copied if not (ROOT / name).exists()]
    services = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text("utf-8"))["services"]
    assert services.keys() == {"site", "crawl", "notify"}
    assert all(each["read_only"] and each["cap_drop"] == ["ALL"] for each in services.values())
    assert all(each["env_file"] for each in services.values()), "also crawl calls an address of the environment"
    assert services["site"]["volumes"] == [".:/srv/round-up:ro"]


@pytest.mark.soak
@pytest.mark.process
def test_the_container_is_built_and_runs(tmp_path: Path) -> None:
    builder = next(filter(shutil.which, ("podman", "docker")), None)
    if builder is None:
        pytest.skip("there is neither podman nor docker here")
    build = [builder, "build", "--tag", "round-up-test", "--file", "deploy/Containerfile", "."]
    subprocess.run(build, cwd=ROOT, check=True, timeout=1800)
    done = subprocess.run(
        [builder, "run", "--rm", "round-up-test", "init", "."], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0 and "local.yaml: written" in done.stdout, done.stderr


def test_no_example_logs_what_readers_search_for() -> None:
    nginx, caddy = ((FOLDER / "proxy" / name).read_text("utf-8") for name in ("nginx.conf", "Caddyfile"))
    (format,) = re.findall(r"log_format roundup '(.*)';", nginx)
    assert "$uri" in format and not {"$request", "$request_uri", "$args", "$remote_addr"} & set(
        re.findall(r"\$\w+", format)
    )
    assert "client_body_buffer_size 3m" in nginx, "what is sent to /check is written to no file"
    assert r'request>uri regexp \?.* ""' in caddy and "Referer delete" in caddy


@pytest.mark.process
def test_make_takes_away_an_environment_whose_python_is_gone(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(tmp_path / "no python")
    (tmp_path / ".venv/.installed").write_text(f"{tmp_path.resolve()}\n")
    assert subprocess.run(["make", "help"], cwd=tmp_path, capture_output=True, timeout=60).returncode == 0
    assert not (tmp_path / ".venv").exists()
