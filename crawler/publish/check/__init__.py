"""Texts of readers checked: what one cites, how that stood on a day, and what changed since. Nothing of it is kept.

answer     all that a text cites, each with how it stood and what changed (Answer, Cited)
law        one law on that day and now; text: its wordings; changes: what changed in it since
files      the answer as CSV, plain text and JSON
pages      the form at /check, and what is answered to it
"""
