import { type Connection, type Feed, type Happening, openFeed } from './event_feed';

/** What happens on the server, told to this tab. All tabs share one connection: by a shared worker where
 *  there is one, else by the tab that holds a lock and passes it on, else each has its own. */

export const connection = $state({ state: 'connecting' as Connection });

type Listener = (what: Happening) => void;
const listeners = new Set<Listener>();
let again = () => {};
let begun = false;

function told(what: Happening): void {
  for (const listener of listeners) listener(what);
}

/** Calls back for events of these types; gives what stops it. A `reset` is told to all: what happened
 *  meanwhile cannot be told any more, so read anew. */
export function onEvents(types: string[], back: (what: Happening) => void): () => void {
  const listener: Listener = (what) => {
    if (what.type === 'reset' || types.includes(what.type)) back(what);
  };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function take(message: { happening?: Happening; state?: Connection }): void {
  if (message.state) connection.state = message.state;
  if (message.happening) told(message.happening);
}

function shareByWorker(): void {
  const worker = new SharedWorker(new URL('./events_worker.ts', import.meta.url), { type: 'module', name: 'events' });
  worker.port.onmessage = ({ data }) => take(data);
  worker.onerror = () => shareByLock();
  addEventListener('pagehide', () => worker.port.postMessage('leave'));
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
  again = () => worker.port.postMessage('reconnect');
}

function openOwn(pass: (message: { happening?: Happening; state?: Connection }) => void): void {
  let feed: Feed;
  const open = () => {
    feed = openFeed(
      (happening) => pass({ happening }),
      (state) => pass({ state })
    );
  };
  again = () => {
    feed.close();
    open();
  };
  open();
}

function shareByLock(): void {
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') {
    openOwn(take);
    return;
  }
  const channel = new BroadcastChannel('guarantor.events');
  channel.onmessage = ({ data }) => {
    if (data === 'reconnect') again();
    else take(data);
  };
  again = () => channel.postMessage('reconnect');
  // Whoever holds the lock holds the connection, until its tab is closed.
  void navigator.locks.request('guarantor.events', () => {
    openOwn((message) => {
      take(message);
      channel.postMessage(message);
    });
    return new Promise(() => {});
  });
}

export function beginEvents(): void {
  if (begun) return;
  begun = true;
  if (typeof SharedWorker !== 'undefined') shareByWorker();
  else shareByLock();
}

/** Somebody else reads now, so other things are told. */
export function reconnect(): void {
  again();
}
