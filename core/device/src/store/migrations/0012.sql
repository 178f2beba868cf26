-- What is received and no longer counts: rarely anything, and asked for with each page.
CREATE INDEX entry_unsure ON entry (subject) WHERE confirmed = 0;
