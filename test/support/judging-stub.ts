import type { StubAnswer, StubRequest } from './openai-stub.ts';

export interface JudgedItem {
  readonly text: string;
  readonly criterion: string;
}

/** What a request asks, read from the prompt alone: the rows of MEANS, one or several. */
export interface AskedOf {
  readonly packed: boolean;
  /** By id; a lone row has the id "". */
  readonly items: ReadonlyMap<string, JudgedItem>;
}

/** Behind it may stand an invalid reply and the request for another. */
const ASKING = /^(Criterion: |For each item:)/;

/** Reads the prompt of `cascades/semantic_sql/matches.cascade.yaml`. */
export function askedOf(request: StubRequest): AskedOf {
  const asking = request.body.messages.findLast(
    ({ role, content }) => role === 'user' && ASKING.test(content),
  );
  const said = asking?.content ?? '';
  const at = said.indexOf('Items:\n');
  if (!said.startsWith('For each item:') || at < 0) return { packed: false, items: loneItem(said) };
  const criterion = /^Criterion: ([\s\S]*?)\nText: \[text of the item\]/m.exec(said)?.[1] ?? '';
  const rows = JSON.parse(said.slice(at + 'Items:\n'.length)) as readonly { id: string; text: string }[];
  return { packed: true, items: new Map(rows.map(({ id, text }) => [id, { text, criterion }])) };
}

function loneItem(said: string): ReadonlyMap<string, JudgedItem> {
  const [, criterion = '', text = ''] = /^Criterion: ([\s\S]*?)\nText: ([\s\S]*)$/.exec(said) ?? [];
  return new Map([['', { text, criterion }]]);
}

/** An honest model: judges each row that it is asked about. */
export function judging(judge: (item: JudgedItem) => boolean): (request: StubRequest) => StubAnswer {
  return (request) => {
    const { packed, items } = askedOf(request);
    const answers = [...items].map(([id, item]) => ({ id, answer: judge(item) }));
    return packed ? JSON.stringify({ answers }) : String(answers[0]?.answer);
  };
}
