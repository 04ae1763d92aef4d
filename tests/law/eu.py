"""What we tell of two texts of an act of the EU, beside the marks of its consolidation: ``python -m tests.law eu``.

The marks are read here without our parser: which acts' text stands in an article or annex of a page, and what the
instructions of Formex (``CLG.MDFO``) stand at.
"""

import gzip
import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from lxml import etree, html

from crawler.changes import compare, is_left_out
from crawler.model import Difference, Version
from crawler.protocols.cellar import formex, xhtml
from crawler.protocols.cellar.act_text import Text
from crawler.protocols.cellar.marks import as_annotations
from crawler.protocols.cellar.numbering import article
from crawler.text import clean, slug
from tests.recordings.world import SHARED

VERSIONS = SHARED / "law/versions/eu"
FOLDERS = (VERSIONS, SHARED / "recordings", SHARED / "recordings-more")
EXPLAINED = {
    "article-26": "the page lost the number of paragraph 1 between ►M2 and ◄; Formex has it",
    "article-36": "the page lost the number of paragraph 1 between ►M2 and ◄; Formex has it",
}
"""Provisions that differ between a page and Formex of one production, read by hand."""
OMISSIONS = frozenset({"omitted", "repealed", "revoked", "words omitted", "words repealed"})

_SIGN = re.compile(r"\s*([\u25b6\u25ba\u25bc])\s*([A-Z]{1,2}\d{0,3})?")
_UNITS = re.compile(r"title-article(?:-norm)?|title-annex-1|title-division-1")
_INSTRUCTION = re.compile(r'([\w.]+)="([^"]*)"')
_VERBS = {
    "inserted": {"inserted", "words inserted", "words substituted"},
    "replaced": {"substituted", "words substituted", "heading changed", "words inserted", "words omitted", "inserted"},
    "deleted": OMISSIONS | {"words substituted", "substituted"},
}
"""Verbs by which each action of an instruction may be told: one of a part of an article is a change of its words, and
a corrigendum replaces words of an article that was inserted at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A recorded text of an act: its file, its bytes, and how it is read."""

    name: str
    body: bytes
    text: Text

    @property
    def order(self) -> tuple[str, str, bool]:
        """Return what orders the texts of an act: date, production, pages before Formex."""
        return self.text.valid_from or "", self.text.production, self.is_formex

    @property
    def is_formex(self) -> bool:
        """Whether this is Formex and no page."""
        return self.body.startswith(b"PK") or b"<html" not in self.body[:3000].lower()

    def version(self) -> Version:
        """Return it as a version."""
        return Version(
            document=f"celex:{number(self)}",
            title=self.text.title,
            sections=self.text.sections,
            representation="structured",
            valid_from=self.text.valid_from,
            leaves_out=self.text.leaves_out,
            annotations=as_annotations(self.text.modifications),
        )


@dataclass(slots=True, kw_only=True)
class Report:
    """What is told of two texts and what is marked, by article or annex."""

    told: dict[str, list[Difference]] = field(default_factory=dict)
    beside: list[Difference] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)

    @property
    def unmarked(self) -> set[str]:
        """Return the units told and not marked, without those in which something was deleted and nothing else."""
        return {unit for unit, found in self.told.items() if unit not in self.marked and not all(map(_deletes, found))}

    @property
    def recall(self) -> float:
        """Return the share of what is marked that is told."""
        return len(self.marked & self.told.keys()) / len(self.marked) if self.marked else 1.0

    @property
    def precision(self) -> float:
        """Return the share of what is told, without deletions alone, that is marked."""
        told = len(self.told.keys() & self.marked) + len(self.unmarked)
        return (told - len(self.unmarked)) / told if told else 1.0


def main() -> int:
    """Print what is told of the recorded texts beside what is marked; 1 where there are none."""
    if not VERSIONS.is_dir():
        print(f"no texts of acts at {VERSIONS}", file=sys.stderr)
        return 1
    reports = [report(before, after) for before, after in pairs()]
    for (before, after), found in zip(pairs(), reports, strict=True):
        print("\n".join(lines(before, after, found)))
    for page, other in twins():
        paths = differing(page, other)
        print(f"{page.name} and {other.name}, one text: {len(paths)} differ")
        print("".join(f"  {path}: {EXPLAINED.get(path, 'NOT EXPLAINED')}\n" for path in paths), end="")
    marked, told = sum(len(each.marked) for each in reports), sum(len(each.told) for each in reports)
    both = sum(len(each.marked & each.told.keys()) for each in reports)
    unmarked = sum(len(each.unmarked) for each in reports)
    print(f"all: {told} told, {marked} marked, {both} both, recall {both / marked:.3f}")
    print(f"  precision without deletions {both / (both + unmarked):.3f}")
    return 0


def is_there() -> bool:
    """Whether the recorded texts stand beside this checkout."""
    return VERSIONS.is_dir()


