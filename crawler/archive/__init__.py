"""What we were told, kept for ever: WARC files with a journal, the only input of the database.

A directory holds one file a run, ``run-<run id>.warc.gz``, WARC/1.1, each record its own gzip member. An exchange (one
request and its answer) is three records written at once: its ``link`` (metadata), the ``request``, and the ``response``
or ``revisit``. Between the exchanges stand journal entries (metadata) about what has no answer to hang on. Each file
names the one before it, so that one that is lost is missed.

Modules: :mod:`values` · :mod:`members` (gzip members of a file) · :mod:`records` (WARC records as bytes) ·
:mod:`exchanges` (groups of records) · :mod:`revisits` (what revisits refer to) · :mod:`archive`
(the directory) · :mod:`repair` (what a kill left) · :mod:`completeness` (what is missing) · :mod:`salvage` (what is
left) · :mod:`writing` · :mod:`content_encoding` (content codings) · :mod:`verify` · :mod:`excerpt` (records for
somebody else) · :mod:`redact`, :mod:`safe_headers` (headers that name nobody) · :mod:`pack` · :mod:`replay`,
:mod:`foreign_warc` (WARC files of others, read through warcio).
"""

from crawler.archive.archive import Archive as Archive
from crawler.archive.completeness import Mismatch as Mismatch
from crawler.archive.completeness import file_lengths as file_lengths
from crawler.archive.completeness import holds_nothing as holds_nothing
from crawler.archive.completeness import mismatches as mismatches
from crawler.archive.completeness import refusal as refusal
from crawler.archive.completeness import stands as stands
from crawler.archive.content_encoding import decode as decode
from crawler.archive.content_encoding import is_long_text as is_long_text
from crawler.archive.pack import is_sample as is_sample
from crawler.archive.pack import pack as pack
from crawler.archive.redact import redact as redact
from crawler.archive.replay import Replay as Replay
from crawler.archive.salvage import LOST as LOST
from crawler.archive.salvage import give_up as give_up
from crawler.archive.values import Answer as Answer
from crawler.archive.values import Cut as Cut
from crawler.archive.values import Exchange as Exchange
from crawler.archive.values import Journal as Journal
from crawler.archive.values import OmittedEntries as OmittedEntries
from crawler.archive.values import Place as Place
from crawler.archive.values import Replacement as Replacement
from crawler.archive.verify import check as check
