import { LineCounter, isMap, isNode, isPair, isScalar, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { StartupError, messageOf } from '../../errors.ts';

export type YamlPath = readonly (string | number)[];

/** A YAML file and the lines its keys stand on. */
export class YamlSource {
  readonly file: string;
  readonly #document: Document.Parsed;
  readonly #lines = new LineCounter();

  /** Throws StartupError at the first syntax error or doubled key. */
  constructor(file: string, text: string) {
    this.file = file;
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      logLevel: 'error',
    });
    const error = this.#document.errors[0];
    if (error !== undefined)
      throw new StartupError(`${file}:${this.#lineAt(error.pos[0])}: ${error.message}`);
  }

  /** Throws StartupError where aliases cannot be resolved. */
  value(): unknown {
    try {
      return this.#document.toJS();
    } catch (error) {
      throw new StartupError(`${this.file}:1: ${messageOf(error)}`, undefined, error);
    }
  }

  /** The line of the key at the end of the path, or of what comes nearest to it. */
  lineOf(path: YamlPath): number {
    for (let length = path.length; length > 0; length -= 1) {
      const line = this.#keyLine(path.slice(0, length));
      if (line !== undefined) return line;
    }
    return 1;
  }

  fail(path: YamlPath, message: string): never {
    throw new StartupError(`${this.file}:${this.lineOf(path)}: ${message}`);
  }

  #keyLine(path: YamlPath): number | undefined {
    const parent: unknown =
      path.length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, -1), true);
    const last = path.at(-1);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last);
      return this.#nodeLine(pair?.key);
    }
    return this.#nodeLine(this.#document.getIn(path, true));
  }

  #nodeLine(node: unknown): number | undefined {
    return isNode(node) && node.range ? this.#lineAt(node.range[0]) : undefined;
  }

  #lineAt(offset: number): number {
    return Math.max(1, this.#lines.linePos(offset).line);
  }
}
