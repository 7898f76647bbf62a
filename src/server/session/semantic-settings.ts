import { readSemanticSettings } from '../../operators/evaluation/semantic-settings.ts';
import type { SemanticSettings } from '../../operators/evaluation/statement-scope.ts';
import type { Settings } from './settings.ts';

/** The `rvbbit.…` settings as a statement takes them with it. */
export function semanticSettings(settings: Settings): SemanticSettings {
  return readSemanticSettings((name) => settings.get(name));
}
