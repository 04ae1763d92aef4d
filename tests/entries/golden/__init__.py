"""The golden files: ``python -m tests.entries.golden`` writes them anew."""
