// The main job, by clicks alone: from the link that a new server prints to a mail in a real mailbox.
import { expect, takenOver, test } from '../support/fixtures';
import { newAddress, nextMail } from '../support/mail';
import { ACCOUNTS, Report, settingsWindow, testWindow, Window } from '../support/pages';
import { MAIL_USER } from '../support/postfix';
import { world } from '../support/world';

test.use({ role: 'nobody', users: false });

test('somebody who has never seen Postroom has a mail in a real mailbox', async ({ page, postroom }) => {
  await page.goto(await postroom.setupLink());
  await takenOver(page);
  await page.getByLabel('User name', { exact: true }).fill('Ada');
  await page.getByLabel('Password', { exact: true }).fill('a sentence is easier');
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(page).toHaveURL(ACCOUNTS);
  await takenOver(page);

  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Credentials' }).click();
  await page.getByRole('button', { name: 'New', exact: true }).first().click();
  const credential = Window.of(page, 'New credential');
  await credential.fill({ 'Name': 'Mail login', 'User name': MAIL_USER.name, 'Secret': MAIL_USER.password });
  await credential.button('Save').click();
  await expect(credential.root).toBeHidden();

  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'SMTP Configuration' }).click();
  await page.getByRole('button', { name: 'New', exact: true }).first().click();
  const settings = settingsWindow(page);
  await settings.fill({
    'Account Name': 'Alerts', 'Sender e-mail': MAIL_USER.name,
    'Host SMTP': 'localhost', 'Port': String(world().mail.ports.submissions),
  });
  await settings.choose('Use authentication', 'Yes');
  await settings.pick('Credential for authentication', 'Mail login');
  await settings.button('Save').click();
  await expect(settings.root).toBeHidden();

  const report = new Report(page);
  await report.field('Name').pressSequentially('ale');
  await report.expectNames(['Alerts']);
  await report.act('Alerts', 'Test setting');
  const window = testWindow(page);
  const to = newAddress();
  await window.field('Send to').fill(to);
  await window.button('Send').click();
  await expect(window.root.getByText('Delivered', { exact: true })).toBeVisible({ timeout: 15_000 });
  const mail = await nextMail(to);
  expect(mail.subject).toBe('TEST MESSAGE!');
  expect(mail.from?.address).toBe(MAIL_USER.name);

  await window.button('Close').click();
  await expect(await report.cell(report.row('Alerts'), 'Last test')).toContainText('Passed');
});
