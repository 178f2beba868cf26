-- Captures that only add are appended to `frame` alone, behind the last row of `outbox`; their rows are made before the
-- next reading or writing. An app that does not know of this must not open the store: it would neither show them nor
-- send them, and would give their numbers out again.

-- What a capture does not write may have an index: the list of feedback was sorted whole for each of its pieces.
CREATE INDEX feedback_at ON feedback (at_ms DESC, id);
