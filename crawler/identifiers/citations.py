"""Citations: what running text says it cites, as values. An own grammar for UK, EU and international law.

A citation names its document by id where the words determine it, alone or with what the text said before: its short
forms ("the 2015 Act"), its definitions ("“the Directive” means …"), the law that it is about. Where they do not, the
document is empty and the words stand for themselves: nothing is guessed.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawler.identifiers.bare_provisions import Bare
from crawler.identifiers.cited_law import NO_LAW, Family, Work, family_of, is_ibid, is_its_page, is_of, is_thereof
from crawler.identifiers.cited_provisions import Provisions, joined, provisions
from crawler.identifiers.cited_works import found, may_name_works
from crawler.identifiers.mention_form import within
from crawler.identifiers.short_forms import DEFINED, Memory, may_hold_shorts
from crawler.identifiers.topics import Topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One citation in a text: ``start`` and ``end`` are its place there, in characters.

    family          document
    act             Act or Measure: ``ukpga/2015/30``
    instrument      statutory instrument or rule: ``ssi/2016/128``
    eu              EU act: ``celex:32011L0036``
    treaty          ``eu:teu``, ``eu:tfeu``, ``eu:charter``
    convention      of the Council of Europe, by its number: ``cets:197``; that on Human Rights is ``cets:005``;
                    of the United Nations: ``untc:XVIII-12-a``, as their collection numbers it, and ``ilo:C029``
    case            ``ncn:[2022] EWCA Crim 106``, ``ecli:…``, ``cjeu:C-66/21``, ``echr-report:[2010] ECHR 22``,
                    ``echr-report:(2010) 51 EHRR 1``
    application     ``echr-app:25965/04``
    paper           ``com:2022/732`` and ``swd:``, ``sec:``, ``join:``; ``st:9465/18``, ``procedure:2022/0426(COD)``;
                    ``ep:TA-9-2024-0310``; ``command:CP 100``, ``paper:HC 12 (2017-19)``, ``coe:GRETA(2021)12``,
                    ``ilo:GB.344/INS/5``; a page of the Official Journal: ``oj:OJ L 101, 2011, p. 1``
    recommendation  ``coe-rec:R(2000)11``, ``pace-rec:1325(1997)``
    un              ``un:A/RES/55/25``
    page            an address of GOV.UK
    rules           ``immigration-rules``
    provision       empty: a provision of a law that the text does not say

    ``name`` are the words that name the document. ``provisions`` are paths as in versions (``section-54-2``), empty
    where the whole is cited; of a range they are the first and the last with ``..`` between.
    """

    start: int
    end: int
    family: Family
    document: str
    name: str
    provisions: tuple[str, ...] = ()


