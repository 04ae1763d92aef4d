"""Entries: what is told of small worlds, to the letter, and where each word of it comes from."""
