import type { OperatorSet } from '../cascade/operator-set.ts';
import { ClauseTracker } from './clause-tracker.ts';
import { codeTokens, isWord, tokenAt, type CodeToken } from './code-token.ts';
import { keywordPhrases, phraseAt, type KeywordPhrase, type KeywordPhrases } from './keyword-phrases.ts';
import { beginsOperand } from './operand.ts';
import { reservedNameEdit } from './reserved-names.ts';
import { applyEdits, type RewrittenText, type TextEdit } from './source-map.ts';
import { expandSyntax } from './syntax/expand-syntax.ts';

export interface SemanticRewrite extends RewrittenText {
  /** The keyword operators that were used, each once, in the order of their first use. */
  readonly keywords: readonly string[];
}

/**
 * The text with keyword operators (`MEANS`, `NOT MEANS`, …) as their symbols and with `desc` and `asc` quoted where
 * they are names. The very same string where there is nothing to rewrite.
 *
 * A keyword is an operator where three things hold; everywhere else it stays a name.
 * 1. The place is one of expressions: not a list of tables, targets or common table expressions, not a column
 *    definition, not the words of a utility statement. So `FROM t means (a, b)` is an alias with columns.
 * 2. The token before it ends an operand: a name, a literal, a parameter, a closing bracket, END, NULL, TRUE, ….
 *    So `SELECT means FROM t`, `t.means`, `AS means`, `BY means` and `, means` are names.
 * 3. The token behind it begins an operand. So `SELECT a means FROM t` and `SELECT a means, b` are aliases.
 *
 * In `SELECT a means 'x'` all three hold and it is an operator. That takes nothing from ordinary SQL: behind an
 * operand an alias is followed by a comma, a closing bracket, a reserved word or the end, never by an operand, and
 * a typed literal (`means 'x'`) does not stand behind an operand. The one word that is not reserved and yet may
 * follow is `NO` or `DATA` in `CREATE … AS SELECT a aligns WITH NO DATA`, where the keyword's own last word is SQL's.
 */
export function rewriteSemanticSyntax(
  sql: string,
  operators: OperatorSet,
  phrases: KeywordPhrases = keywordPhrases(operators),
): SemanticRewrite {
  const expanded = expandSyntax(sql, operators);
  if (!phrases.mayOccur.test(expanded.sql)) return { ...expanded, keywords: [] };
  const walk = new Walk(expanded.sql, phrases);
  const rewritten = applyEdits(expanded.sql, walk.edits());
  return { sql: rewritten.sql, map: expanded.map.then(rewritten.map), keywords: [...walk.keywords] };
}

class Walk {
  readonly keywords = new Set<string>();
  readonly #code: readonly CodeToken[];
  readonly #tracker: ClauseTracker;

  constructor(
    private readonly sql: string,
    private readonly phrases: KeywordPhrases,
  ) {
    this.#code = codeTokens(sql);
    this.#tracker = new ClauseTracker(this.#code);
  }

  edits(): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    while (this.#tracker.index < this.#code.length) {
      const edit = this.#takeOperator() ?? this.#takeReservedName();
      if (edit === undefined) this.#tracker.take();
      else edits.push(edit);
    }
    return edits;
  }

  #takeOperator(): TextEdit | undefined {
    if (!this.#tracker.infixCanStand) return undefined;
    const { index } = this.#tracker;
    const phrase = phraseAt(this.phrases, this.#code, index);
    if (phrase === undefined || !this.#isInfix(phrase, index)) return undefined;
    this.keywords.add(phrase.keyword);
    this.#tracker.takeInfix(phrase.words.length);
    return symbolEdit(this.sql, this.#code, index, phrase);
  }

  #isInfix({ words }: KeywordPhrase, index: number): boolean {
    const next = index + words.length;
    if (words.at(-1) === 'WITH' && this.#isOptionOfCreate(next)) return false;
    return beginsOperand(this.#code, next);
  }

  /** `CREATE … AS SELECT a aligns WITH [NO] DATA`, `… WITH [LOCAL] CHECK OPTION`. */
  #isOptionOfCreate(index: number): boolean {
    if (!this.#tracker.atTopLevel || this.#tracker.statement !== 'CREATE') return false;
    if (isWord(tokenAt(this.#code, index), 'LOCAL', 'CASCADED')) {
      return isWord(tokenAt(this.#code, index + 1), 'CHECK');
    }
    const data = isWord(tokenAt(this.#code, index), 'NO') ? index + 1 : index;
    const end = this.#code[data + 1];
    return isWord(tokenAt(this.#code, data), 'DATA') && (end === undefined || end.text === ';');
  }

  #takeReservedName(): TextEdit | undefined {
    const edit = reservedNameEdit(this.sql, this.#code, this.#tracker);
    if (edit !== undefined) this.#tracker.takeName();
    return edit;
  }
}

/** Spaced where the symbol would otherwise run into an operator beside it. */
function symbolEdit(
  sql: string,
  code: readonly CodeToken[],
  index: number,
  { symbol, words }: KeywordPhrase,
): TextEdit {
  const { start } = tokenAt(code, index);
  const { end } = tokenAt(code, index + words.length - 1);
  const before = isBlank(sql[start - 1]) ? '' : ' ';
  const after = isBlank(sql[end]) ? '' : ' ';
  return { start, end, text: before + symbol + after };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t';
}
