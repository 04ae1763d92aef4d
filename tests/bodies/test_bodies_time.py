"""What is looked for in names and lines of a page takes time in proportion to them, whatever they are made of."""

import time
from collections.abc import Callable

import pytest

from crawler.bodies import files
from crawler.bodies.dates import iso
from crawler.bodies.imprint import day_in
from crawler.bodies.page_links import attached_files
from crawler.model import Section
from tests.bodies.test_bodies_html import page

LONG = 100_000


def form(unit: str) -> object:
    text = f"Date of birth: 1/2/1990 Name: A{unit * LONG}"
    return files.why_unread(["Form"], [Section(path="a", text=text)])


def attached(unit: str) -> object:
    return list(attached_files(page(f"<main><a href='/{unit * LONG}a.pdf'>Sample</a></main>")))


LOOKED_FOR: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "details of a form": (form, ("\n", "\t\n", "-", "a")),
    "versions in the name of a file": (attached, ("_", ".", "1_", "v1.", "final-")),
    "the day behind a title": (day_in, ("a", "1", "May ", "1 May ")),
    "a date": (iso, ("a", " ", "1 ", "May ")),
}


@pytest.mark.parametrize("name", LOOKED_FOR)
def test_time_is_linear(name: str) -> None:
    look, units = LOOKED_FOR[name]
    for unit in units:
        before = time.process_time()
        look(unit)
        assert time.process_time() - before < 1, (name, unit)
