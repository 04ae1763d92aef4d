"""What a feed is beside its entries: whose, which filter, and under which addresses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from crawler.feeds.entry import Entry
from crawler.feeds.select import Filter
from crawler.wording import legal

NAME = "Counter-trafficking round-up"
"""What the site and its feeds are called."""

PROMISE = (
    "What changed in law, guidance and reports on human trafficking and modern slavery, in the UK, the EU and beyond. "
    "Each entry says what changed, when, where it applies and whom it concerns, and links the official page and a "
    "record of what we read. Sources we could not check are listed."
)
"""What readers may rely on."""

LIMITS = (
    "A finding aid, not legal advice: open the official page before you act; what a source changed twice between two of"
    " our visits, or while we could not read it, is not told."
)
"""What readers may not rely on: said in every feed."""

_NAMED = 5
"""Most sources that a feed names."""

EPOCH = "2026-01-01T00:00:00Z"
"""When an empty feed was last updated: never "now", else its bytes would change at each fetch."""

YEAR = "2026"
"""Year of the tag URIs (RFC 4151). With the authority it must never change: ids would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: the authority of its ids, the public address of the site, and what it is filtered by.

    ``public_url`` is the full address of the home page; where it is empty, links to our own pages are left out.
    ``words`` is the filter for readers ("guidance; United Kingdom"), empty where it holds everything. ``place`` is
    where a common feed stands below feeds/ by an address of its own; "changes" holds any filter, in its query.
    ``part`` is a part of its archive (RFC 5005), as "2026-11-1", empty for the document that readers subscribe to;
    ``before`` is the part before either of them, empty where there is none. ``unread`` names the sources of the filter
    that could not be read.
    """

    authority: str
    public_url: str = ""
    filter: Filter = field(default_factory=Filter)
    words: str = ""
    sample: bool = False
    place: str = "changes"
    part: str = ""
    before: str = ""
    unread: tuple[str, ...] = ()

    @property
    def limits(self) -> str:
        """Return what readers may not rely on, the sources that could not be read first; an archive names none."""
        if not self.unread or self.part:
            return LIMITS
        more = f" and {len(self.unread) - _NAMED} more" if len(self.unread) > _NAMED else ""
        return f"Could not be read as it should be: {legal('; '.join(self.unread[:_NAMED]))}{more}. {LIMITS}"

    @property
    def title(self) -> str:
        """Return the title. It names the filter, for people forget that a feed is filtered."""
        return ("[Sample] " if self.sample else "") + NAME + (f": {legal(self.words)}" if self.words else "")

    @property
    def id(self) -> str:
        """Return the id, made of its sorted filter."""
        return self.tag("feed/changes") + (f"?{self.filter.query}" if self.filter.pairs else "")

    def tag(self, name: str) -> str:
        """Return the tag URI of something of ours."""
        return f"tag:{self.authority},{YEAR}:{_quoted(name)}"

    def entry_id(self, entry: Entry) -> str:
        """Return the id of an entry: never made of an address or a position."""
        return self.tag(f"entry/{entry.id}")

    def address(self, path: str) -> str:
        """Return the public address of one of our pages, empty where there is no public address."""
        return f"{self.public_url.rstrip('/')}/{path}" if self.public_url else ""

    def self_address(self, form: str) -> str:
        """Return the public address of the feed itself, as "atom", "json" or "rss".

        Empty where there is no public address: RFC 4287 (4.1.1) wants a link "self", but one that leads to the feed,
        and nobody knows where a file will be put.
        """
        return self.address(f"feeds/{self.name(form)}")

    def name(self, form: str) -> str:
        """Return the address of the feed below feeds/, as "atom", "json" or "rss"."""
        query = f"?{self.filter.query}" if self.filter.pairs and self.place == "changes" else ""
        return f"{self.place}{f'-{self.part}' if self.part else ''}.{form}{query}"

    def archive_address(self, form: str) -> str:
        """Return the address of the part before this one, empty where there is none.

        Without a public address it is relative: both stand in one folder, wherever that is.
        """
        return self._beside(replace(self, part=self.before), form) if self.before else ""

    def current_address(self, form: str) -> str:
        """Return the address of the document that readers subscribe to, relative without a public address."""
        return self._beside(replace(self, part=""), form)

    @staticmethod
    def _beside(other: Feed, form: str) -> str:
        return other.self_address(form) or other.name(form)[other.place.rfind("/") + 1 :]

    @property
    def page(self) -> str:
        """Return the public address of the page that shows the same entries, empty where there is none."""
        return self.address(f"?{self.filter.query}" if self.filter.pairs else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFeed(Feed):
    """The feed of a saved search: ``query`` is that of its address."""

    query: str

    @property
    def id(self) -> str:
        """The id, made of the question and what it is narrowed to."""
        return f"{self.tag('feed/search')}?{self.query}"

    @property
    def page(self) -> str:
        """The public address of the search, empty where there is none."""
        return self.address(f"search?{self.query}")

    def self_address(self, form: str) -> str:
        """Return the public address of the feed itself, as "atom" or "json"."""
        return self.address(f"search.{'atom' if form == 'atom' else 'feed.json'}?{self.query}")


@lru_cache(4_096)
def _quoted(name: str) -> str:
    return quote(name, safe="/:")


def newest_update(entries: tuple[Entry, ...]) -> str:
    """Return when a feed last changed: when its newest entry did."""
    return max((entry.updated for entry in entries), default=EPOCH)


def link(url: str) -> str:
    """Return a crawled address as a URI that XML and feed readers accept, empty where it is none of the web.

    >>> link('https://example.org/a b"c')
    'https://example.org/a%20b%22c'
    >>> link("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    safe = "/:?#[]@!$&'()*+,;=%~"
    netloc = quote(parts.netloc, safe="[]:@.-%")
    path, query, fragment = (quote(part, safe=safe) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, netloc, path, query, fragment))
