-- `org` comes first in every key; a row found by a secret's hash alone names its organisation.
-- Scopes are 1 or 17 bytes: a letter (o, s, p, d) and the id. Epochs and other 64-bit numbers are stored signed.

CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    incarnation INTEGER NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE org (
    org BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    pen BLOB NOT NULL,
    pen_seq INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is stored and fed.
CREATE TABLE entry (
    org BLOB NOT NULL,
    device BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    scope BLOB NOT NULL,
    type INTEGER NOT NULL,
    number INTEGER NOT NULL,
    person BLOB NOT NULL,
    effective_ms INTEGER NOT NULL,
    committed_ms INTEGER NOT NULL,
    doc BLOB,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (org, device, epoch, seq)
) STRICT;
CREATE UNIQUE INDEX entry_in_feed ON entry (org, scope, type, number);
CREATE INDEX entry_of_doc ON entry (org, doc, number) WHERE doc IS NOT NULL;

CREATE TABLE feed (
    org BLOB NOT NULL,
    scope BLOB NOT NULL,
    number INTEGER NOT NULL,
    tag BLOB NOT NULL,
    unmarked_entries INTEGER NOT NULL,
    unmarked_bytes INTEGER NOT NULL,
    PRIMARY KEY (org, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (
    org BLOB NOT NULL,
    scope BLOB NOT NULL,
    number INTEGER NOT NULL,
    tag BLOB NOT NULL,
    PRIMARY KEY (org, scope, number)
) STRICT, WITHOUT ROWID;

-- Records as they stand, and which body each feed was last given of them.
CREATE TABLE record (
    org BLOB NOT NULL,
    type INTEGER NOT NULL,
    key TEXT NOT NULL,
    scope BLOB NOT NULL,
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (org, type, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE fed (
    org BLOB NOT NULL,
    type INTEGER NOT NULL,
    key TEXT NOT NULL,
    scope BLOB NOT NULL,
    body_hash BLOB NOT NULL,
    PRIMARY KEY (org, type, key, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE release (
    org BLOB NOT NULL,
    hash BLOB NOT NULL,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (org, hash)
) STRICT;

-- What pushes of content put there, to tell what the next one changes.
CREATE TABLE published (
    org BLOB NOT NULL,
    part TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    PRIMARY KEY (org, part, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE permit (
    org BLOB NOT NULL,
    id BLOB NOT NULL,
    person BLOB NOT NULL,
    role TEXT NOT NULL,
    scope BLOB NOT NULL,
    from_ms INTEGER NOT NULL,
    until_ms INTEGER,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX permit_of_person ON permit (org, person);

CREATE TABLE device (
    org BLOB NOT NULL,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    model TEXT NOT NULL,
    site BLOB NOT NULL,
    key BLOB NOT NULL,
    enrolled_ms INTEGER NOT NULL,
    revoked_ms INTEGER,
    last_contact_ms INTEGER,
    reported_through_ms INTEGER,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE certified (
    org BLOB NOT NULL,
    device BLOB NOT NULL,
    person BLOB NOT NULL,
    site BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (org, device, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE epoch (
    org BLOB NOT NULL,
    device BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    highest_seq INTEGER NOT NULL,
    highest_next INTEGER NOT NULL,
    judged_to INTEGER NOT NULL,
    closed_ms INTEGER,
    PRIMARY KEY (org, device, epoch)
) STRICT, WITHOUT ROWID;

-- The latest contact that a device claimed when it stated a next number.
CREATE TABLE stated (
    org BLOB NOT NULL,
    device BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    next_seq INTEGER NOT NULL,
    contact_ms INTEGER NOT NULL,
    PRIMARY KEY (org, device, epoch, next_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
    hash BLOB PRIMARY KEY,
    org BLOB NOT NULL,
    site BLOB NOT NULL,
    person BLOB NOT NULL,
    made_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_by BLOB
) STRICT, WITHOUT ROWID;

-- Two entries may claim one number (a clone's), so the hash is part of the key.
CREATE TABLE held (
    org BLOB NOT NULL,
    device BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    scope BLOB NOT NULL,
    type INTEGER NOT NULL,
    person BLOB NOT NULL,
    code INTEGER NOT NULL,
    doc BLOB,
    change BLOB,
    waits_on BLOB,
    arrived_ms INTEGER NOT NULL,
    effective_ms INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (org, device, epoch, seq, hash)
) STRICT;
CREATE INDEX held_in_doc ON held (org, doc, waits_on) WHERE doc IS NOT NULL;
CREATE INDEX held_change ON held (org, doc, change) WHERE change IS NOT NULL;

CREATE TABLE quarantine (
    org BLOB NOT NULL,
    offered_by BLOB NOT NULL,
    hash BLOB NOT NULL,
    epoch INTEGER,
    seq INTEGER,
    device BLOB,
    scope BLOB,
    type INTEGER,
    person BLOB,
    code INTEGER NOT NULL,
    doc BLOB,
    change BLOB,
    arrived_ms INTEGER NOT NULL,
    effective_ms INTEGER NOT NULL,
    superseded INTEGER NOT NULL,
    resolution INTEGER,
    resolved_ms INTEGER,
    bytes BLOB NOT NULL,
    UNIQUE (org, offered_by, hash)
) STRICT;
CREATE INDEX quarantine_change ON quarantine (org, doc, change) WHERE change IS NOT NULL;
CREATE INDEX quarantine_number ON quarantine (org, device, epoch, seq) WHERE device IS NOT NULL;
CREATE INDEX quarantine_hash ON quarantine (org, hash);

CREATE TABLE replaced (
    org BLOB NOT NULL,
    device BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    by_device BLOB NOT NULL,
    by_epoch INTEGER NOT NULL,
    by_seq INTEGER NOT NULL,
    PRIMARY KEY (org, device, epoch, seq, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE doc (
    org BLOB NOT NULL,
    doc BLOB NOT NULL,
    scope BLOB NOT NULL,
    type INTEGER NOT NULL,
    release BLOB NOT NULL,
    changes INTEGER NOT NULL,
    first_number INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
    PRIMARY KEY (org, doc)
) STRICT, WITHOUT ROWID;
CREATE INDEX doc_in_scope ON doc (org, scope, last_number);

CREATE TABLE change (
    org BLOB NOT NULL,
    doc BLOB NOT NULL,
    change BLOB NOT NULL,
    device BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (org, doc, change)
) STRICT, WITHOUT ROWID;

CREATE TABLE lock (
    org BLOB NOT NULL,
    doc BLOB NOT NULL,
    number INTEGER NOT NULL,
    device BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    locks INTEGER NOT NULL,
    PRIMARY KEY (org, doc, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE user (
    org BLOB NOT NULL,
    person BLOB NOT NULL,
    email TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    failures INTEGER NOT NULL,
    locked_until_ms INTEGER NOT NULL,
    PRIMARY KEY (org, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    hash BLOB PRIMARY KEY,
    org BLOB NOT NULL,
    person BLOB NOT NULL,
    csrf BLOB NOT NULL,
    created_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    hash BLOB PRIMARY KEY,
    org BLOB NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
