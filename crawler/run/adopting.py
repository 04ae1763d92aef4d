"""A report of a first look, made into fixtures: what each source answered, and exactly what is read from it."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler import protocols
from crawler.errors import ConfigError, ParseError
from crawler.model import Capture, Link
from crawler.run.doctor import ANSWERS, FILE, FORMAT
from crawler.sources import Source, registry_of_archive
from crawler.text import moment

_READ = ("documents", "versions", "statements", "entries")
"""What a page has of which something was read."""
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What became of one source of a report: its ``fixture`` where it answered, and why its evidence stays, if so."""

    source: str
    fixture: Path | None
    differs: tuple[str, ...]


def read_report(folder: Path) -> tuple[str, list[dict[str, Any]]]:
    """Return the day of a report, and what it says of each source.

    Raises:
        ConfigError: it is no report, or one of another format.
    """
    try:
        found = json.loads(_bytes(folder, FILE))
        day, told = date.fromisoformat(found["day"]).isoformat(), list(found["sources"])
        if found["format"] != FORMAT or not all(_ID.fullmatch(each["id"]) for each in told if each["protocol"]):
            raise ValueError("another format")
    except OSError as error:
        raise ConfigError(f"{folder / FILE}: {error.strerror or error}") from error
    except (ValueError, TypeError, KeyError) as error:
        raise ConfigError(f"{folder / FILE}: no report of format {FORMAT}: {error}") from error
    return day, [each for each in told if each["protocol"]]


def adopt(folder: Path, told: dict[str, Any], raw: dict[str, Any], publisher: dict[str, Any], out: Path) -> Adopted:
    """Write the fixture of one source, ``raw`` as it stands in sources.yaml, and say what keeps its evidence from it.

    An answer of another host than that of the source, with or without ``www.``, becomes no fixture.

    Raises:
        ConfigError: the answer in the report is none, or lies outside the folder.
    """
    answer, target = folder / ANSWERS / told["id"], out / told["id"]
    differs = tuple(map(str, told["differs"]))
    if not (answer / "capture.json").exists():
        return Adopted(source=told["id"], fixture=None, differs=differs or ("no answer",))
    try:
        about = json.loads(_bytes(folder, ANSWERS, told["id"], "capture.json"))
        (body,) = answer.glob("body.*")
        content = _bytes(folder, ANSWERS, told["id"], body.name)
        asked = _site(raw["url"])
        if others := [each for each in (about["url"], about["link"]["url"]) if _site(each) != asked]:
            strange = f"its answer is of {others[0]}, not of its host {asked}"
            return Adopted(source=told["id"], fixture=None, differs=(*differs, strange))
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("*"):
            old.unlink()
        _put(target / "capture.json", {**about, "source": raw, "publisher": publisher})
        (target / body.name).write_bytes(content)
        page = read(target)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{answer}: no answer as doctor writes it: {error}") from error
    _put(target / "page.json", page)
    if not differs and "error" in page:
        differs = (f"its head alone is not readable: {page['reason']}",)
    if not differs and not any(page[name] for name in _READ):
        differs = ("it lists nothing, or only leads on: nothing was read from it yet",)
    return Adopted(source=told["id"], fixture=target, differs=differs)


def read(fixture: Path) -> dict[str, Any]:
    """Return what is read from a fixture, as JSON has it: a page, or the kind and reason of the refusal."""
    about = json.loads((fixture / "capture.json").read_text("utf-8"))
    (body,) = fixture.glob("body.*")
    capture = Capture(
        url=about["url"],
        time=moment(about["time"]),
        link=Link(**about["link"]),
        status=about["status"],
        headers=tuple((name, value) for name, value in about["headers"]),
        body=body.read_bytes(),
        hops=tuple(about["hops"]),
    )
    try:
        page = protocols.read(capture, _source(about))
    except ParseError as error:
        return {"error": error.kind, "reason": error.reason}
    return dict(json.loads(json.dumps(asdict(page), default=dict)))


def raised(text: str, source: str, day: str) -> str | None:
    """Return sources.yaml with the evidence of a source as recorded on a day, None where no line of its own says it."""
    block = (
        rf"(^( *)- id: {re.escape(source)}(?: *#.*| *)\n(?:(?:\2 +.*| *#.*| *)\n)*?\2  evidence: )[a-z]+(?: *#.*| *)$"
    )
    said = rf"\g<1>recorded              # its answer of {day} was read"
    changed, times = re.subn(block, said, text, count=1, flags=re.MULTILINE)
    return changed if times else None


def _bytes(folder: Path, *names: str) -> bytes:
    """Return the content of a regular file of a report."""
    path = folder.joinpath(*names)
    if path.resolve() != folder.resolve().joinpath(*names) or (path.exists() and not path.is_file()):
        raise ValueError(f"{path}: no regular file of the report itself")
    return path.read_bytes()


def _site(url: str) -> str:
    """Return the host of an address without ``www.``, with its port where it names one."""
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _source(about: dict[str, Any]) -> Source:
    raw = about["source"]
    file = {"publishers": {raw["publisher"]: about["publisher"]}, "sources": [raw]}
    return registry_of_archive(json.dumps(file), (raw["id"],), protocols.OPTIONS).sources[raw["id"]]


def _put(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def raw_sources(value: object) -> Iterator[dict[str, Any]]:
    """Yield the sources of a file as they stand there."""
    listed = value.get("sources") if isinstance(value, dict) else None
    yield from (each for each in listed or () if isinstance(each, dict))
