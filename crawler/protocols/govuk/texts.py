"""The text of a Content API document as sections: everything a reader reads, nothing that only leads elsewhere.

Which field holds what depends on the type (github.com/alphagov/publishing-api, content_schemas/formats). Publishers'
dates, images, taxons, related pages and who published are no text: a move of one of them is no change of the words.
Ways to reach or use what a page is about are text (contacts, variants of a service, questions and their outcomes); the
publisher's own name of a version ("Version 2.11" above it, "(v3.8)" in its title) is none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.bodies.html import fragment
from crawler.model import Problem, Section
from crawler.protocols.govuk.html import html, plain, unframed
from crawler.protocols.govuk.json_access import Item, identity_or_none
from crawler.protocols.govuk.kinds import names
from crawler.sources import territory
from crawler.text import clean, number_repeats, slug

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


Scrub = tuple[str, ...]

_MAIN = ("body", "introductory_paragraph", "introduction", "licence_overview", "licence_short_description", "summary")
"""HTML that is the page itself: its headings are the sections."""

_BLOCKS = {
    "more_information": ("more-information", "More information"),
    "need_to_know": ("need-to-know", "What you need to know"),
    "what_you_need_to_know": ("what-you-need-to-know", "What you need to know"),
    "other_ways_to_apply": ("other-ways-to-apply", "Other ways to apply"),
    "final_outcome_detail": ("outcome", "Outcome"),
    "outcome_detail": ("outcome", "Outcome"),
    "public_feedback_detail": ("feedback-received", "Feedback received"),
    "cancellation_reason": ("cancellation", "Cancellation"),
    "more_info_phone_number": ("phone-more", "Phone: more information"),
    "more_info_email_address": ("email-more", "Email: more information"),
    "more_info_contact_form": ("online-more", "Online: more information"),
    "more_info_post_address": ("post-more", "Post: more information"),
    "access_and_opening_times": ("access-and-opening-times", "Access and opening times"),
}
"""HTML under a heading that GOV.UK puts before it: field, path, heading."""

_LINES = {
    "display_date": ("release-date", "Release date"),
    "previous_display_date": ("previous-release-date", "Previous release date"),
    "held_on_another_website_url": ("held-on-another-website", "Held on another website"),
    "location": ("location", "Location"),
    "speech_type_explanation": ("speech-type", "Form of the speech"),
    "email": ("email", "Email"),
    "transaction_start_link": ("start-now", "Start now"),
    "continuation_link": ("start-now", "Start now"),
    "will_continue_on": ("continues-on", "Continues on"),
}
"""Plain text under a heading."""

_NATIONS = (("england", "England"), ("wales", "Wales"), ("scotland", "Scotland"), ("northern_ireland", "NI"))

_ELSEWHERE = names(
    # Read by other functions of this package.
    "attachments cancelled_at change_history change_notes child_section_groups closing_date collection_groups "
    "delivered_on documents final_outcome_attachments final_outcome_documents first_public_at latest_change_note "
    "national_applicability opening_date organisation_govuk_status outcome_attachments outcome_documents parts "
    "public_feedback_attachments public_feedback_documents public_feedback_publication_date state step_by_step_nav "
    "final_outcome_publication_date ways_to_respond"
)
_IGNORED = names(
    # Layout, navigation, analytics, or facts that links state better.
    "access_limited acronym alternative_format_contact_email alternative_path analytics_identifier brand breadcrumbs "
    "brexit_no_deal_notice change_note corporate_information_groups country default_news_image delivered_on_text "
    "department_analytics_profile downtime_message emphasised_organisations explanation external_related_links facets "
    "featured_attachments featured_links first_published_version foi_exempt format_sub_type government headers "
    "hidden_search_terms hide_chapter_navigation image images important_board_members isbn lgil_code lgil_override "
    "lgsl_code licence_identifier logo manual max_cache_time metadata minor_changes organisation organisation_brand "
    "organisation_featuring_priority organisation_political organisation_type organisations ordered_contacts "
    "ordered_corporate_information_pages ordered_featured_documents ordered_featured_links ordered_featured_policies "
    "ordered_promotional_features parent place_type political print_meta_data_contact_address "
    "public_timestamp publishing_request_id related_mainstream_content reviewed_at second_heading "
    "secondary_corporate_information_pages section_id service_tiers social_media_links start_button_text status tags "
    "temporary_update_type territorial_extent theme updated_at url video visually_collapsed visually_expanded web_isbn "
    "world_locations "
    # Of contacts, topical events, travel advice, obituaries and the service manual.
    "about_page_link_text casualties change_description contact_groups document email_signup_link end_date "
    "format_display_type header_links language query_response_time quick_links read_more roll_call_introduction slug "
    "speaker_without_profile start_date"
)


def sections(details: Item, titles: Mapping[str, str], listing: str, scrub: Scrub) -> tuple[Section, ...]:
    """Return the sections of a document, paths unique and stable.

    ``titles`` are those of the documents it lists, by id; ``listing`` is the text that lists its attached documents.
    A section that GOV.UK itself heads keeps its path whatever the headings of the body are.
    """
    main = [section for key in _MAIN for section in _read(html(details, key), details.url, scrub, chaptered=True)]
    for part in details.items_or_empty("parts"):
        found = _read(html(part, "body"), details.url, scrub)
        main += grouped(slug(part.text("slug")), part.text("title"), found)
    if about := details.item_or_none("about"):
        main += _read(html(about, "body"), details.url, scrub)
    main += _steps(details, scrub)
    for read in (nodes, variants):
        main += [Section(path=path, heading=heading, text=text) for path, heading, text in read(details)]
    fixed: list[Section] = []
    for key, (path, heading) in _BLOCKS.items():
        if text := html(details, key):
            fixed += grouped(path, heading, _read(text, details.url, scrub))
    fixed += [
        Section(path=path, heading=heading, text=words)
        for key, (path, heading) in _LINES.items()
        if (words := details.text_or_none(key))
    ]
    fixed += [Section(path=path, heading=heading, text=text) for path, heading, text in contacts(details)]
    fixed += _ways_to_respond(details, scrub)
    groups = _collection(details, titles, scrub) + _manual(details)
    if listing:
        fixed.append(Section(path="documents", heading="Documents", text=listing))
    if (nations := territory.spelled(jurisdiction(details) or "")) and (main or groups or fixed):
        fixed.append(Section(path="applies-to", heading="Applies to", text=nations))
    return _placed([*main, *groups], fixed)


def jurisdiction(details: Item) -> str | None:
    """Return where a page applies, None where it does not say."""
    stated = details.item_or_none("national_applicability")
    if stated is None:
        return None
    nations = [name for key, name in _NATIONS if (nation := stated.item_or_none(key)) and nation.flag("applicable")]
    if len(nations) == len(_NATIONS):
        return "UK"
    if nations[:2] == ["England", "Wales"]:
        nations[:2] = ["E&W"]
    return ", ".join(nations) or None


def texts(details: Item) -> tuple[str, ...]:
    """Return every HTML text of a document: attached files are named in them where they are listed nowhere else."""
    parts = [html(part, "body") for part in details.items_or_empty("parts")]
    return tuple(text for text in (*(html(details, key) for key in (*_MAIN, *_BLOCKS)), *parts) if text)


def unknown(details: Item) -> tuple[Problem, ...]:
    """Return the fields nobody has looked at: they may hold text that is missing from the sections."""
    known = {*_MAIN, *_BLOCKS, *_LINES, "about"} | _ELSEWHERE | _IGNORED | READ
    return tuple(
        Problem(kind="unknown field", detail=f"details.{clean(key)[:60]}")
        for key in sorted(set(details.value) - known)
        if details.value[key] not in (None, "", [], {}, False, True)
    )


def grouped(path: str, heading: str, found: Sequence[Section]) -> list[Section]:
    """Return sections under one heading: its own words first, the others with its path before theirs."""
    leading = found[0].text if found and not found[0].heading and not found[0].number else ""
    rest = found[1:] if leading else found
    own = Section(path=path, heading=heading, text=leading)
    return [own, *(replace(section, path=f"{path}-{section.path}") for section in rest)]


def _read(source: str, url: str, scrub: Scrub, *, chaptered: bool = False) -> tuple[Section, ...]:
    return fragment(unframed(source, url)[0], url=url, scrub=scrub, chaptered=chaptered) if source else ()


def _placed(main: Iterable[Section], fixed: Iterable[Section]) -> tuple[Section, ...]:
    """Return all sections with unique paths, the fixed ones last; these keep theirs where a heading has the same."""
    body, own = list(main), list(fixed)
    paths = list(number_repeats(section.path or "part" for section in (*own, *body)))
    named = [replace(section, path=path) for section, path in zip((*own, *body), paths, strict=True)]
    return (*named[len(own) :], *named[: len(own)])


def _collection(details: Item, titles: Mapping[str, str], scrub: Scrub) -> list[Section]:
    """Return the groups of a document collection; a listed document without a title is not shown by GOV.UK either."""
    found: list[Section] = []
    for group in details.items_or_empty("collection_groups"):
        listed = [titles[each] for each in group.texts_or_empty("documents") if each in titles]
        heading = group.text_or_none("title") or ""
        parts = _read(html(group, "body"), details.url, scrub)
        path = slug(heading) or "group"
        if heading or parts:
            found += grouped(path, heading, parts)
        if listed:
            named = f"{heading}: documents" if heading.casefold() not in ("", "documents") else "Documents"
            found.append(Section(path=f"{path}-documents", heading=named, text="; ".join(listed)))
    return found


def _manual(details: Item) -> list[Section]:
    """Return the table of contents of a manual: groups of sections, each with its title."""
    found = []
    for group in details.items_or_empty("child_section_groups"):
        heading = group.text_or_none("title") or ""
        listed = "; ".join(section.text("title") for section in group.items_or_empty("child_sections"))
        if heading or listed:
            found.append(Section(path=slug(heading) or "contents", heading=heading, text=listed))
    return found


def _steps(details: Item, scrub: Scrub) -> list[Section]:
    """Return a step by step guide: its introduction, then one section for each step."""
    guide = details.item_or_none("step_by_step_nav")
    if guide is None:
        return []
    found = [*_read(html(guide, "introduction"), details.url, scrub)]
    for step in guide.items_or_empty("steps"):
        words = []
        for content in step.items_or_empty("contents"):
            words += [content.text_or_none("text"), *(each.text("text") for each in content.items_or_empty("contents"))]
        title = step.text("title")
        found.append(Section(path=slug(title) or "step", heading=title, text=" ".join(word for word in words if word)))
    return found


def _ways_to_respond(details: Item, scrub: Scrub) -> list[Section]:
    ways = details.item_or_none("ways_to_respond")
    if ways is None:
        return []
    given = [ways.text_or_none("link_url"), ways.text_or_none("email")]
    address = " ".join(section.text for section in _read(html(ways, "postal_address"), details.url, scrub))
    words = "; ".join(each for each in (*given, address) if each)
    return [Section(path="ways-to-respond", heading="Ways to respond", text=words)] if words else []


def titles_of(listed: Iterable[Item]) -> dict[str, str]:
    """Return the titles of linked documents by content id."""
    found = {}
    for each in listed:
        identity, title = identity_or_none(each), each.text_or_none("title")
        if identity and title:
            found[identity.removeprefix("govuk:")] = title
    return found


FIRST_SECTIONS = 3
"""Sections at the beginning of a text in which its version may stand."""
_NUMBER = r"(\d{1,3}(?:\.\d{1,3}){0,3})"
_HEADING = re.compile(rf"(?:version|fersiwn)\s+{_NUMBER}\.?", re.IGNORECASE)
_OPENING = re.compile(rf"(?:version|fersiwn)\s+{_NUMBER}(?=\s|$)", re.IGNORECASE)
_TITLE = re.compile(rf"(?<!\w)(?:version\s+|fersiwn\s+|v\.?\s?){_NUMBER}(?=[\s),;:]|$)", re.IGNORECASE)


def label(title: str, sections: Sequence[Section]) -> str:
    """Return the name of a version as its text or title states it, empty where neither does.

    >>> label("Sample guidance (v3.8)", ()), label("Sample", [Section(path="a", heading="Version 2.10")])
    ('Version 3.8', 'Version 2.10')
    """
    for section in sections[:FIRST_SECTIONS]:
        heading = f"{section.number} {section.heading}".strip()
        if match := _HEADING.fullmatch(heading) or (_OPENING.match(section.text) if not section.number else None):
            return f"Version {match[1]}"
    match = _TITLE.search(title)
    return f"Version {match[1]}" if match else ""


def without_label(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections without a heading that says no more than which version this is: it is no part of the text."""
    return tuple(
        section
        for place, section in enumerate(sections)
        if place >= FIRST_SECTIONS or section.text or not _HEADING.fullmatch(section.heading) or len(sections) == 1
    )
