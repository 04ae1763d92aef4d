create table meta ( -- one fact about this database that steers the crawl
  key text primary key, -- name of the fact
  value text not null -- its value
) strict;

create table publishers ( -- one body that publishes, as sources.yaml has it
  id text primary key, -- short name used in sources.yaml
  name text not null, -- name as the body writes it
  jurisdiction text not null, -- where the body has its seat or remit
  licence text not null, -- licence of its pages, empty where not stated
  licence_url text not null, -- page that states the licence, empty where not known
  attribution text not null, -- attribution line that its licence asks for
  copy text not null -- public: our stored copy may be shown; hash-only: title, date, link and digest only
) strict;

create table hosts ( -- one host with its own manners, as sources.yaml has it
  name text primary key, -- host, or host:port
  delay real not null, -- least seconds between two requests
  concurrency integer not null, -- most requests at the same time
  timeout real not null, -- most seconds for one request, in all
  max_bytes integer not null, -- largest body that is read, in bytes
  private integer not null -- 1: this exact loopback host and port may be asked
) strict;

create table sources ( -- one place that is read, as sources.yaml has it, and how its reading stands
  id text primary key, -- id in sources.yaml
  name text not null, -- name for readers
  publisher text not null references publishers(id), -- the body whose pages these are
  kind text not null, -- kind of documents: legislation, guidance, report, news …
  protocol text not null, -- how it is read: feed, govuk, legislation, listing …
  url text not null, -- address where a walk starts
  jurisdiction text not null, -- where its documents apply, where a document itself does not say
  schedule integer not null, -- seconds between two walks
  evidence text not null, -- recorded, documented, reported or assumed: how sure we are that it answers as we think
  enabled integer not null, -- 1: it is walked
  reason text not null, -- why it is not enabled
  toolkit text not null, -- parts of the toolkit its documents belong to, as a JSON list
  topics text not null, -- topics its documents have by their source, as a JSON list
  keep text not null, -- all, or relevant: of what does not belong into the round-up only title and decision are kept
  expect text not null, -- what healthy means, as JSON: min, max, newest (seconds), zero
  lists_others integer not null, -- 1: whose its documents are is not stated: it lists, and others publish
  position integer not null, -- place in sources.yaml: the earlier source wins where facts conflict
  options_digest text not null, -- digest of the options that decide how its captures are read
  first_complete_walk text, -- clock of its first complete healthy walk: until then it is silent
  first_options text not null, -- digest of options and address at the newest complete healthy walk: others are silent at first
  last_walk text, -- clock of the newest complete walk
  last_success text, -- clock of the newest complete and healthy walk
  last_entries integer -- how many documents the newest complete healthy walk listed
) strict;
create index sources_publisher on sources(publisher);

create table crawls ( -- one crawl from start to end, over all sources that were due
  id text primary key, -- its clock, as 20261124T100000Z
  clock text not null, -- the time it took for now: schedules, ages and dates go by it
  started text not null, -- when it started
  ended text, -- when it ended, empty while it runs or where it was broken off
  state text not null, -- open, closing, ended or interrupted
  live integer not null, -- 1: real hosts were asked; 0: a replay
  sample integer not null, -- 1: it read sample captures, which must not be published for real
  software text not null, -- version of this software
  parsers text not null, -- version of each protocol's parser, as JSON
  registry text not null, -- SHA-256 of sources.yaml and decisions.yaml as read
  file text not null, -- archive file with its journal
  offset integer not null, -- where in that file its first journal record stands
  length integer not null -- length of that record in the file, in bytes
) strict;

create table runs ( -- one crawl of one source
  crawl text not null references crawls(id), -- the crawl
  source text not null references sources(id), -- the source
  outcome text not null, -- healthy, unhealthy, failed, not recorded, unfinished, or running
  walk text not null, -- state of the walk over its listings: open, complete, incomplete
  requests integer not null, -- requests that were answered or failed
  not_modified integer not null, -- answers that the page is as before
  not_recorded integer not null, -- requests that a replay had no answer for
  failed integer not null, -- requests without an answer, or answered with an error
  bytes integer not null, -- bytes of bodies received
  documents integer not null, -- documents its listings listed
  new integer not null, -- documents seen for the first time
  changed integer not null, -- documents with a change by the publisher
  newest text, -- newest publisher's date on its listings
  known integer not null, -- listed entries that were known before
  primary key (crawl, source)
) strict;
create index runs_source on runs(source);

create table fetches ( -- one request and its answer or failure
  id integer primary key, -- number in this database; the natural key is exchange and hop
  crawl text not null references crawls(id), -- the crawl that asked
  exchange text not null, -- the request it belongs to: all its redirects share it
  hop integer not null, -- 0 for the address asked, counting up with each redirect
  url text not null, -- address asked; for HEAD and POST with method and body appended to its query
  accept text not null, -- media types asked for, empty for any
  role text not null, -- listing, next, slice, document, attachment, statement or robots
  source text references sources(id), -- the source that asked first
  asked text not null, -- all that asked: JSON list of source, role, parent, facts, token and the reason
  time text not null, -- when it was answered or failed
  status integer, -- HTTP status, empty where there was no answer
  outcome text not null, -- accepted, unchanged, not modified, redirect, quarantined, refused, missing, failed, lost, not recorded
  reason text not null, -- why it was quarantined, refused or failed
  etag text not null, -- validator for the next request
  last_modified text not null, -- validator for the next request
  media_type text not null, -- media type of the body
  bytes integer not null, -- length of the body without its content coding
  digest text not null, -- SHA-256 of the body without its content coding
  options_digest text not null, -- options under which it was read, as JSON: a digest for each source
  problems text not null default '{}', -- what was wrong with a body that was read all the same, as JSON: detail by source and kind
  entries integer, -- how many documents a listing listed
  newest text, -- newest publisher's date on a listing
  file text not null, -- archive file that holds it, empty where there was no answer
  offset integer not null, -- where in that file its record stands
  length integer not null -- length of that record in the file, in bytes
) strict;
create unique index fetches_natural on fetches(exchange, hop);
create index fetches_url on fetches(url);
create index fetches_crawl on fetches(crawl, url);
create index fetches_source on fetches(source);
create index fetches_digest on fetches(digest);

