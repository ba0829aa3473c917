import { get } from '../../api/client';
import { ofScenario } from '../../shell/scenario.svelte';
import type { Layer } from '../map/map_data';

const kept = new Map<string, Promise<Layer>>();

/** The sectors as lines; read once for a scenario. */
export function sectorLines(): Promise<Layer> {
  const address = ofScenario('/layers/sectors');
  let found = kept.get(address);
  if (!found) {
    found = get<Layer>(address).catch((): Layer => {
      kept.delete(address);
      return { type: 'FeatureCollection', features: [] };
    });
    kept.set(address, found);
  }
  return found;
}

/** The names of the sectors along the lines, as filters and forms offer them. */
export async function readSectors(): Promise<string[]> {
  const { features } = await sectorLines();
  return features.map(({ properties }) => String(properties?.sector ?? '')).filter(Boolean);
}
