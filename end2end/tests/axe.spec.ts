// For everybody: no rule of WCAG 2.2 AA that a program can check is broken on any page, in any window, menu or state.
import type { Locator, Page } from '@playwright/test';
import { accountDraft, type Api } from '../support/api';
import { expectAccessible } from '../support/axe';
import { expect, open, test, type Trouble } from '../support/fixtures';
import { submit } from '../support/notifications';
import type { Postroom } from '../support/postroom';
import {
  ACCOUNTS, AUDIT, CONNECTORS, CREDENTIALS, OUTBOX, PARAMETERS, PASSWORD, Report, SCHEDULES, settingsWindow, testWindow, TOKENS, USERS, Window,
} from '../support/pages';
import { LockedOut } from '../support/sending';

async function seed(api: Api): Promise<void> {
  const credential = await api.credential('Mail login');
  await api.connector('Branch', { port: '1' });
  await api.account({ name: 'Alerts', host: '127.0.0.1', port: '1', authentication: true, credential_id: credential.id });
  await api.account({ name: 'Billing with a rather long name that has to go somewhere on a narrow screen', secure: false, sender: 'a-rather-long-address@a-rather-long-domain.example.test' });
  await api.account({ name: 'Zeta', ignore_certificate_errors: true, enabled: false });
}

const PLACES = [
  ACCOUNTS, `${ACCOUNTS}/new`, `${ACCOUNTS}/1/edit`, `${ACCOUNTS}/1/test`, `${ACCOUNTS}/1/arrival`, `${ACCOUNTS}/1/history`, `${ACCOUNTS}/1/sending`, `${ACCOUNTS}/schedule`,
  OUTBOX, `${OUTBOX}/1/read`, SCHEDULES, `${SCHEDULES}/new`, CREDENTIALS, `${CREDENTIALS}/new`, `${CREDENTIALS}/1/edit`,
  CONNECTORS, `${CONNECTORS}/new`, `${CONNECTORS}/1/edit`, USERS, `${USERS}/new`, `${USERS}/1/edit`, TOKENS, `${TOKENS}/new`, AUDIT, PARAMETERS, PASSWORD, '/no-such-page',
];

const banner = (page: Page, name: string) => page.getByRole('banner').getByRole('button', { name });

/** Opens a panel below the search fields. */
async function panel(page: Page, name: string): Promise<Locator> {
  await open(page, `${ACCOUNTS}?name=a`);
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  const panel = page.getByRole('dialog', { name, exact: true });
  await expect(panel.getByRole('button').first()).toBeVisible();
  return panel;
}

type Given = { postroom: Postroom; trouble: Trouble };

