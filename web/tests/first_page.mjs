// How soon the first page can be used, by a browser that has kept nothing:
//
//     GUARANTOR_ADDRESS=http://127.0.0.1:8080 node web/tests/first_page.mjs [TIMES]
//
// The server has the exercise, and an account `planner`. Prints one line of JSON, for the public and for a
// signed-in planner: milliseconds from the address until the pot's table takes the focus (median, slowest), and
// until the last script and the last answer of the server that came before; and how much was sent. Timings
// decide nothing; they are printed to be read.
import { closeBrowsers, password, server, somebody, visit } from './browsing.mjs';

const times = Number(process.argv[2] ?? 5);

/** One look at the pot in a context of its own. */
async function look(name) {
  const { page, context, end } = await somebody('');
  if (name) {
    // Signed in without the pages, so that nothing of them is kept.
    const answer = await context.request.post(`${server}/api/session`, { data: { name, password }, headers: { Origin: server } });
    if (!answer.ok()) throw new Error(`${name} cannot sign in: ${answer.status()} ${await answer.text()}`);
  }
  await page.addInitScript(() => {
    const watch = () => {
      // The table stands there with the pot that the server told; who sees no row of it may type into its filter.
      const table = document.querySelector('[role=grid]');
      const first = table?.querySelector('tbody td[tabindex="0"]') ?? (table && document.querySelector('[data-filter]'));
      first?.focus();
      if (first && document.activeElement === first) window.usable_ = performance.now();
      else requestAnimationFrame(watch);
    };
    watch();
  });
  await visit(page, '/pot');
  await page.waitForFunction(() => window.usable_);
  const seen = await page.evaluate(() => {
    const resources = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < window.usable_);
    const last = (kind) => Math.max(0, ...resources.filter(({ name }) => name.includes(kind)).map(({ responseEnd }) => responseEnd));
    return {
      usable: window.usable_,
      scripts: last('.js'),
      answers: last('/api/'),
      kilobytes: resources.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
      account: document.querySelector('[href="/sign-in"], [href^="/sign-in?"]') ? '' : 'signed in'
    };
  });
  if (Boolean(name) !== Boolean(seen.account)) throw new Error(`${name || 'the public'} is shown the page of another`);
  await end();
  return seen;
}

const round = (value) => Math.round(value);
function told(list) {
  const median = (part) => round(list.map((one) => one[part]).toSorted((a, b) => a - b)[Math.floor(list.length / 2)]);
  return {
    usable_ms: { median: median('usable'), slowest: round(Math.max(...list.map(({ usable }) => usable))) },
    last_script_ms: median('scripts'),
    last_answer_ms: median('answers'),
    kilobytes: median('kilobytes')
  };
}

const result = {};
for (const [who, name] of [['public', ''], ['planner', 'planner']]) {
  const list = [];
  for (let time = 0; time < times; ++time) list.push(await look(name));
  result[who] = told(list);
}
console.log(JSON.stringify({ times, ...result }));
await closeBrowsers();
