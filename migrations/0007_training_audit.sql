-- Unmarked calls drawn without regard to what they say: labelling them measures, where marking good ones flatters.
-- One a distinct inputs; the order is by chance and stays, so that what was labelled makes room for the next.
CREATE VIEW IF NOT EXISTS rvbbit.training_audit AS
SELECT argMax(trace_id, ingested) AS trace_id, max(timestamp) AS timestamp, cascade_id, cell_name, inputs,
       argMax(output, ingested) AS output
FROM rvbbit.training_examples
WHERE (cascade_id, cell_name, inputs) NOT IN
(
    SELECT cascade_id, cell_name, inputs FROM rvbbit.training_examples
    WHERE trace_id IN (SELECT trace_id FROM rvbbit.training_annotations FINAL)
)
GROUP BY cascade_id, cell_name, inputs
ORDER BY cityHash64(cascade_id, cell_name, inputs)
LIMIT 1000;
