-- Whether something captured here said what the picture is for: then it is sent, and its file stays until it was,
-- even where what said so has left this device.
ALTER TABLE blob_file ADD COLUMN named INTEGER NOT NULL DEFAULT 0;
UPDATE blob_file SET named = 1 WHERE hash IN (SELECT hash FROM blob WHERE own = 1);
