import { ask } from './client';
import { onEvents } from './events.svelte';
import type { Happening } from './event_feed';
import { Problem } from './problem';

export interface Live<T> {
  readonly data: T | undefined;
  readonly etag: string;
  readonly problem: Problem | undefined;
  /** Nothing has come yet. */
  readonly loading: boolean;
  reload(): Promise<void>;
}

/** What an address answers, read anew when one of these events comes, and when the address changes.
 *  What was there stays until the new is. Call it while a component is made. */
export function live<T>(
  where: () => string | null,
  events: string[] = [],
  concerns: (what: Happening) => boolean = () => true
): Live<T> {
  let data = $state.raw<T>();
  let etag = $state('');
  let problem = $state.raw<Problem>();
  let loading = $state(true);
  let running: AbortController | undefined;
  let once_more = false;

  async function read(to: string, fresh: boolean): Promise<void> {
    if (running && !fresh) {
      once_more = true;
      return;
    }
    running?.abort();
    const control = new AbortController();
    running = control;
    if (fresh) loading = true;
    try {
      const answer = await ask<T>('GET', to, undefined, { signal: control.signal });
      if (running !== control) return;
      data = answer.data;
      etag = answer.etag;
      problem = undefined;
    } catch (wrong) {
      if (running !== control) return;
      problem = wrong instanceof Problem ? wrong : new Problem(0, 'page', String(wrong), '');
      if (fresh) data = undefined;
    }
    running = undefined;
    loading = false;
    if (once_more) {
      once_more = false;
      await read(to, false);
    }
  }

  $effect(() => {
    const to = where();
    if (to === null) {
      running?.abort();
      running = undefined;
      data = undefined;
      problem = undefined;
      loading = false;
      return;
    }
    void read(to, true);
    const stop = onEvents(events, (what) => {
      if (what.type === 'reset' || concerns(what)) void read(to, false);
    });
    return () => {
      stop();
      running?.abort();
      running = undefined;
    };
  });

  return {
    get data() {
      return data;
    },
    get etag() {
      return etag;
    },
    get problem() {
      return problem;
    },
    get loading() {
      return loading;
    },
    async reload() {
      const to = where();
      if (to !== null) await read(to, false);
    }
  };
}
