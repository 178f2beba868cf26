-- What a device said of itself (its clock was set, its store was set aside), the latest first.
CREATE INDEX entry_of_device ON entry (org, device, type, effective_ms) WHERE type IN (56, 57);
