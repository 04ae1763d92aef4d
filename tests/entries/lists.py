"""Lists of our own that name recorded documents, in the formats of their publishers: no recorded list names them.

They state no dates, so that what they name is news on the day on which they name it.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

LAW = "https://www.legislation.gov.uk/new/data.feed"
GOVUK = "https://www.gov.uk/api/search.json?count=500"
UNION = "https://publications.europa.eu/webapi/rdf/sparql?query=sample"
INDEX = "https://index.sample.invalid/recordings.html"
RESULTS = "application/sparql-results+json"
Row = dict[str, Any]


def packed(file: Path, text: str, url: str, media: str, time: str) -> Row:
    """Return a list as a row of a manifest, written to a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return {
        "file": str(file), "url": url, "url_certain": True, "content_type": media, "recorded": time, "status": 200,
    }  # fmt: skip


def law(items: Mapping[str, str]) -> str:
    """Return new legislation as Atom; ``items`` are paths of versions ("made"), by the instrument they are of."""
    entries = "".join(
        f"<entry><id>http://www.legislation.gov.uk/id/{name}</id><title>Sample instrument {escape(name)}</title>"
        f'<link href="http://www.legislation.gov.uk/{name}/{version}"/>'
        f'<link rel="alternate" type="application/xml" href="http://www.legislation.gov.uk/{name}/data.xml"/></entry>'
        for name, version in items.items()
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Sample</title>{entries}</feed>'


def govuk(bodies: Iterable[Mapping[str, Any]]) -> str:
    """Return results of the search for these documents of the Content API."""
    results = [
        {
            "title": "Sample result", "link": body["base_path"], "content_id": body["content_id"],
            "content_store_document_type": body["document_type"],
        }
        for body in bodies
    ]  # fmt: skip
    return json.dumps({"results": results, "total": len(results), "start": 0})


def union(items: Mapping[str, str]) -> str:
    """Return an answer of the SPARQL endpoint; ``items`` are titles by CELEX number."""
    rows = [
        {"celex": {"type": "literal", "value": number}, "title": {"type": "literal", "value": title}}
        for number, title in items.items()
    ]
    return json.dumps({"head": {"vars": ["celex", "title"]}, "results": {"bindings": rows}})


def index(pages: Mapping[str, str]) -> str:
    """Return a page that lists pages; ``pages`` are names by address."""
    items = "".join(f'<li><a href="{escape(url)}">{name}</a></li>' for url, name in pages.items())
    return f"<!doctype html><title>Sample list</title><main><ul>{items}</ul></main>"
