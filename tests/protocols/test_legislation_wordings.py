"""Words that are law no longer, or not everywhere, are no part of the text; each extent has its own words."""

import pytest

from crawler.changes import compare
from crawler.model import Section, Version
from tests.protocols.legislation_samples import changed

PENALTY = "<Text>The sample offence carries no penalty.</Text>"
NUMBER = '<P2 id="section-1-2"><Pnumber>2</Pnumber><P2para>'
GROUP = '<P1group RestrictStartDate="2002-03-01">'
SHOWN = "(2) The sample offence carries no penalty."


def read(*pairs: tuple[str, str]) -> Version:
    return changed("act-latest", *pairs).versions[0]


def texts(version: Version, name: str = "section-1") -> dict[str, tuple[str, str]]:
    return {
        each.path: (each.status, each.text[each.text.index("(2)") if "(2)" in each.text else len(each.text) :])
        for each in version.sections
        if each.path.startswith(name) and each.number == "1"
    }


def former(version: Version) -> list[tuple[str, str]]:
    return [(each.path, each.text) for each in version.annotations if each.kind == "former"]


def section(version: Version, path: str) -> Section:
    return next(each for each in version.sections if each.path == path)


def repeal(text: str, **facts: str) -> str:
    stated = "".join(f' {name}="{value}"' for name, value in facts.items())
    return f'<Repeal ChangeId="k9" CommentaryRef="c2" RetainText="true"{stated}>{text}</Repeal>'


def penalty(text: str) -> tuple[str, str]:
    return PENALTY, f"<Text>{text}</Text>"


def test_repealed_words_that_are_still_printed_are_no_text_and_are_kept_as_such() -> None:
    new = '<Addition ChangeId="k8" CommentaryRef="c2">a penalty</Addition>'
    version = read(penalty(f"The sample offence carries  {repeal('no ')}{repeal('penalty')} {new} ."))
    assert texts(version) == {"section-1": ("", "(2) The sample offence carries a penalty.")}
    assert former(version) == [("section-1", "Repealed: no penalty")]
    assert "c2" in {each.id for each in version.annotations if each.kind == "F" and each.path == "section-1"}


def test_words_repealed_for_one_extent_are_law_in_the_other() -> None:
    """Trap UK-1.24: repealed words are still printed; a provision may have other words for another extent, beside it or
    far behind it."""
    version = read(penalty(f"The sample offence carries no penalty{repeal(' or fine', Extent='E+W')}."))
    assert texts(version) == {
        "section-1": ("for England and Wales", SHOWN),
        "section-1-for-scotland-and-northern-ireland": (
            "for Scotland and Northern Ireland",
            "(2) The sample offence carries no penalty or fine.",
        ),
    }
    assert former(version) == [("section-1", "Repealed for England and Wales: or fine")]
    other = section(version, "section-1-for-scotland-and-northern-ireland")
    assert (other.number, other.heading) == ("1", "The sample offence")
    assert [part.path for part in other.parts][-1] == "section-1-2-for-scotland-and-northern-ireland"


def test_a_repeal_for_all_of_the_extent_of_a_provision_is_one_everywhere() -> None:
    version = read(
        (GROUP, GROUP.replace(" Restrict", ' RestrictExtent="E+W" Restrict', 1)),
        penalty(f"The sample offence carries no penalty{repeal(' or fine', Extent='E+W')}."),
    )
    assert texts(version) == {"section-1": ("", SHOWN)}
    assert former(version) == [("section-1", "Repealed: or fine")]


def test_words_added_for_one_extent_are_not_law_in_the_other() -> None:
    more = '<Addition ChangeId="k8" CommentaryRef="c2" Extent="S"> in Scotland</Addition>'
    version = read(penalty(f"The sample offence carries no penalty{more}."))
    assert texts(version) == {
        "section-1": ("for England, Wales and Northern Ireland", SHOWN),
        "section-1-for-scotland": ("for Scotland", "(2) The sample offence carries no penalty in Scotland."),
    }
    assert former(version) == []


