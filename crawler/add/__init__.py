"""Proposing a source for a page that somebody wants watched."""
