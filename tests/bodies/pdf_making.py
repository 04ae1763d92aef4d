"""Small PDFs for tests, written by hand: words at places, in one of two types, with what else a page may hold.

Text is ours and says that it is a sample. Fonts are the standard ones that every reader has.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that start at a place, counted in points from the upper left corner of the page."""

    text: str
    x: float = 60
    y: float = 100
    size: float = 11
    bold: bool = False
    angle: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form: a text (``Tx``), a box to tick (``Btn``) or a list of choices (``Ch``)."""

    name: str
    kind: str = "Tx"
    label: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page holds; ``picture`` is the share of it that one picture covers."""

    runs: tuple[Run, ...] = ()
    fields: tuple[Field, ...] = ()
    picture: float = 0.0
    rotate: int = 0
    height: float = HEIGHT


@dataclass(slots=True)
class _File:
    objects: list[bytes] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        self.objects.append(content)
        return len(self.objects)

    def stream(self, content: bytes, entries: bytes = b"", *, compress: bool = False) -> int:
        data = zlib.compress(content) if compress else content
        kind = b"/Filter/FlateDecode" if compress else b""
        return self.add(b"<<%s%s/Length %d>>stream\n%s\nendstream" % (entries, kind, len(data), data))


def text(
    words: str, *, size: float = 11, y: float = 100, x: float = 60, leading: float = 1.25, width: int = 84
) -> list[Run]:
    """Return a paragraph, cut into lines of at most so many characters."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [Run(text=line, x=x, y=y + place * size * 1.25, size=size) for place, line in enumerate(lines)]


def flowed(
    blocks: Iterable[tuple[str, float, bool]],
    *,
    height: float = HEIGHT,
    top: float = 80,
    bottom: float = 90,
    head: str = "",
    number: bool = False,
) -> list[Page]:
    """Set blocks (words, size, bold) one under the other over as many pages as they need."""
    pages: list[list[Run]] = [[]]
    y = top
    for words, size, bold in blocks:
        for place, run in enumerate(text(words, size=size, width=int(880 / size))):
            y += 1.25 * size if place else 2.2 * size
            if y > height - bottom:
                pages.append([])
                y = top
            pages[-1].append(Run(text=run.text, y=y, size=size, bold=bold))
    made = []
    for place, runs in enumerate(pages, 1):
        around = [Run(text=head, y=40, size=9)] if head else []
        around += [Run(text=str(place), x=290, y=height - 30, size=9)] if number else []
        made.append(Page(runs=(*around, *runs), height=height))
    return made


def pdf(
    pages: Sequence[Page],
    *,
    title: str = "",
    producer: str = "Sample writer",
    compress: bool = True,
    extra: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """Return the bytes of a PDF; ``extra`` stands in its catalogue, ``trailer`` in its trailer."""
    file = _File()
    catalogue, tree, plain, bold, info = (file.add(b"") for _ in range(5))
    file.objects[plain - 1] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    file.objects[bold - 1] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>"
    file.objects[info - 1] = b"<</Title(%s)/Producer(%s)/ModDate(D:20260301120000Z)>>" % (
        _escaped(title), _escaped(producer),
    )  # fmt: skip
    kids, widgets = [], []
    for page in pages:
        kids.append(_page(file, page, (tree, plain, bold), compress=compress))
        widgets += _widgets(file, page, kids[-1])
    form = b"/AcroForm<</Fields[%s]/DR<<>>>>" % _references(widgets) if widgets else b""
    file.objects[tree - 1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (_references(kids), len(kids))
    file.objects[catalogue - 1] = b"<</Type/Catalog/Pages %d 0 R%s%s>>" % (tree, form, extra)
    return assembled(file.objects, b"/Root %d 0 R/Info %d 0 R%s" % (catalogue, info, trailer))


def assembled(objects: Sequence[bytes], trailer: bytes) -> bytes:
    """Return a file made of objects, the first one numbered 1."""
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _page(file: _File, page: Page, shared: tuple[int, int, int], *, compress: bool) -> int:
    tree, plain, bold = shared
    drawn, pictures = [], b""
    if page.picture:
        picture = file.stream(
            b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        )
        drawn.append(b"q %d 0 0 %d 0 0 cm /I Do Q" % (WIDTH, round(page.height * page.picture)))
        pictures = b"/XObject<</I %d 0 R>>" % picture
    drawn += [_run(run, page.height) for run in page.runs]
    content = file.stream(b"\n".join(drawn), compress=compress)
    resources = b"<</Font<</F %d 0 R/B %d 0 R>>%s>>" % (plain, bold, pictures)
    return file.add(
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R/Resources%s>>"
        % (tree, WIDTH, page.height, page.rotate, content, resources)
    )


def _run(run: Run, height: float) -> bytes:
    matrix = {0: b"1 0 0 1", 90: b"0 1 -1 0", 180: b"-1 0 0 -1", 270: b"0 -1 1 0", 45: b".7 .7 -.7 .7"}[run.angle]
    font = b"B" if run.bold else b"F"
    place = b"%s %.2f %.2f" % (matrix, run.x, height - run.y)
    return b"BT /%s %.2f Tf %s Tm (%s) Tj ET" % (font, run.size, place, _escaped(run.text))


def _escaped(words: str) -> bytes:
    raw = words.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _widgets(file: _File, page: Page, number: int) -> list[int]:
    found = []
    for y, each in zip(range(100, 800, 20), page.fields, strict=False):
        choices = b"/Opt[%s]" % b"".join(b"(%s)" % _escaped(choice) for choice in each.choices) if each.choices else b""
        label = b"/TU(%s)" % _escaped(each.label) if each.label else b""
        flags = b"/Ff 131072" if each.kind == "Ch" else b""
        found.append(file.add(
            b"<</Type/Annot/Subtype/Widget/P %d 0 R/Rect[60 %d 200 %d]/FT/%s/T(%s)%s%s%s>>"
            % (number, y, y + 15, each.kind.encode(), _escaped(each.name), label, choices, flags)
        ))  # fmt: skip
    if found:
        page_object = file.objects[number - 1]
        file.objects[number - 1] = page_object[:-2] + b"/Annots[%s]>>" % _references(found)
    return found


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
