"""Phrases as the rules write them, and the forms they stand for."""

from __future__ import annotations

import re

from crawler.text import counted

MAX_FORMS = 128
_TOKEN = re.compile(r"[()\[\]|]|(?:\\.|[^()\[\]|\\])+")
_ESCAPED = re.compile(r"\\(.)")


def expand_phrase(phrase: str) -> tuple[str, ...]:
    """Return the forms of a phrase: ``(s)`` may stand or not, ``[a|b]`` is one or the other, and either may hold both.

    A bracket that is meant is written with a backslash before it.

    Raises:
        ValueError: a bracket without its other half, a form that is empty, ``*`` elsewhere than at the end, or more
            than 128 forms.

    >>> expand_phrase("victim(s) of [human |]trafficking")[:2]
    ('victim of human trafficking', 'victim of trafficking')
    """
    tokens: list[str] = _TOKEN.findall(phrase)
    if sum(map(len, tokens)) != len(phrase):
        raise ValueError("a backslash with nothing behind it")
    forms, rest = _sequence(tokens, 0, "")
    if rest != len(tokens):
        raise ValueError("a bracket without its other half")
    found = tuple(dict.fromkeys(forms))
    if any(not form.strip(" *") for form in found):
        raise ValueError("a form of it is empty")
    if any("*" in form[:-1] for form in found):
        raise ValueError("a * that is not at the end")
    return found


def _sequence(tokens: list[str], place: int, until: str) -> tuple[list[str], int]:
    """Return the forms from a place to the end, or to the bracket that closes it, and where that stands."""
    every: list[str] = []
    forms = [""]
    while place < len(tokens):
        token = tokens[place]
        if token == until:
            break
        if token == "|" and until == "]":
            every, forms = every + forms, [""]
        elif token in ("(", "["):
            close = ")" if token == "(" else "]"
            inner, place = _sequence(tokens, place + 1, close)
            if place == len(tokens):
                raise ValueError("a bracket without its other half")
            forms = _joined(forms, ["", *inner] if close == ")" else inner)
        elif token in (")", "]", "|"):
            raise ValueError("a bracket or bar without its other half")
        else:
            forms = [form + _ESCAPED.sub(r"\1", token) for form in forms]
        place += 1
    return every + forms, place


def _joined(forms: list[str], endings: list[str]) -> list[str]:
    if len(forms) * len(endings) > MAX_FORMS:
        raise ValueError(f"{counted(len(forms) * len(endings), 'form')}; expected at most {MAX_FORMS}")
    return [form + ending for form in forms for ending in endings]
