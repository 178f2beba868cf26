-- What a device gave back after a restore and the server has something else in the place of: for an administrator.
CREATE TABLE given_aside (
    org BLOB NOT NULL,
    hash BLOB NOT NULL,
    scope BLOB NOT NULL,
    type INTEGER NOT NULL,
    given_by BLOB NOT NULL,
    given_ms INTEGER NOT NULL,
    why TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (org, hash)
) STRICT, WITHOUT ROWID;
