"""One crawl or rebuild from start to end: ingest, then health, then entries, then feeds."""
