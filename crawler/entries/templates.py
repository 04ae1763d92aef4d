"""Every fixed word of an entry, and where each other word comes from: the source, or the structure of what was read.

A sentence is made by :func:`say` alone, from a template of this page and fills of known origin. So each word of an
entry can be traced: no sentence is written freely anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Literal

Origin = Literal["template", "source", "structure"]

TEMPLATES: dict[str, str] = {
    # headlines
    "new": "New: {title}", "over": "Already {over} when first seen: {title}",
    "release": "{release}: {title}", "release cancelled": "Release of {day} cancelled",
    "to be": "To be", "was": "Was to be",
    "released on": "{be} released on {day}", "released in": "{be} released in {day}",
    "over, procedure": "Procedure already {over} when first seen: {title}",
    **{f"over {each}": each for each in (
        "withdrawn", "superseded", "repealed", "revoked", "expired", "lapsed", "quashed", "spent", "out of force",
        "closed", "replaced", "completed", "rejected", "lapsed or withdrawn",
    )},
    "withdrawn": "Withdrawn: {title}",
    "gone": "No longer found: {title}",
    "returned": "Published again: {title}",
    "relocated": "Moved: {title}", "leads elsewhere": "Now leads elsewhere: {title}",
    "retitled": "Renamed: {title}",
    "status": "New status: {title}",
    "status is": "{after}: {title}",
    "status now is": "New status “{after}”: {title}",
    "status is not": "No longer {before}: {title}",
    "date": "Date moved: {title}",
    "changed": "Changed: {title}",
    "noted": "Updated: {title}",
    "form": "Changed in form only: {title}",
    "told apart": "{title} ({apart})", "published on": "published {day}",
    "headline repealed": "Repealed: {named}", "headline revoked": "Revoked: {named}",
    "headline in force": "In force: {named}",
    "headline words": "{verb} in {named}", "headline heading": "Heading of {named} changed",
    "headline others": "{text}, {others},", "counted": "{count} {verb}",
    "other counted": "{count} other provision {verb}", "others counted": "{count} other provisions {verb}",
    "others": "{named} and {count} other provisions",
    "in law": "{text} in {title}", "of law": "{text} of {title}", "the law": "the {title}",
    "provisions": "{count} provisions",
    "unpublished": "Taken off legislation.gov.uk: {title}",
    "missed": "Expected by {day}, not seen by us: {title}",
    "newly listed": "Newly listed: {title}",
    "new part": "New: {part} of {title}", "newly listed part": "Newly listed: {part} of {title}",
    "gathered older": "{count} older documents newly listed: {name}",
    "gathered several": "{count} new documents: {name}",
    "gathered dated": "Their publisher dates them {day}.",
    "gathered between": "Their publisher dates them between {first} and {last}.",
    "each listed": "Each is listed in this entry, with its date and a link.",
    # lists that are complete
    "list added": "{count} added to {name}", "list added, placed": "{count} added to {name}: {place}",
    "list added one": "Added to {name}: {title}",
    "list removed": "{count} removed from {name}", "list removed, placed": "{count} removed from {name}: {place}",
    "list removed one": "Removed from {name}: {title}",
    "list replaced": "{count} entries of {name} lead elsewhere now",
    "list replaced, placed": "{count} entries of {name} lead elsewhere now: {place}",
    "list replaced one": "Leads elsewhere now in {name}: {title}",
    "list emptied": "{count} no longer linked by {name}",
    "list emptied, placed": "{count} no longer linked by {name}: {place}",
    "list emptied one": "No longer linked by {name}: {title}",
    "list relinked": "{count} linked again by {name}",
    "list relinked, placed": "{count} linked again by {name}: {place}",
    "list relinked one": "Linked again by {name}: {title}",
    "list retitled": "{count} renamed in {name}", "list retitled, placed": "{count} renamed in {name}: {place}",
    "list retitled one": "Renamed in {name}: {title}",
    "list moved": "{count} moved within {name}", "list moved, placed": "{count} moved within {name}: {place}",
    "list moved one": "Moved within {name}: {title}",
    "list on one page": "They stand in {place}.", "list on pages": "They stand on {count} pages, among them {names}.",
    "list page": "{page} ({count})", "list targets": "They are {counts}.",
    "list undated": "The list states no dates.",
    "list years": "Where titles or file names hold a year ({number} of {count}), it is {first} to {last}.",
    "list year": "Where titles or file names hold a year ({number} of {count}), it is {first}.",
    "list in one place": "It stands in {place}.", "list leads to": "It leads to {target}.",
    "list stays": "The entries are still there, without an address.",
    "list stays one": "The entry is still there, without an address.",
    "list unlisted": "The list does not name them any more; whether they are still published, it does not say.",
    "list unlisted one": "The list does not name it any more; whether it is still published, it does not say.",
    "list more": "And {count} more.",
    "list removed item": "“{title}” ({place}).", "list emptied item": "“{title}” ({place}).",
    "list replaced item": "“{title}” ({place}): was {before}, is {after}.",
    "list replaced both item": "“{title}” is there, “{was}” is not any more ({place}).",
    "list relinked item": "“{title}” ({place}): {after}.",
    "list retitled item": "“{was}” became “{title}” ({place}).",
    "list moved item": "“{title}”: from {from} to {place}.",
    "watching one": "Started watching 1 source",
    "watching": "Started watching {count} sources",
    "watching, unread": "{started}; {count} could not be read",
    # titles without what has no room
    "open end, tight": " …{rest}", "no gap": "{first}{rest}", "gap": "{first} … {rest}", "open end": "{text} …",
    "open start": "… {text}",
    # what happened to a document
    "attachment added": "Attachment added: {title}.",
    "attachments added": "Attachments added: {titles}.",
    "attached first seen": "Attachments first seen: {title}",
    "now attached": "The page lists as attached: {titles}; perhaps not new: it states no update since {day}.",
    "with attachment": "Attachment: {title}.",
    "with attachments": "Attachments: {titles}.", "attachments unnamed": "It has attachments, which its page names.",
    "attachment": "Attachment {title}",
    "was withdrawn": "{title} was withdrawn.",
    "is not found": "{title} is no longer found.",
    "is back": "{title} is there again.",
    "hidden": "An attached document changed.",
    "it says": "It says: “{words}”.", "its words": "Its words: {words}.", "cancelled on": "Cancelled on {day}.",
    "withdrawn on": "Withdrawn on {day}.", "reviewed on": "It says that it was reviewed on {day}.",
    "gone for good": "Its address answers that it is gone for good (status {status}).",
    "unpublished on": "legislation.gov.uk took it off on {day}; that says nothing of its legal force.",
    "unpublished plain": "legislation.gov.uk took it off; that says nothing of its legal force.",
    "not found": "{seen}; the publisher did not say why.",
    "had been withdrawn": "It had been withdrawn.",
    "had been withdrawn on": "It had been withdrawn on {day}.",
    "said then": "The publisher said then: “{note}”",
    "had not been found": "It had not been found.",
    "new address": "New address: {address}.",
    "leads now": "Its address now leads to a page that is followed here as another document: {address}.",
    "old title": "The title was: {title}.",
    "both titles": "The title was: {before}. It is now: {after}.",
    "attachment renamed": "Attachment renamed: {after}; it was: {before}.",
    "attachment moved": "{title}: new address: {address}.",
    "status became": "Status: {before} became {after}.",
    "status now": "Status: {after}.",
    "proposal published": "Its legislative proposal was published on {day}.",
    "proposal, not law": "Not law: its proposal was published on {day}.",
    "last event": "Last event: {event}, {day}.",
    "final act": "Final act: {act}.", "became an act": "It became an Act: {act}.",
    "adopted as": "It was adopted as {act}.",
    "status no longer": "Status: no longer {before}.", "closes on": "It closes on {day}.",
    "closed on": "It closed on {day}.",
    "closes on, as stated": "Its publisher states that it closes on {day}; the year cannot be right.",
    "date became": "{event}: {before} became {after}.",
    "note": "The publisher says: “{note}”",
    "note dated": "The publisher, on {day}: “{note}”",
    "note alone": "{note} We saw no difference in the text that we read.",
    "note on attachment": "Attachment {title}: the publisher says: “{note}”",
    "note dated on attachment": "Attachment {title}: the publisher, on {day}: “{note}”",
    "notes below": "{count} of the publisher below.", "note below": "The publisher\u2019s note of {day} is below.",
    "own summary": "{summary}",
    "later release": "The publisher says that this is not the latest release in its series.",
    # something new that its publisher does not sum up
    "acronym": "{acronym} stands for “{words}”.",
    "attached for": "Some of what is attached is for {places} only.",
    "place in title": "Its title names {place} ({nation}).",
    "place in publisher": "Its publisher is of {place} ({nation}).",
    "structured text": "A text",
    "web page": "A web page", "PDF": "A PDF", "office file": "An office file", "table": "A table",
    "of words": "{form} of about {count} words.", "read in part": "{form} of which only a part was read.",
    "of words, headed": "{form} of about {count} words; among its headings: {names}.",
    "text not shown": "Its licence does not let us show its text here.",
    "first paragraph": "Its first paragraph: “{words}”.", "text adopted": "Text adopted: {number}.",
    "only title read": "Only its title was read, not its text.",
    # provisions
    "of attachment": "{title}: {text}",
    "happened": "{named} {verb}",
    "became": "{named} changed: “{before}” became “{after}”",
    "put in": "{named} changed: “{after}” was put in",
    "taken out": "{named} changed: “{before}” was taken out",
    "happened and is": "{named} {verb} and {state}",
    "is now": "is {state}",
    "are now": "are {state}",
    "renumbered alone": "{name} renumbered", "more renumbered": "{count} more renumbered",
    "renumbered": "{old} is now numbered {new}", "headed": "{old} is now headed {new}",
    "renumbered, changed": "{renumbered}, and changed",
    "inserted": "inserted", "corrected": "corrected", "added": "added", "removed": "removed", "changed verb": "changed",
    "moved": "moved to another place", "moved verb": "moved", "in force": "in force",
    "substituted": "substituted", "omitted": "omitted", "repealed": "repealed", "revoked": "revoked",
    "words inserted": "words inserted", "words omitted": "words omitted", "words repealed": "words repealed",
    "words substituted": "words substituted", "heading changed": "heading changed", "renumbered verb": "renumbered",
    "state prospective": "now prospective (not yet in force)", "state now": "now {after}",
    "state in force": "no longer marked prospective (now in force)",
    "state valid": "valid again",
    "state was": "no longer {before}",
    "state was, now": "no longer {before} (now {after})",
    "more named": "{named} and {count} more",
    "two named": "{first} and {last}",
    "comma": "{first}, {rest}",
    "semicolon": "{first}; {rest}",
    "full stop": "{text}.",
    "quoted": "“{heading}”", "crossheading": "the cross-heading “{heading}”", "under title": "the text under its title",
    "opening": "the opening",
    "quoted in": "“{heading}” ({place})",
    "changed, edits": "{named} changed: {edits}",
    "changed, among others": "{named} changed, among other words: {edits}",
    "edit became": "“{before}” became “{after}”",
    "edit put in": "“{after}” was put in", "edit taken out": "“{before}” was taken out",
    "now lists": "{named} now lists “{after}”",
    "edit put in, several": "{after} were put in", "edit taken out, several": "{before} were taken out",
    "added, saying": "{named} added: “{after}”", "edit now says": "it now says “{after}”, no longer “{before}”",
    "link became": "“{line}” now leads to “{after}”, no longer to “{before}”",
    "link leads": "“{line}” now leads to “{after}”", "link left": "“{line}” no longer leads to a file",
    "link became another": "“{line}” now leads to another address",
    "link leads somewhere": "“{line}” now leads to a file or page",
    "link left, address": "“{line}” no longer leads to “{before}”",
    "words in": "{verb} in {named}", "heading of": "heading of {named} changed",
    "more parts": "{named} and {count}", "files too": "Links to files changed in {named}, too.",
    "more changes": "Further changes are listed on its page.",
    "editorial": "Only its form changed: punctuation, case, order, numbers, address of a file, date or imprint.",
    "restores": "This restores the wording of {day}.",
    "restores part": "{named}: this restores the wording of {day}.",
    # by which instrument, from when
    "on by": "{text} on {day} by {by}", "by": "{text} by {by}", "on": "{text} on {day}",
    "on by, before": "on {day}, by {by}: {text}", "by, before": "by {by}: {text}", "on, before": "on {day}: {text}",
    "day, in part from": "{day} (in part from {since})", "day, in part": "{day} (in part)",
    "days, in part": "{since} and {day} (in part)",
    "among other changes": "{text}, among other changes", "others on days": "Others changed on {days}.",
    "others between": "Others changed on several days, from {first} to {last}.",
    "since text": "This entry tells all changes since the text that we read on {day}.",
    "not stated": "{text}; instrument not stated",
    "not stated of": "Instrument not stated for the changes of {days}.",
    "not stated of others": "Instrument not stated for the other changes of {days}.",
    "of instrument": "{place} of {instrument}",
    "text corrected": "The consolidated text of {day} was corrected; no new law.",
    "applies from": "It applies from {day}.",
    "applies in parts from": "It applies in parts, from {days}.",
    "applies in parts": "It applies in parts, from different dates.",
    "applies from several": "It applies from different dates: {each}.",
    "from day": "{named} from {day}",
    "applies from, limited": "It applies from {day} {words}.",
    "applies from, others": "It applies from {day}, some of its provisions from {days}.",
    "applies from, others and open": (
        "It applies from {day}, some of its provisions from {days}; the day of others depends on other acts."
    ),
    "applies from, others open": "It applies from {day}; the day of some of its provisions depends on other acts.",
    "in force counted": "In force {words}; that day is not stated.",
    "some apply from": "Some of its provisions apply from {days}.",
    "some apply from, others open": (
        "Some of its provisions apply from {days}; the day of others depends on other acts."
    ),
    "measures apply from": "Member states apply their measures from {day}.",
    "measures apply from, others": "Member states apply their measures from {day}; {each}.",
    "measures under": "those on {named} from {day}", "some measures": "some of them from {day}",
    "transpose by": "Member states are to transpose it by {day}.",
    "transpose before": "Member states are to transpose it before {day}.",
    "transpose in parts": "Member states are to transpose it in parts, by {days}.",
    "consolidated text": "Read in the consolidated text of {day}.",
    "consolidation announced": "Its publisher lists a consolidated text of {day}.",
    "in language": "The text is in {language}.",
    "enacted": "Enacted on {day}.", "made": "Made on {day}.", "adopted": "Adopted on {day}.",
    "resolution": "Passed on {day}.", "proposed": "Proposed on {day}.",
    "in force from": "In force from {day}.",
    "in force in stages": "In force in parts from {first}, all of it from {last}.",
    "in force in parts": "In force in parts.", "not yet in force": "Not yet in force.",
    "in force in parts from": "In force in parts, from {days}.",
    "in force in parts, counted": "In force in parts ({of}), from {days}.",
    "days between": "several days between {first} and {last}",
    "provisions wholly": "{count} of {every} provisions wholly",
    "had come into force": "It had come into force on {days}.",
    "parts had come into force": "Parts of it had come into force on {days}.",
    "in force in parts, open": "In force in parts, from {days}; for other parts it states no date.",
    "not yet in force, parts from": "Not yet in force; parts of it from {day}.",
    "not yet in force, from": "Not yet in force; to be in force from {day}.",
    "listed as ended": "Its publisher lists it as {how} by {act}, with no day.",
    "listed as ended from": "Its publisher lists it as {how} by {act}, from {day}.",
    "made as": "It was made as {instrument}, which took its place.",
    "superseded by draft": "A later draft took its place: {number}.",
    "extents differ": "It differs by place: \u201c{note}\u201d",
    "validity ended": "Its validity ended on {day}.", "validity ends": "Its validity ends on {day}.",
    "read alone": "Read here: only {named}.", "read at": "Read here: only {named}, in {on}.",
    "text as at": "Read in {on}.", "as at": "the text as at {day}",
    "as at, until": "the text as at {day}, which held until {until}",
    "as at, to end": "the text as at {day}, which holds until {until}",
    "as at, until in part": "the text as at {day}, which held until {until} in part of its extent",
    "as at, to end in part": "the text as at {day}, which holds until {until} in part of its extent",
    "its introduction": "its introduction", "the schedule": "the schedule", "part of day": "{part} (text as at {day})",
    "part begun": "{named} in force from {day}.", "part wholly begun": "{named} wholly in force from {day}.",
    "its note says": "Its note says: “{words}”.",
    "to be appointed": "Parts of it come into force on days that are to be appointed.",
    "begins as it says": "It comes into force “{words}”.",
    "reaches back": "By its own words it has effect, wholly or in part, from {days}.",
    "reckoned": "It says “{words}”: that is {day} by {authority}.",
    "made by": "{verb} {instrument}.",
    "amends": "It amends", "commences": "It brings into force parts of", "made under": "It is made under",
    "repeals": "It repeals", "based on": "It is based on", "transposes": "It transposes", "adopts": "It adopts",
    "completes": "It completes", "corrects": "It corrects", "proposes to amend": "It would amend",
    # what a new instrument brings into force
    "begins when": "{text} {when}", "begins": "in force from {day}", "begins in part": "in force in part from {day}",
    "others in part": "{when}, {count} more in part",
    "begins in stages": "in force in stages from {day}", "begun": "brought into force",
    "provisions of": "{named} of {title}", "some provisions": "provisions",
    "some provisions of": "provisions of {title}", "and others": "{named} and others",
    "remaining provisions": "the remaining provisions", "same act": "the Act", "whole act": "the whole Act",
    "not read": "provisions that are not read here", "act from": "{title}, from {day}",
    "brings": "It brings {named} into force.", "brings, day": "It brings {named} into force on {day}.",
    "brings, days": "It brings {named} into force in stages, first on {day} and last on {last}.",
    "brings, limited": "It brings {named} into force on {day} ({limit}).",
    "brings, in part": "It brings {named} into force on {day}, for some purposes or in some respects only.",
    "for some purposes": "For some purposes or in some respects only: {named}.",
    # editions
    "first edition": "The first edition that we hold of “{series}”.",
    "edition": "Edition of “{series}”.",
    "edition after": "Edition of “{series}”; follows that of {day}.",
    "replaces": "It replaces “{title}”.",
    "replaces namesake": "It replaces an earlier one of the same title.",
    "one before": "The newest earlier one that is held here: “{title}”.",
    "one before of": "The newest earlier one that is held here: “{title}”, of {day}.",
    "newest held": "The newest edition that we hold is of {day}.",
    "newest held, titled": "The newest edition that we hold is of {day} (“{title}”).",
    "cadence": "One comes about {often}.",
    "last read": "Its sources were last read in full on {day}.",
    "every one": "every {unit}", "every many": "every {count} {unit}s",
    # the round-up itself
    "watched": "Changes in {names} are told from now on; what stood there before was not announced.",
    "unread": "Not read yet, so nothing is told of it: {names}.",
    # why it comes late
    "late unchecked": "its source was not read in full between {before} and {after}",
    "late listed": "its publisher dates it {day}; its source was not seen to list it before",
    "late listed, title": "its title dates it {day}; its source was not seen to list it before",
    "late listed, name": "the name of its file dates it {day}; its source was not seen to list it before",
    "late listed, updated": "its publisher\u2019s latest date is {day}; its source was not seen to list it before",
    "late unsettled": "its words went to and fro; they stand as they are since the last {visits} visits",
    "late decision": "held until its relevance was decided",
    "late undecided": "nobody decided within {days} days whether it is relevant",
    "late unread": "the crawl that first saw it ended before its page was read",
    "late whole": "it was known before, but only now comes from a source of which everything belongs here",
    "late source": "only now what its publisher says shows that it is relevant",
    # why it is in the round-up
    "in title": "{words} stands in the title.",
    "in summary": "{words} stands in its publisher\u2019s summary.",
    "in title, several": "{words} stand in the title.",
    "in summary, several": "{words} stand in its publisher\u2019s summary.",
    "in site": "{words} stands in what its site says of each page.",
    "in site, several": "{words} stand in what its site says of each page.",
    "in summary, untold": "Words of its publisher\u2019s summary are on this subject; they are not repeated here.",
    "in text, untold": "Words of its text are on this subject; they are not repeated here.",
    "in attachment": "“{words}” stands in the title of an attachment.", "in text": "“{words}” stands in its text.",
    "in text at": "“{words}” stands in its text, at {place}.",
    "in text below": "“{words}” stands in the text of “{title}”.",
    "from publisher": "It comes from {publisher}.",
    "of kind": "It is of the kind “{kind}”.",
    "by identifier": "Its number is {words}.",
    "by source": "Everything from “{source}” belongs here.",
    "by relation": "It is connected with “{title}”, which is always followed here.",
    "by amends": "{verb} “{title}”, which is always followed here.",
    "by series": "Every edition of “{series}” belongs here.",
    "by decision": "A person decided so.",
    "by tracked": "It is always followed here, whatever it says.",
    # what to look for
    "provision": "{name}", "provision headed": "{name}: {heading}",
    # how sure we are
    "date read from the publisher's page": "The date of publication was read from the publisher\u2019s page.",
    "date read from a list": "The date of publication was read from a list, not from the page itself.",
    "date in title": "The date of publication is the one with which its title ends.",
    "date in name": "The date of publication is the one with which the name of its file ends.",
    "date read from a PDF": "The date of publication was read from a PDF.",
    "date read from a file": "The date of publication was read from the file.",
    "date in metadata": "The date of publication is the one that the page shows; its metadata state {day}.",
    "day of enacted": "It states when it was enacted, not when it was published.",
    "day of made": "It states when it was made, not when it was published.",
    "day of adopted": "It states when it was adopted, not when it was published.",
    "begins by default": "Where it does not say when it comes into force, the day is that of the {authority}.",
    "extends everywhere": "Its publisher marks that it extends to England and Wales, Scotland and Northern Ireland; "
    "it may apply in fewer of them.",
    "days in force differ": "By its own words it is in force from {own}; its publisher\u2019s data state {stated}.",
    "days applied differ": "By its own words it applies from {own}; its publisher\u2019s data state {stated}.",
    "deadlines differ": "By its own words it is to be transposed by {own}; its publisher\u2019s data state {stated}.",
    "day of proposed": "It states when it was proposed, not when it was published.",
    "day of resolution": "It states when it was passed, not when it was published.",
    "no date": "The publisher states no date of publication.",
    "read from HTML": "The text was read from a web page.",
    "read from a PDF": "The text was read from a PDF; its headings were recognised by their look.",
    "read from an office file": "The text was read from an office file.",
    "read from structured text": "The text was read from the publisher\u2019s structured text.",
    "read from a table": "The text was read from a table.",
    "read from a scan": "The file is a scan without words; its text was not read.",
    "read from a summary": "Only a summary was read, not the text.",
    "nothing read": "The text itself was not read, only its title and what is stated of it.",
    "part read": "Only a part of the text was read.",
    "not confirmed": "Nobody has confirmed yet that it is relevant.",
    "moved page": "It was recognised by its words at a new address.",
}  # fmt: skip
"""Every sentence and every part of one that an entry can have, by name."""

_OPENING, _CLOSING = re.compile('^\\s*["\u201c\u201e\u00ab]'), re.compile('["\u201d\u201c\u00bb]\\s*$')
"""Marks of quotation that words of a source begin and end with."""
_FIELDS = {name: tuple(Formatter().parse(text)) for name, text in TEMPLATES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of one origin: of a template, of the source (title, text, note …) or of structure (number, date, count)."""

    origin: Origin
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence or a part of one: its pieces in order, and the template that made it, empty for bare words."""

    template: str
    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def source(text: str) -> Sentence:
    """Return words of the source, as they stand there or cut at a word."""
    return Sentence(template="", pieces=(Piece(origin="source", text=text),))


def structure(value: object) -> Sentence:
    """Return a number, a date, a status or the name of a provision: read from structure, not from running text."""
    return Sentence(template="", pieces=(Piece(origin="structure", text=str(value)),))


def say(template: str, **fills: Sentence) -> Sentence:
    """Return a sentence, or a part of one, from a template and its fills.

    Raises:
        KeyError: there is no such template, or a fill is missing.

    >>> str(say("new", title=source("Sample guidance")))
    'New: Sample guidance'
    """
    pieces: list[Piece] = []
    parts = _FIELDS[template]
    for place, (text, field, _, _) in enumerate(parts):
        if text:
            pieces.append(Piece(origin="template", text=text))
        if field:
            after = parts[place + 1][0] if place + 1 < len(parts) else ""
            in_quotes = text.endswith("“") and after.startswith("”")
            pieces += _bare(fills[field].pieces) if in_quotes else fills[field].pieces
    return Sentence(template=template, pieces=tuple(pieces))


def _bare(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return words that a template quotes without the marks of quotation that they bring along around them."""
    found = list(pieces)
    while found and _OPENING.match(found[0].text) and _CLOSING.search(found[-1].text):
        found[0] = Piece(origin=found[0].origin, text=_OPENING.sub("", found[0].text))
        found[-1] = Piece(origin=found[-1].origin, text=_CLOSING.sub("", found[-1].text))
    return found


