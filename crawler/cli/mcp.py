"""The command that answers programs by the Model Context Protocol: mcp."""

from contextlib import suppress
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import click

from crawler.cli import common
from crawler.errors import ConfigError
from crawler.feeds import Feed
from crawler.public.database import FILE, PublicDatabase
from crawler.run.publish import check_sample


@click.command()
@common.data_option
@common.sources_option
@click.option("--http", is_flag=True, help="By HTTP at /mcp, not on standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8002, show_default=True, help="Port to serve on.")
@click.option(
    "--name", "names", multiple=True, metavar="HOST",
    help="Further name it is asked by, as behind a proxy; others are refused. May be repeated.",
)  # fmt: skip
def mcp(data: Path, sources: Path, http: bool, host: str, port: int, names: tuple[str, ...]) -> None:
    """Answer language models from the public database, by the Model Context Protocol; needs the extra mcp."""
    if find_spec("mcp") is None:
        raise ConfigError("mcp: needs the package mcp of the extra mcp: pip install 'mcp>=2.1,<3'")
    from crawler.mcp.desk import Desk
    from crawler.mcp.server import PATH, serve_http, server
    from crawler.mcp.tools import Tools

    registry = common.registry(sources)
    settings = registry.settings
    common.finish_redaction(data)
    check_sample(data, settings)
    feed = Feed(authority=settings.authority, public_url=settings.public_url)
    made = server(Tools(PublicDatabase(data / FILE), Desk(feed=feed, now=lambda: datetime.now(UTC))))
    if http:
        click.echo(f"http://{host}:{port}{PATH}")
        serve_http(made, host, port, names)
        return
    with suppress(KeyboardInterrupt):
        made.run("stdio")
