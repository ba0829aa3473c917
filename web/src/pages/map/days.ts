/** Days as whole numbers since 1970, in UTC, so that a filter of the map compares numbers. */

export function dayNumber(text: string): number {
  return Math.floor(Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text) / 86_400_000);
}

export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** The first day shown where `span` days end with `last`; 0: all from `first`. */
export function firstShown(last: number, span: number, first: number): number {
  return span === 0 ? first : last - span + 1;
}
