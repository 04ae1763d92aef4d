"""On any bytes the reader of Formex gives a text or a ParseError that names the cause, in time that grows with them."""

import io
import time
import zipfile

import pytest

from crawler.errors import ParseError
from crawler.protocols.cellar import formex
from crawler.protocols.cellar.formex.parts import MAX_UNPACKED_BYTES
from tests.protocols.cellar_texts import URL, act, article, body, recorded, unzipped, zipped

CASES = ["formex-act", "formex-amending", "formex-consolidated"]
FILES = {name: text for case in CASES for name, text in unzipped(case).items()}
MAIN = "L_2001101EN.01000101.xml"
HEADER = "L_2001101EN.01000101.doc.xml"
CONTENTS = "L_2001101EN.toc.xml"
WHOLE = body("formex-act")


def refusal(content: bytes) -> str:
    with pytest.raises(ParseError) as caught:
        formex.read(content, URL)
    assert caught.value.url == URL
    return caught.value.reason


def encrypted(content: bytes) -> bytes:
    """Return a zip whose files say that they are encrypted."""
    spoiled = bytearray(content)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = spoiled.find(sign)
        while at >= 0:
            spoiled[at + place] |= 1
            at = spoiled.find(sign, at + 4)
    return bytes(spoiled)


def lying(stated: int) -> bytes:
    """Return a zip whose file says that it is small, and is not."""
    spoiled = bytearray(zipped([("a.xml", b"<ACT>" + b" " * 10_000_000 + b"</ACT>")]))
    at = spoiled.find(b"PK\x01\x02")
    spoiled[at + 24 : at + 28] = stated.to_bytes(4, "little")
    return bytes(spoiled)


# -- zips


