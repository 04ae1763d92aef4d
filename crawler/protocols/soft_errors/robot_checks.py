"""Titles of robot checks, and of what stands where one was not passed, in the official languages of the EU and UK."""

from __future__ import annotations

from pathlib import Path

from crawler.protocols.soft_errors.normalise import WORD, plain, titles
from crawler.sources.yaml_positions import read_table

_TITLES = titles(*read_table(Path(__file__).with_name("robot_checks.yaml")).values())


def says_check(title: str) -> bool:
    """Return whether a title is that of a robot check, or says that access is denied.

    >>> says_check("Hetki vain…"), says_check("Access to justice")
    (True, False)
    """
    return " ".join(WORD.findall(plain(title))) in _TITLES
