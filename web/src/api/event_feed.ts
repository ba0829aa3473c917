/** One connection to the server's events. It is opened again when it breaks: by the browser, which sends
 *  `Last-Event-ID`, or where the browser gives up, by us, with the last id in the address. */

export const eventTypes = [
  'scenario', 'row', 'plan', 'incident', 'case', 'report', 'account', 'job', 'published', 'hello', 'reset'
] as const;

export interface Happening {
  type: string;
  data: unknown;
}
export type Connection = 'connecting' | 'live' | 'down';

export interface Feed {
  close(): void;
}

export function openFeed(told: (what: Happening) => void, changed: (to: Connection) => void): Feed {
  let source: EventSource | null = null;
  let last = '';
  let wait = 1000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const open = () => {
    source = new EventSource(last ? `/api/events?after=${encodeURIComponent(last)}` : '/api/events');
    source.onopen = () => {
      wait = 1000;
      changed('live');
    };
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) {
        changed('connecting');
        return;
      }
      changed('down');
      source.close();
      if (!closed) timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, 30000);
    };
    for (const type of eventTypes) {
      source.addEventListener(type, (event: MessageEvent<string>) => {
        if (event.lastEventId) last = event.lastEventId;
        let data: unknown = null;
        try {
          data = JSON.parse(event.data);
        } catch {
          // An event without data says enough by its type.
        }
        told({ type, data });
      });
    }
  };
  open();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      source?.close();
    }
  };
}
