"""Our templates, rendered in one go: no value is awaited, and looking whether one must be takes half the time."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.utils.asgi import Request
from jinja2 import Environment, Template


class _Template(Template):
    async def render_async(self, *args: Any, **values: Any) -> str:
        """Return the page, without the event loop."""
        return self.render(*args, **values)


_ENVIRONMENTS: WeakKeyDictionary[Datasette, Environment] = WeakKeyDictionary()


def template(datasette: Datasette, request: Request, name: str) -> Template:
    """Return a template of ours, for ``datasette.render_template``."""
    if datasette not in _ENVIRONMENTS:
        # Its 0.65 has one environment, its 1.0 gives one for a request.
        of_request = getattr(datasette, "get_jinja_environment", None)
        shared: Environment = of_request(request) if of_request else datasette.jinja_env
        environment = shared.overlay(enable_async=False)
        environment.template_class = _Template
        _ENVIRONMENTS[datasette] = environment
    return _ENVIRONMENTS[datasette].get_template(name)