const STATES: [string, (page: Page, api: Api, given: Given) => Promise<unknown>][] = [
  ['errors in the settings window', async (page) => {
    await open(page, `${ACCOUNTS}/new`);
    await settingsWindow(page).button('Save').click();
    await expect(settingsWindow(page).field('Account Name')).toBeFocused();
  }],
  ['a save that collides', async (page, api) => {
    await open(page, `${CONNECTORS}/1/edit`);
    const window = Window.of(page, 'Edit network connector');
    await window.field('Host').fill('mine.example.test');
    const draft = { name: 'Branch', kind: 'socks5', host: 'theirs.example.test', port: '1080', credential_id: null, enabled: true };
    await api.call('connector_update', { id: 1, version: 1, draft });
    await expect(window.button('Keep mine')).toBeVisible();
  }],
  ['a failed test', async (page) => {
    await open(page, `${ACCOUNTS}/1/test`);
    await testWindow(page).field('Send to').fill('a@b.test');
    await testWindow(page).button('Send').click();
    await expect(testWindow(page).root.getByText('Failed', { exact: true })).toBeVisible();
  }],
  ['a row’s menu', async (page) => await (await Report.open(page)).menu('Alerts')],
  ['the Actions menu', async (page) => {
    await open(page, ACCOUNTS);
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
  }],
  ['the Products menu', async (page) => {
    await open(page, ACCOUNTS);
    await banner(page, 'Products').click();
  }],
  ['the languages', async (page) => {
    await open(page, ACCOUNTS);
    await banner(page, 'Language').click();
  }],
  ['the person’s menu', async (page) => {
    await open(page, ACCOUNTS);
    await banner(page, 'administrator').click();
    await expect(page.getByRole('group', { name: 'Theme' })).toBeVisible();
  }],
  ['the keys', async (page) => {
    await open(page, ACCOUNTS);
    await page.keyboard.press('?');
    await expect(Window.of(page, 'Keyboard shortcuts').root).toBeVisible();
  }],
  ['the question before deleting', async (page) => await (await Report.open(page)).act('Zeta', 'Delete')],
  ['the question before changes are lost', async (page) => {
    await open(page, `${ACCOUNTS}/1/edit`);
    await settingsWindow(page).field('Account Name').fill('Other');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('alertdialog')).toBeVisible();
  }],
  ['all search fields, and nothing that matches', async (page) => {
    const report = await Report.open(page, `${ACCOUNTS}?name=nobody`);
    await report.button('More').click();
  }],
  ['a search field with a mistake, and what was found', async (page) => {
    const report = await Report.open(page, `${ACCOUNTS}?name=al&id=x`);
    await expect(report.field('ID')).toHaveAttribute('aria-invalid', 'true');
  }],
  ['a message', async (page) => {
    await (await Report.open(page)).act('Zeta', 'Enable');
    await expect(page.getByText(/was enabled|is enabled/i)).toBeVisible();
  }],
  ['the columns', async (page) => await panel(page, 'Columns')],
  ['the saved views', async (page, api) => {
    for (const [name, shared] of [['Mine', false], ['For all', true]] as const) {
      await api.call('view_create', { draft: { report: 'accounts', name, shared, query: { filter: { name }, sort: null, page: 1, size: 30 } } });
    }
    await expect((await panel(page, 'Views')).getByRole('link')).toHaveCount(2);
  }],
  ['a view being saved without a name', async (page) => {
    const views = await panel(page, 'Views');
    await views.getByRole('button', { name: 'Save view…' }).click();
    await views.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(views.getByLabel('View name')).toHaveAttribute('aria-invalid', 'true');
  }],
  ['the incidents', async (page, api, { postroom }) => {
    const locked = await LockedOut.make(api, postroom.url, 'Locked out');
    await open(page, PARAMETERS);
    await banner(page, '1 incident').click();
    await expect(page.getByRole('dialog', { name: 'Incidents' }).getByRole('heading', { name: 'Locked out sends nothing' })).toBeVisible();
    await locked.stop();
  }],
  ['a report that could not be loaded', async (page, _api, { trouble }) => {
    trouble.expect(/^request: net::ERR_FAILED \/reports\/accounts\.rows/);
    await page.route('**/reports/accounts.rows*', (route) => route.abort());
    await open(page, ACCOUNTS);
    await expect(page.getByRole('alert')).toContainText('could not be loaded');
  }],
  ['a report that is not live', async (page, _api, { postroom, trouble }) => {
    trouble.expect(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|Failed to load resource/);
    const connected = page.waitForResponse('**/events', { timeout: 10_000 });
    await open(page, ACCOUNTS);
    await connected;
    await expect(page.locator('.live')).toBeAttached();
    await postroom.stop();
    await expect(page.getByText('Not live: trying again')).toBeVisible({ timeout: 10_000 });
  }],
  ['a scheduled report', async (page, api) => {
    await api.call('schedule_create', { draft: { name: 'Daily', recipients: 'ann@example.test', start: '2026-01-01' } });
    await open(page, `${SCHEDULES}/1/edit`);
    await expect(Window.of(page, 'Edit scheduled report').field('Name')).toHaveValue('Daily');
  }],
  ['settings that collide', async (page, api) => {
    await open(page, `${ACCOUNTS}/1/edit`);
    const window = settingsWindow(page);
    await window.fill({ 'Account Name': 'Mine', 'Sender e-mail': 'mine@example.test' });
    const { version } = await api.call<{ version: number }>('account_get', { id: 1 });
    await api.call('account_update', { id: 1, version, draft: accountDraft({ name: 'Theirs', sender: 'theirs@example.test', is_default: true }) });
    await window.button('Save').click();
    await expect(window.button('Keep mine')).toBeVisible();
  }],
];

for (const path of PLACES) {
  test(`axe finds nothing: ${path}`, async ({ page, api, postroom }) => {
    await seed(api);
    if (path.startsWith(OUTBOX)) await submit(postroom.url, api, { to: ['reader@example.test'], subject: 'Waits', text: 'x' });
    await open(page, path);
    await expectAccessible(page);
  });
}

for (const [name, go] of STATES) {
  test(`axe finds nothing: ${name}`, async ({ page, api, postroom, trouble }) => {
    await seed(api);
    await go(page, api, { postroom, trouble });
    await expectAccessible(page);
  });
}

test('axe finds nothing: a first visit', async ({ page }) => {
  await open(page, ACCOUNTS);
  await expectAccessible(page);
});

test('axe finds nothing: what a viewer has', async ({ pageOf, api }) => {
  await seed(api);
  const page = await pageOf('viewer');
  await open(page, `${ACCOUNTS}/1/edit`);
  await expectAccessible(page);
});

test.describe('signed out', () => {
  test.use({ role: 'nobody' });
  for (const path of ['/sign-in', '/sign-in?error=credentials', '/setup?token=x']) {
    test(`axe finds nothing: ${path}`, async ({ page }) => {
      await open(page, path);
      await expectAccessible(page);
    });
  }
});
