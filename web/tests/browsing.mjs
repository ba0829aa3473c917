// Pages in Chromium as tests use them. Whatever breaks the content security policy, goes wrong in a script,
// or asks anything of another host fails the test in the end.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Where the server listens, e.g. `http://127.0.0.1:8080`. */
export const server = process.env.GUARANTOR_ADDRESS;
export const password = process.env.GUARANTOR_PASSWORD ?? 'four quiet lanterns';
/** Where pictures go; without it none are taken. */
const pictures = process.env.GUARANTOR_PICTURES;
/** A busy machine draws without a graphics card in seconds, not in milliseconds. */
export const patience = Number(process.env.GUARANTOR_PATIENCE ?? 90_000);

const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const drawing = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const blind = ['--disable-gpu', '--disable-3d-apis', '--disable-webgl', '--disable-webgl2'];

let browsers = new Map();

async function browser(kind) {
  if (!browsers.has(kind)) {
    const executablePath = programs.find(existsSync);
    assert.ok(executablePath, `not installed: ${programs.join(' or ')}`);
    const args = ['--no-sandbox', '--disable-dev-shm-usage', ...(kind === 'blind' ? blind : drawing)];
    browsers.set(kind, await chromium.launch({ executablePath, args }));
  }
  return browsers.get(kind);
}

export async function closeBrowsers() {
  for (const one of browsers.values()) await one.close();
  browsers = new Map();
}

/** Somebody before the pages: `name` signs in by the form; without one it is the public. */
export async function somebody(name, { width = 1366, height = 768, colours = 'light', kind = 'drawing', language = 'en' } = {}) {
  const context = await (await browser(kind)).newContext({
    viewport: { width, height },
    colorScheme: colours,
    locale: language,
    acceptDownloads: true,
    reducedMotion: 'reduce'
  });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.stack ?? error}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(`policy: ${message.text()}`);
  });
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (!['blob:', 'data:'].includes(to.protocol) && to.origin !== server) faults.push(`outside: ${request.url()}`);
  });
  if (name) await signIn(page, name);
  return {
    page,
    context,
    /** Ends it, and fails where anything went wrong on the way. */
    async end() {
      await context.close();
      assert.deepEqual(faults, []);
    }
  };
}

async function signIn(page, name) {
  await page.goto(`${server}/sign-in?to=/brief`);
  // By what browsers know them by: the labels are in the reader's language.
  await page.locator('input[autocomplete="username"]').fill(name);
  await page.locator('input[autocomplete="current-password"]').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(({ pathname }) => pathname === '/brief');
}

/** Goes to an address of the server. */
export async function visit(page, address) {
  await page.goto(`${server}${address}`);
}

/** The map with all of it drawn. */
export async function drawn(page) {
  await page.waitForSelector('[data-drawn]');
}

/** What the server answers to the page's reader. */
export async function asked(page, address) {
  const response = await page.context().request.get(`${server}${address}`);
  assert.equal(response.status(), 200, `${address}: ${response.status()} ${await response.text()}`);
  return response.json();
}

/** A picture of a page, or of part of one, for the documentation. */
export async function picture(page, name, options = {}) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  const path = join(pictures, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', ...options });
  assert.ok(statSync(path).size > 2000, `${name} is empty`);
}
