"""Old Word files (DOC): made into DOCX, and read as such.

msdoc2docx keeps what a citation needs: numbers of paragraphs, headings, tables, notes, and what is deleted or hidden.
It is Python alone, so that it reads alike on every machine.
"""

from __future__ import annotations

import struct
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from crawler.bodies.office import docx
from crawler.bodies.values import Content
from crawler.errors import ParseError
from crawler.model import Problem

MAX_BYTES = 32 * 2**20
"""Most bytes of a file: text in pictures is not read, and words alone do not come to as many."""

_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""What a converter may raise on bytes that are no Word file, beside errors of its own."""


def document(body: bytes, *, url: str, scrub: tuple[str, ...] = ()) -> Content:
    """Return what a DOC file says; one that cannot be made into DOCX has no sections and the reason.

    Raises:
        ParseError: damaged, as one that a broken transfer cut is, or without any word.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    try:
        made = _converted(body, url)
    except _RefusedError as error:
        return Content(problems=(Problem(kind="unread", detail=f"not read: an old Word file (.doc){error}"),))
    return docx.document(made, url=url, scrub=scrub)


class _RefusedError(Exception):
    """A DOC file that is not read, and why."""


def _converted(body: bytes, url: str) -> bytes:
    """Return a DOCX file that says what a DOC file says.

    Raises:
        ParseError: damaged.
        _RefusedError: encrypted, too large, or of a form that is not known.
    """
    from doc2docx import convert  # here: few captures need it
    from doc2docx.cfb import CompoundFileLimits
    from doc2docx.errors import Doc2DocxError, EncryptedDocumentError, InvalidCompoundFile

    if len(body) > MAX_BYTES:
        raise _RefusedError(f" of more than {MAX_BYTES // 2**20} MiB")
    limits = CompoundFileLimits(max_input_bytes=MAX_BYTES, max_stream_bytes=MAX_BYTES)
    # The file has no name: nothing of it is left behind where the worker is killed.
    with TemporaryFile() as source, TemporaryDirectory(prefix="roundup-") as folder:
        source.write(body)
        source.seek(0)
        made = Path(folder, "made.docx")
        try:
            convert(f"/dev/fd/{source.fileno()}", made, limits=limits)
            return made.read_bytes()
        except InvalidCompoundFile as error:
            raise ParseError(url, f"a damaged or cut office file: {error}") from error
        except EncryptedDocumentError as error:
            raise _RefusedError(" that needs a password") from error
        except (Doc2DocxError, struct.error, *_FAULTS) as error:
            raise _RefusedError(f" whose form is not known ({type(error).__name__})") from error
