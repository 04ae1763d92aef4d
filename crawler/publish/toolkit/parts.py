"""The libraries: what their pages are called, what they show, and by what they can be narrowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from crawler.classify.toolkit import ROUND_UP, SHELVES
from crawler.classify.toolkit.vocabulary import CLOSED, IN_OTHER_WORDS, NATIONS, OTHER, THEMES
from crawler.public.toolkit import NOT_STATED, WITHDRAWN, Values
from crawler.sources.vocabulary import KINDS, ROLES, TOPICS
from crawler.wording import kind

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
    "kind": "Kind",
    "topic": "Topic",
    "role": "Reader",
    "publisher": "Publisher",
    "followed": "Followed by name",
}
"""Names of the fields, for readers."""

_COMMON: Mapping[str, Mapping[str, str]] = {
    "theme": THEMES[ROUND_UP],
    "nation": NATIONS,
    "topic": TOPICS,
    "role": ROLES,
    "kind": {name: kind(name) for name in KINDS},
    "followed": {"yes": "yes", "no": "no"},
}
"""Fields that documents of several libraries have, with their values."""

_IN_FEEDS = {"nation": "jurisdiction", "topic": "topic", "role": "role", "publisher": "publisher", "kind": "kind"}
"""Filters of feeds by the fields that mean the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A library as a page: the stated fields in the order in which readers want them, and how it can be narrowed.

    Of ``always`` it is said where one is not stated. ``filters`` beside those of closed lists; ``more`` are folded.
    """

    id: str
    name: str
    lead: str
    fields: tuple[str, ...]
    always: tuple[str, ...] = ()
    filters: tuple[str, ...] = ("topic", "nation")
    more: tuple[str, ...] = ("role", "publisher", "kind")

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the fields that can be chosen from a list, those that show at once first."""
        return (*(field for field in self.fields if field in CLOSED.get(self.id, ())), *self.filters, *self.more)


PARTS: Mapping[str, Part] = {
    part.id: part
    for part in (
        Part(
            id="law",
            name="Law",
            lead="Acts, instruments and treaties: how much of each is in force, what changed last, and what is not"
            " worked into its text yet. Those that are followed by name stand first, by nation; then the newest"
            " change.",
            fields=("theme",),
            filters=("nation", "topic", "followed"),
        ),
        Part(
            id="guidance",
            name="Guidance",
            lead="Guidance in its current version, the newest first: its date, for whom it is, and whether law"
            " that it names has changed since.",
            fields=("theme", "law"),
        ),
        Part(
            id="reports",
            name="Reports",
            lead="Reports, research, statistics and policy papers: of a series the newest edition, the earlier ones"
            " folded; what they recommend, and whether we saw an answer.",
            fields=("theme",),
        ),
        Part(
            id="proposals",
            name="Proposals",
            lead="Bills, drafts, proposals of the European Commission and consultations, the newest first: the last"
            " step that is dated, and the next one stated. None of it is law. Whether one was carried or dropped"
            " since, only its page says.",
            fields=("theme",),
        ),
        Part(
            id="training",
            name="Training library",
            lead="Courses, e-learning, booklets and frameworks on human trafficking and modern slavery: who gives them,"
            " for whom, how long they take and what they cost.",
            fields=(
                "theme", "provider", "audience", "level", "form", "length", "cost", "certificate", "nation", "law",
                "guidance",
            ),
            always=("provider", "audience", "level", "form", "length", "cost", "certificate", "nation", "law"),
            filters=("topic",),
        ),
        Part(
            id="governance",
            name="Governance library",
            lead="Terms of reference, information-sharing agreements, memoranda, protocols and referral pathways of"
            " partnerships, and what bears on them: whose they are, and whether you may take them over.",
            fields=("theme", "form", "partnership", "area", "file", "adapt", "provision", "law", "guidance"),
            always=("form", "partnership", "area", "file", "provision"),
        ),
        Part(
            id="resources",
            name="Downloadable resources",
            lead="Guides, manuals, checklists, forms, posters and films to work with: to plan a campaign, engage a"
            " sector, review a care plan, identify and refer, or look into a supply chain.",
            fields=("theme", "use", "form", "law", "guidance"),
            always=("use", "form"),
        ),
    )
}  # fmt: skip

LIBRARY = Part(
    id="library",
    name="Library",
    lead="What is current in law, guidance and reports, each in its newest version, and what is proposed.",
    fields=(),
    filters=("theme", "nation", "topic", "kind"),
    more=("role", "publisher"),
)
"""The page before the shelves."""


def closed(part: str, field: str) -> Mapping[str, str]:
    """Return the closed list of a field with the words of its values, empty for publishers."""
    if part in SHELVES and field == "kind":
        return {name: kind(name) for name in SHELVES[part]}
    return CLOSED.get(part, {}).get(field) or _COMMON.get(field, {})


def other(part: str, field: str) -> tuple[str, ...]:
    """Return the value of what a page states in words of its own, where a field can be stated so."""
    return (OTHER,) if part == "training" and field in IN_OTHER_WORDS else ()


def known(part: Part, publishers: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the values that can be asked for, by field."""
    lists = {field: closed(part.id, field) or publishers for field in part.choices}
    asked = {field: (*values, *other(part.id, field), NOT_STATED) for field, values in lists.items()}
    return asked | {WITHDRAWN: ("yes",)}


def feed_query(part: Part, values: Values) -> str:
    """Return the query of the feed of what changes in a library, as narrow as feeds can be made."""
    shelves = SHELVES if part is LIBRARY else {name: kinds for name, kinds in SHELVES.items() if name == part.id}
    pairs = [("toolkit", part.id)] if not shelves else []
    if "kind" not in values:
        pairs += [("kind", name) for kinds in shelves.values() for name in kinds]
    for field, found in sorted(values.items()):
        pairs += [(_IN_FEEDS[field], value) for value in found if field in _IN_FEEDS and value != NOT_STATED]
    return urlencode(pairs)
