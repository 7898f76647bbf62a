import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf, StartupError } from '../../errors.ts';

/** US dollars for a million tokens. */
export interface Price {
  readonly in: number;
  /** For input tokens that the provider had cached. */
  readonly cached: number;
  readonly out: number;
}

/** By the provider's name of the model. */
export type PriceTable = ReadonlyMap<string, Price>;

/** List prices of the standard tier as last published, up to June 2026. */
const LIST_PRICES: Readonly<Record<string, readonly [input: number, cached: number, output: number]>> =
  Object.freeze({
    'gpt-5.5': [5, 0.5, 30],
    'gpt-5.4': [2.5, 0.25, 15],
    'gpt-5.4-mini': [0.75, 0.075, 4.5],
    'gpt-5.4-nano': [0.2, 0.02, 1.25],
    'gpt-5.1': [1.25, 0.125, 10],
    'gpt-5': [1.25, 0.125, 10],
    'gpt-5-mini': [0.25, 0.025, 2],
    'gpt-5-nano': [0.05, 0.005, 0.4],
    'gpt-4.1': [2, 0.5, 8],
    'gpt-4.1-mini': [0.4, 0.1, 1.6],
    'gpt-4.1-nano': [0.1, 0.025, 0.4],
    'gpt-4o': [2.5, 1.25, 10],
    'gpt-4o-mini': [0.15, 0.075, 0.6],
    'gpt-4-turbo': [10, 10, 30],
    'gpt-4': [30, 30, 60],
    'gpt-3.5-turbo': [0.5, 0.5, 1.5],
    'o4-mini': [1.1, 0.275, 4.4],
    o3: [2, 0.5, 8],
    'o3-mini': [1.1, 0.55, 4.4],
    o1: [15, 7.5, 60],
  });

const dollars = z.number().nonnegative();
const PricesFile = z.record(
  z.string(),
  z.strictObject({ in: dollars, cached: dollars.optional(), out: dollars }),
);

/**
 * The list prices, extended and overridden by a YAML or JSON file of `model: { in, cached, out }` in US dollars
 * a million tokens; `cached` is `in` where it is left out. Throws StartupError that names the file.
 */
export async function loadPrices(file: string | null): Promise<PriceTable> {
  const table = new Map<string, Price>();
  for (const [model, [input, cached, out]] of Object.entries(LIST_PRICES)) {
    table.set(model, Object.freeze({ in: input, cached, out }));
  }
  if (file === null) return table;
  for (const [model, price] of Object.entries(await readPrices(file))) {
    table.set(model, Object.freeze({ in: price.in, cached: price.cached ?? price.in, out: price.out }));
  }
  return table;
}

async function readPrices(file: string): Promise<z.infer<typeof PricesFile>> {
  const hint =
    'It holds lines such as `my-model: { in: 0.4, cached: 0.1, out: 1.6 }`, US dollars a million tokens.';
  try {
    return PricesFile.parse(parse(await readFile(file, 'utf8')) ?? {});
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new StartupError(`price table ${file}: ${reason}`, hint, error);
  }
}

export interface TokenCounts {
  /** The cached ones included. */
  readonly tokensIn: number;
  readonly tokensCached: number;
  readonly tokensOut: number;
}

/** US dollars; null for a model without a price. */
export function costOf(prices: PriceTable, model: string, tokens: TokenCounts): number | null {
  const price = priceOf(prices, model);
  return price === null ? null : costAt(price, tokens);
}

/** A dated snapshot (`gpt-4o-2024-08-06`) costs what its family costs. */
export function priceOf(prices: PriceTable, model: string): Price | null {
  return prices.get(model) ?? prices.get(model.replace(/-\d{4}-\d{2}-\d{2}$/, '')) ?? null;
}

export function costAt(price: Price, tokens: TokenCounts): number {
  const fresh = tokens.tokensIn - tokens.tokensCached;
  return (fresh * price.in + tokens.tokensCached * price.cached + tokens.tokensOut * price.out) / 1e6;
}
