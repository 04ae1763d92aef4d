"""I-notes: when provisions came into force.

``REF STATE [QUAL] [at DATE | (DATE) | at Royal Assent] [QUAL] [by AUTHORITY | see REF] [(with …)]``, with semicolons
between; a clause may leave out what it repeats.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from crawler.law.pieces import DAY, clauses, days, iso, masked, pairs, reference_end
from crawler.law.values import Commencement

_REST = re.compile(
    r"\b(?:in so far as|insofar as|so far as|to the extent(?: that)?)(?: (?:it is|they are|they were|it was))?"
    r" not (?:already |previously |then |yet )?(?:in force|in operation|commenced)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"[:,]? ?(?:\b(?:shall|will|is|are|was|were|to)\b )?(?P<state>(?:\bnot )?\b(?:(?:wholly|partly|fully|partially) )?"
    r"(?:(?:comes?|came|coming|brought) (?:wholly |partly )?into (?:force|operation)|in force|in operation))\b",
    re.IGNORECASE,
)
_ASSENT = re.compile(
    r"(?:\b(at|on|from) )?(?:(?:the )?(?:date|day) (?:of|on which the act received) )?(?:the )?\broyal assent\b",
    re.IGNORECASE,
)
_NUMBERED = (
    r"(?:(?:S\.? ?S\.?|W\.? ?S\.?|S\.?) ?I\.? ?(?:\(N\.? ?I\.?\) ?)?\d"
    r"|S\.? ?R\.? ?(?:(?:&|and) ?O\.? ?)?(?:\(N\.? ?I\.?\) ?)?\d|\d{4} (?:c|asp|anaw|asc|nawm|N\.? ?I)\b)"
)
_PROVISION = (
    r"(?:(?:ss?|arts?|regs?|rules?|rr?|schs?|paras?|sections?|articles?|regulations?|schedules?|paragraphs?)\.? ?"
    r"(?:\d|[A-Z]\d)|schs?\b|schedule\b)"
)
_AUTHORITY = re.compile(
    rf",? ?\b(?:by virtue of|by|under|pursuant to|see(?:\.|,| also)?) (?={_NUMBERED}|{_PROVISION}"
    r"|[^;()]{0,200}\([^()]{0,60}\)?[^;()]{0,120}|[^;()]{0,200}\((?:S\.|c\.|asp|anaw|asc|nawm|W\.|N\.|\d))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(rf"(?:(?:and|see|by)\.? )*(?={_NUMBERED}|{_PROVISION})", re.IGNORECASE)
_SAVING = re.compile(r"(?:with|subject to|as (?:amended|modified|substituted|inserted|read with))\b", re.IGNORECASE)
_BARE_SAVING = re.compile(r",? (?=(?:subject to|with (?:savings?|transitional|arts?|regs?|ss?|Schs?)\b))")
_NEXT_DAY = re.compile(rf"(?:,|;|\band\b|\botherwise\b|\bat\b|\bon\b|\bfrom\b) *(?={DAY.pattern})", re.IGNORECASE)
_BEFORE_DAY = re.compile(r"(?:^|,|\band|\botherwise|\bat|\bon|\bfrom|\bwith effect from|:)\s*$", re.IGNORECASE)
_EDGES = re.compile(
    r"^(?:[,;:\s]|and\b)+|(?:[,;:\s]|\b(?:and|at|on|from|with effect from|otherwise)\b)+$", re.IGNORECASE
)
_BEHIND_NUMBER = re.compile(
    r",? (?=(?:for (?:specified|certain|all|the (?:purposes?|remaining)|E\.|W\.|S\.|N\.)|in so far|insofar|so far as"
    r"|except|in relation to|in respect of))",
    re.IGNORECASE,
)
_POWER = re.compile(r"(?:power )?(?:of appointment |conferred )?(?:partly |fully )?exercised:? ?", re.IGNORECASE)
_APPOINTED = re.compile(r" (?:is |are )?appointed\b|\bappointed day ", re.IGNORECASE)
MAX_STARTS = 40
"""Places before a state at which its provision is looked for."""
_SEPARATOR = re.compile(r"[,:;] ?|\band |(?<=\)) +", re.IGNORECASE)
_TWO = re.compile(
    r"(?P<first>[^,;]{3,80} in (?:force|operation)) and (?P<second>[^,;]{3,80}? in (?:force|operation))"
    r"(?P<words>[^;]{0,80}?) (?P<when>(?:at|on) .+)",
    re.DOTALL,
)


def read_commencements(statement: str) -> tuple[tuple[Commencement, ...], tuple[str, ...]]:
    """Return the facts of a statement of an I-note, and the clauses that could not be read.

    >>> facts, unread = read_commencements("S. 2 not in force at Royal Assent; s. 2 in force at 1.4.2016 for specified "
    ...     "purposes by S.I. 2016/412, art. 2 (with art. 4)")
    >>> [(fact.provision, fact.state, fact.date, fact.authority, fact.savings) for fact in facts]
    [('S. 2', 'not in force', '', '', ''), ('s. 2', 'in force', '2016-04-01', 'S.I. 2016/412, art. 2', 'with art. 4')]
    >>> unread
    ()
    """
    reader = _Reader()
    for clause in clauses(statement):
        for single in _apart(clause):
            reader.read(single)
    return tuple(reader.facts), tuple(reader.unread)


def _apart(clause: str) -> tuple[str, ...]:
    """Return what a clause says of two provisions as two clauses, each with the day.

    >>> _apart("S. 213(2) in force and s. 213(3) in force for specified purposes at Royal Assent, see s. 212(2)")[0]
    'S. 213(2) in force at Royal Assent, see s. 212(2)'
    """
    two = _TWO.fullmatch(clause)
    return (f"{two['first']} {two['when']}", f"{two['second']}{two['words']} {two['when']}") if two else (clause,)


def read_powers(statement: str) -> tuple[Commencement, ...]:
    """Return the days that a statement of a P-note says were appointed under a power; none where it says none.

    >>> facts = read_powers("S. 22(3) power exercised: 2.10.2000 appointed for remaining provisions by S.I. 2000/1851")
    >>> [(fact.provision, fact.date, fact.qualification, fact.authority) for fact in facts]
    [('S. 22(3)', '2000-10-02', 'for remaining provisions', 'S.I. 2000/1851')]
    """
    power = _POWER.search(statement)
    end = reference_end(statement)
    if power is None or not end or statement[end : power.start()].strip(" :"):
        return ()
    subject = _Subject(statement[:end], "in force")
    facts = _facts(subject, _APPOINTED.sub(" ", statement[power.end() :]).strip())
    return tuple(fact for fact in facts if fact.date)


@dataclass(frozen=True, slots=True)
class _Subject:
    """A provision and its state, and where both begin and end in the clause."""

    provision: str
    state: str
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class _Reader:
    """The facts of a statement read so far; a clause may go on with the last of them."""

    facts: list[Commencement] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def read(self, clause: str) -> None:
        """Read one clause."""
        made: list[Commencement] = []
        subjects = list(_subjects(clause, self.facts[-1].provision if self.facts else ""))
        for place, subject in enumerate(subjects):
            end = subjects[place + 1].start if place + 1 < len(subjects) else len(clause)
            made += _facts(subject, _trimmed(clause[subject.end : end]))
        if subjects and made and subjects[0].start:
            authority = _AUTHORITY.sub("", clause[: subjects[0].start]).strip(" ,")
            made[0] = made[0] if made[0].authority else replace(made[0], authority=authority)
        made = [fact for fact in _shared(made) if _says_something(fact)]
        if made:
            self.facts += made
        elif not (self.facts and not subjects and self._goes_on(clause)):
            self.unread.append(clause)

    def _goes_on(self, clause: str) -> bool:
        """Whether a clause without a state goes on with the last fact, which holds what it says then."""
        last = self.facts[-1]
        named = reference_end(clause)
        if named and _NEXT_DAY.match(f" at {clause[named:].strip(' ,:')}", 1):
            subject, clause = _Subject(clause[:named], last.state), clause[named:].strip(" ,:")
        elif (lead := _GOES_ON.match(clause)) or _SAVING.match(clause.strip("()")):
            authority, savings, _ = _authority(clause[lead.end() if lead else 0 :])
            self.facts[-1] = replace(
                last,
                authority="; ".join(part for part in (last.authority, authority) if part),
                savings="; ".join(part for part in (last.savings, savings) if part),
            )
            return True
        else:
            subject = _Subject(last.provision, last.state)
        made = [fact for fact in _facts(subject, clause) if fact.date]
        self.facts += made
        return bool(made)


def _says_something(fact: Commencement) -> bool:
    return bool(fact.date or fact.is_at_assent or fact.authority or fact.is_negative or fact.is_conclusion)


def _trimmed(text: str) -> str:
    return _EDGES.sub("", text) if text.rstrip().endswith((",", ":", " and")) else text.strip()


def _subjects(clause: str, before: str) -> Iterator[_Subject]:
    """Yield the provisions of a clause that have a state; a state at the start is one of the provision ``before``."""
    plain, end = _REST.sub(lambda match: "_" * len(match[0]), masked(clause)), 0
    for state in _STATE.finditer(plain):
        words = state["state"].lower()
        if not plain[: state.start()].strip(" ,:").removeprefix("and").removeprefix("otherwise").strip():
            yield _Subject(before, words, 0, state.end())
            end = state.end()
            continue
        starts = [match.end() for match in _SEPARATOR.finditer(plain, end, state.start())]
        for start in starts[:-MAX_STARTS:-1] if end else [0, *starts[:MAX_STARTS]]:
            if reference_end(clause, start) == state.start() > start >= end:
                yield _Subject(clause[start : state.start()], words, start, state.end())
                end = state.end()
                break


def _shared(facts: Sequence[Commencement]) -> list[Commencement]:
    """Return provisions that share a day that day once: "s. 1 in force and s.

    2 in force for specified purposes at D by X".
    """
    shared: list[Commencement] = []
    for fact in reversed(facts):
        behind = shared[-1] if shared else None
        if behind is not None and not _says_something(fact):
            fact = replace(
                fact, date=behind.date, is_at_assent=behind.is_at_assent, authority=behind.authority,
                savings=behind.savings,
            )  # fmt: skip
        shared.append(fact)
    return shared[::-1]


def _facts(subject: _Subject, tail: str) -> list[Commencement]:
    """Return what is said of a provision behind its state: a fact for each day."""
    brackets = list(pairs(tail).items())
    said = next((mark for mark in _AUTHORITY.finditer(tail) if not _is_inside(mark.start(), brackets)), None)
    rest = ""
    authority = savings = qualification = ""
    if said:
        behind = tail[said.end() :]
        again = _NEXT_DAY.search(masked(behind))
        if again:
            behind, rest = behind[: again.start()], behind[again.end() :]
        authority, savings, qualification = _authority(behind)
        tail = tail[: said.start()]
    moments = _moments(subject, tail)
    facts = [
        replace(
            moment,
            authority=authority,
            savings="; ".join(part for part in (moment.savings, savings) if part),
            qualification=" ".join(part for part in (moment.qualification, qualification) if part),
        )
        for moment in moments
    ]
    return facts + (_facts(subject, rest) if rest else [])


def _is_inside(place: int, brackets: Sequence[tuple[int, int]]) -> bool:
    return any(start < place < end for start, end in brackets)


def _authority(text: str) -> tuple[str, str, str]:
    """Return the authority that a text names, its savings, and a qualification that stands behind it."""
    plain, savings, cut = masked(text), list[str](), len(text)
    for start, end in pairs(text).items():
        if _SAVING.match(text, start + 1):
            savings.append(text[start + 1 : end])
            cut = min(cut, start)
    number = re.compile(_NUMBERED).search(text)
    behind = _BEHIND_NUMBER.search(plain, number.start()) if number else None
    bare = _BARE_SAVING.search(plain, 0, cut)
    if bare and not (behind and behind.start() < bare.start()):
        savings.insert(0, text[bare.end() : cut].strip(" ,."))
        cut = bare.start()
    qualification = ""
    if behind and behind.start() < cut:
        qualification, cut = text[behind.end() : cut].strip(" ,"), behind.start()
    return _EDGES.sub("", text[:cut]), "; ".join(savings), qualification


@dataclass(slots=True)
class _Moments:
    """The days of one provision, each with the words around it; words before the first belong to it."""

    facts: list[Commencement] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def day(self, blank: Commencement, date: str, words: str = "") -> None:
        """Begin with a day; one behind Royal Assent is that of the Assent."""
        last = self.facts[-1] if self.facts else None
        if last is not None and last.is_at_assent and not last.date and not words and not self.words:
            self.facts[-1] = replace(last, date=date)
            return
        if last is not None:
            self._take()
        self.facts.append(replace(blank, date=date))
        self.words += [words] if words else []

    def assent(self, blank: Commencement) -> None:
        """Begin with the day of Royal Assent."""
        if self.facts:
            self._take()
        self.facts.append(replace(blank, is_at_assent=True))

    def _take(self) -> None:
        said = " ".join(self.words)
        self.facts[-1] = replace(self.facts[-1], qualification=said)
        self.words.clear()

    def end(self, blank: Commencement) -> list[Commencement]:
        """Return the facts."""
        if not self.facts:
            self.facts.append(blank)
        self._take()
        return self.facts


def _moments(subject: _Subject, text: str) -> list[Commencement]:
    """Return the days of a text without its authority; one fact without a day where there is none."""
    blank = Commencement(provision=subject.provision, state=subject.state)
    plain, moments, savings = masked(text), _Moments(), list[str]()
    marks: list[tuple[int, int, re.Match[str] | None]] = [(start, end + 1, None) for start, end in pairs(text).items()]
    marks += [
        (mark.start(), mark.end(), mark)
        for pattern in (DAY, _ASSENT)
        for mark in pattern.finditer(plain)
        if (mark.re is _ASSENT and mark[1]) or _BEFORE_DAY.search(plain[max(0, mark.start() - 20) : mark.start()])
    ]
    place = 0
    for start, end, match in sorted(marks, key=lambda mark: mark[0]):
        if start < place:
            continue
        moments.words += _words(text[place:start])
        place = end
        if match is not None and match.re is DAY and iso(match):
            moments.day(blank, iso(match))
        elif match is not None and match.re is _ASSENT:
            moments.assent(blank)
        elif match is None and (listed := days(text[start + 1 : end - 1])):
            for day in listed:
                moments.day(blank, day.date, day.qualification)
        elif match is None and _SAVING.match(text, start + 1):
            savings.append(text[start + 1 : end - 1])
        elif match is None and _ASSENT.fullmatch(text[start + 1 : end - 1]):
            moments.assent(blank)
        else:
            moments.words += _words(text[start:end])
    moments.words += _words(text[place:])
    return [replace(fact, savings="; ".join(savings)) for fact in moments.end(blank)]


def _words(text: str) -> list[str]:
    words = _EDGES.sub("", text).strip() or ("otherwise" if "otherwise" in text.lower() else "")
    return [words] if words else []
