"""The dates that the body of a page states about it: in microdata, or visibly behind a label near its title."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from lxml import etree

from crawler.bodies.dates import iso
from crawler.bodies.segmenter import INLINE, SILENT
from crawler.bodies.selectors import elements
from crawler.bodies.tree import CHROME_ROLES, is_unseen
from crawler.text import clean

PUBLISHED = (
    "first published", "date published", "published", "release date", "released", "date of publication",
    "publication date", "date of issue", "posted",
    "publié", "publié le", "date de publication", "mis en ligne le", "veröffentlicht", "veröffentlicht am",
    "veröffentlichungsdatum", "erschienen am", "gepubliceerd", "gepubliceerd op", "publicatiedatum",
    "publicado", "publicado el", "fecha de publicación",
    "cyhoeddwyd gyntaf", "cyhoeddwyd", "dyddiad cyhoeddi",
)  # fmt: skip
UPDATED = (
    "last updated", "page last updated", "last modified", "date modified", "updated",
    "mis à jour le", "dernière mise à jour", "dernière mise à jour le", "zuletzt aktualisiert",
    "zuletzt aktualisiert am",
    "aktualisiert am", "letzte aktualisierung", "laatst bijgewerkt", "laatst bijgewerkt op", "laatst gewijzigd",
    "última actualización", "actualizado el", "diweddarwyd ddiwethaf", "diweddarwyd",
)  # fmt: skip
"""Labels of a date, best first. All others, as "Next release date", are of something else."""
MAX_LINES_AROUND = (5, 60)
"""Lines before and behind the title in which the dates of a page stand."""
MAX_LINE_CHARACTERS = 160
_LABELS = "|".join(
    re.escape(label).replace(r"\ ", r"\s+") for label in sorted((*PUBLISHED, *UPDATED), key=len, reverse=True)
)
_LABEL = re.compile(rf"(?:^|(?<=[\s|·•;,]))({_LABELS})(?:\s+on)?(?:\s*:|(?=\s|$))", re.I)
_APART = " |·•;,"
_CHROME = frozenset({"nav", "aside", "footer"})
_HEADINGS = frozenset({"h2", "h3"})
_WITH_PROPERTY = etree.XPath("descendant-or-self::*[@itemprop]")


def with_property(root: etree._Element) -> list[etree._Element]:
    """Return the elements that have an ``itemprop``."""
    return elements(_WITH_PROPERTY, root)


def in_microdata(marked: Iterable[etree._Element], name: str, language: str) -> str | None:
    """Return the date of an ``itemprop``, None where a page states none, or several: then they are of other pages.

    Dates in list items count where no others are; those in asides and footers, and of other things, never.
    """
    dates: dict[bool, set[str]] = {True: set(), False: set()}
    for element in marked:
        if name not in element.get("itemprop", "").split():
            continue
        above = [ancestor.tag for ancestor in element.iterancestors()]
        if _CHROME.isdisjoint(above) and _is_of_page(element) and (date := _valued(element, language)):
            dates["li" in above].add(date)
    stated = dates[False] or dates[True]
    return _only(stated)


def _is_of_page(element: etree._Element) -> bool:
    """Whether a property is not one of a thing that is a property itself, as of the journal that it stands in."""
    thing = next((above for above in element.iterancestors() if above.get("itemscope") is not None), None)
    return thing is None or thing.get("itemprop", "mainEntity") == "mainEntity"


def _valued(element: etree._Element, language: str) -> str | None:
    values = (element.get("content"), element.get("datetime"), " ".join(map(str, element.itertext())))
    return next((date for value in values if value and (date := iso(value, language=language))), None)


def in_classes(root: etree._Element, language: str) -> tuple[str | None, str | None]:
    """Return when a page was published and updated by the classes of its times; None where it states none, or several.

    The classes are those of microformats (https://microformats.org/wiki/h-entry) and of their forerunner, hAtom. The
    only time beside the title, in the header that holds it, is that of its publication.
    """
    dates: dict[str, set[str]] = {"published": set(), "updated": set(), "beside": set()}
    for element in root.iter("time", "abbr"):
        above = {ancestor.tag for ancestor in element.iterancestors()}
        if not _CHROME.isdisjoint(above) or "li" in above or not (date := _valued(element, language)):
            continue
        classes = {name.removeprefix("dt-") for name in element.get("class", "").split()}
        told = next((name for name in ("published", "updated") if name in classes), "")
        header = next(element.iterancestors("header", "hgroup"), None)
        if told or (header is not None and next(header.iter("h1"), None) is not None):
            dates[told or "beside"].add(date)
    beside = set() if dates["published"] or dates["updated"] else dates["beside"]
    return _only(dates["published"] or beside), _only(dates["updated"])


def _only(dates: Collection[str]) -> str | None:
    return next(iter(dates)) if len(dates) == 1 else None


def visible(root: etree._Element, language: str) -> tuple[str | None, str | None]:
    """Return when a page was published and last updated by its own labels; None where none or several are stated.

    A label begins a line, and nothing but its date stands behind it, or on the next line: a sentence states none.
    """
    return labelled_dates(_near_title(root), language)


def labelled_dates(lines: Sequence[str], language: str) -> tuple[str | None, str | None]:
    """Return the dates of publication and of the last update that lines state behind labels, as :func:`visible` does.

    >>> labelled_dates(["Sample form", "Last updated: 3 rd March 2026", "Use it."], "en")
    (None, '2026-03-03')
    """
    dates: dict[str, set[str]] = {}
    for place, line in enumerate(lines):
        before, following = lines[place - 1] if place else "", "".join(lines[place + 1 : place + 2])
        if _LABEL.fullmatch(line) and (_LABEL.fullmatch(before) or _LABEL.match(following)):
            continue  # the head of a table, or a label without its date
        for label, date in _labelled(line, following, language):
            dates.setdefault(label, set()).add(date)
    return _best(dates, PUBLISHED), _best(dates, UPDATED)


_PRINTED = re.compile(
    r"(?:^|[\s|])(?P<label>(?:date of )?last updated?|date of update|publication date|date of publication)\s*"
    r"(?:[:|]\s*(?P<date>\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9},? \d{4})(?!\d)"
    r"|:?\s*(?P<last>$))",
    re.I,
)
"""A label with its date among other words of a line, as where a file has rows of facts, or at the end of one."""
_REVIEWED = re.compile(r"(?:last |date )?reviewed(?: on)?:? *(.{6,30})", re.I)
_LONE = re.compile(r"[\d./-]{8,10}")


def printed_dates(lines: Sequence[str], *, is_table: bool) -> tuple[str | None, str | None]:
    """Return when a file was published and last updated by labels among other words, None where it states several.

    A label that ends a row of a table is of the date that ends the next row; a day alone on one of the first lines of a
    table is that of its publication.

    >>> printed_dates(["Access: sample.invalid Last update: 24/01/2029 Base period: 2028"], is_table=False)
    (None, '2029-01-24')
    >>> printed_dates([], is_table=False)
    (None, None)
    >>> printed_dates(["Theme: | Work | Publication Date", "Subset: | All | 2029-03-08"], is_table=True)
    ('2029-03-08', None)
    >>> printed_dates(["Sample Office | a@sample.invalid", "30/05/2029", "Code | Year"], is_table=True)
    ('2029-05-30', None)
    >>> printed_dates([], is_table=True)
    (None, None)
    """
    dates: dict[bool, set[str]] = {True: set(), False: set()}
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        for match in _PRINTED.finditer(line):
            said = match["date"] or (following.rpartition("|")[2].strip() if is_table else "")
            if said[:1].isdigit() and (stated := iso(said)):
                dates["update" in match["label"].lower()].add(stated)
    if is_table and not any(dates.values()):
        dates[False] |= lone_days(lines)
    return _only(dates[False]), _only(dates[True])


def lone_days(lines: Sequence[str]) -> set[str]:
    """Return the days that stand alone on one of the first lines of a table, without a word of what they are."""
    return {stated for line in lines[:3] if _LONE.fullmatch(line) and (stated := iso(line))}


def reviewed(lines: Sequence[str], language: str) -> str | None:
    """Return when a file was reviewed by a line that says nothing else, None where none of some lines does.

    >>> reviewed(["Sample office", "Reviewed: 27/06/2029"], "en"), reviewed(["Reviewed by the board in May 2029"], "en")
    ('2029-06-27', None)
    """
    found = (iso(match[1].rstrip(" ."), language=language) for line in lines if (match := _REVIEWED.fullmatch(line)))
    return next((date for date in found if date), None)


def _best(dates: Mapping[str, set[str]], labels: tuple[str, ...]) -> str | None:
    """Return the date behind the best of some labels, None where different ones stand behind it."""
    stated = next((dates[label] for label in labels if label in dates), set())
    return _only(stated)


def _labelled(line: str, following: str, language: str) -> list[tuple[str, str]]:
    """Return the labels of a line with their dates; none where the line says anything else."""
    if len(line) > MAX_LINE_CHARACTERS:
        return []
    before, *parts = _LABEL.split(line)
    labels, values = [clean(label).lower() for label in parts[::2]], [value.strip(_APART) for value in parts[1::2]]
    if before.strip(_APART) or not labels:
        return []
    if values == [""]:
        values = [following]
    dates = [iso(value, language=language) for value in values]
    return [(label, date) for label, date in zip(labels, dates, strict=True) if date] if all(dates) else []


def _near_title(root: etree._Element) -> list[str]:
    """Return the lines around the first h1, to the heading behind it; without one, those at the beginning.

    The heading of a notice of the site, as on the newest release of a series, is none of the text.
    """
    before, behind = MAX_LINES_AROUND
    lines: list[str] = []
    titled = False
    for tag, line in _lines(root):
        lines += [line] if line else []
        if tag == "h1" and not titled:
            lines, titled = lines[-before:], True
        elif titled and (tag in _HEADINGS or len(lines) > before + behind):
            return lines
    return lines if titled else lines[:behind]


def _lines(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the visible lines of a body, each with the name of the element that begins or ends behind it."""
    walk = etree.iterwalk(root, events=("start", "end"))
    line: list[str] = []
    for event, element in walk:
        name = str(element.tag)
        left_out = event == "start" and (name in SILENT or name in _CHROME or is_unseen(element))
        if name not in INLINE and not left_out:
            begun = event == "start" and not (name in _HEADINGS and _is_of_site(element))
            yield name if begun else "", clean("".join(line))
            line = []
        if event == "start":
            if left_out:
                walk.skip_subtree()
            else:
                line.append(element.text or "")
        else:
            line.append(element.tail or "")
    yield "", clean("".join(line))


def _is_of_site(heading: etree._Element) -> bool:
    return any(above.get("role") in CHROME_ROLES for above in heading.iterancestors())