@cache
def pairs() -> tuple[tuple[Recorded, Recorded], ...]:
    """Return the recorded texts of each act that follow each other; one in Formex follows the text as published."""
    acts: dict[str, list[Recorded]] = {}
    for each in recorded():
        acts.setdefault(number(each), []).append(each)
    found: list[tuple[Recorded, Recorded]] = []
    for texts in (sorted(texts, key=lambda each: each.order) for texts in acts.values()):
        pages = [each for each in texts if not (each.is_formex and each.text.consolidated)]
        found += [pair for pair in pairwise(pages) if pair[1].text.consolidated]
        found += [(texts[0], each) for each in texts[1:] if each not in pages]
    return tuple(found)


def twins() -> Iterator[tuple[Recorded, Recorded]]:
    """Yield the pages and the Formex of one production: the same text."""
    known = {each.name: each for pair in pairs() for each in pair}
    for page in known.values():
        for other in known.values():
            same = number(page) == number(other) and page.order[:2] == other.order[:2] and page.text.consolidated
            if same and other.is_formex and not page.is_formex:
                yield page, other


def differing(page: Recorded, other: Recorded) -> list[str]:
    """Return the paths of what differs between two readings of the same text."""
    return [each.path for each in compare(page.version(), other.version())]


def recorded() -> Iterator[Recorded]:
    """Yield all recorded consolidations, and the texts as published of the same acts, each text once."""
    files = sorted(file for folder in FOLDERS if folder.is_dir() for file in folder.rglob("*") if _may_be(file))
    for file in files:
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        is_page = b"<html" in body[:3000].lower()
        if not is_page and not body.startswith(b"PK") and b"<ACT" not in body and b"<CONS.ACT" not in body:
            continue
        read = (xhtml if is_page else formex).read(body, file.name)
        if not read.partial:
            yield Recorded(name=file.name, body=body, text=_dated(read, file))


def _may_be(file: Path) -> bool:
    in_versions = file.parent == VERSIONS and file.name.endswith(".xhtml.gz")
    return in_versions or (file.parent.name == "formex" and file.suffix in (".zip", ".xml") and ".fmx4." in file.name)


def _dated(read: Text, file: Path) -> Text:
    """Return a text with the number that the name of its file states where it states none."""
    stated = re.match(r"[03](\d{4}[A-Z]\d{4})", file.name)
    return replace(read, celex=f"3{stated[1]}") if stated else read


def number(each: Recorded) -> str:
    """Return the CELEX number of an act."""
    return each.text.celex or each.name


def report(before: Recorded, after: Recorded) -> Report:
    """Return what is told of two texts, and what is marked in the newer one alone."""
    old, new = before.version(), after.version()
    known, found = marked(before), marked(after)
    result = Report(marked={unit for unit, acts in found.items() if acts - known.get(unit, set())})
    units = sorted({*known, *found}, key=len, reverse=True)
    for each in compare(old, new):
        section = each.after or each.before
        if section is None or each.kind == "moved" or is_left_out(each, old, new):
            continue
        unit = next((name for name in units if f"{section.path}-".startswith(f"{name}-")), _unit(section.path))
        if unit:
            result.told.setdefault(unit, []).append(each)
        else:
            result.beside.append(each)
    return result


def _unit(path: str) -> str:
    match = re.match(r"article-[0-9a-z]+|annex(?:-[ivxlc]+[a-z]?(?![a-z]))?", path)
    return match[0] if match else ""


def _deletes(each: Difference) -> bool:
    return each.verb in OMISSIONS or each.kind == "removed"


def marked(each: Recorded) -> dict[str, set[str]]:
    """Return the acts whose text stands in each article and annex of a consolidation."""
    if not each.text.consolidated:
        return {}
    return _marked_in_formex(each.body) if each.is_formex else _marked_on_page(each.body)


def _marked_on_page(body: bytes) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    unit, holds, inside, annexed = "", "", list[str](), False
    for text, element in _texts(html.document_fromstring(body).find("body")):
        title = next((each for each in (element, *element.iterancestors("p")) if _is_title(each)), None)
        if title is not None and not _SIGN.match(text):
            annexed = annexed or title.get("class") == "title-annex-1"
            unit = unit if annexed and title.get("class") != "title-annex-1" else _titled(title)
            found.setdefault(unit, set())
        link = next((each for each in (element, *element.iterancestors("a")) if each.tag == "a"), None)
        sign = _SIGN.match(text)
        if sign and link is not None:
            act = "" if (sign[2] or "B") == "B" else (link.get("title") or "").partition(":")[0]
            if sign[1] == "\u25bc":
                holds, inside = act, []
            elif unit:
                inside.append(act)
                found[unit] |= {act}
        elif "\u25c4" in text:
            inside = inside[:-1]
        elif unit and text.strip("\u2014 \n\t\xa0") and not _is_note(element):
            found[unit] |= {act for act in (holds, *inside) if act}
    return {name: acts - {""} for name, acts in found.items() if name}


