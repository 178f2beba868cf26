-- When a person's last enrolment code was used on a device, and when they signed out of it: nothing of theirs alone is
-- fed to a device that they left after that.
ALTER TABLE certified ADD COLUMN since_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE certified ADD COLUMN signed_out_ms INTEGER;
UPDATE certified SET since_ms = at_ms;
-- What was said last of people on a device, too.
DROP INDEX entry_of_device;
CREATE INDEX entry_of_device ON entry (org, device, type, effective_ms) WHERE type IN (56, 57, 107);
