import type { Spent } from '../evaluation-summary.ts';

export function spentText({ calls, tokens, costUsd }: Spent): string {
  return `${calls} call${calls === 1 ? '' : 's'}, ${tokens} tokens, ${dollarText(costUsd)}`;
}

/** `$1.20`, `$0.0042`: enough digits to tell a small sum from none. */
export function dollarText(amount: number): string {
  const digits = amount === 0 || amount >= 0.1 ? 2 : Math.min(12, 1 - Math.floor(Math.log10(amount)));
  return `$${amount.toFixed(digits)}`;
}
