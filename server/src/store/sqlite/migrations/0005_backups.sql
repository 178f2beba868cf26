-- How far the store has come, to be compared with the ledger beside it: transactions ever committed, the last line
-- of the ledger that is carried out, the latest time of a commit, and by what the server's key is known.
ALTER TABLE meta ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meta ADD COLUMN ledger INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meta ADD COLUMN latest_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meta ADD COLUMN key_proof BLOB;
UPDATE meta SET latest_ms = coalesce((SELECT max(committed_ms) FROM entry), 0);
