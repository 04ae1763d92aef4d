"""What an effect reaches, and from when: the provisions that it names as paths, and its days in force.

Source: https://github.com/legislation/data-documentation (model/effects.md).
"""

import json
import re
from collections.abc import Iterator
from itertools import islice

from crawler.identifiers import affected
from crawler.identifiers.affected_provisions import CROSSHEADING, WHOLE
from crawler.protocols.legislation.names import BY_NAME, address, day
from crawler.protocols.legislation.tree import UKM, Element, name_of, words
from crawler.text import clean

MAX_GROUP_PROVISIONS = 60
"""Most provisions under one crossheading that are looked through for the first."""
_WHOLES = re.compile(
    r"(?:the )?(?:whole )?(?:act|order|regulations|rules|instrument|measure|scheme|directive|regulation)", re.I
)
_HEADING = re.compile(r"(?P<and>\band )?\b(?P<cross>cross-?)?(?:headings?|title)$", re.IGNORECASE)
_HOLDER = re.compile(r"(?:schedule|annex)(?:-(?!paragraph|part)\w+)?")
_UNNUMBERED = re.compile(r"section|article|regulation|rule|paragraph")
_INNER_SCHEDULE = re.compile(r"(?<=-)schedule(?:-|$)")
_ENDS_PROSPECT = re.compile(r"wholly in force|(?:in force )?(?:in )?so far as not already in force")
_NOTES = ("Comments", "Notes", "AppendedCommentary", "TypeNotes")


def item(element: Element, side: str) -> str:
    """Return the id of the instrument on a side (Affected, Affecting, Commencing), empty where none is named."""
    known = address(element.get(f"{side}URI") or "")
    if known:
        return known.item
    kind = BY_NAME.get(element.get(f"{side}Class") or "")
    year, number = element.get(f"{side}Year") or "", element.get(f"{side}Number") or ""
    made = address(f"/{kind.code}/{year}/{number}") if kind else None
    return made.item if made else ""


def printed(element: Element, name: str) -> str:
    """Return provisions as they are printed: those of an attribute, else the words of the child of the same name."""
    return clean(element.get(name) or "") or words(element.find(f"{UKM}{name}"))


def title(element: Element, side: str) -> str:
    """Return the English title of the instrument on a side, or the first; it may come several times."""
    return next((text for each in element.iterfind(f"{UKM}{side}Title") if (text := words(each))), "")


def paths(element: Element, name: str) -> list[str]:
    """Return the provisions that a child names, as paths; none where neither its addresses nor its words tell.

    A range is ``first..last``, a whole instrument ``whole``, a heading ``section-1-heading``, the crossheading that
    begins with section 1 ``crossheading:section-1``. The address of a provision that is missing, or of which the
    nearest that exists was found, is the one that the effect means. Of a schedule and a paragraph in it the paragraph
    is meant. Where the publisher gives for words about a heading the address of a crossheading, the words tell.
    """
    listed = element.find(f"{UKM}{name}")
    named: list[str] = []
    for child in () if listed is None else listed:
        if name_of(child) in ("Section", "SectionRange"):
            named += _of_child(child, named)
    if not named:
        stated = printed(element, name)
        return [WHOLE] if _WHOLES.fullmatch(stated) else affected(stated)
    meant = [path for place, path in enumerate(named) if not _is_holder(path, named[place + 1 : place + 2])]
    return list(dict.fromkeys(meant))


def _of_child(child: Element, before: list[str]) -> list[str]:
    """Return the paths that one child names; ``before`` are those of the children before it."""
    text = clean("".join(map(str, child.itertext())) + (child.tail or ""))
    first = _mended(_named(child, "URI", "Ref", "Start"), before)
    last = _mended(_named(child, "UpTo", "End"), before)
    in_words = [WHOLE] if _WHOLES.fullmatch(text) else affected(text)
    if not first or "crossheading-" in first + last or _UNNUMBERED.fullmatch(first):
        return in_words
    path = f"{first}..{last}" if last not in ("", first) else first
    if not last and len(in_words) == 1 and ".." in in_words[0]:
        path = "..".join(_mended(end, before) for end in in_words[0].split(".."))
    behind = _HEADING.search(text)
    if behind is None:
        return [path]
    if behind["cross"]:
        kind, group = first.partition("-")[0], [first]
        for named in islice(reversed(before), MAX_GROUP_PROVISIONS):
            if named.partition("-")[0] != kind or _is_holder(named, [first]):
                break
            group.append(named.partition("..")[0])
        return [*([path] if behind["and"] else []), f"{CROSSHEADING}{group[-1]}"]
    return [path if behind["and"] else f"{path}-heading"]