_ALIKE = {" ": "\u00a0\u2009\u202f", "-": "\u2010\u2011", "'": "\u2018\u2019", '"': "\u201c\u201d"}
_SAYS_OF = re.compile(r",?\s{1,2}(?:of|to|in|under|from)\b")
_INTO = (
    r"(?:(?:at|in|by(?:\svirtue\sof)?|see|esp(?:ecially|\.)?|including|notably|(?:and\s)?in\sparticular(?:\sin)?),?\s)?"
)
_BEHIND = re.compile(
    rf"(?:\),|\n?,)?\s{{1,2}}(?:[-\u2013]\s)?{_INTO}|/|\s\({_INTO}|\s\([^()\n]{{1,60}}\),?\s|[^.;()]{{0,20}}\s\(with\s"
)
MAX_DEFINITION = 300
"""Characters of the title of a law that a term means."""
MAX_BEHIND = 90
"""Characters between a law and its provisions behind it, with an aside in brackets."""
_GOES_ON = re.compile(rf";\s(?:and\s)?|,?\s\(?{_INTO}(?<!,\s)")
"""Between provisions of a law that is named before them all: "DPA 2018, ss 8 and 10; Sch 1, paras 1-4"."""
_SCHEDULE = re.compile(r"schedule(?:-[0-9A-Z]+)?")
_ELSEWHERE = re.compile(
    r"(?:\s\([A-Za-z][^()\n]{2,60}\))?(?:\s(?:of|to|in)\s(?:this|the|our|that|your|its|their|his|her|my|any|each|another|an?)\s(?:(?:19|20)\d\d\s)?(?!Act)[a-z]|\s(?:of|to)\s(?!The\s|Act\b)[A-Z][a-z]+\b|\s(?:of|to|in)\s(?:the|this|that)\s[A-Z]|\s(?:above|below)\b"
    r"|\s[A-Z]{1,7}A\b|\s[A-Z]{3,8}-[a-z]|\s(?:of|to|in|under)\s(?:the\s)?[A-Z]{3,8}\b)"
)
"""What says that provisions are not of the law named before them, or of another: the abbreviation of an Act."""
_OTHER = re.compile(
    r"(?:\b[A-Z]{2,}[\w-]*|[a-z][A-Z]{2,})\s\Z|\b[A-Z][A-Za-z]{0,4}(?:\([A-Z]{1,3}\))?[A-Z]\s(?:19|20)\d\d,?\s\Z"
    r"|\b[Cc]lauses?\s\d[\d.]*(?:\(\w+\))*,?\s(?:\(|and\s|of\s)?\Z"
)
"""Before provisions: an abbreviation that is no law's, or one of several; the clause of a contract or a Bill."""
_OTHER_TREATY = re.compile(r"\s[A-Z]{3,8}\b")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-z])|(?<=[^\W\d_]-)\n(?=[A-Z])|\u00ad(?!\n)")
"""Where a line breaks a word, or a word that has a hyphen; and where it may break one."""


def citations(text: str, *, subject: str = "") -> tuple[Citation, ...]:
    """Return every citation in a running text, in its order; ``subject`` is that of :class:`Reader`.

    >>> [(c.family, c.document, c.provisions) for c in citations("see section 54(2) of the Modern Slavery Act 2015")]
    [('act', 'ukpga/2015/30', ('section-54-2',))]
    >>> [c.document for c in citations("S.I. 2015/1816; Directive 2011/36/EU; the Ivory Act 2018 (c. 30)")]
    ['uksi/2015/1816', 'celex:32011L0036', 'ukpga/2018/30']
    >>> [(c.document, c.name) for c in citations("under section 5 of the Sample Things Act 2031")]
    [('', 'Sample Things Act 2031')]
    """
    reader = Reader(subject=subject)
    reader.foresee([text])
    return reader.read(text)


def may_cite(passages: Iterable[str]) -> bool:
    """Return whether passages may name a law, all at once: a mark stands between them that is in no citation."""
    plain = alike("\0".join(passages))
    return may_name_works(plain) or may_hold_shorts(plain)


