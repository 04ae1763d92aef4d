"""What follows a page of a list: the link to the next one, or the problem that the rest is not read."""

from __future__ import annotations

from crawler.model import Link, Problem

Following = tuple[tuple[Link, ...], tuple[Problem, ...]]


def unread(detail: str) -> Following:
    """Return that nothing follows, and why."""
    return (), (Problem(kind="gap", detail=detail),)
