// Many rows at once: choosing them, doing one thing to all, what was not done and why, and taking it back.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { seed } from '../support/accounts';
import type { Api } from '../support/api';
import { expectAccessible } from '../support/axe';
import { expect, open, test } from '../support/fixtures';
import { AUDIT, CONNECTORS, CREDENTIALS, Report, settingsWindow, USERS, Window } from '../support/pages';
import { ScriptedServer } from '../support/scripted';

const box = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
const pageBox = (page: Page) => page.getByRole('checkbox', { name: 'Select all on this page' });
const bar = (page: Page) => page.getByRole('region', { name: 'Selection' });
const press = async (page: Page, name: string) => await bar(page).getByRole('button', { name, exact: true }).click();
const toast = (page: Page, text: string) => page.locator('.toast').filter({ hasText: text });
const told = (page: Page, verb: string) => Window.of(page, `${verb} selected`);
const undo = (toast: Locator) => toast.getByRole('button', { name: 'Undo' });

async function choose(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await box(page, name).check();
}

async function many(api: Api, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) await api.account({ name: `account ${String(number).padStart(3, '0')}` });
}

test.describe('choosing', () => {
  test('by mouse: a row, with Shift all up to another, the page by its header', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await expect(bar(page)).toBeHidden();
    await choose(page, 'Ação');
    await expect(bar(page)).toContainText('1 selected');
    await expect(pageBox(page)).toBeChecked({ indeterminate: true });
    await box(page, 'zeta').click({ modifiers: ['Shift'] });
    await expect(bar(page)).toContainText('4 selected');
    await expect(box(page, 'Ünder')).toBeChecked();
    await expect(box(page, 'Alerts')).not.toBeChecked();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
    await pageBox(page).check();
    await expect(bar(page)).toContainText('5 selected');
    await expect(report.rows.getByRole('checkbox', { checked: true })).toHaveCount(5);
    await pageBox(page).uncheck();
    await expect(bar(page)).toBeHidden();
  });

  test('by keyboard, and the way out gives the focus to the table', async ({ page, api }) => {
    await seed(api);
    await Report.open(page);
    await box(page, 'Billing').focus();
    await page.keyboard.press('Space');
    await expect(box(page, 'Billing')).toBeChecked();
    await expect(page.locator('.report > [aria-live=polite]')).toHaveText('1 selected');
    await bar(page).getByRole('button', { name: 'Deselect' }).focus();
    await page.keyboard.press('Enter');
    await expect(bar(page)).toBeHidden();
    await expect(page.locator('.table-scroll')).toBeFocused();
    await expect(box(page, 'Billing')).not.toBeChecked();
  });

  test('is by row: filter, sort and pages change nothing of it', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await choose(page, 'Billing', 'zeta');
    await report.field('Name').fill('alerts');
    await report.expectNames(['Alerts']);
    await expect(box(page, 'Alerts')).not.toBeChecked();
    await expect(bar(page)).toContainText('2 selected');
    await report.button('Clear').click();
    await report.headers.getByRole('button', { name: 'Name' }).click();
    await report.headers.getByRole('button', { name: 'Name' }).click();
    await report.expectColumn('ID', ['5', '4', '3', '1', '2']);
    for (const [name, checked] of [['Billing', true], ['zeta', true], ['Alerts', false]] as const) {
      await expect(box(page, name)).toBeChecked({ checked });
    }
  });

  test('leaves headings and cells as they are', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
    await expect(page.getByRole('columnheader', { name: 'ID', exact: true })).toBeVisible();
    await expect(report.headers).toHaveCount(14);
    await expect(report.rows.first().getByRole('cell')).toHaveCount(14);
  });

  test('a file of what is chosen has those rows, in the order of the report', async ({ page, api }) => {
    await seed(api);
    await Report.open(page, '/settings/email/smtp?sort=-name');
    await choose(page, 'Alerts', 'Billing', 'zeta');
    const download = page.waitForEvent('download');
    await bar(page).getByRole('link', { name: 'Export selected' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    expect(csv.split('\r\n').slice(1, -1).map((line) => line.split(',')[1])).toEqual(['zeta', 'Billing', 'Alerts']);
  });
});