def _texts(root: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement]]:
    """Yield all texts of a tree in their order, each with the element that it stands in."""
    for event, node in etree.iterwalk(root, events=("start", "end")):
        text, element = (node.text, node) if event == "start" else (node.tail, node.getparent())
        if text and text.strip() and element is not None:
            yield text, element


def _is_title(element: html.HtmlElement) -> bool:
    return _UNITS.fullmatch(element.get("class") or "") is not None


def _titled(title: html.HtmlElement) -> str:
    """Return the article or annex that a title is of, empty for a chapter or section."""
    words = clean(re.sub(r"[\u25b6\u25ba\u25bc][A-Z]\d*|\u25c4", "", title.text_content()))
    if title.get("class") == "title-annex-1":
        return slug(words)
    return f"article-{article(words)}" if "article" in (title.get("class") or "") else ""


def _is_note(element: html.HtmlElement) -> bool:
    return any(each.get("class") in ("note", "footnote") for each in (element, *element.iterancestors("p")))


def instructions(body: bytes) -> Iterator[tuple[str, str, set[str]]]:
    """Yield the instructions of a consolidation in Formex: action, act, and the articles and annexes they touch."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = [archive.read(name) for name in archive.namelist() if b"<CONS.ACT" in archive.read(name)[:3000]]
    for content in files:
        nodes = list(etree.fromstring(content).iter())
        ends = {_stated(node)["IDREF"]: place for place, node in enumerate(nodes) if _is(node, "CLG.MDFC")}
        for place, node in enumerate(nodes):
            if _is(node, "CLG.MDFO"):
                said = _stated(node)
                inside = nodes[place : ends.get(said["ID"], place)]
                units = {_called(each) for each in (*node.iterancestors(), *inside)} - {""}
                yield said["ACTION"].lower(), said["ACTIVE.DOC"], units


def _is(node: etree._Element, target: str) -> bool:
    return isinstance(node, etree._ProcessingInstruction) and node.target == target


def _stated(node: etree._Element) -> dict[str, str]:
    return dict(_INSTRUCTION.findall(node.text or ""))


def _called(node: etree._Element) -> str:
    """Return the article or annex that an element is, empty for any other."""
    if node.tag == "ARTICLE" and node.get("IDENTIFIER"):
        return f"article-{node.get('IDENTIFIER', '').lstrip('0').lower()}"
    if node.tag == "CONS.ANNEX":
        return slug("".join(part.text or "" for part in node.iterfind("TITLE/TI//P")))
    return ""


def _marked_in_formex(body: bytes) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for _, act, units in instructions(body):
        for unit in units:
            found.setdefault(unit, set()).add(act)
    return found


def agreement(body: bytes, found: Report) -> tuple[int, list[str]]:
    """Return how many instructions agree with what is told, by place, action and act, and the others in words."""
    agreed, others = 0, []
    for action, act, units in instructions(body):
        told = [each for unit in units for each in found.told.get(unit, ())]
        by_act = [each for each in told if any(reason.instrument == f"celex:{act}" for reason in each.reasons)]
        if any(each.verb in _VERBS[action] for each in by_act) or (not units and found.beside):
            agreed += 1
        else:
            others.append(f"{action} by {act} at {', '.join(sorted(units)) or 'no article'}: told {_verbs(told)}")
    return agreed, others


def _verbs(told: Sequence[Difference]) -> str:
    return ", ".join(sorted({each.verb or each.kind for each in told})) or "nothing"


def lines(before: Recorded, after: Recorded, found: Report) -> Iterator[str]:
    """Yield the lines of a report on two texts."""
    yield f"{before.name} to {after.name}: {len(found.told)} told, {len(found.marked)} marked"
    yield f"  recall {found.recall:.3f}, precision without deletions {found.precision:.3f}"
    verbs = Counter(each.verb or each.kind for told in found.told.values() for each in told)
    yield f"  verbs: {', '.join(f'{count} {verb}' for verb, count in sorted(verbs.items())) or 'none'}"
    for each in (each for told in found.told.values() for each in told if not each.reasons):
        yield f"  without a reason: {each.path} ({each.verb or each.kind}): {EXPLAINED.get(each.path, 'NOT EXPLAINED')}"
    for unit in sorted(found.told.keys() - found.marked):
        why = EXPLAINED.get(unit, "NOT EXPLAINED") if unit in found.unmarked else "deleted"
        yield f"  told, not marked: {unit} ({_verbs(found.told[unit])}): {why}"
    yield from (f"  MARKED, NOT TOLD: {unit}" for unit in sorted(found.marked - found.told.keys()))
    if after.is_formex and after.body.startswith(b"PK"):
        agreed, others = agreement(after.body, found)
        yield f"  CLG.MDFO: {agreed} of {agreed + len(others)} agree"
        yield from (f"  {other}" for other in others)
