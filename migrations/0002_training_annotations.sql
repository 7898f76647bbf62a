-- What people say about logged calls. The newest version of a trace counts, a deletion is a version too. Cascade,
-- cell, fingerprint and order of arrival are those of the marked call: a pool is found without reading the log.
CREATE TABLE IF NOT EXISTS rvbbit.training_annotations
(
    trace_id String,
    cascade_id LowCardinality(String),
    cell_name LowCardinality(String),
    fingerprint LowCardinality(String),
    ingested UInt64,
    trainable Bool DEFAULT false,
    verified Bool DEFAULT false,
    confidence Float64 DEFAULT 1.0,
    notes String DEFAULT '',
    tags Array(String) DEFAULT [],
    correction Nullable(String),
    annotated_at DateTime64(6, 'UTC') DEFAULT now64(6),
    annotated_by String DEFAULT '',
    source LowCardinality(String) DEFAULT 'human',
    version UInt64 DEFAULT toUnixTimestamp64Micro(now64(6)),
    deleted UInt8 DEFAULT 0
)
ENGINE = ReplacingMergeTree(version, deleted)
ORDER BY (cascade_id, cell_name, trace_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS rvbbit.training_annotation_history
(
    trace_id String,
    cascade_id LowCardinality(String),
    cell_name LowCardinality(String),
    trainable Bool,
    verified Bool,
    confidence Float64,
    notes String,
    tags Array(String),
    correction Nullable(String),
    annotated_at DateTime64(6, 'UTC'),
    annotated_by String,
    source LowCardinality(String),
    version UInt64,
    deleted UInt8
)
ENGINE = MergeTree
ORDER BY (cascade_id, cell_name, trace_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 1000;

-- A mark and its history are one insert.
CREATE MATERIALIZED VIEW IF NOT EXISTS rvbbit.training_annotation_history_mv
TO rvbbit.training_annotation_history
AS SELECT trace_id, cascade_id, cell_name, trainable, verified, confidence, notes, tags, correction,
          annotated_at, annotated_by, source, version, deleted
FROM rvbbit.training_annotations;
