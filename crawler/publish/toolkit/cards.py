"""Cards of the libraries as their pages show them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from crawler.classify.toolkit import SHELVES
from crawler.classify.toolkit.vocabulary import ADAPT
from crawler.feeds.facets import small
from crawler.public.database import Row
from crawler.publish.toolkit.lessons import lesson_counts
from crawler.publish.toolkit.parts import LABELS, PARTS
from crawler.sources.vocabulary import ROLES
from crawler.wording import day

_IN_OTHER_FORM = frozenset({"file", "adapt"})
"""Fields that a card shows in another form: as a button, and with the licence; a theme is told by its place."""


_ENDED = "not applicable: "
"""What stands before how and when a law ended, in ``documents.in_force``."""


def view(card: Row) -> Row:
    """Return a card with what its page says of it.

    ``read`` are the fields with their values, ``stated`` those that show as words; ``missing``, ``whom``, ``editions``
    ``updates`` (their years) and ``ended`` (of law) are words; ``lessons`` has states with their words and numbers.
    """
    facts, part = card["facts"], PARTS[card["part"]]
    adapt = facts.get("adapt")
    notes = [year for year, number in facts.get("history", ()) for _ in range(number)]
    fields = (field for field in part.fields if field != "theme" or "places" not in facts)
    read = [(LABELS[field], field, values) for field in fields if (values := card["fields"].get(field))]
    return card | {
        "read": read,
        "stated": [each for each in read if each[1] not in _IN_OTHER_FORM],
        "missing": "" if card["private"] else ", ".join(_missing(card)),
        "adapt": adapt and {**adapt, "words": ADAPT[adapt["value"]]},
        "ended": day(card["in_force"]).removeprefix(_ENDED) if card["in_force"].startswith(_ENDED) else "",
        "whom": ", ".join(small(ROLES[value]) for value in facts.get("whom", ())),
        "editions": years((each["date"] or "")[:4] for each in facts.get("editions", ())),
        "updates": years(notes) if len(notes) > 1 else "",
        "lessons": lesson_counts(facts.get("recommendations", {})),
        "lesson_total": sum(facts.get("recommendations", {}).values()),
        "lesson_query": urlencode([("report", report) for report in facts.get("reports", ())]),
    }


def _missing(card: Mapping[str, Any]) -> Iterable[str]:
    """Yield what is not stated of a document, gathered for one line."""
    facts, part = card["facts"], PARTS[card["part"]]
    if not (card["updated"] or card["published"]):
        yield "date"
    if card["part"] in SHELVES and not card["jurisdiction"]:
        yield "place"
    if card["part"] == "law":
        if not card["in_force"].startswith(_ENDED):
            yield from () if facts.get("provisions") else ("how many provisions are in force",)
            yield from () if facts.get("outstanding") else ("whether its text has all changes",)
        return
    if card["part"] == "proposals":
        yield from () if {"last_step", "next_step"} & facts.keys() else ("a step with its date",)
        return
    for field in part.always:
        if not card["fields"].get(field):
            yield LABELS[field][:1].lower() + LABELS[field][1:]
    if not facts.get("adapt"):
        yield "whether it may be adapted"


def years(found: Iterable[str]) -> str:
    """Return years in words, the newest first, with how often each is there.

    >>> years(["2025", "2026", "2025", ""]), years([])
    ('2026, 2025 (2), without a date', '')
    """
    counted = Counter(found)
    listed: Sequence[str] = [
        (year or "without a date") + (f" ({counted[year]})" if counted[year] > 1 else "")
        for year in sorted(counted, key=lambda year: year or "0", reverse=True)
    ]
    return ", ".join(listed)