test.describe('one deed for many', () => {
  test('what one row refuses keeps no other from it, and is said', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await choose(page, 'Alerts', 'Billing', 'zeta');
    await press(page, 'Disable selected');
    const window = told(page, 'Disable');
    await expect(window.root.getByRole('status')).toHaveText('2 done, 1 not');
    const row = window.root.getByRole('listitem');
    await expect(row).toHaveCount(1);
    await expect(row).toContainText('Alerts');
    await expect(row).toContainText('This is the default account');
    await expectAccessible(page);
    await window.button('Try again with that one').click();
    await expect(window.root.getByRole('status')).toHaveText('0 done, 1 not');
    await row.getByRole('link', { name: 'Alerts' }).click();
    await expect(settingsWindow(page).field('Account Name')).toHaveValue('Alerts');
    await settingsWindow(page).button('Cancel').click();
    await report.expectColumn('Enabled', ['Yes', 'No', 'No', 'Yes', 'No']);
    await expect(bar(page)).toContainText('1 selected');
  });

  test('disabling many can be undone, but not what somebody has changed since', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await choose(page, 'Billing', 'Ünder', 'zeta');
    await press(page, 'Disable selected');
    const done = toast(page, 'Disable 3 accounts: done');
    await expect(undo(done)).toBeVisible();
    await report.expectColumn('Enabled', ['Yes', 'No', 'No', 'No', 'No']);
    await expect(bar(page)).toBeHidden();
    await undo(done).focus();
    await page.keyboard.press('Enter');
    await expect(toast(page, 'Undone.')).toBeVisible();
    await report.expectColumn('Enabled', ['Yes', 'No', 'Yes', 'Yes', 'Yes']);

    await choose(page, 'Billing', 'zeta');
    await press(page, 'Disable selected');
    const again = toast(page, 'Disable 2 accounts: done');
    await expect(again).toBeVisible();
    const zeta = await api.call<{ version: number }>('account_get', { id: 5 });
    await api.call('account_set_enabled', { id: 5, enabled: true });
    await api.call('account_set_enabled', { id: 5, enabled: false });
    expect(zeta.version).toBeGreaterThan(1);
    await undo(again).click();
    await expect(toast(page, '1 done, 1 not. Somebody else changed this meanwhile.')).toBeVisible();
    await report.expectColumn('Enabled', ['Yes', 'No', 'Yes', 'Yes', 'No']);
  });

  test('one row’s change can be undone, too', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.act('Billing', 'Disable');
    await undo(toast(page, 'Billing is disabled.')).click();
    await expect(toast(page, 'Undone.')).toBeVisible();
    await report.expectColumn('Enabled', ['Yes', 'No', 'Yes', 'Yes', 'Yes']);
    await report.act('Billing', 'Set as default');
    await report.expectColumn('Default', ['No', 'No', 'Yes', 'No', 'No']);
    await undo(toast(page, 'Billing is now the default account.')).click();
    await report.expectColumn('Default', ['Yes', 'No', 'No', 'No', 'No']);
  });

  test('deleting asks first, with names; what is in use stays, saying by whom', async ({ page, api }) => {
    const used = await api.credential('Used');
    await api.credential('Spare');
    await api.credential('Other');
    await api.account({ name: 'Alerts', authentication: true, credential_id: used.id });
    const report = await Report.open(page, CREDENTIALS);
    await pageBox(page).check();
    await press(page, 'Delete selected');
    const window = told(page, 'Delete');
    await expect(window.root).toContainText('Used, Spare, Other');
    await expect(window.root).toContainText('This can\'t be undone.');
    await expectAccessible(page);
    await window.button('Cancel').click();
    await report.expectNames(['Used', 'Spare', 'Other']);
    await press(page, 'Delete selected');
    await window.button('Delete 3 credentials').click();
    await expect(window.root.getByRole('status')).toHaveText('2 done, 1 not');
    await expect(window.root.getByRole('listitem')).toContainText('in use by Alerts');
    await window.button('Close').last().click();
    await report.expectNames(['Used']);
    await expect(box(page, 'Used')).toBeChecked();
  });

  test('each account is checked: no mail goes out, and a failure says why', async ({ page, api }) => {
    const good = await ScriptedServer.start({});
    const bad = await ScriptedServer.start({ answers: { MAIL: '530 5.7.0 authentication required' } });
    try {
      await api.account({ name: 'Good', host: '127.0.0.1', port: String(good.port), secure: false });
      await api.account({ name: 'Bad', host: '127.0.0.1', port: String(bad.port), secure: false });
      await Report.open(page);
      await choose(page, 'Good', 'Bad');
      await press(page, 'Test selected');
      const window = told(page, 'Test');
      await window.button('Test 2 accounts').click();
      await expect(window.field('Recipient to ask about')).toHaveAttribute('aria-invalid', 'true');
      await window.field('Recipient to ask about').fill('ann@example.test');
      await window.button('Test 2 accounts').click();
      await expect(window.root.getByRole('status')).toHaveText('1 passed, 1 not');
      await expect(window.root.getByRole('listitem')).toContainText('530 5.7.0 authentication required');
      expect(good.heard.some((line) => line.startsWith('RCPT'))).toBe(true);
      expect(good.heard.some((line) => line.startsWith('DATA'))).toBe(false);
      await window.button('Close').last().click();
      await expect(new Report(page).row('Bad')).toContainText('Failed');
    } finally {
      await good.stop();
      await bad.stop();
    }
  });

  test('can be stopped: what has not begun is not done', async ({ page, api }) => {
    const silent = await ScriptedServer.start({ greeting: 'silence' });
    try {
      for (let number = 1; number <= 8; number++) await api.account({ name: `Silent ${number}`, host: '127.0.0.1', port: String(silent.port), secure: false });
      await Report.open(page);
      await pageBox(page).check();
      await press(page, 'Test selected');
      const window = told(page, 'Test');
      await window.field('Recipient to ask about').fill('ann@example.test');
      await window.button('Test 8 accounts').click();
      await silent.clientHere();
      await expect(window.root).toContainText('0 of 8');
      await expect(window.root).toContainText('Closing this window stops it');
      await window.button('Stop').click();
      await expect(window.root.getByRole('alert')).toContainText('It was stopped');
      await silent.clientGone();
      await window.button('Close').last().click();
      await expect(bar(page)).toContainText('8 selected');
    } finally {
      await silent.stop();
    }
  });
});

