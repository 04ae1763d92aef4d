"""A page that is a list: an element that repeats, with a link and a date in each, as options of the protocol listing.

Every link and every date is counted for the elements around it; what selectors choose at least three of them is a
group. The group with the most different links wins, where it is a good part of the words of the page: the three latest
news beside an article are none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from crawler.bodies.dates import iso
from crawler.bodies.selectors import compile_selector, elements
from crawler.bodies.tree import bodies, unwanted
from crawler.text import clean

MIN_ENTRIES = 3
"""Entries that make a list."""
TRIED = 6
"""Guesses that are worth a try."""
_MAX_LINKS = 4000
"""Links, and elements that may be dates, that are looked at."""
_AROUND = 8
"""Elements around a link that may be its entry."""
_DATED, _LINKED, _SHARE, _SHARE_UNDATED = 0.6, 0.8, 0.3, 0.5
"""Least shares: of entries with a date, of those with a link of their own, of the words of the page in the list."""
_MIN_TITLE_LETTERS = 15
"""Letters of a link that is a title, on average: those of a menu are shorter."""
_CLASS = re.compile(r"-?[A-Za-z_][A-Za-z0-9_-]{0,60}")
_TAG = re.compile(r"[a-z][a-z0-9-]{0,30}")
_STATE = re.compile(r"(?:^|[-_])(?:odd|even|first|last|active|\d+)$|\d{3}")
_LANGUAGES = frozenset({"en", "fr", "de", "nl", "es", "cy"})
_HEADINGS = ("h2", "h3", "h4", "h5")
_MAX_DATE_CHARACTERS = 40

Element = etree._Element


@dataclass(slots=True)
class _Mark:
    """What stands in an element: its first link, the first in a heading, and its first date."""

    link: Element | None = None
    titled: Element | None = None
    date: Element | None = None

    @property
    def href(self) -> str:
        """Return where it leads, which is what its title leads to: a category may come first, and leads elsewhere."""
        chosen = self.titled if self.titled is not None else self.link
        return "" if chosen is None else (chosen.get("href") or "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Elements that one selector chooses: their different links, the share of them with a date, their letters."""

    selector: str
    members: Sequence[Element]
    links: int
    dated: float
    letters: int


@dataclass(slots=True)
class _Marks:
    by_element: dict[Element, _Mark] = field(default_factory=dict)

    def around(self, element: Element, chrome: set[Element]) -> list[_Mark]:
        """Return the marks of an element and of those around it, none where it stands in the chrome of the page."""
        line = [element, *element.iterancestors()]
        if any(each in chrome for each in line):
            return []
        inner = [each for each in line[: _AROUND + 1] if each.tag not in ("html", "body", "main")]
        return [self.by_element.setdefault(each, _Mark()) for each in inner]


def guesses(root: Element, *, dated: bool) -> Iterator[Mapping[str, object]]:
    """Yield options of the protocol listing that would read a page as a list, the best first; none where it is none.

    Without ``dated`` lists of links without dates count too.
    """
    stated = (root.get("lang") or "en")[:2].lower()
    language = stated if stated in _LANGUAGES else "en"
    chrome = unwanted(root, page=True)
    marks = _Marks()
    _mark_links(root, marks, chrome)
    _mark_dates(root, marks, chrome, language)
    total = _own_letters(root, chrome)
    least = total * (_SHARE if dated else _SHARE_UNDATED)
    found = [group for group in _groups(marks, dated=dated) if group.letters >= least]
    found.sort(key=lambda group: (-group.links, -round(group.dated, 1), ">" in group.selector, len(group.selector)))
    for group in found[:TRIED]:
        for date in _date_selectors(group, marks) if dated else ("",):
            yield _options(group, marks, root, date, language)


def _mark_links(root: Element, marks: _Marks, chrome: set[Element]) -> None:
    for count, link in enumerate(root.iter("a")):
        href = (link.get("href") or "").strip()
        if count >= _MAX_LINKS:
            return
        if not href or href.startswith(("#", "mailto:", "tel:", "javascript:")):
            continue
        is_title = any(each.tag in _HEADINGS for each in link.iterancestors())
        for mark in marks.around(link, chrome):
            mark.link = link if mark.link is None else mark.link
            mark.titled = link if mark.titled is None and is_title else mark.titled


def _mark_dates(root: Element, marks: _Marks, chrome: set[Element], language: str) -> None:
    looked_at = 0
    for element in root.iter():
        if not _may_be_date(element):
            continue
        looked_at += 1
        if looked_at > _MAX_LINKS:
            return
        stated = element.get("datetime") or _short(element)
        if len(stated) <= _MAX_DATE_CHARACTERS and iso(stated, language=language):
            for mark in marks.around(element, chrome):
                mark.date = mark.date if mark.date is not None else element


def _may_be_date(element: Element) -> bool:
    if element.tag == "time":
        return True
    if "date" in (element.get("class") or "").lower():
        return True
    text = element.text or ""
    return len(element) == 0 and len(text) <= 2 * _MAX_DATE_CHARACTERS and any(letter.isdigit() for letter in text)


