"""Relevance: what the rules say of titles, summaries and texts."""
