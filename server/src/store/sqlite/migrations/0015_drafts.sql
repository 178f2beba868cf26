-- A new version of content that nobody has yet. bytes: the release as it would be published, without a predecessor;
-- fingerprint: of the folder's part, so that the next push of that folder finds it unchanged.
CREATE TABLE draft (
    org BLOB NOT NULL,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    bytes BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (org, kind, slug)
) STRICT, WITHOUT ROWID;

-- Who tries a draft on their phone.
CREATE TABLE draft_tester (
    org BLOB NOT NULL,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    person BLOB NOT NULL,
    PRIMARY KEY (org, kind, slug, person)
) STRICT, WITHOUT ROWID;
