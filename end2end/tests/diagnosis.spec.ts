// Why a test failed, and what helps: each remedy is pressed and turns a failing account into one that passes.
import type { Page } from '@playwright/test';
import { atService } from '../support/api';
import { expect, open, test } from '../support/fixtures';
import { mailsFor, newAddress, nextMail } from '../support/mail';
import { ACCOUNTS, settingsWindow, testWindow, type Window } from '../support/pages';
import { MAIL_USER } from '../support/postfix';
import { world } from '../support/world';

async function openTest(page: Page, id = 1): Promise<Window> {
  await open(page, `${ACCOUNTS}/${id}/test`);
  const window = testWindow(page);
  await expect(window.field('Send to')).toBeVisible();
  return window;
}

async function send(window: Window, outcome: string, button = 'Send', to = newAddress()): Promise<string> {
  await window.field('Send to').fill(to);
  await window.button(button).click();
  await expect(window.root.getByRole('status').getByText(outcome, { exact: true })).toBeVisible({ timeout: 20_000 });
  return to;
}

const diagnosis = (window: Window) => window.root.locator('[data-diagnosis]');

/** From the settings window with its remedy filled in to a message that arrives. */
async function saveAndPass(page: Page): Promise<void> {
  await settingsWindow(page).button('Save and test').click();
  const again = testWindow(page);
  await expect(again.field('Send to')).toBeVisible();
  await nextMail(await send(again, 'Delivered'));
}

test.describe('remedies', () => {
  test('SSL where the port speaks plain text: switch to TLS', async ({ page, api }) => {
    await api.accountAt('starttls', { security_type: 'ssl' });
    const window = await openTest(page);
    await send(window, 'Failed');
    await expect(diagnosis(window)).toHaveAttribute('data-diagnosis', 'tls_plaintext_port');
    await expect(diagnosis(window), 'the end comes into sight by itself').toBeInViewport();
    await window.button(`Switch to TLS (STARTTLS) on port ${world().mail.ports.starttls}`).click();
    const settings = settingsWindow(page);
    await expect(settings.choice('Secure connection type', 'TLS')).toBeChecked();
    await expect(settings.root).toContainText('Filled in: Secure connection type. Nothing is saved yet.');
    await saveAndPass(page);
  });

  test('TLS where the port waits for SSL: found within seconds, switch to SSL', async ({ page, api }) => {
    await api.accountAt('implicit', { security_type: 'tls' });
    const window = await openTest(page);
    await send(window, 'Failed');
    await expect(diagnosis(window)).toHaveAttribute('data-diagnosis', 'port_expects_tls');
    await window.button(`Switch to SSL on port ${world().mail.ports.implicit}`).click();
    await expect(settingsWindow(page).choice('Secure connection type', 'SSL')).toBeChecked();
    await saveAndPass(page);
  });

  test('a login that is missing: turn on authentication', async ({ page, api }) => {
    await api.accountAt('submission', { authentication: false, credential_id: null });
    await api.credential('Relay');
    const window = await openTest(page);
    await send(window, 'Failed');
    await window.button('Turn on authentication').click();
    const settings = settingsWindow(page);
    await expect(settings.choice('Use authentication', 'Yes')).toBeChecked();
    await settings.pick('Credential for authentication', 'Relay');
    const secret = settings.field('Secret');
    if (await secret.count()) await secret.fill(MAIL_USER.password);
    await saveAndPass(page);
  });

  test('a certificate for another name: use that name as host', async ({ page, api }) => {
    await api.accountAt('implicitByName', { host: '127.0.0.1' });
    const window = await openTest(page);
    await send(window, 'Failed');
    await expect(diagnosis(window)).toHaveAttribute('data-diagnosis', 'certificate_wrong_name');
    await window.button('Use localhost as host').click();
    await expect(settingsWindow(page).field('Host SMTP')).toHaveValue('localhost');
    await saveAndPass(page);
  });

  test('encryption that the server demands: switch to TLS', async ({ page, api }) => {
    await api.accountAt('submission', { secure: false, authentication: false, credential_id: null });
    await api.credential('Relay');
    const window = await openTest(page);
    await send(window, 'Failed');
    await expect(diagnosis(window)).toHaveAttribute('data-diagnosis', 'encryption_required');
    await window.button(`Switch to TLS (STARTTLS) on port ${world().mail.ports.submission}`).click();
    const settings = settingsWindow(page);
    await expect(settings.choice('Use safe connection?', 'Yes')).toBeChecked();
    await expect(settings.choice('Secure connection type', 'TLS')).toBeChecked();
    await settings.choose('Use authentication', 'Yes');
    await settings.pick('Credential for authentication', 'Relay');
    await saveAndPass(page);
  });

  test('values not saved yet are filled in where they are', async ({ page }) => {
    await open(page, `${ACCOUNTS}/new`);
    const settings = settingsWindow(page);
    const { host, port } = atService('starttls');
    await settings.fill({ 'Account Name': 'New', 'Sender e-mail': 'alerts@example.test', 'Host SMTP': host!, Port: port! });
    await settings.button('Test without saving').click();
    const window = testWindow(page);
    await send(window, 'Failed');
    await window.button(`Switch to TLS (STARTTLS) on port ${port}`).click();
    await expect(window.root).toHaveCount(0);
    await expect(settings.choice('Secure connection type', 'TLS')).toBeChecked();
    await expect(settings.field('Account Name')).toHaveValue('New');
    await saveAndPass(page);
  });
});

