import { AttributionControl, Map as MapLibre, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import type { GeoJSONSource, MapGeoJSONFeature } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { MapColours } from './map_colours';
import type { Box, Layer } from './map_data';
import type { LayerName } from './map_link';
import { DRAWN, mapStyle, PICKABLE, SOURCES, type SourceName } from './map_style';
import { drawSymbol } from './symbols';

setWorkerUrl(workerUrl);

export interface DrawingHandlers {
  moved(view: { latitude: number; longitude: number; zoom: number }): void;
  picked(layer: LayerName, properties: Record<string, unknown>): void;
  group(longitude: number, latitude: number): void;
}

/** Whether this browser can draw the map; where not, there are tables. */
export function canDraw(): boolean {
  try {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}

/** The fonts of the map's names must be there before it is made, or the first names are drawn in others. */
export async function loadFonts(): Promise<void> {
  const sample = 'Aa Її Щщ Éé';
  await Promise.allSettled([400, 600].map((weight) => document.fonts.load(`${weight} 12px "Noto Sans"`, sample)));
}

/** The drawing: data and view go in, what is picked comes out. */
export class MapDrawing {
  readonly map: MapLibre;
  private readonly data = new Map<SourceName, Layer>();
  private ready = false;
  private visible: LayerName[] = [];
  private grouped = false;
  private pointing = 0;

  constructor(
    container: HTMLElement,
    view: { latitude: number; longitude: number; zoom: number } | Box,
    private colours: MapColours,
    credit: string,
    private readonly handlers: DrawingHandlers
  ) {
    this.map = new MapLibre({
      container,
      style: mapStyle(colours),
      ...(Array.isArray(view) ? { bounds: view, fitBoundsOptions: { padding: 8 } } : { center: [view.longitude, view.latitude], zoom: view.zoom }),
      minZoom: 2.5,
      maxZoom: 13,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      // Not 0: then all names would be placed anew in every frame.
      fadeDuration: 60,
      renderWorldCopies: false
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new AttributionControl({ compact: false, customAttribution: credit }));
    this.map.addControl(new ScaleControl({}), 'top-left');
    this.map.setMissingStyleImageResolver((name) => this.addImage(name));
    this.map.on('style.load', () => this.refill());
    this.map.on('moveend', () => {
      const { lng, lat } = this.map.getCenter();
      handlers.moved({ latitude: lat, longitude: lng, zoom: this.map.getZoom() });
    });
    // Says that all there is to draw is drawn, to whoever takes pictures.
    this.map.on('idle', () => (container.dataset.drawn = 'all'));
    this.map.on('click', ({ point }) => this.pickAt(point.x, point.y));
    this.map.on('mousemove', ({ point }) => this.point(point.x, point.y));
  }

  /** Puts a source's data in place of what was there; the same data again costs nothing. */
  fill(source: SourceName, layer: Layer): void {
    if (this.data.get(source) === layer) {
      return;
    }
    this.data.set(source, layer);
    if (this.ready) {
      this.map.getSource<GeoJSONSource>(source)?.setData(layer);
    }
  }

  /** Shows these layers alone, incidents as `grouped` numbers or one by one. */
  showLayers(visible: LayerName[], grouped: boolean): void {
    this.visible = visible;
    this.grouped = grouped;
    if (!this.ready) {
      return;
    }
    for (const [name, layers] of Object.entries(DRAWN)) {
      for (const layer of layers) {
        const hidden = layer.startsWith('groups') ? !grouped : layer === 'incidents' && grouped;
        const on = visible.includes(name as LayerName) && !hidden;
        this.map.setLayoutProperty(layer, 'visibility', on ? 'visible' : 'none');
      }
    }
  }

  recolour(colours: MapColours): void {
    if (colours !== this.colours) {
      this.colours = colours;
      this.ready = false;
      this.map.setStyle(mapStyle(colours), { diff: false });
    }
  }

  goTo(longitude: number, latitude: number, zoom: number): void {
    this.map.jumpTo({ center: [longitude, latitude], zoom });
  }

  /** One step nearer or further. */
  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { animate: false });
  }

  fit(box: Box): void {
    this.map.fitBounds(box, { padding: 40, maxZoom: 9, animate: false });
  }

  /** The box that can be seen. */
  bounds(): Box {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  remove(): void {
    cancelAnimationFrame(this.pointing);
    this.map.remove();
  }

  private refill(): void {
    this.ready = true;
    for (const source of SOURCES) {
      const layer = this.data.get(source);
      if (layer) {
        this.map.getSource<GeoJSONSource>(source)?.setData(layer);
      }
    }
    this.showLayers(this.visible, this.grouped);
  }

  private addImage(name: string): void {
    const ratio = Math.max(2, window.devicePixelRatio);
    const image = name === 'city' ? cityDot(this.colours, ratio) : drawSymbol(name, ratio);
    if (image && !this.map.hasImage(name)) {
      this.map.addImage(name, image, { pixelRatio: ratio });
    }
  }

  /** Picks what lies under the middle, for those who move the map by keys. */
  pickAtCentre(): void {
    const { width, height } = this.map.getCanvas().getBoundingClientRect();
    this.pickAt(width / 2, height / 2, 13);
  }

  /** Shows by the pointer whether there is something to pick: once a frame, and not while the map moves. */
  private point(x: number, y: number): void {
    if (this.pointing || this.map.isMoving()) {
      return;
    }
    this.pointing = requestAnimationFrame(() => {
      this.pointing = 0;
      if (!this.map.isMoving()) this.map.getCanvas().style.cursor = this.found(x, y, 3).length > 0 ? 'pointer' : '';
    });
  }

  private found(x: number, y: number, near: number): MapGeoJSONFeature[] {
    if (!this.ready) {
      return [];
    }
    const layers = [...Object.keys(PICKABLE), 'groups'];
    return this.map.queryRenderedFeatures([[x - near, y - near], [x + near, y + near]], { layers });
  }

  private pickAt(x: number, y: number, near = 5): void {
    const [first] = this.found(x, y, near);
    if (!first) {
      return;
    }
    if (first.layer.id === 'groups' && first.geometry.type === 'Point') {
      const [longitude = 0, latitude = 0] = first.geometry.coordinates;
      this.handlers.group(longitude, latitude);
      return;
    }
    const layer = PICKABLE[first.layer.id];
    if (layer) this.handlers.picked(layer, first.properties);
  }
}

function cityDot(colours: MapColours, ratio: number): ImageData | undefined {
  const side = Math.round(8 * ratio);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) {
    return undefined;
  }
  context.beginPath();
  context.arc(side / 2, side / 2, side * 0.32, 0, 2 * Math.PI);
  context.fillStyle = colours.text;
  context.fill();
  context.lineWidth = ratio * 1.2;
  context.strokeStyle = colours.halo;
  context.stroke();
  return context.getImageData(0, 0, side, side);
}
