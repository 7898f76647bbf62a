-- One row a statement that asked for meaning, written when it ends. Its model calls are in unified_logs.
CREATE TABLE IF NOT EXISTS rvbbit.sql_statements
(
    statement_id String CODEC(ZSTD(1)),
    session_id String CODEC(ZSTD(1)),
    started_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    caller LowCardinality(String),
    database LowCardinality(String),
    user_name LowCardinality(String),
    sql String CODEC(ZSTD(3)),
    rows UInt64,
    -- Distinct answers by where they came from: this process's memory, the log, a model.
    from_memory UInt64,
    from_log UInt64,
    from_model UInt64,
    duration_ms Float64,
    error Nullable(String),
    INDEX statement_id_filter statement_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX session_id_filter session_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = MergeTree
ORDER BY started_at
SETTINGS non_replicated_deduplication_window = 1000;
