import { createSubscriber } from 'svelte/reactivity';

/** Where the reader is: the page by its path, the state of its view by the query. Both are in the
 *  address, so that a link shows somebody else the same. */

let tell = () => {};
const subscribe = createSubscriber((update) => {
  tell = update;
  return () => (tell = () => {});
});

export const place = {
  get path(): string {
    subscribe();
    return location.pathname;
  },
  get query(): URLSearchParams {
    subscribe();
    return new URLSearchParams(location.search);
  },
  /** A parameter of the view; empty where it is not there. */
  get(name: string): string {
    return this.query.get(name) ?? '';
  }
};

export type Parameters = Record<string, string | number | null | undefined>;

/** The address of a page with a view; what is empty is left out. */
export function address(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export function go(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  tell();
}

/** Changes part of the view. Small steps, as when typing a filter, take the place of the last one;
 *  `push` leaves one to come back to. */
export function show(parameters: Parameters, { push = false } = {}): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === '') query.delete(name);
    else query.set(name, String(value));
  }
  const text = query.toString();
  go(text ? `${location.pathname}?${text}` : location.pathname, { replace: !push });
}

/** Lets links to our own pages change the page without loading it. */
export function followLinks(ours: (path: string) => boolean): () => void {
  const back = () => tell();
  const click = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || !ours(to.pathname) || to.hash) return;
    event.preventDefault();
    go(to.pathname + to.search);
    window.scrollTo(0, 0);
  };
  window.addEventListener('popstate', back);
  document.addEventListener('click', click);
  return () => {
    window.removeEventListener('popstate', back);
    document.removeEventListener('click', click);
  };
}
