/** Colours of the map, light and dark. States differ in lightness as well as in hue. */
export interface MapColours {
  sea: string;
  land: string;
  host: string;
  border: string;
  unsettled: string;
  text: string;
  halo: string;
  contact: string;
  frontier: string;
  area: string;
  sector: string;
  reach: [near: string, far: string];
  group: string;
  picked: string;
  states: Record<string, string>;
}

const STATES = {
  observed: '#8a939c',
  alleged: '#e8a317',
  verified: '#c62828',
  'not-verified': '#5b8fd6',
  unverifiable: '#8e5bb5',
  closed: '#3f8f4f',
  disputed: '#e2559b'
};

export const LIGHT: MapColours = {
  sea: '#cfe0ea',
  land: '#f3f1ea',
  host: '#fffdf5',
  border: '#7b776c',
  unsettled: '#9a958a',
  text: '#23282d',
  halo: '#ffffff',
  contact: '#a01414',
  frontier: '#54504a',
  area: '#5d6f80',
  sector: '#d2691e',
  reach: ['#1f6fb5', '#6aa7d8'],
  group: '#33414e',
  picked: '#0047b3',
  states: STATES
};

export const DARK: MapColours = {
  sea: '#10202c',
  land: '#23292f',
  host: '#2d353c',
  border: '#8f979e',
  unsettled: '#6d757c',
  text: '#eef2f5',
  halo: '#12181d',
  contact: '#ff6b5e',
  frontier: '#b9b2a6',
  area: '#8fa3b5',
  sector: '#f0a35e',
  reach: ['#4f9de0', '#2f6493'],
  group: '#d5dee6',
  picked: '#ffd84d',
  states: { ...STATES, observed: '#a9b2ba', alleged: '#ffc247', verified: '#ff5a52', closed: '#62b873' }
};
