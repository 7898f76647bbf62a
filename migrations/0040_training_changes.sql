-- What several servers on one log tell one another: marks as they were written, in the order in which the store took
-- them in, by its own clock. A row without a trace id says that calls were deleted. Rows stay, so that their number,
-- which the store knows without reading, tells whether there is anything new.
CREATE TABLE IF NOT EXISTS rvbbit.training_changes
(
    at UInt64 DEFAULT toUnixTimestamp64Micro(now64(6)) CODEC(DoubleDelta, ZSTD(1)),
    trace_id String CODEC(ZSTD(1)),
    cascade_id LowCardinality(String),
    cell_name LowCardinality(String),
    fingerprint LowCardinality(String),
    ingested UInt64,
    inputs String CODEC(ZSTD(1)),
    output String CODEC(ZSTD(1)),
    correction Nullable(String) CODEC(ZSTD(1)),
    confidence Float64,
    trainable Bool,
    verified Bool,
    source LowCardinality(String),
    version UInt64,
    deleted UInt8
)
ENGINE = MergeTree
ORDER BY at
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS rvbbit.training_changes_mv
TO rvbbit.training_changes
AS SELECT toUnixTimestamp64Micro(now64(6)) AS at, trace_id, cascade_id, cell_name, fingerprint, ingested, inputs, output,
          correction, confidence, trainable, verified, source, version, deleted
FROM rvbbit.training_annotations;
