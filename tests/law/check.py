"""Protocols that cite recorded law and guidance, checked: ``python -m tests.law check``.

Thirty texts in our own words, with citations of which the law's own notes, marks and effects say whether they changed
after the day of the text; and thirty more as people write them (``protocols.jsonl``: procedures, papers, policies,
codes, handouts, tables, footnotes), of which the dates of guidance are those that its publisher states. Nothing of that
is read with our parsers. The thirty were written before anybody asked: recall was then 0.823, precision 0.955.
"""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from crawler.model import Capture, Link
from crawler.public.database import FILE, Connection, connect
from crawler.public.known import known
from crawler.public.sent import reading
from crawler.publish.check.answer import Answer, Cited, answer
from tests.law import eu, marks, texts
from tests.recordings import build, world

PATTERN = (
    r"law/versions|govuk-guidance|content-api/(?:publication|detailed_guide)/|doclist-page-0100|tnaStandardResponse"
    r"|1982-9-section|1955.19|L_2022(?:277|333)EN|32022R2554_tree|32024R1689"
)
"""The recordings that the texts cite."""
PROTOCOLS = 30
WRITTEN = Path(__file__).with_name("protocols.jsonl")
TODAY = "2026-04-18"
"""The day of the recordings."""
DAYS = ("2018-06-01", "2019-09-30", "2021-03-31", "2023-01-15", "2024-06-30", "2025-03-01")
ACTS = {
    "ukpga-2018-12-2026-04-07": "Data Protection Act 2018",
    "ukpga-1998-42-latest": "Human Rights Act 1998",
    "ukpga-2020-14-latest": "Finance Act 2020",
    "anaw-2014-4-latest": "Social Services and Well-being (Wales) Act 2014",
}
MADE = {"ukpga-2020-14-latest": "2021-01-01"}
"""Days before which protocols do not cite an Act: it was made later."""
UNION = {
    "celex:32014R0596": "Regulation (EU) No 596/2014", "celex:32014R0910": "Regulation (EU) No 910/2014",
    "celex:32015R2120": "Regulation (EU) 2015/2120", "celex:32009R1107": "Regulation (EC) No 1107/2009",
}  # fmt: skip
GUIDANCE = "Modern Slavery statutory guidance, version"
HELD_VERSION = "2.10"
SENTENCES = (
    "Staff act under {}.", "Records are kept as {} requires.", "See {} before you refer.", "Our duty rests on {};",
    "The panel applies {} in each case.", "Nothing here replaces {}.",
)  # fmt: skip

