// The pot between two people: a delegate offers, a planner in another browser sees the line fill, plans anew and
// sets the two plans side by side. The server has the tutorial, with accounts `delegate` (of XAE) and `planner`.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { asked, closeBrowsers, password, patience, server, somebody, visit } from './browsing.mjs';

after(closeBrowsers);

const scenario = '/api/scenarios/tutorial';
const harbour = 'Patrols off Ferneport';

function fillOf(page, line) {
  return page.getByRole('row', { name: line }).locator('.figure');
}

/** Waits until the line's share reads so, and gives how long that took. */
async function filled(page, line, share) {
  const begun = Date.now();
  await page.waitForFunction(
    ([name, wanted]) =>
      [...document.querySelectorAll('tbody tr')].some(
        (row) => row.textContent.includes(name) && row.querySelector('.figure')?.textContent.replace(/\s/g, '') === wanted
      ),
    [line, share],
    { timeout: patience, polling: 20 }
  );
  return Date.now() - begun;
}

async function writeOffer(page) {
  await page.getByRole('button', { name: 'New offer' }).waitFor();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What is offered').selectOption('ship');
  await dialog.getByLabel(/^Quantity \(/).fill('2');
  await dialog.getByLabel('The quantity is').selectOption('sustained');
  await dialog.getByLabel('How firm it is').selectOption('announced');
  await dialog.getByLabel('Only in these areas').fill('harbour');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Add a condition').selectOption('backstop');
  await dialog.getByLabel('Notice, days').fill('0');
  await dialog.getByLabel('On the way, days').fill('0');
  await dialog.getByLabel('Source', { exact: true }).fill('letter of the ministry');
  return dialog;
}

/** Plans by the dialog that is open, and waits for the result. */
async function plan(page, title) {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(title);
  await dialog.getByLabel('Time, seconds').fill('10');
  await dialog.getByRole('button', { name: 'Plan', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: title, exact: true }).waitFor();
}

test('a delegate offers, a planner sees the line fill, plans anew and compares', async (context) => {
  const planner = await somebody('planner');
  await visit(planner.page, '/plan');
  await planner.page.getByRole('heading', { name: 'There is no plan yet' }).waitFor();
  await planner.page.keyboard.press('n');
  await plan(planner.page, 'As it was');
  await planner.page.goto(`${server}/pot`);
  await filled(planner.page, harbour, '45%');

  const delegate = await somebody('delegate');
  await visit(delegate.page, '/pot');
  await fillOf(delegate.page, harbour).waitFor();
  const dialog = await writeOffer(delegate.page);
  await dialog.getByText('Closes 1 line, helps 1').waitFor();
  // Nothing was kept by trying.
  const before = await asked(planner.page, `${scenario}/tables/pledges?q=xae-ship`);
  assert.deepEqual(before.items, []);

  const seen = filled(planner.page, harbour, '100%');
  await dialog.getByRole('button', { name: 'Offer it' }).click();
  await delegate.page.getByText('xae-ship is in the pot').waitFor();
  context.diagnostic(`the planner's line filled ${await seen} ms after the delegate's press`);

  const row = await asked(planner.page, `${scenario}/tables/pledges/xae-ship`);
  assert.equal(row.cells.quantity, '2');
  assert.equal(row.cells.areas, 'harbour');
  assert.equal(row.cells.conditions, 'backstop');
  assert.equal(row.cells.nation, 'XAE');
  const { events } = await asked(delegate.page, `${scenario}/promises`);
  const said = events.filter(({ pledge }) => pledge === 'xae-ship');
  assert.deepEqual(said.map(({ event, after: now, status_after: status }) => [event, now, status]), [['offered', 2, 'announced']]);

  // One ship less: the line falls to 21 of 22 ship-months, and rises again when that is undone.
  await delegate.page.getByRole('button', { name: 'Change', exact: true }).click();
  const change = delegate.page.getByRole('dialog');
  await change.getByLabel(/^Quantity \(/).fill('1');
  await change.getByRole('button', { name: 'Keep' }).click();
  await filled(planner.page, harbour, '95%');
  await delegate.page.getByRole('button', { name: /^Undo/ }).last().click();
  await filled(planner.page, harbour, '100%');
  assert.equal((await asked(planner.page, `${scenario}/tables/pledges/xae-ship`)).cells.quantity, '2');

  // The planner plans anew, and the two stand side by side.
  await visit(planner.page, '/plan');
  await planner.page.getByRole('button', { name: 'Change and plan again' }).click();
  await plan(planner.page, 'With ships');
  const moved = planner.page.getByRole('grid', { name: 'Lines that rose or fell' });
  const line = moved.getByRole('row', { name: harbour });
  await line.waitFor();
  const cells = (await line.getByRole('gridcell').allTextContents()).map((text) => text.trim());
  assert.deepEqual(cells.slice(0, 4), [harbour, '45 %', '100 %', '+12']);
  assert.equal(await moved.getByRole('row').count(), 2, 'only the harbour moves');
  const list = await asked(planner.page, `${scenario}/plans`);
  assert.deepEqual(list.items.map(({ title }) => title).sort(), ['As it was', 'With ships']);

  // A delegate sees no plan that was not released.
  await visit(delegate.page, '/plan');
  await delegate.page.getByRole('heading', { name: 'There is no plan yet' }).waitFor();
  await planner.page.getByRole('button', { name: 'Release…' }).click();
  const release = planner.page.getByRole('dialog');
  await release.getByLabel('Released to').fill('all');
  await planner.page.keyboard.press('Enter');
  await release.getByRole('button', { name: 'Release…' }).click();
  await delegate.page.getByRole('region', { name: 'With ships', exact: true }).waitFor();
  await delegate.page.getByText('You see a part.').waitFor();
  await delegate.end();
  await planner.end();
});

test('a session that ends asks to sign in again and loses nothing that was typed', async () => {
  const delegate = await somebody('delegate');
  const { page } = delegate;
  await visit(page, '/pot?tab=offers');
  const dialog = await writeOffer(page);
  const name = await dialog.getByLabel('Name of the offer').inputValue();
  await dialog.locator('[aria-busy="false"]').waitFor();
  await delegate.context.clearCookies();
  await dialog.getByRole('button', { name: 'Offer it' }).click();
  const again = page.getByRole('dialog', { name: 'Please sign in again' });
  await again.getByLabel(/^Password/).fill(password);
  await page.keyboard.press('Enter');
  await page.getByText(`${name} is in the pot`).waitFor();
  assert.equal((await asked(page, `${scenario}/tables/pledges/${name}`)).cells.source, 'letter of the ministry');
  await delegate.end();
});

test('a password for one use is changed before anything else', async () => {
  const newcomer = await somebody('');
  const { page } = newcomer;
  await visit(page, '/pot?nation=XAB');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel(/^Account/).fill('newcomer');
  await page.getByLabel(/^Password/).fill(process.env.GUARANTOR_ONE_TIME);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor();
  await page.getByLabel('New password', { exact: false }).first().fill('seven slow herons');
  await page.getByLabel('New password, once more').fill('seven slow heronz');
  await page.getByText('The two are not equal.').waitFor();
  await page.getByLabel('New password, once more').fill('seven slow herons');
  await page.keyboard.press('Enter');
  // Back where the newcomer came from, signed in.
  await page.waitForURL((to) => to.pathname === '/pot' && to.searchParams.get('nation') === 'XAB');
  await page.getByRole('button', { name: 'Account newcomer' }).waitFor();
  assert.equal((await asked(page, '/api/session')).must_change, false);
  await newcomer.end();
});
