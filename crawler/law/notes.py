"""A note as a whole: its statements as facts and steps into force, the laws it means, and what could not be read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from crawler.identifiers import affected, citations
from crawler.identifiers.affected_provisions import relation
from crawler.law.amendments import amendment_groups, is_footnote, read_amendment, read_modification
from crawler.law.commencements import read_commencements, read_powers
from crawler.law.pieces import MAX_NOTE_CHARACTERS, is_whole, statements
from crawler.law.steps import Step, StepState, bare_path
from crawler.law.values import Amendment, Commencement, Modification, When
from crawler.model import Annotation

_INSTRUMENT = re.compile(r"(?<!\d)(\d{4})[/ ](?:No\.? ?)?(\d+)(?![\d/])")
_ACT = re.compile(r"\b(c|asp|anaw|asc|nawm)\.? ?(\d+)\b")
_YEAR = re.compile(r"(?<!\d)(1[789]\d\d|20\d\d)(?!\d)")
_ACTS = {"c": ("ukpga", "nia", "apni", "mnia", "ukla"), "nawm": ("mwa",)}
_MENTION = re.compile(
    r"(?:S\. ?S\. ?I|W\. ?S\. ?I|S\. ?I|SI|S\. ?R)\.? ?\d{4}/\d+(?: \([^()]{1,8}\))*|\d{4} (?:c|asp|anaw|asc)\.? ?\d+"
    r"|\((?:c|asp|anaw|asc|nawm|S\.[^()]{0,4}I\.)[^()]{0,20}\)"
)
_PLACES = re.compile(
    r"(?:\bfor|\bas (?:regards|respects)|\brelat(?:es|ing) to|\bin(?! so\b)|\() ?"
    r"(?P<places>(?:(?:E|W|S|G\.B|U\.K|N\. ?I)\.?(?:, | and |(?=[EWSN)]|$| )))+)(?=\)|$|[ ,])"
)
_NAMES = {"E": "England", "W": "Wales", "S": "Scotland", "I": "Northern Ireland"}


def cited_document(words: str, links: Iterable[tuple[str, str]], own: str) -> str:
    """Return the id of the document that words of a note name, ``own`` where they name provisions alone.

    ``links`` are the citations of the note, as (document id, path). Empty where nothing is named that is known.

    >>> cited_document("S.I. 2016/412, art. 2", [("wsi/2016/412", "")], "anaw/2014/4")
    'wsi/2016/412'
    >>> cited_document("s. 212(2)(f)", [], "ukpga/2018/12"), cited_document("S.I. 2003/9999", [], "ukpga/2018/12")
    ('ukpga/2018/12', 'uksi/2003/9999')
    """
    linked = list(dict.fromkeys(document for document, _ in links))
    number, act = _INSTRUMENT.search(words), _ACT.search(words)
    if number and not (act and act.start() < number.start()):
        same = (document for document in linked if document.endswith(f"/{number[1]}/{int(number[2])}"))
    elif act:
        years = _YEAR.findall(words[: act.start()])
        kinds = _ACTS.get(act[1], (act[1],))
        same = (
            document
            for document in linked
            if document.partition("/")[0] in kinds and document.endswith(f"{years[-1] if years else ''}/{int(act[2])}")
        )
    else:
        return own if affected(words) else ""
    return next(same, "") or next((cited.document for cited in citations(words) if "/" in cited.document), "")


def mentions(words: str) -> list[str]:
    """Return the parts of an authority that each begin with an instrument, or the whole where there is one at most.

    >>> mentions("s. 275(1)(2) and S.I. 2001/57, art. 3(1); S.R. 1997/500")
    ['s. 275(1)(2)', 'S.I. 2001/57, art. 3(1)', 'S.R. 1997/500']
    """
    starts = [match.start() for match in _MENTION.finditer(words) if not match[0].startswith("(")]
    if len(starts) + bool(starts and starts[0]) < 2 or _is_title(words[: starts[0]]):
        return [words]
    cuts = [0, *starts, len(words)]
    parts = (words[start:end].strip(" ,;") for start, end in pairwise(cuts))
    return [bare for part in parts if (bare := re.sub(r"(?:[,; ]|\b(?:and|by|see))+$", "", part))]


def _is_title(words: str) -> bool:
    return bool(words.strip()) and not affected(words)


def place_names(words: str) -> tuple[str, ...]:
    """Return the parts of the United Kingdom that a qualification or an extent limits a statement to.

    >>> place_names("for N.I. in so far as not already in force"), place_names("(E.W.S.)"), place_names("for W.")
    (('Northern Ireland',), ('England', 'Wales', 'Scotland'), ('Wales',))
    >>> place_names("for specified purposes"), place_names("except for E.")
    ((), ())
    """
    for match in _PLACES.finditer(words):
        if not words[: match.start()].rstrip(" (").lower().endswith(("except", "other than", "not")):
            letters = re.sub(r"N\. ?I\.?", "I", match["places"]).replace("G.B.", "EWS").replace("and", "")
            if "U.K." not in letters:
                return tuple(name for letter, name in _NAMES.items() if letter in letters)
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a note says: facts of one kind, by its own; ``unread`` are statements or clauses kept as words.

    ``is_footnote``: it is a footnote of the document, and no note of an editor on an amendment.
    """

    commencements: tuple[Commencement, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    modifications: tuple[Modification, ...] = ()
    unread: tuple[str, ...] = ()
    is_footnote: bool = False

    @property
    def facts(self) -> tuple[Commencement | Amendment | Modification, ...]:
        """Return all facts."""
        return (*self.commencements, *self.amendments, *self.modifications)


def read_note(kind: str, text: str) -> Note:
    """Return the facts of a note of the kinds I, F and C; notes of other kinds are words, and none of them unread.

    Of a P-note the days that were appointed for other provisions are commencements.

    >>> read_note("I", "S. 4 in operation at 3.2.2022, see s. 6").commencements[0].state
    'in operation'
    >>> read_note("F", "1986 c. 53.").is_footnote, read_note("E", "S. 1 extends to Scotland").facts
    (True, ())
    """
    if kind == "P" and len(text) <= MAX_NOTE_CHARACTERS:
        return Note(commencements=tuple(fact for statement in statements(text) for fact in read_powers(statement)))
    if kind not in ("I", "F", "C"):
        return Note()
    if len(text) > MAX_NOTE_CHARACTERS:
        return Note(unread=(text,))
    match kind:
        case "I":
            return _commencements(text)
        case "F":
            return _amendments(text)
    return _modifications(text)


def _commencements(text: str) -> Note:
    made: list[Commencement] = []
    unread: list[str] = []
    for statement in statements(text):
        facts, left = read_commencements(statement)
        made += facts
        unread += left
    return Note(commencements=tuple(made), unread=tuple(unread))


def _amendments(text: str) -> Note:
    if is_footnote(text):
        return Note(is_footnote=True)
    made: list[Amendment] = []
    unread: list[str] = []
    for statement in statements(text):
        for group in amendment_groups(statement):
            fact = read_amendment(group)
            if fact is not None:
                made.append(fact)
            elif not is_footnote(group):
                unread.append(group)
    return Note(amendments=tuple(made), unread=tuple(unread), is_footnote=not made and not unread)


def _modifications(text: str) -> Note:
    made: list[Modification] = []
    unread: list[str] = []
    for statement in statements(text):
        for group in amendment_groups(statement):
            fact = read_modification(group)
            if fact is None:
                unread.append(group)
            else:
                made.append(fact)
    return Note(modifications=tuple(made), unread=tuple(unread))


_UNIT = r"(?:ss?|arts?|regs?|Schs?|paras?)"
_OF = re.compile(rf"for the (?:insertion|substitution) of ({_UNIT}\. [^ ]+(?:(?:, | and )[^ ]*\d[^ ]*)*)")
_HEADING = re.compile(r"(?:cross-?)?heading|title", re.IGNORECASE)
_PART = re.compile(r"(?P<schedule>schedule-[^-]+-)?(?:part|chapter)-[^-]+(?:-chapter-[^-]+)?")
_NEW = ("inserted", "added", "substituted")


def steps_of_notes(document: str, notes: Iterable[Annotation], assent: str = "") -> Iterator[Step]:
    """Yield what the notes of a text state of its commencement; ``assent`` is the ISO day of its Royal Assent."""
    for note in notes:
        read = read_note(note.kind, note.text) if note.kind in "IPF" else Note()
        for fact in read.commencements:
            yield from _commenced(document, note, fact, assent)
        for amendment in read.amendments:
            yield from _inserted(document, note, amendment)


def _commenced(document: str, note: Annotation, fact: Commencement, assent: str) -> Iterator[Step]:
    """Yield what a commencement note states; a P-note states the days of all that its power is for."""
    words = next(iter(mentions(fact.authority)), "")
    date = fact.date or (assent if fact.is_at_assent else "")
    qualification = fact.qualification or ("at Royal Assent" if fact.is_at_assent and not date else "")
    # What is said of the whole law under a condition is sure only where it stands.
    where = "this provision" if is_whole(fact.provision) and qualification and note.path else fact.provision
    for path in [""] if note.kind == "P" else _paths(where, note.path):
        yield Step(
            path=path,
            provision=f"provisions under {fact.provision}" if note.kind == "P" else fact.provision,
            state=_state(fact),
            date=date,
            qualification=qualification,
            places=place_names(qualification),
            instrument=cited_document(words, note.citations, document),
            authority=f"{fact.authority} ({fact.savings})" if fact.savings else fact.authority,
            source="annotation",
            note=note.id,
            is_rest=note.kind == "P",
        )


def _state(fact: Commencement) -> StepState:
    if fact.is_negative:
        return "not in force"
    if fact.is_conclusion:
        return "wholly in force" if fact.state.startswith(("wholly", "fully")) else "partly in force"
    return "in force"


def _paths(words: str, at: str) -> list[str]:
    """Return the provisions that a note is about: those it names, as far as they belong to where it stands."""
    if is_whole(words):
        return [""]
    named = affected(words)
    near = [path for path in named if not at or relation(path, bare_path(at)) or relation(path, at)]
    return near or ([at] if at else named)


def _inserted(document: str, note: Annotation, fact: Amendment) -> Iterator[Step]:
    """Yield the days of a provision that was inserted later, or put whole in the place of another."""
    verb = fact.verb if fact.verb in _NEW and not fact.what and not fact.beside.startswith(":") else ""
    at = bare_path(note.path)
    if not verb or not at or "heading" in fact.provision or _HEADING.match(fact.beside):
        return
    for when in fact.dates or (When(),):
        is_ahead, of = "prospective" in when.qualification, _OF.match(when.qualification)
        named = affected(of[1] if of else fact.provision)
        if not any(relation(path, at) in ("same", "inside") or _holds(path, note) for path in named):
            continue
        said = when.qualification[of.end() :].strip() if of else when.qualification
        # Where alone it was inserted stands before its days.
        qualification = said if place_names(said) else " ".join(filter(None, (said, *fact.extent)))
        yield Step(
            path=at,
            provision=fact.provision,
            state="not in force" if is_ahead else "in force",
            date=when.date,
            qualification=qualification,
            places=place_names(qualification),
            instrument=cited_document(f"{fact.by.name} ({fact.by.number})", note.citations, document),
            authority=f"{verb} by {' '.join(filter(None, (fact.by.name, '' if fact.by.name else fact.by.number)))}"
            f"{f' ({fact.by.number})' if fact.by.name and fact.by.number else ''}"
            f"{f', {fact.by.provisions}' if fact.by.provisions else ''}",
            source="insertion",
            note=note.id,
        )


def _holds(path: str, note: Annotation) -> bool:
    """Whether a note at the number of a provision names the part or chapter that it was inserted with.

    >>> at = Annotation(id="c1", kind="F", path="schedule-15-paragraph-6", place="number")
    >>> _holds("schedule-15-part-2", at), _holds("schedule-1-part-2", at), _holds("part-2", at)
    (True, False, False)
    """
    part = _PART.fullmatch(path)
    is_annexed = note.path.startswith("schedule-")
    held = part is not None and note.place == "number"
    return bool(held and part and (note.path.startswith(part["schedule"]) if part["schedule"] else not is_annexed))
