import { language, t } from './strings';

/** Numbers and dates as the reader's language writes them; times are UTC everywhere. */

const cache = new Map<string, Intl.NumberFormat>();

/** English as most of the nations at the table write it: the day before the month. */
const locale = (): string => (language === 'en' ? 'en-GB' : language);

export function number(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return t.table.notStated;
  const key = `${language} ${digits}`;
  let format = cache.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale(), { maximumFractionDigits: digits });
    cache.set(key, format);
  }
  return format.format(value);
}

/** A share as per cent. Never rounded up to 100 nor down to 0: either would say something else. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return t.table.notStated;
  let whole = Math.round(share * 100);
  if (whole === 100 && share < 1) whole = 99;
  if (whole === 0 && share > 0) whole = 1;
  return `${number(whole)} %`;
}

/** `2026-03` as `Mar 2026`. */
export function month(text: string, long = false): string {
  const at = new Date(`${text.slice(0, 7)}-01T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return text;
  return new Intl.DateTimeFormat(locale(), { month: long ? 'long' : 'short', year: 'numeric', timeZone: 'UTC' }).format(at);
}

export function day(text: string | null | undefined): string {
  if (!text) return t.table.notStated;
  const at = new Date(text.length === 10 ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at.getTime())) return text;
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at);
}

/** A time to the minute, in UTC and said so. */
export function time(text: string | null | undefined): string {
  if (!text) return t.table.notStated;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const said = new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'UTC'
  }).format(at);
  return `${said} UTC`;
}
