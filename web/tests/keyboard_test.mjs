// Every page by the keyboard alone.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeBrowsers, password, server, somebody, visit } from './browsing.mjs';

after(closeBrowsers);

const pages = [
  ['p', '/pot'],
  ['l', '/plan'],
  ['m', '/map'],
  ['w', '/watch'],
  ['b', '/brief']
];

/** Goes through the page with Tab until it comes round; gives what cannot be reached. */
async function unreachable(page) {
  await page.evaluate(() => {
    window.reached = new Set();
    document.addEventListener('focusin', (event) => window.reached.add(event.target));
    document.activeElement?.blur?.();
  });
  for (let count = 0; count < 700; ++count) {
    await page.keyboard.press('Tab');
    const round = await page.evaluate(() => document.activeElement === document.body || document.activeElement === null);
    if (round && count > 5) break;
  }
  return page.evaluate(() => {
    const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const roving = (element) => element.closest('[role=tablist], [role=grid], [role=radiogroup], [role=listbox], [role=toolbar]') !== null;
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
      .filter((element) => seen(element) && !element.disabled && !window.reached.has(element))
      .filter((element) => !(element.tabIndex === -1 && roving(element)))
      .filter((element) => !(element.type === 'radio' && !element.checked))
      .map((element) => element.outerHTML.slice(0, 160));
  });
}

test('who signs in needs no mouse, and the link past the navigation works', async () => {
  const reader = await somebody('');
  const { page } = reader;
  await visit(page, '/sign-in');
  await page.getByLabel(/^Account/).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab'); // language and colours
  await page.keyboard.press('Tab');
  await page.keyboard.type('planner');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(({ pathname }) => pathname === '/pot');
  await reader.end();
});

test('keys go to every page, and Tab reaches everything on it', async () => {
  const planner = await somebody('planner');
  const { page } = planner;
  for (const [key, path] of pages) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.waitForURL(({ pathname }) => pathname === path);
    await page.locator('main h1, main h2').first().waitFor();
    await page.waitForLoadState('networkidle').catch(() => {});
    assert.deepEqual(await unreachable(page), [], path);
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await planner.end();
});

test('a table is filtered, walked and opened by keys', async () => {
  const planner = await somebody('planner');
  const { page } = planner;
  await page.goto(`${server}/pot`);
  const grid = page.getByRole('grid', { name: 'Lines' });
  await grid.getByRole('gridcell').first().waitFor();
  const all = await grid.getByRole('row').count();
  assert.ok(all > 5, `${all} rows`);
  await page.keyboard.press('/');
  await page.keyboard.type('guard');
  await page.waitForURL((to) => to.searchParams.get('q') === 'guard');
  const left = await grid.getByRole('row').count();
  assert.ok(left > 2 && left < all, `${left} of ${all} rows`);
  await grid.getByRole('gridcell').first().focus();
  await page.keyboard.press('ArrowDown');
  const name = await page.evaluate(() => document.activeElement.textContent.trim());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name }).waitFor();
  await page.waitForURL((to) => to.searchParams.get('line') !== null);
  // The link shows somebody else the same.
  await page.reload();
  await page.getByRole('heading', { level: 2, name }).waitFor();
  assert.equal(await page.locator('[data-filter]').first().inputValue(), 'guard');
  await planner.end();
});
