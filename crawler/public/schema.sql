-- The public database: what readers may see, and nothing else. Written whole by crawler.export, read by crawler.public.
-- `n` is an integer key for joins, given so that ascending n is the order in which readers want the rows.

create table about ( -- one fact about this database
  key text primary key, -- schema, clock, began (first entry seen), sample, authority, public_url, schedule, reports (JSON list), or what is counted
  value text not null -- its value
) strict, without rowid;

create table crawls ( -- one of the newest crawls
  id text primary key, -- its clock, as 20261124T100000Z
  clock text not null, -- the time it took for now
  started text not null, -- when it started
  ended text, -- when it ended
  state text not null, -- open, closing, ended or interrupted
  live integer not null, -- 1: real hosts were asked; 0: a replay
  sample integer not null -- 1: of sample captures
) strict;

create table publishers ( -- one body that publishes, as sources.yaml has it
  id text primary key, -- short name used in sources.yaml
  name text not null, -- name as the body writes it
  jurisdiction text not null, -- where the body has its seat or remit
  licence text not null, -- licence of its pages
  licence_url text not null, -- page that states the licence
  attribution text not null, -- attribution line that its licence asks for
  copy text not null, -- public: our stored copy may be shown; hash-only: title, date, link and digest only
  sources integer not null -- how many sources it has
) strict;

create table sources ( -- one place that is read, as sources.yaml has it, and its state
  n integer not null unique, -- place in sources.yaml
  id text primary key, -- id in sources.yaml
  name text not null, -- name for readers
  publisher text not null references publishers(id), -- the body whose pages these are
  publisher_name text not null, -- its name
  kind text not null, -- kind of documents: legislation, guidance, report, news …
  protocol text not null, -- how it is read: feed, govuk, legislation, listing …
  url text not null, -- address where a walk starts, or of a document
  jurisdiction text not null, -- where its documents apply, where a document itself does not say
  schedule integer not null, -- seconds between two walks
  evidence text not null, -- recorded, documented, reported or assumed
  enabled integer not null, -- 1: it is walked
  reason text not null, -- why it is not enabled
  keep text not null, -- all, or relevant: only title and decision of what is out
  expect text not null, -- what healthy means, as JSON: min, max, newest (seconds), zero
  last_walk text, -- clock of the newest complete walk
  last_success text, -- clock of the newest complete and healthy walk
  last_entries integer, -- how many documents the newest complete walk listed
  outcome text, -- outcome of its newest crawl: healthy, unhealthy, failed, not recorded, unfinished or running
  trouble text not null, -- alarm (could not be checked), never (not yet read completely), off, or empty
  faults text not null, -- its open issues, as JSON: severity, kind, since, words, number, named, more
  documents integer not null, -- public documents that it names
  entries integer not null -- announced entries that it showed
) strict;
create index sources_publisher on sources(publisher);

create table completeness ( -- how far the list of one source was read backwards to its end
  source text primary key references sources(id), -- the source
  state text not null, -- reading, complete, to the last page (the publisher states no number), or incomplete
  since text not null, -- the year from which it is complete, empty where nothing tells
  listed integer, -- entries the publisher says there are
  read integer not null, -- how many different entries of its list were read
  held integer not null, -- how many of them are here
  reason text not null, -- what it waits for, or why it is incomplete
  counted text, -- when the last page of its list was read
  words text not null -- all that in words
) strict;

create table issues ( -- something a person must look at: open, or resolved in the last 60 days
  id text primary key, -- hash of source, kind, subject and its start
  source text references sources(id), -- the source, empty for the round-up itself
  kind text not null, -- zero, drop, challenge, shrunk, unreachable …
  severity text not null, -- alarm: the source is unhealthy; note: worth a look
  subject text not null, -- the address or document, empty for the source as a whole
  detail text not null, -- what was found, and what was expected
  since text not null, -- since when
  last_seen text not null, -- clock of the last crawl that found it again
  resolved text -- when it was found to be resolved
) strict;
create index issues_severity on issues(severity, since);
create index issues_source on issues(source, resolved);

create table weeks ( -- one week that is over
  monday text primary key, -- its first day
  asked integer not null, -- sources that were due
  read integer not null, -- those that could be read
  unread text not null -- names of the others (JSON list)
) strict, without rowid;