create table documents ( -- one work: an Act, a guidance page, a report, a news release
  id text primary key, -- its strongest identity: ukpga/2015/30, govuk:<content id>, url:<address>
  parent text references documents(id), -- the document it is an attachment or part of
  root text not null, -- the document at the top of its family: itself where it has no parent
  kind text not null, -- Act, statutory instrument, guidance, news …: as its page states it, else the kind of its source
  title text not null, -- title as the publisher writes it
  url text not null, -- official address
  publisher text references publishers(id), -- publisher in sources.yaml
  author text not null default '', -- publisher's own words on who published it, where they are more precise
  jurisdiction text not null default '', -- where it applies: by its extent where that is known, else as its publisher states it
  extent text not null default '', -- extent in the words of the law, for legislation
  summary text not null default '', -- publisher's own summary
  within text not null default '', -- page above a web page and its site, by their names, without which a short title says little
  status text not null default '', -- legal status: in force, prospective, repealed … empty where not applicable
  availability text not null default 'ok', -- ok, suspect, gone, withdrawn
  availability_since text, -- since when it is so; suspect: clock of the crawl that did not find it first
  suspect_answers integer not null default 0, -- in how many crawls in a row it was not found
  published text, -- date or time of publication, as the publisher states it
  updated text, -- date or time of the last update, as the publisher states it
  in_force text not null default '', -- a date, first/last date where parts began on several days, in parts, at least in part (of which not all was read), not yet, not applicable (of what has ended with how and when), or not stated
  first_seen text not null, -- when we first read of it
  checked text, -- when it was last read or confirmed unchanged
  changed text, -- when we last saw a change by the publisher
  source text not null references sources(id), -- the first of its sources in the order of sources.yaml
  current text references versions(id) -- the version shown: newest of the best representation
) strict;
create index documents_title on documents(title);
create index documents_parent on documents(parent);
create index documents_root on documents(root);
create index documents_publisher on documents(publisher);
create index documents_source on documents(source, substr(summary, 1, 40));
create index documents_kind on documents(kind);
create index documents_current on documents(current);

create table document_sources ( -- one source that lists or holds a document
  document text not null references documents(id), -- the document
  source text not null references sources(id), -- the source
  first_seen text not null, -- when this source first named it
  last_seen text not null, -- when this source last named it
  listed text not null, -- facts its listing states, as JSON; title@cy is the title of a translation
  stated text not null, -- facts its own page states, as JSON: these win
  primary key (document, source)
) strict;
create index document_sources_source on document_sources(source);
create index document_sources_parent on document_sources(json_extract(stated, '$.parent'));

create table aliases ( -- another address or identifier of a document
  alias text primary key, -- the address or identifier
  document text not null references documents(id), -- the document it belongs to
  alternate integer not null default 0 -- 1: an address that serves the same bytes beside the one at which the document is followed
) strict;
create index aliases_document on aliases(document);

create table sections ( -- one wording of one provision of a document, stored once
  id integer primary key, -- number in this database; the natural key is document and digest
  document text not null references documents(id), -- the document
  path text not null, -- stable address of the provision inside its document
  number text not null, -- its number as written
  heading text not null, -- its heading
  digest blob not null, -- SHA-256 of path, number, heading, status and canonical words
  text text not null, -- its words, as first read
  status text not null, -- status of the provision: prospective, repealed … mostly empty
  parts text not null, -- sub-provisions as JSON: path, start and end inside the text
  newest integer not null -- 1: part of the version shown
) strict;
create index sections_path on sections(document, path);

create table annotations ( -- one note of the publisher at a provision: not part of the law, and no part of its digest
  id integer primary key, -- number in this database; the natural key is document and digest
  document text not null references documents(id), -- the document
  note text not null, -- publisher's id of the note; of recent ones that of the effect it tells of
  kind text not null, -- F textual amendment, C modification, I commencement, E extent, M citation, X editorial, P power exercised, mark (of a consolidation of the EU) or former (words still printed that are law no longer, or not everywhere)
  path text not null, -- the provision it stands at, empty for the document
  place text not null, -- number, heading or text
  text text not null, -- its words
  citations text not null, -- instruments and provisions that its links name, as a JSON list of document and path
  operative text not null default '[]', -- those of them that bring the change about, where the publisher marks these
  digest text not null, -- SHA-256 of all that
  seen text not null, -- when we first read it
  fetch integer not null references fetches(id) -- the capture it was first read from
) strict;
create unique index annotations_natural on annotations(document, digest);
create index annotations_path on annotations(document, path);
create index annotations_fetch on annotations(fetch);

