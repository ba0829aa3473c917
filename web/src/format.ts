import { language, t } from './strings';

/** Numbers and dates as the reader's language writes them; times are UTC everywhere. */

const cache = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

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

type Form = 'month' | 'long month' | 'day' | 'minute';
const DAY = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const forms: Record<Form, Intl.DateTimeFormatOptions> = {
  month: { month: 'short', year: 'numeric', timeZone: 'UTC' },
  'long month': { month: 'long', year: 'numeric', timeZone: 'UTC' },
  day: DAY,
  minute: { ...DAY, hour: '2-digit', minute: '2-digit', hour12: false }
};

/** A moment so written. Making a format costs more than using it a hundred times. */
function written(form: Form, at: Date): string {
  const key = `${language} ${form}`;
  let format = dates.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), forms[form]);
    dates.set(key, format);
  }
  return format.format(at);
}

/** `2026-03` as `Mar 2026`. */
export function month(text: string, long = false): string {
  const at = new Date(`${text.slice(0, 7)}-01T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? text : written(long ? 'long month' : 'month', at);
}

export function day(text: string | null | undefined): string {
  if (!text) return t.table.notStated;
  const at = new Date(text.length === 10 ? `${text}T00:00:00Z` : text);
  return Number.isNaN(at.getTime()) ? text : written('day', at);
}

/** A time to the minute, in UTC and said so. */
export function time(text: string | null | undefined): string {
  if (!text) return t.table.notStated;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : `${written('minute', at)} UTC`;
}
