/** What a plan as the server tells of it amounts to. */

export interface ToldPlan {
  scenario_title: string;
  heading?: string;
  marking?: string;
  world: string;
  status: string;
  reason?: string;
  objective?: number | null;
  bound?: number | null;
  gap?: number | null;
  plan_hash?: string;
  fill?: { requirement: string; month: number; required: number; covered?: number | null }[];
  gaps?: { requirement: string; from_month: number; to_month: number; short: number; reason: string; by?: string }[];
  provenance?: Record<string, number>;
  withheld?: unknown;
}

export interface Line {
  requirement: string;
  /** Share of what is asked for over all months; nothing: withheld. */
  fill: number | null;
  /** Unit-months asked for. */
  needed: number;
}

/** Each line with the share of it that is there, in the order of the plan. */
export function linesOf(plan: ToldPlan): Line[] {
  const lines = new Map<string, { needed: number; there: number; told: boolean }>();
  for (const { requirement, required, covered } of plan.fill ?? []) {
    const line = lines.get(requirement) ?? { needed: 0, there: 0, told: true };
    line.needed += required;
    if (covered === null || covered === undefined) line.told = false;
    else line.there += Math.min(required, covered);
    lines.set(requirement, line);
  }
  return [...lines].map(([requirement, { needed, there, told }]) => ({
    requirement,
    needed,
    fill: !told ? null : needed === 0 ? 1 : there / needed
  }));
}

export interface Tier {
  tier: string;
  lines: number;
  full: number;
  part: number;
  none: number;
  withheld: number;
  fill: number | null;
}

const FULL = 1 - 1e-6;

/** Lines counted by tier; a fill of many lines is that of their unit-months. */
export function byTier(lines: Line[], tierOf: (requirement: string) => string): Tier[] {
  const tiers = new Map<string, Line[]>();
  for (const line of lines) tiers.set(tierOf(line.requirement), [...(tiers.get(tierOf(line.requirement)) ?? []), line]);
  return [...tiers]
    .map(([tier, of]) => {
      const told = of.filter(({ fill }) => fill !== null);
      const needed = told.reduce((sum, line) => sum + line.needed, 0);
      return {
        tier,
        lines: of.length,
        full: told.filter(({ fill }) => fill! >= FULL).length,
        part: told.filter(({ fill }) => fill! < FULL && fill! > 0).length,
        none: told.filter(({ fill }) => fill === 0).length,
        withheld: of.length - told.length,
        fill: needed === 0 ? null : told.reduce((sum, line) => sum + line.fill! * line.needed, 0) / needed
      };
    })
    .sort((a, b) => a.tier.localeCompare(b.tier, 'en', { numeric: true }));
}

export interface GapLine {
  requirement: string;
  /** Unit-months that are missing. */
  missing: number;
  reasons: string[];
}

/** Gaps by line, the largest first. */
export function gapsOf(plan: ToldPlan): GapLine[] {
  const lines = new Map<string, GapLine>();
  for (const { requirement, from_month, to_month, short, reason } of plan.gaps ?? []) {
    const line = lines.get(requirement) ?? { requirement, missing: 0, reasons: [] };
    line.missing += short * (to_month - from_month);
    if (!line.reasons.includes(reason)) line.reasons.push(reason);
    lines.set(requirement, line);
  }
  return [...lines.values()].sort((a, b) => b.missing - a.missing);
}