create table versions ( -- what a document said at one time
  id text primary key, -- hash of the document, its stream and the capture
  document text not null references documents(id), -- the document
  representation text not null, -- structured, html, office, pdf, table or summary
  language text not null, -- language, as an IETF tag
  title text not null, -- title at that time
  label text not null, -- publisher's own name of the version
  valid_from text, -- date from which the words apply in law
  captured text not null, -- when we read it
  status text not null, -- legal status as stated in it
  digest blob not null, -- SHA-256 over title, status and sections
  note text not null, -- publisher's note on what changed
  partial integer not null, -- 1: known to lack something the document has
  leaves_out text not null default '[]', -- kinds of provisions that this expression carries in part at best, as a JSON list: a consolidated act has no preamble
  source text not null references sources(id), -- the source it was read for
  options_digest blob not null, -- digest of the options of the source under which it was read
  fetch integer not null references fetches(id), -- the capture it was read from
  sections text not null, -- ids of its sections in order, as a JSON list
  annotations text not null default '[]', -- ids of the notes of its publisher, as a JSON list: those of the newest reading of these words
  characters integer not null -- length of all its texts
) strict;
create index versions_document on versions(document, valid_from);
create index versions_fetch on versions(fetch);

create table quarantine ( -- one suspicious text that is not accepted yet: much shorter, of a page that breaks off, of several pages at once, or found behind a new redirect
  document text not null references documents(id), -- the document
  representation text not null, -- the stream it would belong to
  language text not null, -- the stream it would belong to
  options_digest text not null, -- digest of the options under which it was read
  digest text not null, -- digest of the version it would be
  reason text not null, -- why it is in quarantine: shrunk (breaks off, or is what other pages say), redirect
  first_seen text not null, -- clock of the crawl that read it first
  confirmed_since text, -- clock of the first later crawl that read the same
  confirmations integer not null, -- how many later crawls read the same
  fetch integer not null references fetches(id), -- the newest capture of it
  primary key (document, representation, language, options_digest)
) strict;
create index quarantine_fetch on quarantine(fetch);

create table changes ( -- one difference between a version and its predecessor, or in the state of a document
  id text primary key, -- hash of document, captures before and after, kind and path
  document text not null references documents(id), -- the document
  version text references versions(id), -- the version after
  previous text references versions(id), -- the version before
  kind text not null, -- added, removed, changed, renumbered, moved, omitted (a provision of law that became dots), new, retitled, status, date, note (of an update that no change of the text carries), withdrawn, gone, returned, relocated, band (its relevance)
  path text not null default '', -- deepest provision that holds the whole difference, empty for the document itself
  before text not null default '', -- words before, or the old value
  after text not null default '', -- words after, or the new value
  words text not null default '[]', -- the words kept (=), deleted (-) and inserted (+), as JSON; of what is no law, words that came from another provision are kept, those that went to one are left out
  before_section integer references sections(id), -- the provision before
  after_section integer references sections(id), -- the provision after
  position integer not null default -1, -- place in the order of the new version, -1 where it has none
  verb text not null default '', -- what happened to a provision of law, in its verb: inserted, omitted, repealed, words substituted …
  reasons text not null default '[]', -- by what, as a JSON list: instrument, provision, date, basis, and in part where it began on that day in part alone
  cause text not null, -- source: the publisher; template: its site, alike on several pages; parser, coverage: our reading; rules: our rules
  significance text not null default 'editorial', -- legal effect, substantive or editorial
  flags text not null default '[]', -- what to look at, as a JSON list
  note text not null default '', -- publisher's note; for gone and an answer 410, what we saw instead
  occurred text, -- date from which it applies in law, or the publisher's date, where known
  seen text not null, -- when we saw it
  crawl text not null references crawls(id), -- the crawl that saw it
  fetch integer references fetches(id) -- the capture that showed it
) strict;
create index changes_document on changes(document, seen);
create index changes_version on changes(version);
create index changes_previous on changes(previous);
create index changes_before_section on changes(before_section);
create index changes_after_section on changes(after_section);
create index changes_crawl on changes(crawl);
create index changes_fetch on changes(fetch);
create index changes_new on changes(document, seen) where kind = 'new';
create index changes_seen on changes(seen);

create table effects ( -- what one law does to another
  id text primary key, -- identifier the publisher gives it, or a hash
  affected text not null, -- document that is changed
  affected_provision text not null, -- its provision, as the publisher prints it
  affecting text not null, -- document that changes it
  affecting_provision text not null, -- its provision, as the publisher prints it
  type text not null, -- words of the publisher: words substituted, repealed, coming into force …
  applied integer not null, -- 1: the publisher has worked it into the text
  required integer, -- 1: it asks for a change of the text, 0: it does not, empty where not stated
  in_force text not null, -- when it takes effect: days, and prospective where there is more to come
  head text not null default '', -- known head of the type, in lower case, empty where none is known
  nature text not null default '', -- textual, commencement, modification (its words stay), earlier (another effect is changed), empty where not known
  affected_paths text not null default '[]', -- provisions affected, as a JSON list of paths; a..b for a range, whole, crossheading: before the provision that one begins with
  affecting_paths text not null default '[]', -- provisions that affect it, as a JSON list of paths
  affected_title text not null default '', -- title of the document that is changed, where the publisher states it
  affecting_title text not null default '', -- title of the document that changes it, where the publisher states it
  starts text not null default '[]', -- its days in force, as a JSON list: date, qualification, instrument that commences it, provision, savings, applied, note
  commencement text not null default '', -- provision of the affecting document by which it comes into force
  savings text not null default '', -- provisions of the affecting document that save what was
  comments text not null default '', -- what the editors note
  commenced text not null default '', -- documents that a commencement order is about, separated by a blank
  seen text not null, -- when we first read of it
  fetch integer not null references fetches(id) -- the capture that stated it last
) strict;
create index effects_affected on effects(affected);
create index effects_affecting on effects(affecting);
create index effects_fetch on effects(fetch);

