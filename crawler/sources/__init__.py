"""sources.yaml and decisions.yaml, read into plain values; every mistake is reported at once, with file and line."""

from crawler.sources.curated.values import ByHand as ByHand
from crawler.sources.curated.values import Collection as Collection
from crawler.sources.curated.values import Curated as Curated
from crawler.sources.curated.values import Judgment as Judgment
from crawler.sources.curated.values import Judgments as Judgments
from crawler.sources.curated.values import KeptByHand as KeptByHand
from crawler.sources.curated.values import Series as Series
from crawler.sources.curated.values import is_edition as is_edition
from crawler.sources.decisions import load_decisions as load_decisions
from crawler.sources.decisions import loads_decisions as loads_decisions
from crawler.sources.lenient import recorded_decisions as recorded_decisions
from crawler.sources.lenient import registry_of_archive as registry_of_archive
from crawler.sources.load import load as load
from crawler.sources.load import loads as loads
from crawler.sources.load import with_environment as with_environment
from crawler.sources.values import Decisions as Decisions
from crawler.sources.values import Expect as Expect
from crawler.sources.values import Follow as Follow
from crawler.sources.values import Gone as Gone
from crawler.sources.values import Host as Host
from crawler.sources.values import Publisher as Publisher
from crawler.sources.values import Redaction as Redaction
from crawler.sources.values import Registry as Registry
from crawler.sources.values import Settings as Settings
from crawler.sources.values import Shelf as Shelf
from crawler.sources.values import Source as Source
