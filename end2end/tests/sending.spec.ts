// How an account sends: its limits, who takes over, paused and resumed, and why it does not.
import type { Page } from '@playwright/test';
import type { Api } from '../support/api';
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, expectError, Report, sendingWindow, type Window } from '../support/pages';
import { LockedOut, sendingOf } from '../support/sending';

const ADDRESS = `${ACCOUNTS}/1/sending`;
const limits = async (api: Api) => (await sendingOf(api, 1)).sending.limits;
const notice = (window: Window) => window.root.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' });

async function opened(page: Page): Promise<Window> {
  await open(page, ADDRESS);
  return sendingWindow(page);
}

test('Sending in the row opens the window at its address; what is saved is stored', async ({ page, api }) => {
  await api.account({ name: 'Alerts' });
  await api.account({ name: 'Second' });
  const report = await Report.open(page);
  await report.act('Alerts', 'Sending');
  await expect(page).toHaveURL(ADDRESS);
  const window = sendingWindow(page);
  await expect(window.root).toContainText('Alerts');
  await expect(window.root).toContainText('This account sends.');
  await expect(window.field('Connections at once')).toHaveValue('10');
  await expect(window.field('Messages per minute')).toHaveValue('');
  await expect(window.field('Fail-over account').locator('option')).toHaveText(['None', 'Second']);
  await window.fill({ 'Connections at once': '3', 'Messages per minute': '120' });
  await window.pick('Fail-over account', 'Second');
  await window.button('Save').click();
  await expect(window.root).toBeHidden();
  await expect(page).toHaveURL(ACCOUNTS);
  expect(await limits(api)).toEqual({ connections: 3, per_minute: 120, failover_id: 2 });
  await open(page, ADDRESS);
  await expect(window.field('Messages per minute')).toHaveValue('120');
  await expect(window.field('Fail-over account')).toHaveValue('2');
});

test('errors stand beside their fields, and the first one takes the focus', async ({ page, api }) => {
  await api.account({ name: 'Alerts' });
  const window = await opened(page);
  await window.fill({ 'Connections at once': '51', 'Messages per minute': '-1' });
  await window.button('Save').click();
  await expectError(window.field('Connections at once'), 'This is a number from 1 to 50.');
  await expectError(window.field('Messages per minute'), 'This is a number from 0 to 1,000,000.');
  await expect(window.field('Connections at once')).toBeFocused();
  await window.field('Connections at once').fill('');
  await expectError(window.field('Connections at once'), 'required');
  await window.fill({ 'Connections at once': '5', 'Messages per minute': '' });
  await window.button('Save').click();
  await expect(window.root).toBeHidden();
  expect(await limits(api)).toEqual({ connections: 5, per_minute: 0, failover_id: null });
});

test('an account that is gone by now can not take over', async ({ page, api }) => {
  await api.account({ name: 'Alerts' });
  await api.account({ name: 'Second' });
  const window = await opened(page);
  await window.pick('Fail-over account', 'Second');
  await api.call('account_delete', { id: 2 });
  await window.button('Save').click();
  await expectError(window.field('Fail-over account'), 'does not exist any more');
});

test.describe('two administrators', () => {
  async function collide(page: Page, api: Api): Promise<Window> {
    await api.account({ name: 'Alerts' });
    const window = await opened(page);
    await window.field('Connections at once').fill('3');
    const { connections, per_minute } = await limits(api);
    const version = per_minute * 64 + connections;
    await api.call('sending_update', { id: 1, version, draft: { connections: '7', per_minute: '60', failover_id: null } });
    await window.button('Save').click();
    await expect(notice(window)).toBeFocused();
    const rows = window.root.getByRole('table').getByRole('row');
    await expect(rows).toHaveText([/Field/, /Connections at once.*3.*7/, /Messages per minute.*No limit.*60/]);
    return window;
  }

  test('both versions are shown; Keep mine saves over theirs', async ({ page, api }) => {
    const window = await collide(page, api);
    await window.button('Keep mine').click();
    await expect(window.root).toBeHidden();
    expect(await limits(api)).toEqual({ connections: 3, per_minute: 0, failover_id: null });
  });

  test('Take theirs shows theirs, and leaves nothing unsaved', async ({ page, api }) => {
    const window = await collide(page, api);
    await window.button('Take theirs').click();
    await expect(window.field('Messages per minute')).toHaveValue('60');
    await window.button('Cancel').click();
    await expect(window.root).toBeHidden();
    expect(await limits(api)).toEqual({ connections: 7, per_minute: 60, failover_id: null });
  });
});

test('a halted account says why and since when; Resume tries it as it is, and keeps what was typed', async ({ page, api, postroom }) => {
  const locked = await LockedOut.make(api, postroom.url);
  const window = await opened(page);
  const state = window.root.getByRole('status');
  await expect(state).toContainText(/Nothing is sent \(since \d{4}-\d\d-\d\d \d\d:\d\d\)/);
  await expect(state).toContainText('The server refused user name or password.');
  await expect(state).toContainText('535 5.7.8 Authentication failed');
  await expect(state).toContainText('1 message waits.');
  await window.field('Messages per minute').fill('30');
  locked.letIn();
  await window.button('Resume').click();
  await expect(state).toContainText('This account sends.');
  await expect(window.field('Messages per minute')).toHaveValue('30');
  await expect(page.getByRole('banner').getByRole('button', { name: /incident/, includeHidden: true })).toHaveCount(0);
  await window.button('Save').click();
  await expect(window.root).toBeHidden();
  expect(await limits(api)).toMatchObject({ per_minute: 30 });
  await locked.stop();
});

test.describe('an operator', () => {
  test.use({ role: 'operator' });

  test('pauses and resumes, and changes no limit', async ({ page, api }) => {
    await api.account({ name: 'Alerts' });
    const report = await Report.open(page);
    await report.act('Alerts', 'Sending');
    const window = sendingWindow(page);
    await expect(window.field('Connections at once')).toBeDisabled();
    await expect(window.button('Save')).toHaveCount(0);
    await window.button('Pause').click();
    await expect(window.root.getByRole('status')).toContainText('Sending is paused.');
    expect((await sendingOf(api, 1)).sending.paused).toBe(true);
    await window.button('Resume').click();
    await expect(window.root.getByRole('status')).toContainText('This account sends.');
    expect((await sendingOf(api, 1)).sending.paused).toBe(false);
  });
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('reads, and is offered nothing', async ({ page, api }) => {
    await api.account({ name: 'Alerts' });
    const window = await opened(page);
    await expect(window.root.getByRole('status')).toContainText('This account sends.');
    await expect(window.field('Messages per minute')).toBeDisabled();
    await expect(window.root.getByRole('button')).toHaveText(['', 'Cancel']);
  });
});

test('an account that is not there is said', async ({ page }) => {
  await open(page, `${ACCOUNTS}/99/sending`);
  await expect(sendingWindow(page).root.getByRole('alert')).toContainText('This does not exist any more.');
});
