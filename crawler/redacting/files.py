"""sources.yaml and decisions.yaml in the journal, without what was redacted; all else in them is still read."""

from __future__ import annotations

import json

from crawler.errors import SourcesError
from crawler.redacting.marks import Marks
from crawler.sources.positions import compose


def scrubbed(text: str, marks: Marks) -> str:
    """Give a YAML text in which nothing names what was redacted, and everything else is said as before.

    What stands for a title may mean something to YAML where it stands, and a line that cannot be mended may be one that
    holds others together. A text that would be read otherwise is written anew from its values, without its comments.
    """
    plain = marks.scrubbed(text)
    if plain == text:
        return text
    try:
        before = compose(text, "", limited=False).value
    except SourcesError:
        return plain
    wanted = _value(before, marks)
    try:
        if compose(plain, "", limited=False).value == wanted:
            return plain
    except SourcesError:
        pass
    return json.dumps(wanted, ensure_ascii=False, indent=1)


def _value(value: object, marks: Marks) -> object:
    """Give a value of YAML without what was redacted."""
    if isinstance(value, str):
        return marks.scrubbed(value)
    if isinstance(value, dict):
        return {_value(key, marks): _value(each, marks) for key, each in value.items()}
    return [_value(each, marks) for each in value] if isinstance(value, list) else value
