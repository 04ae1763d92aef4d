"""Control characters, written as references, in a page of law: they are no text, and the page is read."""

from crawler.protocols.cellar import xhtml

PAGE = """<html><body><p>REGULATION No 1 of a sample</p><p>Article 1</p>
<p>Samples\x01 shall be kept&#2; for five years (1)&#1; and no longer.</p>
<p>(1) A sample footnote&#3;.</p></body></html>"""


def test_control_characters_are_no_text() -> None:
    text = xhtml.read(PAGE.encode(), "https://a.invalid/")
    said = " ".join(section.text for section in text.sections)
    assert "Samples shall be kept for five years" in said
    assert not any(ord(character) < 9 for character in said)
