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

create table redacted_copies ( -- one document that turned out to be a copy of something redacted, until it is taken out too
  document text primary key references documents(id), -- the document
  redaction text not null references redactions(id), -- the decision
  seen text not null -- clock of the crawl that saw it
) strict;
create index redacted_copies_redaction on redacted_copies(redaction);
