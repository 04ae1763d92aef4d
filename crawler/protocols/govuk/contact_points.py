"""Ways to reach or use what a page of GOV.UK is about: contacts, variants of a service, questions and their outcomes.

Source: github.com/alphagov/publishing-api, content_schemas/formats (contact, transaction, simple_smart_answer).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crawler.protocols.govuk.html import html, plain
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.govuk.kinds import names
from crawler.text import slug

READ = names("contact_form_links email_addresses nodes phone_numbers post_addresses variants")
"""The fields of a document that are read here."""

_CONTACTS = {
    "phone_numbers": "Phone",
    "email_addresses": "Email",
    "contact_form_links": "Online",
    "post_addresses": "Post",
}
_STATED = {
    "number": "",
    "textphone": "Textphone: ",
    "international_phone": "Outside UK: ",
    "fax": "Fax: ",
    "email": "",
    "link": "",
    "street_address": "",
    "locality": "",
    "region": "",
    "postal_code": "",
    "world_location": "",
}
"""What a contact states, with what GOV.UK puts before it."""
_TOLD = ("description", "open_hours", "best_time_to_call")
"""HTML of a contact."""


def contacts(details: Item) -> Iterator[tuple[str, str, str]]:
    """Yield path, heading and text of each way to make contact: a changed number is a change of one section."""
    for key, way in _CONTACTS.items():
        for each in details.items_or_empty(key):
            heading = each.text_or_none("title") or way
            stated = [f"{before}{said}" for name, before in _STATED.items() if (said := each.text_or_none(name))]
            told = [plain(html(each, name), details.url) for name in _TOLD]
            yield f"{slug(way)}-{slug(heading)}", heading, _joined((*stated, *told))


def nodes(details: Item) -> Iterator[tuple[str, str, str]]:
    """Yield path, heading and text of the questions of a simple smart answer, and of its outcomes."""
    for each in details.items_or_empty("nodes"):
        options = [option.text("label") for option in each.items_or_empty("options")]
        yield slug(each.text("slug")), each.text("title"), _joined((plain(html(each, "body"), details.url), *options))


def variants(details: Item) -> Iterator[tuple[str, str, str]]:
    """Yield path, heading and text of the variants of a service, with where each leads."""
    for each in details.items_or_empty("variants"):
        fields = ("introductory_paragraph", "more_information", "other_ways_to_apply", "what_you_need_to_know")
        told = [plain(html(each, name), details.url) for name in fields]
        start = each.text_or_none("transaction_start_link") or ""
        yield slug(each.text("slug")), each.text("title"), _joined((*told, start))


def _joined(words: Iterable[str]) -> str:
    return "; ".join(word for word in words if word)
