// Incidents in the header: there while something keeps mail from going out, gone once it is solved.
import type { Page } from '@playwright/test';
import { expect, open, takenOver, test } from '../support/fixtures';
import { submit } from '../support/notifications';
import { ACCOUNTS, OUTBOX, PARAMETERS, Report, sendingWindow, settingsWindow } from '../support/pages';
import { ScriptedServer } from '../support/scripted';
import { LockedOut } from '../support/sending';

const header = (page: Page) => page.getByRole('banner');
const mark = (page: Page) => header(page).getByRole('button', { name: /incident/ });
const list = (page: Page) => page.getByRole('dialog', { name: 'Incidents' });

/** What the page asks of the server about incidents. */
function askedFor(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/ui/incident')) asked.push(request.url());
  });
  return asked;
}

test('nothing is wrong: nothing is shown, on a first visit neither', async ({ page, api }) => {
  await open(page, ACCOUNTS);
  await expect(header(page).getByRole('button', { name: 'administrator' })).toBeVisible();
  await expect(mark(page)).toHaveCount(0);
  await api.account({ name: 'Alerts' });
  await page.reload();
  await takenOver(page);
  await expect(mark(page)).toHaveCount(0);
});

test('a halted account is said in words, with since when and where it is solved', async ({ page, api, postroom }) => {
  const locked = await LockedOut.make(api, postroom.url);
  await open(page, PARAMETERS);
  await expect(mark(page)).toHaveAccessibleName('1 incident');
  await mark(page).click();
  await expect(list(page).getByRole('heading', { name: 'Alerts sends nothing' })).toBeVisible();
  await expect(list(page)).toContainText('The server refused user name or password.');
  await expect(list(page)).toContainText('535 5.7.8 Authentication failed');
  await expect(list(page)).toContainText(/since \d{4}-\d\d-\d\d \d\d:\d\d/);
  await expect(list(page)).toContainText('1 message waits');
  await list(page).getByRole('link', { name: 'Its messages' }).click();
  await expect(page).toHaveURL(`${OUTBOX}?account=Alerts`);
  await expect(list(page)).toBeHidden();
  await new Report(page).expectColumn('Subject', ['For Alerts']);
  await mark(page).click();
  await list(page).getByRole('link', { name: 'Sending' }).click();
  await expect(page).toHaveURL(`${ACCOUNTS}/1/sending`);
  await expect(sendingWindow(page).root).toContainText('The server refused user name or password.');
  await sendingWindow(page).button('Cancel').click();
  await mark(page).click();
  await list(page).getByRole('link', { name: 'Edit account' }).click();
  await expect(settingsWindow(page).field('Account Name')).toHaveValue('Alerts');
  await locked.stop();
});

test('the server renders it: it is there without a script', async ({ api, postroom, pageOf }) => {
  const locked = await LockedOut.make(api, postroom.url);
  const page = await pageOf('viewer', { javaScriptEnabled: false });
  await page.goto(ACCOUNTS);
  await expect(mark(page)).toBeVisible();
  await locked.stop();
});

test('what changes nothing for a viewer is not offered', async ({ api, postroom, pageOf }) => {
  const locked = await LockedOut.make(api, postroom.url);
  const page = await pageOf('viewer');
  await open(page, ACCOUNTS);
  await mark(page).click();
  await expect(list(page).getByRole('link')).toHaveText(['View account', 'Sending', 'Its messages']);
  await locked.stop();
});

