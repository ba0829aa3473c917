import type { Feature, Geometry } from 'geojson';
import { day, number, time } from '../../format';
import { t } from '../../strings';
import type { LayerName } from './map_link';

/** The columns of a layer's table, in their order. */
export const COLUMNS: Record<LayerName, string[]> = {
  incidents: ['from', 'kind', 'state', 'sector', 'munitions', 'reports', 'clauses', 'id'],
  sites: ['name', 'kind', 'existing', 'site'],
  locations: ['name', 'kind', 'country', 'controlled_by', 'area', 'confidence'],
  sectors: ['sector', 'line'],
  lines: ['title', 'kind', 'confidence'],
  areas: ['title', 'confidence', 'area'],
  reach: ['kind', 'within_hours']
};

/** What is told of one feature, in its order; other properties follow. */
export const HIDDEN = new Set(['symbol', 'city', 'order', 'day', 'marking', 'alleged', 'rank']);

/** A property as people read it. */
export function words(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? t.map.yes : t.map.no;
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'number') return number(value, name === 'radius_m' ? 0 : 1);
  const text = String(value);
  if (name === 'from' || name === 'to') return time(text);
  if (name === 'source_date') return day(text);
  if (name === 'state') return t.watch.states[text] ?? text;
  if (name === 'what') return t.watch.classes[text] ?? text;
  if (name === 'kind') return t.map.kinds[text] ?? t.watch.kinds[text] ?? text;
  if (name === 'confidence') return t.confidence[text] ?? text;
  return text;
}

/** What a feature is called. */
export function nameOf(layer: LayerName, feature: Feature<Geometry | null>): string {
  const given = feature.properties ?? {};
  if (layer === 'incidents') return `${words('kind', given.kind)}, ${words('from', given.from)}`;
  if (layer === 'sites') return `${words('kind', given.kind)} ${String(given.name ?? given.site ?? '')}`;
  if (layer === 'reach') return `${words('kind', given.kind)}, ${String(given.within_hours)} h`;
  return String(given.name ?? given.title ?? given.sector ?? given.area ?? '');
}
