"""The round-up: what changed in law, guidance and reports on human trafficking and modern slavery."""

__version__ = "0.1.0"