create table commencements ( -- one statement on the coming into force of a provision of law: made from notes, effects, dates and the law itself
  document text not null references documents(id), -- the law
  position integer not null, -- place in the order in which they were read
  path text not null, -- the provision, first..last for a range, empty for the whole law
  provision text not null, -- the provision as printed
  state text not null, -- in force, wholly in force, partly in force, not in force, to be appointed; of acts of the EU also applies, to be transposed
  date text not null, -- the day, empty where none is stated
  qualification text not null, -- for what it is so, as printed; empty for everything
  places text not null, -- parts of the United Kingdom for which alone it is so, as a JSON list
  instrument text not null, -- document that says so, empty where that is not known
  authority text not null, -- that instrument and its provision as printed
  source text not null, -- annotation, insertion, effect, order (a commencement order that is held), own provision, text (a later one no longer marks it prospective), metadata, or default: what the law provides where a law says nothing
  note text not null, -- publisher's id of the note or effect
  is_rest integer not null, -- 1: of all provisions that nothing names
  primary key (document, position)
) strict;
create index commencements_instrument on commencements(instrument);

create table in_force ( -- how a law stands at the clock of the crawl that counted last
  document text primary key references documents(id), -- the law
  summary text not null, -- a day, first/last day of its parts, in parts, at least in part (of which not all was read), not yet, not applicable with the reason, or not stated
  in_force integer not null, -- provisions that are in force
  in_part integer not null, -- provisions that are in force for some purposes or places, or of which a part is
  not_yet integer not null, -- provisions that are not in force yet
  not_stated integer not null, -- provisions of which nothing is stated
  first text not null, -- the first day on which an original provision came into force, empty where none is stated
  since text not null, -- the last day on which an original provision came into force, empty where none is stated
  next text not null -- the next day on which one will come into force, empty where none is stated
) strict;
create index in_force_next on in_force(next);

create table commencements_due ( -- one law of which something was read since its commencements were last made
  document text primary key -- the law
) strict;

create table dates ( -- one date of law or procedure, as it holds
  document text not null references documents(id), -- the document
  event text not null, -- made, laid, in force, closes …
  provision text not null, -- the provision it is for, empty for all
  date text not null, -- the date as stated
  qualification text not null, -- condition or words around it
  seen text not null, -- when we first read it
  fetch integer not null references fetches(id), -- where it was read
  primary key (document, event, provision, qualification)
) strict;
create index dates_date on dates(date);
create index dates_fetch on dates(fetch);

create table date_statements ( -- one date as one page states it: of several the document's own page wins, then the order of sources.yaml
  document text not null references documents(id), -- the document
  event text not null, -- made, laid, in force, closes …
  provision text not null, -- the provision it is for, empty for all
  qualification text not null, -- condition or words around it
  source text not null references sources(id), -- the source it was read for
  url text not null, -- the page that states it
  own integer not null, -- 1: that is the document's own page
  date text not null, -- the date as stated there last
  seen text not null, -- when we first read it there
  fetch integer not null references fetches(id), -- the capture that stated it first
  primary key (document, event, provision, qualification, source, url)
) strict;
create index date_statements_fetch on date_statements(fetch);
create index date_statements_source on date_statements(source);

create table calendar ( -- one day that a law, a consultation or its publisher states: where it lay ahead, or not long ago, when it was first read
  id text primary key, -- hash of document, event, path and number: the day may move
  document text not null references documents(id), -- the document
  event text not null, -- in force, applies, to be transposed, closes, deadline, released or end of validity
  path text not null, -- the provision, first..last for a range, empty for the whole
  number integer not null, -- counts the days of one provision and event
  provision text not null, -- the provision as printed
  qualification text not null, -- for what purposes, as printed; empty for all
  places text not null, -- parts of the United Kingdom to which it is limited, as a JSON list
  instrument text not null, -- the document that says so
  authority text not null, -- that document and its provision as printed
  date text not null, -- the day, as stated last
  stated text not null, -- the same with its time, where one is stated
  sequence integer not null, -- how often it moved, went or came back
  state text not null, -- stated, or gone: stated no more before it came
  first_seen text not null, -- clock of the crawl that saw it first
  changed text not null -- clock of the crawl that saw it changed last
) strict;
create index calendar_document on calendar(document);

create table document_history ( -- one dated note of a publisher on what it changed in a document, as its page lists them
  document text not null references documents(id), -- the document
  number integer not null, -- counts the notes on a document in the order in which we saw them, the oldest of a page first
  date text not null, -- the publisher's date of the note
  note text not null, -- its words
  seen text not null, -- capture that first showed it; before our first version of the document it is the publisher's account
  fetch integer not null references fetches(id), -- that capture
  primary key (document, number)
) strict;
create index document_history_fetch on document_history(fetch);

create table relations ( -- one document's relation to another
  document text not null references documents(id), -- the document
  relation text not null, -- amends, commences, made under, replaces, cites, attachment of …
  target text not null, -- identifier or address of the other
  seen text not null, -- when we first read it
  fetch integer not null references fetches(id), -- where it was read
  primary key (document, relation, target)
) strict;
create index relations_target on relations(target);
create index relations_fetch on relations(fetch);

create table topics ( -- one topic of the round-up
  id text primary key, -- short name
  label text not null -- name for readers
) strict;

create table document_topics ( -- why a document is in the round-up under a topic
  document text not null references documents(id), -- the document
  topic text not null references topics(id), -- the topic
  band text not null, -- in, review or out
  score real not null, -- score that decided it
  why text not null, -- the words, places and weights that matched, or the source, as JSON
  primary key (document, topic)
) strict;
create index document_topics_topic on document_topics(topic, document);

