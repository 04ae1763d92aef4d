"""The server of the official SDK over the tools: on standard input and output, or by HTTP, without sessions."""

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations

from crawler import __version__
from crawler.errors import RoundupError, StorageError
from crawler.feeds.feed import LIMITS, NAME, PROMISE
from crawler.mcp.tools import Tools
from crawler.mcp.values import QUOTED
from crawler.publish.server.listening import run

TOOLS = (
    Tools.search,
    Tools.document,
    Tools.provision,
    Tools.at,
    Tools.compare,
    Tools.changes_since,
    Tools.dates_ahead,
    Tools.source_health,
    Tools.how_to_cite,
    Tools.stale,
    Tools.check_text,
)
"""What the server offers, in this order."""

PATH = "/mcp"
"""Where it is asked by HTTP."""
MAX_REQUEST_BYTES = 64 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

INSTRUCTIONS = f"""{PROMISE}

{LIMITS} {QUOTED}

Say with each answer its official link (`origin.official`), when it was captured, and what `about.not_checked` names."""


def server(tools: Tools) -> MCPServer[Any]:
    """Return the server with all tools; arguments are in none of its logs."""
    made: MCPServer[Any] = MCPServer(
        NAME, version=__version__, instructions=INSTRUCTIONS, log_level="ERROR", subscriptions=False
    )
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for tool in TOOLS:
        made.add_tool(_told(tool.__get__(tools)), annotations=reads, structured_output=True)
    return made


def serve_http(made: MCPServer[Any], host: str, port: int, names: Sequence[str]) -> None:
    """Answer by HTTP until interrupted, to who asks for one of some host names; each request stands alone.

    Raises:
        ConfigError: the address cannot be served on.
    """
    hosts = [*LOOPBACK, *names]
    security = TransportSecuritySettings(
        allowed_hosts=[each for name in hosts for each in (name, f"{name}:*")],
        allowed_origins=[
            f"{scheme}://{each}" for name in hosts for each in (name, f"{name}:*") for scheme in ("http", "https")
        ],
    )
    app = made.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        max_request_body_size=MAX_REQUEST_BYTES,
        transport_security=security,
        host=host,
    )
    run(app, host, port)


def _told(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Return a tool whose errors of ours are told to who asks; what else it raises is not."""
    if inspect.iscoroutinefunction(tool):

        @functools.wraps(tool)
        async def waiting(**given: Any) -> Any:
            try:
                return await tool(**given)
            except RoundupError as error:
                raise _error(error) from error

        return waiting

    @functools.wraps(tool)
    def telling(**given: Any) -> Any:
        try:
            return tool(**given)
        except RoundupError as error:
            raise _error(error) from error

    return telling


def _error(error: RoundupError) -> Exception:
    return error if isinstance(error, StorageError) else ToolError(str(error))
