"""decisions.yaml into Decisions: what people decided, or every mistake in it at once."""

from __future__ import annotations

from pathlib import Path

from crawler.errors import SourcesError
from crawler.sources.diagnostics import Problems, check
from crawler.sources.values import Decisions
from crawler.sources.yaml_positions import compose, read_text


def load_decisions(path: Path) -> Decisions:
    """Return the decisions that a file holds; none where there is no file.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    try:
        text = read_text(path)
    except SourcesError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return Decisions()
        raise
    return loads_decisions(text, str(path))


def loads_decisions(text: str, name: str) -> Decisions:
    """Return the decisions that a YAML text holds, none of an empty one; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    located = compose(text, name)
    problems = Problems(located)
    decisions = check(Decisions, {} if located.value is None else located.value, (), problems)
    if decisions is None or problems.lines:
        raise SourcesError(problems.lines)
    return decisions