def provisions_in(text: str) -> list[Provisions]:
    """Return the provisions that a text cites, whatever law they are of, in its order."""
    plain = alike(text)
    works, cited = found(plain)
    return joined(plain, _outside([provisions(*each) for each in cited], works))


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the passages of one document in their order, and remembers what they named and defined.

    ``subject`` is the id of the law that the document is or is about: what it calls "the Act", and provisions without
    a law, are of it. ``known`` are ids of further laws by their titles (:func:`crawler.identifiers.acts.spelled`);
    ``about`` says by law and path what provisions are about, with an empty path where all of a law are there.
    Where it ``leaves_out_unnamed``, a passage that names no law has no provisions.
    """

    subject: str = ""
    leaves_out_unnamed: bool = False
    known: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    memory: Memory = field(init=False)
    _of: Bare = field(init=False, default_factory=Bare)

    def __post_init__(self) -> None:
        """Begin a document."""
        self.memory = Memory(subject=self.subject, known=self.known)
        self._of.topics = Topics(words=self.about)

    def read_ahead(self, passages: Sequence[str]) -> None:
        """Read all passages once, so that what is named further on says what provisions are of, too."""
        self.foresee(passages)
        first = replace(self)
        first.memory.foreseen = self.memory.foreseen
        for text in passages:
            first.read(text)
        self._of.ahead = first._of

    def foresee(self, passages: Iterable[str]) -> None:
        """Note which years' laws the document defines, wherever it does: "“the 1998 Act” means the Police Act 1998"."""
        for text in passages:
            for match in DEFINED.finditer(text):
                behind = alike(text[match.end() : match.end() + MAX_DEFINITION])
                works, _ = found(behind)
                if works and not works[0].start:
                    self.memory.foresee(" ".join(match["term"].split()), behind, works[0])

    def read(self, text: str) -> tuple[Citation, ...]:
        """Return the citations of the next passage."""
        if "-\n" in text or "\u00ad" in text:
            return self._wrapped(text)
        plain = alike(text)
        needs_work = self.leaves_out_unnamed and not self.subject
        names_none = needs_work and not may_name_works(plain)
        works, cited = ([], []) if names_none else found(plain)
        works = self.memory.bound(plain, works)
        if needs_work and not works:
            return ()
        if names_none:  # A short form stands there, and may have provisions.
            _, cited = found(plain)
        groups = joined(plain, _outside([provisions(*each) for each in cited], works))
        self._of.begin(plain)
        return tuple(self._cited(text, plain, works, groups))

    def _wrapped(self, text: str) -> tuple[Citation, ...]:
        """Return the citations of a passage with words that are broken at the end of a line."""
        at, cut = [0], [0]
        pieces, done = list[str](), 0
        for match in _BROKEN.finditer(text):
            pieces.append(text[done : match.start()])
            done = match.end()
            cut.append(cut[-1] + len(match[0]))
            at.append(done - cut[-1])
        whole = "".join([*pieces, text[done:]]).replace("-\n", "- ")
        return tuple(
            replace(each, start=each.start + cut[bisect_right(at, each.start) - 1],
                    end=each.end + cut[bisect_left(at, each.end) - 1])
            for each in self.read(whole.replace("\u00ad", " "))
        )  # fmt: skip

    def _cited(self, text: str, plain: str, works: Sequence[Work], groups: Sequence[Provisions]) -> list[Citation]:
        cited: list[Citation] = []
        place = tail = 0
        is_behind_last = False
        last: Work | None = None
        for group in [*groups, None]:
            while place < len(works) and (group is None or works[place].start < group.start):
                work, place = works[place], place + 1
                if not (last and is_its_page(plain, tail, work)):
                    last, is_behind_last = work, False
                tail = work.end
                if not NO_LAW.match(plain, tail):
                    self._of.pass_by(work, plain)
                _add_work(cited, text, work)
            if group is None:
                continue
            group = self._of.in_that(plain, group)
            if group.unit == "subsection":
                cited += self._of_section(plain, group, cited)
                continue
            following = works[place] if place < len(works) else None
            is_behind = last is not None and bool(last.document) and tail < group.start < tail + MAX_BEHIND
            is_behind = is_behind and _BEHIND.fullmatch(plain, tail, group.start) is not None
            thereof = last is not None and bool(last.document) and is_thereof(plain, tail, group)
            is_on = is_behind_last and _GOES_ON.fullmatch(plain, tail, group.start) is not None
            ibid = last is not None and bool(last.document) and is_ibid(plain, tail, group)
            is_behind = is_behind_last = is_behind or thereof or is_on or ibid
            is_listed = is_behind and not _SAYS_OF.match(plain, group.end)
            is_listed = is_listed and not (following and plain[group.end : following.start] == " ")
            if following and not is_listed and is_of(plain, group, following):
                place += 1
                last, tail, is_behind_last = self._of.of_year(plain, group, following), following.end, False
                self._of.pass_by(last, plain, group.paths)
                cited.append(_citation(text, group.start, last, group.paths))
                continue
            if is_behind and (whole := _in_schedule(cited, tail, group)):
                cited[-1], tail = whole, group.end
                continue
            cited += self._by_itself(plain, group, last if is_behind else None, following, cited[-1:])
            tail = group.end if is_behind else tail
        return cited

    def _of_section(self, plain: str, group: Provisions, cited: Sequence[Citation]) -> Iterator[Citation]:
        """Yield subsections by themselves as those of the section that is cited last."""
        for last in reversed(cited[-5:]):
            is_section = last.provisions and last.provisions[0].startswith("section-")
            if is_section and plain[last.start + 1 : last.start + 3] != "ub":
                whole = Provisions(last.start, last.end, "section", last.provisions)
                document, _, section = self._of.of_section(plain, group, whole, last.document, self.subject).partition(
                    "#"
                )
                if document:
                    paths = tuple(path.replace("subsection", section) for path in group.paths)
                    yield _bare(group, family_of(document), document, "", paths)
                return

    def _by_itself(
        self, plain: str, group: Provisions, before: Work | None, following: Work | None, cited: Sequence[Citation]
    ) -> Iterator[Citation]:
        """Yield provisions behind which no law is named; ``cited`` is what was cited last."""
        # A law's own paragraphs are cited without it.
        may_be_inside = cited and cited[0].document and not (before or self.subject)
        inner = within(plain, group, cited[0].end, cited[0].provisions) if may_be_inside else ()
        if inner and not _ELSEWHERE.match(plain, group.end):
            yield _bare(group, cited[0].family, cited[0].document, "", inner)
            return
        document, family, name = self._of_whom(plain, group, before, following)
        if group.paths:
            yield _bare(group, family, document, name, group.paths)

    def _of_whom(
        self, plain: str, group: Provisions, before: Work | None, following: Work | None
    ) -> tuple[str, Family, str]:
        """Return the law of provisions behind which none is named: that right before them, the subject, or the next."""
        elsewhere = _ELSEWHERE.match(plain, group.end)
        if elsewhere or (group.unit.startswith("art") and _OTHER_TREATY.match(plain, group.end)):
            if elsewhere and not elsewhere[0].isupper():
                self._of.see_elsewhere(group)
            return "", "provision", ""
        if group.unit.startswith("art") and (headed := self.memory.of_heading(plain, group.start, group.end)):
            return headed, "convention", ""
        if before:
            self._of.pass_by(before, plain, group.paths)
            return before.document, before.family, plain[before.start : before.end]
        if plain.startswith(("part", "chapter"), group.start) and not self.subject:
            return "", "provision", ""
        is_other = _OTHER.search(plain, max(0, group.start - 20), group.start) is not None
        document = self.subject or ("" if is_other else self._of.of_one_law(plain, group, following))
        return document, family_of(document), ""


