import { ask, path } from '../../api/client';
import { Problem } from '../../api/problem';
import { ofScenario } from '../../shell/scenario.svelte';
import type { Row } from './pot_data';

/** Keeps an offer, and says in the record of offers what is said today: its dated history is made of
 *  these. Gives what undoes both. Throws Problem. */
export async function keepOffer(key: string, cells: Record<string, string>, before?: Row): Promise<() => Promise<void>> {
  const to = ofScenario(path`/tables/pledges/${key}`);
  const sent = Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== ''));
  const kept = await ask<Row>('PUT', to, { cells: sent }, before ? { match: before.etag } : { create: true });
  const unsay = await sayToday(key, sent);
  return async () => {
    await unsay();
    if (before) await ask('PUT', to, { cells: before.cells }, { match: kept.etag });
    else await ask('DELETE', to, undefined, { match: kept.etag });
  };
}

async function sayToday(pledge: string, cells: Record<string, string>): Promise<() => Promise<void>> {
  const date = new Date().toISOString().slice(0, 10);
  const to = ofScenario(path`/tables/offers/${`${pledge}/${date}/`}`);
  const statement: Record<string, string> = {
    pledge,
    date,
    status: cells.status ?? '',
    quantity: cells.quantity ?? '',
    source: cells.source ?? '',
    source_date: cells.source_date ?? '',
    confidence: cells.confidence ?? ''
  };
  const sent = Object.fromEntries(Object.entries(statement).filter(([, text]) => text !== ''));
  let before: { cells: Record<string, string>; etag: string } | undefined;
  try {
    const found = await ask<Row>('GET', to);
    before = { cells: found.data.cells, etag: found.etag };
  } catch (wrong) {
    if (!(wrong instanceof Problem) || wrong.status !== 404) throw wrong;
  }
  const said = await ask<Row>('PUT', to, { cells: sent }, before ? { match: before.etag } : { create: true });
  return async () => {
    if (before) await ask('PUT', to, { cells: before.cells }, { match: said.etag });
    else await ask('DELETE', to, undefined, { match: said.etag });
  };
}
