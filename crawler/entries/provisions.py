"""Provisions in words: what they are called, and what happened to them."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from crawler.changes.law import rank
from crawler.changes.marks import NOTE
from crawler.changes.reasons import PROSPECTIVE
from crawler.entries import short_edits, word_limits
from crawler.entries.numbered import ONCE, numbered, together
from crawler.entries.order import BESIDE, is_of_files, position
from crawler.entries.templates import Sentence, capital, chain, name_list, say, source, structure
from crawler.entries.word_limits import words
from crawler.identifiers.chapters import chapter, crossheading
from crawler.store import Row
from crawler.text import slug
from crawler.wording import OF_PROVISIONS

NAMED = 3
"""Most provisions that a summary names one by one."""
TRIED = 30
"""Most changes that are looked at for one that is short enough to be told in its words."""
SENTENCE = 30
"""Most words of one sentence about provisions, as long as one fits."""

MAX_TITLE_WORDS, MAX_TITLE_CHARACTERS = 8, 80
"""Most of the title of an attachment before what changed in it: the entry is about that."""
UNHEADED = "introduction"
"""The path of what stands before the first heading."""
OPENING_CHANGED = say("full stop", text=capital(say("happened", named=say("opening"), verb=say("changed verb"))))
"""What is told of a page of which what stands before its first heading changed, in no words."""
ENDS = ("omitted", "repealed", "revoked", "replaced")
"""Verbs of what is no longer there: its words say nothing more."""
HOLDING = ("division", "crossheading")
"""What holds provisions and is none."""
_VERBS = {"removed": "removed", "omitted": "omitted", "changed": "changed verb", "moved": "moved"}


Parts = Callable[[Sequence[Row]], Sequence[Sentence]]
"""Gives what happened to some provisions, as parts of a sentence."""
Attribute = Callable[[Sequence[Row], Parts], Iterable[Sentence]]
"""Gives sentences on provisions by what changed them."""


def sentences(rows: Sequence[Row], root: str, quoted: int = 0, attribute: Attribute | None = None) -> list[Sentence]:
    """Return what happened to the provisions of a family, those of its top first, then by attachment.

    Such as "Section 45(1) changed; section 12A inserted." ``quoted`` is how many short changes are told in their words;
    ``attribute`` says of those of the top by what they came about.
    """
    told = [row for row in rows if row["kind"] in OF_PROVISIONS]
    # Beside what matters nobody reads which parts have only another number or place.
    files = [row for row in told if is_of_files(row)]
    told = [row for row in told if row["significance"] != "editorial"] or told
    files = [row for row in files if row not in told]
    told = of_provisions(told) if any(row.get("law") for row in told) else told
    told = sorted([row for row in told if position(row) != BESIDE] or told, key=position)
    in_words: dict[str, Sentence] = {}
    for row in sorted((row for row in told if row["verb"] not in ENDS), key=_rank)[:TRIED]:
        if len(in_words) < quoted and (said := short_edits.short(row, name(row))):
            in_words[row["id"]] = said
    # That what stands before the first heading changed says little: the parts that readers look for come first.
    opening = [row for row in told if _is_opening(row, root) and row["id"] not in in_words]
    opening = opening if len(opening) < len(told) else []
    told = [row for row in told if row not in opening]
    of_top = [row for row in told if row["document"] == root]
    if attribute is None:
        found = _sentences(of_top, in_words)
    else:
        found = list(attribute(of_top, lambda some: _parts(some, in_words)))
    for document in dict.fromkeys(row["document"] for row in told if row["document"] != root):
        of_child = [row for row in told if row["document"] == document]
        title = source(word_limits.cut(of_child[0]["document_title"], MAX_TITLE_WORDS, MAX_TITLE_CHARACTERS))
        found += [say("of attachment", title=title, text=text) for text in _sentences(of_child, in_words)]
    if files:
        found.append(say("files too", named=name_list(_names(files), NAMED)))
    return [*found, *_sentences(opening, in_words)]


def _is_opening(row: Row, root: str) -> bool:
    is_its = row["path"] == UNHEADED and row["document"] == root and not row["heading"]
    return bool(is_its and row["kind"] == "changed" and not row.get("law"))


def _parts(rows: Sequence[Row], in_words: Mapping[str, Sentence]) -> list[Sentence]:
    parts: list[Sentence] = []
    for kind in OF_PROVISIONS:
        alike = [row for row in rows if _told_as(row) == kind]
        parts += [in_words[row["id"]] for row in alike if row["id"] in in_words]
        of_kind = [row for row in alike if row["id"] not in in_words]
        parts += _renumbered(of_kind) if kind == "renumbered" else _happened(of_kind)
    return parts


def _told_as(row: Row) -> str:
    """Return the kind of change as which one is told: a part of a provision that is gone stands with those that are."""
    return "omitted" if row["verb"] in ENDS else str(row["kind"])


def _sentences(rows: Sequence[Row], in_words: Mapping[str, Sentence]) -> list[Sentence]:
    found: list[list[Sentence]] = []
    for part in _parts(rows, in_words):
        if found and sum(words(str(each)) for each in (*found[-1], part)) <= SENTENCE:
            found[-1].append(part)
        else:
            found.append([part])
    return [say("full stop", text=capital(chain("semicolon", each))) for each in found]


def of_provisions(rows: Sequence[Row]) -> list[Row]:
    """Return changes of a law without those of parts, crossheadings and footnotes, which are no provisions, if any are.

    A part that is told for all that stands in it stays. In acts of the EU a section holds articles.
    """
    return [row for row in rows if row.get("whole") or (not _holds(row) and NOTE not in row["path"])] or list(rows)


def _holds(row: Row) -> bool:
    return rank(row["path"], eu=str(row["document"]).startswith("celex:")) in HOLDING


def weightiest(rows: Sequence[Row], most: int) -> list[Row]:
    """Return changes with those first, in their order, that must not be missed: so many in which a fact changed."""
    chosen = set(sorted(range(len(rows)), key=lambda place: _rank(rows[place]))[:most])
    return [row for _, row in sorted(enumerate(rows), key=lambda each: each[0] not in chosen)]


_VERSION = re.compile(r"(?:version|published|updated|last updated|date)\b[\s\d./v:]*(?:\w+ \d{4})?", re.IGNORECASE)
"""A heading that only says which version this is, or of when."""


def _rank(row: Row) -> int:
    if row["significance"] == "editorial":
        return len(short_edits.RANKS) + 2
    if _VERSION.fullmatch(str(row["heading"] or "")):
        return len(short_edits.RANKS) + 1
    return short_edits.rank(json.loads(row["flags"]))


def _happened(rows: Sequence[Row]) -> Iterator[Sentence]:
    """Yield what happened, provisions that share a fate together."""
    fates: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        fates.setdefault(_fate(row), []).append(row)
    for (verb, before, after), alike in fates.items():
        named = _names(_in_order(alike))
        all_of_them = together(named, NAMED, "others") if alike[0].get("law") else name_list(named, NAMED)
        being = say("are now" if len(named) > 1 else "is now", state=status(before, after)) if before or after else None
        if verb.startswith("words "):
            yield say("words in", verb=say(verb), named=all_of_them)
        elif verb == "heading changed":
            yield say("heading of", named=all_of_them)
        elif verb and being:
            yield say("happened and is", named=all_of_them, verb=say(verb), state=being)
        else:
            yield say("happened", named=all_of_them, verb=being or say(verb))


def _names(rows: Iterable[Row]) -> list[Sentence]:
    return list({str(called): called for called in map(name, rows)}.values())


def _in_order(alike: Sequence[Row]) -> list[Row]:
    """Return changes of one fate with those first that must not be missed; what came or went whole, as it stands.

    Of those whole provisions come before parts of any.
    """
    is_whole = alike[0].get("law") and alike[0]["verb"] in (*ENDS, "inserted", "substituted")
    return sorted(alike, key=lambda row: "part" in row) if is_whole else weightiest(alike, NAMED)


def _fate(row: Row) -> tuple[str, str, str]:
    """Return the template of a participle, and the legal status before and after where that changed.

    The participle is empty where only the status changed.
    """
    kind = row["kind"]
    if kind == "added":
        # A law is amended by inserting; guidance gets a new part.
        ahead = str(row["status_after"]) if row["status_after"] == PROSPECTIVE else ""
        return row["verb"] or ("inserted" if row["law"] else "added"), "", ahead
    if kind == "changed" and row["status_before"] != row["status_after"]:
        return "changed verb" if row["words"] != "[]" else "", row["status_before"], row["status_after"]
    if row["verb"] == "heading changed" and is_all_heading(row):
        return "changed verb", "", ""
    return row["verb"] or _VERBS[kind], "", ""


def is_all_heading(row: Row) -> bool:
    """Whether what has another heading is one, as a crossheading is, or has none that readers know as such."""
    return row["path"] in ONCE or bool(crossheading(row["path"], "x"))


def status(before: str, after: str) -> Sentence:
    """Return what a provision is now that its status changed.

    Of a provision that lost a status the publisher says nothing more. Only of one that was prospective that means that
    it is in force now.

    >>> str(status("prospective", "")), str(status("prospective", "repealed")), str(status("repealed", ""))
    ('now shown as in force (before: not yet)', 'now repealed', 'no longer repealed')
    >>> str(status("", "prospective")), str(status("", "repealed")), str(status("not valid", ""))
    ('now shown as prospective (not yet in force)', 'now repealed', 'valid again')
    """
    match before, after:
        case "prospective", "":
            return say("state in force")
        case "not valid", "":
            return say("state valid")
        case _, "":
            return say("state was", before=structure(before))
        case "", "prospective":
            return say("state prospective")
        case "" | "prospective", _:
            return say("state now", after=structure(after))
    return say("state was, now", before=structure(before), after=structure(after))


def _renumbered(rows: Sequence[Row]) -> list[Sentence]:
    """Return from what to what provisions were renumbered, the first few one by one."""
    told = []
    for row in rows:
        old, new = name_before(row), name(row)
        headed = not _number(row["path_before"], row["heading_before"]) and not _number(row["path"], row["heading"])
        how = "renumbered alone" if old == new else "headed" if headed else "renumbered"
        text = say(how, name=new) if old == new else say(how, old=old, new=new)
        # The words of one that has another heading hold that, too.
        changed = row["before"] != row["after"] if how == "headed" else row["words"] != "[]"
        told.append(say("renumbered, changed", renumbered=text) if changed else text)
    more = len(told) - NAMED
    return [*told[:NAMED], say("more renumbered", count=structure(more))] if more > 1 else told


def name_before(row: Row) -> Sentence:
    """Return what a provision was called before it was renumbered."""
    return name({"path": row["path_before"], "heading": row["heading_before"]})


def name(row: Row) -> Sentence:
    """Return a provision for readers: its number with the kind of provision, or its heading.

    >>> str(name({"path": "section-45-1-a", "heading": "Defence for victims"}))
    'section 45(1)(a)'
    >>> [str(name({"path": path, "heading": ""})) for path in ("schedule-1-part-2-paragraph-3-a", "note-1")]
    ['schedule 1 part 2 paragraph 3(a)', 'explanatory note (1)']
    >>> str(name({"path": "section-2-of-the-act", "heading": "Section 2 of the Act"}))
    '“Section 2 of the Act”'
    >>> str(name({"path": "annex-f-legal-aid", "heading": "Legal aid"}))
    '“Legal aid” (annex F)'
    >>> str(name({"path": "section-4", "heading": "Grants", "status_after": "for England and Wales"}))
    'section 4 for England and Wales'
    >>> str(name({"path": "part-2-crossheading-grants", "heading": "Grants"}))
    'the cross-heading “Grants”'
    """
    path, heading = str(row["path"]), str(row["heading"] or "")
    if over := crossheading(path, heading):
        return say("crossheading", heading=source(over))
    if heading and not row.get("law", True) and slug(heading) == slug(str(row.get("document_title") or "")):
        return say("under title")
    if path == UNHEADED and not heading and not row.get("law", True):
        return say("opening")
    if number := _number(path, heading):
        number += f" {extent}" if (extent := str(row.get("status_after", ""))).startswith("for ") else ""
        if heading and number.startswith("chapter ") and not row.get("law", True):
            return say("quoted in", heading=source(heading), place=structure(number))
        return structure(number)
    if not heading:
        return structure(path.replace("-", " "))
    if (place := chapter(path)) and not path.startswith(slug(heading)):
        return say("quoted in", heading=source(heading), place=structure(place))
    return say("quoted", heading=source(heading))


def _number(path: str, heading: str) -> str:
    """Return the number by which a provision is called, the empty text for one that is called by its heading."""
    named = heading and slug(heading) in (path, re.sub(r"-\d+$", "", path))
    return "" if named else numbered(path)
