// The watch floor: who reports, verifies, replies, decides and checks, each at their own page.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, test } from 'node:test';
import { asked, closeBrowsers, picture, somebody, visit } from './browsing.mjs';

const program = process.env.GUARANTOR;
after(closeBrowsers);

/** Takes a step by the form that a button opens. */
async function step(page, name, fill) {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await fill(dialog);
  await dialog.getByRole('button', { name: 'Keep this step' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function state(page, word) {
  await page.locator('article header').getByText(word, { exact: true }).waitFor();
}

test('an incident goes from a report to a decision, and an auditor checks the proof', async () => {
  const monitor = await somebody('monitor');
  await visit(monitor.page, '/watch');
  await monitor.page.getByRole('button', { name: 'Report an observation' }).click();
  const form = monitor.page.getByRole('dialog');
  await form.getByLabel('Who watches').fill('patrol-01');
  await form.getByLabel('From (UTC)').fill('2026-06-12T10:00');
  await form.getByLabel('Latitude').fill('50.61');
  await form.getByLabel('Longitude').fill('35.86');
  await form.getByLabel('How many').fill('17');
  await form.getByLabel('Weapon').fill('howitzer');
  await form.getByLabel('Calibre').fill('152');
  await form.getByLabel('In words').fill('seventeen impacts east of the village');
  await picture(form, 'observation');
  await form.getByRole('button', { name: 'Send' }).click();
  await form.waitFor({ state: 'detached' });
  const { items } = await asked(monitor.page, '/api/incidents?from=2026-06-12T09:59:00Z&to=2026-06-12T10:01:00Z');
  const [incident] = items.filter(({ observers }) => observers.includes('patrol-01'));
  assert.ok(incident, 'the report is no incident');
  assert.equal(incident.munitions.explosions, 17);
  assert.equal(incident.state, 'alleged');
  // The monitor opens it, and has no step to take.
  await visit(monitor.page, '/watch?from=2026-06-12&to=2026-06-12');
  await monitor.page.locator(`tr[data-incident="${incident.id}"] a`).click();
  await monitor.page.getByText('seventeen impacts east of the village').waitFor();
  await monitor.page.getByText('Your role takes no step here now.').waitFor();
  await monitor.end();

  const verifier = await somebody('verifier');
  await visit(verifier.page, `/watch?incident=${incident.id}`);
  await verifier.page.getByRole('heading', { name: 'What is alleged' }).waitFor();
  await picture(verifier.page, 'verifier');
  await step(verifier.page, 'Verify', async (dialog) => {
    await dialog.getByRole('button', { name: 'Keep this step' }).click();
    await dialog.getByText('Say it here.').waitFor();
    await dialog.getByRole('textbox', { name: 'Why', exact: true }).fill('craters measured');
  });
  await state(verifier.page, 'verified');

  const commission = await somebody('commission');
  await visit(commission.page, `/watch?incident=${incident.id}`);
  await step(commission.page, 'Put a finding to the parties', async (dialog) => {
    await dialog.getByLabel('party-xzz').check();
    await dialog.getByLabel('How sure').selectOption('moderate');
    await dialog.getByRole('textbox', { name: 'Why', exact: true }).fill('fired from the east');
    await picture(dialog, 'commission');
  });
  await commission.page.getByText('finding put to the parties', { exact: true }).waitFor();

  // Somebody else was faster: what the verifier still sees does not count.
  await verifier.page.getByText('finding put to the parties', { exact: true }).waitFor();
  await verifier.end();

  const party = await somebody('party');
  await visit(party.page, `/watch?incident=${incident.id}`);
  await step(party.page, 'Reply for the party', async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Why', exact: true }).fill('not ours');
    await picture(dialog, 'party');
  });
  await party.end();

  await commission.page.getByText('not ours', { exact: true }).waitFor();
  await step(commission.page, 'Decide', async (dialog) => {
    await dialog.getByLabel('party-xzz').check();
    await dialog.getByLabel('How sure').selectOption('high');
    await dialog.getByRole('textbox', { name: 'Why', exact: true }).fill('two sensors agree');
    await dialog.getByLabel(/Dissents/).fill('XBE: one source alone');
  });
  await commission.page.getByText('XBE: one source alone').waitFor();
  await commission.end();

  const auditor = await somebody('auditor');
  await visit(auditor.page, `/watch?incident=${incident.id}`);
  await auditor.page.getByText('two sensors agree', { exact: true }).waitFor();
  await auditor.page.getByRole('button', { name: 'Check the proof' }).click();
  const dialog = auditor.page.getByRole('dialog');
  await dialog.getByText('The record and its salt are in the file').waitFor();
  await picture(auditor.page, 'auditor');
  const coming = auditor.page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download the proof' }).click();
  const proof = await (await coming).path();
  const key = (await asked(auditor.page, '/api/ledger')).key;
  execFileSync(program, ['ledger', 'verify', proof, '--key', key]);
  await auditor.end();
});

test('a step on what has changed meanwhile is not kept, and says what it is now', async () => {
  const first = await somebody('verifier');
  const { items } = await asked(first.page, '/api/incidents?state=alleged&limit=1');
  await visit(first.page, `/watch?incident=${items[0].id}`);
  await first.page.getByRole('button', { name: 'Verify', exact: true }).click();
  const dialog = first.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Why', exact: true }).fill('seen');
  const second = await somebody('verifier2');
  await visit(second.page, `/watch?incident=${items[0].id}`);
  await step(second.page, 'Verify', async (form) => {
    await form.getByRole('radio', { name: 'not verified' }).check();
    await form.getByRole('textbox', { name: 'Why', exact: true }).fill('nothing there');
  });
  await second.end();
  await dialog.getByRole('button', { name: 'Keep this step' }).click();
  await dialog.getByText('The incident has changed since you looked at it. Nothing was kept.').waitFor();
  await dialog.getByText('It is now not verified').waitFor();
  await dialog.getByRole('button', { name: 'Look at it again' }).click();
  await first.page.getByText('nothing there').waitFor();
  await first.end();
});

test('the queue is read by keyboard, filters stand in the link, and what is new waits to be shown', async () => {
  const { page, end } = await somebody('verifier');
  await visit(page, '/watch?state=alleged');
  await page.locator('tbody tr').first().waitFor();
  const { items } = await asked(page, '/api/incidents?state=alleged&limit=100');
  assert.equal(await page.locator('tbody tr').count(), items.length);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`state=alleged.*incident=${items[1].id}`));
  await page.getByRole('heading', { name: 'What is alleged' }).waitFor();
  await page.getByRole('combobox', { name: /^State/ }).selectOption('observed');
  await page.waitForURL(/state=observed/);
  await end();

  const reader = await somebody('verifier');
  await visit(reader.page, '/watch');
  await reader.page.locator('tbody tr').first().waitFor();
  const before = await reader.page.locator('tbody tr').first().getAttribute('data-incident');
  const monitor = await somebody('monitor');
  await visit(monitor.page, '/watch');
  await monitor.page.getByRole('button', { name: 'Report an observation' }).click();
  const form = monitor.page.getByRole('dialog');
  await form.getByLabel('Who watches').fill('patrol-02');
  await form.getByLabel('From (UTC)').fill('2026-07-02T10:00');
  await form.getByLabel('Latitude').fill('50.2');
  await form.getByLabel('Longitude').fill('36.9');
  await form.getByRole('button', { name: 'Send' }).click();
  await form.waitFor({ state: 'detached' });
  await monitor.end();
  const news = reader.page.getByRole('button', { name: /new or changed/ });
  await news.waitFor();
  assert.equal(await reader.page.locator('tbody tr').first().getAttribute('data-incident'), before);
  await news.click();
  await reader.page.waitForFunction((id) => document.querySelector('tbody tr').dataset.incident !== id, before);
  await reader.end();
});

