// For everybody: no rule of WCAG 2.2 AA that a program can check is broken on any page, in any window, menu or state.
import type { Page } from '@playwright/test';
import type { Api } from '../support/api';
import { expectAccessible } from '../support/axe';
import { expect, open, test } from '../support/fixtures';
import { submit } from '../support/notifications';
import {
  ACCOUNTS, AUDIT, CONNECTORS, CREDENTIALS, OUTBOX, PARAMETERS, PASSWORD, Report, SCHEDULES, settingsWindow, testWindow, TOKENS, USERS, Window,
} from '../support/pages';

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

const STATES: [string, (page: Page, api: Api) => Promise<unknown>][] = [
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
  test(`axe finds nothing: ${name}`, async ({ page, api }) => {
    await seed(api);
    await go(page, api);
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