create table documents ( -- one work: an Act, a guidance page, a report, a news release
  n integer not null unique, -- law first, then guidance, then the rest; the newest first
  id text primary key, -- its strongest identity: ukpga/2015/30, govuk:<content id>, url:<address>
  parent text references documents(id), -- the document it is an attachment or part of
  root text not null, -- the top of its family: itself where it has no parent
  kind text not null, -- Act, guidance, news …: as its page states, else of its source
  title text not null, -- title as the publisher writes it
  url text not null, -- official address
  publisher text references publishers(id), -- publisher in sources.yaml
  author text not null, -- publisher's own words on who published it
  issuer text not null, -- the first bodies of these words, with the site in brackets
  jurisdiction text not null, -- where it applies: as it states, within its extent
  extent text not null, -- extent in the words of the law
  summary text not null, -- publisher's own summary; without an open licence its first 300 characters
  status text not null, -- legal status: in force, prospective, repealed …
  in_force text not null, -- a date, first/last date of its parts, in parts, at least in part (not all was read), not yet, not applicable (reason), not stated
  availability text not null, -- ok, suspect, gone, withdrawn
  availability_since text, -- since when; suspect: first crawl that did not find it
  published text, -- publisher's date or time of publication
  published_as text not null, -- what happened then: published, enacted, made, adopted, passed, proposed
  updated text, -- publisher's date or time of the last update
  first_seen text not null, -- when we first read of it
  checked text, -- when it was last read or confirmed unchanged
  changed text, -- when we last saw a change by the publisher
  source text not null references sources(id), -- the first of its sources in the order of sources.yaml
  silent text not null, -- why its appearance was not announced, empty where it was
  current text, -- the version shown: newest of the best representation
  private integer not null, -- 1: its kind names people; its words are not here
  has_copy integer not null, -- 1: its licence lets us show our copy
  band text not null, -- in the round-up, review, or out; in where never judged
  score real, -- sum of the weights that counted, empty where never judged
  decided_by text not null, -- words, source, relation, series, decision or family; empty where never judged
  since text, -- clock of the crawl that put it into this band
  unconfirmed text, -- clock of the crawl that published it unconfirmed
  rules text not null, -- version of the rules that judged it
  original text references documents(id), -- the document it is a copy or a translation of
  is_listed integer not null, -- 1: lists show it: at the top of its family, no copy, and not out
  versions integer not null, -- how many versions we hold
  provisions integer not null, -- how many sections the version shown has
  entries integer not null, -- announced entries about it
  weight real not null -- law 1, guidance, forms and training 0.9, reports and statistics 0.6, news 0.2
) strict;
create index documents_root on documents(root, n);
create index documents_parent on documents(parent, n);
create index documents_kind on documents(kind, n);
create index documents_jurisdiction on documents(jurisdiction, n);
create index documents_publisher on documents(publisher, n);
create index documents_source on documents(source, n);
create index documents_original on documents(original);
create index documents_published on documents(published) where is_listed = 1;
create index documents_changed on documents(changed);
create index documents_first_seen on documents(first_seen);
create index documents_url on documents(url);
create index documents_review on documents(since, score desc, id) where band = 'review' and parent is null;

create table removed ( -- one document about people that its publisher took down
  digest text primary key, -- SHA-256 of its id, or of another identifier of it
  kind text not null, -- its kind
  removed text not null -- day on which it was removed
) strict, without rowid;

create table document_sources ( -- one source that lists or holds a document
  document text not null references documents(id), -- the document
  source text not null references sources(id), -- the source
  first_seen text not null, -- when this source first named it
  last_seen text not null, -- when this source last named it
  dated text not null, -- date for sorting: published, updated or first seen; empty for attachments
  primary key (document, source)
) strict, without rowid;
create index document_sources_source on document_sources(source, dated desc, document);

create table aliases ( -- another address or identifier of a document
  alias text primary key, -- the address or identifier
  document text not null references documents(id) -- the document it belongs to
) strict, without rowid;
create index aliases_document on aliases(document);

create table topics ( -- one topic of the round-up
  id text primary key, -- short name
  label text not null -- name for readers
) strict;

create table document_labels ( -- one value by which a document can be found
  facet text not null, -- topic, role, aimed_at, exploitation, toolkit or jurisdiction
  value text not null, -- the value, one of a closed list
  document integer not null references documents(n), -- the document, as its n
  primary key (facet, value, document)
) strict, without rowid;
create index document_labels_document on document_labels(document);

create table reasons ( -- why a document is in the round-up, or has a label
  document integer not null references documents(n), -- the document, as its n
  facet text not null, -- relevance (of the whole document), else the facet of the label
  value text not null, -- the value of the label, empty for relevance
  band text not null, -- in, review or out
  score real, -- score that decided it
  why text not null, -- what counted (JSON list of place, start, end, words, weight, rule)
  primary key (document, facet, value)
) strict, without rowid;

create table document_identifiers ( -- one number that a document states as its own
  document text not null references documents(id), -- the document
  kind text not null, -- isbn, doi, com, council, coe, ep, oj, un, ilo, catalogue, command, paper, case, ecli, celex or law
  value text not null, -- the number, normalised; of celex and law the document's id
  place text not null, -- identifier, title, summary, front (first lines of the text) or file
  primary key (document, kind, value)
) strict, without rowid;
create index document_identifiers_value on document_identifiers(value, kind);

