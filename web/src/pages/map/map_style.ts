import type { ExpressionSpecification, FilterSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { MapColours } from './map_colours';
import { EMPTY } from './map_data';
import type { LayerName } from './map_link';

const POLYGONS: FilterSpecification = ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]];
const FONT = ['Noto Sans'];
// The weight is read from the first name; the second is the family there is.
const BOLD = ['Noto Sans SemiBold', 'Noto Sans'];

/** Sources that the page fills in, each one of the server's layers or made from one. */
export const SOURCES = ['base', 'areas', 'sectors', 'reach', 'locations', 'sites', 'cities', 'incidents', 'groups', 'picked'] as const;
export type SourceName = (typeof SOURCES)[number];

/** Which layers of the drawing belong to a name of the panel; `groups` are shown by themselves. */
export const DRAWN: Record<LayerName, string[]> = {
  areas: ['areas', 'areas-names'],
  lines: ['frontier', 'contact', 'contact-names'],
  sectors: ['sectors', 'sectors-names'],
  reach: ['reach', 'reach-edge'],
  locations: ['locations', 'locations-names'],
  sites: ['sites', 'sites-names'],
  incidents: ['incidents', 'groups', 'groups-numbers']
};

/** Layers in which a click finds something, the uppermost first. */
export const PICKABLE: Record<string, LayerName> = {
  sites: 'sites',
  incidents: 'incidents',
  locations: 'locations',
  contact: 'lines',
  frontier: 'lines',
  sectors: 'sectors'
};

function text(colours: MapColours): { 'text-color': string; 'text-halo-color': string; 'text-halo-width': number } {
  return { 'text-color': colours.text, 'text-halo-color': colours.halo, 'text-halo-width': 1.6 };
}

function base(colours: MapColours): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
    {
      id: 'land',
      type: 'fill',
      source: 'base',
      filter: POLYGONS,
      paint: { 'fill-color': ['case', ['==', ['get', 'country'], 'UKR'], colours.host, colours.land], 'fill-antialias': false }
    },
    {
      id: 'borders',
      type: 'line',
      source: 'base',
      filter: ['==', ['get', 'border'], 'settled'],
      paint: { 'line-color': colours.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.7, 8, 1.8] }
    },
    {
      id: 'unsettled',
      type: 'line',
      source: 'base',
      filter: ['==', ['get', 'border'], 'unsettled'],
      paint: { 'line-color': colours.unsettled, 'line-width': 1, 'line-dasharray': [2, 2] }
    }
  ];
}

function ground(colours: MapColours): LayerSpecification[] {
  const far: ExpressionSpecification = ['>', ['get', 'within_hours'], 24];
  return [
    {
      id: 'reach',
      type: 'fill',
      source: 'reach',
      paint: { 'fill-color': ['case', far, colours.reach[1], colours.reach[0]], 'fill-opacity': 0.14 }
    },
    {
      id: 'reach-edge',
      type: 'line',
      source: 'reach',
      paint: { 'line-color': ['case', far, colours.reach[1], colours.reach[0]], 'line-width': 1.4 }
    },
    {
      id: 'areas',
      type: 'line',
      source: 'areas',
      filter: POLYGONS,
      paint: { 'line-color': colours.area, 'line-width': 1.2, 'line-dasharray': [3, 2] }
    },
    {
      id: 'sectors',
      type: 'line',
      source: 'sectors',
      paint: { 'line-color': ['case', ['==', ['%', ['get', 'order'], 2], 0], colours.sector, colours.contact], 'line-width': 5, 'line-opacity': 0.45 }
    },
    {
      id: 'frontier',
      type: 'line',
      source: 'areas',
      filter: ['==', ['get', 'kind'], 'border'],
      paint: { 'line-color': colours.frontier, 'line-width': 2.2, 'line-dasharray': [4, 1.5] }
    },
    {
      id: 'contact',
      type: 'line',
      source: 'areas',
      filter: ['==', ['get', 'kind'], 'line-of-contact'],
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': colours.contact, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 2, 8, 4] }
    }
  ];
}

function incidents(colours: MapColours): LayerSpecification[] {
  const words = Object.entries(colours.states).flat();
  return [
    {
      id: 'incidents',
      type: 'circle',
      source: 'incidents',
      layout: { 'circle-sort-key': ['get', 'day'] },
      paint: {
        'circle-radius': ['+', 3.5, ['min', 14, ['*', 1.3, ['sqrt', ['get', 'munitions']]]]],
        'circle-color': ['match', ['get', 'state'], ...words, colours.states.observed!] as unknown as ExpressionSpecification,
        'circle-opacity': 0.78,
        'circle-stroke-color': ['case', ['get', 'alleged'], colours.text, colours.halo],
        'circle-stroke-width': ['case', ['get', 'alleged'], 1.4, 0.8]
      }
    },
    {
      id: 'picked',
      type: 'circle',
      source: 'picked',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-radius': 16, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': colours.picked, 'circle-stroke-width': 3 }
    },
    {
      id: 'picked-line',
      type: 'line',
      source: 'picked',
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: { 'line-color': colours.picked, 'line-width': 3 }
    }
  ];
}

