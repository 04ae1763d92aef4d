"""How the provisions of recorded laws stand, as read by hand from their notes and their own words.

``in_force_tables.txt`` has a law a block: its file, the day asked for, then a line for each state and day with the
provisions, in the order of the text; ``a..b`` is a run of them.
"""

import gzip
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from crawler.ingest import commencements
from crawler.law import ProvisionState, Step
from crawler.model import Capture, Link, Version
from crawler.protocols.legislation.clml import document
from tests.recordings.world import SHARED

TABLES = Path(__file__).with_name("in_force_tables.txt")
_PARSER = etree.XMLParser(remove_comments=True, remove_pis=True)
_URL = "https://www.legislation.gov.uk/"


def heads() -> list[str]:
    """Return the first lines of the blocks: file and day."""
    return [block.partition("\n")[0] for block in _blocks()]


def _blocks() -> list[str]:
    return TABLES.read_text("utf-8").strip().split("\n\n")


def table(name: str) -> tuple[str, dict[str, str]]:
    """Return the day of the table of a law, and its provisions by path, each as state and day."""
    head, *lines = next(block for block in _blocks() if block.startswith(f"{name} ")).splitlines()
    version, _ = read(name)
    order = [section.path for section in version.sections if commencements.is_provision(section)]
    stated: dict[str, str] = {}
    for line in lines:
        state, _, listed = line.partition(": ")
        for paths in listed.split():
            first, _, last = paths.partition("..")
            run = order[order.index(first) : order.index(last or first) + 1]
            stated |= dict.fromkeys(run, state)
    return head.split()[1], stated


def states(name: str, day: str) -> dict[str, ProvisionState]:
    """Return how the provisions of a recorded law stand on a day, by path."""
    version, steps = read(name)
    paths = [section.path for section in version.sections if commencements.is_provision(section)]
    return dict(zip(paths, commencements.states(version, steps, day), strict=True))


def read(name: str) -> tuple[Version, list[Step]]:
    """Return a recorded law and the steps that its text states."""
    body = (SHARED / name).read_bytes()
    body = gzip.decompress(body) if name.endswith(".gz") else body
    link = Link(url=_URL, role="document")
    page = document(
        etree.fromstring(body, _PARSER), Capture(url=_URL, time=datetime(2026, 11, 28, tzinfo=UTC), link=link)
    )
    dates = [dict(each.fields) for each in page.statements if each.kind == "date"]
    (version,) = page.versions
    return version, commencements.of_version(version, dates)


def as_table(state: ProvisionState) -> str:
    """Return a state as the tables have it."""
    return f"{state.state} {state.since or state.next}".strip()
