import { modelProviders } from '../../src/operators/models/model-providers.ts';
import { ScriptedProvider } from '../../src/operators/models/scripted.ts';
import type { CallEstimator } from '../../src/operators/runner/estimate/call-estimator.ts';
import { ModelCallEstimator } from '../../src/operators/runner/estimate/model-call-estimator.ts';
import { formatExamples } from '../../src/training/formats/format-examples.ts';
import { MemoryLog } from './memory-log.ts';

/** Estimates calls of the model `scripted/test`. */
export function scriptedEstimator(): CallEstimator {
  const providers = modelProviders({ scripted: () => new ScriptedProvider(() => 'true') });
  return new ModelCallEstimator({
    providers,
    log: new MemoryLog(),
    formatExamples,
    defaultModel: 'scripted/test',
  });
}
