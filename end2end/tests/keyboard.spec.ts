// Single keys, and a whole working day with no mouse at all.
import type { Locator, Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { expect, open, test } from '../support/fixtures';
import { newAddress, nextMail } from '../support/mail';
import { ACCOUNTS, CONNECTORS, PARAMETERS, Report, settingsWindow, testWindow, Window } from '../support/pages';
import { world } from '../support/world';

const sheet = (page: Page) => Window.of(page, 'Keyboard shortcuts');

test.describe('single keys', () => {
  test('? shows them, Escape closes, and the keyboard is back where it was', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    const edit = report.row('Billing').getByRole('button', { name: 'Edit' });
    await edit.focus();
    await page.keyboard.press('?');
    await expect(sheet(page).root).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(sheet(page).root).toBeHidden();
    await expect(edit).toBeFocused();
  });

  test('/ goes to the search, with what stands there marked; typed into a field, keys are letters', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?name=zeta`);
    await page.keyboard.press('/');
    await expect(report.field('Name')).toBeFocused();
    await page.keyboard.type('n/et?');
    await expect(report.field('Name')).toHaveValue('n/et?');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('n is New', async ({ page, api }) => {
    await seed(api);
    await open(page, ACCOUNTS);
    await page.keyboard.press('n');
    await expect(page).toHaveURL(`${ACCOUNTS}/new`);
    await expect(settingsWindow(page).field('Account Name')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(ACCOUNTS);
  });

  test('e edits and t tests the row that has the keyboard; arrows walk', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    const edit = (at: number) => report.rows.nth(at).getByRole('button', { name: 'Edit' });
    await edit(0).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(edit(2)).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(edit(1)).toBeFocused();
    await page.keyboard.press('e');
    await expect(page).toHaveURL(`${ACCOUNTS}/2/edit`);
    await expect(settingsWindow(page).field('Account Name')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(edit(1)).toBeFocused();
    await page.keyboard.press('t');
    await expect(page).toHaveURL(`${ACCOUNTS}/2/test`);
    await expect(testWindow(page).field('Send to')).toBeFocused();
  });

  test('the row that is pointed at, without a click', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.row('Billing').hover();
    await page.keyboard.press('t');
    await expect(page).toHaveURL(`${ACCOUNTS}/3/test`);
  });

  test('the only row; of several, the first one gets the keyboard', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await page.keyboard.press('e');
    await expect(report.rows.first().getByRole('button', { name: 'Edit' })).toBeFocused();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('/');
    await page.keyboard.type('bill');
    await expect(report.rows).toHaveCount(1);
    await page.keyboard.press('ArrowDown');
    await expect(report.rows.first().getByRole('button', { name: 'Edit' })).toBeFocused();
    await page.keyboard.press('e');
    await expect(page).toHaveURL(`${ACCOUNTS}/3/edit?name=bill`);
  });

  test('in windows and menus, with Ctrl, and for what a role lacks, they do nothing', async ({ page, api, pageOf }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.menu('Billing');
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+e');
    await expect(page).toHaveURL(ACCOUNTS);
    await open(page, `${ACCOUNTS}/3/edit`);
    await settingsWindow(page).button('Cancel').focus();
    await page.keyboard.press('n');
    await page.keyboard.press('t');
    await expect(page).toHaveURL(`${ACCOUNTS}/3/edit`);
    const viewer = await pageOf('viewer');
    const rows = (await Report.open(viewer)).rows;
    await rows.first().getByRole('button', { name: 'View' }).focus();
    await viewer.keyboard.press('t');
    await viewer.keyboard.press('n');
    await viewer.keyboard.press('e');
    await expect(viewer).toHaveURL(`${ACCOUNTS}/1/edit`);
  });

  test('they can be turned off, which is kept; Ctrl+/ and the person’s menu still lead to them', async ({ page, api }) => {
    await seed(api);
    await open(page, ACCOUNTS);
    await page.getByRole('banner').getByRole('button', { name: 'administrator' }).click();
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await sheet(page).choose('Single-key shortcuts', 'No');
    await sheet(page).button('Close').click();
    await page.keyboard.press('n');
    await page.keyboard.press('?');
    await open(page, CONNECTORS);
    await page.keyboard.press('n');
    await page.keyboard.press('Control+/');
    await expect(sheet(page).root).toBeVisible();
    await expect(sheet(page).choice('Single-key shortcuts', 'No')).toBeChecked();
    await expect(page).toHaveURL(CONNECTORS);
    await sheet(page).choose('Single-key shortcuts', 'Yes');
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await expect(page).toHaveURL(`${CONNECTORS}/new`);
  });

  test('where there is no report, / and n are nobody’s', async ({ page }) => {
    await open(page, PARAMETERS);
    for (const key of ['/', 'n', 'e', 't', 'ArrowDown']) await page.keyboard.press(key);
    await expect(page).toHaveURL(PARAMETERS);
  });
});

/** Tab, as often as it takes. */
async function tabTo(page: Page, wanted: Locator, key = 'Tab'): Promise<void> {
  for (let press = 0; press < 80; press++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error('the keyboard does not get there');
}

test('the keyboard alone: an account is made, found, changed, tested and deleted', async ({ page }) => {
  const port = world().mail.ports.plain;
  const to = newAddress();
  await open(page, ACCOUNTS);
  const keys = page.keyboard;
  const window = settingsWindow(page);

  // Made.
  await keys.press('n');
  await expect(window.field('Account Name')).toBeFocused();
  await keys.type('Keyboard');
  await tabTo(page, window.field('Sender e-mail'));
  await keys.type('alerts@example.test');
  await tabTo(page, window.field('Host SMTP'));
  await keys.type('127.0.0.1');
  await tabTo(page, window.field('Port'));
  await keys.press('Control+a');
  await keys.type(String(port));
  await tabTo(page, window.choice('Use safe connection?', 'Yes'));
  await keys.press('ArrowRight');
  await expect(window.choice('Use safe connection?', 'No')).toBeChecked();
  await keys.press('Enter');
  await expect(window.root).toBeHidden();
  const report = new Report(page);
  await expect(report.rows).toHaveCount(1);

  // Found.
  await keys.press('/');
  await keys.type('keyb');
  await expect(report.rows).toHaveText([/Keyboard/]);

  // Changed.
  await keys.press('ArrowDown');
  await keys.press('e');
  await expect(window.field('Account Name')).toHaveValue('Keyboard');
  await tabTo(page, window.field('Account Name'));
  await keys.press('End');
  await keys.type(' alone');
  await keys.press('Enter');
  await expect(window.root).toBeHidden();
  await expect(report.rows).toHaveText([/Keyboard alone/]);
  await expect(report.rows.first().getByRole('button', { name: 'Edit' }), 'the keyboard is on the row again').toBeFocused();

  // Tested.
  await keys.press('t');
  await expect(testWindow(page).field('Send to')).toBeFocused();
  await keys.type(to);
  await keys.press('Enter');
  await expect(testWindow(page).root.getByRole('status').getByText('Delivered', { exact: true })).toBeVisible({ timeout: 15_000 });
  expect((await nextMail(to)).subject).toBe('TEST MESSAGE!');
  await keys.press('Escape');
  await expect(testWindow(page).root).toBeHidden();

  // Deleted.
  await tabTo(page, report.rows.first().getByRole('button', { name: 'More actions' }));
  await keys.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await keys.press('End');
  await keys.press('Enter');
  const question = page.getByRole('alertdialog');
  await tabTo(page, question.getByRole('button', { name: 'Delete' }));
  await keys.press('Enter');
  await expect(question).toBeHidden();
  await expect(page.getByRole('heading', { name: 'No SMTP account yet' })).toBeVisible();
  await keys.press('n');
  await expect(window.field('Account Name'), 'the keys go on').toBeFocused();
});
