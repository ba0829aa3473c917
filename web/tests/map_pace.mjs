// How fast the map is with 50,000 incidents, where no graphics card helps:
//
//     GUARANTOR_ADDRESS=http://127.0.0.1:8080 node web/tests/map_pace.mjs [INCIDENTS]
//
// Prints one line of JSON, `near` (a week, one by one) and `far` (all days, as numbers): milliseconds until
// all is drawn, a frame while the map is dragged (median, 95th per cent), and from a press on the slider until
// the other days stand there. Timings decide nothing; they are printed to be read.
import { closeBrowsers, drawn, somebody, visit } from './browsing.mjs';

const many = Number(process.argv[2] ?? 50_000);
const DAYS = 90;
const STATES = ['observed', 'alleged', 'verified', 'not-verified', 'unverifiable', 'closed', 'disputed'];

/** Incidents along a line, the same each time. */
function layer() {
  let seed = 1;
  const draw = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const features = Array.from({ length: many }, (_, at) => {
    const along = draw();
    const day = Math.floor(draw() * DAYS);
    const from = new Date(Date.UTC(2026, 5, 1) + day * 86_400_000 + draw() * 86_400_000).toISOString();
    return {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [33 + 6 * along + 0.3 * draw(), 46.5 + 4 * along + 0.3 * draw()] },
      properties: {
        id: `i-${at}`, what: 'fire', kind: 'explosion', from, to: from, sector: 'front-east-01', state: STATES[at % STATES.length],
        alleged: at % 2 === 0, reports: 2, radius_m: 200, clauses: [], munitions: { explosions: at % 40, bursts: 0, shots: 0 }
      }
    };
  });
  return JSON.stringify({ type: 'FeatureCollection', features });
}

const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))];
const round = (value) => Math.round(value);

const { page, end } = await somebody('');
const body = layer();
await page.route('**/layers/incidents*', (route) => route.fulfill({ contentType: 'application/geo+json', body }));

/** Opens a view and gives milliseconds until all of it is drawn. */
async function open(address) {
  const begun = Date.now();
  await visit(page, address);
  await drawn(page);
  return Date.now() - begun;
}

/** Frames while the map is dragged to and fro. */
async function pan() {
  const canvas = await page.locator('canvas.maplibregl-canvas').boundingBox();
  const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.evaluate(() => {
    window.frames_ = [];
    window.counting_ = true;
    let last = performance.now();
    const tick = (now) => {
      window.frames_.push(now - last);
      last = now;
      if (window.counting_) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  for (let step = 0; step < 60; ++step) await page.mouse.move(middle.x + 150 * Math.sin(step / 6), middle.y + 60 * Math.cos(step / 6));
  const frames = await page.evaluate(() => {
    window.counting_ = false;
    return window.frames_;
  });
  const before = page.url();
  await page.mouse.up();
  await page.waitForURL((url) => url.href !== before);
  return { median: round(quantile(frames, 0.5)), p95: round(quantile(frames, 0.95)), frames: frames.length };
}

/** From a press on the slider until the map says that the other days stand there. */
async function otherDays() {
  const steps = [];
  await page.getByRole('slider').focus();
  for (let step = 0; step < 8; ++step) {
    steps.push(
      await page.evaluate(
        (most) =>
          new Promise((resolve) => {
            const map = document.querySelector('[data-drawn]');
            delete map.dataset.drawn;
            const from = performance.now();
            const watcher = new MutationObserver(() => {
              if (map.dataset.drawn) done(performance.now() - from);
            });
            const done = (time) => {
              watcher.disconnect();
              map.dataset.drawn = 'all';
              resolve(time);
            };
            watcher.observe(map, { attributes: true });
            setTimeout(() => done(Infinity), most);
            const slider = document.querySelector('input[type=range]');
            slider.value = String(Number(slider.value) - 1);
            slider.dispatchEvent(new Event('input', { bubbles: true }));
          }),
        60_000
      )
    );
  }
  return { median: round(quantile(steps, 0.5)), slowest: round(Math.max(...steps)) };
}

const result = { incidents: many };
// From near a week's incidents one by one, from far all of them as numbers.
for (const [name, address] of [
  ['near', '/map?span=7&at=48.6,36.2,7.4'],
  ['far', '/map?span=0']
]) {
  result[name] = { drawn_ms: await open(address), pan_frame_ms: await pan(), other_day_ms: await otherDays() };
}
console.log(JSON.stringify(result));
await end();
await closeBrowsers();
