"""``roundup site``: what ``roundup serve`` becomes. It knows the public database and the site alone."""

from pathlib import Path
from typing import Any

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
@click.option("--run-by", default="")
@click.option("--contact", default="")
@click.option("--logs", default="")
def site(database: Path, host: str, port: int, **where: Any) -> None:
    """Serve a public database until interrupted; what it was made from was looked at before."""
    serve(database, SiteAddress(**where), host=host, port=port)
