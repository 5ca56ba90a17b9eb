// The keyboard is never lost: what is pressed keeps it, or hands it on where it goes itself.
import type { Page } from '@playwright/test';
import { expect, open, test } from '../support/fixtures';
import { seed } from '../support/accounts';
import { ACCOUNTS, Report, sendingWindow, settingsWindow, testWindow, Window } from '../support/pages';
import { ScriptedServer } from '../support/scripted';

const table = (page: Page) => page.getByRole('region', { name: 'SMTP Configuration, table' });
const steps = (page: Page) => page.evaluate(() => history.length);

test('the last page and the first: Next and Previous keep the keyboard', async ({ page, api }) => {
  for (let number = 1; number <= 15; number++) await api.account({ name: `Account ${number}` });
  const report = await Report.open(page, `${ACCOUNTS}?size=10`);
  const [next, previous] = [page.getByRole('button', { name: 'Next' }), page.getByRole('button', { name: 'Previous' })];
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(report.rows).toHaveCount(5);
  await expect(next).toBeDisabled();
  await expect(next).toBeFocused();
  // Pressed again, it does nothing: there would be a step of history more.
  const before = await steps(page);
  await page.keyboard.press('Enter');
  await expect(report.rows).toHaveCount(5);
  expect(await steps(page)).toBe(before);
  await page.keyboard.press('Shift+Tab');
  await expect(previous).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(report.rows).toHaveCount(10);
  await expect(previous).toBeDisabled();
  await expect(previous).toBeFocused();
});

test('Clear keeps it, and does nothing more', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page, `${ACCOUNTS}?name=zeta`);
  await report.button('Clear').focus();
  await page.keyboard.press('Enter');
  await expect(report.button('Clear')).toBeDisabled();
  await expect(report.button('Clear')).toBeFocused();
  await expect(page).toHaveURL(ACCOUNTS);
  const before = await steps(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(ACCOUNTS);
  expect(await steps(page)).toBe(before);
});

for (const button of ['Undo', 'Dismiss']) {
  test(`${button} in a message hands it to the table`, async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.act('zeta', 'Disable');
    await page.locator('.toast').getByRole('button', { name: button }).focus();
    await page.keyboard.press('Enter');
    await expect(table(page)).toBeFocused();
  });
}

