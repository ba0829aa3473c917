import type { Layer } from './map_data';

/**
 * Cities by which people find their way on the map, whatever the scenario names; the first are the
 * most important and are labelled first. Positions rounded from public maps.
 */
const CITIES: [english: string, ukrainian: string, french: string, latitude: number, longitude: number, rank: number][] = [
  ['Kyiv', 'Київ', 'Kyïv', 50.45, 30.52, 1],
  ['Kharkiv', 'Харків', 'Kharkiv', 49.99, 36.23, 1],
  ['Dnipro', 'Дніпро', 'Dnipro', 48.46, 35.05, 1],
  ['Zaporizhzhia', 'Запоріжжя', 'Zaporijjia', 47.84, 35.14, 1],
  ['Simferopol', 'Сімферополь', 'Simferopol', 44.95, 34.1, 1],
  ['Sevastopol', 'Севастополь', 'Sébastopol', 44.6, 33.53, 1],
  ['Odesa', 'Одеса', 'Odessa', 46.48, 30.73, 1],
  ['Lviv', 'Львів', 'Lviv', 49.84, 24.03, 1],
  ['Donetsk', 'Донецьк', 'Donetsk', 48.02, 37.8, 2],
  ['Luhansk', 'Луганськ', 'Louhansk', 48.57, 39.33, 2],
  ['Mariupol', 'Маріуполь', 'Marioupol', 47.1, 37.55, 2],
  ['Kherson', 'Херсон', 'Kherson', 46.64, 32.61, 2],
  ['Mykolaiv', 'Миколаїв', 'Mykolaïv', 46.97, 32.0, 2],
  ['Sumy', 'Суми', 'Soumy', 50.91, 34.8, 2],
  ['Chernihiv', 'Чернігів', 'Tchernihiv', 51.5, 31.29, 2],
  ['Poltava', 'Полтава', 'Poltava', 49.59, 34.55, 2],
  ['Vinnytsia', 'Вінниця', 'Vinnytsia', 49.23, 28.47, 2],
  ['Kramatorsk', 'Краматорськ', 'Kramatorsk', 48.72, 37.56, 3],
  ['Melitopol', 'Мелітополь', 'Melitopol', 46.85, 35.37, 3],
  ['Kryvyi Rih', 'Кривий Ріг', 'Kryvyï Rih', 47.91, 33.39, 3],
  ['Warsaw', 'Варшава', 'Varsovie', 52.23, 21.01, 2],
  ['Bucharest', 'Бухарест', 'Bucarest', 44.43, 26.1, 2],
  ['Chișinău', 'Кишинів', 'Chișinău', 47.01, 28.86, 2],
  ['Minsk', 'Мінськ', 'Minsk', 53.9, 27.57, 2],
  ['Istanbul', 'Стамбул', 'Istanbul', 41.01, 28.98, 2]
];

/** The cities with their names in a language, as a layer. */
export function orientation(language: string): Layer {
  return {
    type: 'FeatureCollection',
    features: CITIES.map(([english, ukrainian, french, latitude, longitude, rank]) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
      properties: { name: language === 'uk' ? ukrainian : language === 'fr' ? french : english, rank }
    }))
  };
}

/** Whether a scenario's location is one of them, so that its name stands on the map once. */
export function isCity(longitude: number, latitude: number): boolean {
  return CITIES.some((city) => Math.hypot((city[4] - longitude) * 0.67, city[3] - latitude) < 0.12);
}