test('two are counted; solved, each disappears by itself', async ({ page, api, postroom }) => {
  const [first, second] = [await LockedOut.make(api, postroom.url), await LockedOut.make(api, postroom.url, 'Billing')];
  await page.clock.install();
  await open(page, ACCOUNTS);
  await expect(mark(page)).toHaveAccessibleName('2 incidents');
  await mark(page).click();
  await expect(list(page).getByRole('heading', { level: 3 })).toHaveText(['Alerts sends nothing', 'Billing sends nothing']);
  first.letIn();
  await api.call('sending_resume', { id: first.account.id });
  await page.clock.runFor(15_000);
  await expect(mark(page)).toHaveAccessibleName('1 incident');
  await expect(list(page).getByRole('heading', { level: 3 })).toHaveText(['Billing sends nothing']);
  second.letIn();
  await api.call('sending_resume', { id: second.account.id });
  await page.clock.runFor(15_000);
  await expect(mark(page)).toHaveCount(0);
  await expect(list(page)).toBeHidden();
  await Promise.all([first.stop(), second.stop()]);
});

test('a changed password solves it at once, in this very page', async ({ page, api, postroom }) => {
  const locked = await LockedOut.make(api, postroom.url);
  locked.letIn();
  await open(page, '/settings/credentials/1/edit');
  const window = page.getByRole('dialog', { name: 'Edit credential' });
  await window.getByLabel('Secret', { exact: true }).fill('the right one');
  await window.getByRole('button', { name: 'Save' }).click();
  await expect(window).toBeHidden();
  await expect(mark(page)).toHaveCount(0);
  await locked.stop();
});

test('without a default account there is one, and a new account solves it', async ({ page, api, postroom }) => {
  const server = await ScriptedServer.start({});
  const account = await api.account({ name: 'Only', host: '127.0.0.1', port: String(server.port), secure: false });
  await submit(postroom.url, api, { to: ['reader@example.test'], subject: 'Last words', text: 'x' });
  await api.call('account_delete', { id: account.id });
  await page.clock.install();
  await open(page, OUTBOX);
  await mark(page).click();
  await expect(list(page).getByRole('heading', { name: 'No default account' })).toBeVisible();
  await list(page).getByRole('link', { name: 'New account' }).click();
  await expect(page).toHaveURL(`${ACCOUNTS}/new`);
  await expect(settingsWindow(page).root).toBeVisible();
  await settingsWindow(page).button('Cancel').click();
  await api.account({ name: 'Next' });
  await page.clock.runFor(15_000);
  await expect(mark(page)).toHaveCount(0);
  await server.stop();
});

test('it is looked at again every 15 seconds, not while the page is hidden, and at once when it is shown again', async ({ page, api, postroom }) => {
  const locked = await LockedOut.make(api, postroom.url);
  await page.addInitScript(() => {
    Object.defineProperty(document, 'hidden', { get: () => Boolean((window as { away?: boolean }).away) });
  });
  await page.clock.install();
  await open(page, ACCOUNTS);
  const asked = askedFor(page);
  await page.clock.runFor(16_000);
  await expect.poll(() => asked.length).toBe(1);
  await page.evaluate(() => Object.assign(window, { away: true }));
  await page.clock.runFor(120_000);
  locked.letIn();
  await api.call('sending_resume', { id: 1 });
  expect(asked).toHaveLength(1);
  await page.evaluate(() => {
    Object.assign(window, { away: false });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await expect(mark(page)).toHaveCount(0);
  expect(asked).toHaveLength(2);
  await locked.stop();
});

test('on a telephone it fits into the header, and its list onto the page', async ({ page, api, postroom }) => {
  const locked = await LockedOut.make(api, postroom.url, 'An account with a rather long name of its own');
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, ACCOUNTS);
  await expect(mark(page)).toHaveAccessibleName('1 incident');
  const bar = await header(page).boundingBox();
  for (const button of await header(page).getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(bar!.y + bar!.height);
    expect(box!.x + box!.width).toBeLessThanOrEqual(390);
  }
  await mark(page).click();
  await expect(list(page).getByRole('heading', { level: 3 })).toBeVisible();
  const box = await list(page).boundingBox();
  expect(box!.x).toBeGreaterThanOrEqual(0);
  expect(box!.x + box!.width).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await locked.stop();
});
