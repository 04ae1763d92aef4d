"""Bytes of a page into text: byte order mark, then header, then meta, then UTF-8, then Windows-1252.

The order and the labels follow https://encoding.spec.whatwg.org/ and "determining the character encoding" of
https://html.spec.whatwg.org/, with two differences: a declared encoding that does
not fit the bytes loses to the next candidate, and what is UTF-8 with more than ASCII in it is read as that, whatever is
declared: no other text looks so, and a server that comes to declare something else has changed no word.
"""

import codecs
import re
from collections.abc import Callable

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.+-]{2,40})""", re.I)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.+-]{2,40})""", re.I
)
_LOOKED_AT = 4096
_CONTROLS = bytes((*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_MAX_CONTROL_SHARE = 50
"""One character in so many may be a control character: some programs write some. Of any bytes one in ten is one."""
# Labels that mean Windows-1252 on the web, whatever their standards say (WHATWG Encoding, "names and labels").
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252"})
_KNOWN = _WESTERN | {
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gbk", "gb2312",
    "gb18030", "big5", "big5hkscs", "euc_jp", "shift_jis", "iso2022_jp", "euc_kr", "tis-620", "cp866", "cp874",
    *(f"cp125{n}" for n in range(9)), *(f"iso8859-{n}" for n in range(1, 17)),
}  # fmt: skip


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a page's bytes; never fails, and the same bytes and header always give the same text.

    ``content_type`` is the header as received.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for name in _candidates(body, content_type):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    # One broken character in a UTF-8 page must not turn every other one into mojibake.
    tolerant = body.decode("utf-8", "replace")
    if tolerant.count("\ufffd") * 4 < sum(character > "\x7f" for character in tolerant):
        return tolerant
    return _western(body)


def holds_bytes(text: str) -> bool:
    """Return whether a decoded text is none: what is packed, or no text at all, has control characters everywhere.

    NUL is not counted: it is all there is between the letters of UTF-16 that nobody declared, and pages are read so.

    >>> holds_bytes("A line.\\x0b\\n" * 20), holds_bytes("\\x1f\\x8b\\x08 \\x02 kÿ³É")
    (False, True)
    """
    data = text.encode("utf-8", "surrogatepass")
    return (len(data) - len(data.translate(None, _CONTROLS))) * _MAX_CONTROL_SHARE > len(text)


def lossless(body: bytes, content_type: str = "") -> tuple[str, Callable[[str], bytes | None]]:
    """Return the text of a page's bytes, and what gives its bytes back; None from that where they cannot be.

    What cannot be decoded stays in the text as a surrogate, so that every part of it goes back to what it was.
    """
    mark, name = next(((mark, name) for mark, name in _BOMS if body.startswith(mark)), (b"", ""))
    names = [name] if name else _candidates(body, content_type)
    rest = body[len(mark) :]
    chosen = next((each for each in names if _returns(rest, each)), "")
    if not chosen:
        tolerant = rest.decode("utf-8", "surrogateescape")
        broken = sum("\udc80" <= character <= "\udcff" for character in tolerant)
        few = broken * 4 < sum(character > "\x7f" for character in tolerant)
        chosen = "cp1252" if not few and _returns(rest, "cp1252") else "utf-8"

    def encoded(text: str) -> bytes | None:
        try:
            return mark + text.encode(chosen, "surrogateescape")
        except UnicodeEncodeError:
            return None

    return rest.decode(chosen, "surrogateescape"), encoded


def _returns(body: bytes, name: str) -> bool:
    try:
        return body.decode(name).encode(name) == body
    except UnicodeError:
        return False


def _candidates(body: bytes, content_type: str) -> list[str]:
    """Return the encodings that the bytes of a page may be in, likeliest first."""
    declared = _declared(body, content_type)
    return [*declared, "utf-8"] if body.isascii() or b"\0" in body else ["utf-8", *declared]


def _declared(body: bytes, content_type: str) -> list[str]:
    header = _CHARSET.search(content_type)
    meta = _DECLARED.search(body[:_LOOKED_AT])
    labels = [header.group(1) if header else "", meta.group(1).decode("ascii") if meta else ""]
    names = [name for label in labels if (name := _codec(label))]
    # Marks and blanks have zero bytes in UTF-16: where there is none, every pair of letters would become another sign.
    return [name for name in names if b"\0" in body or not name.startswith("utf-16")]


def _codec(label: str) -> str:
    """Return Python's name of an encoding of the web; the empty text for others, and where bytes decide anyway."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    if name in _WESTERN:
        # Nearly every page that claims Latin-1 and is valid UTF-8 with accents is UTF-8: asked last, as the fallback.
        return ""
    return name if name in _KNOWN else ""


def _western(body: bytes) -> str:
    """Return Windows-1252 as browsers read it: its five unassigned bytes are the control characters of Latin-1."""
    return "".join(
        piece.decode("cp1252") if i % 2 == 0 else piece.decode("latin-1")
        for i, piece in enumerate(re.split(rb"([\x81\x8d\x8f\x90\x9d]+)", body))
    )


_PAGE = re.compile(rb"<(?:html|body)\b", re.I)
_END = re.compile(rb"</(?:html|body)\b", re.I)
_ENCLOSING = re.compile(rb"<(/?)(?:main|article|section|div|form|table|ul|ol)\b", re.I)
# What Apache, PHP, ASP.NET, Python, Liquid and Drupal print where a part of a page was to stand.
_FAILED = re.compile(
    rb"\[an error occurred while processing (?:this|the) directive\]|<b>(?:fatal|parse) error</b>:\s|"
    rb"<b>warning</b>:\s+\w+\(|php (?:fatal|parse) error: |fatal error: uncaught |"
    rb"server error in '[^']{0,99}' application|traceback \(most recent call last\)|"
    rb"liquid (?:syntax )?error(?: \(|: )|pdoexception: |sqlstate\[",
    re.I,
)


def breaks_off(body: bytes) -> bool:
    """Return whether a whole page has no end, and breaks off inside a tag or an element that must be ended.

    >>> page = b"<html><body><div><p>One<p>Two</div>"
    >>> [breaks_off(each) for each in (page, page + b"</body>", page[:-6], page[:-3], b"<div>a fragment")]
    [False, False, True, True, False]
    """
    if not _PAGE.search(body) or _END.search(body):
        return False
    ends = _ENCLOSING.findall(body)
    return ends.count(b"") > ends.count(b"/") or body.rfind(b"<") > body.rfind(b">")


def failed_in_part(body: bytes) -> bool:
    """Return whether a server printed an error of its own where a part of the page was to stand.

    >>> failed_in_part(b"<h2>Referral</h2>[an error occurred while processing this directive]")
    True
    >>> failed_in_part(b"<p>An error occurred while processing the claim. <b>Warning</b>: call the police.</p>")
    False
    """
    return _FAILED.search(body) is not None
