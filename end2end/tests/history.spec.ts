// What is kept of tests, and the health check: a window for each account, a report by mail, incidents in the header.
import { expect, open, test } from '../support/fixtures';
import { newAddress, nextMail } from '../support/mail';
import { ACCOUNTS, CREDENTIALS, expectError, PARAMETERS, Report, testWindow, Window } from '../support/pages';

const history = (page: import('@playwright/test').Page) => Window.of(page, 'Test history');

test('each test is kept: how it ended, who asked, and where its time went', async ({ page, api }) => {
  await api.accountAt('implicit', { name: 'Alerts' });
  const report = await Report.open(page);
  await report.act('Alerts', 'Test history');
  await expect(page).toHaveURL(`${ACCOUNTS}/1/history`);
  await expect(history(page).root).toContainText('This account has not been tested yet.');
  await history(page).root.getByRole('link', { name: 'Test it now' }).click();
  const window = testWindow(page);
  await window.field('Send to').fill(newAddress());
  await window.button('Send').click();
  await expect(window.root.getByRole('status').getByText('Delivered', { exact: true })).toBeVisible({ timeout: 20_000 });
  await window.button('Check only').click();
  await expect(window.root.locator('[data-outcome="passed"]')).toBeVisible({ timeout: 20_000 });
  await open(page, `${ACCOUNTS}/1/history`);
  await expect(history(page).root).toContainText('All of the last 2 tests passed.');
  const rows = history(page).root.locator('.past');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText(/administrator( \(portal\))?, check only/);
  await expect(rows.nth(1).getByRole('img')).toHaveAttribute('aria-label', /.+ \d+ ms, .+ \d+ ms/);
  await expect(history(page).root).toContainText('Certificate seen last');
});

test('a failure is kept with its diagnosis and the server\'s words', async ({ page, api }) => {
  await api.accountAt('plain', { port: '9' });
  await open(page, `${ACCOUNTS}/1/test`);
  await testWindow(page).field('Send to').fill(newAddress());
  await testWindow(page).button('Send').click();
  await expect(testWindow(page).root.locator('[data-diagnosis]')).toBeVisible({ timeout: 20_000 });
  await open(page, `${ACCOUNTS}/1/history`);
  await expect(history(page).root).toContainText('The only test failed.');
  await expect(history(page).root.locator('.past')).toHaveAttribute('data-outcome', 'failed');
});

test('a viewer reads it and is offered no test', async ({ api, pageOf }) => {
  await api.accountAt('implicit', { name: 'Alerts' });
  const page = await pageOf('viewer');
  await open(page, `${ACCOUNTS}/1/history`);
  await expect(history(page).root).toContainText('This account has not been tested yet.');
  await expect(history(page).root.getByRole('link', { name: 'Test it now' })).toHaveCount(0);
});

test('the health check reports what fails, by mail through another account and in the header', async ({ page, api }) => {
  await api.accountAt('plain', { name: 'Main', port: '9' });
  await api.accountAt('plain', { name: 'Spare' });
  const to = newAddress();
  await open(page, PARAMETERS);
  await page.getByLabel('Check every (hours)').fill('0');
  await expectError(page.getByLabel('Check every (hours)'), 'This is a number from 1 to 168.');
  await page.getByLabel('Check every (hours)').fill('6');
  await page.getByLabel('Report to').fill(to);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The parameters were saved.' })).toBeVisible();
  const mail = await nextMail(to);
  expect(mail.subject).toBe('Postroom: 1 account fails');
  expect(mail.text).toContain('Main fails');
  await page.reload();
  await page.getByRole('banner').getByRole('button', { name: /incident/ }).click();
  const list = page.getByRole('dialog', { name: 'Incidents' });
  await expect(list.getByRole('heading', { name: 'Main failed its health check' })).toBeVisible();
  await list.getByRole('link', { name: 'Test history' }).click();
  await expect(history(page).root).toContainText('health check, check only');
});

test('each kind of credential asks for what it needs', async ({ page }) => {
  await open(page, `${CREDENTIALS}/new`);
  const window = Window.of(page, 'New credential');
  await expect(window.field('Tenant')).toHaveCount(0);
  await window.field('Kind').selectOption({ label: 'Microsoft 365 (client credentials)' });
  await window.fill({ 'Name': 'Office', 'User name': 'reports@contoso.example', 'Client secret': 'Kx7-geheim' });
  await window.button('Save').click();
  await expectError(window.field('Tenant'), 'This field is required.');
  await window.fill({ 'Tenant': 'contoso.example', 'Client ID': '11111111-2222-3333-4444-555555555555' });
  await expect(window.field('Token endpoint')).toHaveAttribute('placeholder', 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token');
  await window.button('Save').click();
  await expect(window.root).toBeHidden();
  await expect(new Report(page).row('Office')).toContainText('Microsoft 365 (client credentials)');

  await open(page, `${CREDENTIALS}/new`);
  await window.field('Kind').selectOption({ label: 'Google (refresh token)' });
  for (const label of ['Client ID', 'Client secret', 'Refresh token', 'Scope']) await expect(window.field(label)).toBeVisible();
  await window.field('Kind').selectOption({ label: 'Google (service account)' });
  await window.field('Key file (JSON)').fill('{}');
  await window.button('Save').click();
  await expectError(window.field('Key file (JSON)'), 'Paste the whole JSON file of the service account\'s key.');
});
