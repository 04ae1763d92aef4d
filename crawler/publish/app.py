"""The Datasette application and its server."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm

from crawler.errors import ConfigError, StoreError
from crawler.feeds import NAME, PROMISE
from crawler.public import named
from crawler.public.database import PublicDatabase
from crawler.publish import plugin
from crawler.publish.dictionary import tables
from crawler.publish.readers_sql import ReadersDatabase, SqlRunner
from crawler.publish.server.listening import run
from crawler.publish.server.responses import PUBLIC
from crawler.publish.settings import DATABASE, KEY, TEMPLATES
from crawler.text import stamp

_SETTINGS = {
    "suggest_facets": False,
    "facet_time_limit_ms": 1000,
    "sql_time_limit_ms": 2500,
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "default_cache_ttl": 60,
    "truncate_cells_html": 300,
    "allow_download": False,
}
"""Measured on 200,000 documents: see the settings of the Datasette documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAddress:
    """Where a site is found: its public address, the authority of its ids, and the path it is mounted on.

    ``public_url`` is the full address of the home page, empty where there is none; ``base_url`` begins and ends with
    a slash; ``sql`` lets readers write SQL of their own, which a public site may not want. ``run_by``, ``contact`` and
    ``logs`` say who runs it. ``is_copy``: its pages become files.
    """

    public_url: str
    authority: str
    base_url: str = "/"
    sql: bool = True
    run_by: str = ""
    contact: str = ""
    logs: str = ""
    is_copy: bool = False


def site(
    public: Path, where: SiteAddress, *, now: datetime | None = None, runner: SqlRunner | None = None
) -> Datasette:
    """Return the application over a public database, which may be replaced meanwhile.

    ``now`` stops its clock, and ``runner`` answers readers' SQL instead of processes: both for tests.

    Raises:
        StoreError: there is no such database.
        ConfigError: base_url does not begin and end with a slash.
    """
    if not public.is_file():
        raise StoreError(f"{public}: there is no public database yet; crawl first, or run roundup export")
    if not (where.base_url.startswith("/") and where.base_url.endswith("/")):
        raise ConfigError(f"base_url {where.base_url!r}: expected a path that begins and ends with a slash")
    if not pm.is_registered(plugin):
        pm.register(plugin, KEY)
    datasette = Datasette(
        [str(public)],
        metadata=_metadata(where, now),
        settings={**_SETTINGS, "base_url": where.base_url, "default_allow_sql": where.sql},
        template_dir=str(TEMPLATES),
    )
    for name in [name for name in datasette.databases if not name.startswith("_")]:
        datasette.remove_database(name)
    datasette.add_database(ReadersDatabase(datasette, public, runner=runner), name=DATABASE)
    PUBLIC[datasette] = PublicDatabase(public)
    return datasette


def serve(public: Path, where: SiteAddress, *, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve the site until interrupted.

    Raises:
        ConfigError: the address cannot be served on.
        StoreError: there is no such database.
    """
    datasette = site(public, where)
    run(datasette.app(), host, port)
    datasette.get_database(DATABASE).close()


def _metadata(where: SiteAddress, now: datetime | None) -> dict[str, Any]:
    """Return titles, licence and the description of every table and column, as Datasette shows them."""
    return {
        "title": NAME,
        "description": PROMISE,
        "license": "each publisher's own",
        "license_url": f"{where.base_url}about#licences",
        "about": "About this site",
        "about_url": f"{where.base_url}about",
        "plugins": {
            KEY: {
                "public_url": where.public_url,
                "authority": where.authority,
                "run_by": where.run_by,
                "contact": where.contact,
                "logs": where.logs,
                "now": stamp(now) if now else "",
                "is_copy": where.is_copy,
            }
        },
        "databases": {DATABASE: {"title": "The data", "tables": tables(), "queries": named.metadata()}},
    }
