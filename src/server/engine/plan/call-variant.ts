/**
 * The ways in which a rewritten statement calls a semantic function beside the plain one. `known` tells whether the
 * answer is there and asks for it where it is not; the peeking ones look, but never ask and never count as missed.
 */
export type CallVariant = 'known' | 'peek' | 'peek known';

export const CALL_VARIANTS: readonly CallVariant[] = Object.freeze(['known', 'peek', 'peek known']);

/** The name under which a variant can be called. The blank keeps it apart from every function of a user. */
export function variantName(name: string, variant: CallVariant): string {
  return `${name} ${variant}`;
}

/** The name under which the hash of a call's arguments is had. */
export function hashName(name: string): string {
  return `${name} hash`;
}

export function givesKnown(variant: CallVariant | null): boolean {
  return variant === 'known' || variant === 'peek known';
}

export function peeks(variant: CallVariant | null): boolean {
  return variant === 'peek' || variant === 'peek known';
}