create table captures ( -- one answer of a server from which something here was read
  n integer primary key, -- number in this database
  url text not null, -- address asked
  time text not null, -- when it was answered
  status integer, -- HTTP status
  media_type text not null, -- media type of the body
  digest text not null, -- SHA-256 of the body without its content coding
  file text not null, -- archive file that holds it
  offset integer not null, -- where in that file its record begins
  length integer not null -- length of that record in bytes
) strict;
create index captures_digest on captures(digest);

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
  digest text not null, -- SHA-256 over title, status and sections
  note text not null, -- publisher's note on what changed
  partial integer not null, -- 1: known to lack something the document has
  leaves_out text not null, -- kinds of provisions that this version may lack (JSON list)
  source text not null references sources(id), -- the source it was read for
  capture integer references captures(n), -- the capture it was read from, empty where not public
  characters integer not null, -- length of all its texts
  sections text not null, -- n of its sections in order (JSON list)
  annotations text not null -- n of the notes of its publisher (JSON list)
) strict;
create index versions_document on versions(document, valid_from, captured);
create index versions_capture on versions(capture);

create table sections ( -- one wording of one provision; a very long one has several rows
  n integer primary key, -- number in this database
  document text not null references documents(id), -- the document
  path text not null, -- stable address of the provision inside its document
  number text not null, -- its number as written
  heading text not null, -- its heading
  text text not null, -- its words, empty where its licence forbids showing them
  status text not null, -- status of the provision: prospective, repealed …
  parts text not null, -- sub-provisions as JSON: path, start and end inside the text
  is_current integer not null -- 1: part of the version shown
) strict;
create index sections_document on sections(document, path, is_current);

create table annotations ( -- one note of the publisher at a provision; no part of the law
  n integer primary key, -- number in this database
  document text not null references documents(id), -- the document
  note text not null, -- publisher's id of the note, or of its effect
  kind text not null, -- F textual amendment, C modification, I commencement, E extent, M citation, X editorial, P power exercised, mark (of an EU consolidation) or former (printed, but no longer law everywhere)
  path text not null, -- the provision it is attached to, empty for the document
  place text not null, -- number, heading or text
  text text not null, -- its words, empty where its licence forbids showing them
  citations text not null, -- what its links name (JSON list of document and path)
  seen text not null -- when we first read it
) strict;
create index annotations_document on annotations(document, path);

create table section_parts ( -- one sub-provision whose path does not begin with its section's
  document text not null references documents(id), -- the document
  path text not null, -- path of the sub-provision
  section integer not null references sections(n), -- the section that it lies in
  primary key (document, path, section)
) strict, without rowid;
create index section_parts_section on section_parts(section);

create table citations ( -- one thing that a current section cites
  section integer not null references sections(n), -- the section
  cited text not null, -- id, or title: and the title
  provision text not null, -- path of the provision cited, or first..last
  target text references documents(id), -- the document cited, if held
  primary key (section, cited, provision)
) strict, without rowid;
create index citations_target on citations(target, provision);

create view version_sections ( -- one section of one version, in the order of the version
  version, -- the version
  document, -- the document
  position, -- place in the version, from 0
  section, -- number of the section in this database
  path, -- as in sections
  number, -- its number as written
  heading, -- its heading
  text, -- its words
  status -- status of the provision
) as
  select v.id, v.document, j.key, s.n, s.path, s.number, s.heading, s.text, s.status
  from versions v, json_each(v.sections) j join sections s on s.n = j.value;
create view current_sections ( -- one section of the version of a document that is shown, with what it stands in
  document, -- the document
  title, -- its title
  kind, -- its kind
  jurisdiction, -- where it applies
  path, -- as in sections
  number, -- its number as written
  heading, -- its heading
  text, -- its words, empty where its licence forbids showing them
  status, -- status of the provision
  url -- official address of the document
) as
  select s.document, d.title, d.kind, d.jurisdiction, s.path, s.number, s.heading, s.text, s.status, d.url
  from sections s left join documents d on d.id = s.document where s.is_current = 1;