Key = tuple[str, str]
_UKM = "{http://www.legislation.gov.uk/namespaces/metadata}"
_DATE = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")
_KEY = re.compile(r"section/\d+[A-Z]{0,3}|schedule/\d+[A-Z]{0,2}/paragraph/\d+[A-Z]{0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """A text with its day, and of each thing it cites (document and path) whether it is known to be stale.

    ``last`` are the days of the last amendments that the notes of UK Acts state, of what was amended after its day.
    """

    day: str
    text: str
    truth: Mapping[Key, bool]
    last: Mapping[Key, str]


@dataclass(slots=True)
class Facts:
    """What the publisher says of a provision: days of amendments and commencements, and whether dots stand for it."""

    amended: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    is_dotted: bool = False
    is_plain: bool = True
    """Whether each note has a day, and none says that it is of a part or yet to come."""

    def last(self, day: str) -> str:
        """Return the last day after another on which notes say that it was amended, empty for none."""
        return max((each for each in self.amended if day < each <= TODAY), default="")

    def is_stale(self, day: str) -> bool | None:
        """Return whether it changed after a day, ended before it, or is to come; None where that is not plain."""
        if any(day < each <= TODAY for each in (*self.amended, *self.pending)):
            return True
        if not self.is_plain or self.pending or any(each > day for each in (*self.amended, *self.begun)):
            return None
        return self.is_dotted


def facts(name: str) -> dict[str, Facts]:
    """Return what notes, marks and unapplied effects of a recorded Act say of its provisions, by key."""
    root = marks.tree(texts.recorded(name).body)
    said = {note.get("id"): note for note in root.iter(f"{marks.LEG}Commentary")}
    found: dict[str, Facts] = {}
    for key, element in marks.provisions(root):
        one = found.setdefault(key, Facts(is_dotted=marks.is_dotted(element)))
        notes = {id for each in (element, *marks.headings(element)) for id in marks.referred(each)}
        for note in (said[id] for id in notes if id in said):
            days = _days(marks.said(note))
            if " for the insertion of " in marks.said(note):
                one.is_plain = False  # Days of other provisions stand beside its own.
            elif note.get("Type") == "I":
                one.begun += days
                one.is_plain &= bool(days) and "specified" not in marks.said(note)
            elif note.get("Type") in ("F", "X"):
                one.amended += days
                one.is_plain &= bool(days)
        around = [element, *element.iterancestors()]
        one.is_plain &= not any(each.get("Status") == "Prospective" or each.get("AltVersionRefs") for each in around)
        is_repealed = any(each.get("Status") == "Repealed" for each in around)
        one.is_plain &= one.is_dotted or not is_repealed
    for effect in _unapplied(root, name):
        for key, days in effect:
            if key in found:
                found[key].pending += days
    return {key: one for key, one in found.items() if _KEY.fullmatch(key)}


def _days(text: str) -> list[str]:
    return [f"{year}-{int(month):02}-{int(day):02}" for day, month, year in _DATE.findall(text)]


def _unapplied(root: etree._Element, name: str) -> Iterator[list[tuple[str, list[str]]]]:
    """Yield what effects that wait to be worked in say: provisions with their days; ``9999`` where none is stated."""
    feed = texts.VERSIONS / "changes-affected-ukpga-2018-12-page-1.feed.xml"
    more = [marks.tree(feed.read_bytes())] if "2018-12" in name else []
    for tree in (root, *more):
        for effect in (*tree.iter(f"{_UKM}UnappliedEffect"), *tree.iter(f"{_UKM}Effect")):
            if effect.get("Applied") == "true":
                continue
            days = [each.get("Date") or "9999" for each in effect.iter(f"{_UKM}InForce")] or ["9999"]
            named = [each.get("Ref") or "" for part in effect.iter(f"{_UKM}AffectedProvisions") for each in part.iter()]
            keys = {"/".join(marks.key(ref).split("/")[: 4 if "schedule" in ref else 2]) for ref in named if ref}
            is_due = effect.get("RequiresApplied") != "false"
            yield [(key, days if is_due else ["9999"]) for key in keys]


def union(document: str, day: str) -> dict[str, bool]:
    """Return of the articles of an act of the EU whether they have newer marks than the text of a day."""
    later, unclear, every = set[str](), set[str](), set[str]()
    for before, after in _pairs():
        if f"celex:{eu.number(after)}" != document:
            continue
        report = _report(before, after)
        every |= eu.marked(after).keys()
        if (after.text.valid_from or "") > day:
            later |= report.marked
            unclear |= report.unmarked | {
                unit for unit, told in report.told.items() if unit not in report.marked and told
            }
    return {
        unit: unit in later for unit in every if unit.startswith("article-") and (unit in later or unit not in unclear)
    }


@cache
def _pairs() -> tuple[tuple[eu.Recorded, eu.Recorded], ...]:
    return tuple(pair for pair in eu.pairs() if not any(each.is_formex for each in pair))


@cache
def _report(before: eu.Recorded, after: eu.Recorded) -> eu.Report:
    return eu.report(before, after)


def protocols() -> Iterator[Protocol]:
    """Yield texts that cite stale and other provisions, some that do not exist, and versions of guidance."""
    acts = {name: facts(name) for name in ACTS}
    for number in range(PROTOCOLS):
        draw, day = random.Random(number), DAYS[number % len(DAYS)]
        cited: list[tuple[str, Key, bool]] = []
        last: dict[Key, str] = {}
        for name, title in ACTS.items():
            if day < MADE.get(name, ""):
                continue
            kind, year, item = name.split("-")[:3]
            document, judged = f"{kind}/{year}/{item}", {key: one.is_stale(day) for key, one in acts[name].items()}
            for wanted, most in ((True, 3), (False, 4)):
                keys = sorted(key for key, stale in judged.items() if stale is wanted)
                picked = draw.sample(keys, min(most, len(keys)))
                cited += [(f"{_said(key)} the {title}", (document, key.replace("/", "-")), wanted) for key in picked]
                last |= {(document, key.replace("/", "-")): acts[name][key].last(day) for key in picked}
            absent = f"section-{draw.randrange(700, 900)}"
            cited.append((f"{absent.replace('-', ' ')} of the {title}", (document, absent), True))
        for document, title in UNION.items():
            judged_union = union(document, day) if day > "2018-06-01" else {}
            for wanted in (True, False):
                units = sorted(unit for unit, stale in judged_union.items() if stale is wanted)
                for unit in draw.sample(units, min(2, len(units))):
                    cited.append((f"{unit.replace('-', ' ').capitalize()} of {title}", (document, unit), wanted))
        old = draw.random() < 0.5
        version = f"{GUIDANCE} {'2.' + str(draw.randrange(1, 9)) if old else HELD_VERSION}"
        cited.append((version, ("guidance", version), old))
        draw.shuffle(cited)
        text = "\n".join(draw.choice(SENTENCES).format(words) for words, _, _ in cited)
        yield Protocol(day=day, text=text, truth={key: stale for _, key, stale in cited}, last=last)


def written() -> Iterator[Protocol]:
    """Yield the texts that were written by hand."""
    for line in WRITTEN.read_text("utf-8").splitlines():
        row = json.loads(line)
        truth = {(each["document"], each["provision"]): each["stale"] for each in row["key"]}
        yield Protocol(day=row["day"], text=row["text"], truth=truth, last={})


def _said(key: str) -> str:
    steps = key.split("/")
    return f"section {steps[1]} of" if steps[0] == "section" else f"paragraph {steps[3]} of Schedule {steps[1]} to"


def is_told(cited: Cited) -> bool:
    """Whether an answer says that something is to be looked at but that it is not, or in part, in force."""
    state, said = cited.standing.state, cited.standing.said
    is_ended = state in ("repealed", "ended", "no such provision", "not there yet", "withdrawn")
    return bool(cited.changes or cited.newer or is_ended or said.startswith("Not there yet"))


@dataclass(slots=True)
class Score:
    """How many stale citations were told, not told, and told wrongly; and each that is wrong in words."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of stale citations that were told."""
        return self.counts["told"] / max(1, self.counts["told"] + self.counts["missed"])

    @property
    def dated(self) -> float:
        """Return the share of amended provisions told of which the day of the last amendment is told, too."""
        return self.counts["day told"] / max(1, self.counts["day told"] + self.counts["day not told"])

    @property
    def precision(self) -> float:
        """Return the share of what was told that is stale."""
        return self.counts["told"] / max(1, self.counts["told"] + self.counts["beyond"])


def answered(connection: Connection, text: str, day: str) -> Answer:
    """Return the answer to a text for a day."""
    link, headers = Link(url="/", role="document"), (("content-type", "text/plain"),)
    capture = Capture(url="/", time=world.time_of(TODAY), link=link, headers=headers, body=text.encode())
    return answer(connection, reading.read(capture, known(connection)), day, TODAY)


def measured(folder: Path) -> Score:
    """Return how the answers to all protocols compare with what is known, on a data folder."""
    score = Score()
    with closing(connect(folder / FILE)) as connection:
        for protocol in (*protocols(), *written()):
            made = answered(connection, protocol.text, protocol.day)
            told = {(each.document, each.mention.provision): each for each in made.cited}
            told |= {_key(each): each for each in made.cited}
            for key, stale in protocol.truth.items():
                each = told.get(key)
                is_stale_told = each is not None and is_told(each)
                kind = ("told" if is_stale_told else "missed") if stale else "beyond" if is_stale_told else "quiet"
                score.counts[kind] += 1
                if each is not None and kind == "told" and (last := protocol.last.get(key)):
                    is_dated = last in {change.day for change in each.changes}
                    score.counts["day told" if is_dated else "day not told"] += 1
                    if not is_dated:
                        days = sorted({change.day for change in each.changes}, reverse=True)
                        score.wrong.append(f"day not told: {protocol.day} {key}: amended {last}, told {days}")
                if kind in ("missed", "beyond"):
                    changes = each.changes[:2] if each else "not found"
                    score.wrong.append(f"{kind}: {protocol.day} {key}: {each and each.standing.said} {changes}")
    return score


def _key(each: Cited) -> Key:
    mention = each.mention
    return ("guidance", mention.name) if mention.family == "guidance" else (mention.document, mention.provision)


def make(folder: Path) -> None:
    """Replay the recordings that are cited into a folder."""
    build.build(folder / "data", PATTERN)


def main(folder: Path | None = None) -> int:
    """Print recall and precision, and what is wrong; 1 where there are no recordings or a share is too small."""
    if not (texts.is_there() and eu.is_there() and world.is_there()):
        print(f"no recordings at {texts.SHARED}", file=sys.stderr)
        return 1
    with TemporaryDirectory() as made:
        if folder is None:
            make(Path(made))
        score = measured(folder or Path(made) / "data")
    print(f"{2 * PROTOCOLS} protocols: {dict(sorted(score.counts.items()))}")
    print(f"recall {score.recall:.3f}, precision {score.precision:.3f}; day of the last amendment {score.dated:.3f}")
    print("\n".join(f"  {line}" for line in score.wrong))
    return int(score.recall < 0.95 or score.precision < 0.97)
