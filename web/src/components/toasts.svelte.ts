export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'wrong';
  undo?: () => Promise<void> | void;
}

export const toasts = $state<Toast[]>([]);
let next = 1;
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export function dismiss(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  const at = toasts.findIndex((toast) => toast.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

function wait(id: number, seconds: number): void {
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => dismiss(id), seconds * 1000)
  );
}

/** Says what was done, and offers to undo it for as long as it stands there. */
export function say(text: string, undo?: Toast['undo']): void {
  const id = next++;
  toasts.push({ id, text, tone: 'done', undo });
  wait(id, undo ? 20 : 6);
}

export function complain(text: string): void {
  const id = next++;
  toasts.push({ id, text, tone: 'wrong' });
  wait(id, 15);
}

/** Whoever reads it has all the time they need. */
export function hold(id: number): void {
  clearTimeout(timers.get(id));
}

export function release(id: number): void {
  if (timers.has(id)) wait(id, 6);
}

/** Undoes the newest that can be. */
export async function undoLast(): Promise<void> {
  const last = toasts.findLast((toast) => toast.undo);
  if (!last) return;
  dismiss(last.id);
  await last.undo?.();
}
