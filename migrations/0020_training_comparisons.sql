-- Comparisons of two ways of training that were started over HTTP, written when they end.
CREATE TABLE IF NOT EXISTS rvbbit.training_comparisons
(
    run_id String,
    started_at DateTime64(3, 'UTC'),
    -- What was asked for and what came of it, as the REST interface gives it.
    run String CODEC(ZSTD(3))
)
ENGINE = MergeTree
ORDER BY started_at
SETTINGS non_replicated_deduplication_window = 100;
