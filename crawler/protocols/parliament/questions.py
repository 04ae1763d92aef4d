"""Written questions with their answers, and written ministerial statements.

Lists show the beginning of a long text and ``...``: then the whole is read at the address of the one question. Names
of members are not asked for: there is no search by person here. A question is named by its day and number (UIN).
Source: https://questions-statements-api.parliament.uk/index.html
"""

from collections.abc import Iterator
from dataclasses import replace

from crawler.errors import ParseError
from crawler.model import Capture, Document, Link, Page, Section, Statement, Version
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import (
    Faults,
    dates,
    house_of,
    identifier,
    inside,
    is_cut,
    listed,
    mark,
    named,
    opened,
    origin,
    plain,
    stated,
)
from crawler.text import counted

SITE = "https://questions-statements.parliament.uk"
QUESTIONS, STATEMENTS = "/api/writtenquestions/questions", "/api/writtenstatements/statements"
_TEXTS = ("questionText", "answerText", "originalAnswerText", "text")
_LINKED = {
    "CorrectedStatement": "corrected statement",
    "CorrectedAnswer": "corrected answer",
    "JointStatement": "joint statement",
}


def questions(capture: Capture) -> Page:
    """Read a page of the list of written questions."""
    return _listing(capture, QUESTIONS)


def statements(capture: Capture) -> Page:
    """Read a page of the list of written statements."""
    return _listing(capture, STATEMENTS)


def question(capture: Capture) -> Page:
    """Read one written question with its answer."""
    return _single(capture, QUESTIONS)


def statement(capture: Capture) -> Page:
    """Read one written statement."""
    return _single(capture, STATEMENTS)


def _listing(capture: Capture, path: str) -> Page:
    cursor = capture.link.facts.get("cursor")
    return listed(capture, lambda item, faults: _read(item, path, capture, faults), "results", cursor)


def _single(capture: Capture, path: str) -> Page:
    body, faults = opened(capture), Faults()
    # One written statement asked for by its id comes, by the description of the API, as a list of one.
    results = body.items_or_empty("results")
    if len(results) > 1:
        raise ParseError(capture.url, f"{counted(len(results), 'result')} where one was asked for")
    page = _read(inside(results[0] if results else body), path, capture, faults)
    return Page(
        documents=page.documents, versions=page.versions, statements=page.statements, problems=faults.problems()
    )


def _read(item: Item, path: str, capture: Capture, faults: Faults) -> Page:
    """Return what one question or statement says; in a list, a link to the whole where its text is cut off."""
    house_of(item, faults)
    is_question = path == QUESTIONS
    document, events = _question(item) if is_question else _statement(item)
    relations = _grouped(item, document.id) if is_question else _linked(item, document.id, faults)
    times = [day for event, _, day in events if day and event != "due"]
    whole = Page(
        documents=(document,),
        statements=(*dates(document.id, events), *relations),
        newest=max(times, default=None),
    )
    if capture.link.role in ("listing", "next") and any(is_cut(item.raw(key)) for key in _TEXTS):
        facts = {"document": document.id, "title": document.title}
        url = f"{origin(capture.url)}{path}/{item.number('id')}"
        return replace(whole, links=(Link(url=url, role="document", facts=facts, token=_mark(item, document)),))
    version = _version(item, document, capture.url)
    return whole if version is None else replace(whole, versions=(version,))


def _mark(item: Item, document: Document) -> str:
    """Return a mark of the state of a question: it changes when it is answered, corrected or withdrawn."""
    keys = ("dateAnswered", "dateAnswerCorrected", "dateHoldingAnswer", *_TEXTS)
    files = item.number_or_none("attachmentCount")
    return mark(document.title, document.status, files, *(item.raw(key) for key in keys))


