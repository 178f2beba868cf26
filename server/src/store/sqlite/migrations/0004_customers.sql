-- What opens payloads about customers, beside the entries: to forget a customer these rows are deleted.
CREATE TABLE customer_key (
    org BLOB NOT NULL,
    subject BLOB NOT NULL,
    device BLOB NOT NULL,
    -- Under a key that is derived from the server's key file.
    wrapped BLOB NOT NULL,
    PRIMARY KEY (org, subject, device)
) STRICT, WITHOUT ROWID;

-- MACs of normalised phone numbers and e-mail addresses; `place` is the order of arrival.
CREATE TABLE customer_index (
    place INTEGER PRIMARY KEY,
    org BLOB NOT NULL,
    mac BLOB NOT NULL,
    subject BLOB NOT NULL,
    UNIQUE (org, mac, subject)
) STRICT;
CREATE INDEX customer_index_of ON customer_index (org, subject);

-- Which feeds have an entry about a customer; random ids only, so it stays.
CREATE TABLE customer_scope (
    org BLOB NOT NULL,
    subject BLOB NOT NULL,
    scope BLOB NOT NULL,
    PRIMARY KEY (org, subject, scope)
) STRICT, WITHOUT ROWID;
