import { all, get } from '../../api/client';
import { ofScenario, scenario } from '../../shell/scenario.svelte';
import { t } from '../../strings';
import type { Row } from './pot_data';

/** A column of a table as the schema tells it. */
export interface ColumnAbout {
  name: string;
  type: string;
  list: boolean;
  words: string[];
  unit: string;
  about: string;
  required: boolean;
}
interface Choice {
  id: string;
  title: string;
}
/** What the form of an offer is made of. */
export interface Form {
  columns: Map<string, ColumnAbout>;
  capabilities: (Choice & { unit: string })[];
  choices: Record<string, Choice[]>;
  /** Capabilities of lines that each offered one may serve, as `line offered`. */
  serves: Set<string>;
}

function titled(rows: Row[], column: string): Choice[] {
  return rows
    .map(({ key, cells }) => ({ id: key, title: cells[column] || key }))
    .sort((a, b) => a.title.localeCompare(b.title));
}

function areas(rows: Row[]): Choice[] {
  return rows.map(({ key, cells }) => {
    try {
      const { properties } = JSON.parse(cells.feature ?? '') as { properties: { title?: string } };
      return { id: key, title: properties.title || key };
    } catch {
      return { id: key, title: key };
    }
  });
}

/** Reads the schema and what its references refer to. What the reader may not see is left empty: a word
 *  can be typed all the same. Throws Problem where the schema itself does not come. */
export async function loadForm(): Promise<Form> {
  const table = (name: string): Promise<Row[]> => all<Row>(ofScenario(`/tables/${name}`)).catch(() => []);
  const [schema, capabilities, area, conditions, locations, requirements, substitutions] = await Promise.all([
    get<{ tables: { table: string; columns: ColumnAbout[] }[] }>('/api/schema'),
    table('capabilities'),
    table('areas'),
    table('conditions'),
    table('locations'),
    table('requirements'),
    table('substitutions')
  ]);
  const pledges = schema.tables.find((one) => one.table === 'pledges');
  const tasks = [...new Set(requirements.map(({ cells }) => cells.task ?? '').filter(Boolean))].sort();
  const task = tasks.map((id) => ({ id, title: id }));
  const nations = (scenario.about?.nations ?? []).map(({ nation, name }) => ({ id: nation, title: name }));
  const able = capabilities
    .map(({ key, cells }) => ({ id: key, title: cells.title || key, unit: cells.unit ?? '' }))
    .sort((a, b) => a.title.localeCompare(b.title));
  return {
    columns: new Map(pledges?.columns.map((column) => [column.name, column])),
    capabilities: able,
    serves: new Set(substitutions.map(({ cells }) => `${cells.capability} ${cells.accepts}`)),
    choices: {
      capability: able,
      nation: nations,
      areas: areas(area),
      not_areas: areas(area),
      tasks: task,
      not_tasks: task,
      conditions: titled(conditions, 'title'),
      home: titled(locations, 'name'),
      releasable_to: [{ id: 'all', title: t.offer.all }, { id: 'public', title: t.offer.public }, ...nations]
    }
  };
}
