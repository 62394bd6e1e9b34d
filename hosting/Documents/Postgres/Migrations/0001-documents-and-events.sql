-- Documents are kept as json, not jsonb: exactly as they were written. jsonb refuses U+0000, which any client can send, and
-- rewrites numbers. What queries ask for lies in document_fields.
create table documents (
  collection text collate "C" not null,
  key text collate "C" not null,
  original_id bytea, -- UTF-16, where the id cannot be a key as it is
  revision bigint not null,
  value json not null,
  primary key (collection, key)
);

-- A page of the documents with one value of one field is one range of this index.
create table document_fields (
  collection text collate "C" not null,
  field text collate "C" not null,
  value text collate "C" not null,
  key text collate "C" not null,
  primary key (collection, field, value, key)
);

create index document_fields_of_document on document_fields (collection, key);

create table events (
  sequence bigint primary key,
  type text not null,
  key text not null,
  at timestamptz not null,
  data json not null,
  trace_parent text
);

-- One row, whose lock a commit with events holds until its end: sequence numbers have no gaps and become visible in order,
-- so that a reader who has seen n never finds a smaller one later.
create table event_head (
  only_row boolean primary key default true check (only_row),
  sequence bigint not null
);

insert into event_head (sequence) values (0);

-- The ids of the last hour's commits (UUIDs of version 7, which sort by time). A commit whose answer got lost is attempted again
-- under its id, and finds here that it has taken place. The transaction's number could not tell: after a crash PostgreSQL
-- may give it to another.
create table commits (id uuid primary key);
