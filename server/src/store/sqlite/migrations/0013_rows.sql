-- What a row of a list shows, so that a page reads rows and works nothing out; and which of them are to be worked out
-- anew. Both are made again by `lists::rebuild`.
CREATE TABLE listed_row (
    org BLOB NOT NULL,
    list INTEGER NOT NULL,
    key TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (org, list, key)
) STRICT, WITHOUT ROWID;

-- mark: how often that was said, so that what is said while a row is worked out is not lost.
CREATE TABLE stale_row (
    org BLOB NOT NULL,
    list INTEGER NOT NULL,
    key TEXT NOT NULL,
    mark INTEGER NOT NULL,
    PRIMARY KEY (org, list, key)
) STRICT, WITHOUT ROWID;
