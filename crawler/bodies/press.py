"""Whether a page is news by what it states of itself: a story of its site's newsroom, a press release.

Told by the type that it states, https://schema.org/NewsArticle or https://ogp.me/#type_article; that of an article many
programs put on every page, so that it counts in a newsroom alone.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

_NEWS = re.compile(r'"@type"\s*:\s*(?:\[[^\]]*)?"(?:\w+NewsArticle|NewsArticle)"')
_NEWSROOM = re.compile(
    r"news(?:room)?|press(?:-?(?:room|releases?|corner|centre|center))?|(?:media|news)-releases?|media-centre"
    r"|newyddion|presse(?:mitteilungen)?|communiques?(?:-de-presse)?|persberichten|nieuws|aktuelles|notas?-de-prensa",
    re.IGNORECASE,
)
"""A step of an address below which a site keeps its news, in the languages of the sources."""


def is_news(root: etree._Element, html: str, url: str) -> bool:
    """Return whether a page states that it is news, or is an article below the newsroom of its site."""
    if "NewsArticle" in html and any(
        _NEWS.search(script.text or "") for script in root.iter("script") if _is_linked_data(script)
    ):
        return True
    *above, _ = urlsplit(url).path.rstrip("/").split("/")
    return any(map(_NEWSROOM.fullmatch, above)) and any(
        (meta.get("property") or meta.get("name") or "").lower() == "og:type"
        and (meta.get("content") or "").strip().lower() == "article"
        for meta in root.iter("meta")
    )


def _is_linked_data(script: etree._Element) -> bool:
    return script.get("type", "").strip().lower() == "application/ld+json"
