"""``roundup site``: what ``roundup serve`` becomes. It knows the public database and the site alone."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.publish.app import SiteAddress, serve


@click.command()
@click.argument("database", type=click.Path(path_type=Path))
@click.option("--public-url", default="")
@click.option("--authority", required=True)
@click.option("--base-url", default="/")
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=int, required=True)
@click.option("--sql/--no-sql", default=True)
def site(database: Path, public_url: str, authority: str, base_url: str, host: str, port: int, sql: bool) -> None:
    """Serve a public database until interrupted; what it was made from was looked at before."""
    where = SiteAddress(public_url=public_url, authority=authority, base_url=base_url, sql=sql)
    serve(database, where, host=host, port=port)