create table changes ( -- one difference between two versions, or of a document's state
  id text primary key, -- hash of document, captures before and after, kind and path
  document text not null references documents(id), -- the document
  version text references versions(id), -- the version after
  previous text references versions(id), -- the version before
  kind text not null, -- added, removed, changed, renumbered, moved, omitted (became dots), new, retitled, status, date, note, withdrawn, gone, returned, relocated, band (its relevance)
  path text not null, -- deepest provision that holds the difference, empty for the document
  before text not null, -- words before, or the old value
  after text not null, -- words after, or the new value
  words text not null, -- words kept (=), deleted (-) and inserted (+), as JSON
  before_section integer references sections(n), -- the provision before
  after_section integer references sections(n), -- the provision after
  position integer not null, -- place in the new version, -1 where it has none
  verb text not null, -- verb of the law: inserted, omitted, repealed, words substituted …
  reasons text not null, -- by what (JSON list of instrument, provision, date, basis, in part)
  cause text not null, -- source: the publisher; template: its site, alike on several pages; rules: our rules
  significance text not null, -- legal effect, substantive or editorial
  flags text not null, -- what to look at (JSON list)
  note text not null, -- publisher's note; of what is gone, what we saw instead
  occurred text, -- date from which it applies in law, or publisher's date
  seen text not null, -- when we saw it
  silent text not null, -- why it is not announced
  entry text references entries(id) -- the entry that tells it
) strict;
create index changes_document on changes(document, seen desc, cause, position, path);
create index changes_entry on changes(entry);
create index changes_told on changes(document, entry) where entry is not null;
create index changes_seen on changes(seen);
create index changes_occurred on changes(occurred, entry) where occurred is not null and entry is not null;
create index changes_version on changes(version);
create index changes_previous on changes(previous);
create index changes_before_section on changes(before_section);
create index changes_after_section on changes(after_section);
create index changes_corrections on changes(seen desc, id) where kind = 'band';

create table stale ( -- one passage whose cited text changed later, to be checked
  section integer not null references sections(n), -- the passage
  target text not null references documents(id), -- what it cites
  provision text not null, -- as in citations
  change text not null references changes(id), -- its newest change
  since text not null, -- the day since which it is marked
  state text not null, -- changed, or reissued unchanged
  primary key (section, target, provision)
) strict, without rowid;
create index stale_since on stale(since);

create table effects ( -- what one law does to another
  id text primary key, -- identifier the publisher gives it, or a hash
  affected text not null, -- document that is changed
  affected_n integer references documents(n), -- the same, where it is held
  affected_provision text not null, -- its provision, as the publisher prints it
  affecting text not null, -- document that changes it
  affecting_n integer references documents(n), -- the same, where it is held
  affecting_provision text not null, -- its provision, as the publisher prints it
  type text not null, -- words of the publisher: words substituted, repealed, coming into force …
  applied integer not null, -- 1: it is in the publisher's text
  required integer, -- 1: it asks for a change of the text, 0: it does not
  in_force text not null, -- days on which it takes effect, and prospective
  head text not null, -- known head of the type
  nature text not null, -- textual, commencement, modification (its words stay), earlier (another effect is changed)
  affected_paths text not null, -- paths affected (JSON list); a..b, whole, or crossheading: and a path
  affecting_paths text not null, -- paths that affect it (JSON list)
  affected_title text not null, -- title of the document that is changed
  affecting_title text not null, -- title of the document that changes it
  starts text not null, -- its days (JSON list of date, qualification, instrument, provision, savings, applied, note)
  commencement text not null, -- provision by which it comes into force
  savings text not null, -- provisions that save what was
  comments text not null, -- what the editors note
  commenced text not null, -- documents that a commencement order is about
  day text not null, -- its first day in force
  seen text not null, -- when we first read of it
  read text not null, -- last day on which its list was read
  dropped text -- since when its list has been read without it
) strict;
create index effects_affected on effects(affected, day desc, id);
create index effects_affecting on effects(affecting, day desc, id);

create table commencements ( -- one statement on the coming into force of a provision
  document text not null references documents(id), -- the law
  position integer not null, -- place in the order in which they were read
  path text not null, -- the provision, first..last for a range, empty for the whole law
  provision text not null, -- the provision as printed
  state text not null, -- in force, wholly in force, partly in force, not in force, to be appointed; EU: applies, to be transposed
  date text not null, -- the day
  qualification text not null, -- for what purposes, as printed; empty for all
  places text not null, -- parts of the United Kingdom to which it is limited (JSON list)
  instrument text not null, -- the instrument that says so
  authority text not null, -- that instrument and its provision as printed
  source text not null, -- annotation, insertion, effect, order, own provision, text (no longer marked prospective), metadata, or default (by law, where nothing is said)
  note text not null, -- publisher's id of the note or effect
  is_rest integer not null, -- 1: of all provisions that nothing names
  primary key (document, position)
) strict;
create index commencements_instrument on commencements(instrument);

