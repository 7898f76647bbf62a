import type { ModelRequest, ModelTask } from '../../src/operators/models/model-provider.ts';

export interface RequestFields extends Partial<Omit<ModelRequest, 'task'>> {
  readonly task?: Partial<ModelTask>;
}

/** `text MEANS criterion` as a provider gets it; any field can be replaced. */
export function meansRequest(text: string, criterion: string, fields: RequestFields = {}): ModelRequest {
  return {
    model: 'gpt-4.1-mini',
    messages: [
      { role: 'system', content: 'Answer true or false.' },
      { role: 'user', content: `Does the text match?\nText: ${text}\nCriterion: ${criterion}` },
    ],
    timeoutMs: 2_000,
    ...fields,
    task: {
      cascadeId: 'semantic_matches',
      cellName: 'evaluate',
      kind: 'boolean',
      inputs: { text, criterion },
      criterionArg: 'criterion',
      examples: [],
      ...fields.task,
    },
  };
}
