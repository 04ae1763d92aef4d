"""Facts of documents: what sources say of them, which of it holds, and what of it is a change.

What is said on a document's own page wins over what lists say, then the order of sources.yaml decides: in which order
it was read changes nothing.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from crawler import outbox
from crawler.changes import significance, words
from crawler.errors import IdentifierError
from crawler.identifiers import law_year, page_alias
from crawler.model import SLICE, ChangeKind, Difference, Document, Page, Significance
from crawler.outbox import Seen, silence
from crawler.protocols import OWNER
from crawler.protocols.legislation import names
from crawler.reconcile.intents import AddChange, Check, Describe, Intent
from crawler.reconcile.known import DocumentState, FactsState, SourceFacts
from crawler.reconcile.reading import Origin
from crawler.sources import areas, territory
from crawler.sources.areas import WIDER, narrow_places
from crawler.text import canonical, latest, stamp

LAW = ("act", "asp", "si", "directive", "regulation", "decision", "treaty")
"""Kinds of documents that have an effect in law by being there; a draft or a bill has none yet."""
OF_ONE_PLACE = ("notice",)
"""Kinds of documents that are of one place, however far their publisher reaches."""
COMPLETED = "procedure completed"
"""The last status of a procedure of the EU: a page that states another one shows it as it was before."""
TRANSLATED = ("title", "summary", "published", "updated")
"""Facts of a translation that are not those of the work, while that has its own: kept as ``title@cy``."""
LEADS = "leads"
"""Path of a change that tells that the address of a document leads to the page of another one."""

_TEXTS = ("title", "url", "kind", "author", "jurisdiction", "extent", "summary", "within", "status", "in_force")
_NOTHING: dict[str, str | None] = {
    **dict.fromkeys(_TEXTS, ""), **dict.fromkeys(("parent", "publisher", "published", "updated"), None)
}  # fmt: skip


def holding(said: Sequence[SourceFacts]) -> dict[str, str | None]:
    """Return the facts of a document that hold, from everything its sources say, in the order of sources.yaml.

    What no page says of its kind is the present kind of its first source. A title in its main language wins over that
    of a translation. A law applies where it extends to, wherever its publisher sits, if it states nothing narrower. A
    procedure that is completed anywhere is completed.
    """
    told = [each.stated for each in said] + [each.listed for each in said]
    facts = dict(_NOTHING)
    for one in reversed(told):  # What comes first holds, and what is no translation.
        facts |= {name.partition("@")[0]: one[name] for name in sorted(one, reverse=True) if "@" in name}
    for one in reversed(told):
        facts |= {name: str(value) for name, value in one.items() if value and name in _NOTHING}
    facts["kind"] = facts["kind"] or (said[0].kind if said else "")
    facts["status"] = COMPLETED if any(one.get("status") == COMPLETED for one in told) else facts["status"]
    facts["jurisdiction"] = territory.applies(facts["extent"] or "", facts["jurisdiction"] or "")
    return facts


def with_facts(
    said: Sequence[SourceFacts], source: str, facts: Mapping[str, str], *, own: bool
) -> tuple[SourceFacts, ...]:
    """Return what sources say once one says facts, too, in its list or on the document's ``own`` page."""

    def after(one: SourceFacts) -> SourceFacts:
        return replace(one, stated={**one.stated, **facts}) if own else replace(one, listed={**one.listed, **facts})

    return tuple(after(one) if one.source == source else one for one in said)


def describe(state: FactsState, document: Document, page: Page, origin: Origin, *, own: bool) -> tuple[Intent, ...]:
    """Return what a page says of a document, and what of it is a change; on its ``own`` page it wins over lists."""
    row, source, seen = state.document, origin.source.id, stamp(origin.capture.time)
    noted = next(each for each in state.said if each.source == source)
    before = noted.stated if own else noted.listed
    stated = _translated(_facts(state, document, origin, own=own), state.name, _language(document, page, origin))
    facts = lasting(_dated(stated, before, origin), before.get("status", ""))
    described = Describe(
        document=state.name, source=source, seen=seen, facts=facts, own=own, aliases=state.unnamed, is_new=row is None
    )
    now = holding(with_facts(state.said, source, facts, own=own))
    if row is not None:
        told = _compared(state, row, before, facts, now, origin)
    else:
        told = (_appeared(state, document, now, origin, _silent(state, document, page, origin, own=own)),)
    checked = (Check(document=state.name, seen=seen),) if own else ()
    return described, *told, *checked


