import { isWord, tokenAt, type CodeToken } from './code-token.ts';
import { turnPlace } from './clause-words.ts';
import { bracketFrame, statementFrame, type Frame, type Place } from './frame.ts';
import { endsOperand } from './operand.ts';

const CREATED = [
  'INDEX',
  'TYPE',
  'TABLE',
  'VIEW',
  'MACRO',
  'FUNCTION',
  'PROCEDURE',
  'SCHEMA',
  'SEQUENCE',
] as const;

/**
 * Walks over the tokens of a text and knows at each what may stand there, without a grammar: which clause it is in,
 * and whether an operand ends right before it. The walker says how it reads each token: as itself, as a name or as
 * an infix operator.
 */
export class ClauseTracker {
  readonly #code: readonly CodeToken[];
  readonly #outer: Frame[] = [];
  #frame = statementFrame(0);
  #index = 0;
  #afterOperand = false;

  constructor(code: readonly CodeToken[]) {
    this.#code = code;
  }

  /** Index of the token that is next. */
  get index(): number {
    return this.#index;
  }

  get place(): Place {
    return this.#frame.place;
  }

  /** Whether a table may stand next: in FROM and JOIN, not where names are given or changed. */
  get inTables(): boolean {
    return this.#frame.place === 'relation' && this.#frame.tables;
  }

  get afterOperand(): boolean {
    return this.#afterOperand;
  }

  /** First word of the statement at hand, upper case; empty before it and in subqueries. */
  get statement(): string {
    return this.#frame.statement;
  }

  /** Whether the next token is the first of a statement (behind EXPLAIN, if any) or of what a parenthesis holds. */
  get atStart(): boolean {
    return this.#index === this.#frame.first;
  }

  get atTopLevel(): boolean {
    return this.#outer.length === 0;
  }

  get infixCanStand(): boolean {
    return this.#afterOperand && (this.place === 'expression' || this.place === 'ordering');
  }

  get directionCanStand(): boolean {
    return this.#afterOperand && (this.place === 'ordering' || this.place === 'index');
  }

  /** Reads `count` tokens as one infix operator. */
  takeInfix(count: number): void {
    this.#index += count;
    this.#afterOperand = false;
  }

  /** Reads the next token as a name, whatever its word is. */
  takeName(): void {
    this.#index += 1;
    this.#afterOperand = true;
  }

  take(): void {
    const token = tokenAt(this.#code, this.#index);
    if (token.kind === 'word') this.#takeWord();
    else if (token.kind === 'punctuation') this.#takePunctuation(token.text);
    else this.#takeOther(token);
    this.#index += 1;
  }

  #takeWord(): void {
    const frame = this.#frame;
    const word = tokenAt(this.#code, this.#index).text;
    if (this.atStart) this.#begin(word);
    else if (isWord(tokenAt(this.#code, this.#index), ...CREATED)) frame.object ||= word;
    const place = frame.place;
    turnPlace(frame, this.#code, this.#index);
    this.#afterOperand = frame.place === place && endsOperand(this.#code, this.#index, this.#afterOperand);
  }

  #begin(word: string): void {
    const frame = this.#frame;
    const explained = frame.statement === 'EXPLAIN';
    if (word === 'EXPLAIN' || (explained && (word === 'ANALYZE' || word === 'VERBOSE'))) {
      frame.first = this.#index + 1;
      frame.statement = 'EXPLAIN';
    } else {
      if (frame.statement === '' || frame.statement === 'EXPLAIN') frame.statement = word;
      frame.command = word;
    }
  }

  #takePunctuation(sign: string): void {
    if (sign === '(' || sign === '[' || sign === '{') this.#open();
    else if (sign === ')' || sign === ']' || sign === '}') this.#close();
    else if (sign === ';') this.#end();
    else this.#separate(sign);
  }

  #open(): void {
    const opened = bracketFrame(this.#code, this.#index, this.#frame);
    this.#outer.push(this.#frame);
    this.#frame = opened;
    this.#afterOperand = false;
  }

  #close(): void {
    this.#afterOperand = this.#frame.endsOperand;
    this.#frame = this.#outer.pop() ?? this.#frame;
    if (this.#frame.statement === 'EXPLAIN') this.#frame.first = this.#index + 1;
  }

  #end(): void {
    this.#outer.length = 0;
    this.#frame = statementFrame(this.#index + 1);
    this.#afterOperand = false;
  }

  #separate(sign: string): void {
    this.#afterOperand = false;
    if (sign !== ',') return;
    if (this.#frame.base !== null) this.#frame.place = this.#frame.base;
    else if (this.#frame.tables) this.#frame.place = 'relation';
  }

  #takeOther(token: CodeToken): void {
    if (token.text === '=' && this.#setsVariable()) this.#frame.place = 'expression';
    this.#afterOperand = endsOperand(this.#code, this.#index, this.#afterOperand);
  }

  /** DuckDB's `SET VARIABLE name = expression`. */
  #setsVariable(): boolean {
    const { statement, first } = this.#frame;
    return statement === 'SET' && isWord(tokenAt(this.#code, first + 1), 'VARIABLE');
  }
}
