// Trust instead of ignore: an authority or one certificate, trusted by an account after its fingerprint was shown.
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import type { Page } from '@playwright/test';
import { expect, open, test } from '../support/fixtures';
import { newAddress, nextMail } from '../support/mail';
import { ACCOUNTS, expectError, Report, settingsWindow, testWindow, Window } from '../support/pages';
import { world } from '../support/world';

/** The certificates that a mail server shows, its own first. */
async function shown(port: number): Promise<X509Certificate[]> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await new Promise((ready) => socket.once('secureConnect', ready));
  const own = socket.getPeerCertificate(true);
  socket.destroy();
  return [own.raw, own.issuerCertificate.raw].map((raw) => new X509Certificate(raw));
}

async function failing(page: Page, code: string): Promise<Window> {
  await open(page, `${ACCOUNTS}/1/test`);
  const window = testWindow(page);
  await window.field('Send to').fill(newAddress());
  await window.button('Send').click();
  await expect(window.root.locator('[data-diagnosis]')).toHaveAttribute('data-diagnosis', code, { timeout: 20_000 });
  return window;
}

async function saveAndPass(page: Page): Promise<void> {
  await settingsWindow(page).button('Save and test').click();
  const again = testWindow(page);
  const to = newAddress();
  await again.field('Send to').fill(to);
  await again.button('Send').click();
  await expect(again.root.getByRole('status').getByText('Delivered', { exact: true })).toBeVisible({ timeout: 20_000 });
  await nextMail(to);
}

test('a private authority: trusted after its fingerprint was shown, and the mail goes out', async ({ page, api }) => {
  await api.accountAt('implicitUntrusted', {});
  const [, authority] = await shown(world().mail.ports.implicitUntrusted);
  const window = await failing(page, 'certificate_unknown_issuer');
  await window.button('Trust this authority for this account').click();
  const question = Window.of(page, 'Trust this authority?');
  await expect(question.root).toContainText(authority!.fingerprint256);
  await question.button('Cancel').click();
  await expect(question.root).toBeHidden();
  await window.button('Trust this authority for this account').click();
  await question.button('The fingerprint is right: fill it in').click();
  const settings = settingsWindow(page);
  await expect(settings.field('Trusted authority (PEM)')).toHaveValue(/BEGIN CERTIFICATE/);
  await expect(settings.root).toContainText('Filled in: Trusted authority (PEM). Nothing is saved yet.');
  await saveAndPass(page);
});

test('one certificate: pinned, and the mail goes out', async ({ page, api }) => {
  await api.accountAt('implicitUntrusted', {});
  const [own] = await shown(world().mail.ports.implicitUntrusted);
  const window = await failing(page, 'certificate_unknown_issuer');
  await window.button('Trust exactly this certificate').click();
  const question = Window.of(page, 'Trust exactly this certificate?');
  await expect(question.root).toContainText(own!.fingerprint256);
  await question.button('The fingerprint is right: fill it in').click();
  await expect(settingsWindow(page).field('Pinned certificate (SHA-256)')).toHaveValue(own!.fingerprint256);
  await saveAndPass(page);
});

test('another certificate than the pinned one is refused, and both fingerprints are said', async ({ page, api }) => {
  const pinned = Array(32).fill('AB').join(':');
  await api.accountAt('implicit', { pinned_certificate: pinned });
  const window = await failing(page, 'certificate_not_pinned');
  const [own] = await shown(world().mail.ports.implicit);
  await expect(window.root.locator('[data-diagnosis]')).toContainText(pinned);
  await expect(window.root.locator('[data-diagnosis]')).toContainText(own!.fingerprint256);
});

for (const [label, typed, says] of [
  ['Trusted authority (PEM)', 'MIIB', 'There is no certificate in it. It begins with -----BEGIN CERTIFICATE-----.'],
  ['Trusted authority (PEM)', '-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----', 'This is a private key. Only certificates belong here; keep the key where it is.'],
  ['Pinned certificate (SHA-256)', 'ab:cd', 'A SHA-256 fingerprint has 64 hexadecimal digits, with or without colons.'],
] as const) {
  test(`${label} refuses “${typed.slice(0, 27)}”`, async ({ page, api }) => {
    await api.account({ name: 'Alerts' });
    await open(page, `${ACCOUNTS}/1/edit`);
    const settings = settingsWindow(page);
    await settings.root.getByText('Trust a certificate of its own').click();
    await settings.field(label).fill(typed);
    await settings.button('Save').click();
    await expectError(settings.field(label), says);
  });
}

test('what is ignored is red in the report; with it, there is nothing to trust', async ({ page, api }) => {
  await api.account({ name: 'Careless', ignore_certificate_errors: true });
  const report = await Report.open(page);
  await expect(report.row('Careless').getByText('Certificate not checked')).toHaveAttribute('data-kind', 'danger');
  await open(page, `${ACCOUNTS}/1/edit`);
  await expect(settingsWindow(page).root.getByText('Trust a certificate of its own')).toBeHidden();
  await settingsWindow(page).choice('Ignore certificate error', 'No').check();
  await expect(settingsWindow(page).root.getByText('Trust a certificate of its own')).toBeVisible();
});
