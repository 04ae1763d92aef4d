"""Pictures as SVG, made here: each has its name and its description, and a table of the same beside it."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from crawler.publish.commencements import ENDED_STATE, Grid
from crawler.text import counted
from crawler.wording import day

_LEFT, _TOP, _ROW = 116, 22, 25
_WIDE, _NARROW = 31, 16
_IN_A_ROW = 17
"""Columns at their full width."""
_CELLS: Mapping[str, str] = {
    "in force": '<rect class="f" x="{x}" y="{y}" width="{w}" height="20" rx="2"/>',
    "in part": (
        '<rect class="h" x="{x}" y="{y}" width="{w}" height="20" rx="2"/><path class="f" d="M{x} {b}V{y}L{r} {b}Z"/>'
    ),
    "not yet": '<rect class="o" x="{x}" y="{y}" width="{w}" height="20" rx="2"/>',
    ENDED_STATE: '<path class="x" d="M{m} {c}l10 10m0-10l-10 10"/>',
    "not stated": '<path class="x" d="M{m} {d}h10"/>',
}
_SAID: Mapping[str, str] = {
    "in force": "in force",
    "in part": "in part",
    "not yet": "not in force",
    ENDED_STATE: "no longer in force",
    "not stated": "not stated",
}


def said(state: str) -> str:
    """Return a state of a grid for readers."""
    return _SAID[state]


def commencement(grid: Grid, title: str) -> Markup:
    """Return the grid of a law: a column for each provision, a row for each day."""
    pitch = _WIDE if len(grid.columns) <= _IN_A_ROW else max(_NARROW, _IN_A_ROW * _WIDE // len(grid.columns))
    every = 1 if pitch >= 26 else 5
    width, height = _LEFT + pitch * len(grid.columns), _TOP + _ROW * len(grid.days)
    inner = [
        Markup('<text class="no" x="{}" y="15">{}</text>').format(_LEFT + pitch * place + pitch // 2 - 2, column.number)
        for place, column in enumerate(grid.columns)
        if place % every == 0
    ]
    for row, on in enumerate(grid.days):
        y = _TOP + _ROW * row
        ahead = " ahead" if row > grid.now else ""
        inner.append(Markup('<text class="day{}" x="0" y="{}">{}</text>').format(ahead, y + 15, day(on)))
        inner += [
            _cell(column.states[row], _LEFT + pitch * place, y, pitch) for place, column in enumerate(grid.columns)
        ]
    return _svg("grid", width, height, f"Commencement of {title}", _described(grid), inner)


def _cell(state: str, x: int, y: int, pitch: int) -> Markup:
    width = pitch - 5 if pitch > _NARROW else pitch - 2
    places = {
        "x": x, "y": y, "w": width, "b": y + 20, "r": x + width, "m": x + width // 2 - 5, "c": y + 5, "d": y + 10,
    }  # fmt: skip
    return Markup(_CELLS[state]).format(**places)


def _described(grid: Grid) -> str:
    """Return in a sentence what the picture shows: how many provisions stood how on the last day that has come."""
    words = f"One column for each of {counted(len(grid.columns), 'provision')}, one row for each of the days named."
    if grid.now < 0:
        return f"{words} The same as a table below."
    states = [column.states[grid.now] for column in grid.columns]
    listed = [f"{states.count(state)} {said(state)}" for state in _SAID if state in states]
    return f"{words} On {day(grid.days[grid.now])}: {', '.join(listed)}. The same as a table below."


def key(state: str) -> Markup:
    """Return the sign of a state, for the words beside a grid."""
    return Markup('<svg class="grid" viewBox="0 0 22 22" aria-hidden="true" focusable="false">{}</svg>').format(
        _cell(state, 1, 1, 25)
    )


def months(rows: Sequence[tuple[str, Mapping[str, int]]], names: Sequence[str]) -> Markup:
    """Return bars of entries by month, oldest first, each in pieces by name."""
    most = max((sum(counts.values()) for _, counts in rows), default=0) or 1
    inner: list[Markup] = []
    for row, (month, counts) in enumerate(rows):
        y = _ROW * row
        x = float(_LEFT)
        inner.append(Markup('<text x="0" y="{}">{}</text>').format(y + 15, day(month)))
        for place, name in enumerate(names):
            width = round(480 * counts.get(name, 0) / most, 1)
            if width:
                inner.append(
                    Markup('<rect class="b{}" x="{}" y="{}" width="{}" height="20"/>').format(place, x, y, width)
                )
            x += width
        inner.append(Markup('<text x="{}" y="{}">{}</text>').format(x + 6, y + 15, f"{sum(counts.values()):,}"))
    words = "A bar for each month, in pieces by where it applies. The same as a table below."
    return _svg("bars", 660, _ROW * len(rows) or 1, "Entries by month and where they apply", words, inner)


def line(events: Sequence[tuple[str, str]], title: str) -> Markup:
    """Return the days of a provision on a line in the order and distance of their dates; each with its kind."""
    return _svg("line", 660, 46, title, "; ".join(f"{day(on)}: {what}" for on, what in events), list(_dots(events)))


def _dots(events: Sequence[tuple[str, str]]) -> Iterator[Markup]:
    years = [(int(on[:4]) + (int(on[5:7] or 1) - 1) / 12 + (int(on[8:10] or 1) - 1) / 372) for on, _ in events]
    first, last = min(years), max(years)
    yield Markup('<path class="x" d="M8 14H652"/>')
    shown = -100.0
    for (on, _), year in zip(events, years, strict=True):
        x = round(14 + 632 * (year - first) / ((last - first) or 1), 1)
        yield Markup('<circle class="f" cx="{}" cy="14" r="6"/>').format(x)
        if x - shown >= 44:
            anchor = "start" if x < 30 else "end" if x > 630 else "middle"
            yield Markup('<text x="{}" y="40" text-anchor="{}">{}</text>').format(x, anchor, on[:4])
            shown = x


def _svg(kind: str, width: int, height: int, title: str, words: str, inner: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="{0}" viewBox="0 0 {1} {2}" width="{1}" height="{2}" role="img" aria-labelledby="at-{0}-name '
        'at-{0}-words"><title id="at-{0}-name">{3}</title><desc id="at-{0}-words">{4}</desc>{5}</svg>'
    ).format(kind, width, height, title, words, Markup("").join(inner))
