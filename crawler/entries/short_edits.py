"""Short changes of a wording in their words: which few became which."""

import json
import re
from collections.abc import Collection, Sequence

from crawler.bodies import naming
from crawler.changes import listings
from crawler.changes.edit_location import Edit, edits
from crawler.changes.facts import facts
from crawler.changes.significance import TARGET
from crawler.changes.words import words as aligned
from crawler.entries.link_edits import line_of, of_link
from crawler.entries.templates import Sentence, name_list, say, source
from crawler.entries.title_words import HANGING
from crawler.entries.word_limits import LETTERS, cut, words
from crawler.model import Word
from crawler.store import Row
from crawler.text import abridged, canonical

MAX_SHORT_WORDS = 12
"""Most words on either side of a change that is told in its words."""
MAX_TURNING_WORDS = 25
"""Most words on either side of one that turns an instruction round, where none is short."""
AROUND = 80
"""Characters read on each side for the rest of a figure: "14" became "5 working" of days."""
MAX_EDITS_TOLD = 2
"""Most edits of one provision that are told, where they lie far from one another."""
MAX_EDITS_READ = 20
"""Most edits of one provision that are looked at."""
RANKS = (
    frozenset({"negation", "duty word"}), frozenset({"money", "time limit", "contact", "link", "form"}),
    frozenset({"date", "version number"}),
)  # fmt: skip
"""Flags of facts for which an edit is picked out of many: what turns an instruction round first, a mere date last."""
ROOM = 200
"""Most characters of a longer edit that are told on both sides; of one with more, only what stands there now."""
_NOTICE = re.compile(
    r"\b(?:superseded|withdrawn|replaced by|no longer|correct(?:ed|ions?)|errat(?:um|a)|in error|out of date)\b",
    re.IGNORECASE,
)
"""Words of a sentence that says of a text that it is not as it was, or not to be used any more."""
_SENTENCE_END = re.compile(r"[.?!][\u201d\u2019\")]?$")
_CLAUSE_END = re.compile(r"[.,;:?!](?=\s|$)|\n")
MAX_WORDS_WITH_CONTEXT = 4
"""Most words put in or taken out that are told with the word before and the word after: "not" alone says little."""
_NAME = re.compile(r"\s*[A-Z][\w'\u2019&-]*(?:\s+(?:(?:of|for|the|and|&)\s+)?[A-Z][\w'\u2019&-]*)+[,;.]?\s*")
"""A name, which says enough by itself."""
MIN_ITEMS = 2
"""Fewest lines of a text that is a list."""
MAX_ITEMS = 4
"""Most of its lines that are told as put in or taken out."""
MIN_CALLED = 2
"""Fewest words of the first cell of a row that is called by it, such as a number of a document."""
BRIEF, ROOM_ADDED = 40, 320
"""Most words and characters of a new part, or of sentences put in or taken out, of which is told what they say."""
_ADDRESSED = re.compile(r"\s*\((?:[\w-]+\.)+[a-z]{2,}(?:/[^\s()]*)?\)", re.IGNORECASE)
_SAID = re.compile(r"\S*\w\S*")
_SAID_WORD = re.compile(r"\w\S*\w|\w")
_LAST, _FIRST = re.compile(r"(?:[^\W_]*[^\S\n]*[^\n]|\n)\Z"), re.compile(r"\A(?:[^\n][^\S\n]*[^\W_]*|\n)")
"""The last word before an edit and the first behind it, on the line of its own first or last character."""


