-- The question of an answer, whatever examples it was given with: the half of its key before the dot. Finds the
-- answers that a new example makes to be asked again, and those that may be taken in spite of it.
ALTER TABLE rvbbit.unified_logs ADD COLUMN IF NOT EXISTS question_hash FixedString(16)
    MATERIALIZED if(answer_key = '', toFixedString('', 16), MD5(substringIndex(answer_key, '.', 1))) CODEC(NONE);
ALTER TABLE rvbbit.unified_logs ADD INDEX IF NOT EXISTS question_hash_filter question_hash TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE rvbbit.unified_logs MATERIALIZE COLUMN question_hash;
ALTER TABLE rvbbit.unified_logs MATERIALIZE INDEX question_hash_filter;
