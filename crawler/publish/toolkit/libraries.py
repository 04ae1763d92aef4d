"""Pages of the toolkit: the training library, the governance library and resources, and each as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.classify.toolkit import SOURCE
from crawler.classify.toolkit.vocabulary import CLOSED, IN_OTHER_WORDS, OTHER
from crawler.public import toolkit as questions
from crawler.public.toolkit import NOT_STATED, Resources
from crawler.publish.csv import sheet
from crawler.publish.objects import answer
from crawler.publish.paths import encode
from crawler.publish.query_params import QueryParams, parse_query
from crawler.publish.server.responses import Handler, MissingError, ask, page, render
from crawler.publish.settings import own

SHOWN = 50
"""Documents on one page."""

IN_A_SHEET = 5_000
"""Most documents of a sheet."""

MIN_DOCUMENTS = 10
"""Fewer documents than that are said to be few."""

NOT_OURS = "in its own words"
"""Said of what a page states in words that are none of a closed list."""

LABELS: Mapping[str, str] = {
    "theme": "Theme",
    "audience": "For whom",
    "level": "Level",
    "form": "Form",
    "cost": "Cost",
    "certificate": "Certificate",
    "nation": "Applies in",
    "provider": "Provider",
    "length": "Length",
    "law": "Law it names",
    "guidance": "Guidance it names",
    "file": "Editable file",
    "adapt": "May be adapted",
    "partnership": "Partnership",
    "area": "Area",
    "provision": "Provisions it relies on",
    "use": "Use",
}
"""Names of the fields, for readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the toolkit as a page: its fields in the order in which readers want them, those first that always
    show."""

    id: str
    fields: tuple[str, ...]
    always: tuple[str, ...]


PARTS: Mapping[str, Part] = {
    part.id: part
    for part in (
        Part(
            id="training",
            fields=(
                "theme", "provider", "audience", "level", "form", "length", "cost", "certificate", "nation", "law",
                "guidance",
            ),
            always=("provider", "audience", "level", "form", "length", "cost", "certificate", "nation", "law"),
        ),
        Part(
            id="governance",
            fields=("theme", "form", "partnership", "area", "file", "adapt", "provision", "law", "guidance"),
            always=("form", "partnership", "area", "file", "adapt", "provision"),
        ),
        Part(id="resources", fields=("theme", "use", "form", "law", "guidance"), always=("use", "form")),
    )
}  # fmt: skip


def shows(part: str) -> Handler:
    """Return the handler of the page of a part."""

    @page
    async def handle(datasette: Datasette, request: Request) -> Response:
        wanted, listed = await _listed(datasette, request, part)
        values = {
            "part": PARTS[part],
            "labels": LABELS,
            "not_ours": NOT_OURS,
            "asked": wanted,
            "total": listed.total,
            "every": listed.every,
            "few": MIN_DOCUMENTS,
            "pages": _pages(listed),
            "choices": _choices(part, wanted, listed.offered),
            "documents": listed.cards,
        }
        return await render(datasette, request, f"{part}.html", values)

    return handle


def saves(part: str) -> Handler:
    """Return the handler of a part as a sheet: what the same address without ``.csv`` lists, in one file."""

    @page
    async def handle(datasette: Datasette, request: Request) -> Response:
        wanted = parse_query(request, _known(part))
        if wanted.page != 1:
            raise MissingError("A sheet has no pages.")
        cards = await ask(datasette, questions.cards, part, wanted.values, limit=IN_A_SHEET)
        fields = PARTS[part].fields
        columns = (
            "title", "publisher", "kind", "published", "updated", "last checked", "official page", "our page",
            *(LABELS[field].lower() for field in fields), "law changed since", "newer guidance held",
        )  # fmt: skip
        return sheet(part, columns, [_line(datasette, row, fields) for row in cards])

    return handle


def answers(part: str) -> Handler:
    """Return the handler of a page of a part as objects."""

    @page
    async def handle(datasette: Datasette, request: Request) -> Response:
        wanted, listed = await _listed(datasette, request, part)
        following = wanted.at(wanted.page + 1) if wanted.page < _pages(listed) else ""
        values = {"total": listed.total, part: listed.cards}
        return await answer(datasette, values, next=datasette.urls.path(f"{part}.json{following}") if following else "")

    return handle


async def _listed(datasette: Datasette, request: Request, part: str) -> tuple[QueryParams, Resources]:
    """Return what an address asks for, and that page of a part.

    Raises:
        MissingError: there is no such page.
    """
    wanted = parse_query(request, _known(part))
    offset = (wanted.page - 1) * SHOWN
    listed = await ask(datasette, questions.page, part, wanted.values, limit=SHOWN, offset=offset)
    if wanted.page > _pages(listed):
        raise MissingError(f"There is no page {wanted.page} of this list.")
    return wanted, listed


def _pages(listed: Resources) -> int:
    return max(1, -(-listed.total // SHOWN))


def _line(datasette: Datasette, row: Mapping[str, Any], fields: Sequence[str]) -> list[str | None]:
    stated: Mapping[str, Sequence[Mapping[str, Any]]] = row["fields"]
    silent = "" if row["private"] else "not stated"
    here = datasette.urls.path(f"doc/{encode(row['id'])}")
    return [
        row["title"], row["publisher_name"], row["kind"], row["published"], row["updated"], row["checked"], row["url"],
        f"{own(datasette).public_url}{here}",
        *("; ".join(map(_written, stated.get(field, ()))) or silent for field in fields),
        "; ".join(f"{law['title']} ({law['day']})" for law in row["stale"]),
        "; ".join(f"{newer['title']}, version {newer['version']} ({newer['day']})" for newer in row["newer"]),
    ]  # fmt: skip


def _written(stated: Mapping[str, Any]) -> str:
    if stated["other"]:
        return f"{stated['label']} ({NOT_OURS})"
    by_source = stated["place"] == SOURCE and stated["words"] == stated["label"]
    return f"{stated['label']} (by its source)" if by_source else str(stated["label"])


def _known(part: str) -> dict[str, tuple[str, ...]]:
    return {field: (*values, *_other(part, field), NOT_STATED) for field, values in CLOSED[part].items()}


def _other(part: str, field: str) -> tuple[str, ...]:
    """Return the value of what a page states in words of its own, where a field can be stated so."""
    return (OTHER,) if part == "training" and field in IN_OTHER_WORDS else ()


def _choices(part: str, wanted: QueryParams, offered: Mapping[str, frozenset[str]]) -> list[dict[str, Any]]:
    """Return the fields of the form, each with the values that something states, and those asked for."""
    choices = []
    for field in (field for field in PARTS[part].fields if field in CLOSED[part]):
        chosen = wanted.values.get(field, ())
        shown = {*offered.get(field, ()), *chosen}
        options = [(value, label) for value, label in CLOSED[part][field].items() if value in shown]
        options += [(value, f"Other, {NOT_OURS}") for value in _other(part, field) if value in shown]
        options.append((NOT_STATED, "not stated"))
        choices.append({"field": field, "label": LABELS[field], "options": options, "chosen": chosen})
    return choices
