-- A document as it stood after so many of its changes: where it is not in memory it is loaded from here, with
-- the changes after it. Derived from `entry`; without a row, or with one that does not read, it is made from its
-- first change on.
CREATE TABLE doc_saved (
    org BLOB NOT NULL,
    doc BLOB NOT NULL,
    -- How many changes it holds, and the number of the last of them in its feed.
    changes INTEGER NOT NULL,
    number INTEGER NOT NULL,
    saved BLOB NOT NULL,
    PRIMARY KEY (org, doc)
) STRICT;
