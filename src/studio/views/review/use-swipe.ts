import { useState } from 'react';
import type { CSSProperties, TouchEvent } from 'react';

interface SwipeActions {
  readonly right: () => unknown;
  readonly left: () => unknown;
}

type Direction = keyof SwipeActions;

interface Pull {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** Pixels that a finger has to go before it means something. */
const FAR = 90;

/** A card that follows the finger, and does something when it is let go far enough away. */
export function useSwipe(actions: SwipeActions) {
  const [pull, setPull] = useState<Pull | null>(null);
  const lean = pull === null ? undefined : directionOf(pull);
  const handlers = {
    onTouchStart(event: TouchEvent) {
      const touch = event.touches.item(0);
      if (touch !== null && event.touches.length === 1) {
        setPull({ x: touch.clientX, y: touch.clientY, dx: 0, dy: 0 });
      }
    },
    onTouchMove(event: TouchEvent) {
      const touch = event.touches.item(0);
      if (touch === null || pull === null) return;
      setPull({ ...pull, dx: touch.clientX - pull.x, dy: touch.clientY - pull.y });
    },
    onTouchEnd() {
      setPull(null);
      if (lean !== undefined) actions[lean]();
    },
    onTouchCancel() {
      setPull(null);
    },
  };
  const style: CSSProperties =
    pull === null
      ? {}
      : { transform: `translateX(${pull.dx}px) rotate(${pull.dx / 40}deg)`, transition: 'none' };
  return { handlers, style, lean };
}

function directionOf({ dx, dy }: Pull): Direction | undefined {
  if (Math.abs(dx) < FAR || Math.abs(dx) < Math.abs(dy)) return undefined;
  return dx > 0 ? 'right' : 'left';
}
