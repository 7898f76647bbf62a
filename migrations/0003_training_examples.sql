-- What a marked call can teach: the declared inputs and the output of every call that succeeded.
CREATE TABLE IF NOT EXISTS rvbbit.training_examples
(
    trace_id String CODEC(ZSTD(1)),
    timestamp DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    ingested UInt64 CODEC(DoubleDelta, ZSTD(1)),
    session_id String CODEC(ZSTD(1)),
    statement_id String CODEC(ZSTD(1)),
    run_id String CODEC(ZSTD(1)),
    caller LowCardinality(String),
    cascade_id LowCardinality(String),
    cell_name LowCardinality(String),
    fingerprint LowCardinality(String),
    inputs String CODEC(ZSTD(1)),
    output String CODEC(ZSTD(1)),
    model LowCardinality(String),
    provider LowCardinality(String),
    cost_usd Nullable(Float64),
    probability Nullable(Float64),
    INDEX trace_id_filter trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX timestamp_range timestamp TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
ORDER BY (cascade_id, cell_name, ingested)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS rvbbit.training_examples_mv
TO rvbbit.training_examples
AS SELECT trace_id, timestamp, ingested, session_id, statement_id, run_id, caller, cascade_id, cell_name,
          fingerprint, inputs, output, model, provider, cost_usd, probability
FROM rvbbit.unified_logs
WHERE error IS NULL;

-- Calls logged before the view was there count too.
INSERT INTO rvbbit.training_examples
SELECT trace_id, timestamp, ingested, session_id, statement_id, run_id, caller, cascade_id, cell_name,
       fingerprint, inputs, output, model, provider, cost_usd, probability
FROM rvbbit.unified_logs
WHERE error IS NULL AND trace_id NOT IN (SELECT trace_id FROM rvbbit.training_examples);
