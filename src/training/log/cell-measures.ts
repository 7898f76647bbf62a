import type { Store } from './store.ts';

/** What the last calls of a cell took, with one model. */
export interface CellMeasure {
  /** How many calls were looked at. */
  readonly calls: number;
  readonly meanTokensOut: number;
  readonly meanDurationMs: number;
  /** Of the answers that were "true" or "false", how many were "true"; null where there were none. */
  readonly trueShare: number | null;
}

const LAST_CALLS = 10_000;

/** Measures cells by what the log holds. */
export class CellMeasures {
  constructor(private readonly store: Store) {}

  /** Zero calls where the cell was never called with the model. */
  async measure(cascadeId: string, cellName: string, model: string): Promise<CellMeasure> {
    const [row] = await this.store.query<MeasureRow>(
      'answers',
      `SELECT count() AS calls, avg(tokens_out) AS tokens_out, avg(duration_ms) AS duration_ms,
              countIf(output = 'true') AS yes, countIf(output = 'false') AS no
       FROM (SELECT tokens_out, duration_ms, output FROM rvbbit.unified_logs
             WHERE cascade_id = {cascadeId:String} AND cell_name = {cellName:String} AND model = {model:String}
               AND error IS NULL AND source = 'model'
             ORDER BY timestamp DESC LIMIT ${LAST_CALLS})`,
      { cascadeId, cellName, model },
    );
    const { calls = 0, yes = 0, no = 0, tokens_out: tokensOut, duration_ms: durationMs } = row ?? {};
    return Object.freeze({
      calls,
      meanTokensOut: tokensOut ?? 0,
      meanDurationMs: durationMs ?? 0,
      trueShare: yes + no === 0 ? null : yes / (yes + no),
    });
  }
}

interface MeasureRow {
  readonly calls: number;
  readonly tokens_out: number | null;
  readonly duration_ms: number | null;
  readonly yes: number;
  readonly no: number;
}
