-- What the console walks page by page. `listing` and `about` are made again from what they are about by
-- `lists::rebuild`; `meta.lists` says by which rules they were made.

ALTER TABLE meta ADD COLUMN lists INTEGER NOT NULL DEFAULT 0;

-- place: a scope, or empty for the whole organisation.
CREATE TABLE listing (
    org BLOB NOT NULL,
    list INTEGER NOT NULL,
    place BLOB NOT NULL,
    facet TEXT NOT NULL,
    sort BLOB NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (org, list, place, facet, sort, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_of_key ON listing (org, list, key);

-- Which facts were said of a run or a contact.
CREATE TABLE about (
    org BLOB NOT NULL,
    about BLOB NOT NULL,
    scope BLOB NOT NULL,
    number INTEGER NOT NULL,
    type INTEGER NOT NULL,
    PRIMARY KEY (org, about, scope, number)
) STRICT, WITHOUT ROWID;

-- Why a device ended; lost ones may be found again.
ALTER TABLE device ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN reason TEXT;
-- The app's version: 16 bits each of major, minor and patch.
ALTER TABLE device ADD COLUMN app INTEGER;

ALTER TABLE doc ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0;
UPDATE doc SET changed_ms = coalesce((SELECT committed_ms FROM entry WHERE entry.org = doc.org AND entry.scope = doc.scope
    AND entry.type = doc.type AND entry.number = doc.last_number), 0);
DROP INDEX doc_in_scope;
CREATE INDEX doc_by_change ON doc (org, scope, changed_ms, doc);
CREATE INDEX doc_of_release ON doc (org, release, changed_ms);

-- Feedback and opened contacts by time; lessons and attempts by person.
CREATE INDEX entry_by_time ON entry (org, scope, type, effective_ms, number) WHERE type IN (32, 40);
CREATE INDEX entry_of_person ON entry (org, person, effective_ms) WHERE type IN (1, 4);
CREATE INDEX certified_of_person ON certified (org, person);
CREATE INDEX release_of_slug ON release (org, kind, slug, number);
-- What waits for a person, by who offered it, is in `listing`.