def test_old_and_new_words_of_a_substitution_stand_with_their_extent() -> None:
    old = repeal("no penalty", Extent="S", SubstitutionRef="k8")
    new = '<Substitution ChangeId="k8" CommentaryRef="c2" Extent="S">a fine</Substitution>'
    version = read(penalty(f"The sample offence carries {old}{new}."))
    assert [text for _, text in texts(version).values()] == [SHOWN, "(2) The sample offence carries a fine."]
    assert former(version) == [("section-1-for-scotland", "Replaced for Scotland: no penalty")]


def test_a_sub_provision_that_was_repealed_leaves_nothing_and_one_that_keeps_its_number_dots() -> None:
    gone = NUMBER.replace(">2<", f">{repeal('2')}<"), penalty(repeal("The sample offence carries no penalty."))
    version = read((NUMBER + PENALTY, gone[0] + gone[1][1]))
    assert section(version, "section-1").text.endswith("arranges that.")
    assert former(version) == [("section-1", f"Repealed: {SHOWN}")]
    kept = read(penalty(repeal("The sample offence carries no penalty.")))
    assert texts(kept) == {"section-1": ("", "(2) . . .")}


ALTERNATIVE = (
    '<Versions><Version id="v1" Description="S"><P1group RestrictExtent="S"><Title>The sample offence</Title>'
    '<P1 id="section-1"><Pnumber>1</Pnumber><P1para><Text>(2) A Scottish sample.</Text></P1para></P1></P1group>'
    '</Version><Version id="v2" Description="Equation graphical version"><Figure/></Version></Versions>'
)


def test_the_wording_for_another_extent_is_a_provision_beside_the_first() -> None:
    version = read(
        (GROUP, '<P1group RestrictExtent="E+W" AltVersionRefs="v1">'),
        ("<Commentaries>", f"{ALTERNATIVE}<Commentaries>"),
    )
    assert texts(version) == {
        "section-1": ("for England and Wales", SHOWN),
        "section-1-for-scotland": ("for Scotland", "(2) A Scottish sample."),
    }
    paths = [each.path for each in version.sections]
    assert paths.index("section-1-for-scotland") == paths.index("section-1") + 1


def test_a_sub_provision_may_have_a_wording_of_its_own_for_another_extent() -> None:
    other = '<P2 id="section-1-2" RestrictExtent="S"><Pnumber>2</Pnumber><P2para><Text>Scots pay.</Text></P2para></P2>'
    version = read(
        ('<P2 id="section-1-2">', '<P2 id="section-1-2" AltVersionRefs="v1">'),
        ("<Commentaries>", f'<Versions><Version id="v1">{other}</Version></Versions><Commentaries>'),
    )
    assert texts(version) == {
        "section-1": ("for England, Wales and Northern Ireland", SHOWN),
        "section-1-for-scotland": ("for Scotland", "(2) Scots pay."),
    }


@pytest.mark.parametrize("reference", ["v2", "v9"])
def test_pictures_and_versions_that_are_not_there_are_no_wordings(reference: str) -> None:
    version = read(
        (GROUP, f'<P1group AltVersionRefs="{reference}">'), ("<Commentaries>", f"{ALTERNATIVE}<Commentaries>")
    )
    assert texts(version) == {"section-1": ("", SHOWN)}


def test_a_wording_that_is_kept_for_one_extent_is_no_insertion_there() -> None:
    old = read()
    new = read(penalty(f"The sample offence carries {repeal('no', Extent='S')} penalty."))
    assert [(each.kind, each.verb, each.path) for each in compare(old, new)] == [
        ("changed", "", "section-1"),
        ("changed", "words repealed", "section-1-for-scotland"),
    ]
    back = [(each.kind, each.path) for each in compare(new, old)]
    assert back == [("changed", "section-1"), ("removed", "section-1-for-scotland")]
