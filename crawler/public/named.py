"""Questions to the public database that have a name and an address (queries.yaml), for readers without SQL.

The site and a plain Datasette answer them alike, within the limits of readers' SQL.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.public.at_day import PRODUCTION
from crawler.sources.yaml_positions import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A statement with its title, whom it is for, and what its parameters mean; ``example`` holds a value of each."""

    title: str
    reader: str
    sql: str
    parameters: Mapping[str, str]
    example: Mapping[str, str]

    @property
    def metadata(self) -> dict[str, Any]:
        """Return it as Datasette wants it in its metadata."""
        told = "; ".join(f"{name}: {meaning}" for name, meaning in self.parameters.items())
        return {"title": self.title, "description": told, "sql": self.sql, "params": list(self.parameters)}


_ENTRY = """e.tag as atom_id, e.title as atom_title, e.updated as atom_updated, e.summary as atom_content,
  e.url as atom_link, e.announced, e.kind, e.document_kind, e.jurisdiction, e.document, e.id"""

_PRODUCTION = PRODUCTION.replace("label", "x.label")
_IS_BELOW = """(:provision = '' or {0} = :provision or ({0} > :provision || '-' and {0} < :provision || '.'))"""


def metadata() -> dict[str, dict[str, Any]]:
    """Return all of them by name, as Datasette's metadata."""
    return {name: query.metadata for name, query in QUERIES.items()}


def _query(shape: Mapping[str, Any]) -> NamedQuery:
    sql = shape["sql"].replace("{entry}", _ENTRY).replace("{production}", _PRODUCTION)
    return NamedQuery(
        title=shape["title"],
        reader=shape["reader"],
        sql=re.sub(r"\{below ([a-z.]+)\}", lambda path: _IS_BELOW.format(path[1]), sql),
        parameters=shape.get("parameters", {}),
        example=shape.get("example", {}),
    )


QUERIES: Mapping[str, NamedQuery] = {
    name: _query(shape) for name, shape in read_table(Path(__file__).with_name("queries.yaml")).items()
}
"""What readers ask, by the name that stands in its address."""
