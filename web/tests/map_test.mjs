// The map: what it shows is what the server says, by mouse, by keyboard, and without any drawing at all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { asked, closeBrowsers, drawn, picture, somebody, visit } from './browsing.mjs';

after(closeBrowsers);

/** How many incidents with a place began from one day to another, both included. */
async function placed(page, first, last) {
  const layer = await asked(page, '/api/scenarios/exercise/layers/incidents?limit=100000');
  return layer.features.filter(({ geometry, properties }) => {
    const day = properties.from.slice(0, 10);
    return geometry?.type === 'Point' && day >= first && day <= last;
  }).length;
}

async function told(page) {
  await page.getByRole('status').filter({ hasText: /incidents? (from|on)/ }).first().waitFor();
  return Number(/^([\d,]+) incident/.exec(await page.getByRole('status').filter({ hasText: /incidents? (from|on)/ }).first().innerText())[1].replaceAll(',', ''));
}

test('a slide through time changes what is shown, and the link says when', async () => {
  const { page, end } = await somebody('planner');
  await visit(page, '/map?day=2026-06-10&span=1');
  await drawn(page);
  assert.equal(await told(page), await placed(page, '2026-06-10', '2026-06-10'));
  const slider = page.getByRole('slider', { name: 'Last day shown' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/day=2026-06-11/);
  assert.equal(await told(page), await placed(page, '2026-06-11', '2026-06-11'));
  await page.keyboard.press(']');
  await page.waitForURL(/day=2026-06-12/);
  await page.getByTitle('Days shown together').selectOption('7');
  await page.waitForURL((url) => !url.search.includes('span='));
  const week = await placed(page, '2026-06-06', '2026-06-12');
  assert.equal(await told(page), week);
  const drawnThen = await page.getByRole('tab', { name: /Incidents/ }).innerText();
  assert.ok(Number(/\d+/.exec(drawnThen)[0]) <= week);
  await picture(page, 'map');
  // The layers panel and the view are in the link too: whoever opens it sees the same.
  await page.getByRole('checkbox', { name: /Sites/ }).uncheck();
  await page.waitForURL(/layers=lines%2Csectors%2Clocations%2Cincidents/);
  const link = page.url();
  await page.goto(link);
  await drawn(page);
  assert.equal(await page.getByRole('checkbox', { name: /Sites/ }).isChecked(), false);
  assert.equal(await told(page), week);
  await end();
});

test('the map is moved and asked by keyboard alone', async () => {
  const { page, end } = await somebody('planner');
  const layer = await asked(page, '/api/scenarios/exercise/layers/incidents?limit=100000');
  const one = layer.features.find(({ geometry }) => geometry?.type === 'Point');
  const [longitude, latitude] = one.geometry.coordinates;
  await visit(page, `/map?at=${latitude},${longitude},11&day=${one.properties.from.slice(0, 10)}&span=1`);
  await drawn(page);
  const canvas = page.locator('canvas.maplibregl-canvas');
  await canvas.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/pick=incidents/);
  const facts = page.getByRole('region', { name: 'What was picked' });
  await facts.getByRole('link', { name: 'Open on the watch floor' }).waitFor();
  const before = page.url();
  await page.keyboard.press('ArrowRight');
  await page.waitForURL((url) => url.href !== before);
  await facts.getByRole('link', { name: 'Open on the watch floor' }).click();
  await page.waitForURL(/\/watch\?incident=/);
  await end();
});

test('borders: Simferopol and Sevastopol lie in Ukraine, and the credit stands below', async () => {
  const { page, end } = await somebody('');
  await visit(page, '/map');
  await drawn(page);
  await page.getByText('UN General Assembly resolution 68/262').waitFor();
  const base = await asked(page, '/api/scenarios/exercise/layers/base');
  const holds = (rings, [x, y]) => {
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i];
        const [xj, yj] = ring[j];
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
      }
    }
    return inside;
  };
  const ringsOf = ({ type, coordinates }) => (type === 'Polygon' ? coordinates : type === 'MultiPolygon' ? coordinates.flat() : []);
  for (const at of [[34.1, 44.95], [33.55, 44.6]]) {
    const owners = base.features.filter(({ geometry }) => holds(ringsOf(geometry), at)).map(({ properties }) => properties.country);
    assert.deepEqual(owners, ['UKR']);
  }
  await end();
});

test('where nothing can be drawn, tables say the same', async () => {
  const { page, end } = await somebody('planner', { kind: 'blind' });
  await visit(page, '/map?day=2026-06-12');
  await page.getByText('This browser cannot draw the map').waitFor();
  const week = await placed(page, '2026-06-06', '2026-06-12');
  assert.equal(await told(page), week);
  assert.match(await page.getByRole('tab', { name: /Incidents/ }).innerText(), new RegExp(`\\b${week}\\b`));
  assert.equal(await page.locator('#map-table tbody tr').count(), Math.min(week, 100));
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const text = readFileSync(await (await coming).path(), 'utf8');
  assert.equal(text.trim().split('\r\n').length, week + 1);
  assert.match(text, /EXERCISE/);
  await page.getByRole('tab', { name: /Locations/ }).click();
  await page.getByRole('cell', { name: 'Simferopol' }).first().waitFor();
  await end();
});

test('on a phone everything is in reach and nothing is cut off', async () => {
  for (const address of ['/map', '/watch', '/watch?view=calendar', '/brief']) {
    const { page, end } = await somebody('verifier', { width: 390, height: 844, colours: 'dark' });
    await visit(page, address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (address === '/map') await drawn(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${address} is ${wide} wide`);
    if (address === '/map') await picture(page, 'phone');
    await end();
  }
});

test('the pages speak Ukrainian and French', async () => {
  for (const [language, map, watch] of [['uk', 'Карта', 'Нагляд'], ['fr', 'Carte', 'Veille']]) {
    const { page, end } = await somebody('', { language });
    await visit(page, '/map?as=tables');
    await page.getByRole('heading', { level: 1, name: map }).waitFor();
    await visit(page, '/watch');
    await page.getByRole('heading', { level: 1, name: watch }).waitFor();
    await end();
  }
});

test('the pages that other roles begin with', async () => {
  for (const [name, address, picture_] of [['delegate', '/pot', 'pot'], ['planner', '/plan', 'plan'], ['decider', '/brief', 'brief']]) {
    const { page, end } = await somebody(name);
    await visit(page, address);
    // There is something to read, and under what heading.
    await page.waitForFunction(() => document.querySelector('main')?.innerText.length > 600);
    await page.getByRole('note').filter({ hasText: 'EXERCISE' }).waitFor();
    await picture(page, picture_);
    await end();
  }
});
