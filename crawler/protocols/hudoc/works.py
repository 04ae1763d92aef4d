"""Entries into works: what a report is called, which sections it has, what belongs to what."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.model import Document, Link, Problem, Section, Statement, Version, digest_of
from crawler.protocols.hudoc.names import Name, page_url, text_url
from crawler.sources.vocabulary import JURISDICTIONS
from crawler.text import clean

_TYPED = re.compile(r"\s*(\S*) - (.*?) - .*", re.S)
"""How GRETA and ECRI describe an entry: round, country and type, each of which may be empty."""
_COUNTED = re.compile(r"(?P<title>.*?) - \d{1,3}(?:/(?P<total>\d{1,3}))?(?: - .*)?", re.S)
"""How the sites with sections do it: title of the report, number of the section, of how many, heading."""

_OTHER_LANGUAGES = {"fr": "French"}
"""The other official language, as titles of ours name it."""
_KINDS = {"REP": "report", "GEN": "report", "COM": "report", "DOM": "case_law"}
_COURTS = frozenset({"echr", "exec"})
_CALLED = {
    "Czech Republic": "Czechia",
    "Republic of Moldova": "Moldova",
    '"The former Yugoslav Republic of Macedonia"': "North Macedonia",
    "Turkey": "Türkiye",
}
"""States that GRETA calls otherwise than readers look for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed: ``title`` cleaned, ``about`` the description as written, ``published`` ISO 8601 or None."""

    name: Name
    link: str
    title: str
    about: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A report, judgment or other work, and its entries, in the order of languages and sections, each once."""

    document: str
    entries: tuple[Entry, ...]
    language: str

    @property
    def type(self) -> str:
        """Return the type of a work of GRETA: REP, COM, DOM, GEN or an unknown one; empty for the other sites."""
        parts = self.entries[0].name.parts
        if self.entries[0].name.site != "greta":
            return ""
        return parts[0] if parts[0] == "GEN" else "".join(parts[1:2])

    @property
    def kind(self) -> str | None:
        """Return the kind where the site tells it."""
        return "case_law" if self.entries[0].name.site in _COURTS else _KINDS.get(self.type)

    @property
    def is_whole(self) -> bool:
        """Return whether it is no report with sections, but one entry for each language."""
        return all(entry.name.section is None for entry in self.entries)

    @property
    def published(self) -> str | None:
        """Return the earliest date of an entry."""
        return min((entry.published for entry in self.entries if entry.published), default=None)

    @property
    def lacks_sections(self) -> bool:
        """Return whether fewer sections of a language are listed than the entries themselves say there are."""
        return any(_lacks(sections) for sections in self.by_language.values())

    @property
    def by_language(self) -> dict[str, list[Entry]]:
        """Return the sections of each language; none for a work that is one entry."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.name.section is not None:
                found.setdefault(entry.name.language or self.language, []).append(entry)
        return found


def _lacks(sections: Sequence[Entry]) -> bool:
    totals = (match["total"] for entry in sections if (match := _COUNTED.fullmatch(entry.about)))
    # Section 0 is the report as such, and not counted.
    return sum(entry.name.section != 0 for entry in sections) < max((int(t) for t in totals if t), default=0)


def grouped(entries: Iterable[Entry], language: str) -> list[Work]:
    """Return the works of entries, in the order of their first ones.

    An identifier may stand there up to 16 times. Of entries that differ the same one is taken whatever their order.
    """
    found: dict[str, dict[tuple[str, int], Entry]] = {}
    for entry in entries:
        place = (entry.name.language or language, -1 if entry.name.section is None else entry.name.section)
        kept = found.setdefault(entry.name.document, {})
        kept[place] = min(kept.get(place, entry), entry, key=_order)
    return [
        Work(document=name, entries=tuple(kept[place] for place in sorted(kept)), language=language)
        for name, kept in found.items()
    ]


def _order(entry: Entry) -> tuple[bool, str, str, str, str]:
    return not entry.title, entry.title, entry.about, entry.published or "", entry.link


def cut(found: Iterable[Work], entries: Sequence[Entry]) -> frozenset[str]:
    """Return the works that the end of a full feed may cut through: those of its last entry and of the same date."""
    if not entries:
        return frozenset()
    last = entries[-1]
    return frozenset(
        work.document
        for work in found
        if work.document == last.name.document or (last.published and work.published == last.published)
    )


def document(work: Work, base: str) -> Document:
    """Return a work as its entries tell of it."""
    first = work.entries[0]
    return Document(
        id=work.document,
        title=title(work),
        url=page_url(first.link, base),
        kind=work.kind,
        jurisdiction=_state(work),
        summary=clean(first.about).strip(" -") or None if work.is_whole else None,
        published=work.published,
    )


def title(work: Work) -> str:
    """Return what a work is called. A feed states titles of sections, and of a report its round, country and type."""
    first = work.entries[0]
    if work.type:
        return _title_of_greta(work)
    if work.is_whole:
        return first.title or clean(first.about) or first.name.identifier
    stated = [clean(m["title"]) if (m := _COUNTED.fullmatch(e.about)) else clean(e.about) for e in work.entries]
    return _most(stated) or first.title or work.document


def _described(work: Work) -> tuple[str, str]:
    """Return the round and the country that the entries of a work of GRETA state, each empty where none does."""
    stated = [match.groups() for entry in work.entries if (match := _TYPED.fullmatch(entry.about))]
    return _most(clean(each[0]) for each in stated), _most(clean(each[1]) for each in stated)


def _state(work: Work) -> str | None:
    """Return the state that a report of GRETA, or its government's comments, are about; None where it names none."""
    country = _described(work)[1] if work.type else ""
    called = _CALLED.get(country, country)
    return called if called in JURISDICTIONS else None


