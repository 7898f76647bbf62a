-- Vectors of example texts, a cache: made again where they are missing. 32-bit floats, little-endian, in base64.
CREATE TABLE IF NOT EXISTS rvbbit.embeddings
(
    model LowCardinality(String),
    text_hash String,
    vector String CODEC(ZSTD(1)),
    made UInt64 DEFAULT toUnixTimestamp64Micro(now64(6))
)
ENGINE = ReplacingMergeTree(made)
ORDER BY (model, text_hash)
SETTINGS non_replicated_deduplication_window = 100;
