"""A page of the site as a file: its links lead to files, and what only a program can do says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from crawler.publish.copy.addresses import EXPLAINED, Address, address, link

_TAG = re.compile(r"<(?P<name>a|link|img|area)\b(?P<rest>[^>]*)>")
_WHERE = re.compile(r"""\b(?P<name>href|src)="(?P<value>[^"]*)\"""")
_FORM = re.compile(r"<form\b(?P<rest>[^>]*)>(?P<fields>.*?)</form>", re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(action|class|method|role)="([^"]*)"')
_BUTTON = re.compile(r"<button\b.*?</button>", re.DOTALL)
_SEARCH = ("Search is not in this copy", "Search the served site")
_CHOICE = ("Choosing needs a served site: this copy is made of files", "Choose on the served site")
"""What stands in place of a form, without and with the address of a served site."""

PartOf = Callable[[str, str], int]
"""Returns in which part of the text of a document (the path of its page) a provision stands."""


class Linked:
    """A page with its links as files, and the addresses that it leads to (``found``).

    ``live`` is the address of a served site for what stands in no file, empty where there is none.
    """

    def __init__(self, at: Address, text: str, *, live: str, part_of: PartOf) -> None:
        self._at = at
        self._live = live.rstrip("/")
        self._part_of = part_of
        self.found: list[Address] = []
        self.text = _TAG.sub(self._tag, _FORM.sub(self._form, text))

    def _tag(self, tag: re.Match[str]) -> str:
        where = _WHERE.search(tag["rest"])
        if where is None:
            return tag[0]
        value = unescape(where["value"])
        if not value.startswith("/") or value.startswith("//"):
            return tag[0]
        to = self._to(value)
        if to is None and tag["name"] == "link":
            return ""
        to = to or self._elsewhere(value)
        rest = f'{tag["rest"][: where.start()]}{where["name"]}="{escape(to)}"{tag["rest"][where.end() :]}'
        return f"<{tag['name']}{rest}>"

    def _to(self, value: str) -> str | None:
        """Return the address of a file, None where the address of the site stands in none."""
        parts = urlsplit(value)
        query = parts.query
        given = dict(parse_qsl(query, keep_blank_values=True))
        if parts.path.startswith("/doc/") and "provision" in given:
            # One page for each provision would be too many: a text in parts leads to the part that has it.
            part = self._part_of(parts.path, given.pop("provision"))
            query = urlencode({**given, **({"part": part} if part > 1 else {})})
        found = address(parts.path, query)
        if found is None:
            return None
        self.found.append(found)
        return link(found.file, self._at.file) + (f"#{parts.fragment}" if parts.fragment else "")

    def _elsewhere(self, value: str) -> str:
        if self._live:
            return self._live + value
        return self._to(EXPLAINED) or ""

    def _form(self, form: re.Match[str]) -> str:
        told = dict(_ATTRIBUTE.findall(form["rest"]))
        where, name = unquote(unescape(told.get("action", "/"))), told.get("class", "")
        if told.get("method") == "post":  # What it asks can be printed; what would be answered to it is gone.
            return f'<div class="{name}">{_BUTTON.sub("", form["fields"])}</div>{self._instead(where, *_CHOICE)}'
        return self._instead(where, *(_SEARCH if told.get("role") == "search" else _CHOICE))

    def _instead(self, where: str, words: str, live_words: str) -> str:
        to = self._live + where if self._live else self._to(EXPLAINED) or ""
        return f'<p class="small"><a href="{escape(to)}">{live_words if self._live else words}</a></p>'


def moved(to: str) -> str:
    """Return a page that leads on to another address."""
    where = escape(to)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Moved</title>'
        f'<meta http-equiv="refresh" content="0; url={where}"></head>'
        f'<body><main><h1>Moved</h1><p><a href="{where}">To the page that has this address now</a></p></main>'
        "</body></html>\n"
    )
