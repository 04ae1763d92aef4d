"""From an answer to a text: read into a version of its act, or the way to the next form in which the text may be there.

404 and 406 are answers of CELLAR (no such manifestation, no expression in that language) and say nothing of the act.
300 lists the files of a manifestation that has several: following one would lose the others.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

from crawler.bodies import pdf
from crawler.bodies.dates import iso
from crawler.errors import IdentifierError, ParseError, RefusedError
from crawler.identifiers import celex, celex_consolidated, document_id, eu_number, owner
from crawler.identifiers.acts import EU_ACT, called
from crawler.identifiers.eu import EU_NUMBER
from crawler.model import Capture, Document, Link, Page, Problem, Representation, Statement, Version, digest_of
from crawler.protocols.cellar import addresses, kinds, marks, resources
from crawler.protocols.cellar.act_text import Text, as_printed, lacks_articles, language_of, without_repeats
from crawler.protocols.cellar.addresses import ANNOUNCED, ELSE
from crawler.protocols.cellar.notices import PUBLISHED
from crawler.text import clean

_ITEM = re.compile(rb'href="(https?://[!#-;=?-~]+/DOC_\d+)"')
_MANIFESTATION = re.compile(rb'title="manifestation">\s*cellar:([0-9a-f.-]+)')
_FORMEX = re.compile(rb'title="stream_name">[^<]+\.xml<', re.IGNORECASE)
_PART = re.compile(r"DOC_\d+$")
_OF_DAY = re.compile(r"\b(?:of|vom|du) (\d{1,2}(?:er|\.)? [^\W\d_]{3,12} (?:19|20)\d\d)\b")
"""The day of an act in its title."""
_CORRIGENDUM = re.compile(r"3\d{4}[A-Z]{1,2}\d{4}R\(\d\d\)")
_TITLED = re.compile(rf"(?:(?:Council|Commission) )?(?:(?:Delegated|Implementing) )?({EU_NUMBER.pattern})")
"""The number of an act at the beginning of its title."""

MAX_LANGUAGE_SECTIONS = 200
"""Sections from which the language of a text is told where nothing states it."""

Reader = Callable[[bytes, str], Text]


def text(capture: Capture, reader: Reader, representation: Representation) -> Page:
    """Read the text of an act: the act, and this version of it.

    A consolidated text is a version of its basic act, valid from the date in its number; the text of the Official
    Journal is the version as published.

    Raises:
        ParseError: it is no text of an act, that of another act, or of one that nothing names.
    """
    read = reader(capture.body, capture.url)
    if not read.sections:
        raise ParseError(capture.url, "a page that holds no text of an act")
    name = _document(capture, read)
    facts = capture.link.facts
    number = addresses.number(name)
    title = facts.get("title", "") or _title(name, read)
    valid = _valid_from(capture, read)
    is_law = read.kind in ("act", "consolidated", "annex")
    document = Document(
        id=name,
        title=title,
        url=_page(capture, name),
        kind=facts.get("kind") or kinds.kind_of((), number) or kinds.of_title(title),
        jurisdiction="European Union",
        # The day of an act is that of its adoption; of others the notice knows better where it was read before.
        published=read.published if is_law else None if "valid_from" in facts else read.published or read.date,
    )
    version = Version(
        document=name,
        title=title,
        sections=read.sections,
        # Pages say the same of an act as Formex does; those of documents of the Commission are no law.
        representation=representation if read.kind == "other" else "structured",
        language=_language(capture) or read.language or _spoken(read) or "en",
        label=_produced(facts.get("label") or _label(number, valid, consolidated=read.consolidated), read),
        valid_from=valid,
        partial=read.partial or lacks_articles(read.sections),
        leaves_out=read.leaves_out,
        annotations=marks.as_annotations(read.modifications),
    )
    return Page(
        documents=(document,),
        versions=(version,),
        statements=resources.unique((*_dates(document, read), *_statements(name, read, alone="label" not in facts))),
        links=tuple(_whole(capture, name)),
        problems=tuple(dict.fromkeys([*read.problems, *_differing(capture, read)])),
    )


def _title(document: str, read: Text) -> str:
    """Return the title of a text; a page without one has that of its first section, an annex alone its own number."""
    first = read.sections[0]
    own = without_repeats(clean(read.title))
    is_of_section = own == clean(f"{first.number} {first.heading}") and EU_ACT.fullmatch(document)
    if is_of_section and read.kind == "annex" and first.number:
        unit, *numbers = first.number.split()
        name = " ".join((unit.capitalize(), *numbers, "of", called(document)))
        return f"{name}: {first.heading}" if first.heading else name
    return called(document) if is_of_section else own or addresses.number(document) or document


def _dates(document: Document, read: Text) -> Iterator[Statement]:
    """Yield the days of an act: its own, as stated, else as in its title; and that of its Official Journal.

    The day of a proposal is that on which it was made.
    """
    if read.kind not in ("act", "consolidated", "annex"):
        if document.kind == "bill" and document.published:
            fields = {"event": resources.PROPOSED, "date": document.published}
            yield Statement(kind="date", document=document.id, fields=fields)
        return
    found = _OF_DAY.search(as_printed(clean(read.title)))
    day = read.date or (iso(found[1], language=read.language or _spoken(read) or "en") if found else None)
    for event, on in ((resources.ADOPTED, day), (resources.PUBLISHED, read.published)):
        if on:
            yield Statement(kind="date", document=document.id, fields={"event": event, "date": on})


def _whole(capture: Capture, document: str) -> Iterator[Link]:
    """Yield the link to all files of an act, where its notice was asked for and one file came instead of it."""
    link = capture.link
    if link.accept == addresses.NOTICE and not capture.body.startswith(b"PK"):
        yield Link(url=link.url, role="document", facts={"document": document, ELSE: ""}, accept=addresses.ZIP)


def printed(capture: Capture) -> Page:
    """Read a text that is there as PDF only: its version shows only where no better one is known.

    Raises:
        ParseError: it cannot be read, or belongs to nothing that has a name.
    """
    name = _document(capture, None)
    facts = capture.link.facts
    read = pdf.document(capture.body, url=capture.url)
    number = addresses.number(name)
    title = facts.get("title", "") or clean(read.title) or number or name
    document = Document(
        id=name,
        title=title,
        url=_page(capture, name),
        kind=facts.get("kind") or kinds.kind_of((), number),
        jurisdiction="European Union",
    )
    version = Version(
        document=name,
        title=title,
        sections=read.sections,
        representation=read.representation,
        language=_language(capture) or "en",
        label=facts.get("label", ""),
        valid_from=facts.get("valid_from"),
        partial=read.partial,
    )
    return Page(
        documents=(document,),
        versions=(version,) if read.sections else (),
        problems=tuple(dict.fromkeys(read.problems)),
    )


def missing(capture: Capture) -> Page:
    """Read the answer that a text is not there in the form or language asked for: a link to the next form."""
    link = _next(capture)
    if link is not None:
        return Page(links=(link,))
    facts = capture.link.facts
    if ANNOUNCED not in facts:
        return Page()
    detail = f"{facts.get('document', capture.link.url)}: no text {facts.get('label', '')}".strip()
    return Page(problems=(Problem(kind="no text", detail=detail),))


def choices(capture: Capture) -> Page:
    """Read a list of the files of a manifestation: Formex is asked again as a zip, of other texts every file.

    The first file is the text itself, the others are what is attached to it.

    Raises:
        RefusedError: the list is empty.
    """
    files = [each.decode() for each in dict.fromkeys(_ITEM.findall(capture.body))]
    files = [each.replace("http://", "https://", 1) for each in files]
    if not files:
        raise RefusedError(capture.url, "status 300 without choices", "status")
    name = _document(capture, None)
    link = capture.link
    found = _MANIFESTATION.search(capture.body)
    if _FORMEX.search(capture.body) or link.accept == addresses.ZIP:
        again = addresses.resource("cellar", found[1].decode()) if found and link.accept != addresses.ZIP else ""
        rest = link.facts.get(ELSE, "").splitlines()
        chain = [f"{addresses.ZIP} {again}", *rest] if again else rest
        following = addresses.text(chain, token=link.token, **_kept(link, name))
        told = () if following or ANNOUNCED not in link.facts else (_no_way(capture),)
        return Page(links=(following,) if following else (), problems=told)
    main = Link(
        url=files[0], role="document", facts={**_kept(link, name), ELSE: ""}, token=link.token, accept=link.accept
    )
    return Page(links=(main, *(_attached(each, name, link) for each in files[1:])))


def _no_way(capture: Capture) -> Problem:
    return Problem(kind="no text", detail=f"{capture.url} lists files and serves none of them together")


def _attached(url: str, document: str, link: Link) -> Link:
    facts = {"document": f"{document}/{url.rpartition('/')[2]}", ELSE: ""}
    return Link(url=url, role="attachment", parent=document, facts=facts, token=link.token, accept=link.accept)


def _kept(link: Link, document: str) -> dict[str, str]:
    return {**{name: told for name, told in link.facts.items() if name != ELSE}, "document": document}


def _next(capture: Capture) -> Link | None:
    link = capture.link
    facts = {name: told for name, told in link.facts.items() if name != ELSE}
    return addresses.text(link.facts.get(ELSE, "").splitlines(), token=link.token, **facts)


def _document(capture: Capture, read: Text | None) -> str:
    """Return the act a text belongs to: what asked for it says so, else its address, else the text itself."""
    stated = capture.link.facts.get("document") or owner(capture.link.url) or owner(capture.url)
    own = _own_name(read) if read else None
    if stated and own and read and read.kind in ("act", "consolidated") and own != stated:
        raise ParseError(capture.url, f"the text of {own} where that of {stated} was promised")
    # A manifestation is called by its work, with a tail: cellar:3e485e15-….0006.02
    held = addresses.name_at(capture.link.url) or addresses.name_at(capture.url)
    titled = _titled(read) if read else None
    return stated or own or titled or addresses.identity([held.partition(".")[0]]) or document_id(capture.link.url)


def _titled(read: Text) -> str | None:
    """Return the act whose number stands first in the title of a text; None where none does."""
    found = _TITLED.match(as_printed(clean(read.title))) if read.kind in ("act", "consolidated") else None
    with suppress(IdentifierError):
        return eu_number(found[1]) if found else None
    return None


def _page(capture: Capture, document: str) -> str:
    is_work = not document.startswith("url:") and not _PART.search(document)
    return addresses.page(document) if is_work else capture.link.url


def _own_name(read: Text) -> str | None:
    for each in (read.celex, read.eli):
        with suppress(IdentifierError):
            if each:
                return celex(each)
    return None


def _valid_from(capture: Capture, read: Text) -> str | None:
    """Return the date from which a wording holds: of a consolidation that in its number, else that of the act."""
    if not read.consolidated:
        return capture.link.facts.get("valid_from") or read.date or read.published
    for url in (capture.link.facts.get("label", ""), capture.link.url, capture.url):
        with suppress(IdentifierError):
            return celex_consolidated(url)[1]
    return read.valid_from or capture.link.facts.get("valid_from")


def _differing(capture: Capture, read: Text) -> Iterator[Problem]:
    stated, label = _valid_from(capture, read), capture.link.facts.get("label", "")
    if read.consolidated and read.valid_from and stated != read.valid_from:
        detail = f"{capture.url}: consolidated to {read.valid_from} by its text, to {stated} by its number"
        yield Problem(kind="differing date", detail=detail)
    if label and read.consolidated == (label == PUBLISHED):
        detail = f"{capture.url}: {'a consolidated text' if read.consolidated else 'no consolidated text'} as {label}"
        yield Problem(kind="differing text", detail=detail)


def _label(number: str, valid: str | None, *, consolidated: bool) -> str:
    if not consolidated:
        return PUBLISHED
    return f"0{number[1:]}-{valid.replace('-', '')}" if number and valid else "consolidated"


def _produced(label: str, read: Text) -> str:
    """Return the label of a version with the number of its production: one date may be produced again."""
    return f"{label} ({read.production})" if read.production else label


def _spoken(read: Text) -> str | None:
    return language_of(" ".join(section.text for section in read.sections[:MAX_LANGUAGE_SECTIONS]))


def _language(capture: Capture) -> str | None:
    return addresses.language_at(capture.link.url) or addresses.language_at(capture.url)


def _called(document: str, day: str) -> str:
    """Return what a corrigendum is called by, with the day of its Official Journal; empty for an act."""
    number = addresses.number(document)
    if not day or not _CORRIGENDUM.fullmatch(number):
        return ""
    on = date.fromisoformat(day)
    return f"corrigendum of {on.day} {on:%B %Y} (CELEX {number})"


def _statements(document: str, read: Text, *, alone: bool) -> Iterator[Statement]:
    """Yield which acts a consolidation holds the amendments of; ``alone``, without a notice, also what each changed.

    The notice states the same effects with their dates.
    """
    for number in read.amended_by:
        with suppress(IdentifierError):
            other = celex(number)
            if other != document:
                yield Statement.relation(other, "corrects" if _CORRIGENDUM.fullmatch(number) else "amends", document)
    for each in (change for change in read.modifications if alone and change.action):
        with suppress(IdentifierError):
            affecting = celex(each.act)
            fields = {
                "id": digest_of(affecting, document, each.path, each.place, each.action)[:24],
                "type": each.action,
                "affected": document,
                "affected_provision": each.path,
                "affecting": affecting,
                "affecting_title": _called(affecting, dict(read.journals).get(each.act, "")),
                "affecting_provision": "; ".join(marks.provisions(each.place)),
                "affected_paths": json.dumps([each.path] if each.path else []),
                "affecting_paths": json.dumps(marks.provisions(each.place)),
                "applied": "true",
                "required": "true",
                "in_force": "",
            }
            yield Statement(kind="effect", document=document, fields=fields)
