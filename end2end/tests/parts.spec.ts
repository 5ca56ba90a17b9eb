// Parts of the program that are fetched when they are needed: on their way with the page, and waited for when they do not come.
import type { Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, Report, settingsWindow } from '../support/pages';

test('a part that does not come is said, tried again, and goes on where it was', async ({ page, trouble }) => {
  trouble.expect(/^request: net::ERR_FAILED \/pkg\/.*\.wasm$/);
  let lost = false;
  await page.route(/\/pkg\/.*\/(chunk|split)_.*\.wasm$/, (route) => (lost ? route.abort() : route.continue()));
  await open(page, ACCOUNTS);
  const late = page.getByRole('status').filter({ hasText: /can't be fetched/ });
  await expect(late).toBeHidden();
  lost = true;
  await page.getByRole('button', { name: 'New', exact: true }).first().click();
  await expect(late).toBeVisible({ timeout: 10_000 });
  await expect(late.getByRole('link', { name: 'Reload' })).toBeVisible();
  lost = false;
  await expect(settingsWindow(page).field('Account Name')).toBeVisible({ timeout: 15_000 });
  await expect(late).toBeHidden();
});

test('what a window’s address needs is on its way before the program has come', async ({ page }) => {
  await page.goto(`${ACCOUNTS}/new`);
  const parts = (await ahead(page)).filter((address) => !address.endsWith('/postroom.wasm'));
  expect(parts.some((address) => address.includes('/split_account_'))).toBe(true);
  await expect(settingsWindow(page).field('Account Name')).toBeVisible();
  // Each is fetched once: what was fetched ahead is what is used.
  const all = await fetched(page);
  for (const part of parts) expect(all.filter((address) => address === part), part).toHaveLength(1);
});

test('a report’s rows are on their way before the program has come, and are fetched once', async ({ page, api, pageOf }) => {
  await seed(api);
  const report = await Report.open(page);
  const rows = '/reports/accounts.rows?most=1000';
  expect((await ahead(page)).map((address) => address.replace(/.*\.wasm$/, 'program'))).toEqual(['program', rows]);
  await expect(page.locator('.live')).toBeAttached();
  expect((await fetched(page)).filter((address) => address.includes('.rows'))).toEqual([rows]);
  // No server is needed any more.
  await page.route('**/reports/**', (route) => route.abort());
  await report.field('Name').fill('bill');
  await report.expectColumn('Name', ['Billing']);

  // Nothing is asked for that would be refused.
  const viewer = await pageOf('viewer');
  await viewer.goto('/settings/users');
  expect((await ahead(viewer)).filter((address) => address.includes('.rows'))).toEqual([]);
});

/** What the document tells the browser to fetch. */
const ahead = async (page: Page): Promise<string[]> =>
  await page.locator('link[rel=preload][as=fetch]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));

/** All that has been fetched. */
const fetched = async (page: Page): Promise<string[]> =>
  await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name)).map((url) => url.pathname + url.search));
