"""Documents of our own making, in the manner of real pages, and what is read of them."""

from crawler.classify.toolkit import ToolkitDocument, facts
from crawler.model import Section


def known(
    text: str = "", *, title: str = "Sample", summary: str = "", heading: str = "", **values: str
) -> ToolkitDocument:
    sections = (Section(path="about", heading=heading, text=text),) if text or heading else ()
    files = tuple(values.pop("files", "").split())
    return ToolkitDocument(title=title, summary=summary, sections=sections, files=files, **values)


def values(part: str, field: str, document: ToolkitDocument) -> list[str]:
    return [fact.value for fact in facts(part, document) if fact.field == field]


def places(part: str, field: str, document: ToolkitDocument) -> list[str]:
    return [fact.place for fact in facts(part, document) if fact.field == field]
