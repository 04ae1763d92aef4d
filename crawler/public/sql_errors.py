"""Why a reader's statement has no answer: each text is written for that reader."""

from __future__ import annotations

from crawler.errors import RoundupError


class SqlError(RoundupError):
    """A statement has no answer."""


class SqlRefusedError(SqlError):
    """It does or reads something that no statement may."""


class SqlTimeoutError(SqlError):
    """It took longer than it may."""


class SqlTooLargeError(SqlError):
    """It or its answer is larger than may be."""


class SqlMemoryError(SqlTooLargeError):
    """It needs more memory than it may, or ended the process that it ran in."""


class SqlBusyError(SqlError):
    """Too many statements wait already; a moment later there may be room."""


class SqlMistakeError(SqlError):
    """It is no SQL, or names what there is not: the text is SQLite's own."""


class SqlParametersError(SqlMistakeError):
    """Its parameters do not fit it, or are of a kind that SQLite does not have."""
