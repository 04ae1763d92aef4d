"""Somebody who knows nothing of the site but what a page shows: follows links by their words, and fills in forms."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode, urljoin

from bs4 import BeautifulSoup, Tag


class Reader:
    """A reader at a page of a site (``page``), with how many ``clicks`` it took to get there."""

    def __init__(self, site: Any) -> None:
        self._site = site
        self._at = "/"
        self.clicks = -1
        self.page = BeautifulSoup("", "lxml")

    async def open(self, path: str = "/") -> Reader:
        """Open an address, and follow where it leads."""
        answer = await self._site.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code)
        self._at, self.page = answer.url.path, BeautifulSoup(answer.text, "lxml")
        self.clicks += 1
        return self

    async def click(self, words: str) -> Reader:
        """Follow the first link whose words match: in the main part of the page, else anywhere on it."""
        links = [*self.page.select("main a[href]"), *self.page.select("a[href]")]
        found = next((link for link in links if re.search(words, _words(link))), None)
        assert found is not None, (words, self._at, sorted({_words(link) for link in links}))
        return await self.open(urljoin(self._at, str(found["href"]).partition("#")[0] or self._at))

    async def fill(self, **values: str) -> Reader:
        """Send the form that has all fields of these names; what else stands in it is sent as it stands."""
        form = next(
            form for form in self.page.select("form") if all(form.select(f'[name="{name}"]') for name in values)
        )
        pairs = {**_standing(form), **values}
        return await self.open(f"{form['action']}?{urlencode({name: value for name, value in pairs.items() if value})}")

    @property
    def words(self) -> str:
        """Return the words of the main part of the page."""
        return _words(self.page.select_one("main") or self.page)

    @property
    def addresses(self) -> list[str]:
        """Return the addresses of other sites that the main part leads to."""
        found = [str(link["href"]) for link in self.page.select("main a[href]")]
        return [address for address in found if address.startswith("http")]


def _standing(form: Tag) -> dict[str, str]:
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden][name]")}
    for field in form.select("select[name]"):
        chosen = field.select_one("option[selected]")
        fields[str(field["name"])] = str(chosen["value"]) if chosen else ""
    return fields


def _words(part: Tag) -> str:
    return " ".join(part.get_text(" ").split())
