import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { AnnotationChangeResult } from '../../server/http/schemas/annotations.ts';
import { messageOf, postJson } from '../api/request.ts';
import { isWriting } from '../hooks/use-keys.ts';
import type { Inverse, MarkAction } from './mark-action.ts';
import { MarkSender } from './mark-sender.ts';
import { showMarked } from './optimistic.ts';
import { MarksContext } from './marks-context.ts';
import type { Marks, Message, Undoable } from './marks-context.ts';

/** So many actions can be taken back. */
const MOST_UNDOABLE = 10;

interface Done extends Undoable {
  readonly inverse: Promise<Inverse>;
}

export function MarksProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [done, setDone] = useState<readonly Done[]>([]);
  const [message, setMessage] = useState<Message | null>(null);
  const latest = useRef(done);
  const lastId = useRef(0);
  const sender = useMemo(() => new MarkSender(sendMarks), []);

  const change = useCallback((next: readonly Done[]) => {
    latest.current = next;
    setDone(next);
  }, []);
  const renew = useCallback(() => {
    for (const topic of ['marks', 'both']) void client.invalidateQueries({ queryKey: [topic] });
  }, [client]);
  const say = useCallback((text: string, kind: Message['kind']) => {
    lastId.current += 1;
    setMessage({ id: lastId.current, text, kind });
  }, []);
  const settle = useCallback(
    async (inverse: Promise<Inverse>, label: string, id: number) => {
      try {
        await inverse;
        say(label, 'done');
        return true;
      } catch (error) {
        change(latest.current.filter((one) => one.id !== id));
        say(`Not saved: ${messageOf(error)}`, 'failed');
        return false;
      } finally {
        renew();
      }
    },
    [change, renew, say],
  );

  const act = useCallback(
    (action: MarkAction) => {
      lastId.current += 1;
      showMarked(client, action);
      const one = { id: lastId.current, label: action.label, inverse: sender.send(action) };
      change([one, ...latest.current].slice(0, MOST_UNDOABLE));
      return settle(one.inverse, action.label, one.id);
    },
    [change, client, sender, settle],
  );
  const undo = useCallback(async () => {
    const [last, ...others] = latest.current;
    if (last === undefined) return false;
    change(others);
    const back = last.inverse.then(({ previous, unmarked }) =>
      sender.send({ label: last.label, marks: previous, removals: unmarked }),
    );
    return settle(back, `Undone: ${last.label}`, last.id);
  }, [change, sender, settle]);

  useUndoKey(undo);
  const marks = useMemo<Marks>(() => ({ act, undo, undoable: done, message }), [act, undo, done, message]);
  return <MarksContext value={marks}>{children}</MarksContext>;
}

function sendMarks(
  marks: MarkAction['marks'],
  removals: MarkAction['removals'],
): Promise<AnnotationChangeResult> {
  return postJson<AnnotationChangeResult>('/api/training/annotations', { marks, removals });
}

function useUndoKey(undo: () => Promise<boolean>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'z' || event.shiftKey || !(event.ctrlKey || event.metaKey) || isWriting(event.target))
        return;
      event.preventDefault();
      void undo();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [undo]);
}