def _named(child: Element, name: str, *instead: str) -> str:
    """Return the provision that an address names, else what stands instead of one."""
    known = address(child.get(name) or "")
    return known.provision.replace("/", "-") if known else next(filter(None, map(child.get, instead)), "")


def _mended(ref: str, before: list[str]) -> str:
    """Return a reference with the schedule that the publisher left out, or without the section that holds none."""
    ref = clean(ref)
    if ref.startswith("paragraph-") and before:
        holder = _HOLDER.match(before[-1].removeprefix(CROSSHEADING))
        return f"{holder.group()}-{ref}" if holder else ref
    inside = _INNER_SCHEDULE.search(ref)
    return ref[inside.start() :] if inside and not ref.startswith("schedule") else ref


def _is_holder(path: str, following: list[str]) -> bool:
    """Whether a path is only what holds the one behind it: a schedule, part or annex before its paragraph."""
    return path.split("-")[0] in ("schedule", "part", "chapter", "annex") and any(
        each.removeprefix(CROSSHEADING).startswith(f"{path}-") and each != f"{path}-heading" for each in following
    )


def in_force(element: Element) -> list[dict[str, str]]:
    """Return the days from which an effect is in force, those without a day last; only what is stated.

    The names are ``date`` (a day, or the word prospective), ``qualification`` in the publisher's words, ``instrument``
    that commences it with its ``provision`` and ``savings``, ``applied`` (true or false) and ``note``. *Prospective* is
    history where a dated entry says that the whole, or the rest, is in force.
    """
    entries = [entry for each in element.iterfind(f"{UKM}InForceDates/{UKM}InForce") if (entry := _entry(each))]
    if any(entry["date"] != PROSPECTIVE and is_rest(entry.get("qualification", "")) for entry in entries):
        entries = [entry for entry in entries if entry["date"] != PROSPECTIVE]
    return sorted(entries, key=lambda entry: (entry["date"], entry.get("qualification", "")))


PROSPECTIVE = "prospective"


def is_rest(qualification: str) -> bool:
    """Whether a qualification says that with this day nothing is left to come.

    >>> is_rest("wholly in force"), is_rest("for E. in so far as not already in force"), is_rest("")
    (True, False, False)
    """
    return bool(_ENDS_PROSPECT.fullmatch(qualification.lower()))


def _entry(element: Element) -> dict[str, str]:
    date = day(element.get("Date")) or (PROSPECTIVE if element.get("Prospective") == "true" else "")
    qualification, other = (clean(element.get(name) or "") for name in ("Qualification", "OtherQualification"))
    stated = {
        "date": date,
        "qualification": other if qualification in ("", "Other") else f"{qualification} {other}".strip(),
        "instrument": item(element, "Commencing"),
        "provision": printed(element, "CommencingProvisions"),
        "savings": printed(element, "CommencingSavings"),
        "applied": clean(element.get("Applied") or "").lower(),
        "note": comments(element),
    }
    return {name: value for name, value in stated.items() if value or name == "date"} if date else {}


def comments(element: Element) -> str:
    """Return what the editors note at an effect or at one of its days."""
    return "; ".join(dict.fromkeys(note for name in _NOTES if (note := clean(element.get(name) or ""))))


def commenced(element: Element) -> Iterator[str]:
    """Yield the ids of the Acts that a commencement order is about."""
    for each in element.iterfind(f"{UKM}Commenced/{UKM}Citation"):
        known = address(each.get("URI") or "")
        if known:
            yield known.item


def as_text(values: list[str] | list[dict[str, str]]) -> str:
    """Return values as JSON, as statements carry them."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
