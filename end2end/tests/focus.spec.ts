// The keyboard is never lost: what is pressed keeps it, or hands it on where it goes itself.
import { expect, open, test } from '../support/fixtures';
import { seed } from '../support/accounts';
import { ACCOUNTS, Report, settingsWindow, testWindow } from '../support/pages';
import { ScriptedServer } from '../support/scripted';

test('the last page and the first: Next and Previous keep the keyboard', async ({ page, api }) => {
  for (let number = 1; number <= 15; number++) await api.account({ name: `Account ${number}` });
  const report = await Report.open(page, `${ACCOUNTS}?size=10`);
  const [next, previous] = [page.getByRole('button', { name: 'Next' }), page.getByRole('button', { name: 'Previous' })];
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(report.rows).toHaveCount(5);
  await expect(next).toBeDisabled();
  await expect(next).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(report.rows).toHaveCount(5);
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
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(ACCOUNTS);
});

for (const button of ['Undo', 'Dismiss']) {
  test(`${button} in a message hands it to the table`, async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.act('zeta', 'Disable');
    await page.locator('.toast').getByRole('button', { name: button }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'SMTP Configuration, table' })).toBeFocused();
  });
}

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
