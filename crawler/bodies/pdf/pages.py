"""PDF pages into words with their places and types, as PDFium sees them.

Only what a reader sees is told: neither tags nor bookmarks, because a file saved anew loses them and says the same.
https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/fpdf_text.h
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

MIN_LETTERS = 30
"""Letters that a page of text has at least: with fewer, and a picture over half of it, a page is a scan."""

_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?")
_MARKED = re.compile(r"(.*[^\d\s.,])(\d{1,3})(\W*)", re.S)
"""A word with a number right behind it, which may be the mark of a note."""
_SMALL = 0.8
_BREAKS = "\x02\ufffe"
"""What PDFium puts for a hyphen at the end of a line, in its older and newer versions."""
_BOLD = re.compile(r"bold|black|heavy|demi|-medi(?:ital)?$|(?:^|\+)(?:cm|sf|lm)\w{0,3}bx?\d", re.I)
"""In names of fonts; the last two are those of TeX (NimbusRomNo9L-Medi, CMBX12)."""
_WEIGHT = 600
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st"}
_LIGATURE = re.compile("[\ufb00-\ufb05]")
_SYMBOL = re.compile("[\ue000-\uf8ff]")
"""Characters of symbol fonts without a meaning of their own: bullets and boxes to tick."""
_SLACK = 2.0
_PICTURES = 400
"""Most pictures of a page that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word on a page: places in points from its upper left corner, size of type in points, whether it is bold.

    ``broken``: it ends with a hyphen at the end of its line. ``turned``: it runs across the other words. ``raised``: it
    is a small number behind a word, as those of notes are.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    broken: bool = False
    turned: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page: width and height in points, words in the order in which the file has them.

    ``picture`` is the share of it that pictures cover, looked at where there are few letters; ``unmapped`` the share of
    its words that are in a font which does not say what its signs mean.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    picture: float = 0.0
    unmapped: float = 0.0

    @property
    def scanned(self) -> bool:
        """Whether this is a page that holds a picture of text, as far as anybody can tell without looking at it."""
        return self.picture > 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Type:
    """How a run of signs is set: size in points, bold, angle in degrees, and whether its font tells what signs mean."""

    size: float
    bold: bool
    angle: float
    mapped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """A word as the file sets it: its box (left, bottom, right, top) in the file's own coordinates."""

    text: str
    box: tuple[float, float, float, float]
    type: _Type
    raised: bool


def sheet(page: Any, number: int) -> Sheet:
    """Return what stands on a page of PDFium; its number counts from one."""
    textpage = page.get_textpage()
    try:
        text = _signs(textpage)
        set_words = list(_set_words(textpage.raw, text))
        frame = _Frame.of(page.get_bbox(), _direction([each.type for each in set_words]))
        words = tuple(word for each in set_words if (word := _word(each, frame)) is not None)
    finally:
        textpage.close()
    letters = sum(sign.isalpha() for word in words for sign in word.text)
    unmapped = sum(not each.type.mapped for each in set_words)
    return Sheet(
        number=number,
        width=frame.width,
        height=frame.height,
        words=words,
        picture=_covered(page, frame) if letters < MIN_LETTERS else 0.0,
        unmapped=unmapped / len(set_words) if set_words else 0.0,
    )


def _signs(textpage: Any) -> str:
    """Return the signs of a page so that each has the place that PDFium counts it at."""
    import pypdfium2.raw as c

    count = c.FPDFText_CountChars(textpage.raw)
    if count <= 0:
        return ""
    text = str(textpage.get_text_range())
    if len(text) == count:
        return text
    codes = [c.FPDFText_GetUnicode(textpage.raw, place) for place in range(count)]
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\0" for code in codes)


def _set_words(textpage: Any, text: str) -> Iterator[_Set]:
    """Yield each word as the file sets it."""
    import pypdfium2.raw as c

    types: dict[int | None, _Type] = {}

    def type_of(place: int) -> _Type:
        drawn = ctypes.cast(c.FPDFText_GetTextObject(textpage, place), ctypes.c_void_p).value
        if drawn is None or drawn not in types:
            types[drawn] = _type(textpage, place)
        return types[drawn]

    def size_at(start: int, offset: int) -> float:
        return type_of(start + offset).size

    first, last = c.FS_RECTF(), c.FS_RECTF()
    for match in _WORD.finditer(text):
        start, word = match.start(), match.group()
        kind = type_of(start)
        for offset, part, raised in _parts(word, partial(size_at, start), kind.size):
            end = start + offset + len(part) - 1
            c.FPDFText_GetLooseCharBox(textpage, start + offset, first)
            # What stands for a hyphen at the end of a line has no place of its own.
            c.FPDFText_GetLooseCharBox(textpage, end - (part[-1] in _BREAKS and len(part) > 1), last)
            left, right = min(first.left, last.left), max(first.right, last.right)
            box = left, min(first.bottom, last.bottom), right, max(first.top, last.top)
            yield _Set(text=part, box=box, type=kind if not raised else type_of(start + offset), raised=raised)


