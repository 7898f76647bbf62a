-- What a marked call teaches, beside its mark: the examples of a cell are one range of one table, and the log is not
-- searched for them. Empty where the call failed, and in marks made before: those are looked up in training_examples.
ALTER TABLE rvbbit.training_annotations ADD COLUMN IF NOT EXISTS inputs String DEFAULT '' CODEC(ZSTD(1));
ALTER TABLE rvbbit.training_annotations ADD COLUMN IF NOT EXISTS output String DEFAULT '' CODEC(ZSTD(1));