def capital(said: Sentence) -> Sentence:
    """Return a sentence with a capital at its start.

    >>> str(capital(structure("section 45 changed")))
    'Section 45 changed'
    """
    first, *others = said.pieces
    start = Piece(origin=first.origin, text=first.text[:1].upper() + first.text[1:])
    return Sentence(template=said.template, pieces=(start, *others))


def chain(template: Literal["comma", "semicolon"], parts: Sequence[Sentence]) -> Sentence:
    """Return parts in a row.

    >>> str(chain("semicolon", [structure("a"), structure("b"), structure("c")]))
    'a; b; c'
    """
    *before, row = parts
    for part in reversed(before):
        row = say(template, first=part, rest=row)
    return row


def name_list(named: Sequence[Sentence], most: int) -> Sentence:
    """Return names in a row, the first few one by one.

    >>> words = [structure(text) for text in "abcde"]
    >>> str(name_list(words[:2], 3)), str(name_list(words, 3)), str(name_list(words[:4], 3))
    ('a and b', 'a, b, c and 2 more', 'a, b, c and 1 more')
    """
    if len(named) > most:
        return say("more named", named=chain("comma", named[:most]), count=structure(len(named) - most))
    if len(named) == 1:
        return named[0]
    return say("two named", first=chain("comma", named[:-1]), last=named[-1])


def plain(said: Iterable[Sentence]) -> str:
    """Return sentences as running text; one of a publisher without a full stop gets one before the next.

    >>> plain([say("own summary", summary=source("Sample report (2029)")), say("status now", after=source("closed"))])
    'Sample report (2029). Status: closed.'
    """
    *before, last = [text for text in map(str, said) if text] or [""]
    closed = (f"{text}." if text[-1].isalnum() or text[-1] in ")]" else text for text in before)
    return " ".join((*closed, last)).replace("\u2026.", "\u2026")
