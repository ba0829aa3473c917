import type { Feature, FeatureCollection, GeoJsonProperties, Geometry, Point } from 'geojson';
import { dayNumber } from './days';

/** A layer of the server, e.g. `sites`. */
export type Layer = FeatureCollection<Geometry, GeoJsonProperties>;
export const EMPTY: Layer = { type: 'FeatureCollection', features: [] };

/** An incident as the map keeps it: what circles and tables need, and no more. */
export interface IncidentProperties {
  id: string;
  what: string;
  kind: string;
  from: string;
  to: string;
  sector: string;
  state: string;
  alleged: boolean;
  reports: number;
  munitions: number;
  radius_m: number;
  clauses: string[];
  /** The day it began, as a number. */
  day: number;
}
export type Incident = Feature<Point, IncidentProperties>;

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** How many explosions, bursts and shots: a number, or an object of the three. */
export function munitions(value: unknown): number {
  if (value !== null && typeof value === 'object') {
    return Object.values(value).reduce((sum: number, one) => sum + count(one), 0);
  }
  return count(value);
}

/** Incidents with a place, oldest first; the others are in the watch queue alone. */
export function readIncidents(layer: Layer): Incident[] {
  const incidents: Incident[] = [];
  for (const feature of layer.features) {
    const from = text(feature.properties?.from);
    if (feature.geometry?.type !== 'Point' || !from) {
      continue;
    }
    const given = feature.properties ?? {};
    incidents.push({
      type: 'Feature',
      geometry: feature.geometry,
      properties: {
        id: text(given.id ?? given.incident ?? feature.id),
        what: text(given.what ?? given.class),
        kind: text(given.kind),
        from,
        to: text(given.to),
        sector: text(given.sector),
        state: text(given.state),
        alleged: given.alleged === true,
        reports: count(given.reports),
        munitions: munitions(given.munitions),
        radius_m: count(given.radius_m),
        clauses: Array.isArray(given.clauses) ? given.clauses.map(text) : [],
        day: dayNumber(from)
      }
    });
  }
  return incidents.sort((a, b) => (a.properties.from < b.properties.from ? -1 : 1));
}

/** Incidents by the day they began: a slide through time asks for a few days of tens of thousands. */
export type IncidentDays = Map<number, Incident[]>;

export function byDay(incidents: Incident[]): IncidentDays {
  const days: IncidentDays = new Map();
  for (const incident of incidents) {
    const { day } = incident.properties;
    const found = days.get(day);
    if (found) found.push(incident);
    else days.set(day, [incident]);
  }
  return days;
}

/** Those that began in the days shown, both included. */
export function shown(days: IncidentDays, first: number, last: number): Incident[] {
  const found: Incident[][] = [];
  for (let day = first; day <= last; ++day) found.push(days.get(day) ?? []);
  return found.flat();
}

export type Box = [west: number, south: number, east: number, north: number];

type Place = [longitude: number, latitude: number];

function places(geometry: Geometry | null): Place[] {
  if (!geometry) return [];
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(places);
  const numbers = (geometry.coordinates as unknown[]).flat(Infinity) as number[];
  const list: Place[] = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) list.push([numbers[at]!, numbers[at + 1]!]);
  return list;
}

/** The box about features; nothing where they have no place. */
export function boxOf(features: Feature<Geometry | null>[]): Box | undefined {
  let box: Box | undefined;
  for (const [x, y] of features.flatMap((feature) => places(feature.geometry))) {
    box = box
      ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)]
      : [x, y, x, y];
  }
  return box;
}

/** What the drawing needs of an incident: tens of thousands go to another thread. */
export function lean({ geometry, properties: { id, day, state, alleged, munitions } }: Incident): Feature<Point> {
  return { type: 'Feature', geometry, properties: { id, day, state, alleged, munitions } };
}

function touches(feature: Feature<Geometry | null>, box: Box): boolean {
  if (feature.geometry?.type === 'Point') {
    const [x, y] = feature.geometry.coordinates as Place;
    return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
  }
  const own = boxOf([feature]);
  return own !== undefined && own[0] <= box[2] && own[2] >= box[0] && own[1] <= box[3] && own[3] >= box[1];
}

/** What lies in a box, or reaches into it. */
export function within<F extends Feature<Geometry | null>>(features: F[], box: Box | undefined): F[] {
  return box ? features.filter((feature) => touches(feature, box)) : features;
}

/** A cell that a spreadsheet does not take for a formula. */
function cell(value: unknown): string {
  const plain = value === null || value === undefined ? '' : Array.isArray(value) ? value.join(' ') : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table of features: their properties, and where the points lie. */
export function toCsv(features: Feature<Geometry | null>[]): string {
  const names = [...new Set(features.flatMap((feature) => Object.keys(feature.properties ?? {})))];
  const rows = features.map((feature) => {
    const [longitude, latitude] = feature.geometry?.type === 'Point' ? feature.geometry.coordinates : [];
    return [...names.map((name) => feature.properties?.[name]), latitude, longitude];
  });
  return [[...names, 'latitude', 'longitude'], ...rows].map((row) => row.map(cell).join(',') + '\r\n').join('');
}

/** Counts in squares of `side` pixels at a zoom, so that thousands of circles can be read. */
export function groups(incidents: Incident[], zoom: number, side = 56): Layer {
  const cells = new Map<number, { x: number; y: number; number: number; alleged: number }>();
  const world = 512 * 2 ** zoom;
  const wide = Math.ceil(world / side);
  for (const { geometry, properties } of incidents) {
    const [longitude, latitude] = geometry.coordinates as Place;
    const x = ((longitude + 180) / 360) * world;
    const sine = Math.sin((latitude * Math.PI) / 180);
    const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world;
    const key = Math.floor(y / side) * wide + Math.floor(x / side);
    const found = cells.get(key);
    if (found) {
      found.x += longitude;
      found.y += latitude;
      found.number += 1;
      found.alleged += properties.alleged ? 1 : 0;
    } else {
      cells.set(key, { x: longitude, y: latitude, number: 1, alleged: properties.alleged ? 1 : 0 });
    }
  }
  return {
    type: 'FeatureCollection',
    features: [...cells.values()].map((one) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [one.x / one.number, one.y / one.number] },
      properties: { number: one.number, alleged: one.alleged }
    }))
  };
}
