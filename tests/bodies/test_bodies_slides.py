"""PowerPoint presentations into sections: what is on each slide, what its speaker says, and what nobody sees."""

from typing import Any

from crawler import changes
from crawler.bodies.office import package, pptx
from crawler.bodies.values import Content
from crawler.model import Version
from crawler.wording import where
from tests.bodies import office_making as make
from tests.bodies.office_making import run, shape

URL = "https://office.sample.invalid/sample.pptx"
AIM = shape("Aim", place="title") + shape("To know the signs", "To know whom to tell")


def slides(*shapes: str, **more: Any) -> Content:
    return pptx.document(make.pptx(shapes, **more), url=URL)


def told(content: Content) -> list[tuple[str, str, str]]:
    return [(section.number, section.heading, section.text) for section in content.sections]


def test_a_slide_is_a_section_with_its_number_and_heading() -> None:
    found = slides(shape("Sample", "course", place="ctrTitle"), AIM, shape("No title here"), title="Old template")
    assert told(found) == [
        ("Slide 1", "Sample course", ""),
        ("Slide 2", "Aim", "To know the signs\nTo know whom to tell"),
        ("Slide 3", "", "No title here"),
    ]
    assert [section.path for section in found.sections] == ["sample-course", "aim", "slide-3"]
    assert (found.title, found.representation) == ("Sample course", "office")


def test_what_the_speaker_says_is_marked_as_such() -> None:
    notes = {1: shape("3", place="sldNum") + shape("Ask them first.", place="body"), 2: shape("Pause.")}
    found = slides(AIM, shape("Signs"), notes=notes)
    assert told(found)[1:] == [
        ("Slide 1", "Aim (speaker\u2019s notes)", "Ask them first."),
        ("Slide 2", "", "Signs"),
        ("Slide 2", "speaker\u2019s notes", "Pause."),
    ]


def test_what_nobody_sees_is_not_read_and_hidden_slides_are_counted() -> None:
    unseen = "".join(shape("never", place=place) for place in ("sldNum", "dt"))
    found = slides(
        AIM,
        shape("never"),
        shape("Signs", place="title") + unseen + shape("never", about=' hidden="1"')
        + shape('<a:fld type="slidenum"><a:t>3</a:t></a:fld>' + run("of all")) + shape("Version 3", place="ftr"),
        hidden=[2],
    )  # fmt: skip
    assert told(found)[1:] == [("Slide 3", "Signs", "of all"), ("", "On every page", "Version 3")]


def test_tables_groups_diagrams_links_and_line_breaks_are_read() -> None:
    cells = "".join(f"<a:tc><a:txBody><a:p>{run(text)}</a:p></a:txBody></a:tc>" for text in ("Office", "Number", ""))
    table = f"<a:graphic><a:graphicData><a:tbl><a:tr>{cells}</a:tr></a:tbl></a:graphicData></a:graphic>"
    diagram = '<a:graphic><a:graphicData><d:relIds xmlns:d="d" r:dm="rId2"/></a:graphicData></a:graphic>'
    found = slides(
        f"<p:grpSp><p:grpSp>{shape('Inside')}</p:grpSp></p:grpSp>"
        f'<x:AlternateContent xmlns:x="x"><x:Choice>{shape("new")}</x:Choice><x:Fallback>{shape("old")}</x:Fallback>'
        f"</x:AlternateContent><p:graphicFrame>{table}</p:graphicFrame><p:graphicFrame>{diagram}</p:graphicFrame>"
        + shape(run("one") + "<a:br/>" + run("two_x000B_three ") + run("wri", link="rId3") + run("te", link="rId3")),
        more={"ppt/diagrams/data1.xml": f'<d xmlns:a="{make._A}"><pt><t><a:p>{run("Step one")}</a:p></t></pt></d>'},
    )
    assert told(found) == [
        ("Slide 1", "", "Inside\nnew\nOffice | Number\nStep one\none two three write (sample@sample.invalid)")
    ]


def test_a_slide_put_in_before_others_is_the_only_change_and_an_edit_names_its_slide() -> None:
    signs = shape("Signs", place="title") + shape("No passport")
    old, more, edited = (
        Version(document="d", title="t", sections=slides(*each).sections, representation="office")
        for each in ((AIM, signs), (AIM, shape("News", place="title"), signs), (AIM, signs.replace("passport", "pay")))
    )
    found = [(each.kind, each.path, each.significance) for each in changes.compare(old, more)]
    assert found == [("added", "news", "substantive"), ("changed", "signs", "editorial")]
    (changed,) = changes.compare(old, edited)
    section = next(each for each in edited.sections if each.path == changed.path)
    assert where(section.path, section.heading, section.number) == "Slide 2 Signs"


def test_slides_of_pictures_stay_a_document_without_text() -> None:
    found = slides("<p:pic/>", "<p:pic/>", AIM, hidden=[3])
    reason = "not read: a PowerPoint presentation (.pptx) of 2 slides without any word"
    assert (found.sections, [each.detail for each in found.problems]) == ((), [reason])


def test_a_slide_that_is_listed_a_thousand_times_is_read_once() -> None:
    body = make.pptx([AIM])
    with package.open_package(body, URL) as opened:
        parts = {name: opened.part(name) for name in opened.names}
    listed = b'<p:sldId id="256" r:id="rId1"/>'
    parts["ppt/presentation.xml"] = parts["ppt/presentation.xml"].replace(listed, listed * 1000)
    assert len(pptx.document(make.packed(parts), url=URL).sections) == 1
