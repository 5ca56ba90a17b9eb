// Will it arrive?: an account's sender looked at through a name server of the test's own, what was found, and what to publish.
import type { Page } from '@playwright/test';
import type { AccountDraft, Api } from '../support/api';
import { expectAccessible } from '../support/axe';
import { NameServer } from '../support/dns';
import { expect, open, test as base } from '../support/fixtures';
import { ACCOUNTS, arrivalWindow, AUDIT, expectError, Report, type Window } from '../support/pages';

const test = base.extend<{ names: NameServer }>({
  names: async ({}, use) => {
    const names = await NameServer.start();
    await use(names);
    await names.stop();
  },
  settings: async ({ names }, use) => await use({ POSTROOM_RESOLVER: names.address }),
});

const ADDRESS = `${ACCOUNTS}/1/arrival`;
/** Of 2048 bits, made for these tests alone. */
const KEY = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA5QUZbDR4etXqNn8gtGZ/9DK1+UCaSmxYr5s37uiUsijyuhb1FQc605SXnktfhwjUxx4VapuuPe8l28YdXEOUdvAbbMyEkvlyTgrmp4F13VhUfy6VU2eQyjJHXttZMxSjaoMC3CbUVKhIhAYGlpVB9FWav9TkeXEkttCCfqaimZ5XWosxH3gj/xkkk31sOSNZwV+PSGlhsBAf+Zgwu3o5mzT/F5XuRGz9bhqC8AvDXJiY/Pqi605k7XdNiCjzXxqt/RvQbW9aXvpP1nrQJGXHxcXmPXGgfKwhmSYV9lm9W6NykrA/AFP/2affoVK0RDEEfDK2YxCue7Det9ZDGxjnNQIDAQAB';
const GOOD = `
  one.test MX 10 mx.one.test
  mx.one.test A 192.0.2.25
  one.test TXT v=spf1 ip4:192.0.2.10 -all
  _dmarc.one.test TXT v=DMARC1; p=reject; rua=mailto:reports@one.test
  s1._domainkey.one.test TXT v=DKIM1; k=rsa; p=${KEY}
  _smtp._tls.one.test TXT v=TLSRPTv1; rua=mailto:tls@one.test
  smtp.one.test A 192.0.2.10
  192.0.2.10 PTR smtp.one.test
`;

async function opened(page: Page, api: Api, changes: Partial<AccountDraft> = {}): Promise<Window> {
  await api.account({ name: 'Alerts', sender: 'alerts@one.test', return_path: 'alerts@one.test', host: 'smtp.one.test', ...changes });
  await open(page, ADDRESS);
  return arrivalWindow(page);
}

/** How it stands in all. */
const overall = (window: Window) => window.root.locator('.arrival-found > .notice').first();
const check = (window: Window, name: string, subject = 'one.test') =>
  window.root.locator('section').filter({ has: window.page.locator('.arrival-subject', { hasText: new RegExp(`^${subject.replaceAll('.', '\\.')}$`) }) })
    .locator('details').filter({ has: window.page.locator('.check-name', { hasText: new RegExp(`^${name}$`) }) });

/** Presses Check and waits for the answer; `verdicts` are those of the checks, in their order. */
async function look(window: Window, verdicts: string[]): Promise<void> {
  await window.button('Check').click();
  await expect(overall(window)).toBeVisible({ timeout: 30_000 });
  await expect(window.root.locator('.check-name, .check-verdict')).toHaveText(verdicts.flatMap((line) => line.split(' ')));
}

test('the row’s menu opens the window at its address; all in order is said in one glance', async ({ page, api, names }) => {
  names.knows(GOOD);
  await api.account({ name: 'Alerts', sender: 'alerts@one.test', return_path: 'alerts@one.test', host: 'smtp.one.test' });
  await (await Report.open(page)).act('Alerts', 'Will it arrive?');
  await expect(page).toHaveURL(ADDRESS);
  const window = arrivalWindow(page);
  await expect(window.root).toContainText('Alerts · alerts@one.test');
  expect(names.asked, 'nobody is asked before somebody wants it').toEqual([]);
  await window.field('DKIM selectors').fill('s1');
  await look(window, ['MX Good', 'SPF Good', 'DKIM Good', 'DMARC Good', 'MTA-STS Good', 'TLS-RPT Good', 'PTR Good']);
  await expect(overall(window)).toContainText('Nothing speaks against this mail.');
  await expect(overall(window)).toContainText('Looked at as mail from 192.0.2.10: the account\'s host, which is an assumption.');
  await expect(overall(window)).toBeFocused();
  await expect(window.root.locator('.arrival-role')).toHaveText(['Domain of the sender and of the envelope sender', 'Sending address']);
  // What is good is folded, and unfolds.
  const spf = check(window, 'SPF');
  await expect(spf.locator('.finding').first()).toBeHidden();
  await spf.locator('summary').click();
  await expect(spf).toContainText('192.0.2.10 may send for one.test: ip4:192.0.2.10 allows it (0 of 10 lookups up to there).');
  await expect(spf.locator('dt')).toHaveText(['one.test TXT']);
  await expect(spf.locator('dd')).toHaveText(['v=spf1 ip4:192.0.2.10 -all']);
  await expect(window.button('Check again')).toBeVisible();
});

