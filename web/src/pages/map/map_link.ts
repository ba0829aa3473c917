/** The view of the map as it stands in the link, so that who opens it sees what the sender saw. */

export const LAYERS = ['areas', 'lines', 'sectors', 'reach', 'locations', 'sites', 'incidents'] as const;
export type LayerName = (typeof LAYERS)[number];

export interface MapView {
  /** Whether the link says where; if not, the map shows the country. */
  placed: boolean;
  latitude: number;
  longitude: number;
  zoom: number;
  layers: LayerName[];
  /** The last day shown, `2026-06-08`; empty: the last there is. */
  day: string;
  /** How many days up to `day` are shown. */
  span: number;
  /** What is picked: a layer's name and its feature's id; empty: nothing. */
  picked: string;
  /** Tables instead of the drawing. */
  tables: boolean;
}

export const SPANS = [1, 3, 7, 30, 0] as const; // 0: all days up to `day`

export const USUAL: MapView = {
  placed: false,
  latitude: 47.9,
  longitude: 32.2,
  zoom: 4.9,
  layers: ['lines', 'sectors', 'locations', 'sites', 'incidents'],
  day: '',
  span: 7,
  picked: '',
  tables: false
};

function number(text: string | undefined, from: number, to: number, usual: number): number {
  const value = Number(text);
  return text !== undefined && text !== '' && value >= from && value <= to ? value : usual;
}

/** Reads a link's query; what is missing or no view is as usual. */
export function readView(query: URLSearchParams): MapView {
  const at = (query.get('at') ?? '').split(',');
  const layers = query.get('layers');
  const day = query.get('day') ?? '';
  const span = Number(query.get('span') ?? NaN);
  return {
    placed: at.length === 3,
    latitude: number(at[0], -85, 85, USUAL.latitude),
    longitude: number(at[1], -180, 180, USUAL.longitude),
    zoom: number(at[2], 0, 20, USUAL.zoom),
    layers: layers === null ? [...USUAL.layers] : LAYERS.filter((name) => layers.split(',').includes(name)),
    day: /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : '',
    span: SPANS.find((one) => one === span) ?? USUAL.span,
    picked: query.get('pick') ?? '',
    tables: query.get('as') === 'tables'
  };
}

/** The query of a view; what is as usual is left out. */
export function writeView(view: MapView): URLSearchParams {
  const query = new URLSearchParams();
  if (view.placed) {
    query.set('at', `${view.latitude.toFixed(3)},${view.longitude.toFixed(3)},${view.zoom.toFixed(2)}`);
  }
  const layers = LAYERS.filter((name) => view.layers.includes(name)).join(',');
  if (layers !== USUAL.layers.join(',')) {
    query.set('layers', layers);
  }
  if (view.day) {
    query.set('day', view.day);
  }
  if (view.span !== USUAL.span) {
    query.set('span', String(view.span));
  }
  if (view.picked) {
    query.set('pick', view.picked);
  }
  if (view.tables) {
    query.set('as', 'tables');
  }
  return query;
}
