// Every page as it looks and as it is read aloud: axe finds no serious fault, light and dark, wide and narrow;
// pictures of each are left in GUARANTOR_PICTURES.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { asked, closeBrowsers, picture, somebody, visit } from './browsing.mjs';

after(closeBrowsers);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function faults(page) {
  // The policy of the page lets no script in; what the browser itself is told to run is not the page's.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

const views = [
  ['pot', '/pot'],
  ['pot-line', '/pot?line=hq-maritime'],
  ['pot-offers', '/pot?tab=offers&offer=xal-mech'],
  ['pot-promises', '/pot?tab=promises'],
  ['pot-rounds', '/pot?tab=rounds'],
  ['pot-meetings', '/pot?tab=meetings'],
  ['plan', '/plan'],
  ['plan-lines', '/plan?tab=lines'],
  ['plan-matrix', '/plan?tab=matrix'],
  ['plan-gaps', '/plan?tab=gaps'],
  ['map', '/map'],
  ['watch', '/watch'],
  ['brief', '/brief']
];

async function settle(page) {
  await page.locator('main h1, main h2').first().waitFor();
  await page.waitForFunction(() => !/Loading…/.test(document.querySelector('main')?.textContent ?? ''));
}

for (const [colours, width, height] of [
  ['light', 1366, 768],
  ['dark', 1366, 768],
  ['light', 390, 844],
  ['dark', 390, 844]
]) {
  test(`no page has a serious fault: ${colours}, ${width} wide`, async () => {
    const reader = await somebody('planner', { width, height, colours });
    const { page } = reader;
    const wrong = [];
    for (const [name, address] of views) {
      await visit(page, address);
      await settle(page);
      await picture(page, `${name}-${width}-${colours}`);
      for (const fault of await faults(page)) wrong.push(`${address}: ${fault}`);
      const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      if (wide > room) wrong.push(`${address}: ${wide} wide where there is room for ${room}`);
    }
    for (const [address, name] of [['/pot', 'offer-dialog'], ['/plan', 'plan-dialog']]) {
      await visit(page, address);
      await settle(page);
      await page.keyboard.press('n');
      await page.getByRole('dialog').locator('select').first().waitFor();
      await picture(page, `${name}-${width}-${colours}`);
      for (const fault of await faults(page)) wrong.push(`${name}: ${fault}`);
    }
    await reader.end();
    const public_ = await somebody('', { width, height, colours });
    await visit(public_.page, '/sign-in');
    await public_.page.getByLabel(/^Account/).waitFor();
    await picture(public_.page, `sign-in-${width}-${colours}`);
    for (const fault of await faults(public_.page)) wrong.push(`/sign-in: ${fault}`);
    await public_.end();
    assert.deepEqual(wrong, []);
  });
}

test('every page says EXERCISE, in each language', async () => {
  for (const [language, word] of [['en', 'Offers'], ['uk', 'Внески'], ['fr', 'Offres']]) {
    const reader = await somebody('planner', { language });
    const { page } = reader;
    for (const address of ['/pot', '/plan', '/map', '/watch', '/brief']) {
      await visit(page, address);
      await page.getByRole('note').getByText(/^EXERCISE/).waitFor();
      assert.match(await page.title(), /^EXERCISE/);
    }
    await visit(page, '/pot');
    await page.getByRole('tab', { name: word }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    await reader.end();
  }
});

test('a delegate’s page holds no offer that is not released to it', async () => {
  const delegate = await somebody('delegate');
  const planner = await somebody('planner');
  const mine = await asked(delegate.page, '/api/scenarios/exercise/tables/pledges?limit=10000');
  const all = await asked(planner.page, '/api/scenarios/exercise/tables/pledges?limit=10000');
  const own = new Set(mine.items.map(({ key }) => key));
  const hidden = all.items.map(({ key }) => key).filter((key) => !own.has(key));
  assert.ok(own.size > 0 && hidden.length > 100, `${own.size} own, ${hidden.length} hidden`);
  for (const address of ['/pot', '/pot?tab=offers', '/pot?tab=promises&view=events', '/plan?tab=assignments']) {
    await visit(delegate.page, address);
    await settle(delegate.page);
    const text = await delegate.page.content();
    assert.deepEqual(hidden.filter((key) => new RegExp(`\\b${key}\\b`).test(text)), [], address);
  }
  await delegate.end();
  await planner.end();
});