@pytest.mark.parametrize("length", [2, 4, 30, 200, len(WHOLE) // 2, len(WHOLE) - 1, len(WHOLE) - 22])
def test_a_truncated_zip(length: int) -> None:
    assert "damaged zip" in refusal(WHOLE[:length])


def test_a_zip_with_a_spoiled_file() -> None:
    at = WHOLE.find(b"<ACT")
    assert "damaged zip" in refusal(WHOLE[:at] + b"<XCT" + WHOLE[at + 4 :])


def test_an_encrypted_zip() -> None:
    assert "damaged zip" in refusal(encrypted(WHOLE))


@pytest.mark.slow
def test_a_zip_bomb() -> None:
    start = time.process_time()
    files = [(f"{n}.xml", b"<ACT>" + b" " * (MAX_UNPACKED_BYTES // 4) + b"</ACT>") for n in range(5)]
    content = zipped(files)
    assert len(content) < 500_000
    assert "unpacks to more than 64 MiB" in refusal(content)
    assert time.process_time() - start < 10


@pytest.mark.slow
def test_a_zip_that_lies_about_its_size() -> None:
    for stated in (1, 100, 0xFFFFFFFE):
        assert refusal(lying(stated))


def test_a_zip_of_very_many_files() -> None:
    assert "a zip of 5,001 files" in refusal(zipped((f"{n}.xml", b"") for n in range(5_001)))


@pytest.mark.parametrize("files", [[], [("a.tif", b"II*")], [("folder/", b"")]], ids=["empty", "image", "folder"])
def test_a_zip_without_text(files: list[tuple[str, bytes]]) -> None:
    assert refusal(zipped(files)) == "a zip without any XML file"


def test_a_zip_inside_a_zip_is_not_opened() -> None:
    assert refusal(zipped([("a.zip", WHOLE)])) == "a zip without any XML file"
    assert "not well-formed XML" in refusal(zipped([("a.xml", WHOLE)]))


def test_a_name_that_leads_out_of_the_zip_is_only_a_name() -> None:
    text = formex.read(zipped([("../../etc/a.xml", FILES[MAIN]), ("/b.XML", FILES["L_2001101EN.01000801.xml"])]), URL)
    assert "annex-i-part-b" in [section.path for section in text.sections]


def test_two_files_of_one_name() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.xml", FILES[MAIN])
        archive.writestr("a.xml", FILES[MAIN])
    assert len(formex.read(held.getvalue(), URL).sections) == len(formex.read(FILES[MAIN].encode(), URL).sections)


# -- XML


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the body is empty"),
        (b" \n ", "the body is empty"),
        (b"<ACT><TITLE></ACT>", "not well-formed XML"),
        (b"<ACT>", "not well-formed XML"),
        (b"no markup", "not well-formed XML"),
        (b"<?xml version='1.0'?>", "not well-formed XML"),
        (b"<!-- nothing else -->", "not well-formed XML"),
        (b"<ACT/><ACT/>", "not well-formed XML"),
        (b"\xff\xfe<", "not well-formed XML"),
        (b"<?xml version='1.0' encoding='x-none'?><ACT/>", "not well-formed XML"),
        (b"<ACT>&nbsp;</ACT>", "not well-formed XML"),
        (b"<ACT/>", "hold no text"),
        (b"<ACT><TITLE><TI><P>A sample</P></TI></TITLE></ACT>", "hold no text"),
        (b"<feed/>", "root element 'feed' is no text of Formex"),
        (b"<ns:ACT xmlns:ns='x'/>", "root element '{x}ACT' is no text of Formex"),
        (b"<COMBINED.FMX/>", "without its text"),
    ],
)
def test_what_is_no_formex(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_only_a_header_or_a_table_of_contents() -> None:
    assert refusal(FILES[HEADER].encode()) == "only the header of an act (DOC) without its text"
    assert refusal(FILES[CONTENTS].encode()) == "a table of contents (PUBLICATION) without its text"
    both = zipped([(HEADER, FILES[HEADER]), (CONTENTS, FILES[CONTENTS])])
    assert refusal(both) == "only the header of an act (DOC) without its text"


def test_a_damaged_file_of_a_zip_is_named() -> None:
    files = unzipped("formex-act")
    files["L_2001101EN.01000801.xml"] = files["L_2001101EN.01000801.xml"][:-9]
    assert refusal(zipped(files.items())).startswith("L_2001101EN.01000801.xml: not well-formed XML")


ENTITIES = {
    "laughs": "<!DOCTYPE ACT [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>",
    "file": "<!DOCTYPE ACT [<!ENTITY c SYSTEM 'file:///etc/passwd'>]>",
    "network": "<!DOCTYPE ACT [<!ENTITY c SYSTEM 'http://127.0.0.1:9/'>]>",
    "parameter": "<!DOCTYPE ACT [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x.dtd'> %p;]>",
    "unused": "<!DOCTYPE ACT [<!ENTITY d 'x'>]>",
}


@pytest.mark.parametrize("name", ENTITIES)
def test_entities(name: str) -> None:
    inside = "&c;" if "ENTITY c" in ENTITIES[name] else "A sample"
    content = (ENTITIES[name] + act(article(f"<ALINEA>{inside}</ALINEA>")).decode()).encode()
    assert refusal(content) == "declares entities of its own"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_entities_that_an_encoding_hides(encoding: str) -> None:
    content = ENTITIES["laughs"] + act(article("<ALINEA>&c;</ALINEA>")).decode()
    assert refusal(content.encode(encoding))


def test_a_document_type_without_entities_is_no_harm() -> None:
    content = b"<!DOCTYPE ACT SYSTEM 'http://127.0.0.1:9/formex.dtd'>" + act(article("<ALINEA>A sample.</ALINEA>"))
    assert formex.read(content, URL).sections[0].text == "A sample."


@pytest.mark.parametrize("name", ["LIST", "DIVISION", "QUOT.S", "NP", "X", "FRACTION", "HT", "TBL", "ARTICLE"])
@pytest.mark.parametrize("depth", [200, 5_000, 200_000])
def test_nesting(name: str, depth: int) -> None:
    content = act(article(f"<ALINEA>{f'<{name}>' * depth}A sample{f'</{name}>' * depth}</ALINEA>"))
    try:
        assert "A sample" in " ".join(section.text for section in formex.read(content, URL).sections)
    except ParseError as error:
        assert depth > 200
        assert "not well-formed" in error.reason or "nested too deeply" in error.reason


def test_a_huge_attribute_and_a_huge_text() -> None:
    long = "x" * 11_000_000
    assert "not well-formed XML" in refusal(f"<ACT A='{long}'/>".encode())
    assert "not well-formed XML" in refusal(act(article(f"<ALINEA>{long}</ALINEA>")))


@pytest.mark.slow
def test_very_many_attributes_points_and_marks() -> None:
    start = time.process_time()
    many = " ".join(f"A{n}='x'" for n in range(20_000))
    point = "<ITEM><NP><NO.P>(a)</NO.P><TXT>x</TXT></NP></ITEM>"
    mark = "<?CLG.MDFO ID='O{0}' ACTION='DELETED'?>x<?CLG.MDFC IDREF='O{0}'?>"
    inside = f"<P {many}>x</P><LIST>{point * 20_000}</LIST>" + "".join(mark.format(n) for n in range(20_000))
    text = formex.read(act(article(f"<ALINEA>{inside}</ALINEA>")), URL)
    assert len(text.sections[0].parts) == 20_000
    assert time.process_time() - start < 20


def test_files_that_include_each_other_or_themselves() -> None:
    def annex(file: str) -> str:
        inside = f"<P>Sample.</P><INCL.ELEMENT TYPE='FORMEX.DOC' FILEREF='{file}'/>"
        return f"<ANNEX><TITLE><TI><P>ANNEX</P></TI></TITLE><CONTENTS>{inside}</CONTENTS></ANNEX>"

    for files in ([("a.xml", annex("a.xml"))], [("a.xml", annex("b.xml")), ("b.xml", annex("a.xml"))]):
        try:
            text = formex.read(zipped(files), URL)
        except ParseError as error:
            assert error.reason
        else:
            assert text.sections[0].text.startswith("Sample.")


# -- answers that are no Formex


def test_a_list_to_choose_from_and_other_web_pages() -> None:
    page = b"<!DOCTYPE html><html><head><title>%s</title></head><body><p>x</p></body></html>"
    assert "300 Multiple Choices" in refusal(page % b"Multiple-Choice Response")
    assert refusal(page % b"Sign in") == "a web page where Formex was promised"
    assert refusal((page % b"<br>").replace(b"</p>", b"")) == "a web page where Formex was promised"


@pytest.mark.recorded
def test_a_recorded_list_to_choose_from() -> None:
    assert "300 Multiple Choices" in refusal(recorded("celex_32016R0679_fmx4.300.html"))


@pytest.mark.recorded
@pytest.mark.parametrize("name", ["aws_waf_challenge_202.html", "CELEX-32017R2403-EN-TXT.html"])
def test_a_recorded_web_page(name: str) -> None:
    assert "web page" in refusal(recorded(name))