create table entries ( -- what readers and feeds get: one for each document family and crawl, or for several new ones of a source
  id text primary key, -- hash of the family, or of the source, and the crawl
  crawl text not null references crawls(id), -- the crawl that saw it
  document text references documents(id), -- top of the family, empty for an entry about the round-up itself
  kind text not null, -- new, changed, retitled, status, date, withdrawn, gone, returned, relocated, watching, late (an edition that we did not see), older or several (new documents of one source), list (what happened to a complete one)
  title text not null, -- headline
  verb text not null default '', -- what happened, in the verb of the headline
  summary text not null, -- what changed, in a few words
  details text not null, -- the differences told, as JSON: kind, verb, document, path, heading, words, duty (words that bind otherwise); listed, listed only: a line of the publisher's own list, seen by us or not; unlisted: what it lacks
  url text not null, -- official address
  jurisdiction text not null, -- where the document applies
  publisher text references publishers(id), -- who published it
  source text references sources(id), -- the source that showed it
  document_kind text not null, -- kind of the document
  published text, -- publisher's date of publication
  updated_by_publisher text, -- publisher's date of the update
  occurred text, -- date from which it applies in law
  day text, -- day of what it tells: from which it applies, of the withdrawal, publication or update; empty where only the day is known on which we saw it
  in_force text not null, -- in force, as of documents: a date, first/last date, in parts, at least in part, not yet, not applicable, not stated
  note text not null, -- publisher's note on the change; of several each on a line with its date
  significance text not null, -- legal effect, substantive or editorial
  late text not null, -- why it comes late, empty where it does not
  seen text not null, -- when we saw it
  announced text, -- when it entered the feeds, empty where it never did
  updated text, -- when it last changed in meaning
  state text not null, -- announced, corrected, withdrawn, silent, or orphaned: announced, but no longer read from the archive
  capture_time text, -- when the capture behind it was read
  capture_digest text not null, -- SHA-256 of that capture
  fetch integer references fetches(id), -- that capture
  why text not null default '[]', -- why it is in the round-up: sentences for readers, as a JSON list
  aimed_at text not null default '[]', -- whom it concerns, as a JSON list
  look_for text not null default '[]', -- parts of the document worth opening, as a JSON list of their names
  flags text not null default '[]', -- what to look at, as a JSON list
  sure text not null default '[]', -- how sure we are, as a JSON list of sentences with the reason
  confirmed integer not null default 1, -- 0: it is published although nobody confirmed that it is relevant
  copies text not null default '[]' -- the same document elsewhere, as a JSON list: document, title, url, publisher, relation
) strict;
create index entries_title on entries(title);
create index entries_crawl on entries(crawl);
create index entries_document on entries(document);
create index entries_publisher on entries(publisher);
create index entries_source on entries(source, announced);
create index entries_announced on entries(announced);
create index entries_updated on entries(updated);
create index entries_jurisdiction on entries(jurisdiction, announced);
create index entries_document_kind on entries(document_kind, announced);
create index entries_fetch on entries(fetch);

create table issues ( -- something a person must look at, until it is resolved
  id text primary key, -- hash of source, kind, subject and its start
  source text references sources(id), -- the source, empty for the round-up itself
  kind text not null, -- zero, drop, many, age, challenge, soft404, shrunk, ended, gap, unreachable, robots, parse …
  severity text not null, -- alarm: the source is unhealthy; note: worth a look
  subject text not null, -- the address or document, empty for the source as a whole
  detail text not null, -- what was found, and what was expected
  since text not null, -- since when
  crawl text not null references crawls(id), -- the crawl that found it
  last_seen text not null, -- clock of the last crawl that found it again
  resolved text -- when it was found mended
) strict;
create index issues_source on issues(source, resolved);
create index issues_crawl on issues(crawl);
create index issues_open on issues(resolved, kind);

create table cursors ( -- how far a source's listings were read
  source text primary key references sources(id), -- the source
  cursor text not null, -- the protocol's own mark
  moved text not null -- clock of the walk that moved it
) strict;

create table completeness ( -- how far the list of one source was read backwards to its end
  source text primary key references sources(id), -- the source
  walk integer not null, -- number of the reading: a list is read again where its options changed, or after some time
  scope text not null, -- digest of what is read: address, options and slices
  state text not null, -- reading, complete, to the last page (the publisher states no total), or incomplete
  since text not null, -- the year from which it is complete, empty where nothing tells
  listed integer, -- how many entries the publisher says there are, empty where it does not say or was not asked yet
  read integer not null, -- how many different entries of its list were read
  held integer not null, -- how many of them are held as documents
  reason text not null, -- what it waits for, or why it is incomplete
  asked integer not null, -- requests of this crawl
  passes integer not null, -- how often its slices were read: again where entries moved meanwhile
  started text not null, -- clock of the crawl that began
  counted text, -- clock of the crawl in which its last slice was read
  ended text -- clock of the crawl in which the last of its documents was asked for
) strict;

create table slices ( -- one slice of a list: the pages that lead from one to the next
  source text not null references sources(id), -- the source
  name text not null, -- number of the list, number of the slice
  list integer not null, -- number of the list: a source may have several, such as one for each term
  position integer not null, -- its place in the list; -1 the whole list, looked at once more at the end
  first text not null, -- first day or number, empty where it is open
  last text not null, -- last day or number, empty where it is open
  link text not null, -- what is asked first, as JSON
  state text not null, -- waiting, open, read, or failed
  total integer, -- how many entries the publisher says it has, as stated last
  moved integer not null, -- 1: the stated number changed while it was read
  entries integer not null, -- entries on its pages, with those that were met twice
  pages integer not null, -- pages read
  back text not null, -- digests of the pages at which the stated number had fallen, so that it went back
  before text not null, -- the page that was read last, as JSON, empty before the first
  shown text not null, -- digest of the entries on it
  reason text not null, -- why it failed
  primary key (source, name)
) strict, without rowid;

