-- Tables that the app makes when it starts for the first time.
CREATE TABLE IF NOT EXISTS patrol (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- own number
  officer_no VARCHAR(20) NOT NULL,
  started_at DATETIME DEFAULT CURRENT_TIMESTAMP,
  /* where the officer stood */
  lng DOUBLE, lat DOUBLE
);
CREATE UNIQUE INDEX patrol_at ON patrol (officer_no, started_at);
ALTER TABLE patrol ADD COLUMN remark TEXT;
