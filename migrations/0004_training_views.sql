-- Both conditions on absence hold with join_use_nulls on and off.
CREATE VIEW IF NOT EXISTS rvbbit.training_examples_with_annotations AS
SELECT e.trace_id AS trace_id, e.timestamp AS timestamp, e.ingested AS ingested, e.session_id AS session_id,
       e.statement_id AS statement_id, e.run_id AS run_id, e.caller AS caller, e.cascade_id AS cascade_id,
       e.cell_name AS cell_name, e.fingerprint AS fingerprint, e.inputs AS inputs, e.output AS output,
       e.model AS model, e.provider AS provider, e.cost_usd AS cost_usd, e.probability AS probability,
       ifNull(a.trainable, false) AS trainable,
       ifNull(a.verified, false) AS verified,
       if(ifNull(a.trace_id, '') = '', NULL, a.confidence) AS confidence,
       ifNull(a.notes, '') AS notes,
       a.tags AS tags,
       a.correction AS correction,
       if(ifNull(a.trace_id, '') = '', NULL, a.annotated_at) AS annotated_at,
       ifNull(a.annotated_by, '') AS annotated_by,
       if(ifNull(a.trace_id, '') = '', '', toString(a.source)) AS annotation_source
FROM rvbbit.training_examples AS e
LEFT JOIN (SELECT * FROM rvbbit.training_annotations FINAL) AS a ON e.trace_id = a.trace_id;

CREATE VIEW IF NOT EXISTS rvbbit.training_stats_by_cascade AS
SELECT e.cascade_id AS cascade_id, e.cell_name AS cell_name, e.total_executions AS total_executions,
       ifNull(a.annotated_calls, 0) AS annotated_count,
       ifNull(a.trainable_calls, 0) AS trainable_count,
       ifNull(a.verified_calls, 0) AS verified_count,
       if(ifNull(a.trainable_calls, 0) = 0, NULL, a.confidence_of_trainable) AS avg_confidence,
       e.first_execution AS first_execution, e.last_execution AS last_execution
FROM
(
    SELECT cascade_id, cell_name, count() AS total_executions, min(timestamp) AS first_execution,
           max(timestamp) AS last_execution
    FROM rvbbit.training_examples
    GROUP BY cascade_id, cell_name
) AS e
LEFT JOIN
(
    SELECT cascade_id, cell_name, count() AS annotated_calls, countIf(trainable) AS trainable_calls,
           countIf(verified) AS verified_calls, avgIf(confidence, trainable) AS confidence_of_trainable
    FROM (SELECT * FROM rvbbit.training_annotations FINAL)
    GROUP BY cascade_id, cell_name
) AS a ON e.cascade_id = a.cascade_id AND e.cell_name = a.cell_name;
