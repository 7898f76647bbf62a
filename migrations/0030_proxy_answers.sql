-- What a proxy decided in the place of a model is no execution to learn from, and no answer for a later statement.
ALTER TABLE rvbbit.sql_statements ADD COLUMN IF NOT EXISTS from_proxy UInt64 DEFAULT 0;

ALTER TABLE rvbbit.training_examples_mv MODIFY QUERY
SELECT trace_id, timestamp, ingested, session_id, statement_id, run_id, caller, cascade_id, cell_name,
       fingerprint, inputs, output, model, provider, cost_usd, probability
FROM rvbbit.unified_logs
WHERE error IS NULL AND source != 'proxy';