def short(row: Row, named: Sentence) -> Sentence | None:
    """Return what became of a few words of a provision, None where they are many, or only their form changed.

    Of several edits that lie far from one another, two are told; of many, the two with the weightiest facts.
    """
    if row["kind"] == "added" and not row.get("law") and row["significance"] != "editorial":
        return _added(row, named)
    if row["kind"] != "changed" or row["significance"] == "editorial" or row["status_before"] != row["status_after"]:
        return None
    if (listed := _listed(row, named) or _items(row, named)) is not None:
        return listed
    shown = _shown(row)
    before = "".join(word.text for word in shown if word.op != "+")
    after = "".join(word.text for word in shown if word.op != "-")
    found = list(edits(shown))
    inside = [each for each in found if not _is_of_heading(row, before, after, each)]
    if found and not inside:
        return say("headed", old=_quoted(str(row["heading_before"])), new=_quoted(str(row["heading"])))
    found = inside
    edit = None if _is_over_lines(before, after, found) else _words(before, after, found)
    if (whole := _standing(row, before, edit)) is not None:
        linked = of_link(*whole, line_of(before, after, found[0]))
        return _one(*whole, named) if linked is None else say("changed, edits", named=named, edits=linked)
    told: dict[tuple[str, str] | None, Edit] = {}
    for each in found[:MAX_EDITS_READ]:
        told.setdefault(_standing(row, before, _words(before, after, [each])), each)
    if (stated := _sentences(row, before, after, found)) is not None:
        return say("changed, edits" if len(found) == 1 else "changed, among others", named=named, edits=stated)
    said = {one: _edit(*one, line_of(before, after, each)) for one, each in told.items() if one is not None}
    if said and len(told) <= MAX_EDITS_TOLD and None not in told:
        return say("changed, edits", named=named, edits=name_list(list(said.values()), MAX_EDITS_TOLD))
    ranked = [(rank(_facts_changed(*one)), place, text) for place, (one, text) in enumerate(said.items())]
    weighty = sorted((one for one in ranked if one[0] < len(RANKS)), key=lambda one: one[:2])[:MAX_EDITS_TOLD]
    if not weighty:
        turned = next(filter(None, (_turned(row, before, after, edit) for edit in found[:MAX_EDITS_READ])), None)
        return None if turned is None else say("changed, among others", named=named, edits=turned)
    telling = [text for _, _, text in sorted(weighty, key=lambda one: one[1])]
    return say("changed, among others", named=named, edits=name_list(telling, MAX_EDITS_TOLD))


def _shown(row: Row) -> Sequence[Word]:
    """Return the words of a change; of a line whose former words moved to another part, with these as taken out."""
    shown = [Word(op=op, text=text) for op, text in json.loads(row["words"])]
    before, after = str(row["before"] or ""), str(row["after"] or "")
    is_line = "\n" not in before + after and max(len(before), len(after)) <= ROOM
    is_moved = not any(word.op == "-" for word in shown) and not set(before.split()) <= set(after.split())
    return aligned(before, after) if is_line and is_moved else shown


def _is_of_heading(row: Row, before: str, after: str, edit: Edit) -> bool:
    """Whether an edit of guidance stands in the line of its heading, which is another one now."""
    old, new = str(row.get("heading_before") or ""), str(row["heading"] or "")
    if row.get("law") or not old or not new or canonical(old) == canonical(new):
        return False
    lines = before.partition("\n")[0], after.partition("\n")[0]
    is_headed = all(canonical(line).endswith(canonical(head)) for line, head in zip(lines, (old, new), strict=True))
    return is_headed and edit.before <= len(lines[0]) and edit.after <= len(lines[1])


def _added(row: Row, named: Sentence) -> Sentence | None:
    """Return what a short new part says, None for a long one."""
    shown = json.loads(row["words"])
    text = "".join(text for op, text in shown if op == "+") or str(row["after"] or "")
    if shown and shown[-1][0] == "=" and _SAID.search(shown[-1][1]) and not _CLAUSE_END.search(text.rstrip()[-1:]):
        text = f"{HANGING.sub('', text.rstrip())} \u2026"  # The rest of the sentence stood elsewhere, too.
    lines = [line.strip() for line in text.split("\n")]
    text = _in_one([line for line in lines if line and canonical(line) != canonical(str(row["heading"] or ""))])
    if not _SAID.search(text) or words(text) > BRIEF:
        return None
    return say("added, saying", named=named, after=source(abridged(text, BRIEF, ROOM_ADDED).rstrip(".")))


def _in_one(lines: Sequence[str]) -> str:
    """Return lines in one, rows of a table with commas between their cells and semicolons between the rows.

    >>> _in_one(["Fees differ.", "Students | Fee", "Up to 50 | £536", "Others pay more."])
    'Fees differ. Students, Fee; Up to 50, £536; Others pay more.'
    """
    joined = "".join(f"{line}{';' if ' | ' in line else ''} " for line in lines).rstrip("; ")
    return joined.replace(" | ", ", ")


def _sentences(row: Row, before: str, after: str, found: Sequence[Edit]) -> Sentence | None:
    """Return whole sentences that alone were put in or taken out; among other edits those that are a notice alone."""
    if row.get("law"):
        return None
    for edit in found[:MAX_EDITS_READ]:
        old, new = edit.deleted.strip(), edit.inserted.strip()
        text, place = (after, edit.after) if new else (before, edit.before)
        begins = text[:place].rstrip(" ")
        is_whole = not begins or begins.endswith("\n") or _SENTENCE_END.search(begins)
        said = " ".join((new or old).split())
        if bool(old) == bool(new) or not is_whole or not _SENTENCE_END.search(said) or "\n" in (new or old):
            continue
        is_told = len(found) == 1 or (bool(new) and _NOTICE.search(said))
        if is_told and MAX_SHORT_WORDS < words(said) <= BRIEF and len(said) <= ROOM_ADDED:
            return _edit(*(("", said) if new else (said, "")))
    return None


