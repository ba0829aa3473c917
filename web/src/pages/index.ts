import type { Component } from 'svelte';
import type { Strings } from '../strings';

export interface Page {
  path: string;
  /** With `g` before it, goes to the page. */
  key: string;
  title: (t: Strings) => string;
  icon: string;
  load: () => Promise<{ default: Component }>;
}

/** The pages in the order of the navigation: a page is added by one line. */
export const pages: Page[] = [
  { path: '/pot', key: 'p', title: (t) => t.pages.pot, icon: 'pot', load: () => import('./pot/Pot.svelte') },
  { path: '/plan', key: 'l', title: (t) => t.pages.plan, icon: 'plan', load: () => import('./plan/Plan.svelte') },
  { path: '/map', key: 'm', title: (t) => t.pages.map, icon: 'map', load: () => import('./map/Map.svelte') },
  { path: '/watch', key: 'w', title: (t) => t.pages.watch, icon: 'watch', load: () => import('./watch/Watch.svelte') },
  { path: '/brief', key: 'b', title: (t) => t.pages.brief, icon: 'brief', load: () => import('./brief/Brief.svelte') }
];