create table listed_entries ( -- one entry of a list that is read to its end
  source text not null references sources(id), -- the source
  list integer not null, -- number of the list
  entry text not null, -- its name: id or alias of the document that it is, where the list tells
  slice text not null, -- the slice in which it was met first
  date text not null, -- the publisher's date on the list, empty where none is stated
  primary key (source, list, entry)
) strict, without rowid;
create index listed_entries_slice on listed_entries(source, slice);

create table frontier ( -- one address that was or is to be asked
  id integer primary key, -- number
  key text not null unique, -- method, address and media types asked for; a page of a backfill is a request of its own
  url text not null, -- the address; for HEAD and POST with method and body appended to its query, as pywb does it
  host text not null, -- host and port
  accept text not null, -- media types asked for
  rank integer not null, -- 0 listings, 1 announced changes, 2 audit, 3 first walk, 4 backfill, 5 what was left aside
  state text not null, -- queued, held back (for the backfill of another run), done, or given up
  tries integer not null, -- failures in a row
  crawl text not null, -- the crawl that last asked or queued it
  walk text not null -- the crawl whose walk needs it, for listings
) strict;
create index frontier_next on frontier(state, host, rank, id);
create index frontier_walk on frontier(walk, state);

create table frontier_askers ( -- one source that wants an address, and why
  frontier integer not null references frontier(id) on delete cascade, -- the address
  source text not null references sources(id), -- the source
  role text not null, -- listing, next, slice, document, attachment, statement
  parent text not null, -- document that named it
  facts text not null, -- what the parent stated, as JSON
  token text not null, -- parent's mark of the state that is wanted
  token_read text, -- mark of the state that was read last
  wanted integer not null, -- 1: not answered yet
  primary key (frontier, source)
) strict;
create index frontier_askers_source on frontier_askers(source, wanted);

create table placements ( -- one place on a page whose links are followed
  source text not null references sources(id), -- the source that follows the links of the page
  settled integer not null, -- 0: as the page was read last; 1: as the last complete walk left the whole list
  page text not null, -- address of the page, as it is asked
  position integer not null, -- place among the links of the page that count
  document text not null, -- id of what it leads to, by the name that the page had for it; empty where it leads nowhere
  title text not null, -- what it is called there
  url text not null, -- where it leads, empty where it leads nowhere
  part text not null, -- heading of the list that led to the page, empty where it has none
  heading text not null, -- heading of the page
  block text not null, -- heading of its group on the page, empty where it has none
  owner integer not null, -- 1: the page that announces the document, where several pages lead to it
  primary key (source, settled, page, position)
) strict;
create index placements_document on placements(document, source, settled);

create table list_pages ( -- one page of a list that another one leads to by its menu
  source text not null references sources(id), -- the source
  page text not null, -- address of the page with the menu
  position integer not null, -- place in the menu
  leads_to text not null, -- address of the other page
  primary key (source, page, position)
) strict;

create table list_changes ( -- what happened to one place of a complete list from one complete walk to the next
  crawl text not null references crawls(id), -- the crawl that saw it
  source text not null references sources(id), -- the source
  position integer not null, -- place among what was seen then
  kind text not null, -- added, replaced, emptied, relinked, retitled, moved or removed
  before text not null, -- the place as it was, as JSON, null where it was added
  after text not null, -- the place as it is, as JSON, null where it was removed
  seen text not null, -- when the list was read
  fetch integer references fetches(id), -- the page that shows it
  primary key (crawl, source, position)
) strict;

create table unlisted ( -- one document that a complete list does not name any more
  source text not null references sources(id), -- the source of the list
  document text not null, -- id of the document, by the name that the list had for it
  seen text not null, -- when the list was read
  primary key (source, document)
) strict;

create view version_sections as
  select v.id as version, v.document, j.key as position, s.id as section, s.path, s.number, s.heading, s.text, s.status
  from versions v, json_each(v.sections) j join sections s on s.id = j.value;


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
  announced text -- last day of the newest window of which an entry said that no edition was seen
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

