/**
 * One row a request, names as numbers; and for what is older, one row a day and combination of names. `attempts`: `[target, account, ms,
 * class, status]` each, `skipped`: `[target, account, reason]`, names as numbers. Histograms: `[bucket, count, bucket, count, …]`.
 */
export const requestsAndDays = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE requests (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  key INTEGER, client INTEGER, client_version INTEGER, dialect INTEGER, target_dialect INTEGER, requested INTEGER,
  target INTEGER, account INTEGER, account_id INTEGER, provider INTEGER, tier INTEGER, model INTEGER, combo INTEGER,
  streamed INTEGER NOT NULL,
  first_byte_ms REAL, total_ms REAL NOT NULL,
  input INTEGER, cache_read INTEGER, cache_write INTEGER, cache_write_1h INTEGER, output INTEGER, reasoning INTEGER,
  usage_other TEXT,
  estimated INTEGER NOT NULL,
  cost REAL, cost_source TEXT,
  finish INTEGER, status INTEGER NOT NULL, error_class INTEGER, error_code INTEGER,
  cancelled INTEGER NOT NULL, fallback INTEGER NOT NULL,
  shared_with TEXT,
  attempts TEXT, skipped TEXT
);
CREATE INDEX requests_at ON requests (at);
CREATE TABLE days (
  day TEXT NOT NULL,
  model INTEGER NOT NULL, provider INTEGER NOT NULL, account INTEGER NOT NULL, key INTEGER NOT NULL,
  client INTEGER NOT NULL, combo INTEGER NOT NULL, tier INTEGER NOT NULL,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  requests INTEGER NOT NULL, failed INTEGER NOT NULL, cancelled INTEGER NOT NULL,
  input INTEGER, cache_read INTEGER, cache_write INTEGER, output INTEGER, reasoning INTEGER,
  unknown_usage INTEGER NOT NULL, estimated_usage INTEGER NOT NULL,
  cost REAL, saved REAL, unpriced INTEGER NOT NULL,
  cacheable_input INTEGER NOT NULL, cached_input INTEGER NOT NULL,
  timed_output INTEGER NOT NULL, timed_ms REAL NOT NULL,
  fallbacks INTEGER NOT NULL,
  first_histogram TEXT NOT NULL, total_histogram TEXT NOT NULL,
  PRIMARY KEY (day, model, provider, account, key, client, combo, tier)
) WITHOUT ROWID;
`;
