-- What a stored fact says that a picture belongs to: a run or, since then, a corrective action (ADR 30).
ALTER TABLE blob_named RENAME COLUMN run TO belongs_to;
