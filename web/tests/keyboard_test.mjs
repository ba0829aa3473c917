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

/** What on the page the keyboard cannot come to: hidden from Tab, out of order, or without focus at all. In
 *  tables, tabs and the like arrows go on from the one that Tab comes to. */
function unreachable(page) {
  return page.evaluate(() => {
    const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const roving = (element) => element.closest('[role=tablist], [role=grid], [role=radiogroup], [role=listbox], [role=toolbar]');
    const wrong = [];
    for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
      if (!seen(element) || element.disabled) continue;
      element.focus({ preventScroll: true });
      const takes = document.activeElement === element;
      const passed = element.tabIndex < 0 && !roving(element)?.querySelector('[tabindex="0"]');
      if (!takes || passed || element.tabIndex > 0) wrong.push(element.outerHTML.slice(0, 160));
    }
    document.activeElement?.blur?.();
    return wrong;
  });
}

/** Goes on with Tab, and fails where a press does not go on. */
async function walk(page, presses) {
  let before = '';
  for (let count = 0; count < presses; ++count) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      window.places ??= new Map();
      const element = document.activeElement;
      if (!window.places.has(element)) window.places.set(element, window.places.size);
      return `${window.places.get(element)} ${element.outerHTML.slice(0, 120)}`;
    });
    assert.notEqual(now, before, 'Tab stays where it is');
    before = now;
  }
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

test('keys go to every page, and everything on it can be come to', async () => {
  // Without WebGL: every task can be done from tables, the map's too.
  const planner = await somebody('planner', { kind: 'blind' });
  const { page } = planner;
  for (const [key, path] of pages) {
    // Where somebody types, keys are letters.
    await page.evaluate(() => document.activeElement?.blur?.());
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.waitForURL(({ pathname }) => pathname === path);
    await page.locator('main h1, main h2').first().waitFor();
    await page.waitForFunction(() => !/Loading…/.test(document.querySelector('main')?.textContent ?? ''));
    assert.deepEqual(await unreachable(page), [], path);
    await walk(page, 15);
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
