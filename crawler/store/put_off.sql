create table put_off ( -- one document whose family is told of later: its crawl ended before all that was announced of it was read
  document text primary key, -- the document at its top
  since text not null, -- the crawl since which it is put off
  crawl text not null -- the crawl that put it off last; the next one tells of it
) strict;
