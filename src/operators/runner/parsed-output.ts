/** A reply that was understood, with the text under which it is logged; or what is wrong with it. */
export type ParsedOutput =
  | { readonly ok: true; readonly value: unknown; readonly text: string }
  | { readonly ok: false; readonly problem: string };

export function valid(value: unknown, text: string): ParsedOutput {
  return { ok: true, value, text };
}

export function invalid(problem: string): ParsedOutput {
  return { ok: false, problem };
}
