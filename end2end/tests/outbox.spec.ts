// The Outbox: messages that a program hands over, what becomes of each, and what can be done with it.
import { expect, open, takenOver, test } from '../support/fixtures';
import { newAddress, nextMail } from '../support/mail';
import { submit } from '../support/notifications';
import { OUTBOX, Report, Window } from '../support/pages';
import { ScriptedServer } from '../support/scripted';

/** A column of the page as it is now, after a fresh look. */
async function expectStatus(report: Report, status: RegExp): Promise<void> {
  await expect(report.table.locator('tbody tr td[data-column="status"]').first()).toHaveText(status, { timeout: 15_000 });
}

test('a message is delivered, and the Outbox says by which reply; Read shows it with its tries', async ({ page, api, postroom }) => {
  await api.accountAt('plain');
  const to = newAddress();
  await submit(postroom.url, api, { to: [to], subject: 'Relatório diário', text: 'Everything is well.' });
  const mail = await nextMail(to);
  expect(mail.subject).toBe('Relatório diário');
  const report = await Report.open(page, OUTBOX);
  await expectStatus(report, /^Sent/);
  await report.expectColumn('Subject', ['Relatório diário']);
  await report.expectColumn('To', [to]);
  await expect(report.table).toContainText(/250 /);
  await report.rows.first().getByRole('button', { name: /^Read/ }).click();
  await expect(page).toHaveURL(`${OUTBOX}/1/read`);
  const window = Window.of(page, 'Message');
  await expect(window.root).toContainText('Everything is well.');
  await expect(window.root).toContainText(mail.header('message-id').slice(1, -1));
  await expect(window.root.getByRole('table').getByRole('row')).toHaveCount(2);
  await expect(window.root.getByRole('table')).toContainText('Delivered');
  await window.root.locator('footer').getByRole('button', { name: 'Close' }).click();
  await expect(window.root).toBeHidden();
});

test('a refused recipient is an error that explains itself; Resend makes a new message', async ({ page, api, postroom }) => {
  const server = await ScriptedServer.start({ answers: { RCPT: '550 5.1.1 No such user here' } });
  await api.account({ name: 'Scripted', host: '127.0.0.1', port: String(server.port), secure: false });
  await submit(postroom.url, api, { to: ['nobody@example.test'], subject: 'Refused', text: 'x' });
  const report = await Report.open(page, OUTBOX);
  await expectStatus(report, /^Error sending/);
  await open(page, `${OUTBOX}/1/read`);
  await expect(Window.of(page, 'Message').root).toContainText('550 5.1.1 No such user here');
  await open(page, OUTBOX);
  await report.act('Refused', 'Resend');
  await report.expectColumn('ID', ['2', '1']);
  await server.stop();
});

test('a message that waits can be paused, resumed and canceled', async ({ page, api, postroom }) => {
  await api.account({ name: 'Nowhere', host: '127.0.0.1', port: '2525', secure: false });
  await submit(postroom.url, api, { to: ['reader@example.test'], subject: 'Waits', text: 'x' });
  const report = await Report.open(page, OUTBOX);
  await expectStatus(report, /^Waiting/);
  await report.act('Waits', 'Pause');
  await expectStatus(report, /^Paused/);
  await report.act('Waits', 'Resume');
  await expectStatus(report, /^Waiting/);
  await report.act('Waits', 'Cancel');
  await expectStatus(report, /^Canceled/);
});

test('filters narrow the report, and the address keeps them', async ({ page, api, postroom }) => {
  await api.account({ name: 'Nowhere', host: '127.0.0.1', port: '2525', secure: false });
  await submit(postroom.url, api, { to: ['ann@example.test'], subject: 'Invoice 7', text: 'x' });
  await submit(postroom.url, api, { to: ['bob@example.test'], subject: 'Password reset', text: 'x' });
  const report = await Report.open(page, OUTBOX);
  await report.expectColumn('Subject', ['Password reset', 'Invoice 7']);
  await report.field('Subject').fill('invoice');
  await report.expectColumn('Subject', ['Invoice 7']);
  await expect(page).toHaveURL(/subject=invoice/);
  await page.reload();
  await takenOver(page);
  await report.expectColumn('Subject', ['Invoice 7']);
});
