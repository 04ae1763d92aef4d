"""What the parts of the site know of each other: names, places, and the settings of one site."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.text import moment

KEY = "roundup"
"""Name of the plugin and of its settings."""

DATABASE = "roundup"
"""Name of the database in addresses: it never changes."""

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
STYLE = sha256((STATIC / "roundup.css").read_bytes()).hexdigest()[:12]
"""Digest of the stylesheet, so that browsers fetch a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one site: its public address, the authority of its ids, and where its clock stands.

    ``run_by``, ``contact`` (an e-mail address) and ``logs`` say who runs it, as settings of sources.yaml.
    ``is_copy``: its pages become files, which say nothing of the time at which somebody looks.
    """

    public_url: str
    authority: str
    now: datetime
    run_by: str = ""
    contact: str = ""
    logs: str = ""
    is_copy: bool = False


def settings(datasette: Any) -> Settings | None:
    """Return the settings of a site, or None where the application is none of ours."""
    found = datasette.plugin_config(KEY)
    if not found or "authority" not in found:
        return None
    now = moment(found["now"]) if found["now"] else datetime.now(UTC)
    said = {name: found[name] for name in ("public_url", "authority", "run_by", "contact", "logs", "is_copy")}
    return Settings(**said, now=now)


def own(datasette: Any) -> Settings:
    """Return the settings of a site of ours.

    Raises:
        LookupError: the application is none of ours.
    """
    found = settings(datasette)
    if found is None:
        raise LookupError("this Datasette is not the round-up's site")
    return found
