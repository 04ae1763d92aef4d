"""What a redaction takes out, wherever it stands: a document is known again by hashes, and masked in what names it.

:mod:`hashes` (by what it is known) · :mod:`views`, :mod:`marks` (where is it named?) · :mod:`mask` (bodies without it)
· :mod:`pages` (is all else in them still read as before?) · :mod:`journal` (links and journal lines without it). Pure.
"""

from __future__ import annotations

from crawler.redaction.hashes import Mark as Mark
from crawler.redaction.hashes import Redacted as Redacted
from crawler.redaction.hashes import concealed as concealed
from crawler.redaction.marks import Marks as Marks
