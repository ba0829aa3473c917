import { ask, credentials, get } from './client';
import { reconnect } from './events.svelte';
import type { Problem } from './problem';

interface Told {
  account: string | null;
  role: string;
  viewer?: string;
  nation?: string | null;
  must_change?: boolean;
  csrf?: string;
  may?: Record<string, string[]>;
  scenario?: string;
  program?: string;
}

/** Who reads this page. `known` is false until the server was asked. */
export const session = $state({
  known: false,
  account: '',
  role: 'public',
  nation: '',
  mustChange: false,
  may: {} as Record<string, string[]>,
  scenario: '',
  program: '',
  /** The session ended while the page was open: it asks to sign in again, over what is there. */
  ended: false
});

let waiting: ((signedIn: boolean) => void)[] = [];

function take(told: Told): void {
  session.known = true;
  session.account = told.account ?? '';
  session.role = told.role;
  session.nation = told.nation ?? '';
  session.mustChange = told.must_change ?? false;
  if (told.may) session.may = told.may;
  if (told.scenario !== undefined) session.scenario = told.scenario;
  if (told.program !== undefined) session.program = told.program;
  credentials.csrf = told.csrf ?? '';
  credentials.signedIn = session.account !== '';
}

export async function readSession(): Promise<void> {
  take(await get<Told>('/api/session'));
}

export async function signIn(name: string, password: string): Promise<void> {
  credentials.signedIn = false;
  await ask('POST', '/api/session', { name, password });
  await readSession();
  reconnect();
  if (!session.mustChange) {
    session.ended = false;
    for (const go of waiting.splice(0)) go(true);
  }
}

export async function changePassword(old: string, fresh: string): Promise<void> {
  await ask('POST', '/api/session/password', { old, new: fresh });
  await readSession();
  reconnect();
}

export async function signOut(): Promise<void> {
  try {
    await ask('DELETE', '/api/session');
  } catch (wrong) {
    // A session that has ended by itself is as good as signed out.
    if ((wrong as Problem).status !== 401) throw wrong;
  }
  await readSession();
  reconnect();
}

credentials.again = () => {
  session.ended = true;
  return new Promise((resolve) => waiting.push(resolve));
};

/** Goes on as the public: what was asked is refused. */
export async function giveUp(): Promise<void> {
  session.ended = false;
  credentials.signedIn = false;
  for (const go of waiting.splice(0)) go(false);
  await signOut();
}

/** Whether the role may do this at all; of which rows, the server decides. */
export function may(operation: string, kind: string): boolean {
  return session.may[operation]?.includes(kind) ?? false;
}
