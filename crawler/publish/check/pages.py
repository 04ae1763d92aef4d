"""/check: a form for a text of the reader, and the answer to it. What is sent is read, answered, and forgotten."""

from datetime import date, timedelta

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.public.known import known
from crawler.public.sent import process
from crawler.public.sent.process import MAX_BYTES, SentError
from crawler.publish.check import files
from crawler.publish.check.answer import MAX_SECONDS, NOTICE, answer
from crawler.publish.server import responses
from crawler.publish.server.responses import KEPT_NOWHERE, PostedError, ask, ask_kept, page, render
from crawler.publish.settings import own

PATH = "/check"
"""Where the form is, and what it is posted to."""

_FORM = "multipart/form-data"
_FRAME_BYTES = 20_000
"""Bytes of a form beside the text or the file in it."""
_FIRST = "1267-01-01"
_FORMS = {"html": "Show the answer", "text": "Plain text, to file", "csv": "Spreadsheet (CSV)"}


@page
async def check(datasette: Datasette, request: Request) -> Response:
    """Return the form, or for a text that was posted what it cites, how that stood, and what changed since."""
    if request.method == "POST":
        return await _answered(datasette, request)
    return await render(datasette, request, "check.html", _form(own(datasette).now.date()))


def _form(today: date) -> dict[str, object]:
    return {"today": today.isoformat(), "forms": _FORMS, "notice": NOTICE, "means": files.MEANS, "most": MAX_BYTES}


async def _answered(datasette: Datasette, request: Request) -> Response:
    settings = own(datasette)
    today = settings.now.date()
    try:
        body = await responses.body(request, _FORM, MAX_BYTES + _FRAME_BYTES)
        held = await ask_kept(datasette, "known", known)
        sent = await process.read_in_loop(body, request.headers["content-type"], held)
        day = _day(sent.day, today)
    except (PostedError, SentError) as error:
        return await _refused(datasette, request, error)
    found = await ask(datasette, answer, sent, day, today.isoformat(), seconds=MAX_SECONDS)
    if sent.form in ("csv", "text"):
        made, kind = (files.as_csv, "csv") if sent.form == "csv" else (files.as_text, "plain")
        ending = "csv" if sent.form == "csv" else "txt"
        headers = {**KEPT_NOWHERE, "Content-Disposition": f'attachment; filename="what-a-text-cites-{day}.{ending}"'}
        return Response(made(found, settings.public_url), headers=headers, content_type=f"text/{kind}; charset=utf-8")
    values = {**_form(today), "answer": found, "read_until": files.read_until(found)}
    body_ = await datasette.render_template("check.html", values, request=request)
    return Response.html(body_, headers=KEPT_NOWHERE)


def _day(stated: str, today: date) -> str:
    """Return the day asked for, today where none is."""
    if not stated:
        return today.isoformat()
    try:
        day = date.fromisoformat(stated).isoformat()
    except ValueError as error:
        raise SentError("The day is no date; write it as 2026-11-24.") from error
    if not _FIRST <= day <= (today + timedelta(days=1)).isoformat():
        raise SentError(
            f"The day is that on which your text was last revised: neither in the future nor before {_FIRST[:4]}."
        )
    return day


async def _refused(datasette: Datasette, request: Request, error: PostedError | SentError) -> Response:
    values = {**_form(own(datasette).now.date()), "refused": str(error)}
    body = await datasette.render_template("check.html", values, request=request)
    return Response.html(body, status=error.status, headers=KEPT_NOWHERE)