test('what is done with many rows keeps it, and so does choosing all that match', async ({ page, api }) => {
  for (let number = 1; number <= 12; number++) await api.account({ name: `Account ${number}` });
  await open(page, `${ACCOUNTS}?size=10`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  const bar = page.getByRole('region', { name: 'Selection' });
  await bar.getByRole('button', { name: 'Select all 12 that match' }).focus();
  await page.keyboard.press('Enter');
  await expect(bar).toContainText('All 12 that match');
  await expect(bar.getByRole('button').first()).toBeFocused();
  // The bar goes with what was chosen.
  await bar.getByRole('button', { name: 'Deselect' }).focus();
  await page.keyboard.press('Enter');
  await expect(table(page)).toBeFocused();
  for (const number of [1, 2]) await page.getByRole('checkbox', { name: `Select Account ${number}`, exact: true }).check();
  const disable = bar.getByRole('button', { name: 'Disable selected' });
  await disable.focus();
  await page.keyboard.press('Enter');
  // The default account can't be, and stays chosen; so does the button.
  const told = Window.of(page, 'Disable selected');
  await expect(told.root).toContainText('1 done, 1 not');
  await told.root.locator('footer').getByRole('button', { name: 'Close', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(disable).toBeFocused();
  const enable = bar.getByRole('button', { name: 'Enable selected' });
  await enable.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('done');
  await expect(table(page)).toBeFocused();
});

test('Retry hands it to the rows that it brings', async ({ page, api, trouble }) => {
  trouble.expect(/^request: net::ERR_FAILED \/reports\/accounts\.rows/);
  await seed(api);
  const rows = '**/reports/accounts.rows*';
  await page.route(rows, (route) => route.abort());
  const report = await Report.open(page);
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  await page.unroute(rows);
  await page.getByRole('button', { name: 'Retry' }).focus();
  await page.keyboard.press('Enter');
  await expect(report.row('zeta')).toBeVisible();
  await expect(table(page)).toBeFocused();
});

test('Pause hands it to Resume, and Resume to Pause', async ({ page, api }) => {
  await api.account({ name: 'Alerts' });
  const report = await Report.open(page);
  await report.act('Alerts', 'Sending');
  const window = sendingWindow(page);
  await window.button('Pause').focus();
  await page.keyboard.press('Enter');
  await expect(window.button('Resume')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(window.button('Pause')).toBeFocused();
});

test('a save that fails keeps it where it was, and can be tried again', async ({ page, api, trouble }) => {
  trouble.expect(/ERR_FAILED/);
  await seed(api);
  await open(page, `${ACCOUNTS}/1/edit`);
  const window = settingsWindow(page);
  await window.field('Account Name').fill('Other');
  await page.route('**/api/ui/account_update', (route) => route.abort());
  await window.button('Save').focus();
  await page.keyboard.press('Enter');
  await expect(window.root.getByRole('alert')).toBeVisible();
  await expect(window.button('Save')).toBeFocused();
  await page.unroute('**/api/ui/account_update');
  await page.keyboard.press('Enter');
  await expect(window.root).toBeHidden();
});

test('while a test runs it is on Cancel, and then on Send; the next test knows the recipient', async ({ page, api }) => {
  const server = await ScriptedServer.start({ answers: { EHLO: 'silence' } });
  await api.account({ name: 'Slow', host: '127.0.0.1', port: String(server.port), secure: false });
  await api.account({ name: 'Other' });
  await open(page, `${ACCOUNTS}/1/test`);
  const window = testWindow(page);
  await window.field('Send to').fill('reader@example.test');
  await page.keyboard.press('Enter');
  await expect(window.button('Cancel')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(window.button('Send')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(window.root).toBeHidden();
  await new Report(page).act('Other', 'Test setting');
  await expect(testWindow(page).field('Send to')).toHaveValue('reader@example.test');
  await expect(testWindow(page).field('Send to')).toBeFocused();
  await server.stop();
});

test('a test that is refused before the next frame has it on Send', async ({ page, api }) => {
  await api.account({ name: 'Nobody', host: '127.0.0.1', port: '1', secure: false });
  await open(page, `${ACCOUNTS}/1/test`);
  const window = testWindow(page);
  await window.field('Send to').fill('reader@example.test');
  // A frame comes only after the answer.
  await page.evaluate(() => {
    const soon = requestAnimationFrame;
    let answered = () => {};
    const answer = new Promise<void>((resolve) => { answered = resolve; });
    new MutationObserver(() => { if (document.querySelector('.outcome')) answered(); }).observe(document.body, { childList: true, subtree: true });
    globalThis.requestAnimationFrame = (then) => { void answer.then(() => soon(then)); return 0; };
  });
  await window.button('Send').focus();
  await page.keyboard.press('Enter');
  await expect(window.root.getByText('Failed', { exact: true })).toBeVisible();
  await expect(window.button('Send')).toBeFocused();
});

test('a test over the settings’ window has it on Send in the end, too', async ({ page, api }) => {
  await api.account({ name: 'Nobody', host: '127.0.0.1', port: '1', secure: false });
  await open(page, `${ACCOUNTS}/1/edit`);
  await settingsWindow(page).button('Test without saving').click();
  const window = testWindow(page);
  await window.field('Send to').fill('reader@example.test');
  await page.keyboard.press('Enter');
  await expect(window.root.getByText('Failed', { exact: true })).toBeVisible();
  await expect(window.button('Send')).toBeFocused();
});