test.describe('an operator', () => {
  test.use({ role: 'operator' });

  test('is told why, and offered no change of settings', async ({ page, api }) => {
    await api.accountAt('starttls', { security_type: 'ssl' });
    const window = await openTest(page);
    await send(window, 'Failed');
    await expect(diagnosis(window)).toHaveAttribute('data-diagnosis', 'tls_plaintext_port');
    await expect(window.root.locator('.remedies')).toHaveCount(0);
  });
});

test.describe('the explanation', () => {
  test('says why and what to do, and again in another language', async ({ page, api }) => {
    const credential = await api.credential('Wrong', MAIL_USER.name, 'not the password at all');
    await api.accountAt('submission', { credential_id: credential.id });
    const window = await openTest(page);
    await send(window, 'Failed');
    const why = window.root.locator('.diagnosis');
    await expect(why.getByRole('heading', { name: 'Why' })).toBeVisible();
    await expect(why.getByRole('heading', { name: 'What to do' })).toBeVisible();
    await expect(why).toHaveAttribute('lang', 'en');
    await window.button('Português').click();
    await expect(why).toHaveAttribute('lang', 'pt-BR');
    await expect(diagnosis(window)).toContainText('O servidor recusou');
    await expect(window.button('Português')).toHaveAttribute('aria-pressed', 'true');
    await window.button('Español').click();
    await expect(diagnosis(window)).toContainText('El servidor');
  });
});

test.describe('the transcript', () => {
  test('every line is under its step, the secret is not, and all of it can be copied', async ({ page, api, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await api.accountAt('submission');
    const window = await openTest(page);
    await send(window, 'Delivered');
    const login = window.root.locator('[data-step="auth"]');
    await login.getByText('2 lines said').click();
    await expect(login.locator('.transcript')).toContainText('C: AUTH PLAIN ***');
    await expect(login.locator('.transcript')).toContainText('S: 235 2.7.0');
    await expect(window.root.locator('[data-step="ehlo"]')).toHaveCount(2);
    await expect(window.root.locator('[data-step="ehlo"]').last()).toContainText('Introduce ourselves (EHLO) again');
    await window.button('Copy transcript').click();
    await expect(page.getByText('The transcript is in the clipboard.')).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    for (const said of ['S: 220 ', 'C: STARTTLS', 'C: AUTH PLAIN ***', 'C: MAIL FROM:<alerts@example.test>', 'C: .', 'S: 221 ']) {
      expect(copied).toContain(said);
    }
    const encoded = Buffer.from(`\0${MAIL_USER.name}\0${MAIL_USER.password}`).toString('base64');
    for (const secret of [MAIL_USER.password, encoded]) expect(copied).not.toContain(secret);
  });

  test('the certificate is shown, believed or not', async ({ page, api }) => {
    await api.accountAt('implicitUntrusted');
    const window = await openTest(page);
    await send(window, 'Failed');
    const tls = window.root.locator('[data-step="tls"]');
    await tls.getByText('2 certificates').click();
    await expect(tls).toContainText('CN=untrusted');
    await expect(tls).toContainText('CN=Postroom test other-ca');
    await expect(tls).toContainText('EC P-256');
  });
});

test('a check goes as far as the recipient and sends nothing', async ({ page, api }) => {
  await api.accountAt('submission');
  const window = await openTest(page);
  const to = await send(window, 'Passed', 'Check only');
  await expect(window.root.locator('[data-step="rcpt"]')).toHaveAttribute('data-state', 'passed');
  await expect(window.root.locator('[data-step="data"]')).toHaveAttribute('data-state', 'skipped');
  expect(await mailsFor(to)).toEqual([]);
});
