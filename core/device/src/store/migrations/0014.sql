-- Lists that answers are chosen from. They are made of releases, and none of this is compared with a rebuild: which row has
-- which id follows from when its part came.
CREATE TABLE list_part (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  head BLOB NOT NULL
) STRICT;
-- Of which part a row is.
CREATE INDEX list_part_first ON list_part (first);
CREATE TABLE list_row (id INTEGER PRIMARY KEY, slug TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX list_row_slug ON list_row (slug);
-- The version of each list that is whole here.
CREATE TABLE list_shown (list TEXT PRIMARY KEY, release BLOB NOT NULL) STRICT, WITHOUT ROWID;
-- Which rows have a word, and no more: the words themselves are cut by the app, so the tokenizer parts them at spaces. A
-- letter stands before each word, so one to three letters that somebody typed are two to four here.
CREATE VIRTUAL TABLE list_words USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, prefix = '2 3 4', tokenize = 'ascii'
);