def _in_schedule(cited: Sequence[Citation], tail: int, group: Provisions) -> Citation | None:
    """Return a schedule that is cited with its law as the paragraphs of it that are named behind that."""
    last = cited[-1] if cited and cited[-1].end == tail else None
    if last is None or not last.provisions or not _SCHEDULE.fullmatch(last.provisions[-1]):
        return None
    if not group.paths or not all(path.startswith("paragraph-") and ".." not in path for path in group.paths):
        return None
    paths = tuple(f"{last.provisions[-1]}-{path}" for path in group.paths)
    return replace(last, end=group.end, provisions=(*last.provisions[:-1], *paths))


def alike(text: str) -> str:
    """Return a text with one sign for those that mean the same, each in its place: no form is far from it."""
    if not text.isascii():
        for sign, others in _ALIKE.items():
            for other in others:
                text = text.replace(other, sign)
    return text


def _outside(cited: Sequence[Provisions], works: Sequence[Work]) -> list[Provisions]:
    """Return the provisions that are not words of a title."""
    outside: list[Provisions] = []
    place = 0
    for each in cited:
        while place < len(works) and works[place].end <= each.start:
            place += 1
        if place == len(works) or each.end <= works[place].start:
            outside.append(each)
    return outside


def _add_work(cited: list[Citation], text: str, work: Work) -> None:
    if work.document not in ("", "immigration-rules") or not work.is_short:
        cited.append(_citation(text, work.start, work, work.provisions))


def _bare(group: Provisions, family: Family, document: str, name: str, paths: tuple[str, ...]) -> Citation:
    return Citation(
        start=group.start, end=group.end, family=family, document=document, name=name, provisions=paths
    )  # fmt: skip


def _citation(text: str, start: int, work: Work, provisions: tuple[str, ...]) -> Citation:
    return Citation(
        start=start, end=work.end, family=work.family, document=work.document, name=text[work.start : work.end],
        provisions=provisions,
    )  # fmt: skip
