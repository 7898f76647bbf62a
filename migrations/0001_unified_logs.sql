-- One row a model call. Sorted for "the latest of a cascade"; the two Bloom filters and the 16-byte hash serve
-- look-ups by trace and by answer key.
CREATE TABLE IF NOT EXISTS rvbbit.unified_logs
(
    trace_id String CODEC(ZSTD(1)),
    timestamp DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    -- Order of arrival; microseconds since the epoch, never twice the same from one server.
    ingested UInt64 DEFAULT toUnixTimestamp64Micro(now64(6)) CODEC(DoubleDelta, ZSTD(1)),
    session_id String CODEC(ZSTD(1)),
    statement_id String CODEC(ZSTD(1)),
    run_id String CODEC(ZSTD(1)),
    parent_trace_id Nullable(String) CODEC(ZSTD(1)),
    caller LowCardinality(String),
    cascade_id LowCardinality(String),
    cell_name LowCardinality(String),
    fingerprint LowCardinality(String),
    inputs String CODEC(ZSTD(1)),
    output String CODEC(ZSTD(1)),
    answer_key String CODEC(ZSTD(1)),
    answer String CODEC(ZSTD(1)),
    request String CODEC(ZSTD(3)),
    response String CODEC(ZSTD(3)),
    model LowCardinality(String),
    provider LowCardinality(String),
    tokens_in UInt32,
    tokens_out UInt32,
    tokens_cached UInt32,
    cost_usd Nullable(Float64),
    duration_ms Float64,
    retries UInt16,
    attempt UInt16,
    take UInt16,
    example_ids Array(String) CODEC(ZSTD(1)),
    training_trouble Nullable(String),
    probability Nullable(Float64),
    source LowCardinality(String) DEFAULT 'model',
    error Nullable(String),
    answer_hash FixedString(16) MATERIALIZED if(answer_key = '', toFixedString('', 16), MD5(answer_key)) CODEC(NONE),
    INDEX trace_id_filter trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX answer_hash_filter answer_hash TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = MergeTree
ORDER BY (cascade_id, timestamp)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;