test('a look is in the audit log', async ({ page, api, names }) => {
  names.knows(GOOD);
  await api.account({ name: 'Alerts', sender: 'alerts@one.test', return_path: 'alerts@one.test', host: 'smtp.one.test' });
  await open(page, ADDRESS);
  const window = arrivalWindow(page);
  await window.button('Check').click();
  await expect(overall(window)).toBeVisible({ timeout: 30_000 });
  await open(page, AUDIT);
  await expect(page.getByRole('table')).toContainText('Alerts');
  await expect(page.getByRole('table')).toContainText(/checked/i);
});

test('an SPF record that refuses: said with its words, and the record to publish is copied by a press', async ({ page, api, names, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  names.knows(GOOD).instead('one.test', 'TXT', 'v=spf1 mx -all');
  const window = await opened(page, api);
  await window.field('DKIM selectors').fill('s1._domainkey.one.test');
  await look(window, ['MX Good', 'SPF Bad', 'DKIM Good', 'DMARC Good', 'MTA-STS Good', 'TLS-RPT Good', 'PTR Good']);
  await expect(overall(window)).toContainText('Receivers will refuse this mail, or take it for spam.');
  const spf = check(window, 'SPF');
  await expect(spf).toContainText('192.0.2.10 may not send for one.test: the record refuses it (-all).');
  await expect(spf).toContainText('This address is the account\'s host, which is an assumption');
  const publish = 'v=spf1 ip4:192.0.2.10 mx -all';
  await expect(spf.locator('dd').filter({ hasText: publish })).toBeVisible();
  await spf.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(publish);
  // A record that ptr stands in as well: one record has both changes, and is shown once.
  names.instead('one.test', 'TXT', 'v=spf1 mx ptr:gone.test -all');
  await window.button('Check again').click();
  await expect(spf).toContainText('The record to publish above has this change too.');
  await expect(spf.getByRole('button', { name: 'Copy' })).toHaveCount(1);
  await expect(spf.locator('dd').last()).toContainText(publish);
  // With the address that mail really leaves from, it is another matter; and nothing is assumed any more.
  names.instead('one.test', 'TXT', 'v=spf1 mx -all').knows('192.0.2.25 PTR mx.one.test');
  await window.field('Sending addresses').fill('192.0.2.25');
  await window.button('Check again').click();
  await expect(overall(window)).toContainText('Looked at as mail from 192.0.2.25, as entered.');
  await expect(overall(window)).toContainText('Nothing speaks against this mail.');
});

test('no SPF and no DMARC: what to publish stands there whole', async ({ page, api, names }) => {
  names.knows(GOOD).instead('one.test', 'TXT').instead('_dmarc.one.test', 'TXT');
  const window = await opened(page, api);
  await look(window, ['MX Good', 'SPF Bad', 'DKIM Unknown', 'DMARC Warning', 'MTA-STS Good', 'TLS-RPT Good', 'PTR Good']);
  await expect(check(window, 'SPF').locator('.record').last()).toContainText('one.test TXT');
  await expect(check(window, 'SPF').locator('dd').last()).toContainText('v=spf1 ip4:192.0.2.10 -all');
  await expect(check(window, 'DMARC')).toContainText('Neither one.test nor its organisation has a DMARC record.');
  await expect(check(window, 'DMARC').locator('dd').last()).toContainText('v=DMARC1; p=none; rua=mailto:dmarc-reports@one.test');
  await expect(check(window, 'DMARC')).toContainText('nothing stands there');
  await expect(check(window, 'DKIM')).toContainText('Enter the selector above.');
});

test('two domains, and a key that is not there', async ({ page, api, names }) => {
  names.knows(GOOD).knows(`
    bounce.test MX 10 mx.one.test
    bounce.test TXT v=spf1 ip4:192.0.2.10 ~all
  `);
  const window = await opened(page, api, { return_path: 'back@bounce.test' });
  await window.field('DKIM selectors').fill('s9');
  await look(window, [
    'MX Good', 'DKIM Bad', 'DMARC Bad', 'MTA-STS Good', 'TLS-RPT Good',
    'MX Good', 'SPF Good', 'MTA-STS Good', 'TLS-RPT Good', 'PTR Good',
  ]);
  await expect(window.root.locator('.arrival-role')).toHaveText(['Domain of the sender', 'Domain of the envelope sender (Return-Path)', 'Sending address']);
  await expect(check(window, 'DKIM')).toContainText('No key stands at s9._domainkey.one.test');
  await expect(check(window, 'DMARC')).toContainText('neither SPF (for bounce.test) nor a DKIM key vouches for one.test. Receivers are asked to reject it.');
  // The copy that came back names the key.
  await window.field('DKIM selectors').fill('');
  await window.root.getByText('Read the selectors from a message that arrived').click();
  await window.field('The message, or its header').fill('DKIM-Signature: v=1; a=rsa-sha256; d=one.test; s=s1; b=x\r\nFrom: alerts@one.test\r\n\r\nHello');
  await window.button('Check again').click();
  await expect(check(window, 'DKIM').locator('.check-verdict')).toHaveText('Good');
  await expect(check(window, 'DMARC').locator('.check-verdict')).toHaveText('Good');
});

test('errors stand beside their fields, and the first one takes the focus', async ({ page, api, names }) => {
  const window = await opened(page, api);
  await window.fill({ 'DKIM selectors': 'a b!', 'Sending addresses': 'here' });
  await window.button('Check').click();
  await expectError(window.field('DKIM selectors'), 'A selector is a part of a name');
  await expectError(window.field('Sending addresses'), 'IP addresses belong here');
  await expect(window.field('DKIM selectors')).toBeFocused();
  await window.field('DKIM selectors').fill('s1');
  await expect(window.field('DKIM selectors')).not.toHaveAttribute('aria-invalid');
  expect(names.asked).toEqual([]);
});

test('by keyboard alone: Enter looks, Cancel gives up and the server with it, Escape closes', async ({ page, api, names }) => {
  names.knows(GOOD).saysNothing('one.test');
  await api.account({ name: 'Alerts', sender: 'alerts@one.test', return_path: 'alerts@one.test', host: 'smtp.one.test' });
  await open(page, ADDRESS);
  const window = arrivalWindow(page);
  await expect(window.field('DKIM selectors')).toBeFocused();
  // More often than may be at once: each look that is given up is over.
  for (let turn = 0; turn < 4; turn++) {
    await page.keyboard.press('Enter');
    await expect(window.root.getByRole('status')).toContainText('Asking the name servers.');
    await expect(window.button('Cancel')).toBeFocused();
    await names.wasAsked();
    await page.keyboard.press('Enter');
    await expect(window.root).toContainText('Canceled: nothing was found out.');
    await expect(window.button('Check')).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await expect(window.root).toBeHidden();
  await expect(page).toHaveURL(ACCOUNTS);
});

test('a name server that says nothing: what is unknown is not held against the domain', async ({ page, api, names }) => {
  names.saysNothing();
  const window = await opened(page, api);
  await look(window, ['MX Unknown', 'SPF Unknown', 'DKIM Unknown', 'DMARC Unknown', 'MTA-STS Unknown', 'TLS-RPT Unknown', 'PTR Unknown']);
  await expect(window.root).toContainText('Some questions have no answer: the name servers that this server asks');
  await expect(check(window, 'MX')).toContainText('No name server answered in time when asked for one.test.');
  await expect(check(window, 'PTR', 'Not known')).toContainText('No address is known that mail leaves from');
});

test('axe finds nothing before, while and after a look', async ({ page, api, names }) => {
  names.knows(GOOD).instead('one.test', 'TXT', 'v=spf1 include:gone.test ?all').instead('_dmarc.one.test', 'TXT', 'v=DMARC1; p=none').saysNothing('_mta-sts.one.test');
  const window = await opened(page, api);
  await expectAccessible(page);
  await window.button('Check').click();
  await expect(window.button('Cancel')).toBeVisible();
  await expectAccessible(page);
  await expect(overall(window)).toBeVisible({ timeout: 30_000 });
  await window.root.locator('details').evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
  await expectAccessible(page);
});

test('390 px: nothing is cut off, however long a record is', async ({ page, api, names }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  names.knows(GOOD);
  const window = await opened(page, api);
  await window.field('DKIM selectors').fill('s1');
  await look(window, ['MX Good', 'SPF Good', 'DKIM Good', 'DMARC Good', 'MTA-STS Good', 'TLS-RPT Good', 'PTR Good']);
  await check(window, 'DKIM').locator('summary').click();
  await expect(check(window, 'DKIM').locator('dd')).toContainText(KEY);
  const wide = await window.root.evaluate((dialog) => [...dialog.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > 391).map((element) => element.className));
  expect(wide).toEqual([]);
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('is told who may', async ({ page, api }) => {
    const window = await opened(page, api);
    await expect(window.root.getByRole('alert')).toContainText('Operators and administrators can check this.');
    await expect(window.button('Check')).toHaveCount(0);
  });
});

test.describe('an operator', () => {
  test.use({ role: 'operator' });

  test('may look', async ({ page, api, names }) => {
    names.knows(GOOD);
    await api.account({ name: 'Alerts', sender: 'alerts@one.test', return_path: 'alerts@one.test', host: 'smtp.one.test' });
    await (await Report.open(page)).act('Alerts', 'Will it arrive?');
    const window = arrivalWindow(page);
    await window.button('Check').click();
    await expect(overall(window)).toContainText('as far as is known');
  });
});

test('an account that is not there is said', async ({ page }) => {
  await open(page, `${ACCOUNTS}/99/arrival`);
  await expect(arrivalWindow(page).root.getByRole('alert')).toContainText('This does not exist any more.');
});
