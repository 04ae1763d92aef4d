"""Words of a page into lines, in the order in which people read them.

The order of the file is kept where it makes sense: it knows cells of a table from columns of a text, which look alike.
It does not where it goes up the page, or straight across two columns of running text; then places decide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.bodies.pdf.pages import Sheet, Word

_GAP = 1.4
"""White between two words of a line that parts them, in sizes of type: columns and cells stand further apart."""
_OVERLAP = 0.5
_UPWARD = 0.05
"""Share of lines against the order of reading from which on the order of the file is not believed."""
_LOOKED_BACK = 3
_GUTTER = 8.0
_WIDE = 0.6
"""Share of the width of a column that most lines of running text fill."""
_ROWS = 4
"""Fewest lines side by side that make two columns."""
_MAX_PIECES = 4000
"""Most pieces of a page whose order is looked at; a page with more is a map or a drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page: its words, and where they stand in points from the upper left corner.

    ``size`` is that of most of its letters, ``bold`` true where nearly all are; ``cells`` counts the pieces between
    wide gaps; ``turned`` as of words.
    """

    page: int
    words: tuple[Word, ...]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    cells: int = 1
    turned: bool = False

    @property
    def text(self) -> str:
        """Return the words as they stand."""
        return " ".join(word.text for word in self.words)

    @property
    def broken(self) -> bool:
        """Return whether the line ends inside a word."""
        return self.words[-1].broken


def lines(sheet: Sheet) -> list[Line]:
    """Return the lines of a page in reading order; words that run across the others come last."""
    upright = [word for word in sheet.words if not word.turned]
    turned = [word for word in sheet.words if word.turned]
    ordered = _ordered([_line(sheet.number, words) for words in _pieces(upright)])
    return [*_joined(ordered), *(_line(sheet.number, words) for words in _pieces(turned))]


def _pieces(words: Iterable[Word]) -> list[list[Word]]:
    """Return runs of words that follow each other in the file and on one line, without a wide gap between them."""
    pieces: list[list[Word]] = []
    for word in words:
        if pieces and _follows(pieces[-1][-1], word):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def _follows(before: Word, after: Word) -> bool:
    if before.turned or before.broken:
        return before.turned and after.turned
    size = max(before.size, after.size, 1.0)
    return _beside(before, after) and -0.5 * size <= after.left - before.right <= _GAP * size


def _beside(one: Word | Line, other: Word | Line) -> bool:
    """Return whether two boxes share most of the lower one's height."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _OVERLAP * max(0.1, min(one.bottom - one.top, other.bottom - other.top))


def _line(page: int, words: Sequence[Word], cells: int = 1) -> Line:
    letters = sum(len(word.text) for word in words)
    sizes: dict[float, int] = {}
    for word in words:
        size = round(word.size * 2) / 2
        sizes[size] = sizes.get(size, 0) + len(word.text)
    return Line(
        page=page,
        words=tuple(words),
        left=min(word.left for word in words),
        right=max(word.right for word in words),
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        size=max(sizes, key=lambda size: (sizes[size], size)),
        bold=sum(len(word.text) for word in words if word.bold) >= 0.9 * letters,
        cells=cells,
        turned=words[0].turned,
    )


def _joined(pieces: Iterable[Line]) -> list[Line]:
    """Return lines made of pieces that follow each other from left to right on one line."""
    found: list[list[Line]] = []
    for piece in pieces:
        last = found[-1][-1] if found else None
        if last is not None and not last.broken and _beside(last, piece) and piece.left >= last.right - 1:
            found[-1].append(piece)
        else:
            found.append([piece])
    return [_whole(each) if len(each) > 1 else each[0] for each in found]


def _whole(pieces: Sequence[Line]) -> Line:
    wide = sum(after.left - one.right > _GAP * max(one.size, after.size) for one, after in pairwise(pieces))
    return _line(pieces[0].page, [word for piece in pieces for word in piece.words], wide + 1)


def _ordered(pieces: list[Line]) -> list[Line]:
    if len(pieces) < 2 or len(pieces) > _MAX_PIECES:
        return pieces
    gutter = _gutter(pieces)
    if gutter is not None and _goes_across(pieces, gutter):
        return _by_columns(pieces, gutter)
    if not _goes_up(pieces):
        return pieces
    return _by_columns(pieces, gutter) if gutter is not None else _by_bands(pieces)


