// Find settings: asks the sender's domain on request, and offers what it publishes. A name server of the test's own answers.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, open, test as base } from '../support/fixtures';
import { NameServer } from '../support/dns';
import { ACCOUNTS, settingsWindow, type Window } from '../support/pages';

const test = base.extend<{ names: NameServer }>({
  names: async ({}, use) => {
    const names = await NameServer.start();
    await use(names);
    await names.stop();
  },
  settings: async ({ names }, use) => await use({ POSTROOM_RESOLVER: names.address }),
});

async function openNew(page: Page, sender: string): Promise<Window> {
  await open(page, `${ACCOUNTS}/new`);
  const window = settingsWindow(page);
  await window.field('Sender e-mail').fill(sender);
  return window;
}

test('what the domain publishes is offered in its order and filled in by one press', async ({ page, names }) => {
  names.knows(`
    _submissions._tcp.example.test SRV 10 0 465 second.example.test
    _submissions._tcp.example.test SRV 0 0 1465 first.example.test
    _submission._tcp.example.test SRV 0 0 587 relay.elsewhere.test
  `);
  const window = await openNew(page, 'ann@example.test');
  expect(names.asked, 'nobody is asked before somebody wants it').toEqual([]);
  await window.button('Find settings').click();
  const uses = window.root.getByRole('button', { name: /^Use .*\.test, port/ });
  await expect(uses).toHaveText([
    'Use first.example.test, port 1465 with SSL', 'Use second.example.test, port 465 with SSL', 'Use relay.elsewhere.test, port 587 with TLS',
  ]);
  await expect(window.root).toContainText('user name ann@example.test. Found in DNS (SRV _submissions).');
  await expect(window.root.getByText('This host lies outside example.test')).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
  expect(violations).toEqual([]);
  await expect(window.field('Host SMTP'), 'nothing is filled in by itself').toHaveValue('');
  await uses.nth(2).click();
  await expect(window.field('Host SMTP')).toHaveValue('relay.elsewhere.test');
  await expect(window.field('Port')).toHaveValue('587');
  await expect(window.choice('Secure connection type', 'TLS')).toBeChecked();
  await expect(window.choice('Use authentication', 'Yes')).toBeChecked();
  await expect(window.root).toContainText('These settings are filled in.');
  await expect(window.root.locator('#account-discovery')).toBeFocused();
  await expect(uses).toHaveCount(2);
});

test('without a sender, it says what comes first', async ({ page, names }) => {
  const window = await openNew(page, 'ann@');
  await window.button('Find settings').click();
  await expect(window.root).toContainText("Enter the sender's address first");
  await expect(window.field('Sender e-mail')).toBeFocused();
  expect(names.asked).toEqual([]);
});

test('a domain that publishes nothing', async ({ page }) => {
  const window = await openNew(page, 'ann@example.test');
  await window.button('Find settings').click();
  await expect(window.root).toContainText('Nothing found: example.test publishes no settings.');
  await expect(window.button('Find settings')).toBeEnabled();
});

test('a name server that says nothing: it can be cancelled, and is said where it is waited for', async ({ page, names }) => {
  names.saysNothing('_submissions._tcp.example.test', '_submission._tcp.example.test');
  const window = await openNew(page, 'ann@example.test');
  await window.button('Find settings').click();
  await expect(window.root).toContainText('Asking example.test');
  await expect(window.button('Find settings')).toBeDisabled();
  await window.button('Cancel search').click();
  await expect(window.root).not.toContainText('Asking example.test');
  await expect(window.field('Host SMTP')).toBeFocused();
  await window.button('Find settings').click();
  await expect(window.root.getByText(/The name server did not answer/)).toHaveCount(1, { timeout: 20_000 });
});