def _turned(row: Row, before: str, after: str, edit: Edit) -> Sentence | None:
    """Return a longer edit that turns an instruction round: what must be done now, or not any more."""
    whole = _standing(row, before, _words(before, after, [edit], MAX_TURNING_WORDS, 2 * LETTERS))
    if not whole or rank(_facts_changed(*whole)) != 0:
        return None
    old, new = whole
    if old and new:
        old += _to_the_end(before, edit.before + len(edit.deleted))
        new += _to_the_end(after, edit.after + len(edit.inserted))
    if old and new and len(old) + len(new) > ROOM:
        return say("edit now says", after=source(new), before=source(cut(old, 2 * MAX_WORDS_WITH_CONTEXT)))
    return _edit(old, new)


def _to_the_end(text: str, place: int) -> str:
    """Return the rest of the clause that goes on at a place, cut where a list follows; empty where it is long."""
    end = _CLAUSE_END.search(text, place)
    rest = text[place : end.start()] if end else ""
    if (
        not end
        or not 0 < words(rest) <= MAX_WORDS_WITH_CONTEXT
        or not any(map(str.isspace, text[place - 1 : place + 1]))
    ):
        return ""
    return f" {rest.strip()}" + (": \u2026" if end[0] == ":" else "")


def _listed(row: Row, named: Sentence) -> Sentence | None:
    """Return which entry a list of other pages has now; None where more than one came, or none but its link.

    What left a list of documents is told, too, by :func:`_items`.
    """
    heading, before, after = (str(row[name] or "") for name in ("heading", "before", "after"))
    if listings.lists_documents(heading) or not all(listings.is_list(heading, text) for text in (before, after)):
        return None
    old, new = ([_unlinked(line) for line in text.split("\n")] for text in (before, after))
    come = [line for line in new if line not in old and _SAID.search(line)]
    if len(come) != 1:
        return None
    return say("now lists", named=named, after=source(abridged(_trimmed(come[0]), BRIEF, ROOM_ADDED)))


def _unlinked(line: str) -> str:
    return _unlabelled(_ADDRESSED.sub("", TARGET.sub("", line))).strip()


def _items(row: Row, named: Sentence) -> Sentence | None:
    """Return which few lines of a list were put in or taken out, None where another thing changed.

    Words of one item stand against those of another in an alignment of the whole, as if one had become the other.
    An item of which no word is told as taken out only slid off its list.
    """
    texts = [str(row[side] or "") for side in ("before", "after")]
    is_of_documents = listings.lists_documents(str(row["heading"] or ""))
    sides = [listings.titles(text) if is_of_documents else text.split("\n") for text in texts]
    old, new = ([item for line in lines if (item := _unlinked(line))] for lines in sides)
    deleted = {word for op, text in json.loads(row["words"]) if op == "-" for word in _SAID_WORD.findall(text)}
    gone = [one for one in old if one not in new and not deleted.isdisjoint(_SAID_WORD.findall(one))]
    come = [one for one in new if one not in old]
    if min(len(old), len(new)) < (1 if is_of_documents else MIN_ITEMS) or not 0 < len(gone) + len(come) <= MAX_ITEMS:
        return None
    if any(listings.is_reworded(one, other) for one in gone for other in come):
        return None
    gone, come = ([_called(one) for one in side] for side in (gone, come))
    if not all((*gone, *come)) or set(gone) & set(come):
        return None
    found = [
        say(f"{one}, several", **{side: name_list([_quoted(each) for each in items], MAX_ITEMS)})
        if len(items) > 1
        else say(one, **{side: source(items[0])})
        for one, side, items in (("edit taken out", "before", gone), ("edit put in", "after", come))
        if items
    ]
    return say("changed, edits", named=named, edits=name_list(found, MAX_EDITS_TOLD))


def _called(item: str) -> str:
    """Return by what an entry of a list is called: whole where it is short, a row of a table by its first cells."""
    called, *cells = (cell.strip() for cell in item.split(" | "))
    for cell in cells:
        if words(called) >= MIN_CALLED and any(map(str.isdigit, called)):
            break
        called = f"{called} | {cell}"
    return called if words(called) <= MAX_SHORT_WORDS and len(called) <= LETTERS else ""


def _quoted(text: str) -> Sentence:
    return say("quoted", heading=source(text))


def rank(flags: Collection[str]) -> int:
    """Return the place of what has some flags among what must not be missed, from 0, which is first.

    >>> rank(["date", "negation"]), rank(["date"]), rank(["list"])
    (0, 2, 3)
    """
    return next((place for place, known in enumerate(RANKS) if not known.isdisjoint(flags)), len(RANKS))