/** Names: what stands further down is placed earlier, so cities of the first rank come last. */
function names(colours: MapColours): LayerSpecification[] {
  const beside = { 'text-font': FONT, 'text-variable-anchor': ['left', 'right', 'top', 'bottom'] as ('left' | 'right' | 'top' | 'bottom')[], 'text-radial-offset': 0.7, 'text-justify': 'auto' as const };
  return [
    {
      id: 'areas-names',
      type: 'symbol',
      source: 'areas',
      filter: POLYGONS,
      layout: { 'text-field': ['get', 'title'], 'text-font': FONT, 'text-size': 12, 'text-letter-spacing': 0.08 },
      paint: { ...text(colours), 'text-color': colours.area }
    },
    {
      id: 'sectors-names',
      type: 'symbol',
      source: 'sectors',
      minzoom: 5.5,
      layout: { 'symbol-placement': 'line-center', 'text-field': ['get', 'sector'], 'text-font': FONT, 'text-size': 10.5, 'text-offset': [0, 1.1] },
      paint: text(colours)
    },
    {
      id: 'sites-names',
      type: 'symbol',
      source: 'sites',
      minzoom: 7,
      layout: { ...beside, 'text-field': ['get', 'name'], 'text-size': 11, 'text-radial-offset': 1.6 },
      paint: text(colours)
    },
    {
      id: 'locations-names',
      type: 'symbol',
      source: 'locations',
      minzoom: 5.6,
      filter: ['!', ['get', 'city']],
      layout: { ...beside, 'text-field': ['get', 'name'], 'text-size': 11.5 },
      paint: text(colours)
    },
    {
      id: 'locations',
      type: 'symbol',
      source: 'locations',
      filter: ['has', 'symbol'],
      layout: { 'icon-image': ['get', 'symbol'], 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-size': ['interpolate', ['linear'], ['zoom'], 4, 0.45, 7, 1] }
    },
    {
      id: 'sites',
      type: 'symbol',
      source: 'sites',
      layout: {
        'icon-image': ['get', 'symbol'],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 4, 0.55, 7, 1],
        'icon-offset': ['match', ['get', 'kind'], 'reserve', ['literal', [0, -18]], 'stockpile', ['literal', [24, 10]], ['literal', [-24, 10]]]
      }
    },
    {
      id: 'contact-names',
      type: 'symbol',
      source: 'areas',
      filter: ['in', ['get', 'kind'], ['literal', ['line-of-contact', 'border']]],
      layout: { 'symbol-placement': 'line', 'text-field': ['get', 'title'], 'text-font': BOLD, 'text-size': 11, 'text-offset': [0, -0.9], 'symbol-spacing': 500 },
      paint: { ...text(colours), 'text-color': colours.contact }
    },
    ...groups(colours),
    ...cities(colours, 3, 6),
    ...cities(colours, 2, 4.6),
    ...cities(colours, 1, 3)
  ];
}

function groups(colours: MapColours): LayerSpecification[] {
  return [
    {
      id: 'groups',
      type: 'circle',
      source: 'groups',
      paint: {
        'circle-radius': ['+', 9, ['min', 18, ['*', 2.2, ['log10', ['get', 'number']]]]],
        'circle-color': colours.group,
        'circle-opacity': 0.85,
        'circle-stroke-color': ['case', ['>', ['get', 'alleged'], 0], colours.states.alleged!, colours.halo],
        'circle-stroke-width': 2.5
      }
    },
    {
      id: 'groups-numbers',
      type: 'symbol',
      source: 'groups',
      layout: { 'text-field': ['to-string', ['get', 'number']], 'text-font': BOLD, 'text-size': 11, 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': colours.halo }
    }
  ];
}

function cities(colours: MapColours, rank: number, from: number): LayerSpecification[] {
  return [
    {
      id: `cities-${rank}`,
      type: 'symbol',
      source: 'cities',
      minzoom: from,
      filter: ['==', ['get', 'rank'], rank],
      layout: {
        'icon-image': 'city',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'text-field': ['get', 'name'],
        'text-font': rank === 1 ? BOLD : FONT,
        'text-size': rank === 1 ? 13 : 11.5,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.5,
        'text-justify': 'auto',
        'text-padding': 1
      },
      paint: text(colours)
    }
  ];
}

/** The style of the whole drawing; the sources are empty. No glyphs: text is drawn by the browser. */
export function mapStyle(colours: MapColours): StyleSpecification {
  const source: SourceSpecification = { type: 'geojson', data: EMPTY, tolerance: 0.3 };
  const sources = Object.fromEntries(SOURCES.map((name) => [name, { ...source }]));
  return { version: 8, sources, layers: [...base(colours), ...ground(colours), ...incidents(colours), ...names(colours)] };
}