def _goes_up(pieces: Sequence[Line]) -> bool:
    """Return whether the order of the file goes back to what stands above something just read."""
    up = 0
    for place, piece in enumerate(pieces):
        before = pieces[max(0, place - _LOOKED_BACK) : place]
        up += any(_above(piece, other) for other in before)
    return up > _UPWARD * len(pieces)


def _above(one: Line, other: Line) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0 and one.bottom < other.bottom - 0.5 * min(one.size, other.size) and not _beside(one, other)


def _goes_across(pieces: Sequence[Line], gutter: float) -> bool:
    """Return whether most lines left of a gutter are followed by the one to the right of it."""
    left = [place for place, piece in enumerate(pieces) if piece.right <= gutter]
    across = sum(
        1 for one, other in pairwise(pieces) if one.right <= gutter <= other.left and _beside(one, other)
    )  # fmt: skip
    return across >= _ROWS and across > 0.6 * len(left)


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Return the middle of the white between two columns of running text, None where there are none."""
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    narrow = sorted((p.left, p.right) for p in pieces if p.right - p.left < _WIDE * (right - left))
    reach, best = left, (0.0, 0.0)
    for start, end in narrow:
        if left + 0.25 * (right - left) < (start + reach) / 2 < right - 0.25 * (right - left):
            best = max(best, (start - reach, (start + reach) / 2))
        reach = max(reach, end)
    if best[0] < _GUTTER:
        return None
    sides = [p for p in pieces if p.right <= best[1]], [p for p in pieces if p.left >= best[1]]
    return best[1] if all(_is_running(side) for side in sides) else None


def _is_running(column: Sequence[Line]) -> bool:
    """Return whether this is a column of running text, whose lines fill it, not one of labels or figures."""
    if len(column) < _ROWS:
        return False
    width = max(piece.right for piece in column) - min(piece.left for piece in column)
    full = sum(piece.right - piece.left >= _WIDE * width for piece in column)
    return full > 0.5 * len(column) and sum(len(piece.text) for piece in column) > 12 * len(column)


def _by_columns(pieces: Sequence[Line], gutter: float) -> list[Line]:
    """Return pieces column by column; one that crosses the gutter ends what stands above it."""
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for piece in _by_rows(pieces):
        if piece.right <= gutter:
            left.append(piece)
        elif piece.left >= gutter:
            right.append(piece)
        else:
            found += [*left, *right, piece]
            left, right = [], []
    return [*found, *left, *right]


def _by_bands(pieces: Sequence[Line]) -> list[Line]:
    """Return pieces from above to below; runs of lines that stand beside each other keep the order of the file."""
    bands: list[tuple[float, list[tuple[int, list[Line]]]]] = []
    for place, run in sorted(enumerate(_runs(pieces)), key=lambda each: (each[1][0].top, each[0])):
        low = max(piece.bottom for piece in run) - _OVERLAP * (run[-1].bottom - run[-1].top)
        if bands and run[0].top < bands[-1][0]:
            bands[-1] = max(bands[-1][0], low), [*bands[-1][1], (place, run)]
        else:
            bands.append((low, [(place, run)]))
    found: list[Line] = []
    for _, band in bands:
        kept = [piece for _, run in sorted(band, key=lambda each: each[0]) for piece in run]
        found += _by_rows(kept) if _goes_up(kept) else kept
    return found


def _runs(pieces: Sequence[Line]) -> list[list[Line]]:
    """Return runs of lines close to each other, one under the other, as those of a paragraph or a cell are."""
    runs: list[list[Line]] = []
    for piece in pieces:
        last = runs[-1][-1] if runs else None
        if last is not None and _is_under(piece, last):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _is_under(one: Line, other: Line) -> bool:
    near = -0.2 * other.size < one.top - other.bottom < other.size
    return near and min(one.right, other.right) > max(one.left, other.left)


def _by_rows(pieces: Sequence[Line]) -> list[Line]:
    """Return pieces from above to below, those beside each other from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda each: (each.top + each.bottom) / 2):
        if rows and _beside(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda each: each.left)]
