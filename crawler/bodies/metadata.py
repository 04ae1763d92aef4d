"""What an HTML page states about itself: title, language, dates, its own address, a summary, what it is part of."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.bodies import dated
from crawler.bodies.dates import iso
from crawler.model import Capture
from crawler.text import canonical, clean, latest

# Best first. Names are compared in lower case.
_PUBLISHED = (
    "govuk:first-published-at", "article:published_time", "dcterms.issued", "dc.date.issued", "datepublished",
    "citation_publication_date", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created",
)  # fmt: skip
_UPDATED = (
    "govuk:public-updated-at", "govuk:updated-at", "article:modified_time", "og:updated_time", "dcterms.modified",
    "dc.date.modified", "datemodified",
)  # fmt: skip
_DESCRIPTION = ("description", "og:description", "dcterms.description", "dc.description")
_TITLE = ("og:title", "dcterms.title", "dc.title", "citation_title")
_MARKS = (("<![CDATA[", "]]>"), ("<!--", "-->"))
"""What hides a script from old programs, itself often inside a comment of the script."""
_COMMENT = " \t\r\n/*"
_SITE = ("og:site_name", "application-name")
_LANGUAGE = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_,;\s]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a page states about itself; empty or None where it does not.

    ``otherwise`` is the date of publication of its metadata where the page shows another, more than a day from it.
    """

    title: str
    language: str
    published: str | None
    updated: str | None
    otherwise: str | None
    canonical: str | None
    description: str
    site: str


def read(root: etree._Element, html: str, capture: Capture) -> Stated:
    """Return what the metadata of a page state; of its dates of publication the one that it shows wins.

    Programs put a date into the metadata whenever a page is made or saved. What was updated before it was published
    was not updated since.
    """
    metas = _metas(root)
    language = _language(root, metas, capture)
    linked = dict(_linked_data(root))
    spoken = language or "en"
    shown, shown_updated = dated.visible(root, spoken)
    published = _date(metas, _PUBLISHED, language) or iso(linked.get("datePublished", ""))
    marked = dated.with_property(root) if "itemprop" in html.replace("\x00", "").lower() else []
    published = published or dated.in_microdata(marked, "datePublished", spoken)
    updated = _date(metas, _UPDATED, language) or iso(linked.get("dateModified", ""))
    updated = updated or dated.in_microdata(marked, "dateModified", spoken) or shown_updated
    if not (shown or published) or not updated:
        classed, classed_updated = dated.in_classes(root, spoken)
        published, updated = published or classed, updated or classed_updated
    otherwise = None
    if shown and not (published or "").startswith(shown):
        otherwise = published if published and _differ(shown, published) else None
        published = shown
    if published and updated and updated < published[: len(updated)]:
        updated = None
    return Stated(
        title=_first(metas, _TITLE) or title(root),
        language=language,
        published=published,
        updated=updated,
        otherwise=otherwise,
        canonical=_canonical(root, capture.url),
        description=_first(metas, _DESCRIPTION),
        site=_first(metas, _SITE),
    )


def _differ(one: str, other: str) -> bool:
    """Whether two dates lie more than a day apart, and one is not the other stated less precisely."""
    first, second = latest(one[:10]), latest(other[:10])
    if first is None or second is None or one.startswith(other):
        return False
    return abs(first - second) > timedelta(days=1)


def _metas(root: etree._Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or element.get("http-equiv")
        content = clean(element.get("content") or "")
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _first(metas: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _date(metas: Mapping[str, str], names: tuple[str, ...], language: str) -> str | None:
    dates = (iso(metas[name], language=language or "en") for name in names if name in metas)
    return next((date for date in dates if date), None)


def title(root: etree._Element) -> str:
    """Return the words of the title element, which often end with the name of the site."""
    element = next(root.iter("title"), None)
    return clean("".join(map(str, element.itertext()))) if element is not None else ""


def _language(root: etree._Element, metas: Mapping[str, str], capture: Capture) -> str:
    xml_lang = root.get("{http://www.w3.org/XML/1998/namespace}lang")
    for stated in (root.get("lang"), xml_lang, metas.get("content-language"), capture.header("content-language")):
        if stated and (match := _LANGUAGE.match(stated)):
            return match.group(1).lower()
    return ""


def _canonical(root: etree._Element, url: str) -> str | None:
    for link in root.iter("link"):
        if "canonical" in link.get("rel", "").lower().split() and (href := link.get("href", "").strip()):
            try:
                target = urljoin(url, href)
                return target if urlsplit(target).scheme in {"http", "https"} and urlsplit(target).hostname else None
            except ValueError:
                return None
    return None


def _linked_data(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Return the dates of schema.org descriptions in JSON-LD; the last wins in a mapping, the first comes last."""
    found = []
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() == "application/ld+json" and script.text:
            try:
                described = json.loads(_unmarked(script.text), strict=False)
            except (ValueError, RecursionError):
                continue
            found += [pair for thing in _things(described) for pair in thing.items()]
    dates = [(key, value) for key, value in found if key in {"datePublished", "dateModified"}]
    return ((key, value) for key, value in reversed(dates) if isinstance(value, str))


def _unmarked(script: str) -> str:
    """Return a script without the marks of CDATA and comments around it."""
    for beginning, end in _MARKS:
        script = script.strip(_COMMENT).removeprefix(beginning).removesuffix(end)
    return script.strip(_COMMENT)


def _things(described: object) -> list[dict[str, object]]:
    """Return the described things of a JSON-LD text: itself, its members, or those of its graph."""
    if isinstance(described, dict):
        graph = described.get("@graph")
        return [described, *_things(graph)] if isinstance(graph, list) else [described]
    return [thing for thing in described if isinstance(thing, dict)] if isinstance(described, list) else []


MAX_WORDS = 8
"""Most words of the name of a page or site."""
_WAY = re.compile(r"breadcrumb|you are here", re.IGNORECASE)
_FIRST = frozenset({"home", "home page", "homepage", "start", "startseite", "accueil", "hafan", "inicio"})
_BETWEEN = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb:-]+\s+")


def names_above(root: etree._Element, title: str, site: str) -> str:
    """Return the names of the page above a page with this title and of its site, empty where it states neither.

    ``site`` is the name of the site in its metadata; without it that counts which stands last in the title element.
    """
    found: dict[str, str] = {}
    for name in (_above(root, title), site or _site(root, title)):
        plain = canonical(name).casefold()
        is_new = plain not in canonical(title).casefold() and not any(plain in other for other in found)
        if plain and is_new and len(name.split()) <= MAX_WORDS:
            found[plain] = name
    return " \u2013 ".join(found.values())


def _above(root: etree._Element, title: str) -> str:
    """Return the last page on the way to a page that is neither the first of the site nor the page itself."""
    for element in root.iter("nav", "div", "ol", "ul", "p"):
        if not element.keys():
            continue
        named = " ".join(element.get(name, "") for name in ("class", "id", "aria-label", "typeof"))
        if _WAY.search(named):
            steps = [clean(" ".join(map(str, link.itertext()))) for link in element.iter("a")]
            passed = [step for step in steps if step.casefold() not in {"", *_FIRST, title.casefold()}]
            return passed[-1] if passed else ""
    return ""


def _site(root: etree._Element, called: str) -> str:
    """Return what stands last in the title element, behind the title of the page or a shorter one."""
    before, own, behind = title(root).partition(called or "\n")
    parts = [part for each in _BETWEEN.split(f" {behind if own else before}") if (part := each.strip())]
    return parts[-1] if parts and (own or len(parts) > 1) else ""
