"""What the editors of legislation.gov.uk note at provisions, as facts. Pure: words in, values out, in linear time."""

from __future__ import annotations

from crawler.law.notes import Note as Note
from crawler.law.notes import read_note as read_note
from crawler.law.values import Amendment as Amendment
from crawler.law.values import Commencement as Commencement
from crawler.law.values import Instrument as Instrument
from crawler.law.values import Modification as Modification
from crawler.law.values import When as When
