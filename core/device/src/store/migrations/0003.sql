-- The keys of what is known of customers, own and lent by the server: to forget a customer these are deleted.
CREATE TABLE customer_key (
  subject BLOB NOT NULL,
  -- The author's.
  device BLOB NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (subject, device)
) STRICT, WITHOUT ROWID;

-- By what customers are found again: MACs under this device's own key.
CREATE TABLE customer_index (
  mac BLOB NOT NULL,
  subject BLOB NOT NULL,
  PRIMARY KEY (mac, subject)
) STRICT, WITHOUT ROWID;

-- Projection: what the last entry said of the customer of a contact, or of a feedback; sealed as it came.
CREATE TABLE customer (
  about BLOB PRIMARY KEY,
  device BLOB NOT NULL,
  subject BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_subject ON customer (subject);