test.describe('all that match', () => {
  test('beyond the page; another number than was agreed on is said first', async ({ page, api }) => {
    await many(api, 24);
    await api.account({ name: 'other' });
    const report = await Report.open(page, '/settings/email/smtp?name=account&sort=name&size=10');
    await expect(report.rows).toHaveCount(10);
    await pageBox(page).check();
    await expect(bar(page)).toContainText('All 10 on this page.');
    await press(page, 'Select all 24 that match');
    await expect(bar(page)).toContainText('All 24 that match are selected');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(report.rows.first()).toContainText('account 011');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(report.rows.getByRole('checkbox', { checked: true })).toHaveCount(4);
    await box(page, 'account 024').uncheck();
    await expect(bar(page)).toContainText('23 selected');
    await api.account({ name: 'account 025' });
    await press(page, 'Disable selected');
    const window = told(page, 'Disable');
    await window.button('Disable 23 accounts').click();
    await expect(window.root.getByRole('alert')).toContainText('Not as many rows match as when they were chosen. Nothing has been done.');
    await window.button('Disable 24 accounts').click();
    await expect(window.root.getByRole('status')).toHaveText('23 done, 1 not', { timeout: 10_000 });
    await window.button('Undo').click();
    await expect(toast(page, 'Enable 23 accounts: done')).toBeVisible({ timeout: 10_000 });
  });

  test('a file of all but one has the others, and no more', async ({ page, api }) => {
    await many(api, 12);
    await api.account({ name: 'other' });
    await Report.open(page, '/settings/email/smtp?name=account&sort=-name&size=10');
    await pageBox(page).check();
    await press(page, 'Select all 12 that match');
    await box(page, 'account 011').uncheck();
    const download = page.waitForEvent('download');
    await bar(page).getByRole('link', { name: 'Export selected' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    const others = [12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((number) => `account ${String(number).padStart(3, '0')}`);
    expect(csv.split('\r\n').slice(1, -1).map((line) => line.split(',')[1])).toEqual(others);
  });

  test('deleting more than a few asks for their number; another filter ends it', async ({ page, api }) => {
    await many(api, 24);
    const report = await Report.open(page, '/settings/email/smtp?size=10');
    await pageBox(page).check();
    await press(page, 'Select all 24 that match');
    await report.field('Name').fill('01');
    await expect(bar(page)).toBeHidden();
    await report.field('Name').fill('');
    await expect(report.rows).toHaveCount(10);
    await pageBox(page).check();
    await press(page, 'Select all 24 that match');
    await box(page, 'account 001').uncheck();
    await press(page, 'Delete selected');
    const window = told(page, 'Delete');
    const count = window.field('How many rows, as a number, to go on');
    await count.fill('24');
    await window.button('Delete 23 accounts').click();
    await expect(count).toHaveAttribute('aria-invalid', 'true');
    await count.fill('23');
    await window.button('Delete 23 accounts').click();
    await expect(toast(page, 'Delete 23 accounts: done')).toBeVisible({ timeout: 10_000 });
    await report.expectNames(['account 001']);
  });
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('makes a file of what is chosen, and no more', async ({ page, api }) => {
    await seed(api);
    await Report.open(page);
    await choose(page, 'Alerts');
    await expect(bar(page).getByRole('link', { name: 'Export selected' })).toBeVisible();
    await expect(bar(page).getByRole('button')).toHaveText(['Deselect']);
  });
});

test.describe('an operator', () => {
  test.use({ role: 'operator' });

  test('tests many, and changes none', async ({ page, api }) => {
    await seed(api);
    await Report.open(page);
    await choose(page, 'Alerts');
    await expect(bar(page).getByRole('button')).toHaveText(['Test', 'Deselect']);
  });
});

test('connectors are disabled together', async ({ page, api }) => {
  await api.connector('North');
  await api.connector('South');
  const report = await Report.open(page, CONNECTORS);
  await pageBox(page).check();
  await press(page, 'Disable selected');
  await expect(toast(page, 'Disable 2 connectors: done')).toBeVisible();
  await report.expectColumn('Enabled', ['No', 'No']);
});

test('the last administrator stays; in the audit log there is nothing to choose', async ({ page }) => {
  await open(page, USERS);
  await pageBox(page).check();
  await press(page, 'Disable selected');
  await expect(told(page, 'Disable').root.getByRole('listitem')).toContainText('At least one administrator');
  await open(page, AUDIT);
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

test('a message with Undo stays while the keyboard is on it', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page);
  await page.clock.install();
  await report.act('Billing', 'Disable');
  const done = toast(page, 'Billing is disabled.');
  await page.clock.fastForward(12_000);
  await expect(done).toBeVisible();
  await undo(done).focus();
  await page.clock.fastForward(60_000);
  await expect(done).toBeVisible();
  await report.field('Name').focus();
  await page.clock.fastForward(5_000);
  await expect(done).toBeHidden();
});

test('a page that works without any script has nothing to tick', async ({ pageOf, api }) => {
  await seed(api);
  const page = await pageOf('administrator', { javaScriptEnabled: false });
  await page.goto('/settings/email/smtp');
  await expect(page.getByRole('row', { name: /Billing/ })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

test('axe finds nothing with the bar', async ({ page, api }) => {
  await many(api, 11);
  await Report.open(page, '/settings/email/smtp?size=10');
  await pageBox(page).check();
  await expect(bar(page)).toContainText('Select all 11 that match');
  await expectAccessible(page);
});
