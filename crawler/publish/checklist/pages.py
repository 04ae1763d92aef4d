"""The partnership checklist: a page to answer, a file to keep, and the questions for machines. Nothing is stored."""

from collections.abc import Sequence
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.publish.checklist import answers as answering
from crawler.publish.checklist import files
from crawler.publish.checklist.answers import Answers, AnswersError
from crawler.publish.checklist.files import AnsweredQuestion
from crawler.publish.checklist.law import Law, law
from crawler.publish.server import responses
from crawler.publish.server.responses import KEPT_NOWHERE, MissingError, PostedError, TooLargeError, ask, page, render
from crawler.publish.settings import own
from crawler.sources.checklist import NATIONS, Checklist, Duty, Question, Theme, load_checklist
from crawler.sources.vocabulary import AIMED_AT
from crawler.text import stamp

PATH = "/checklist"
"""Where the form is, and what it is posted to."""

_FORM = "application/x-www-form-urlencoded"
_NAME = "partnership-checklist"
_TITLES = {400: "This form could not be read", 413: "This form is too large"}


@page
async def checklist(datasette: Datasette, request: Request) -> Response:
    """Return the page of the checklist, or for a form that was posted the file with its answers."""
    return await _saved(datasette, request) if request.method == "POST" else await _page(datasette, request)


async def _page(datasette: Datasette, request: Request) -> Response:
    given = request.args.getlist("nation")
    nation = given[0] if given else ""
    if len(given) > 1 or (nation and nation not in NATIONS):
        raise MissingError(f"There is no such nation here; it can be one of {', '.join(NATIONS)}.")
    answers = Answers(nation=nation, given={})
    found = load_checklist()
    values = _values(found, await ask(datasette, law, found, [found.reviewed]), answers)
    values |= {"today": own(datasette).now.date().isoformat(), "parts": _parts(values["themes"])}
    return await render(datasette, request, "checklist.html", values)


def _parts(themes: Sequence[tuple[Theme, Sequence[AnsweredQuestion]]]) -> list[dict[str, Any]]:
    """Return the parts of the form: ``rows``, how many are ``short``, and the ``next`` part of the whole and the short
    form; None behind the last."""
    short = {theme.id: sum(row.question.short for row in rows) for theme, rows in themes}
    behind: dict[str, Theme | None] = {"all": None, "short": None}
    parts: list[dict[str, Any]] = []
    for theme, rows in reversed(themes):
        parts.insert(0, {"theme": theme, "rows": rows, "short": short[theme.id], "next": dict(behind)})
        behind |= {"all": theme} | ({"short": theme} if short[theme.id] else {})
    return parts


async def _saved(datasette: Datasette, request: Request) -> Response:
    """Return the file that a posted form asks for; what was posted is read, put into it, and forgotten."""
    found, settings = load_checklist(), own(datasette)
    try:
        sent = await responses.body(request, _FORM, answering.MAX_FORM_BYTES)
        answers = answering.read(sent, found, settings.now.date())
    except (AnswersError, PostedError) as error:
        return await _refused(datasette, request, error)
    days = {found.reviewed, answers.reviewed, *(each.reviewed for each in answers.given.values())} - {""}
    held = await ask(datasette, law, found, days)
    saved = stamp(settings.now.replace(microsecond=0))
    rows = files.asked(found, held, answers)
    if answers.form == "csv":
        return _file(files.as_csv(found, rows, answers, saved), "text/csv", f"{saved[:10]}.csv")
    if answers.form == "text":
        return _file(files.as_text(found, held, rows, answers, saved), "text/plain", f"{saved[:10]}.txt")
    values = {**_values(found, held, answers), "saved": saved, "public_url": settings.public_url}
    body = await datasette.render_template("checklist_file.html", values, request=request)
    return _file(body.encode(), "text/html", f"{saved[:10]}.html")


async def _refused(datasette: Datasette, request: Request, error: AnswersError | PostedError) -> Response:
    status = 413 if isinstance(error, TooLargeError) else 400
    values = {"title": _TITLES[status], "status": status, "error": str(error)}
    body = await datasette.render_template("checklist_refused.html", values, request=request)
    return Response.html(body, status=status, headers=KEPT_NOWHERE)


def _file(body: bytes, content_type: str, name: str) -> Response:
    headers = {**KEPT_NOWHERE, "Content-Disposition": f'attachment; filename="{_NAME}-{name}"'}
    return Response(body, headers=headers, content_type=f"{content_type}; charset=utf-8")


def _values(found: Checklist, held: Law, answers: Answers) -> dict[str, Any]:
    """Return what the page and the file show."""
    rows = files.asked(found, held, answers)
    themes = [(theme, [row for row in rows if row.question in theme.questions]) for theme in found.themes]
    cited = {each.id for row in rows for each in row.question.resources}
    cited |= {behind.duty.cited.id for row in rows for behind in row.behind if behind.duty.cited}
    return {
        "checklist": found,
        "themes": [(theme, inside) for theme, inside in themes if inside],
        "rows": rows,
        "short": [row for row in rows if row.question.short],
        "left": files.still_open(rows),
        "held": [held.held[each.id] for each in found.cited if each.id in cited],
        "answers": answers,
        "nations": NATIONS,
        "labels": answering.ANSWERS,
        "forms": answering.FORMS,
        "aimed_at": AIMED_AT,
        "most_note": answering.NOTE,
        "most_name": answering.NAME,
        "notice": files.NOTICE,
    }


@page
async def questions(datasette: Datasette, request: Request) -> Response:
    """Return the questions as JSON, for whoever wants to ask them elsewhere: docs/checklist.md describes it."""
    found = load_checklist()
    sections = [
        {"id": theme.id, "title": theme.title, "questions": [_question(each) for each in theme.questions]}
        for theme in found.themes
    ]
    values = {
        "version": found.version,
        "reviewed": found.reviewed,
        "notice": files.NOTICE,
        "answers": list(answering.ANSWERS),
        "nations": list(NATIONS),
        "sections": sections,
    }
    return Response.json(values, headers={"Cache-Control": "public, max-age=3600"})


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "question": question.words,
        "why": question.why,
        "concerns": list(question.concerns),
        "nations": [nation for nation in NATIONS if any(duty.holds_in(nation) for duty in question.duties)],
        "duties": [_duty(duty) for duty in question.duties],
        "resources": [{"document": each.id, "title": each.title, "url": each.url} for each in question.resources],
        "libraries": [{"title": files.library(each), "path": files.library_path(each)} for each in question.libraries],
        "short": question.short,
    }


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "words": duty.words,
        "strength": duty.strength,
        "basis": duty.basis,
        "document": duty.cited.id if duty.cited else None,
        "title": duty.cited.title if duty.cited else None,
        "url": duty.cited.url if duty.cited else None,
        "path": duty.path,
        "holds": list(duty.holds),
    }