def _short(element: Element) -> str:
    """Return the words of an element, the empty text where they are too many for a date."""
    found: list[str] = []
    for part in element.itertext():
        found.append(str(part))
        if sum(map(len, found)) > 4 * _MAX_DATE_CHARACTERS:
            return ""
    return clean(" ".join(found))


def _groups(marks: _Marks, *, dated: bool) -> Iterator[_Group]:
    chosen: dict[str, list[Element]] = {}
    for element, mark in marks.by_element.items():
        if mark.link is not None:
            for selector in _selectors(element):
                chosen.setdefault(selector, []).append(element)
    for selector, members in chosen.items():
        if len(members) < MIN_ENTRIES or _nested(members):
            continue
        group = _group(selector, members, marks, dated=dated)
        enough = group.dated >= _DATED if dated else group.letters >= _MIN_TITLE_LETTERS * len(members)
        if enough and group.links >= max(MIN_ENTRIES, _LINKED * len(members)):
            yield group


def _group(selector: str, members: Sequence[Element], marks: _Marks, *, dated: bool) -> _Group:
    """Return a group; of entries without dates only the words of their links are its letters: prose has links, too."""
    found = [marks.by_element[member] for member in members]
    counted = members if dated else [mark.link for mark in found if mark.link is not None]
    return _Group(
        selector=selector,
        members=members,
        links=len({mark.href for mark in found}),
        dated=sum(mark.date is not None for mark in found) / len(found),
        letters=sum(_letters(each) for each in counted),
    )


def _selectors(element: Element) -> Iterator[str]:
    """Yield selectors that choose an element and those like it: by its classes, and as a child of its parent."""
    if not _TAG.fullmatch(element.tag):
        return
    for name in _classes(element):
        yield f"{element.tag}.{name}"
    parent = element.getparent()
    if parent is not None and _TAG.fullmatch(parent.tag):
        own = next(_classes(parent), "")
        yield f"{parent.tag}.{own} > {element.tag}" if own else f"{parent.tag} > {element.tag}"


def _classes(element: Element) -> Iterator[str]:
    names = (element.get("class") or "").split()
    yield from (name for name in names[:6] if _CLASS.fullmatch(name) and not _STATE.search(name))


def _nested(members: Iterable[Element]) -> bool:
    known = set(members)
    return any(not known.isdisjoint(member.iterancestors()) for member in known)


def _letters(element: Element) -> int:
    scripts = sum(len(each.text or "") for each in element.iter("script", "style"))
    return sum(len(part) for part in element.itertext() if not part.isspace()) - scripts


def _own_letters(root: Element, chrome: set[Element]) -> int:
    """Return the letters of the body of a page, without its chrome."""
    body = next(bodies(root))
    around = (each for each in chrome if body in (line := list(each.iterancestors())) and chrome.isdisjoint(line))
    return max(1, _letters(body) - sum(_letters(each) for each in around))


def _date_selectors(group: _Group, marks: _Marks) -> Iterator[str]:
    """Yield selectors of the date inside an entry, the likeliest first; the empty one means its first time element."""
    dates = [mark.date for member in group.members if (mark := marks.by_element[member]).date is not None]
    tags = Counter(date.tag for date in dates)
    if tags["time"] * 2 >= len(dates):
        yield ""
    names = Counter(f".{name}" for date in dates for name in _classes(date))
    yield from (name for name, count in names.most_common(2) if count * 2 >= len(dates))
    common = (str(tag) for tag, count in tags.most_common(1) if count * 2 >= len(dates) and tag != "time")
    yield from (tag for tag in common if _TAG.fullmatch(tag))


def _options(group: _Group, marks: _Marks, root: Element, date: str, language: str) -> Mapping[str, object]:
    found: dict[str, object] = {"entry": _scoped(group, root)}
    found |= _titled(group, marks)
    if date:
        found["date"] = date
    if language != "en":
        found["language"] = language
    return found


def _scoped(group: _Group, root: Element) -> str:
    """Return the selector, inside the main part of the page where it chooses others outside of it."""
    everywhere = elements(compile_selector(group.selector), root)
    scoped = f"main {group.selector}"
    if len(everywhere) > len(group.members) and len(elements(compile_selector(scoped), root)) >= len(group.members):
        return scoped
    return group.selector


def _titled(group: _Group, marks: _Marks) -> Mapping[str, object]:
    """Return where title and link of an entry stand, if the first link in it is not the title."""
    for tag in _HEADINGS:
        found = [(heading, marks.by_element[each]) for each in group.members for heading in list(each.iter(tag))[:1]]
        if len(found) < _LINKED * len(group.members):
            continue
        links = [(next(heading.iter("a"), None), mark.link) for heading, mark in found]
        if all(link is None for link, _ in links):
            return {"title": tag}
        return {} if all(link is first for link, first in links) else {"link": f"{tag} a"}
    return {}
