import { all, path } from '../../api/client';
import { ofScenario } from '../../shell/scenario.svelte';
import type { Row } from '../pot/pot_data';

/** Plans as the server lists and tells them. */
export interface PlanItem {
  plan: string;
  version: string;
  title: string;
  at: string;
  by?: string;
  status: string;
  objective?: number | null;
  gap?: number | null;
  scenario_version?: string;
  releasable_to: string[];
  what_if?: unknown;
}
export interface Assignment {
  pledge: string;
  requirement: string;
  units: number;
  from_month: number;
  to_month: number;
}
export interface Unlock {
  kind: string;
  what: string;
  gain: number;
}
export interface Gap {
  requirement: string;
  from_month: number;
  to_month: number;
  short: number;
  reason: string;
  by: string | null;
  unlocks?: Unlock[];
}
export interface Ask {
  capability: string;
  area: string;
  from_month: number;
  to_month: number;
  units: number;
  worth: number;
  nations: string[];
  closes: string[];
}
export interface World {
  label: string;
  viable: boolean;
  objective: number;
  bound: number;
  fill: number;
  lines_lost: string[];
}
export interface PlanResult extends Partial<PlanItem> {
  scenario_hash?: string;
  program_version?: string;
  world?: string;
  assumed?: Record<string, boolean>;
  reason?: string;
  stopped_by_limit?: boolean;
  bound?: number | null;
  seconds?: number;
  seed?: number;
  assignments?: Assignment[];
  fill?: { requirement: string; month: number; required: number; covered: number }[];
  gaps?: Gap[];
  asks?: Ask[];
  comparisons?: World[];
  not_stated?: string[];
  provenance?: Record<string, number>;
  plan_hash?: string;
  withheld?: string[];
  fill_withheld?: string[];
}

export interface Job {
  id: string;
  kind: string;
  title: string;
  by?: string;
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  asked: string;
  progress: { stage: string; share: number; objective: number | null; bound: number | null };
  result: { plan?: string; version?: string; scenario?: string } | null;
  error?: { kind: string; detail: string; hint: string };
}

interface Side {
  name: string;
  world: string;
  status: string;
  objective: number | null;
  bound: number | null;
  gap: number | null;
  fill_by_tier: Record<string, number>;
  nations: number;
  lines_full: number;
  lines_partly: number;
  lines_empty: number;
  gaps: number;
  provenance: Record<string, number>;
  plan_hash: string;
  scenario_hash: string;
}
export interface ComparedLine {
  requirement: string;
  required_before: number;
  required_after: number;
  covered_before: number;
  covered_after: number;
  rose: number;
  fell: number;
  gap: string;
  why?: { words?: string } | null;
}
export interface ComparedPledge {
  pledge: string;
  move: string;
  lines: { requirement: string; unit_months_before: number; unit_months_after: number }[];
}
export interface Comparison {
  scenarios: Side[];
  differences: {
    from: string;
    to: string;
    gained: number | null;
    within_gaps: boolean;
    words: string;
    input: ({ table?: string; key?: string; words?: string } | string)[];
    lines: ComparedLine[];
    pledges: ComparedPledge[];
  }[];
}

/** What ids of a plan are called, and whose they are. */
export interface Names {
  lines: Map<string, { title: string; tier: number; capability: string }>;
  pledges: Map<string, { nation: string; capability: string }>;
  capabilities: Map<string, string>;
}

export async function readNames(): Promise<Names> {
  const table = (name: string): Promise<Row[]> => all<Row>(ofScenario(`/tables/${name}`)).catch(() => []);
  const [requirements, pledges, capabilities] = await Promise.all([table('requirements'), table('pledges'), table('capabilities')]);
  return {
    lines: new Map(
      requirements.map(({ key, cells }) => [
        key,
        { title: cells.title || key, tier: Number(cells.tier || 1), capability: cells.capability ?? '' }
      ])
    ),
    pledges: new Map(pledges.map(({ key, cells }) => [key, { nation: cells.nation ?? '', capability: cells.capability ?? '' }])),
    capabilities: new Map(capabilities.map(({ key, cells }) => [key, cells.title || key]))
  };
}

export function planAddress(plan: string, version?: string): string {
  return `${ofScenario(path`/plans/${plan}`)}${version ? `?version=${encodeURIComponent(version)}` : ''}`;
}

/** One share of what was asked for over all months, line by line. */
export function fillOf(plan: PlanResult): Map<string, { required: number; covered: number; months: Map<number, [number, number]> }> {
  const lines = new Map<string, { required: number; covered: number; months: Map<number, [number, number]> }>();
  for (const { requirement, month, required, covered } of plan.fill ?? []) {
    let line = lines.get(requirement);
    if (!line) lines.set(requirement, (line = { required: 0, covered: 0, months: new Map() }));
    line.required += required;
    line.covered += Math.min(required, covered);
    line.months.set(month, [required, covered]);
  }
  return lines;
}