test('the calendar says what nobody watched, and a cell leads to its incidents by keyboard', async () => {
  const { page, end } = await somebody('monitor');
  await visit(page, '/watch?view=calendar&until=2026-06-30');
  await page.getByRole('grid').waitFor();
  const told = await asked(page, '/api/watch/calendar?from=2026-06-01&to=2026-07-01');
  const blind = told.cells.find(({ incidents, watched_hours }) => incidents === null && !watched_hours);
  assert.ok(blind, 'the replay has days that nobody watched');
  const cell = page.getByRole('grid').getByRole('button', { name: new RegExp(`^${blind.sector}, .*not watched; not watched`) }).first();
  assert.equal(await cell.innerText(), '');
  assert.equal(await page.getByRole('grid').getByRole('button').filter({ hasText: /^0$/ }).count(), 0);
  await picture(page, 'calendar');
  await page.locator('[data-at="0 0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const sector = told.sectors[1].sector;
  await page.waitForURL(new RegExp(`sector=${sector}.*from=2026-06-02.*to=2026-06-02|from=2026-06-02.*sector=${sector}`));
  const { items } = await asked(page, `/api/incidents?sector=${sector}&from=2026-06-02&to=2026-06-03`);
  await page.locator(items.length > 0 ? 'tbody tr' : '.empty').first().waitFor();
  assert.equal(await page.locator('tbody tr').count(), items.length);
  await end();
});

test('a period is reported and published, and the public reads it', async () => {
  const { page, end } = await somebody('monitor');
  await visit(page, '/watch?view=report&first=2026-06-08&last=2026-06-14');
  await page.getByRole('heading', { name: 'By sector' }).waitFor();
  await picture(page, 'monitor');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await page.getByText(/Published: watch-2026-06-08/).waitFor();
  await end();
  const anyone = await somebody('');
  await visit(anyone.page, '/brief');
  await anyone.page.getByRole('link', { name: /watch-2026-06-08/ }).waitFor();
  await picture(anyone.page, 'public');
  await anyone.end();
});
