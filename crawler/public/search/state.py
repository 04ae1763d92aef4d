"""How a provision or a document stands: in force or not, since when and by what, changed last, and what is to come."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from crawler.identifiers import affected, covers
from crawler.identifiers.acts import called
from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import without_extent
from crawler.law import AT_LEAST, ENDED
from crawler.public import in_force
from crawler.public.database import Row, row, rows
from crawler.public.search.in_part import named_in_force
from crawler.public.search.numbered import version_number
from crawler.wording import day as in_words
from crawler.wording import provision

MAX_EFFECTS = 1_000
MAX_DATES = 4

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ENDED = ("repealed", "omitted", "revoked", "ceases to have effect", "expired")
_BEGINS = ("coming into force", "commence", "inserted", "added")
_GUIDANCE = frozenset({"guidance", "statutory_guidance", "manual", "form", "template", "training", "resource"})
_LAW = frozenset({
    "act", "asp", "si", "draft_si", "legislation", "directive", "regulation", "decision", "treaty", "convention",
})  # fmt: skip

_EFFECTS = f"""select e.affected_provision, e.affecting, e.affecting_provision, e.type, e.applied, e.in_force,
  e.nature, coalesce(d.title, nullif(e.affecting_title, ''), e.affecting) as title, d.id as held
  from effects e left join documents d on d.n = e.affecting_n
  where e.affected = :document and e.dropped is null
    and (e.affected_provision like '%' || :number || '%' or e.affected_provision like '%-%')
  order by e.day desc, e.id limit {MAX_EFFECTS}"""
_UNTOLD = ("in force", "wording begins", "wording ended", "wording ended in part")
_DATES = "select event, provision, date, qualification from dates where document = ? order by date desc, event"
_UNLISTED = """select s.name, u.seen from unlisted u join sources s on s.id = u.source where u.document = ?
  order by u.seen desc, u.source"""
_CHANGE = """select c.kind, c.path, coalesce(nullif(c.occurred, ''), substr(c.seen, 1, 10)) as day, c.entry,
  coalesce((select heading from sections s where s.document = c.document and s.path = c.path and heading <> '' limit 1),
    '') as heading
  from changes c where c.document = :document and c.cause = 'source' and c.significance <> 'editorial'
    and c.kind not in ('new', 'note') and (:path = '' or c.path = :path or c.path like :path || '-%')
  order by day desc, c.position limit 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What did something: the law, held or not (``id`` is empty then), and its provision."""

    id: str
    title: str
    provision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How something stands.

    ``words`` are "In force", "Not in force", "Repealed" and the like, empty for what is neither; ``day`` since or from
    when, by ``cause``. ``is_ahead``: the day is to come.
    """

    words: str
    day: str = ""
    cause: Cause | None = None
    is_ahead: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change: what it was, its day, what did it, and the entry that tells it; what is not known is empty."""

    words: str
    day: str
    cause: Cause | None
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultState:
    """How a result stands: its state, its last change, the version shown, other dates of it, and what lags behind.

    ``unlisted`` are the complete lists that do not name it any more: ``name``, ``seen``.
    """

    state: State | None
    changed: Change | None
    version: str
    version_day: str
    dates: Sequence[Row]
    stale: str
    unlisted: Sequence[Row]


def standing(connection: Connection, document: Mapping[str, Any], path: str, status: str) -> ResultState:
    """Return how a document stands, or a provision of it, by its path and its own status."""
    clock = str(row(connection, "select substr(value, 1, 10) as day from about where key = 'clock'")["day"])  # type: ignore[index]
    is_law = document["kind"] in _LAW
    own_path, path = path, without_extent(path)[0]
    if is_law and not provision(path):
        # Its title and preamble stand as the whole does.
        own_path = path = status = ""
    # "for Scotland": for which nation it has its words, which says nothing of how it stands.
    status = "" if status.startswith("for ") else status
    effects = _effects(connection, document["id"], path) if is_law and path else []
    dates = rows(connection, _DATES, [document["id"]])
    version = (
        row(connection, "select label, title, note, sections from versions where id = ?", [document["current"]]) or {}
    )
    is_guidance = document["kind"] in _GUIDANCE
    is_over = not ENDED.isdisjoint((status, document["status"]))
    stated = _stated(connection, document["id"], path, status, clock) if is_law and not is_over else None
    return ResultState(
        state=of_provision(document, path, status, effects, dates, clock, stated=stated),
        changed=_changed(connection, document["id"], own_path, effects, clock),
        version=version_number(connection, document, version) if is_guidance else version.get("label") or "",
        version_day=(document["updated"] or document["published"] or "") if is_guidance else "",
        dates=[date for date in dates if date["event"] not in _UNTOLD][:MAX_DATES],
        stale=_stale(connection, document["id"]),
        unlisted=rows(connection, _UNLISTED, [document["id"]]),
    )


def _stated(connection: Connection, document: str, path: str, status: str, clock: str) -> State | None:
    """Return how a law or a provision of it stands by the statements on its coming into force; None without any."""
    if not path:
        counted = in_force.counts(connection, document)
        if counted is None or counted["summary"] not in ("in parts", AT_LEAST):
            return None
        total = sum(counted[name] for name in ("in_force", "in_part", "not_yet", "not_stated"))
        named = named_in_force(connection, document, clock, counted["in_force"], total)
        return State(words="In force in part", note=f"{counted['in_force']:,} of {total:,} provisions in force{named}.")
    known = in_force.provision(connection, document, path, clock, is_prospective=status == "prospective")
    day = known.since or known.next
    step = next((step for step in known.steps if step.date == day), None) if day else None
    cause = None
    if step is not None and step.instrument not in ("", document):
        titles = in_force.titles(connection, [step.instrument])
        cause = Cause(
            id=step.instrument if step.instrument in titles else "",
            title=in_force.instrument(step, titles),
            provision=step.authority_provision,
        )
    match known.state:
        case "in force":
            latest = "at the latest" if known.is_latest else ""
            marks = "no longer marked as not in force in the publisher\u2019s text" if known.is_unmarked else ""
            note = "; ".join(filter(None, (latest, marks)))
            return State(words="In force", day=day, cause=cause, note=f"{note[:1].upper()}{note[1:]}." if note else "")
        case "in part":
            ahead = f"more of it from {in_words(known.next)}" if known.next else step.qualification if step else ""
            return State(words="In force in part", day=day, cause=cause, note=ahead)
        case "not yet" if day:
            return State(words="Not in force", day=day, cause=cause, is_ahead=True)
        case "not yet" if status != "prospective":
            return State(words="Not in force", note="No day appointed.")
        case _:
            return None


def of_provision(
    document: Mapping[str, Any], path: str, status: str, effects: Sequence[Row], dates: Sequence[Row], clock: str,
    *, stated: State | None = None,
) -> State | None:  # fmt: skip
    """Return how a document stands, or a provision of it; None where nobody says.

    ``stated`` is what the statements on its coming into force say; without it effects and dates count.
    """
    if document["availability"] in ("withdrawn", "gone"):
        words = "Withdrawn" if document["availability"] == "withdrawn" else "No longer found"
        return State(words=words, day=document["availability_since"] or "")
    if document["kind"] not in _LAW:
        return _from_column(document["in_force"], clock) or _stated_of(document, dates, clock)
    whole = [effect for effect in effects if _is_whole(effect, path)]
    ended = [effect for effect in whole if effect["type"].lower().startswith(_ENDED) and effect["applied"]]
    if status == "repealed" or (path and ended and not status):
        return _by("Repealed", _last(ended))
    if stated is not None:
        return stated
    begun = [effect for effect in whole if effect["type"].lower().startswith(_BEGINS)]
    if status == "prospective":
        days = [day for effect in begun for day in _DAY.findall(effect["in_force"]) if day > clock]
        return State(
            words="Not in force",
            day=min(days, default=""),
            is_ahead=bool(days),
            note="" if days else "No day appointed.",
        )
    return _begun(begun, clock) or _dated(dates, path, clock) or _of_document(document, path, status, clock)


def _stated_of(document: Mapping[str, Any], dates: Sequence[Row], clock: str) -> State | None:
    """Return how its publisher says that a consultation, bill or the like stands, with the day on which it closes."""
    if not document["status"] or document["kind"] == "news":
        return None
    closes = [date["date"][:10] for date in dates if date["event"] == "closes"]
    if document["status"] not in ("open", "closed") or len(closes) != 1:
        return State(words=document["status"][:1].upper() + document["status"][1:])
    if closes[0] < clock:
        return State(words="Closed", day=closes[0])
    return State(words="Open", day=closes[0], is_ahead=True)


def _is_whole(effect: Row, path: str) -> bool:
    """Whether an effect is on a provision as a whole, or on what holds it, and not on a part of it alone."""
    return any(relation(named, path) in ("same", "inside") for named in _paths(effect["affected_provision"]))


def _begun(effects: Sequence[Row], clock: str) -> State | None:
    """Return since when a provision is in force, by the effects that began it."""
    dated = sorted((days[0], effect) for effect in effects if (days := _DAY.findall(effect["in_force"])))
    if not dated:
        return None
    day, effect = dated[0]
    rest = _DAY.sub("", effect["in_force"]).strip(" ,;")
    rest = "the rest has no day yet" if rest == "prospective" else rest
    words = "In force in part" if rest else "In force"
    cause = _cause(effect)
    return State(words=words if day <= clock else "Not in force", day=day, cause=cause, is_ahead=day > clock, note=rest)


def _dated(dates: Sequence[Row], path: str, clock: str) -> State | None:
    """Return since when a provision or the whole is in force, by the dates that its publisher states."""
    begins = [
        date
        for date in dates
        if date["event"] in ("in force", "entry into force")
        and (not date["provision"] or (path and covers(_paths(date["provision"]), path)))
    ]
    if not begins:
        return None
    first = min(begins, key=lambda date: (not date["provision"], date["date"]))
    words = "In force" if first["date"] <= clock else "Not in force"
    qualified = first["qualification"]
    return State(words=words, day=first["date"], is_ahead=first["date"] > clock, note=qualified)


def _of_document(document: Mapping[str, Any], path: str, status: str, clock: str) -> State | None:
    known = status or document["status"]
    if known in ("repealed", "revoked", "expired", "no longer in force"):
        return State(words=known.capitalize())
    stated = _from_column(document["in_force"], clock)
    if stated is not None and not (path and stated.words == "In force in part"):
        return stated
    if document["status"] == "in force":
        return State(words="In force" if path else "In force in part" if stated else "In force")
    # Of which provisions a law is in force in part is not known from that.
    return (None if path else stated) or (State(words=known.capitalize()) if known else None)


def _from_column(in_force: str, clock: str) -> State | None:
    """Return what the column of the same name says: a date, in parts, not yet; None where it says nothing."""
    if _DAY.fullmatch(in_force):
        return State(words="In force" if in_force <= clock else "Not in force", day=in_force, is_ahead=in_force > clock)
    if in_force[:1].isdigit() and "/" in in_force:
        first, _, last = in_force.partition("/")
        return State(words="In force", day=last, note=f"Parts of it since {in_words(first)}.")
    part = State(words="In force in part")
    return {"in parts": part, AT_LEAST: part, "not yet": State(words="Not in force")}.get(in_force)


def _changed(connection: Connection, document: str, path: str, effects: Sequence[Row], clock: str) -> Change | None:
    """Return the last change of a document or provision, by what was seen and by the effects on it."""
    seen = row(connection, _CHANGE, {"document": document, "path": path})
    done = [
        (max(days), effect)
        for effect in effects
        if effect["applied"] and effect["nature"] in ("textual", "")
        and not effect["type"].lower().startswith(_BEGINS[:2])
        and (days := [day for day in _DAY.findall(effect["in_force"]) if day <= clock])
    ]  # fmt: skip
    day, effect = max(done, key=lambda pair: pair[0], default=("", None))
    if effect is not None and (seen is None or seen["day"] <= day):
        entry = seen["entry"] if seen is not None and seen["day"] == day else ""
        named = "" if _is_whole(effect, path) else f"{effect['affected_provision']} "
        return Change(words=f"{named}{effect['type']}", day=day, cause=_cause(effect), entry=entry or "")
    if seen is None:
        return None
    part = "" if seen["path"] == path else _in_words(seen["path"]) or seen["heading"] or "a part"
    named = f"\u201c{part}\u201d" if part and part == seen["heading"] else part
    words = " ".join(filter(None, (seen["kind"], named)))
    return Change(words=words, day=seen["day"], cause=None, entry=seen["entry"] or "")


def _in_words(path: str) -> str:
    """Return the path of a provision as it is written within a sentence: its letters are part of its number.

    >>> _in_words("section-12A"), _in_words("who-acts")
    ('section 12A', '')
    """
    named = provision(path)
    return named[:1].lower() + named[1:]


def _effects(connection: Connection, document: str, path: str) -> list[Row]:
    """Return the effects on a provision, or on what holds it."""
    number = path.partition("-")[2].partition("-")[0]
    stated = rows(connection, _EFFECTS, {"document": document, "number": number})
    return [effect for effect in stated if covers(_paths(effect["affected_provision"]), path)]


def _paths(stated: str) -> list[str]:
    """Return the paths of a provision as effects and dates name it: s. 45, section 45, Art. 8."""
    return affected(stated) or [re.sub(r"[^0-9A-Za-z]+", "-", stated).strip("-").lower() or "-"]


def _last(effects: Iterable[Row]) -> tuple[str, Row | None]:
    dated = [(max(_DAY.findall(effect["in_force"]), default=""), effect) for effect in effects]
    return max(dated, key=lambda pair: pair[0], default=("", None))


def _by(words: str, last: tuple[str, Row | None]) -> State:
    day, effect = last
    return State(words=words, day=day, cause=None if effect is None else _cause(effect))


def _cause(effect: Row) -> Cause:
    return Cause(id=effect["held"] or "", title=called(effect["title"]), provision=effect["affecting_provision"])


def _stale(connection: Connection, document: str) -> str:
    """Return the laws that a document of the toolkit names and that changed since its date, as JSON; empty if none."""
    held = row(connection, "select stale from resources where document = ? and stale <> '[]' limit 1", [document])
    return held["stale"] if held else ""
