-- Which entry made a capture: its id is that author's, whoever else has read it.
CREATE TABLE captured (
    org BLOB NOT NULL,
    capture BLOB NOT NULL,
    device BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (org, capture)
) STRICT, WITHOUT ROWID;