create table in_force ( -- how much of a law is in force, at the newest crawl
  document text primary key references documents(id), -- the law
  summary text not null, -- as documents.in_force
  in_force integer not null, -- provisions that are in force
  in_part integer not null, -- provisions in force for some purposes or places, or in part
  not_yet integer not null, -- provisions that are not in force yet
  not_stated integer not null, -- provisions of which nothing is stated
  first text not null, -- first day on which an original provision began
  since text not null, -- last day on which one began
  next text not null -- next day on which one will begin
) strict;

create table dates ( -- one date of law or procedure, as it holds
  document text not null references documents(id), -- the document
  event text not null, -- made, laid, in force, closes …
  provision text not null, -- the provision it is for, empty for all
  date text not null, -- the date as stated
  qualification text not null, -- condition or words around it
  seen text not null, -- when we first read it
  primary key (document, event, provision, qualification)
) strict, without rowid;
create index dates_date on dates(date);

create table calendar ( -- one day that a document states, ahead or lately
  n integer primary key, -- in the order of days
  id text not null unique, -- stays when the day moves
  document text not null references documents(id), -- the document
  event text not null, -- in force, applies, to be transposed, closes, deadline, released or end of validity
  path text not null, -- as in commencements
  provision text not null, -- as printed
  qualification text not null, -- as printed
  places text not null, -- as in commencements
  instrument text not null, -- what says so
  authority text not null, -- its provision as printed
  date text not null, -- the day
  stated text not null, -- with its time, if stated
  sequence integer not null, -- how often it moved, went or returned
  state text not null, -- stated, or gone before it came
  changed text not null -- when we saw that
) strict;
create index calendar_document on calendar(document, n);
create index calendar_date on calendar(date, n);
create view stated_days ( -- one day that a document states, with its document
  date, -- the day
  event, -- as in calendar
  provision, -- as printed
  qualification, -- as printed
  authority, -- what says so, as printed
  document, -- the document
  title, -- its title
  kind, -- its kind
  jurisdiction, -- where it applies
  url -- its official address
) as
  select c.date, c.event, c.provision, c.qualification, c.authority, c.document, d.title, d.kind, d.jurisdiction, d.url
  from calendar c left join documents d on d.id = c.document where c.state = 'stated';

create table document_history ( -- one dated note of a publisher on what it changed
  document text not null references documents(id), -- the document
  number integer not null, -- counts the notes on a document, the oldest first
  date text not null, -- the publisher's date of the note
  note text not null, -- its words
  seen text not null, -- capture that first showed it
  primary key (document, number)
) strict, without rowid;

create table relations ( -- one document's relation to another
  document text not null references documents(id), -- the document
  relation text not null, -- amends, commences, made under, replaces, cites, attachment of …
  target text not null, -- identifier or address of the other
  target_n integer references documents(n), -- the same, where it is held
  seen text not null, -- when we first read it
  primary key (document, relation, target)
) strict, without rowid;
create index relations_target on relations(target);
create index relations_target_n on relations(target_n);
create view named_documents ( -- one document that another one names, with both titles
  document, -- the one that names
  title, -- its title
  relation, -- as in relations
  target, -- identifier or address of the one named
  target_title, -- its title, empty where it is not held
  seen, -- when we first read it
  url -- official address of the one that names
) as
  select r.document, d.title, r.relation, r.target, t.title, r.seen, d.url
  from relations r left join documents d on d.id = r.document left join documents t on t.n = r.target_n;

create table duplicates ( -- one document that is a copy or translation of another
  document text primary key references documents(id), -- the document that came later
  original text not null references documents(id), -- the document it is a copy or a translation of
  relation text not null, -- copy or translation
  found_by text not null, -- identifier, digest or text: how that was seen
  detail text not null, -- the identifier or share of text in common, in words
  seen text not null -- clock of the crawl that saw it
) strict, without rowid;
create index duplicates_original on duplicates(original);

