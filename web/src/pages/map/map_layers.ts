import type { Feature, Geometry } from 'geojson';
import { isCity } from './orientation';
import type { Incident, Layer } from './map_data';
import type { LayerName } from './map_link';
import { hasSymbol, symbolName } from './symbols';

/** What was picked, and of which layer. */
export interface Picked {
  layer: LayerName;
  feature: Feature<Geometry>;
}

function withProperties(layer: Layer, more: (properties: Record<string, unknown>, at: number, feature: Feature) => object): Layer {
  return {
    ...layer,
    features: layer.features.map((feature, at) => ({
      ...feature,
      properties: { ...feature.properties, ...more(feature.properties ?? {}, at, feature) }
    }))
  };
}

/** Locations: with a symbol where their kind has one; lines stand for what is drawn as a line. */
export function asLocations(layer: Layer): Layer {
  const places = { ...layer, features: layer.features.filter(({ properties }) => properties?.kind !== 'line') };
  return withProperties(places, (properties, _, { geometry }) => {
    const kind = String(properties.kind ?? '');
    const city = kind === 'city' && geometry.type === 'Point' && isCity(geometry.coordinates[0]!, geometry.coordinates[1]!);
    return hasSymbol(kind) ? { symbol: symbolName(kind, false), city } : { city };
  });
}

/** Sites: what does not stand yet is drawn as planned. */
export function asSites(layer: Layer): Layer {
  return withProperties(layer, (properties) => {
    const kind = String(properties.kind ?? '');
    return hasSymbol(kind) ? { symbol: symbolName(kind, properties.existing !== true) } : {};
  });
}

/** Sectors: numbered, so that neighbours can be told apart. */
export function asSectors(layer: Layer): Layer {
  return withProperties(layer, (_, order) => ({ order }));
}

/** Which property names a feature, by layer; and the server's layer that holds it. */
export const NAMED: Record<LayerName, { source: string; id: string }> = {
  areas: { source: 'areas', id: 'area' },
  lines: { source: 'areas', id: 'area' },
  sectors: { source: 'sectors', id: 'sector' },
  reach: { source: 'reach', id: 'kind' },
  locations: { source: 'locations', id: 'location' },
  sites: { source: 'sites', id: 'site' },
  incidents: { source: 'incidents', id: 'id' }
};

/** What a key of the link, e.g. `sites/reserve-kyiv`, names; nothing where it is not there. */
export function find(key: string, layers: Record<string, Layer>, incidents: Incident[]): Picked | undefined {
  const cut = key.indexOf('/');
  const layer = key.slice(0, cut) as LayerName;
  const id = key.slice(cut + 1);
  const named = NAMED[layer];
  if (cut < 0 || !named) return undefined;
  const all: Feature<Geometry | null>[] = layer === 'incidents' ? incidents : (layers[named.source]?.features ?? []);
  const feature = all.find(({ properties }) => properties?.[named.id] === id);
  return feature?.geometry ? { layer, feature: feature as Feature<Geometry> } : undefined;
}

/** The features of a name of the panel. */
export function featuresOf(layer: LayerName, layers: Record<string, Layer>): Feature<Geometry | null>[] {
  const all = layers[NAMED[layer].source]?.features ?? [];
  if (layer === 'lines') return all.filter(({ properties }) => ['line-of-contact', 'border'].includes(String(properties?.kind)));
  if (layer === 'areas') return all.filter(({ geometry }) => geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon');
  return all;
}
