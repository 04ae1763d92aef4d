create table relevance ( -- whether a document belongs into the round-up, and what decided it
  document text primary key references documents(id), -- the document
  band text not null, -- in, review or out
  score real not null, -- sum of the weights that counted
  decided_by text not null, -- words, source, relation, series, decision or family (what the document at the top of its family is)
  why text not null, -- what counted, as a JSON list: place, start, end, words, weight, rule
  since text not null, -- clock of the crawl since which it is in this band
  published text, -- clock of the crawl that published it although nobody confirmed it, empty where none did
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
create index document_facets_value on document_facets(facet, value, document);

create table entry_facets ( -- one value by which an entry can be filtered, as it was when it was made
  entry text not null references entries(id) on delete cascade, -- the entry
  facet text not null, -- topic, role, aimed_at, exploitation, toolkit or jurisdiction
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

create table copies ( -- one document that is the same text as another: of another publisher, or in another language
  document text primary key references documents(id), -- the document that came later
  original text not null references documents(id), -- the document it is a copy or a translation of
  relation text not null, -- copy or translation
  found_by text not null, -- identifier, digest or text: how that was seen
  detail text not null, -- the identifier they share, or the share of their text, in words
  seen text not null -- clock of the crawl that saw it
) strict;
create index copies_original on copies(original);

create table references_of ( -- one number that a document states as its own, by which it is known at other publishers too
  document text not null references documents(id), -- the document
  kind text not null, -- isbn, doi, com, council, coe, ep, oj, un, ilo, catalogue, command, paper, case, ecli, celex or law
  value text not null, -- the number in its one spelling; of celex and law the id of the document
  strong integer not null, -- 1: it names one work; 0: only together with the same title
  place text not null, -- where it is stated: identifier, title, summary, front (the first lines of the text) or file
  primary key (document, kind, value)
) strict, without rowid;
create index references_of_value on references_of(value, kind);

create table compared ( -- one document that was compared with all others, to see whether it is the same as one of them
  document text primary key references documents(id), -- the document
  turn integer not null, -- its place among all that were compared: the earlier of two copies is the original
  version text references versions(id), -- the version by whose text it was compared, empty before it had any
  seen text not null -- clock of the crawl that compared it last
) strict;
create index compared_version on compared(version);
create index compared_turn on compared(turn);

create table signatures ( -- one mark of the text of a document: texts that are nearly the same share most of theirs
  document text not null references documents(id), -- the document
  mark integer not null, -- hash of a run of four words, one of the least of its first pages
  primary key (document, mark)
) strict, without rowid;
create index signatures_mark on signatures(mark, document);

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

create table unclassified ( -- one document of which something changed since it was last classified
  document text primary key -- the document
) strict;
create trigger unclassified_new after insert on documents begin
  insert or ignore into unclassified values (new.id);
end;
create trigger unclassified_facts after update of title, summary, kind, publisher, author, root, current, jurisdiction, extent, url on documents
when old.title is not new.title or old.summary is not new.summary or old.kind is not new.kind or old.root is not new.root
  or old.publisher is not new.publisher or old.author is not new.author or old.current is not new.current
  or old.jurisdiction is not new.jurisdiction or old.extent is not new.extent or old.url is not new.url begin
  insert or ignore into unclassified values (new.id);
end;
create trigger unclassified_moved after update of root on documents when old.root is not new.root begin
  insert or ignore into unclassified select id from documents where id = old.root;
end;
create trigger unclassified_named after insert on aliases begin
  insert or ignore into unclassified select id from documents where id = new.document;
end;
create trigger unclassified_listed after insert on document_sources begin
  insert or ignore into unclassified values (new.document);
end;
create trigger unclassified_source after update of topics, toolkit, keep on sources
when old.topics is not new.topics or old.toolkit is not new.toolkit or old.keep is not new.keep begin
  insert or ignore into unclassified select document from document_sources where source = new.id;
end;
create trigger unclassified_related after insert on relations begin
  insert or ignore into unclassified select id from documents where id = new.document;
  insert or ignore into unclassified select coalesce(a.document, d.id) from (select new.target as name) n
    left join aliases a on a.alias = n.name left join documents d on d.id = n.name
    where coalesce(a.document, d.id) is not null;
end;
create trigger unclassified_affecting after insert on effects begin
  insert or ignore into unclassified select coalesce(a.document, d.id) from (select new.affecting as name) n
    left join aliases a on a.alias = n.name left join documents d on d.id = n.name
    where coalesce(a.document, d.id) is not null;
end;
