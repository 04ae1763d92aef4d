"""What is kept from readers: the rule stands in :mod:`crawler.store.privacy`, where the search indexes obey it too."""

from __future__ import annotations

from crawler.sources.vocabulary import PRIVATE as PRIVATE
from crawler.store.privacy import KINDS as KINDS
from crawler.store.privacy import TAKEN_DOWN as TAKEN_DOWN
from crawler.store.privacy import hash_only as hash_only
from crawler.store.privacy import private as private
from crawler.store.privacy import removed as removed
from crawler.store.privacy import taken_down as taken_down
