import type { Config } from '../../config.ts';
import { SqlError } from '../../errors.ts';
import type { Embedder } from './embedder.ts';
import { LocalProvider } from './local.ts';
import { ShippedEmbedder } from './local/shipped-embedder.ts';
import type { ModelProvider } from './model-provider.ts';
import { OpenAiProvider } from './openai.ts';
import { loadPrices } from './prices.ts';
import type { RequestPacer } from './request-pacer.ts';
import { ScriptFiles } from './script-files.ts';

/** The providers of models by name; each is made when it is first asked for. */
export interface ModelProviders {
  /** Throws SqlError 42704 that lists the known names. */
  find(name: string): ModelProvider;
  close(): Promise<void>;
}

export type ProviderMakers = Readonly<Record<string, () => ModelProvider>>;

/** What providers are lent. */
export interface ProviderParts {
  readonly pacer?: RequestPacer;
  readonly embedder?: Embedder;
  readonly fetch?: typeof fetch;
}

/** The providers of the product. Throws StartupError for a price file that cannot be read. */
export async function openModelProviders(
  config: Config,
  { embedder = new ShippedEmbedder(), ...lent }: ProviderParts = {},
): Promise<ModelProviders> {
  const prices = await loadPrices(config.pricesFile);
  return modelProviders({
    local: () => new LocalProvider(embedder),
    openai: () => new OpenAiProvider({ ...config.openai, prices, ...lent }),
    scripted: () => new ScriptFiles(),
  });
}

export function modelProviders(makers: ProviderMakers): ModelProviders {
  const made = new Map<string, ModelProvider>();
  return {
    find(name) {
      const provider = made.get(name) ?? maker(makers, name)();
      made.set(name, provider);
      return provider;
    },
    async close() {
      const providers = [...made.values()];
      made.clear();
      await Promise.all(providers.map((provider) => provider.close()));
    },
  };
}

function maker(makers: ProviderMakers, name: string): () => ModelProvider {
  const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (make !== undefined) return make;
  const known = Object.keys(makers).toSorted().join(', ');
  throw new SqlError('42704', `there is no model provider "${name}"`, {
    hint: `Known are ${known}: RVBBIT_MODEL=openai/gpt-4.1-mini, or "model" of the cell.`,
  });
}
