// Parts of the program that are fetched when they are needed: on their way with the page, and waited for when they do not come.
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, settingsWindow } from '../support/pages';

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
  const ahead = await page.locator('link[rel=preload][as=fetch]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  const parts = ahead.filter((address) => !address.endsWith('/postroom.wasm'));
  expect(parts.some((address) => address.includes('/split_account_'))).toBe(true);
  await expect(settingsWindow(page).field('Account Name')).toBeVisible();
  // Each is fetched once: what was fetched ahead is what is used.
  const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname));
  for (const part of parts) expect(fetched.filter((path) => path === part), part).toHaveLength(1);
  await page.goto(ACCOUNTS);
  await expect(page.locator('link[rel=preload][as=fetch]')).toHaveCount(1);
});
