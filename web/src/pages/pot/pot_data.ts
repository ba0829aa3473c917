import type { Strings } from '../../strings';

/** The pot as the server answers it. */
export interface Line {
  requirement: string;
  title: string;
  capability: string;
  tier: number;
  quantity: number;
  from_month: number;
  to_month: number;
  fill: number | null;
  months: { month: number; needed: number; present: number | null }[];
  withheld: boolean;
  pledges: { pledge: string; nation: string; units: number }[];
  why: unknown;
}
export interface Pot {
  version: string;
  months: string[];
  lines: Line[];
  nations: { nation: string; name: string; pledges: number; by_status: Record<string, number> }[];
  summary?: Record<string, unknown>;
  exactness?: { gap: number | null };
}

export interface Row {
  key: string;
  cells: Record<string, string>;
  etag: string;
}

export interface TrialFault {
  column?: string;
  message: string;
  hint?: string;
}
export interface Trial {
  lines: { requirement: string; before: number | null; after: number | null }[];
  problems: (TrialFault | string)[];
}

export interface PromiseEvent {
  date: string | null;
  pledge: string;
  nation: string;
  capability: string;
  event: string;
  change: number | null;
  after: number | null;
  status_before: string | null;
  status_after: string | null;
  meeting: string | null;
  table: string;
  source: string;
  confidence: string;
  note: string;
}
interface Sum {
  units: number | null;
  not_stated: number;
}
export interface PromiseSum {
  nation: string;
  capability: string;
  pledges: number;
  withdrawn_pledges: number;
  first_offered: Sum;
  offered: Sum;
  transferred: Sum;
  delivered: Sum;
  owed: Sum;
  withdrawn: Sum;
}
export interface Promises {
  events: PromiseEvent[];
  promises: PromiseSum[];
  provenance: Record<string, number>;
  as_of: string;
}

/** What was said of an offer in a round of asking. */
export interface Statement {
  pledge: string;
  nation: string;
  /** One of `PromiseEvent.event`. */
  what: string;
  change: number | null;
  status_after: string | null;
}
export interface Round {
  meeting: string;
  title: string;
  date: string | null;
  place: string;
  level: string;
  attendance: { nation: string; mode: string | null }[];
  counts: Record<string, number>;
  events: Statement[];
}

export type FillState = 'full' | 'partly' | 'empty' | 'unknown';

export function fillState(line: Line): FillState {
  if (line.withheld || line.fill === null) return 'unknown';
  if (line.fill >= 1) return 'full';
  return line.fill > 0 ? 'partly' : 'empty';
}

/** Why a line is short, in words: the server gives texts, or gaps by reason. */
export function reasons(why: unknown, t: Strings): string[] {
  if (!why) return [];
  if (typeof why === 'string') return [why];
  if (!Array.isArray(why)) return [];
  const said = new Map<string, string[]>();
  for (const one of why) {
    if (typeof one === 'string') said.set(one, []);
    else if (one && typeof one === 'object' && 'reason' in one) {
      const gap = one as { reason: string; by?: string | null };
      const words = t.gaps[gap.reason] ?? gap.reason;
      const by = said.get(words) ?? [];
      if (gap.by && !by.includes(gap.by)) by.push(gap.by);
      said.set(words, by);
    }
  }
  return [...said].map(([words, by]) => (by.length ? `${words}: ${by.slice(0, 4).join(', ')}${by.length > 4 ? ' …' : ''}` : words));
}