def _question(item: Item) -> tuple[Document, list[tuple[str, str, str | None]]]:
    uin, tabled = identifier(item, "uin"), _day(item, "dateTabled")
    heading = item.text_or_none("heading")
    title = f"Written question {uin}"
    document = Document(
        id=f"written-question:{tabled}/{uin}",
        title=f"{heading} ({title[:1].lower()}{title[1:]})" if heading else title,
        url=f"{SITE}/written-questions/detail/{tabled}/{uin}",
        kind="parliament",
        publisher=item.text_or_none("answeringBodyName"),
        status=_status(item),
        published=tabled,
        updated=stated(item, "dateAnswerCorrected") or stated(item, "dateAnswered"),
        aliases=(f"written-question:{item.number('id')}",),
    )
    events = [
        ("tabled", "", stated(item, "dateTabled")),
        ("due", "", stated(item, "dateForAnswer")),
        ("holding answer", "", stated(item, "dateHoldingAnswer")),
        ("answered", "", stated(item, "dateAnswered")),
        ("answer corrected", "", stated(item, "dateAnswerCorrected")),
    ]
    return document, events


def _statement(item: Item) -> tuple[Document, list[tuple[str, str, str | None]]]:
    uin, made = identifier(item, "uin"), _day(item, "dateMade")
    document = Document(
        id=f"written-statement:{made}/{uin}",
        title=f"{item.text('title')} (written statement {uin})",
        url=f"{SITE}/written-statements/detail/{made}/{uin}",
        kind="parliament",
        publisher=item.text_or_none("answeringBodyName"),
        summary=item.text_or_none("memberRole"),
        published=made,
        aliases=(f"written-statement:{item.number('id')}",),
    )
    return document, [("made", "", stated(item, "dateMade"))]


def _day(item: Item, key: str) -> str:
    found = stated(item, key)
    if found is None:
        raise item.wrong(key, "is missing")
    return found[:10]


def _status(item: Item) -> str:
    if item.flag("isWithdrawn"):
        return "withdrawn"
    if item.flag("answerIsCorrection") or stated(item, "dateAnswerCorrected"):
        return "answer corrected"
    if item.flag("answerIsHolding"):
        return "holding answer"
    if stated(item, "dateAnswered"):
        return "answered"
    return "holding answer" if stated(item, "dateHoldingAnswer") else "not answered"


def _version(item: Item, document: Document, url: str) -> Version | None:
    sections = tuple(_sections(item, url))
    return (
        Version(
            document=document.id,
            title=document.title,
            sections=sections,
            representation="structured",
            status=document.status or "",
        )
        if sections
        else None
    )


def _sections(item: Item, url: str) -> Iterator[Section]:
    parts = (
        ("question", "Question", "questionText"),
        ("answer", "Answer", "answerText"),
        ("original-answer", "Original answer", "originalAnswerText"),
        ("statement", "Statement", "text"),
    )
    for path, heading, key in parts:
        if text := plain(item.raw(key), url):
            yield Section(path=path, heading=heading, text=text)
    titles = [each.text_or_none("title") or "" for each in item.items_or_empty("attachments")]
    if any(titles):
        yield Section(path="attachments", heading="Attachments", text="; ".join(filter(None, titles)))


def _grouped(item: Item, document: str) -> Iterator[Statement]:
    """Yield the questions that got the same answer."""
    for each in item.items_or_empty("groupedQuestionsDates"):
        target = f"written-question:{_day(each, 'dateTabled')}/{identifier(each, 'questionUin')}"
        if target != document:
            yield Statement.relation(document, "answered together with", target)


def _linked(item: Item, document: str, faults: Faults) -> Iterator[Statement]:
    """Yield the statements that one belongs to; what they are to each other the API says in its own words only."""
    for each in item.items_or_empty("linkedStatements"):
        kind = named(each, "linkType", _LINKED, faults)
        target = f"written-statement:{each.number('linkedStatementId')}"
        if kind:
            yield Statement.relation(document, _LINKED.get(kind, kind), target)
