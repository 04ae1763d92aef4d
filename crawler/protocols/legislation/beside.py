"""What stands beside the text of an instrument: its notes, memoranda and assessments, as files.

Source: https://github.com/legislation/data-documentation (formats/xml.md). Addresses of files cannot be told from the
number of an instrument: only its metadata name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from crawler.model import Capture, Document, Link, Page
from crawler.protocols import files
from crawler.protocols.legislation.metadata import Metadata
from crawler.protocols.legislation.names import SITE, address, day, site
from crawler.protocols.legislation.tree import UKM, Element
from crawler.sources import Source
from crawler.text import clean

_VIEWS = (("note", "notes"), ("memorandum", "memorandum"))
"""Word in the title of a file, and the view of its instrument that shows the same as web pages."""


def associated(data: Metadata) -> tuple[list[Document], list[Link]]:
    """Return the files beside the text of an instrument as documents, each with the link to it.

    They are explanatory notes and memoranda, impact assessments, codes of practice and the like, in English.
    """
    documents, links = list[Document](), list[Link]()
    for element in _files(data.element):
        url = site(element.get("URI") or "")
        own = address(url)
        is_assessment = own is not None and own.type.category == "impact assessment"
        title = clean(element.get("Title") or "")
        item = data.address.item
        document = Document(
            id=own.item if own is not None and is_assessment else f"{item}/{PurePosixPath(urlsplit(url).path).stem}",
            title=f"{title} (impact assessment)" if is_assessment else f"{data.title}: {title}",
            url=url,
            kind="report" if is_assessment else "legislation",
            parent=item,
            published=day(element.get("Date")),
            aliases=tuple(f"{SITE}/{item}/{view}" for word, view in _VIEWS if word in title.lower().split()[-1:]),
        )
        facts = {"document": document.id, "title": document.title, "kind": document.kind or ""}
        token = f"{element.get('Date') or ''} {element.get('Size') or ''}".strip() or "listed"
        documents.append(document)
        links.append(Link(url=url, role="attachment", parent=item, facts=facts, token=token))
    return list({each.id: each for each in documents}.values()), links


def _files(metadata: Element) -> Iterator[Element]:
    """Yield the elements that name a file with a title, but for the print of the instrument itself."""
    prints = set(metadata.iterfind(f"{UKM}Alternatives/*"))
    for each in metadata.iter():
        url = each.get("URI") or ""
        is_file = urlsplit(url).path.endswith(".pdf") and "/pdfs/" in url and address(url) is not None
        if is_file and each.get("Title") and each not in prints and each.get("Language") != "Welsh":
            yield each


def file(capture: Capture, source: Source) -> Page:
    """Read a file beside an instrument, under the title that the instrument gives it."""
    facts = capture.link.facts
    document = Document(
        id=facts.get("document") or capture.link.url,
        title=facts.get("title") or capture.link.url,
        url=capture.link.url,
        kind=facts.get("kind"),
        parent=capture.link.parent,
    )
    return files.page(capture, document, source, language="en")
