"""What a redaction takes out, wherever it stands: a document is known again by hashes, and cut out of what names it.

:mod:`hashes` (by what it is known) · :mod:`views`, :mod:`marks` (is it named here?) · :mod:`payloads`, :mod:`files`
(journal lines, links, sources.yaml without it) · :mod:`trees`, :mod:`cutting`, :mod:`binary` (a body without the part
that names it) · :mod:`pages` (is everything else still read as before?). Pure.
"""

from __future__ import annotations

from crawler.redacting.cutting import Knife as Knife
from crawler.redacting.cutting import cut as cut
from crawler.redacting.hashes import Mark as Mark
from crawler.redacting.hashes import Redacted as Redacted
from crawler.redacting.hashes import concealed as concealed
from crawler.redacting.marks import Marks as Marks
