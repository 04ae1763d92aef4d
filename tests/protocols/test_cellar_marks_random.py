"""Consolidated pages made at random: what is marked is told at its provision, the text is that without marks."""

from dataclasses import dataclass
from random import Random

import pytest

from crawler.protocols.cellar import xhtml
from crawler.protocols.cellar.marks import as_annotations
from tests.protocols.test_cellar_marks import M1, M2, B, article, inline, page, turn

WORDS = ("samples", "shall", "be", "taken", "kept", "sold", "by", "those", "who", "want", "them", "for", "years")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph of an article with the act its text is of, and the act of some words inside, if of another one."""

    text: str
    act: str
    inside: str = ""


Act = list[list[Line]]


def made(random: Random) -> Act:
    """Return an act of articles with numbered paragraphs; acts change anywhere, also inside an article."""
    act, articles = B, []
    for _ in range(random.randint(1, 9)):
        lines = []
        for _ in range(random.randint(1, 5)):
            act = random.choice((act, act, act, B, M1, M2))
            inside = random.choice(("", "", "", M1, M2))
            lines.append(Line(text=" ".join(random.choices(WORDS, k=random.randint(2, 9))), act=act, inside=inside))
        articles.append(lines)
    return articles


def printed(act: Act, *, marked: bool, flat: bool) -> bytes:
    parts, before = [], B
    for number, lines in enumerate(act, 1):
        inside = []
        for place, line in enumerate(lines):
            sign = turn(line.act, "REPLACED") if marked and line.act != before else ""
            before = line.act
            if sign and place:
                inside.append(sign)
            elif sign:
                parts.append(sign)
            words = inline(line.inside, line.text) if marked and line.inside else line.text
            inside.append(
                f'<div class="norm"><span class="no-parag">{place + 1}. </span>'
                f'<div class="norm inline-element">{words}</div></div>'
            )
        parts.append(article(str(number), flat=flat))
        parts[-1] = parts[-1].removesuffix("</div>") + "".join(inside) + ("" if flat else "</div>")
    return page(*parts)


@pytest.mark.parametrize("seed", range(40))
def test_every_mark_is_told_where_it_stands_and_leaves_no_word(seed: int) -> None:
    act = made(Random(seed))
    for flat in (False, True):
        read = xhtml.read(printed(act, marked=True, flat=flat), "")
        bare = xhtml.read(printed(act, marked=False, flat=flat), "")
        assert read.sections == bare.sections
        found = {(mark.path, mark.id) for mark in as_annotations(read.modifications)}
        for number, lines in enumerate(act, 1):
            path = f"article-{number}"
            told = {name for at, name in found if f"{at}-".startswith(f"{path}-")}
            assert told == {name for line in lines for name in (line.act, line.inside)} - {B, ""}
            for place, line in enumerate(lines, 1):
                here = {name for at, name in found if at in (path, f"{path}-{place}")}
                assert {line.act, line.inside} - {B, ""} <= here
        whole = {
            mark.path for mark in as_annotations(read.modifications) if mark.place == "number" and "-" in mark.path
        }
        for number, lines in enumerate(act, 1):
            is_whole = len({line.act for line in lines}) == 1 and lines[0].act != B
            assert (f"article-{number}" in whole) == is_whole, (number, flat)
