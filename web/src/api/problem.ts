/** What one cell or row of an input lacks. */
export interface Fault {
  table?: string;
  key?: string;
  column?: string;
  message: string;
  hint?: string;
}

/** An answer that says no, as RFC 9457 has it: what happened, and what to do. */
export class Problem extends Error {
  readonly status: number;
  /** What `type` ends with, e.g. `sign-in`, `changed`; `network` where no answer came. */
  readonly name_: string;
  readonly title: string;
  readonly hint: string;
  readonly errors: Fault[];
  readonly body: Record<string, unknown>;

  constructor(status: number, name: string, title: string, detail: string, hint = '', body: Record<string, unknown> = {}) {
    super(detail || title);
    this.status = status;
    this.name_ = name;
    this.title = title;
    this.hint = hint;
    this.errors = Array.isArray(body.errors) ? (body.errors as Fault[]) : [];
    this.body = body;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export async function problemOf(response: Response): Promise<Problem> {
  let body: Record<string, unknown> = {};
  try {
    body = (await response.json()) as Record<string, unknown>;
  } catch {
    // A proxy's page, or nothing: the status alone has to do.
  }
  const name = text(body.type).split(':').pop() ?? '';
  return new Problem(response.status, name, text(body.title) || response.statusText, text(body.detail), text(body.hint), body);
}
