import { get, path } from '../../api/client';
import { onEvents } from '../../api/events.svelte';
import type { Job } from './plan_data';

/** Long work and how far it is: read once, then told. Call it while a component is made. */
export function followJobs(ended: (job: Job) => void): { readonly list: Job[] } {
  const jobs = $state<{ list: Job[] }>({ list: [] });

  function take(job: Job): void {
    const at = jobs.list.findIndex(({ id }) => id === job.id);
    const before = at < 0 ? undefined : jobs.list[at]?.state;
    if (at < 0) jobs.list.unshift(job);
    else jobs.list[at] = job;
    const over = ['done', 'cancelled', 'failed'].includes(job.state);
    if (over && before !== job.state) ended(job);
  }
  async function read(): Promise<void> {
    try {
      jobs.list = (await get<{ items: Job[] }>('/api/jobs', { query: { limit: 20 } })).items;
    } catch {
      // Whoever may not know of jobs has none.
      jobs.list = [];
    }
  }

  $effect(() => {
    void read();
    return onEvents(['job'], (what) => {
      const job = what.data as Job | null;
      if (what.type === 'job' && job?.id) take(job);
      else void read();
    });
  });
  return {
    get list() {
      return jobs.list;
    }
  };
}

export async function readJob(id: string): Promise<Job> {
  return get<Job>(path`/api/jobs/${id}`);
}
