import { z } from 'zod';

/** Where a page ends in the order of arrival. */
export interface Place {
  readonly ingested: number;
  readonly trace_id: string;
}

/** What the next page is asked for with: a text that clients hand back as it is. */
export function cursorAfter({ ingested, trace_id }: Place): string {
  return Buffer.from(JSON.stringify([ingested, trace_id])).toString('base64url');
}

const placeShape = z.tuple([z.number(), z.string()]);

/** A field of a query string. */
export const cursor = z.string().transform((text, context): Place => {
  const place = placeShape.safeParse(parsed(text));
  if (place.success) return { ingested: place.data[0], trace_id: place.data[1] };
  context.addIssue({ code: 'custom', message: 'must be the next_cursor of a page' });
  return z.NEVER;
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
}
