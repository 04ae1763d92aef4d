"""Random and spoiled bytes: the reader of Formex gives a text or a ParseError with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ParseError
from crawler.protocols.cellar import formex
from crawler.protocols.cellar.act_text import Text
from tests.protocols.cellar_texts import URL, body
from tests.protocols.test_cellar_formex_hostile import CASES, FILES
from tests.tiers import examples


def attempt(content: bytes) -> Text | None:
    try:
        return formex.read(content, URL)
    except ParseError as error:
        assert error.reason
        return None


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"<ACT>", b"<?xml ", b"\xef\xbb\xbf"])
)
def test_random_bytes(content: bytes, start: bytes) -> None:
    attempt(start + content)


@st.composite
def spoiled(draw: st.DrawFn, contents: list[bytes]) -> bytes:
    content = draw(st.sampled_from(contents))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.integers(0, 200))
        pieces = [b"", b"\x00", b"&x;", b"<P/>", b"<NP>", b"<?CLG.MDFC?>", b'" x="', b"9" * 40, content[start:end] * 2]
        content = content[:start] + draw(st.sampled_from(pieces)) + content[end:]
    return content


@examples(150)
@given(spoiled([body(case) for case in CASES]))
def test_spoiled_zips(content: bytes) -> None:
    attempt(content)


@examples(300)
@given(spoiled([text.encode() for text in FILES.values()]))
def test_spoiled_files(content: bytes) -> None:
    attempt(content)


NAMES = [
    "ACT", "TITLE", "TI", "STI", "P", "NP", "NO.P", "TXT", "LIST", "ITEM", "ARTICLE", "TI.ART", "STI.ART", "PARAG",
    "NO.PARAG", "ALINEA", "DIVISION", "QUOT.S", "QUOT.START", "QUOT.END", "NOTE", "TBL", "CORPUS", "ROW", "CELL",
    "GR.SEQ", "ANNEX", "CONTENTS", "CONS.ANNEX", "PREAMBLE", "CONSID", "VISA", "GR.CONSID", "FINAL", "SIGNATURE",
    "ENACTING.TERMS", "FORMULA", "FRACTION", "DIVIDEND", "HT", "FT", "INCL.ELEMENT", "CONS.DOC", "FAM.COMP", "DLIST",
    "DLIST.ITEM", "TERM", "DEFINITION", "GR.NOTES", "BIB.INSTANCE", "DATE", "AGR", "CORR", "GENERAL",
]  # fmt: skip
MARKS = [
    "<?CLG.MDFO ID='O1' ACTION='DELETED'?>",
    "<?CLG.MDFO ID='O1' ACTION='REPLACED' ACTIVE.DOC='32010L9011'?>",
    "<?CLG.MDFC IDREF='O1'?>",
    "<?CLG.MDFC?>",
]
WORDS = ["A sample", "(a)", "1.", "Article 1", "ANNEX I", "\u2018", " ", "\u2014", "Part A"]
TREES = st.recursive(
    st.sampled_from([*WORDS, *MARKS]),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=5)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=40,
)


@pytest.mark.slow
@examples(300)
@given(st.sampled_from(["ACT", "ANNEX", "CONS.ACT", "AGR", "CORR", "GENERAL", "CONS.OTH"]), st.lists(TREES, max_size=6))
def test_elements_where_they_do_not_belong(root: str, inside: list[str]) -> None:
    text = attempt(f"<{root}>{''.join(inside)}</{root}>".encode())
    if text is not None:
        paths = [section.path for section in text.sections]
        assert len(paths) == len(set(paths))
        assert all(section.number or section.heading or section.text for section in text.sections)
