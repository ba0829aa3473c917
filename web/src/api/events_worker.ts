import { type Connection, type Feed, type Happening, openFeed } from './event_feed';

/** The one connection of all tabs of this browser: a browser allows six to a server. */

const tabs = new Set<MessagePort>();
let feed: Feed | null = null;
let state: Connection = 'connecting';

function tell(what: { happening?: Happening; state?: Connection }): void {
  for (const tab of tabs) tab.postMessage(what);
}

function open(): void {
  feed?.close();
  state = 'connecting';
  feed = openFeed(
    (happening) => tell({ happening }),
    (to) => tell({ state: (state = to) })
  );
}

addEventListener('connect', (event) => {
  const tab = (event as MessageEvent).ports[0];
  if (!tab) return;
  tabs.add(tab);
  tab.onmessage = ({ data }) => {
    if (data === 'leave') {
      tabs.delete(tab);
      if (tabs.size === 0) {
        feed?.close();
        feed = null;
      }
    } else if (data === 'reconnect') {
      open();
    }
  };
  if (!feed) open();
  tab.postMessage({ state });
});
