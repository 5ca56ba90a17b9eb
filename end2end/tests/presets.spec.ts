// Settings of known providers: offered in the settings window, filled in by one press, and what can't work said beforehand.
import type { Page } from '@playwright/test';
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, settingsWindow, type Window } from '../support/pages';

const USE = 'Use these settings';

async function openNew(page: Page): Promise<Window> {
  await open(page, `${ACCOUNTS}/new`);
  const window = settingsWindow(page);
  await expect(window.root).toBeVisible();
  return window;
}

test.describe('a known host', () => {
  test('its settings are offered and filled in by one press', async ({ page }) => {
    const window = await openNew(page);
    await window.field('Host SMTP').fill('smtp.gmail.com');
    await expect(window.root).toContainText(
      'This is Gmail: port 465 with SSL, user name is the full address, needs an app password or OAuth.',
    );
    await expect(window.root).toContainText('About 500 messages a day');
    await window.field('Port').fill('25');
    await window.choose('Secure connection type', 'TLS');
    await window.button(USE).click();
    await expect(window.field('Port')).toHaveValue('465');
    await expect(window.field('Host SMTP')).toHaveValue('smtp.gmail.com');
    await expect(window.choice('Secure connection type', 'SSL')).toBeChecked();
    await expect(window.choice('Use authentication', 'Yes')).toBeChecked();
    await expect(window.button(USE)).toHaveCount(0);
    await expect(window.root).toContainText('The settings of Gmail are filled in. Gmail: user name is the full address');
  });

  test('by the keyboard: what was done is said, and the next key goes on from there', async ({ page }) => {
    const window = await openNew(page);
    await window.field('Host SMTP').fill('smtp.postmarkapp.com');
    const region = window.root.locator('#account-presets');
    await expect(region).toHaveAttribute('aria-live', 'polite');
    await window.button(USE).press('Enter');
    await expect(region).toBeFocused();
    await expect(region).toContainText('The settings of Postmark are filled in.');
    await page.keyboard.press('Shift+Tab');
    await expect(window.root.locator(':focus')).toHaveCount(1);
  });

  test('another way that the provider takes is as good', async ({ page }) => {
    const window = await openNew(page);
    await window.field('Host SMTP').fill('smtp.gmail.com');
    await window.choose('Use authentication', 'Yes');
    await expect(window.button(USE)).toHaveCount(0);
    await window.choose('Secure connection type', 'TLS');
    await expect(window.button(USE)).toHaveCount(0);
    await window.field('Port').fill('2525');
    await expect(window.button(USE)).toBeVisible();
  });

  test('a name with a part of its own', async ({ page }) => {
    const window = await openNew(page);
    await window.field('Host SMTP').fill('email-smtp.eu-west-1.amazonaws.com');
    await expect(window.root).toContainText('This is Amazon SES: port 465 with SSL');
    await window.button(USE).click();
    await expect(window.field('Host SMTP')).toHaveValue('email-smtp.eu-west-1.amazonaws.com');
  });

  test('a host that nobody knows is left alone', async ({ page }) => {
    const window = await openNew(page);
    await window.field('Host SMTP').fill('smtp.example.test');
    await window.field('Sender e-mail').fill('alerts@example.test');
    await expect(window.button(USE)).toHaveCount(0);
  });
});

test.describe('a known sender', () => {
  test('fills the host in too, and the account is saved as it was filled', async ({ page, api }) => {
    await api.credential('Mail login');
    const window = await openNew(page);
    await window.fill({ 'Account Name': 'Alerts', 'Sender e-mail': 'ann@gmail.com' });
    await expect(window.root).toContainText("This sender's provider is Gmail: host smtp.gmail.com, port 465 with SSL");
    await window.button(USE).click();
    await expect(window.field('Host SMTP')).toHaveValue('smtp.gmail.com');
    await window.pick('Credential for authentication', 'Mail login');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    expect(await api.call('account_get', { id: 1 })).toMatchObject({
      host: 'smtp.gmail.com', port: 465, secure: true, security_type: 'ssl', authentication: true, credential_id: 1,
    });
  });

  test('the host speaks first', async ({ page }) => {
    const window = await openNew(page);
    await window.fill({ 'Sender e-mail': 'ann@gmail.com', 'Host SMTP': 'smtp.sendgrid.net' });
    await expect(window.root).toContainText('This is SendGrid: port 465 with SSL, user name is apikey');
    await expect(window.root).not.toContainText('Gmail');
  });
});

test.describe('pairings that a known host does not answer', () => {
  for (const { host, port, secure, type, said } of [
    {
      host: 'smtp.gmail.com', port: '25', secure: 'No', type: undefined,
      said: 'Gmail is not known to answer on port 25 without encryption. It offers port 465 with SSL or port 587 with TLS.',
    },
    {
      host: 'smtp.postmarkapp.com', port: '465', secure: 'Yes', type: 'SSL',
      said: 'Postmark is not known to answer on port 465 with SSL. It offers port 587 with TLS or port 2525 with TLS.',
    },
    {
      host: 'smtp.office365.com', port: '', secure: 'Yes', type: 'SSL',
      said: 'Microsoft 365 is not known to answer on port 465 with SSL. It offers port 587 with TLS.',
    },
  ]) {
    test(`${host} on ${port || 'no port'} with ${type ?? 'no encryption'}`, async ({ page }) => {
      const window = await openNew(page);
      await window.fill({ 'Host SMTP': host, Port: port });
      if (type) await window.choose('Secure connection type', type);
      await window.choose('Use safe connection?', secure);
      await expect(window.root).toContainText(said);
      await window.button(USE).click();
      await expect(window.root).not.toContainText('is not known to answer');
    });
  }

  test('what holds for any server is said once', async ({ page }) => {
    const window = await openNew(page);
    await window.fill({ 'Host SMTP': 'smtp.office365.com', Port: '465' });
    await window.choose('Secure connection type', 'TLS');
    await expect(window.root).toContainText('Port 465 expects SSL');
    await expect(window.root).not.toContainText('is not known to answer');
  });

  for (const [port, type, login, said] of [
    ['2525', 'SSL', 'No', /Port 2525 mostly stands in for 587/],
    ['25', 'TLS', 'Yes', /Port 25 is for mail between servers/],
  ] as const) {
    test(`any host on ${port} with ${type}`, async ({ page }) => {
      const window = await openNew(page);
      await window.fill({ 'Host SMTP': 'smtp.example.test', Port: port });
      await window.choose('Secure connection type', type);
      await window.choose('Use authentication', login);
      await expect(window.root.getByText(said)).toBeVisible();
    });
  }
});

test.describe('who only reads', () => {
  test.use({ role: 'viewer' });

  test('can press nothing', async ({ page, api }) => {
    await api.account({ name: 'Alerts', host: 'smtp.gmail.com', port: '25' });
    await open(page, `${ACCOUNTS}/1/edit`);
    await expect(settingsWindow(page).button(USE)).toBeDisabled();
  });
});
