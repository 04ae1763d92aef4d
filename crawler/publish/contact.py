"""Who runs the site: what it says about privacy and access, and how readers tell that something is wrong."""

from __future__ import annotations

from urllib.parse import quote

from crawler.feeds.plain import one_line
from crawler.publish.settings import Settings

ASKED = "What is wrong or missing here, or what would be useful to add?"
MAX_LINE = 300
"""Most characters of an id or address in a message: mail programs cut long addresses."""


class Contact:
    """Who runs the site, for templates: ``name``, ``address`` and ``logs``, each empty where it is not said."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.run_by
        self.address = settings.contact
        self.logs = settings.logs
        self._public_url = settings.public_url.rstrip("/")

    @property
    def mailto(self) -> str:
        """Return the address of a message to who runs the site, empty where no contact is set."""
        return f"mailto:{_encoded(self.address).replace('%40', '@')}" if self.address else ""

    def about(self, what: str, id: str, path: str) -> str:
        """Return the address of a message about a thing by its kind and id, and its path on the site (RFC 6068).

        Empty where no contact is set.

        >>> settings = Settings(public_url="https://a.example", authority="a.example", now=None, contact="b@a.example")
        >>> Contact(settings).about("entry", "x&cc=y", "entry/x&cc=y")[:66]
        'mailto:b@a.example?subject=Wrong%2C%20missing%20or%20useful%3A%20e'
        """
        if not self.address:
            return ""
        subject = f"Wrong, missing or useful: {what} {_cut(id)}".rstrip()
        lines = (f"{self._public_url}/{path.lstrip('/')}"[: MAX_LINE * 2], f"{what} {_cut(id)}", "", ASKED, "")
        body = "%0D%0A".join(_encoded(one_line(line)) for line in lines)
        return f"{self.mailto}?subject={_encoded(subject)}&body={body}"


def _cut(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]} …"


def _encoded(text: str) -> str:
    """Return a text as it stands in a mailto address: nothing in it begins another field."""
    return quote(text.encode("utf-8", "replace"), safe="")
