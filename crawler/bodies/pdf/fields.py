"""Words of a form that only its fields say: labels that are read out, and choices of lists.

A label that the page prints as well adds nothing, and names such as "Text Box 12" come from the program. So a form
saved anew reads the same, even where the program lost fields whose labels the page still prints.
"""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from crawler.text import clean

_GENERATED = re.compile(
    r"(?:text|check|radio|list|combo|date|numeric|push|option|button|group|form|field|box|undefined|untitled|signature|"
    r"topmostsubform|page|widget|image|cell|row|fill|name|tf|cb|rb|dropdown|toggle|choice|[\s\d_.#\[\](){}:-])*",
    re.I,
)
_SIGNS = re.compile(r"[\W_]+")
_MAX_FIELDS = 5000
"""Most fields of a document that are looked at."""
_CHOICES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form: its label, and the choices that it offers."""

    label: str
    choices: tuple[str, ...] = ()


def fields(page: Any, form: Any) -> Iterator[Field]:
    """Yield the fields on a page of PDFium that have a label or choices; ``form`` is its form environment."""
    import pypdfium2.raw as c

    for place in range(min(c.FPDFPage_GetAnnotCount(page), _MAX_FIELDS)):
        annotation = c.FPDFPage_GetAnnot(page, place)
        if not annotation:
            continue
        try:
            if c.FPDFAnnot_GetSubtype(annotation) == c.FPDF_ANNOT_WIDGET:
                yield _field(annotation, form)
        finally:
            c.FPDFPage_CloseAnnot(annotation)


def _field(annotation: Any, form: Any) -> Field:
    import pypdfium2.raw as c

    def read(function: Callable[..., int], *more: int) -> str:
        length = function(form, annotation, *more, None, 0)
        if not 2 < length < 20_000:
            return ""
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        function(form, annotation, *more, buffer, length)
        return clean(bytes(buffer)[: length - 2].decode("utf-16-le", "ignore"))

    # A name of several words outlives saving anew, the text that is read out does not always.
    name = read(c.FPDFAnnot_GetFormFieldName).removesuffix(".Widget")
    own = " " in name and not _GENERATED.fullmatch(name)
    label = name if own else read(c.FPDFAnnot_GetFormFieldAlternateName)
    count = min(max(0, c.FPDFAnnot_GetOptionCount(form, annotation)), _CHOICES)
    lists = c.FPDFAnnot_GetFormFieldType(form, annotation) in {c.FPDF_FORMFIELD_COMBOBOX, c.FPDF_FORMFIELD_LISTBOX}
    choices = tuple(read(c.FPDFAnnot_GetOptionLabel, place) for place in range(count)) if lists else ()
    return Field(label=label, choices=tuple(choice for choice in choices if choice))


def unprinted_values(found: list[Field], printed: str) -> str:
    """Return what fields say that the pages do not print, one line for each label, in the order of the alphabet."""
    known = _SIGNS.sub("", printed).casefold()
    lines: dict[str, str] = {}
    for field in found:
        choices = "; ".join(field.choices)
        if choices or (field.label and _SIGNS.sub("", field.label).casefold() not in known):
            line = f"{field.label}: {choices}" if choices and field.label else choices or field.label
            lines.setdefault(line.casefold(), line)
    return "\n".join(lines[key] for key in sorted(lines))
