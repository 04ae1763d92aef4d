"""What holds for all tests: their names are the same in every process that collects them."""

from __future__ import annotations

import pytest


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name a test by the argument, not by its bytes, where these are no text: packed ones may hold the time of day."""
    del config
    return argname if isinstance(val, bytes) and not (val.isascii() and val.decode("ascii").isprintable()) else None
