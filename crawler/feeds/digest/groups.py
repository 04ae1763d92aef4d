"""Which group of a digest an entry stands in: decided by what it states, never by what readers are to do."""

import re
from collections.abc import Iterable, Mapping, Sequence

from crawler.classify.toolkit.answers import response_to
from crawler.feeds.digest.values import Item, Period, Recommendation
from crawler.feeds.entry import OF_SEVERAL, Entry
from crawler.feeds.facets import value
from crawler.feeds.labels import event
from crawler.feeds.select import Filter
from crawler.feeds.weight import LAW
from crawler.text import abridged, counted
from crawler.wording import day

IN_FORCE = "In force in this period"
LATER = "Starts later"
OPEN = "Open for comment"
LAW_OTHERWISE = "Law: in force earlier, or no day stated"
GUIDANCE_NEW = "New guidance"
GUIDANCE = "Guidance in a new version"
POLICY = "Policy papers and responses"
REPORTS_TO_YOU = "Reports, with what is recommended to you"
REPORTS = "Reports, with what they recommend"
TOOLS = "Training and resources"
ALSO = "Also new or changed"
WITHDRAWN = "Withdrawn"
GONE = "No longer found at its publisher"
TAKEN_BACK = "Taken back by us"
UNCHECKED = "Could not be checked"

ORDER = (
    IN_FORCE, LATER, OPEN, LAW_OTHERWISE, GUIDANCE_NEW, GUIDANCE, POLICY, REPORTS, TOOLS, ALSO, WITHDRAWN, GONE,
    TAKEN_BACK,
)  # fmt: skip

_GUIDANCE = ("guidance", "statutory_guidance", "manual")
_ANSWERED = ("outcome published", "feedback published")
"""Statuses of a consultation that was answered."""
_REPORTS = ("report", "research", "statistics")
_TOOLS = ("training", "resource", "template", "form", "governance")
_NEW_VERSION = ("changed", "retitled")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
MAX_YEARS_AHEAD = 60
"""A law that starts later than that has no day: publishers write such years for "not known"."""
MAX_YEARS_OPEN = 5
"""Nothing stays open for comment that long: such a year cannot be right."""
MAX_RECOMMENDATIONS = 5
"""Most recommendations of one report that a digest quotes."""
MAX_WORDS_QUOTED = 40
MAX_OPENING = 160
"""Characters of a recommendation without an addressee in which one is looked for."""
MAX_DAYS = 3
"""From so many days on, the first and the last are named."""
_INNER = str.maketrans("\u201c\u201d", "\u2018\u2019")
"""Quotation marks inside a quotation."""

ADDRESSEES: Mapping[str, tuple[str, ...]] = {
    "police": ("police", "constabular", "law enforcement", "national crime agency"),
    "first_responder": ("first responder", "police", "local authorit", "border force"),
    "local_authority": ("local authorit", "council", "local government"),
    "caseworker": ("caseworker", "legal adviser", "support provider", "ngo", "civil society"),
    "prosecutor": ("prosecut",),
    "researcher": ("research",),
    "compliance": ("business", "compan", "employer", "supplier"),
    "trainer": ("train", "partnership"),
    "prosecutors": ("prosecut",),
    "judges_and_defence": ("judge", "judiciar", "court", "bar council", "law society"),
    "immigration_and_border": ("immigration", "border", "home office"),
    "labour_inspectors": ("labour inspect", "gangmaster", "licensing", "labour abuse"),
    "tax_and_customs": ("revenue", "customs", "tax"),
    "adult_social_care": ("social care", "adult services", "safeguarding adults"),
    "childrens_services": ("children", "safeguarding partner"),
    "health": ("health", "nhs", "hospital"),
    "education": ("school", "college", "universit", "education"),
    "housing": ("housing", "landlord"),
    "ngo_support": ("ngo", "charit", "civil society", "support provider"),
    "trade_unions": ("trade union",),
    "business": ("business", "compan", "employer", "supplier", "recruit"),
    "policy_and_research": ("research",),
}
"""Beginnings of words by which a report names those that a filter is for, by role and by whom something concerns."""


def grouped(
    entries: Sequence[Entry],
    told: Sequence[Entry],
    period: Period,
    filter: Filter,
    closes: Mapping[str, str],
    recommendations: Mapping[str, Sequence[Recommendation]],
    starts: Mapping[str, Sequence[str]],
) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """Return entries in groups with their headings, in the order of reading; no group is empty.

    ``told`` are entries from before the period, of which those are taken that come into force in it. ``closes`` has the
    day until which a document is open for comment, ``recommendations`` those of a report, both by id of document;
    ``starts`` the days stated for what an entry tells of a law, by its id.
    """
    readers = (*filter.values("role"), *filter.values("aimed_at"))
    found: dict[str, list[Item]] = {name: [] for name in ORDER}
    for entry in entries:
        until = _open_until(closes.get(entry.document, ""), period)
        days = start_days(entry, starts.get(entry.id, ()), period)
        group = group_of(entry, period, until, days)
        notes = _recommended(recommendations.get(entry.document, ()), readers, filter) if group == REPORTS else ()
        found[group].append(Item(entry=entry, lead=_lead(entry, group, until, days, period), notes=notes))
    for entry in told:
        days = start_days(entry, starts.get(entry.id, ()), period)
        if group_of(entry, period, "", days) == IN_FORCE:
            lead = _lead(entry, IN_FORCE, "", days, period)
            found[IN_FORCE].append(Item(entry=entry, lead=lead, is_told=True))
    found[LATER].sort(key=lambda item: (start_days(item.entry, starts.get(item.entry.id, ()), period) or ("9",))[-1])
    found[OPEN].sort(key=lambda item: closes.get(item.entry.document) or "9")
    headings = {REPORTS: REPORTS_TO_YOU} if readers else {}
    return tuple((headings.get(name, name), tuple(items)) for name, items in found.items() if items)


