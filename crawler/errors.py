"""Every exception this package raises on purpose; each names the thing and the cause.

RoundupError                      catch this to catch anything we raise on purpose
├── ConfigError                   wrong use or configuration                        (exit 2)
│   ├── SourcesError              sources.yaml or decisions.yaml, with file and line
│   └── IdentifierError           text that is no identifier of the scheme asked for
├── ParseError                    a capture is not what its protocol promises
│   ├── RefusedError              the server's answer is no document: challenge, soft 404, cut body …
│   ├── LimitError                reading it took too long or too much memory
│   └── FaultError                our own code failed on it                       (exit 70)
├── UnknownFilterError            a filter of a feed that there is none of           (feeds: answered with 404)
├── MissingError                  a page of the site that there is none of           (publish: answered with 404)
├── SqlError                      a reader's statement has no answer; crawler.public.sql_process names why
├── UnansweredError               a request without an answer                        (spiders: journalled)
├── LockedError                   another crawl or rebuild is running                (exit 3)
└── StorageError                  disk or file failed                                (exit 4)
    ├── ArchiveError              a WARC file is damaged or refused a write
    └── StoreError                the database is damaged or refused a write
        └── SchemaError           it was made with another schema than that at work here
"""

from __future__ import annotations

INTERRUPTED = 130
"""Exit code of what Ctrl-C or SIGTERM ended early, as shells have it."""


class RoundupError(Exception):
    """Anything we raise on purpose."""


class ConfigError(RoundupError):
    """Wrong use or configuration: the person who started the command can mend it."""


class SourcesError(ConfigError):
    """sources.yaml or decisions.yaml is wrong; ``problems`` holds one line each: file, line, key, cause."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class IdentifierError(ConfigError):
    """A text is not an identifier of the scheme it was read as."""


class ParseError(RoundupError):
    """A capture is not what its protocol promises: says the address and the reason."""

    kind = "parse"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}"


class RefusedError(ParseError):
    """The answer is no document at all.

    ``kind`` is one of ``challenge`` (a robot check), ``soft404`` ("page not found" with status 200),
    ``ended`` (a feed that says it has ended), ``cut`` (body shorter than announced), ``empty``, ``error`` (an error
    message where a document was promised, or that the site is being worked on), ``zero`` (a list without any entry)
    and ``status`` (a status that carries no document).
    """

    def __init__(self, url: str, reason: str, kind: str) -> None:
        super().__init__(url, reason)
        self.kind = kind

    def __reduce__(self) -> tuple[type[RefusedError], tuple[str, str, str]]:
        return RefusedError, (self.url, self.reason, self.kind)


class LimitError(ParseError):
    """Reading a capture passed the time or memory allowed; the reason names the limit."""

    kind = "limit"


class FaultError(ParseError):
    """Our own code failed on a capture: the reason names the exception and the place in the code.

    What the exception says is left out, as it may hold words of the page.
    """

    kind = "fault"


class LockedError(RoundupError):
    """Another crawl or rebuild holds the lock of this data directory."""


class StorageError(RoundupError):
    """The disk, a file or the database failed."""


class ArchiveError(StorageError):
    """A WARC file is damaged, or could not be written."""


class StoreError(StorageError):
    """The database is damaged, or could not be written."""


class SchemaError(StoreError):
    """The database is sound, but was made with another schema: it is made anew from the archive."""
