-- What a run is about, by its name in the organisation; none: its site alone.
ALTER TABLE doc ADD COLUMN asset TEXT;
