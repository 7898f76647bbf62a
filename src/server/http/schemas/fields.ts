import { z } from 'zod';

/** Fields of query strings, where everything arrives as text. */
export const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

export function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,16}$/, { error })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error });
}

/** 0..1 */
export const share = z
  .string()
  .regex(/^(0|1|0?\.\d+|0\.\d+|1\.0+)$/, { error: 'must be a number from 0 to 1' })
  .transform(Number);

/** Given once or several times. */
export const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));

export const traceId = z.string().min(1, { error: 'must name a trace' });
