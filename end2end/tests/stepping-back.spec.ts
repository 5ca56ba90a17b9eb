// The browser's history around windows: a page of its own, for in a frame Back belongs to the portal too.
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, Report, settingsWindow } from '../support/pages';

const CREDENTIALS = '/settings/credentials';

test('a window that was opened from its list is a step back from it when it is closed', async ({ page, api }) => {
  await api.account({ name: 'Alerts' });
  await open(page, CREDENTIALS);
  await page.getByRole('link', { name: 'SMTP Configuration' }).click();
  const report = new Report(page);
  await report.field('Name').fill('alerts');
  await expect(page).toHaveURL(`${ACCOUNTS}?name=alerts`);
  const window = settingsWindow(page);
  for (const leave of ['Cancel', 'Close']) {
    await report.row('Alerts').getByRole('button', { name: 'Edit' }).click();
    await expect(window.field('Account Name')).toHaveValue('Alerts');
    await window.button(leave).click();
    await expect(window.root).toBeHidden();
    await expect(page).toHaveURL(`${ACCOUNTS}?name=alerts`);
  }
  await page.goBack();
  await expect(page).toHaveURL(CREDENTIALS);
});

test('a window that was opened by its address leads to its list when it is closed, wherever one came from', async ({ page, api }) => {
  await api.account({ name: 'Alerts' });
  await open(page, CREDENTIALS);
  await open(page, `${ACCOUNTS}/1/edit?name=alerts`);
  await settingsWindow(page).button('Cancel').click();
  await expect(settingsWindow(page).root).toBeHidden();
  await expect(page).toHaveURL(`${ACCOUNTS}?name=alerts`);
  await page.goBack();
  await expect(page).toHaveURL(CREDENTIALS);
});

test('a window that is closed twice at once is one step back', async ({ page, api }) => {
  await api.account({ name: 'Alerts' });
  await open(page, CREDENTIALS);
  await page.getByRole('link', { name: 'SMTP Configuration' }).click();
  await new Report(page).row('Alerts').getByRole('button', { name: 'Edit' }).click();
  const window = settingsWindow(page);
  await expect(window.field('Account Name')).toHaveValue('Alerts');
  await window.button('Cancel').dblclick();
  await expect(window.root).toBeHidden();
  await expect(page).toHaveURL(ACCOUNTS);
});

test('a window closes where the browser takes no step back', async ({ page, api }) => {
  // As Chromium does after two hundred steps in ten seconds, without a word.
  await page.addInitScript(() => {
    history.back = () => undefined;
  });
  await api.account({ name: 'Alerts' });
  await open(page, ACCOUNTS);
  await new Report(page).row('Alerts').getByRole('button', { name: 'Edit' }).click();
  const window = settingsWindow(page);
  await expect(window.field('Account Name')).toHaveValue('Alerts');
  await window.button('Cancel').click();
  await expect(window.root).toBeHidden();
  await expect(page).toHaveURL(ACCOUNTS);
});
