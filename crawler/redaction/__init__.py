"""What a redaction takes out, wherever it stands: a document is known again by hashes, and masked in what names it.

:mod:`mark_hashes` (by what it is known) · :mod:`decodings`, :mod:`marks` (where is it named?) · :mod:`mask` (bodies
without it) · :mod:`masked_pages` (is all else in them still read as before?) · :mod:`journal` (links and journal lines
without it). Pure.
"""

from crawler.redaction.mark_hashes import Mark as Mark
from crawler.redaction.mark_hashes import Redacted as Redacted
from crawler.redaction.mark_hashes import concealed_address as concealed_address
from crawler.redaction.marks import Marks as Marks
