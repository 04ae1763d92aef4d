"""What is told to a monitor after a crawl without trouble."""

import click

from crawler.sources import Registry
from crawler.spiders.heartbeat import call


def beat(registry: Registry) -> None:
    """Tell the monitor that all is well, where the settings name one."""
    url = registry.settings.heartbeat
    if url and (trouble := call(url, registry.hosts)):
        click.echo(trouble, err=True)
