import { number } from '../../format';
import { t } from '../../strings';
import type { Munitions } from './incidents';

export function munitionWords({ explosions, bursts, shots }: Munitions): string {
  const words = t.watch.munition;
  return [explosions && words.explosions(explosions), bursts && words.bursts(bursts), shots && words.shots(shots)]
    .filter(Boolean)
    .join(', ');
}

/** How long ago, to the unit that matters on a watch. */
export function age(from: string, now: number): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(from)) / 60_000));
  if (minutes < 90) return t.watch.ago(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? t.watch.ago(hours, 'hour') : t.watch.ago(Math.round(hours / 24), 'day');
}

export function distance(metres: number): string {
  return metres < 1000 ? t.watch.metres(number(metres)) : t.watch.kilometres(number(metres / 1000, 1));
}

export function kindWords(kind: string): string {
  return t.watch.kinds[kind] ?? kind;
}