create table collection_instruments ( -- one instrument by which something is done, in a collection
  collection text not null references collections(id), -- the collection
  position integer not null, -- place in sources.yaml
  function text not null, -- what is done by it
  title text not null, -- title of the instrument, as people cite it
  document text not null, -- id of the document, whether we hold it or not
  provisions text not null, -- the provisions in words, empty for the whole
  path text not null, -- path of the first of them, empty where none is named
  url text not null, -- its official address
  holds text not null, -- where it applies, as a JSON list
  note text not null, -- what it provides, in our words
  reviewed text not null, -- day on which a person last went through the list, empty for never
  primary key (collection, position)
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

create table by_hand ( -- one document that no source has brought, from a list kept by hand in sources.yaml
  id text primary key, -- made from title, publisher and date
  title text not null, -- title as its publisher prints it
  publisher text not null, -- name of its publisher
  kind text not null, -- what it is
  date text not null, -- date of publication, as exact as known: a year, a month or a day
  identifier text not null, -- number of the paper, ISBN …
  url text not null, -- address of the document, or of the page that leads to it
  address text not null, -- the same as identities are written
  reason text not null, -- why it is kept by hand: closed, gone, superseded, no-list, awaited, licence, leading
  copies text not null, -- copies elsewhere, as a JSON list: url, whose, checked
  note text not null, -- what it is, in our words
  checked text not null, -- day on which a person last opened the link, empty where nobody did
  reviewed text not null, -- day on which a person last went through the list
  position integer not null -- place in sources.yaml
) strict;

create table relevance ( -- whether a document belongs into the round-up, and what decided it
  document text primary key references documents(id), -- the document
  band text not null, -- in, review or out
  score real not null, -- sum of the weights that counted
  decided_by text not null, -- words, source, relation, series, decision or family (what the document at the top of its family is)
  why text not null, -- what counted, as a JSON list: place, start, end, words, weight, rule
  since text not null, -- clock of the crawl since which it is in this band
  unconfirmed text, -- clock of the crawl since which it is told of although nobody confirmed it, empty where none did
  rules text not null -- version of the rules
) strict;
create index relevance_band on relevance(band, since);

create table document_facets ( -- one value by which a document can be found, beside topics
  document text not null references documents(id), -- the document
  facet text not null, -- aimed_at, role, exploitation, toolkit or jurisdiction (where it applies, with what lies in it or holds it)
  value text not null, -- the value, one of a closed list
  why text not null, -- what gave it, as a JSON list: place, start, end, words, weight, rule
  primary key (document, facet, value)
) strict, without rowid;

create table entry_facets ( -- one value by which an entry can be filtered, as it was when it was made
  entry text not null references entries(id) on delete cascade, -- the entry
  facet text not null, -- topic, role, aimed_at, exploitation, toolkit or jurisdiction; bound: what recitals say of states
  value text not null, -- the value, one of a closed list
  primary key (entry, facet, value)
) strict;
create index entry_facets_value on entry_facets(facet, value, entry);

create table entry_sections ( -- one document, or one provision of it, that an entry tells of
  entry text not null references entries(id) on delete cascade, -- the entry
  document text not null, -- the document: the top of the family, an attachment, or what the top does something to
  path text not null, -- path of the provision, empty for the document as a whole
  primary key (entry, document, path)
) strict;
create index entry_sections_place on entry_sections(document, path, entry);

create table duplicates ( -- one document that is the same text as another: of another publisher, or in another language
  document text primary key references documents(id), -- the document that came later
  original text not null references documents(id), -- the document it is a copy or a translation of
  relation text not null, -- copy or translation
  found_by text not null, -- identifier, digest or text: how that was seen
  detail text not null, -- the identifier they share, or the share of their text, in words
  seen text not null -- clock of the crawl that saw it
) strict;
create index duplicates_original on duplicates(original);

create table document_identifiers ( -- one number that a document states as its own, by which it is known at other publishers too
  document text not null references documents(id), -- the document
  kind text not null, -- isbn, doi, com, council, coe, ep, oj, un, ilo, catalogue, command, paper, case, ecli, celex or law
  value text not null, -- the number in its one spelling; of celex and law the id of the document
  strong integer not null, -- 1: it names one work; 0: only together with the same title
  place text not null, -- where it is stated: identifier, title, summary, front (the first lines of the text) or file
  primary key (document, kind, value)
) strict, without rowid;
create index document_identifiers_value on document_identifiers(value, kind);

create table fingerprints ( -- one document that was compared with all others, to see whether it is the same as one of them
  turn integer primary key, -- its place among all that were compared: the earlier of two copies is the original
  document text not null unique references documents(id), -- the document
  version text references versions(id), -- the version by whose text it was compared, empty before it had any
  seen text not null -- clock of the crawl that compared it last
) strict;
create index fingerprints_version on fingerprints(version);

create table fingerprint_marks ( -- one mark of the text of a document: texts that are nearly the same share most of theirs
  turn integer not null references fingerprints(turn) on delete cascade, -- the document, by its turn
  mark integer not null, -- hash of a run of four words, one of the least of its first pages
  primary key (turn, mark)
) strict, without rowid;
create index fingerprint_marks_mark on fingerprint_marks(mark, turn);

create table tracked ( -- one instrument that sources.yaml names by itself: what amends, commences, replaces or is made under it is relevant
  address text not null, -- alias of its page
  source text not null references sources(id), -- the source that names it
  primary key (address, source)
) strict;
create index tracked_source on tracked(source);

create table toolkit_facts ( -- one fact about a document of the toolkit, as its page states it
  document text not null references documents(id), -- the document
  part text not null, -- governance, resources or training
  field text not null, -- what is stated: provider, level, length, cost … for training; form, area, licence … for governance; use, form for resources
  value text not null, -- the value: of a closed list, "other" where the words are none of it, else the words of the page
  place text not null, -- where it was read: title, summary, a path of its text, or the source
  words text not null, -- the words it was read from
  primary key (document, part, field, value)
) strict, without rowid;

create table citations ( -- one thing that a document of the round-up cites, in the text shown
  document text not null references documents(id), -- the document that cites
  path text not null, -- the section of it
  cited text not null, -- what it cites: an id, or title: and the title where the words do not say the number
  provision text not null, -- path of the provision there, of a range the first and the last; empty for the whole
  primary key (document, path, cited, provision)
) strict, without rowid;

create table confirmed_passages ( -- one passage that a person found to hold although what it cites changed
  document text not null, -- its document, as decisions.yaml names it
  path text not null, -- its path
  day text not null, -- the newest day of such a decision
  primary key (document, path)
) strict, without rowid;

create table lessons ( -- one recommendation or finding of a report
  document text not null references documents(id), -- the report
  path text not null, -- where it stands in the report
  begins integer not null, -- character of the section with which it begins, counted from 0
  ends integer not null, -- character behind its last one; 0 where it is the whole section
  kind text not null, -- recommendation or finding
  number text not null, -- its number as the report writes it; "paragraph 34" where its paragraph is numbered, and it is not
  addressee text not null, -- whom it is addressed to, in the words of the report; empty where not stated
  section integer not null references sections(id), -- its wording
  answer text, -- the document that answers it, empty where none is seen by us
  answered_at text not null, -- path of the answer in that document, empty for the document as a whole; "no such number" where it goes by numbers and leaves this one out
  primary key (document, path, begins)
) strict;
create index lessons_section on lessons(section);
create index lessons_answer on lessons(answer);

create index entries_found on entries(id, announced, significance, document, kind, document_kind, publisher, source);

create table pending_classification ( -- one document of which something changed since it was last classified
  document text primary key -- the document
) strict;
create trigger unclassified_new after insert on documents begin
  insert or ignore into pending_classification values (new.id);
end;
create trigger unclassified_facts after update of title, summary, kind, publisher, author, root, current, jurisdiction, extent, url on documents
when old.title is not new.title or old.summary is not new.summary or old.kind is not new.kind or old.root is not new.root
  or old.publisher is not new.publisher or old.author is not new.author or old.current is not new.current
  or old.jurisdiction is not new.jurisdiction or old.extent is not new.extent or old.url is not new.url begin
  insert or ignore into pending_classification values (new.id);
end;
create trigger unclassified_moved after update of root on documents when old.root is not new.root begin
  insert or ignore into pending_classification select id from documents where id = old.root;
end;
create trigger unclassified_named after insert on aliases begin
  insert or ignore into pending_classification select id from documents where id = new.document;
end;
create trigger unclassified_listed after insert on document_sources begin
  insert or ignore into pending_classification values (new.document);
end;
create trigger unclassified_source after update of topics, toolkit, keep on sources
when old.topics is not new.topics or old.toolkit is not new.toolkit or old.keep is not new.keep begin
  insert or ignore into pending_classification select document from document_sources where source = new.id;
end;
create trigger unclassified_related after insert on relations begin
  insert or ignore into pending_classification select id from documents where id = new.document;
  insert or ignore into pending_classification select coalesce(a.document, d.id) from (select new.target as name) n
    left join aliases a on a.alias = n.name left join documents d on d.id = n.name
    where coalesce(a.document, d.id) is not null;
end;
create trigger unclassified_affecting after insert on effects begin
  insert or ignore into pending_classification select coalesce(a.document, d.id) from (select new.affecting as name) n
    left join aliases a on a.alias = n.name left join documents d on d.id = n.name
    where coalesce(a.document, d.id) is not null;
end;

create table redactions ( -- one decision to redact, as it was carried out
  id text primary key, -- hash of the address, digest or id that was decided on
  reason text not null, -- why, as decisions.yaml says it
  date text not null, -- the day of the decision, as decisions.yaml says it
  time text not null -- when it was carried out
) strict;

create table redaction_marks ( -- one thing by which something redacted is known when it is met again, as a hash: never its words
  redaction text not null references redactions(id), -- the decision
  kind text not null, -- address, name (an id), body, phrase (the words of a title) or text (marks of its wording)
  value text not null, -- the hash
  primary key (redaction, kind, value)
) strict;

create table redaction_pending ( -- one document that turned out to be a copy of something redacted, until it is taken out too
  document text primary key references documents(id), -- the document
  redaction text not null references redactions(id), -- the decision
  seen text not null -- clock of the crawl that saw it
) strict;
create index redaction_pending_redaction on redaction_pending(redaction);

create table skipped ( -- one page that a source kept in part left aside with its document, or whose words of it it left aside
  source text not null references sources(id), -- the source
  document text not null, -- the document, by the name that the page or the list had for it
  url text not null, -- address of the page; where words were left aside, of the page or list they stand on
  accept text not null, -- media types asked for
  protocol text not null, -- how the source was read then
  role text not null, -- listing, next, slice, document, attachment, statement
  parent text not null, -- document that named it
  facts text not null, -- what the parent stated, as JSON, without any summary
  token text not null, -- parent's mark of the state that is wanted
  words integer not null, -- 1: it was read, and what it says of the document left out; 0: it was not asked for
  asked integer not null, -- 1: it was asked for after all, and is to be read
  primary key (source, document, url, accept)
) strict;
create index skipped_page on skipped(source, url, accept);

create table outbox ( -- one change, and whether it is announced
  change text primary key references changes(id) on delete cascade, -- the change
  root text not null, -- the document at the top of the family it is told with: its own, or the one that it repeats
  state text not null, -- silent, waiting, ready, announced, or retracted: its entry was taken back
  reason text not null, -- why it is silent or waits: first walk, backfill, new options, weaker representation … closing (its crawl), unread, review, out of scope, unsettled, turning
  since text not null references crawls(id), -- the crawl since which it is so
  due text, -- clock from which it is looked at again, empty where nothing but what its family is can make it ready
  late text not null, -- why it is told late, as a JSON list: newly listed, late unread …
  entry text references entries(id) -- the entry that tells it, or what it repeats
) strict, without rowid;
create index outbox_waiting on outbox(due) where state = 'waiting';
create index outbox_ready on outbox(entry) where state = 'ready';
create index outbox_since on outbox(since, state);
create index outbox_entry on outbox(entry);

create view announcements as -- changes; "silent" is why one is never announced as it was seen, empty where it may be or might have been
  select c.*, c.rowid as seq, o.state, o.late, o.entry, case when o.reason in ('unsettled', 'turning') or (o.state = 'silent' and o.reason not in
    ('duplicate', 'of people', 'out of scope', 'read anew')) then o.reason else '' end as silent
  from changes c join outbox o on o.change = c.id;

create view appearances as -- documents, why the appearance of each is not announced or gathered with others, and when it was announced
  select c.document, min(c.seen) as seen, case when c.silent = '' and c.late like '%newly listed%' then 'newly listed'
    else c.silent end as silent, (select e.announced from entries e where e.id = c.entry) as announced
  from announcements c where c.kind = 'new' group by c.document;
