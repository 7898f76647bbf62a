-- What people have verified is counted apart from what a model said.
ALTER TABLE rvbbit.sql_statements ADD COLUMN IF NOT EXISTS from_human UInt64 DEFAULT 0;
