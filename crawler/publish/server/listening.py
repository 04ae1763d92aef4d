"""An application served on an address until interrupted."""

import socket
from contextlib import suppress
from typing import Any

import uvicorn

from crawler.errors import ConfigError


def run(app: Any, host: str, port: int) -> None:
    """Serve an application until interrupted; requests are not logged.

    Raises:
        ConfigError: the address cannot be served on.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except (OSError, TypeError, UnicodeError) as error:  # TypeError: a name that is no host name in any coding.
        raise ConfigError(f"cannot serve on {host}:{port}: {getattr(error, 'strerror', '') or error}") from error
    config = uvicorn.Config(app, log_level="warning", lifespan="on", ws="none", server_header=False)
    with listening, suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