create table entries ( -- one for each document family and crawl, or for several new documents of a source
  n integer not null unique, -- the newest first, within a crawl by weight; unannounced last
  id text primary key, -- hash of the family, or of the source, and the crawl
  part integer not null, -- part of the archive: 2026110001 is 2026-11-1; 0 if never announced
  document text references documents(id), -- top of the family; empty for several documents, the round-up itself or what was removed
  kind text not null, -- new, changed, retitled, status, date, withdrawn, gone, returned, relocated, watching, late (a missed edition), older or several (new documents), list (what happened to a complete one)
  title text not null, -- headline
  verb text not null, -- what happened, in the verb of the headline
  summary text not null, -- what changed, in a few words
  details text not null, -- the differences, as JSON: kind, verb, document, path, heading, words, duty; listed, listed only, unlisted
  url text not null, -- official address
  jurisdiction text not null, -- where the document applies
  publisher text references publishers(id), -- who published it
  publisher_name text not null, -- its name
  source text references sources(id), -- the source that showed it
  source_name text not null, -- its name
  document_kind text not null, -- kind of the document
  document_title text not null, -- title of the document then
  status text not null, -- legal status of the document, or withdrawn
  published text, -- publisher's date of publication
  updated_by_publisher text, -- publisher's date of the update
  occurred text, -- date from which it applies in law
  day text, -- publisher's day of what happened: applies from, withdrawn, published or updated
  in_force text not null, -- as documents.in_force, with the day until which it is where stated
  note text not null, -- publisher's notes on the change, or the newest on what is new, dated
  significance text not null, -- legal effect, substantive or editorial
  late text not null, -- why it comes late
  seen text not null, -- when we saw it
  announced text, -- when it entered the feeds
  updated text, -- when it last changed in meaning
  state text not null, -- announced, corrected, withdrawn, silent, or orphaned (no longer read from the archive)
  capture_time text, -- when the capture behind it was read
  capture_digest text not null, -- SHA-256 of that capture
  why text not null, -- why it is in the round-up, in sentences (JSON list)
  aimed_at text not null, -- whom it concerns (JSON list)
  look_for text not null, -- names of parts worth opening (JSON list)
  flags text not null, -- what to look at (JSON list)
  sure text not null, -- how sure we are, in sentences (JSON list)
  confirmed integer not null, -- 0: published although nobody confirmed that it is relevant
  copies text not null, -- the same document elsewhere (JSON list)
  topics text not null, -- topics, the strongest first (JSON list)
  labels text not null, -- values by which it is found, as JSON by facet
  private integer not null, -- 1: about people: title, date, publisher and link alone
  removed text not null, -- day on which such a page was taken down, undated, or redacted
  is_default integer not null, -- 1: announced and not editorial: lists without a filter show it
  rank integer not null unique -- place in feeds: the latest change of meaning first
) strict;
create index entries_document on entries(document, n);
create index entries_revised on entries(rank, n) where announced is not null and updated > announced;
create index entries_announced on entries(announced, n);
create index entries_part on entries(part, n);
create index entries_occurred on entries(occurred) where occurred is not null;
create index entries_default on entries(is_default, n);
create index entries_kind on entries(kind);
create index entries_jurisdiction on entries(jurisdiction);
create index entries_publisher on entries(publisher);
create index entries_source on entries(source);
create view announced_entries ( -- one announced entry, the newest first
  n, -- as in entries
  tag, -- its id in feeds
  announced, -- when it entered the feeds
  title, -- its headline
  summary, -- what happened, in our words
  kind, -- what happened: new, changed, withdrawn …
  document_kind, -- kind of the document
  jurisdiction, -- where it applies
  publisher, -- name of the publisher
  significance, -- legal effect, substantive or editorial
  occurred, -- date from which it applies in law
  in_force, -- as documents.in_force
  document, -- the document
  url, -- official address
  updated, -- when it last changed in meaning
  id -- the entry
) as
  select e.n, 'tag:' || (select value from about where key = 'authority') || ',2026:entry/' || e.id, e.announced,
    e.title, e.summary, e.kind, e.document_kind, e.jurisdiction, e.publisher_name, e.significance, e.occurred,
    e.in_force, e.document, e.url, e.updated, e.id
  from entries e where e.announced is not null;

create table entry_lists ( -- one value by which an announced entry can be filtered
  facet text not null, -- topic, role, aimed_at, exploitation, toolkit, jurisdiction, kind, publisher, source, change or significance
  value text not null, -- its value
  entry integer not null references entries(n), -- the entry, as its n
  primary key (facet, value, entry)
) strict, without rowid;
create index entry_lists_entry on entry_lists(entry);

create table entry_sections ( -- one document or provision that an entry is about
  document text not null, -- the document, by its id then
  path text not null, -- path of the provision, empty for the document
  entry integer not null references entries(n), -- the entry, as its n
  primary key (document, path, entry)
) strict, without rowid;
create index entry_sections_entry on entry_sections(entry);

create table entry_captures ( -- one capture behind an entry
  entry integer not null references entries(n), -- the entry, as its n
  position integer not null, -- that of the main change first
  part integer not null, -- 1: read for the entry; 2: compared with
  capture integer not null references captures(n), -- the capture
  title text not null, -- title of the document that was read there
  primary key (entry, position)
) strict, without rowid;
create index entry_captures_capture on entry_captures(capture);

create table counts ( -- one number that pages show
  list text not null, -- entries, documents, review, lessons, lesson_reports, or a library (what is not withdrawn)
  facet text not null, -- facet of the list, empty for its total
  value text not null, -- its value, empty for the total
  number integer not null, -- how many
  primary key (list, facet, value)
) strict, without rowid;

