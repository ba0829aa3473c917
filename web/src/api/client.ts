import { t } from '../strings';
import { Problem, problemOf } from './problem';

/** What the wrapper needs to know of the session, without knowing the session. */
export const credentials = {
  csrf: '',
  signedIn: false,
  /** Asks to sign in again; true once that was done. */
  again: async (): Promise<boolean> => false
};

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Options {
  query?: Query;
  /** For a change: the row as it was read. */
  match?: string;
  /** For a new one: there must be none yet. */
  create?: boolean;
  signal?: AbortSignal;
  /** The type of a body that is text of its own. */
  type?: string;
}

export interface Answer<T> {
  data: T;
  etag: string;
  location: string;
}

export function path(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));
}

export function withQuery(to: string, query: Query = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '' && value !== false) given.set(name, String(value));
  }
  const said = given.toString();
  return said ? `${to}${to.includes('?') ? '&' : '?'}${said}` : to;
}

async function once(method: string, to: string, body: unknown, options: Options, key: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers['X-CSRF-Token'] = credentials.csrf;
    if (method === 'POST') headers['Idempotency-Key'] = key;
  }
  if (options.match) headers['If-Match'] = options.match;
  if (options.create) headers['If-None-Match'] = '*';
  let sent: BodyInit | undefined;
  if (body !== undefined) {
    headers['Content-Type'] = options.type ?? 'application/json';
    sent = options.type ? (body as BodyInit) : JSON.stringify(body);
  }
  try {
    return await fetch(withQuery(to, options.query), {
      method,
      headers,
      body: sent,
      signal: options.signal,
      credentials: 'same-origin'
    });
  } catch (wrong) {
    if (options.signal?.aborted) throw wrong;
    throw new Problem(0, 'network', t.errors.network, t.errors.networkDetail, t.errors.networkHint);
  }
}

/** Asks the server. A session that has ended is asked for again, and what was asked goes on then. The
 *  same change sent twice is made once: both carry one idempotency key. Throws Problem. */
export async function ask<T>(method: string, to: string, body?: unknown, options: Options = {}): Promise<Answer<T>> {
  const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  let response = await once(method, to, body, options, key);
  if (response.status === 401 && credentials.signedIn && (await credentials.again())) {
    response = await once(method, to, body, options, key);
  }
  if (!response.ok) throw await problemOf(response);
  const type = response.headers.get('Content-Type') ?? '';
  const data = (response.status === 204 ? undefined : type.includes('json') ? await response.json() : await response.text()) as T;
  return { data, etag: response.headers.get('ETag') ?? '', location: response.headers.get('Location') ?? '' };
}

export async function get<T>(to: string, options: Options = {}): Promise<T> {
  return (await ask<T>('GET', to, undefined, options)).data;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Every item of a list, page by page. */
export async function all<T>(to: string, query: Query = {}, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const page: Page<T> = await get<Page<T>>(to, { query: { limit: 10000, ...query, after }, signal });
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}
