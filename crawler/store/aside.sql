create table aside ( -- one page that a source kept in part left aside with its document, or whose words of it it left aside
  source text not null references sources(id), -- the source
  document text not null, -- the document, by the name that the page or the list had for it
  url text not null, -- address of the page; where words were left aside, of the page or list they stand on
  accept text not null, -- media types asked for
  protocol text not null, -- how the source was read then
  role text not null, -- listing, next, document, attachment, statement
  parent text not null, -- document that named it
  facts text not null, -- what the parent stated, as JSON, without any summary
  token text not null, -- parent's mark of the state that is wanted
  words integer not null, -- 1: it was read, and what it says of the document left out; 0: it was not asked for
  asked integer not null, -- 1: it was asked for after all, and is to be read
  primary key (source, document, url, accept)
) strict;
create index aside_page on aside(source, url, accept);