create table facet_values ( -- one value of a facet without a closed list
  facet text not null, -- jurisdiction, kind, publisher or source
  value text not null, -- its value
  label text not null, -- its name for readers
  primary key (facet, value)
) strict, without rowid;

create table series ( -- one periodical publication of sources.yaml, and whether its next edition has arrived
  id text primary key, -- id in sources.yaml
  name text not null, -- name for readers
  publisher text not null references publishers(id), -- the body that publishes it
  kind text not null, -- kind of its editions
  sources text not null, -- the sources that would list an edition (JSON list)
  title text not null, -- regular expression for titles of editions
  every integer not null, -- usual seconds between two editions
  late integer not null, -- seconds after which a due one is late
  note text not null, -- what is known of its cadence
  position integer not null, -- place in sources.yaml
  state text not null, -- seen, not seen by us, source not checkable, or empty at first
  since text, -- since when; source not checkable: clock of the last visit that read one
  checked text, -- clock of the newest complete visit to a source
  newest text references documents(id), -- the newest edition that we hold
  newest_date text, -- its date, as in series_editions
  expected_from text, -- first day on which the next edition is expected
  expected_until text, -- last day before it is late
  editions integer not null -- how many editions we hold
) strict, without rowid;
create index series_publisher on series(publisher);

create table series_editions ( -- one edition of a series that we hold
  series text not null references series(id), -- the series
  document text not null references documents(id), -- the document
  date text, -- day of publication, else of its appearance
  stated text not null, -- publisher's date of publication, empty where it does not
  follows text references documents(id), -- the edition before it
  primary key (series, document)
) strict, without rowid;
create index series_editions_document on series_editions(document);

create table collections ( -- one collection of documents on a subject
  id text primary key, -- id in sources.yaml
  name text not null, -- name for readers
  about text not null, -- what belongs to it
  position integer not null -- place in sources.yaml
) strict, without rowid;

create table collection_members ( -- one document, or all of one source, in a collection
  collection text not null references collections(id), -- the collection
  kind text not null, -- document or source
  member text not null, -- id of the document (held or not) or source
  position integer not null, -- place in sources.yaml
  primary key (collection, kind, member)
) strict, without rowid;

create table collection_instruments ( -- one instrument of a collection
  collection text not null references collections(id), -- the collection
  position integer not null, -- its order
  function text not null, -- what is done by it
  title text not null, -- title
  document text not null, -- id of the document
  provisions text not null, -- provisions
  path text not null, -- path of the first
  url text not null, -- official address
  holds text not null, -- where it applies (JSON)
  note text not null, -- what it provides
  reviewed text not null, -- when a person last reviewed the list
  primary key (collection, position)
) strict, without rowid;

create table unlisted ( -- one document that a complete list names no more
  document text not null references documents(id), -- the document
  source text not null references sources(id), -- the source of the list
  seen text not null, -- when the list was read without it
  place text not null, -- headings under which it stood
  primary key (document, source)
) strict, without rowid;

create table judgments ( -- one judgment of a UK court, listed by hand
  citation text primary key, -- neutral citation
  court text not null, -- the court
  date text not null, -- day of the judgment
  url text not null, -- official address
  provisions text not null, -- provisions it is about (JSON list)
  note text not null, -- what it is about, in a few words, without names
  reviewed text not null, -- day on which a person last reviewed the list
  position integer not null -- place in sources.yaml
) strict, without rowid;

create table by_hand ( -- one document that no source has brought, listed by hand: not watched
  n integer primary key, -- its order
  id text not null unique, -- its id
  title text not null, -- title
  publisher text not null, -- publisher
  kind text not null, -- what it is
  date text not null, -- year, month or day of publication
  identifier text not null, -- number of the paper, ISBN …
  url text not null, -- its address, or that of a page that leads to it
  reason text not null, -- why it is kept by hand
  copies text not null, -- copies elsewhere (JSON list)
  note text not null, -- what it is, in our words
  checked text not null, -- when a person last opened the link
  reviewed text not null, -- when a person last reviewed the list
  document text references documents(id) -- the same, where a source has it
) strict;
create index by_hand_document on by_hand(document);
create virtual table "by_hand_fts" using fts5 (
  title, publisher, identifier, note, content="by_hand", content_rowid="n",
  tokenize="porter unicode61 remove_diacritics 2"
);

