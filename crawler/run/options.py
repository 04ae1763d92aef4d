"""What a crawl is asked to do, and what it was read from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crawler.errors import ConfigError
from crawler.redaction import Redacted
from crawler.run.due import DATABASE as DATABASE
from crawler.run.due import digest, is_due
from crawler.sources import Decisions, Registry
from crawler.sources.diagnostics import hint
from crawler.store import Store
from crawler.text import FIRST, LAST, stamp

ARCHIVE = "archive"
FEEDS = "feeds"
SAMPLE = "sample.invalid"
"""The authority under which invented captures are published, and no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """One crawl: where its data are, what is to be read, from the network or from WARC files.

    ``sources_text``, ``local_text`` and ``decisions_text`` are the files as read, for the journal. ``names`` are the
    sources asked for by name, empty for all; ``due`` leaves out those that are not due. ``minutes`` after which no new
    request is made. ``look`` asks each source for one page only. ``redacted`` is what is not kept beside what the
    database knows of. ``workers`` parse what is read from an archive (None: as many as pay), or the machines of the
    Dask scheduler at ``cluster`` do; those of a live crawl download, and what they bring is parsed here.
    """

    data: Path
    registry: Registry
    sources_text: str
    local_text: str = ""
    decisions: Decisions = field(default_factory=Decisions)
    decisions_text: str = ""
    names: tuple[str, ...] = ()
    due: bool = False
    replay: tuple[Path, ...] = ()
    as_of: datetime | None = None
    minutes: float = 50.0
    look: bool = False
    redacted: tuple[Redacted, ...] = ()
    workers: int | None = None
    cluster: str = ""

    @property
    def live(self) -> bool:
        """Return whether real servers are asked."""
        return not self.replay

    @property
    def digest(self) -> str:
        """Return the digest of the registry and the decisions as read."""
        return digest(self.sources_text, self.decisions_text, self.local_text)


def check_names(registry: Registry, names: Iterable[str]) -> None:
    """Refuse names of sources that do not exist or are switched off.

    Raises:
        ConfigError: names the first of them.
    """
    for name in names:
        source = registry.sources.get(name)
        if source is None:
            raise ConfigError(f"no source {name!r} in the registry{hint(name, registry.sources)}")
        if not source.enabled:
            raise ConfigError(f"source {name} is switched off: {source.reason}")


def check(options: Options) -> None:
    """Refuse a crawl that cannot be made.

    Raises:
        ConfigError: a source asked for does not exist or is switched off, a live crawl has no contact, or its time
            cannot be.
    """
    if options.as_of is not None and not FIRST <= options.as_of < LAST:
        raise ConfigError(f"{stamp(options.as_of)} is no time to read the web")
    check_names(options.registry, options.names)
    if options.live and not options.registry.settings.contact:
        raise ConfigError(
            "a live crawl needs a contact for the sources it asks: set ROUNDUP_CONTACT or settings.contact"
            " to an e-mail address or web page of yours"
        )


def due(options: Options, store: Store, clock: datetime) -> list[str]:
    """Return the sources a crawl walks, in the order of sources.yaml."""
    wanted: Collection[str] = options.names or options.registry.sources
    return [
        source.id
        for source in options.registry.sources.values()
        if source.id in wanted
        and source.enabled
        and (not options.due or options.replay or is_due(store, source.id, source.schedule, clock))
    ]
