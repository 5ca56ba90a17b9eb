// Scheduled reports: made over a report with its filter, shown with their next runs, sent by hand and by the clock.
import { type Page } from '@playwright/test';
import { seed } from '../support/accounts';
import type { Api } from '../support/api';
import { expect, open, test } from '../support/fixtures';
import { newAddress, nextMail } from '../support/mail';
import { ACCOUNTS, AUDIT, OUTBOX, Report, SCHEDULES, Window, expectError } from '../support/pages';

const title = 'Schedule Report';
const editTitle = 'Edit scheduled report';

type Draft = Record<string, unknown> & { name: string };

async function schedule(api: Api, changes: Draft): Promise<{ id: number; version: number }> {
  const draft = { recipients: 'ann@example.test', start: '2026-01-01', ...changes };
  return await api.call('schedule_create', { draft });
}

async function chooseSchedule(page: Page): Promise<Window> {
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menu', { name: 'Actions', exact: true }).getByRole('menuitem', { name: 'Schedule Report' }).click();
  return Window.of(page, title);
}

test('Schedule Report takes the filter and the sort in force, and the list shows what was made', async ({ page, api }) => {
  await seed(api);
  await open(page, `${ACCOUNTS}?name=a&enabled=yes&sort=-name`);
  const window = await chooseSchedule(page);
  await expect(page).toHaveURL(`${ACCOUNTS}/schedule?enabled=yes&name=a&sort=-name`);
  await expect(window.root).toContainText('Name “a”, Enabled “Yes”');
  await expect(window.root).toContainText('Name, descending');
  await expect(window.root).toContainText('ID, Name, Sender e-mail, Reply e-mail');
  await window.fill({ Name: 'Every Friday', Recipients: 'ann@example.test\nbob@example.test', Start: '2030-01-01', 'Sending time': '07:30', 'Time zone': 'Europe/Berlin' });
  const days = window.group('Days of the week');
  await expect(days.getByRole('checkbox', { name: 'All days' })).toBeChecked();
  await days.getByRole('checkbox', { name: 'All days' }).uncheck();
  await expect(days.getByRole('checkbox', { name: 'Monday' })).not.toBeChecked();
  await days.getByRole('checkbox', { name: 'Friday' }).check();
  const runs = window.root.getByRole('region', { name: 'Next runs' }).getByRole('listitem');
  await expect(runs).toHaveText(['Friday, 2030-01-04 07:30 (UTC+01:00)', 'Friday, 2030-01-11 07:30 (UTC+01:00)', 'Friday, 2030-01-18 07:30 (UTC+01:00)']);
  await window.pick('Format', 'PDF');
  await window.button('Save').click();
  await expect(window.root).toBeHidden();
  await expect(page).toHaveURL(`${ACCOUNTS}?enabled=yes&name=a&sort=-name`);
  const report = await Report.open(page, SCHEDULES);
  await report.expectNames(['Every Friday']);
  await report.expectColumn('Report', ['SMTP Configuration']);
  await report.expectColumn('Format', ['PDF']);
  await report.expectColumn('Recipients', ['ann@example.test, bob@example.test']);
  await report.expectColumn('Sending time', ['07:30 Europe/Berlin']);
  await report.expectColumn('Account', ['Default account']);
  await report.expectColumn('Last result', ['Never']);
  expect((await report.column('Next run'))[0]).toMatch(/^2030-01-04/);
});

test('a new schedule begins today in the browser’s time zone, and typing changes its next runs', async ({ page }) => {
  await open(page, `${SCHEDULES}/new`);
  const window = Window.of(page, title);
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  await expect(window.field('Time zone')).toHaveValue(zone);
  await expect(window.field('Start')).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  await window.fill({ Start: '2030-01-15', 'Time zone': 'UTC', 'Sending time': '23:59' });
  await window.choose('Repeat', 'Monthly');
  await window.pick('Day of the month', '31');
  const runs = window.root.getByRole('region', { name: 'Next runs' }).getByRole('listitem');
  await expect(runs).toHaveText(['Thursday, 2030-01-31 23:59 (UTC+00:00)', 'Thursday, 2030-02-28 23:59 (UTC+00:00)', 'Sunday, 2030-03-31 23:59 (UTC+00:00)']);
  await window.field('End').fill('2030-02-27');
  await expect(runs).toHaveText(['Thursday, 2030-01-31 23:59 (UTC+00:00)']);
  await window.field('End').fill('2030-01-20');
  await expect(window.root).toContainText('There is no run to come');
  await window.field('Time zone').fill('Mars/Base');
  await expect(window.root.getByRole('region', { name: 'Next runs' })).toContainText('There is no such time zone');
});

test('what is wrong is said at its field, all at once', async ({ page }) => {
  await open(page, `${SCHEDULES}/new`);
  const window = Window.of(page, title);
  await window.fill({ Recipients: 'nobody', Start: '', End: '2020-01-01', 'Sending time': '', 'Time zone': 'not a zone' });
  await window.group('Days of the week').getByRole('checkbox', { name: 'All days' }).uncheck();
  await window.button('Save').click();
  await expectError(window.field('Name'), 'This field is required.');
  await expectError(window.field('Recipients'), 'An e-mail address has a part before and behind an @.');
  await expectError(window.field('Start'), 'This field is required.');
  await expectError(window.field('Sending time'), 'This field is required.');
  await expectError(window.field('Time zone'), 'There is no such time zone.');
  await expectError(window.group('Days of the week'), 'Choose at least one day.');
  await expect(window.field('Name')).toBeFocused();
  await window.fill({ Name: 'x', Recipients: 'a@b.test', Start: '2030-01-01', End: '2029-01-01', 'Sending time': '08:00', 'Time zone': 'Mars/Base' });
  await window.group('Days of the week').getByRole('checkbox', { name: 'All days' }).check();
  await expectError(window.field('End'), 'The end is before the start.');
  await window.field('End').fill('');
  await window.button('Save').click();
  await expectError(window.field('Time zone'), 'There is no such time zone.');
});

