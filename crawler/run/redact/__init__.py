"""Redactions decided, carried out and kept to."""