def group_of(entry: Entry, period: Period, open_until: str, days: Sequence[str]) -> str:
    """Return the group of an entry, whose document is ``open_until`` a day, and whose law applies from ``days``."""
    kind = entry.document_kind
    if entry.state == "withdrawn":
        return TAKEN_BACK
    if entry.removed or entry.kind == "withdrawn":
        return WITHDRAWN
    if entry.kind == "gone":
        return GONE
    if open_until or (kind == "consultation" and entry.status == "open"):
        return OPEN
    if entry.kind in (*OF_SEVERAL, "watching", "late"):
        return ALSO
    if kind in LAW:
        return _of_law(entry, period, days)
    if _is_policy(entry):
        return POLICY
    if kind in _GUIDANCE and entry.kind in ("new", *_NEW_VERSION):
        return GUIDANCE_NEW if entry.kind == "new" else GUIDANCE
    if kind in _REPORTS:
        return REPORTS
    is_tool = kind in _TOOLS or {"training", "resources", "governance"} & set(entry.facets.get("toolkit", ()))
    return TOOLS if is_tool else ALSO


def _is_policy(entry: Entry) -> bool:
    """Whether an entry is of what a government plans or answers: to a consultation, or to a report by its title."""
    kind = entry.document_kind
    if kind == "policy_paper" or (kind == "consultation" and entry.status in _ANSWERED):
        return True
    return kind not in (*_GUIDANCE, *_TOOLS) and bool(response_to(entry.document_title))


def start_days(entry: Entry, stated: Sequence[str], period: Period) -> tuple[str, ...]:
    """Return the days from which what an entry tells of a law applies, as ISO dates in their order.

    ``stated`` are those of the provisions that it tells of, where the entry has none of its own.
    """
    if _DATE.match(entry.occurred):
        found = {entry.occurred[:10]}
    elif stated:
        found = {each[:10] for each in stated if _DATE.match(each)}
    elif entry.kind == "new" and not entry.in_force.startswith("not applicable"):
        found = set(_DATE.findall(entry.in_force))
    else:
        found = set()  # Since when the whole law is in force says nothing of its change.
    last = int(period.last_day[:4]) + MAX_YEARS_AHEAD
    return tuple(sorted(each for each in found if int(each[:4]) <= last))


def _of_law(entry: Entry, period: Period, days: Sequence[str]) -> str:
    if any(period.first_day <= each <= period.last_day for each in days):
        return IN_FORCE
    is_later = any(each > period.last_day for each in days)
    return LATER if is_later or (not days and entry.kind == "new" and entry.in_force == "not yet") else LAW_OTHERWISE


def _open_until(day_stated: str, period: Period) -> str:
    """Return the day until which something is open, empty where it is not, or the year cannot be right."""
    on = day_stated[:10]
    is_possible = on[:4].isdigit() and int(on[:4]) <= int(period.last_day[:4]) + MAX_YEARS_OPEN
    return on if is_possible and on >= period.last_day else ""


def _lead(entry: Entry, group: str, open_until: str, days: Sequence[str], period: Period) -> str:
    if group == OPEN:
        return f"Until {day(open_until)}" if open_until else "Until a day that is not stated"
    if group == LATER:
        later = [each for each in days if each > period.last_day]
        return f"From {day(later[0])}" if later else "From a day that is not stated"
    if group == IN_FORCE:
        named = [day(each) for each in days if period.first_day <= each <= period.last_day]
        return (
            f"From {' and '.join(named)}" if len(named) < MAX_DAYS else f"From days between {named[0]} and {named[-1]}"
        )
    what, on = event(entry)
    return f"{what} {day(on)}" if on else ""


def _recommended(all_of_it: Iterable[Recommendation], readers: Sequence[str], filter: Filter) -> tuple[str, ...]:
    """Return what a report recommends: to those that the filter is for, quoted; of the rest the number."""
    listed = tuple(all_of_it)
    if not listed:
        return ()
    total = f"It has {counted(len(listed), 'recommendation')}"
    if not readers:
        return (f"{total}.",)
    words = tuple(word for each in readers for word in ADDRESSEES.get(each, ()))
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})", re.IGNORECASE)
    yours = [one for one in listed if pattern.search(one.addressee or one.text[:MAX_OPENING])]
    if not yours:
        facets = [(facet, each) for facet in ("role", "aimed_at") for each in filter.values(facet)]
        named = " or ".join(value(facet, each).lower() for facet, each in facets)
        return (f"{total}; in none of them did we find {named} named.",)
    rest = (
        f"; {counted(len(listed) - len(yours), 'other')} {'is' if len(listed) - len(yours) == 1 else 'are'} to others"
    )
    quoted = [_quoted(one) for one in yours[:MAX_RECOMMENDATIONS]]
    more = len(yours) - len(quoted)
    beside = (f"{counted(more, 'more recommendation')} of it to the same.",) if more else ()
    return (*quoted, *beside, f"{total}{rest if len(listed) > len(yours) else ''}.")


def _quoted(one: Recommendation) -> str:
    name = f"Recommendation {one.number}" if one.number else "A recommendation"
    words = abridged(" ".join(one.text.split()), MAX_WORDS_QUOTED, 400)
    said = f": “{words.translate(_INNER)}”" if words else "; no licence known to us lets us show it"
    return f"{name} is addressed to “{one.addressee}”{said}" if one.addressee else f"{name}{said}"