for (const [format, begins] of [['csv', '\ufeffID,Name,'], ['html', '<!DOCTYPE html>'], ['pdf', '%PDF-']] as const) {
  test(`Send now sends what is typed as ${format}, to a real mailbox, without saving it`, async ({ page, api }) => {
    await api.accountAt('plain', { name: 'Ünïcødé Жук Ω' });
    const to = newAddress();
    await open(page, `${ACCOUNTS}/schedule`);
    const window = Window.of(page, title);
    await window.fill({ Name: 'Überblick', Recipients: to });
    await window.pick('Format', format.toUpperCase());
    await window.button('Send now').click();
    await expect(page.getByText('The report is on its way: message 1 of the Outbox.')).toBeVisible();
    const mail = await nextMail(to);
    expect(mail.subject).toBe('Überblick – SMTP Configuration');
    const [file] = mail.attachments;
    expect(file?.filename).toMatch(new RegExp(`^smtp-accounts-\\d{8}-\\d{4}\\.${format}$`));
    const content = Buffer.from(file!.content as ArrayBuffer);
    expect(content.subarray(0, 64).toString('utf8')).toContain(begins);
    if (format !== 'pdf') expect(content.toString('utf8')).toContain('Ünïcødé Жук Ω');
    await expect(window.root).toBeVisible();
    await window.button('Cancel').click();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    const list = await Report.open(page, SCHEDULES);
    await expect(list.table.locator('tbody tr')).toHaveCount(0);
  });
}

test('a row is sent now, disabled, enabled, edited and deleted; its last result leads to the Outbox', async ({ page, api }) => {
  await api.accountAt('plain');
  const to = newAddress();
  await schedule(api, { name: 'Daily', recipients: to });
  const report = await Report.open(page, SCHEDULES);
  await report.act('Daily', 'Send now');
  await nextMail(to);
  await expect.poll(async () => { await page.reload(); return await report.column('Last result'); }).toEqual(['Sent']);
  await report.act('Daily', 'Disable');
  await report.expectColumn('Enabled', ['No']);
  await report.expectColumn('Next run', ['']);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await report.expectColumn('Enabled', ['Yes']);
  await report.act('Daily', 'Disable');
  await report.expectColumn('Enabled', ['No']);
  await report.act('Daily', 'Enable');
  await report.expectColumn('Enabled', ['Yes']);
  await report.row('Daily').getByRole('button', { name: /^Edit/ }).click();
  const window = Window.of(page, editTitle);
  await expect(window.root).toContainText('By hand');
  await window.field('Name').fill('Renamed');
  await window.button('Save').click();
  await report.expectNames(['Renamed']);
  await report.table.getByRole('link', { name: 'Sent' }).click();
  await expect(page).toHaveURL(`${OUTBOX}/1/read`);
  await open(page, SCHEDULES);
  await report.act('Renamed', 'Delete');
  await page.getByRole('alertdialog', { name: 'Delete scheduled report?' }).getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('No scheduled report yet')).toBeVisible();
});

test('an account that a schedule names is not deleted, and the refusal says by which', async ({ page, api }) => {
  await api.account({ name: 'Default' });
  const other = await api.account({ name: 'Other' });
  await schedule(api, { name: 'Through other', account_id: other.id });
  const report = await Report.open(page, ACCOUNTS);
  await report.act('Other', 'Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('It is in use by Through other. Change that first.')).toBeVisible();
});

test('two administrators who save one schedule see both versions', async ({ page, api }) => {
  const { id, version } = await schedule(api, { name: 'Daily' });
  await open(page, `${SCHEDULES}/${id}/edit`);
  const window = Window.of(page, editTitle);
  await window.field('Name').fill('Mine');
  await api.call('schedule_update', { id, version, draft: { name: 'Theirs', recipients: 'bob@example.test', start: '2026-01-01' } });
  await window.button('Save').click();
  await expect(window.root).toContainText('Somebody else saved this meanwhile');
  await expect(window.root.getByRole('row', { name: /Recipients/ })).toContainText('bob@example.test');
  await window.button('Keep mine').click();
  await expect(window.root).toBeHidden();
  const report = new Report(page);
  await report.expectNames(['Mine']);
  await report.expectColumn('Recipients', ['ann@example.test']);
});

test('every report can be scheduled from its page', async ({ page }) => {
  await open(page, `${AUDIT}?actor=ann`);
  const window = await chooseSchedule(page);
  await expect(window.field('Report')).toHaveValue('audit');
  await expect(window.root).toContainText('User “ann”');
});

test.describe('roles', () => {
  test.use({ role: 'viewer' });
  test('a viewer reads schedules and finds no button that could only fail', async ({ page, api }) => {
    await schedule(api, { name: 'Daily' });
    const report = await Report.open(page, SCHEDULES);
    await expect(page.getByRole('button', { name: 'New', exact: true })).toHaveCount(0);
    await expect(report.row('Daily').getByRole('button', { name: 'More actions' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await expect(page.getByRole('menuitem', { name: 'Export CSV' })).toBeVisible();
    await expect(page.getByRole('menuitem', { name: 'Schedule Report' })).toHaveCount(0);
  });
});
