/** Incidents and reports as the server tells of them. */

export interface Munitions {
  explosions: number;
  bursts: number;
  shots: number;
}

/** An incident as lists have it. */
export interface IncidentItem {
  id: string;
  revision: number;
  cause: string;
  what: string;
  kind: string;
  from: string;
  to: string;
  lat: number | null;
  lon: number | null;
  radius_m: number;
  sector: string;
  reports: number;
  observers: string[];
  munitions: Munitions;
  probability?: number;
  state: string;
  alleged: boolean;
  clauses: string[];
  sources: string[];
  etag: string;
}

export interface Allegation {
  clause: string;
  agreement?: string;
  title?: string;
  text?: string;
  distance_km?: number;
  near?: string;
  exempt?: string;
  notice?: string;
  counted?: number;
  evidence: string[];
}

export interface Observation {
  id: string;
  source: string;
  observer?: string;
  kind: string;
  category?: string;
  from: string;
  to: string;
  reported?: string;
  latitude?: number;
  longitude?: number;
  precision_m?: number;
  sector?: string;
  count?: number;
  sense?: string;
  blast?: string;
  weapon?: string;
  calibre_mm?: number;
  actor?: string;
  live_fire?: boolean;
  withdrawn?: boolean;
  text?: string;
  evidence?: string[];
}

export interface Step {
  action: string;
  by: string;
  at: string;
  why: string;
  revision?: number;
  verdict?: string;
  obstacle?: string;
  parties?: string[];
  certainty?: string;
  reply_by?: string;
  dissents?: { by: string; why: string }[];
  evidence?: string[];
}

export interface CaseFile {
  state: string;
  steps: Step[];
  finding?: Step | null;
  attribution_withheld?: boolean;
}

export interface Incident extends IncidentItem {
  others: string[];
  actors: string[];
  live_fire?: Munitions;
  allegations: Allegation[];
  observations: Observation[];
  record?: number;
  case: CaseFile;
  may: string[];
}

export interface Revision {
  record: number;
  at: string;
  by: string;
  revision: number;
  cause: string;
  reports: number;
  hash?: string;
}

export const STATES = ['observed', 'alleged', 'verified', 'not-verified', 'unverifiable', 'disputed', 'closed'];
export const CLASSES = ['fire', 'heat', 'flight', 'forces', 'sea', 'access', 'alert', 'other'];
/** Kinds that happen; the monitors' own work stands apart. */
export const EVENTS = [
  'explosion', 'burst', 'shot', 'strike', 'drone', 'aircraft', 'advance', 'presence', 'mine', 'vessel', 'damage', 'casualty',
  'prisoner', 'convoy', 'restriction', 'jamming', 'alert', 'preparation', 'information', 'thermal-anomaly', 'other'
];
export const OWN_WORK = ['watch', 'outage', 'cloud', 'request', 'grant', 'notice', 'contact'];

/** The colour of a badge for a state. */
export function tone(state: string): 'met' | 'partly' | 'gap' | 'unknown' | 'accent' {
  const tones: Record<string, 'met' | 'partly' | 'gap' | 'unknown' | 'accent'> = {
    alleged: 'partly',
    verified: 'gap',
    'not-verified': 'accent',
    disputed: 'partly',
    closed: 'met'
  };
  return tones[state] ?? 'unknown';
}
