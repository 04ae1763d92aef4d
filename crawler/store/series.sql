create table series ( -- one publication that comes out again and again, as sources.yaml has it, and whether its next edition has arrived
  id text primary key, -- id in sources.yaml
  name text not null, -- name for readers
  publisher text not null references publishers(id), -- the body that publishes it
  kind text not null, -- kind of its editions
  sources text not null, -- the sources that would list an edition, as a JSON list
  title text not null, -- regular expression that the title of an edition matches
  every integer not null, -- seconds from one edition to the next, as a rule
  late integer not null, -- seconds after which one that is due is late
  note text not null, -- what is known of its cadence
  position integer not null, -- place in sources.yaml
  defined text, -- clock of the first crawl that had it as it is defined now
  state text not null, -- seen, not seen by us, source not checkable; empty before its first crawl has ended
  since text, -- since when it is so; source not checkable: clock of the last visit on which one of its sources was read
  checked text, -- clock of the newest visit on which one of its sources was read in full
  newest text, -- the newest edition that we hold, a document
  newest_date text, -- its date, as in series_editions
  expected_from text, -- first day on which the next edition is expected
  expected_until text, -- last day on which it would not be late
  told text -- last day of the newest window of which an entry said that no edition was seen
) strict;
create index series_publisher on series(publisher);

create table series_editions ( -- one edition of a series that we hold
  series text not null references series(id), -- the series
  document text not null, -- the document
  date text, -- day by which it is put in order: that of publication, else that on which it appeared while we watched
  stated text not null, -- date of publication as the publisher states it, empty where it does not
  follows text, -- the edition before it, a document
  availability text not null, -- whether it can still be read there: ok, suspect, gone, withdrawn
  primary key (series, document)
) strict;
create index series_editions_document on series_editions(document);

create table collections ( -- one collection of documents on a subject, kept by hand in sources.yaml
  id text primary key, -- id in sources.yaml
  name text not null, -- name for readers
  about text not null, -- what belongs to it
  position integer not null -- place in sources.yaml
) strict;

create table collection_members ( -- one document that belongs to a collection, or one source of which every document does
  collection text not null references collections(id), -- the collection
  kind text not null, -- document or source
  member text not null, -- id of the document, whether we hold it or not, or of the source
  position integer not null, -- place in sources.yaml
  primary key (collection, kind, member)
) strict;

create table judgments ( -- one judgment of a UK court, from a list kept by hand in sources.yaml: they are not searched automatically
  citation text primary key, -- neutral citation
  court text not null, -- the court
  date text not null, -- day of the judgment
  url text not null, -- address on the site of the court or of The National Archives
  provisions text not null, -- provisions it is about, as a JSON list
  note text not null, -- what it is about, in a few words, without names
  reviewed text not null, -- day on which a person last went through the list
  position integer not null -- place in sources.yaml
) strict;