def _is_over_lines(before: str, after: str, found: Sequence[Edit]) -> bool:
    """Whether words that stayed stand between edits in different lines, as between two entries of a list."""
    if len(found) < 2:
        return False
    old, new = _spans(found)
    return "\n" in before[slice(*old)] or "\n" in after[slice(*new)]


def _standing(row: Row, before: str, edit: tuple[str, str] | None) -> tuple[str, str] | None:
    """Return words before and after, unless the old text does not have them so: of what moved, words leave gaps."""
    text = str(row["before"] or "")
    if edit is None or before.endswith(text) or edit[0] in " ".join(text.split()):
        return edit
    return None


def _one(before: str, after: str, named: Sentence) -> Sentence:
    if not before:
        return say("put in", named=named, after=source(_unlabelled(after)))
    if not after:
        return say("taken out", named=named, before=source(_unlabelled(before)))
    return say("became", named=named, before=source(before), after=source(after))


def _edit(before: str, after: str, line: str = "") -> Sentence:
    if (linked := of_link(before, after, line)) is not None:
        return linked
    if not before:
        return say("edit put in", after=source(_unlabelled(after)))
    if not after:
        return say("edit taken out", before=source(_unlabelled(before)))
    return say("edit became", before=source(before), after=source(after))


def _unlabelled(text: str) -> str:
    """Return an entry of a list without the label of its link: "Sample guide View"."""
    said = text.split()
    while len(said) > 1 and said[-1][:1].isupper() and naming.says_nothing(said[-1]):
        said.pop()
    return text if len(said) == len(text.split()) else " ".join(said)


def _facts_changed(before: str, after: str) -> set[str]:
    old, new = ({(one.flag, one.value) for one in facts(text)} for text in (before, after))
    return {flag for flag, _ in old ^ new}


def _words(
    before: str, after: str, found: Sequence[Edit], most: int = MAX_SHORT_WORDS, letters: int = LETTERS
) -> tuple[str, str] | None:
    """Return the words of some edits, before and after, where they are few; None where they are many or none.

    Dots and other marks in place of words are none.
    """
    old, new = _changed(before, after, found)
    if old == new or not any(map(str.isalnum, old + new)):
        return None
    if max(words(old), words(new)) > most or max(len(old), len(new)) > letters:
        return None
    return (old if _SAID.search(old) else ""), (new if _SAID.search(new) else "")


def _changed(before: str, after: str, found: Sequence[Edit]) -> tuple[str, str]:
    """Return the words from the first edit to the last, before and after, with the whole of each figure."""
    if not found:
        return "", ""
    old, new = _spans(found)
    if max(old[1] - old[0], new[1] - new[0]) > LETTERS:
        return _trimmed(before[slice(*old)]), _trimmed(after[slice(*new)])
    reach = [_reach(before, *old), _reach(after, *new)]
    left = min(max(each[0] for each in reach), old[0], new[0])
    right = max(each[1] for each in reach)
    if not old[0] < old[1] or not new[0] < new[1]:
        inside = max(before[old[0] : old[1]], after[new[0] : new[1]])
        if len(_SAID.findall(inside)) <= MAX_WORDS_WITH_CONTEXT and not _NAME.fullmatch(inside):
            left = max(left, len(_LAST.findall(before[max(0, old[0] - AROUND) : old[0]] + inside[:1])[0]) - 1)
            right = max(right, len(_FIRST.findall(inside[-1:] + before[old[1] : old[1] + AROUND])[0]) - 1)
    return _trimmed(before[old[0] - left : old[1] + right]), _trimmed(after[new[0] - left : new[1] + right])


def _spans(found: Sequence[Edit]) -> tuple[tuple[int, int], tuple[int, int]]:
    first, last = found[0], found[-1]
    return (
        (first.before, last.before + len(last.deleted)),
        (first.after, last.after + len(last.inserted)),
    )


def _reach(text: str, start: int, end: int) -> tuple[int, int]:
    """Return how many characters to the left and to the right belong to a fact that a stretch of text shares."""
    floor = max(0, start - AROUND)
    spans = [(one.start + floor, one.end + floor) for one in facts(text[floor : end + AROUND])]
    touched = [span for span in spans if span[0] < end and start < span[1]]
    left = max((start - first for first, _ in touched), default=0)
    right = max((last - end for _, last in touched), default=0)
    return max(0, left), max(0, right)


def _trimmed(text: str) -> str:
    """Return words as they are told: cells of a table, between which a mark of ours stands, with commas between."""
    return re.sub(r" \| ", ", ", " ".join(text.split())).rstrip(",;: ")
