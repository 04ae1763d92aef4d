"""Writes the golden files anew; review what differs."""

from tests.entries.kept import rewrite

rewrite()
