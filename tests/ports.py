"""A port for a child process to serve on, which nothing else takes in the meantime."""

import os
import socket

_FIRST, _LAST = 16_384, 32_767  # below what systems choose from for a server of port 0 or a client
_STEP = 7


def free_port() -> int:
    """Return a port of loopback on which nobody listens; tests that run beside this one start from another port."""
    span = _LAST - _FIRST + 1
    start = os.getpid() * 613 % span  # processes of one run have neighbouring numbers
    for step in range(span):
        port = _FIRST + (start + step * _STEP) % span
        if port in _given:
            continue
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        _given.add(port)
        return port
    raise OSError(f"no free port from {_FIRST} to {_LAST}")


_given: set[int] = set()
