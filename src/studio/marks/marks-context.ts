import { createContext, useContext } from 'react';
import type { MarkAction } from './mark-action.ts';

export interface Undoable {
  readonly id: number;
  readonly label: string;
}

export interface Message {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'failed';
}

export interface Marks {
  /** Takes an action; true when the store has it, false where it was refused, which is then shown. */
  act(action: MarkAction): Promise<boolean>;
  /** Takes the last action back; false where there is none or it was refused. */
  undo(): Promise<boolean>;
  /** The last ten, newest first. */
  readonly undoable: readonly Undoable[];
  readonly message: Message | null;
}

export const MarksContext = createContext<Marks | null>(null);

export function useMarks(): Marks {
  const marks = useContext(MarksContext);
  if (marks === null) throw new Error('there is no MarksProvider above');
  return marks;
}
