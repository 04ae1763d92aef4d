"""RSS, Atom and JSON Feed: every entry is a document; with ``follow`` the page behind it is read too.

The text of a document that is not followed is the content of its entry, or the summary where it has no more than that.

Entries are known by their link, never by their GUID: one publisher gives the translations of a release the same GUID
(measured on four years of one feed), another changes GUIDs with every republication. Entries that share a link tell of
one document: in each language the newest of them counts, and a problem says how many were folded into it.
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import quote, unquote, urljoin

from crawler.bodies import html, naming, purpose
from crawler.errors import IdentifierError, ParseError, RefusedError
from crawler.identifiers import canonical_url, document_id
from crawler.identifiers import owner as owner_of
from crawler.model import Capture, Document, Link, Page, Problem, Section, Version, Walk, digest_of
from crawler.protocols import files
from crawler.protocols.feed.reading import Entry, Feed, read, without_tail
from crawler.protocols.listing.options import Selector
from crawler.sources import Source, options
from crawler.sources.fields import Count, Text, said
from crawler.text import counted


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is RSS, Atom or JSON Feed."""

    language: Annotated[Text, said("of what states none")] = "en"
    body: Annotated[Selector, said("of the text of a page; default `main`, `article`, or body without navigation")] = ""
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None


ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_ROUTES = ("{", "%7b", "%7B", "!", "/")
_IN_FRAGMENT = "!$&'()*+,;=:@/?-._~"
"""What RFC 3986 lets stand in a fragment as it is."""
SHOWN = 3
"""Most links shared by entries that a problem names."""


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Return the feed of the source."""
    return [Link(url=source.url, role="listing", accept=ACCEPT)]


def parse(capture: Capture, source: Source) -> Page:
    """Read a feed, or a page behind one of its entries.

    Raises:
        ParseError: the capture is neither RSS, Atom nor JSON Feed, or the page behind an entry is not readable.
        RefusedError: the feed says that it has ended.
    """
    if capture.link.role in ("listing", "next"):
        return _listing(capture, source)
    return _document(capture, source)


def _listing(capture: Capture, source: Source) -> Page:
    feed = read(capture)
    if [entry.title for entry in feed.entries] == ["This feed has ended"] or "feed has ended" in feed.title.lower():
        raise RefusedError(capture.url, "the feed says that it has ended", "ended")
    problems = [Problem(kind="broken", detail=feed.broken)] if feed.broken else []
    problems += [Problem(kind="gap", detail=feed.gap)] if feed.gap else []
    found: dict[str, list[_Located]] = {}
    for place, entry in enumerate(feed.entries, 1):
        try:
            if not entry.link:
                raise IdentifierError("no link")
            url = _address(entry.link, capture.url)
        except (IdentifierError, ValueError) as error:
            problems.append(Problem(kind="entry", detail=f"entry {place} ({entry.title[:80]!r}): {error}"))
            continue
        found.setdefault(owner_of(url) or f"url:{url}", []).append(_Located(url=url, entry=entry))
    chosen = {name: _by_language(each, source) for name, each in found.items()}
    problems += [*_folded(found, chosen), *_ahead(feed.entries)]
    # What is dated in the future makes no feed a fresh one.
    times = [time for entry in feed.entries if not entry.ahead for time in (entry.updated, entry.published) if time]
    return Page(
        documents=tuple(_work(name, *_main(each)) for name, each in chosen.items()),
        versions=tuple(_summaries(chosen, source)),
        links=(*_links(chosen, source), *_following(feed, capture)),
        problems=tuple(problems),
        entries=len(feed.entries),
        newest=max(times, default=None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Located:
    """An entry and the canonical address of what it tells of."""

    url: str
    entry: Entry

    @property
    def time(self) -> str:
        return max(self.entry.updated or "", self.entry.published or "")


_Chosen = Mapping[str, Mapping[str, _Located]]
"""By document and language, the entry that counts."""


def _by_language(entries: Sequence[_Located], source: Source) -> dict[str, _Located]:
    """Return for each language the newest entry of those about one document; where dates do not tell, the first."""
    found: dict[str, list[_Located]] = {}
    for each in entries:
        found.setdefault(_language(each.entry, source), []).append(each)
    return {language: max(several, key=lambda each: each.time) for language, several in found.items()}


def _language(entry: Entry, source: Source) -> str:
    return entry.language or Options.of(source).language


def _main(by_language: Mapping[str, _Located]) -> tuple[str, Entry]:
    """Return address and entry of a document: the English one, else that of the first language."""
    first = next((each for language, each in by_language.items() if language.lower().startswith("en")), None)
    located = first or next(iter(by_language.values()))
    return located.url, located.entry


def _folded(found: Mapping[str, Sequence[_Located]], chosen: _Chosen) -> Iterable[Problem]:
    """Say how many entries were left out because others have their link; mere repeats are none."""
    told = []
    for name, entries in found.items():
        different = len(set(entries)) - len(chosen[name])
        if different > 0:
            told.append((different, f"{different + len(chosen[name])} about {entries[0].url}"))
    if told:
        some = "; ".join(text for _, text in told[:SHOWN]) + ("; …" if len(told) > SHOWN else "")
        folded = sum(count for count, _ in told)
        which = counted(folded, "entry was", "entries were")
        detail = f"{which} folded into others with the same link: {some}"
        yield Problem(kind="shared link", detail=detail)


def _ahead(entries: Sequence[Entry]) -> Iterable[Problem]:
    """Say how many entries are dated in the future: the time of the capture stands in the place of their dates."""
    days = sorted(entry.ahead for entry in entries if entry.ahead)
    if days:
        which = counted(len(days), "entry is", "entries are")
        yield Problem(kind="dates", detail=f"{which} dated in the future, first {_in_words(days[0])}")


def _in_words(day: str) -> str:
    year, month, number = map(int, day.split("-"))
    return f"{number} {calendar.month_name[month]} {year}"


def _summaries(chosen: _Chosen, source: Source) -> Iterable[Version]:
    for name, by_language in chosen.items():
        for each in by_language.values():
            if not _is_followed(each.url, source):
                yield _stated(name, each.entry, source)


def _links(chosen: _Chosen, source: Source) -> Iterable[Link]:
    for name, by_language in chosen.items():
        url, entry = _main(by_language)
        if _is_followed(url, source):
            yield _follow(name, url, entry)


def _is_followed(url: str, source: Source) -> bool:
    return bool(source.follow) and "#" not in url


def _following(feed: Feed, capture: Capture) -> Iterable[Link]:
    if feed.following:
        try:
            url = urljoin(capture.url, feed.following)
        except ValueError:
            url = feed.following  # It is told as a link that leads to no address.
        yield Link(url=url, role="next", accept=ACCEPT)


def _address(link: str, base: str) -> str:
    """Return the canonical address of an entry, with its fragment where that chooses the page.

    HUDOC has one page for everything it holds, and its script reads ``#{"itemid":["001-1"]}``. A server never sees a
    fragment, so such an address cannot be followed.
    """
    url, _, fragment = urljoin(base, link).partition("#")
    route = f"#{quote(unquote(fragment), safe=_IN_FRAGMENT)}" if fragment.startswith(_ROUTES) else ""
    return canonical_url(url) + route


def _work(name: str, url: str, entry: Entry) -> Document:
    return Document(
        id=name,
        title=entry.title or naming.first_words(entry.summary) or naming.fallback_title(url),
        url=url,
        summary=entry.summary[:2000] or None,
        published=entry.published,
        updated=entry.updated,
    )


def _stated(name: str, entry: Entry, source: Source) -> Version:
    """Return what an entry says as a version: where its page is not read, edits of a release show only here."""
    text = _text(entry, source)
    summary = (Section(path="summary", text=entry.summary),) if entry.summary else ()
    return Version(
        document=name,
        title=entry.title,
        sections=text or summary,
        representation="html" if text else "summary",
        language=_language(entry, source),
    )


def _text(entry: Entry, source: Source) -> tuple[Section, ...]:
    """Return the text that an entry carries beside its summary; nothing of one that cannot be read."""
    try:
        sections = html.fragment(entry.content, url=entry.link, scrub=source.scrub) if entry.content else ()
    except ParseError:
        return ()
    return tuple(replace(each, text=without_tail(each.text)) for each in sections)


def _follow(name: str, url: str, entry: Entry) -> Link:
    content = [entry.content] if entry.content else []
    token = digest_of(entry.title, entry.summary, entry.published, entry.updated, *content)[:16]
    facts = {"document": name, "title": entry.title, "language": entry.language.partition("-")[0].lower()}
    return Link(url=url, role="document", facts={key: value for key, value in facts.items() if value}, token=token)


def _document(capture: Capture, source: Source) -> Page:
    facts = capture.link.facts
    name = facts.get("document") or document_id(capture.link.url)
    stated = facts.get("title", "")
    wanted = Options.of(source)
    language = facts.get("language") or wanted.language
    if not files.is_html(capture):
        document = Document(id=name, title=stated or naming.fallback_title(capture.link.url), url=capture.link.url)
        return files.page(capture, document, source, language=language)
    page = html.document(capture, selector=wanted.body, scrub=source.scrub)
    title = page.title or stated or naming.first_words(page.description) or naming.fallback_title(capture.link.url)
    if page.serves == purpose.LOG_IN and stated != title:
        raise RefusedError(capture.url, "a log-in page instead of the document", "error")
    if page.serves and stated != title:
        return Page(problems=(Problem(kind="no document", detail=page.serves),))
    document = Document(
        id=name,
        title=title,
        url=capture.url,
        summary=page.description,
        within=page.within or None,
        published=page.published,
        updated=page.updated,
    )
    version = Version(
        document=name,
        title=title,
        sections=page.sections,
        representation="html",
        language=page.language or language,
    )
    return Page(documents=(document,), versions=(version,))