def lasting(facts: dict[str, str], held: str) -> dict[str, str]:
    """Return facts with the status that lasts: a page on which a completed procedure is not over is an older one.

    >>> lasting({"status": "awaiting committee decision"}, "procedure completed"), lasting({}, "procedure completed")
    ({'status': 'procedure completed'}, {})
    >>> lasting({"status": "closed"}, "open")
    {'status': 'closed'}
    """
    return {**facts, "status": COMPLETED} if held == COMPLETED and "status" in facts else facts


def addresses(document: Document) -> list[str]:
    """Return the official address of a document as another name of it, unless it is one of many inside that page."""
    if "#" in document.url:
        return []
    with suppress(IdentifierError):
        return [page_alias(document.url)]
    return []


def parent_of(document: Document, origin: Origin, *, own: bool) -> str | None:
    """Return what a document is attached to, as it states itself, or the link by which its ``own`` page was found."""
    return document.parent or (origin.capture.link.parent if own else None)


def of_document(
    row: DocumentState, difference: Difference, fetch: int, *, is_watched: bool, silent: str = ""
) -> AddChange:
    """Return a change of a document itself; silent where its source had no complete healthy walk before."""
    reason = silent or silence(Seen(is_watched=is_watched))
    return AddChange(document=row.id, difference=difference, fetch=fetch, previous=row.current, silent=reason)


# A document appears


def _appeared(
    state: FactsState, document: Document, now: Mapping[str, str | None], origin: Origin, silent: str
) -> AddChange:
    """Return that a document appeared; what is newly listed and stands alone may be announced, but late."""
    is_gathered = silent == outbox.NEWLY_LISTED and (state.parent is None or state.parent.id == state.name)
    weight: Significance = "legal effect" if now["kind"] in LAW else "substantive"
    return AddChange(
        document=state.name,
        difference=Difference(kind="new", path="", new=document.title, significance=weight),
        fetch=origin.fetch,
        occurred=now["published"],
        silent=("" if is_gathered else silent) or silence(Seen(is_watched=state.is_watched)),
        late=silent if is_gathered else "",
    )


def _silent(state: FactsState, document: Document, page: Page, origin: Origin, *, own: bool) -> str:
    """Return why the appearance of a document is not announced, empty where it is.

    What appears with the document that it is attached to, or is added to it, is new with it, however old both are.
    """
    day, seen = _day_of(state.name, document, page), stamp(origin.capture.time)
    seen_now = Seen(
        is_watched=state.is_watched_source,
        why="backfill" if SLICE in origin.capture.link.facts else state.why,
        is_reached_anew=origin.cause != "source" or state.is_reached_anew,
        above=_silent_with(state),
        is_of_list=origin.source.complete and not own,
        is_old=not (state.is_parent_new or state.is_added) and outbox.is_old(day, state.last_walk, seen),
    )
    return silence(seen_now)


def _day_of(name: str, document: Document, page: Page) -> str | None:
    """Return when a document is from: published, adopted, the year in a law's number, else updated."""
    told = (each.fields for each in page.statements if each.document == name)
    adopted = (fields["date"] for fields in told if fields.get("event") == "adopted")
    return document.published or next(adopted, None) or law_year(name) or document.updated


def _silent_with(state: FactsState) -> str:
    """Return why an attachment is not announced: it was there all along where its parent's page was not read before."""
    above = state.parent
    if above is None or not state.is_parent_first_read:
        return ""
    if above.appearance not in ("", outbox.NEWLY_LISTED):
        return above.appearance
    return "" if state.is_parent_new else "first reading"


