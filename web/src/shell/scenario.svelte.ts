import { get, path } from '../api/client';
import { onEvents } from '../api/events.svelte';
import { Problem } from '../api/problem';
import { session } from '../api/session.svelte';
import { place } from './place.svelte';

export interface Scenario {
  scenario: string;
  title: string;
  kind: string;
  marking?: string;
  exercise: boolean;
  heading: string;
  as_of?: string;
  c_day?: string;
  horizon_months: number;
  months: string[];
  version?: string;
  at?: string;
  by?: string;
  tables: Record<string, number>;
  nations: { nation: string; name: string }[];
}

/** The scenario that all pages show: the one in the link, else the server's usual one, else the first. */
export const scenario = $state({
  id: '',
  about: undefined as Scenario | undefined,
  others: [] as { scenario: string; title: string }[],
  problem: undefined as Problem | undefined,
  known: false
});

async function read(): Promise<void> {
  try {
    const list = await get<{ items: { scenario: string; title: string }[] }>('/api/scenarios');
    scenario.others = list.items;
    const wanted = place.get('scenario') || session.scenario;
    const found = list.items.find((one) => one.scenario === wanted) ?? list.items[0];
    scenario.id = found?.scenario ?? '';
    scenario.about = found ? await get<Scenario>(path`/api/scenarios/${found.scenario}`) : undefined;
    scenario.problem = undefined;
  } catch (wrong) {
    scenario.problem = wrong instanceof Problem ? wrong : new Problem(0, 'page', String(wrong), '');
    scenario.about = undefined;
  }
  scenario.known = true;
}

/** Reads it now and whenever it changes. Call it while a component is made. */
export function followScenario(): void {
  $effect(() => {
    void session.account;
    void place.get('scenario');
    void read();
  });
  $effect(() => onEvents(['scenario'], () => void read()));
}

export function nationName(id: string | null | undefined): string {
  if (!id) return '';
  return scenario.about?.nations.find(({ nation }) => nation === id)?.name ?? id;
}

/** The address of something of this scenario. */
export function ofScenario(rest: string): string {
  return `${path`/api/scenarios/${scenario.id}`}${rest}`;
}
