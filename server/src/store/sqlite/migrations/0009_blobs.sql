-- What stored facts say of pictures, whole and small: who may read the bytes follows from who may read the fact.
CREATE TABLE blob_named (
    org BLOB NOT NULL,
    blob BLOB NOT NULL,
    scope BLOB NOT NULL,
    number INTEGER NOT NULL,
    run BLOB NOT NULL,
    device BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    media TEXT NOT NULL,
    -- Of a small one: the whole one.
    small_of BLOB,
    PRIMARY KEY (org, blob, scope, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_of_run ON blob_named (org, run);

-- Pictures whose bytes are here whole, as files beside the database.
CREATE TABLE blob_here (
    org BLOB NOT NULL,
    blob BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (org, blob)
) STRICT, WITHOUT ROWID;

-- Pictures on their way. How far each has come is the length of its file.
CREATE TABLE blob_upload (
    org BLOB NOT NULL,
    -- A device, or 16 bytes of a token's hash.
    sender BLOB NOT NULL,
    blob BLOB NOT NULL,
    expires_ms INTEGER NOT NULL,
    PRIMARY KEY (org, sender, blob)
) STRICT, WITHOUT ROWID;