# What a page says


def _facts(state: FactsState, document: Document, origin: Origin, *, own: bool) -> dict[str, str]:
    source = origin.source
    wider = source.jurisdiction or state.jurisdiction
    kind, title = document.kind or source.kind, document.title or ""
    local = narrow_places(kind, title, document.publisher or "")
    stated = document.jurisdiction if document.jurisdiction != source.jurisdiction else None
    named = areas.stated(wider, kind, title, document.summary or "")
    nation = local[1] if local and wider in WIDER else named or ("" if source.lists_others else wider)
    if kind in OF_ONE_PLACE and nation == wider:
        nation = ""  # of which one, its publisher's does not say
    facts = {
        "title": document.title,
        "url": document.url,
        "kind": document.kind,
        "parent": parent_of(document, origin, own=own),
        "publisher": source.publisher,
        "author": document.publisher,
        "jurisdiction": stated or nation,
        "extent": document.extent,
        "summary": document.summary,
        "within": document.within,
        "status": document.status,
        "published": document.published,
        "updated": document.updated,
        "in_force": document.in_force,
    }
    return {name: value for name, value in facts.items() if value}


def _language(document: Document, page: Page, origin: Origin) -> str:
    """Return the language in which a page tells of a document, empty where that is English or not stated.

    Its text tells; a page of contents may have none, and then the address of a Welsh one on legislation.gov.uk does.
    """
    told = (version.language for version in page.versions if version.document == document.id)
    languages = {language.partition("-")[0] for language in told}
    where = None if languages else names.address(origin.capture.url)
    if where is not None and where.welsh:
        return "cy"
    return "" if "en" in languages else min(languages, default="")


def _translated(facts: dict[str, str], document: str, language: str) -> dict[str, str]:
    """Return the facts of a translation with its title under another name: it is not the title of the work.

    Where the address is the identity, the document is that page, and its language the main one.
    """
    if not language or document.startswith("url:"):
        return facts
    return {f"{name}@{language}" if name in TRANSLATED else name: value for name, value in facts.items()}


def _dated(facts: dict[str, str], before: Mapping[str, str], origin: Origin) -> dict[str, str]:
    """Return the facts with the first stated date of publication: a feed dates an entry anew to update it."""
    first, again = before.get("published", ""), facts.get("published", "")
    was, now = latest(first), latest(again)
    is_feed = origin.source.protocol == "feed" and OWNER not in origin.capture.link.facts
    if not is_feed or was is None or now is None or now <= was:
        return facts
    if again == stamp(origin.capture.time.replace(microsecond=0)):
        return {**facts, "published": first}  # A date ahead of us, which the parser cut down to its own.
    updated = latest(facts.get("updated", ""))
    return {**facts, "published": first, "updated": again if updated is None or updated < now else facts["updated"]}


def _compared(
    state: FactsState, row: DocumentState, before: Mapping[str, str], facts: Mapping[str, str],
    now: Mapping[str, str | None], origin: Origin,
) -> tuple[AddChange, ...]:  # fmt: skip
    """Where no text of a document is read, a new title or status on its listing is all there is to see.

    What one source says is compared with what it said at the same place: that a list names a document otherwise than
    the document's own page does, or another list, is no event.
    """
    if row.current is not None or origin.cause != "source" or origin.source.complete:  # An entry on its list tells it.
        return ()
    told: list[AddChange] = []
    kinds: tuple[tuple[str, ChangeKind], ...] = (("title", "retitled"), ("status", "status"))
    for column, kind in kinds:
        old, new = before.get(column, ""), facts.get(column, "")
        if old and new and canonical(old) != canonical(new) and now[column] == new:
            shown = words(old, new) if kind == "retitled" else ()
            weight = significance(Difference(kind=kind, path="", old=old, new=new, words=shown), "summary")
            difference = Difference(kind=kind, path="", old=old, new=new, significance=weight)
            told.append(of_document(row, difference, origin.fetch, is_watched=state.is_watched))
    return tuple(told)
