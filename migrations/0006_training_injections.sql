-- Which examples taught a call, in the order of its prompt, and why these.
ALTER TABLE rvbbit.unified_logs ADD COLUMN IF NOT EXISTS training_strategy LowCardinality(String) DEFAULT '';
ALTER TABLE rvbbit.unified_logs ADD COLUMN IF NOT EXISTS example_similarities Array(Nullable(Float32)) DEFAULT [];

CREATE VIEW IF NOT EXISTS rvbbit.training_injections AS
SELECT trace_id, timestamp, cascade_id, cell_name, example_trace_id, training_strategy AS strategy,
       toInt32(rank) AS rank,
       CAST(if(rank > length(example_similarities), NULL, example_similarities[rank]) AS Nullable(Float64)) AS similarity
FROM rvbbit.unified_logs
ARRAY JOIN example_ids AS example_trace_id, arrayEnumerate(example_ids) AS rank;