def _title_of_greta(work: Work) -> str:
    first = work.entries[0]
    round_, country = _described(work)
    parts = first.name.parts
    country = country or parts[0]
    if work.type == "REP":
        year = next((part for part in parts[3:4] if part), "")
        called = f"GRETA country report on {country}"
        marks = [mark for mark in (year, _not_in_english(work)) if mark]
        return called + (f", evaluation round {round_}" if round_ else "") + "".join(f" ({mark})" for mark in marks)
    if work.type == "DOM":
        return f"{first.title or 'Judgment'}, {country} ({work.document.partition(':')[2]})"
    if work.type == "COM":
        return f"Government comments, {country}: {first.title}" if first.title else f"Government comments, {country}"
    return first.title or clean(first.about).strip(" -") or work.document


def _not_in_english(work: Work) -> str:
    """Return in which languages a work is that is not listed in English, empty for one that is."""
    languages = {entry.name.language or work.language for entry in work.entries}
    named = sorted(_OTHER_LANGUAGES.get(each, each) for each in languages)
    return "" if "en" in languages else f"in {', '.join(named)}"


def _most(texts: Iterable[str]) -> str:
    """Return the text that occurs most often, of several the first by the alphabet, whatever their order."""
    counted = Counter(text for text in texts if text)
    return min(counted, key=lambda text: (-counted[text], text), default="")


def versions(work: Work) -> tuple[Version, ...]:
    """Return the sections of a report as its versions, one for each language: headings, for their texts stand apart."""
    called = title(work)
    return tuple(
        Version(
            document=work.document,
            title=called,
            sections=tuple(_section(entry) for entry in sections),
            representation="summary",
            language=language,
        )
        for language, sections in work.by_language.items()
    )


def _section(entry: Entry) -> Section:
    """Return the heading of a section, which begins with a number of its own; some are empty, and have ours."""
    number = entry.name.section
    return Section(path=f"section-{number}", number="" if entry.title else str(number), heading=entry.title)


def statements(found: Sequence[Work]) -> tuple[Statement, ...]:
    """Return which comments of a government belong to which report: their names differ in the type alone."""
    known = {work.document for work in found}
    answers = ((work.document, work.document.replace("-COM-", "-REP-", 1)) for work in found if work.type == "COM")
    return tuple(Statement.relation(name, "responds to", report) for name, report in answers if report in known)


def unknown(found: Iterable[Work]) -> tuple[Problem, ...]:
    """Return the types of works that nobody has seen yet."""
    types = sorted({work.type for work in found if work.type and work.type not in _KINDS})
    return tuple(Problem(kind="unknown document type", detail=f"{name[:40]!r} of GRETA") for name in types)


def texts(work: Work, base: str) -> Iterable[Link]:
    """Yield the links to the texts of a work, one for each section and language; none for judgments."""
    if work.kind == "case_law":
        return
    called = title(work)
    # The entries stand in the order of their languages, English first: its heading names a section in every language.
    headings = {entry.name.section: entry.title for entry in reversed(work.entries)}
    for entry in work.entries:
        name = entry.name
        own = name.section is None
        facts = {
            "document": work.document if own else f"{work.document}/{name.section}",
            "title": called if own else f"{called}: {headings[name.section] or f'section {name.section}'}",
            "page": page_url(entry.link, base),
            "language": name.language or work.language,
            "kind": work.kind or "",
            "published": entry.published or "",
        }
        yield Link(
            url=text_url(name, base),
            role="document",
            parent=None if own else work.document,
            facts={key: value for key, value in facts.items() if value},
            token=digest_of(entry.title, entry.about, entry.published)[:16],
        )
