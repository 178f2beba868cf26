-- The asset that a run is about, by its name (ADR 26).
ALTER TABLE started ADD COLUMN asset TEXT;
ALTER TABLE doc ADD COLUMN asset TEXT;
ALTER TABLE run ADD COLUMN asset TEXT;
ALTER TABLE stub ADD COLUMN asset TEXT;
CREATE INDEX run_asset ON run (asset, updated_ms) WHERE asset IS NOT NULL;
