/** A statement and what it means: the same text over functions that know every answer. */
export interface GeneratedStatement {
  readonly semantic: string;
  readonly truth: string;
  /** The statement may give any rows of its truth, so many; null where it must give all of them. */
  readonly limit: number | null;
}

/** An expression in both ways of writing it. */
interface Pair {
  readonly semantic: string;
  readonly truth: string;
}

const CRITERIA = ['apt', 'bold', 'calm', 'dry', 'eco', 'fun'];

/** Statements over `a (id, n, d)` and `b (id, k, e)`. The same seed gives the same statements. */
export class StatementGenerator {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  statement(): GeneratedStatement {
    const make = this.#pick([
      () => this.#filtered(),
      () => this.#filtered(),
      () => this.#joined(),
      () => this.#grouped(),
      () => this.#nested(),
      () => this.#limited(),
      () => this.#ordered(),
    ]);
    return make();
  }

  #filtered(): GeneratedStatement {
    const where = this.#condition(3, 'a');
    const shown = this.#value('a');
    return statement(fill('SELECT id, ? AS v FROM a WHERE ?', [shown, where]));
  }

  #joined(): GeneratedStatement {
    const kind = this.#pick(['JOIN', 'JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN']);
    const inner = kind === 'JOIN';
    const on = this.#pick(['a.id = b.id', 'a.n = b.k', 'a.id = b.id AND a.n < 5']);
    const also = this.#pick<Pair>([
      same('true'),
      inner ? this.#condition(1, 'a.', 'b.') : this.#predicate('b.'),
    ]);
    const where = this.#condition(2, 'a.', 'b.');
    return statement(
      fill(`SELECT a.id, b.id AS other FROM a ${kind} b ON ${on} AND ? WHERE ?`, [also, where]),
    );
  }

  #grouped(): GeneratedStatement {
    const filter = this.#condition(2, 'a');
    const summed = this.#predicate('a');
    const having = this.#pick<Pair>([
      same('count(*) > 3'),
      fill('count(*) FILTER (WHERE ?) < 4', [this.#predicate('a')]),
      fill('(count(*) > 3 OR ?)', [this.#means('max(d)')]),
    ]);
    const where = this.#condition(1, 'a');
    return statement(
      fill(
        'SELECT n, count(*) FILTER (WHERE ?) AS c, sum(CASE WHEN ? THEN 1 ELSE 10 END) AS s FROM a WHERE ? GROUP BY n HAVING ?',
        [filter, summed, where, having],
      ),
    );
  }

  #nested(): GeneratedStatement {
    const inside = this.#condition(1, 'b.');
    const outside = this.#condition(1, 'a.');
    const template = this.#pick([
      'SELECT a.id FROM a WHERE a.id IN (SELECT b.id FROM b WHERE ?) AND ?',
      'SELECT a.id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.id = a.id AND ?) AND ?',
      'SELECT a.id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE ?) OR ?',
      'SELECT a.id FROM a WHERE CASE WHEN EXISTS (SELECT 1 FROM b WHERE b.id = a.id AND ?) THEN ? ELSE a.n > 2 END',
      'WITH q AS (SELECT * FROM b WHERE ?) SELECT a.id, q.id AS other FROM a JOIN q ON a.id = q.id WHERE ?',
      'SELECT a.id FROM a LEFT JOIN (SELECT * FROM b WHERE ?) q ON a.id = q.id WHERE q.id IS NULL AND ?',
      'SELECT b.id FROM b WHERE ? UNION ALL SELECT a.id FROM a WHERE ?',
      'SELECT b.id FROM b WHERE ? EXCEPT SELECT a.id FROM a WHERE ?',
    ]);
    return statement(fill(template, [inside, outside]));
  }

  #limited(): GeneratedStatement {
    const where = this.#condition(2, 'a.');
    const limit = this.#upTo(12);
    const { semantic, truth } = fill('SELECT a.id FROM a WHERE ?', [where]);
    return { semantic: `${semantic} LIMIT ${limit}`, truth, limit };
  }

  #ordered(): GeneratedStatement {
    const where = this.#condition(2, 'a.');
    const order = this.#pick(['a.id', 'a.id DESC', 'a.n, a.id DESC', '2 DESC, 1']);
    const tail = ` ORDER BY ${order} LIMIT ${this.#upTo(12)} OFFSET ${this.#upTo(4)}`;
    const shown = this.#value('a.');
    return statement(fill(`SELECT a.id, a.n, ? AS v FROM a WHERE ?${tail}`, [shown, where]));
  }

  /** Boolean, over the tables of these prefixes (`a` stands for table a without a prefix). */
  #condition(depth: number, ...tables: readonly string[]): Pair {
    const table = this.#pick(tables);
    if (depth === 0) return this.#predicate(table);
    const one = this.#condition(depth - 1, ...tables);
    const other = this.#condition(depth - 1, ...tables);
    return this.#pick<() => Pair>([
      () => this.#predicate(table),
      () => fill('(? AND ?)', [one, other]),
      () => fill('(? AND ?)', [this.#cheap(table), one]),
      () => fill('(? OR ?)', [one, other]),
      () => fill('(? OR ?)', [one, this.#cheap(table)]),
      () => fill('NOT (?)', [one]),
      () => fill('CASE WHEN ? THEN ? ELSE ? END', [one, other, this.#predicate(table)]),
      () => fill('coalesce(?, ?)', [one, other]),
      () => fill('(?) IS NOT TRUE', [one]),
      () => fill('((?) IS NULL OR ?)', [one, other]),
      () => fill('(?) IS DISTINCT FROM (?)', [one, other]),
    ])();
  }

  #predicate(table: string): Pair {
    const text = columnOf(table);
    return this.#pick<() => Pair>([
      () => this.#means(text),
      () => this.#means(text),
      () => fill('NOT ?', [this.#means(text)]),
      () => fill(`? > 0.${this.#upTo(9)}`, [this.#call('score', `${text}, '${this.#pick(CRITERIA)}'`)]),
      () => fill("? = 'T3'", [this.#call('summarise', text)]),
      () => fill('? IS NULL', [this.#call('summarise', text)]),
      () => this.#cheap(table),
    ])();
  }

  #value(table: string): Pair {
    const text = columnOf(table);
    return this.#pick<() => Pair>([
      () => this.#means(text),
      () => this.#call('summarise', text),
      () =>
        fill("coalesce(?, ?, 'none')", [
          this.#call('summarise', text),
          this.#call('summarise', `'x' || ${text}`),
        ]),
      () => fill("CASE WHEN ? THEN ? ELSE 'no' END", [this.#predicate(table), this.#call('summarise', text)]),
      () => fill("nullif(?, 'T1')", [this.#call('summarise', text)]),
      () => fill('CASE ? WHEN true THEN 1 WHEN ? THEN 2 END', [this.#means(text), this.#means(text)]),
      () => this.#nestedCall(text),
    ])();
  }

  #nestedCall(text: string): Pair {
    const inner = this.#call('summarise', text);
    return { semantic: `summarise(${inner.semantic})`, truth: `truth_summarise(${inner.truth})` };
  }

  #cheap(table: string): Pair {
    const at = table === 'a' ? '' : table;
    const number = table === 'b.' ? 'b.k' : `${at}n`;
    return same(
      this.#pick([
        `${at}id < ${this.#upTo(40)}`,
        `${number} = ${this.#upTo(5)}`,
        `${number} % 2 = 0`,
        `${columnOf(table)} IS NOT NULL`,
      ]),
    );
  }

  #means(text: string): Pair {
    const criterion = `'${this.#pick(CRITERIA)}'`;
    const truth = `truth_means(${text}, ${criterion})`;
    return this.#pick<Pair>([
      { semantic: `(${text} MEANS ${criterion})`, truth },
      { semantic: `(${text} NOT MEANS ${criterion})`, truth: `(NOT ${truth})` },
      { semantic: `semantic_matches(${text}, ${criterion})`, truth },
    ]);
  }

  #call(name: string, args: string): Pair {
    return { semantic: `${name}(${args})`, truth: `truth_${name}(${args})` };
  }

  #upTo(most: number): number {
    return 1 + Math.floor(this.#random() * most);
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)] as T;
  }

  /** Mulberry32: 32 bits of state, uniform in [0, 1). */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  }
}

function columnOf(table: string): string {
  return table === 'b.' ? 'b.e' : table === 'a' ? 'd' : 'a.d';
}

function same(text: string): Pair {
  return { semantic: text, truth: text };
}

/** The template with its `?` filled in, both ways. */
function fill(template: string, parts: readonly Pair[]): Pair {
  const pieces = template.split('?');
  const written = (way: keyof Pair): string =>
    pieces.map((piece, at) => (at === 0 ? piece : `${parts[at - 1]?.[way] ?? ''}${piece}`)).join('');
  return { semantic: written('semantic'), truth: written('truth') };
}

function statement(pair: Pair): GeneratedStatement {
  return { ...pair, limit: null };
}
