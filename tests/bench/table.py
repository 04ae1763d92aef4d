"""The figures of a run as lines, and as the table in the documentation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
PART = re.compile(r"(<!-- begin bench -->\n).*?(<!-- end bench -->)", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured, and the most that it may be."""

    what: str
    value: float
    unit: str
    most: float | None

    def line(self) -> str:
        """Return it as it is printed."""
        limit = "" if self.most is None else f"   at most {self.most:g}"
        return f"{self.what:<52}{self.value:>9.2f} {self.unit:<6}{limit}"

    def row(self) -> str:
        """Return it as a row of the table."""
        most = "" if self.most is None else f"{self.most:g}"
        measured = f"{self.value:.3g} {self.unit}".rstrip()
        is_missed = self.most is not None and self.value > self.most
        return f"|{self.what}|{f'**{measured}**' if is_missed else measured}|{most}|"


def table(figures: Iterable[Figure]) -> str:
    """Return the table of what has a limit."""
    rows = [figure.row() for figure in figures if figure.most is not None]
    return "\n".join(["|what|measured|at most|", "|---|---|---|", *rows]) + "\n"


def write(figures: Iterable[Figure]) -> None:
    """Put the table into the documentation in the place of the last one."""
    text, made = PAGE.read_text("utf-8"), table(figures)
    PAGE.write_text(PART.sub(lambda match: f"{match[1]}\n{made}\n{match[2]}", text), "utf-8")
