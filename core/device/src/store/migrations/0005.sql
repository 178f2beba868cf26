-- Up to which row of `entry` a document's own have been taken in: what comes with a page is all that is applied.
ALTER TABLE doc ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;