def _parts(word: str, size: Callable[[int], float], whole: float) -> list[tuple[int, str, bool]]:
    """Return a word, cut where the mark of a note stands behind it: offset, text, whether it is such a mark."""
    marked = _MARKED.fullmatch(word) if len(word) < 60 and not word.isalpha() else None
    if marked is None or size(marked.start(2)) > _SMALL * whole:
        return [(0, word, False)]
    parts = [(marked.start(group), marked.group(group), group == 2) for group in (1, 2, 3)]
    return [part for part in parts if part[1]]


def _type(textpage: Any, place: int) -> _Type:
    """Return how a sign is set. Saving anew may lose the weight of a font, but not its name: that decides first."""
    import pypdfium2.raw as c

    matrix, flags, name = c.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
    c.FPDFText_GetFontInfo(textpage, place, name, 128, flags)
    c.FPDFText_GetMatrix(textpage, place, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = c.FPDFText_GetFontSize(textpage, place) * scale
    bold = _BOLD.search(name.value.decode("utf-8", "replace")) is not None
    return _Type(
        size=size if math.isfinite(size) else 0.0,
        bold=bold or c.FPDFText_GetFontWeight(textpage, place) >= _WEIGHT,
        angle=math.degrees(math.atan2(matrix.b, matrix.a)) % 360,
        mapped=c.FPDFText_HasUnicodeMapError(textpage, place) != 1,
    )


def _direction(types: Sequence[_Type]) -> int:
    """Return the direction in which most words of a page run: 0, 90, 180 or 270 degrees, against the clock."""
    counted = Counter(round(each.angle / 90) * 90 % 360 for each in types)
    return counted.most_common(1)[0][0] if counted else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The visible part of a page, and how far it is turned with the clock so that its words stand upright."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, box: Sequence[float], turn: int) -> _Frame:
        left, bottom, right, top = box
        return cls(left=left, bottom=bottom, right=right, top=top, turn=turn)

    @property
    def width(self) -> float:
        return (self.right - self.left) if self.turn in {0, 180} else (self.top - self.bottom)

    @property
    def height(self) -> float:
        return (self.top - self.bottom) if self.turn in {0, 180} else (self.right - self.left)

    def placed(self, box: Sequence[float]) -> tuple[float, float, float, float]:
        """Return a box of the file as left, top, right, bottom, counted from the upper left corner."""
        left, bottom, right, top = box
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def _word(each: _Set, frame: _Frame) -> Word | None:
    """Return a word as it stands on the page, None for one outside of it and for signs without any meaning."""
    text, broken = _readable(each.text)
    left, top, right, bottom = frame.placed(each.box)
    across, down = (left + right) / 2, (top + bottom) / 2
    if not text or not (-_SLACK <= across <= frame.width + _SLACK and -_SLACK <= down <= frame.height + _SLACK):
        return None
    skew = (each.type.angle - frame.turn) % 360
    return Word(
        text=text, left=left, right=right, top=top, bottom=bottom, size=each.type.size or bottom - top,
        bold=each.type.bold, broken=broken, turned=min(skew, 360 - skew) > 10, raised=each.raised,
    )  # fmt: skip


def _readable(raw: str) -> tuple[str, bool]:
    """Return the signs of a word as text, and whether it ends with a hyphen at the end of its line."""
    broken = raw[-1] in _BREAKS
    text = raw[:-1] if broken else raw
    if not text.isascii():
        text = _SYMBOL.sub("\u2022", _LIGATURE.sub(lambda match: _LIGATURES[match.group()], text))
        # A soft hyphen is only seen where a line ends with it.
        broken = broken or text.endswith("\u00ad")
        text = text.replace("\u00ad", "").replace("\ufffd", "")
    text = text.replace("\0", "")
    return (f"{text}-" if broken and text else text), broken


def _covered(page: Any, frame: _Frame) -> float:
    """Return the share of a page that pictures cover, at most 1."""
    import pypdfium2.raw as c

    area = frame.width * frame.height
    if area <= 0:
        return 0.0
    total = 0.0
    pictures = page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    for _, picture in zip(range(_PICTURES), pictures, strict=False):
        left, bottom, right, top = picture.get_bounds()
        width = min(right, frame.right) - max(left, frame.left)
        height = min(top, frame.top) - max(bottom, frame.bottom)
        total += max(0.0, width) * max(0.0, height)
    return min(1.0, total / area)
