import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { OtlpTracing } from '../server/tracing/otlp-tracing.ts';
import { packageVersion } from './package-folder.ts';

/** Null, and nothing of OpenTelemetry loaded, where no endpoint was named. */
export async function openTracing({ otlp }: Config, logger: Logger): Promise<OtlpTracing | null> {
  if (otlp === null) return null;
  const { OtlpTracing: Tracing } = await import('../server/tracing/otlp-tracing.ts');
  return new Tracing(otlp, packageVersion(), (message) => logger.warn(message));
}
