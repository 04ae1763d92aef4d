"""What would watch an address: an entry of sources.yaml without its id and publisher, and what a person should know."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.sources import Expect, Source
from crawler.sources.values import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """How an address would be watched.

    ``label`` are the words its id is made from; ``kind`` the likeliest of what is published there and ``kinds`` what
    else it may be; ``site`` the name that a page gives to its site, empty where it gives none. ``notes`` are sentences
    for the person who adds the source.
    """

    protocol: str
    url: str
    label: str
    name: str
    kind: str
    kinds: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    expect: Expect = field(default_factory=Expect)
    evidence: Evidence = "documented"
    site: str = ""
    notes: tuple[str, ...] = ()

    @property
    def source(self) -> Source:
        """Return it as a source with names that stand for none, to try it out."""
        return Source(
            id="proposal",
            name=self.name,
            publisher="proposal",
            kind=self.kind,
            protocol=self.protocol,
            url=self.url,
            expect=self.expect,
            options=self.options,
        )