create table lessons ( -- one recommendation or finding of a report
  n integer primary key, -- in the order of the page: the newest report first
  document text not null references documents(id), -- the report
  path text not null, -- path of its section in the report
  kind text not null, -- recommendation or finding
  number text not null, -- its number as the report writes it
  addressee text not null, -- whom it is addressed to, as the report says
  addressee_key text not null, -- the same in one spelling
  is_point integer not null, -- 1: a point in its section, 0: the whole section
  heading text not null, -- heading of its section
  text text not null, -- its words, empty where its licence forbids showing them
  state text not null, -- answered, whole (by a response as a whole), unanswered, none (seen by us) or unasked
  answer text references documents(id), -- the document that answers it
  answered_at text not null, -- path of the answer in that document
  is_listed integer not null -- 0: the same report is listed already
) strict;
create index lessons_document on lessons(document, n);
create index lessons_listed on lessons(is_listed, n, state, kind);
create index lessons_state on lessons(state, n, kind, is_listed);
create index lessons_addressee on lessons(addressee_key, n, state, kind, is_listed);
create index lessons_answer on lessons(answer);
create view recommendations ( -- one recommendation or finding of a report, with the report and its answer
  report, -- the report
  title, -- its title
  published, -- its date of publication
  kind, -- recommendation or finding
  number, -- its number as the report writes it
  addressee, -- whom it is addressed to, as the report says
  text, -- heading of its section and its words
  state, -- as in lessons
  answer, -- the document that answers it
  answer_title, -- its title
  url -- official address of the report
) as
  select l.document, d.title, d.published, l.kind, l.number, l.addressee,
    l.heading || iif(l.heading <> '' and l.text <> '', ': ', '') || l.text, l.state, l.answer, a.title, d.url
  from lessons l left join documents d on d.id = l.document left join documents a on a.id = l.answer
  where l.is_listed = 1;

create table lesson_reports ( -- one report that has lessons
  document text primary key references documents(id), -- the report
  title text not null, -- its title
  published text, -- when it was published
  lessons integer not null, -- how many lessons it has
  open integer not null, -- recommendations to which no answer was seen
  is_listed integer not null -- 0: it is listed already
) strict, without rowid;

create table lesson_addressees ( -- one body or person to whom listed lessons are addressed
  n integer primary key, -- the one addressed most often first
  key text not null unique, -- the name in one spelling, as lessons.addressee_key
  label text not null, -- its most common spelling
  lessons integer not null -- its number of listed lessons
) strict;

create table resources ( -- one document of a library, as its page shows it
  n integer primary key, -- in the order of the page
  part text not null, -- law, guidance, reports, proposals, governance, resources or training
  document text not null references documents(id), -- the document
  withdrawn integer not null, -- 1: withdrawn, gone, replaced, taken off its list, or law that has ended
  fields text not null, -- what it states, as JSON by field
  stale text not null, -- law it names that changed since (JSON list of id, title, day, changes)
  newer text not null, -- guidance it names in an old version (JSON list of id, title, named, version, day)
  facts text not null, -- what else its card shows, as JSON
  unique (part, document)
) strict;
create index resources_part on resources(part, n);
create index resources_document on resources(document);

create table resource_lists ( -- one value by which a document of a library can be found
  part text not null, -- the library
  field text not null, -- what is stated: theme, kind, withdrawn, cost …
  value text not null, -- the value; not-stated where it states none
  resource integer not null references resources(n), -- the document, as the n of its card
  primary key (part, field, value, resource)
) strict, without rowid;
create index resource_lists_resource on resource_lists(resource);

create table document_search ( -- one document as search sees it
  n integer primary key references documents(n), -- n of the document
  title text not null, -- title
  identifiers text not null, -- ids, aliases and numbers
  summary text not null, -- summary, as far as it may be shown
  labels text not null -- publisher, jurisdiction and kind, in words
) strict;
create virtual table "documents_fts" using fts5 (
  title, identifiers, summary, labels, content="document_search", content_rowid="n",
  tokenize="porter unicode61 remove_diacritics 2"
);

create table passages ( -- one piece of a current section, of at most 2,000 characters; neighbours overlap by 200
  n integer primary key, -- in the order of weight of the document
  document integer not null references documents(n), -- the document, as its n
  section integer not null references sections(n), -- the section
  begins integer not null, -- its first character in the section, from 0
  length integer not null, -- how many characters it has
  cite text not null -- how the provision is cited: section 45, article 8, annex b
) strict;
create index passages_document on passages(document);
create index passages_section on passages(section);
create view passage_texts ( -- one piece of a present text, as search looks through it
  n, -- number of the passage
  heading, -- heading of its section
  cite, -- how it is cited
  text -- its words
) as
  select p.n, s.heading, p.cite, substr(s.text, p.begins + 1, p.length)
  from passages p join sections s on s.n = p.section;
create virtual table "passages_fts" using fts5 (
  heading, cite, text, content="passage_texts", content_rowid="n", tokenize="porter unicode61 remove_diacritics 2"
);

create table terms ( -- one stem of a word, and how common it is
  term text primary key, -- the stem
  documents integer not null, -- in how many documents search finds it
  passages integer not null -- in how many passages
) strict, without rowid;
