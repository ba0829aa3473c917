import { ask, path } from '../../api/client';
import { ofScenario } from '../../shell/scenario.svelte';
import type { Row } from './pot_data';

/** Keeps an offer; the server says in the dated record of offers what was said today. Gives what restores
 *  the row as it was. Throws Problem. */
export async function keepOffer(key: string, cells: Record<string, string>, before?: Row): Promise<() => Promise<void>> {
  const to = ofScenario(path`/tables/pledges/${key}`);
  const sent = Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== ''));
  const kept = await ask<Row>('PUT', to, { cells: sent }, before ? { match: before.etag } : { create: true });
  const tag = kept.etag || kept.data.etag;
  return async () => {
    if (before) await ask('PUT', to, { cells: before.cells }, { match: tag });
    else await ask('DELETE', to, undefined, { match: tag });
  };
}
