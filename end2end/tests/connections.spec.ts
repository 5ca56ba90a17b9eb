// Section 5 of the specification: credentials and network connectors.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, open, test } from '../support/fixtures';
import { newAddress, nextMail } from '../support/mail';
import { ACCOUNTS, AUDIT, CONNECTORS, CREDENTIALS, expectError, Report, settingsWindow, testWindow, Window } from '../support/pages';
import { MAIL_USER } from '../support/postfix';
import { freePorts } from '../support/process';
import { PROXY_USER } from '../support/proxies';
import { ScriptedServer } from '../support/scripted';
import { world } from '../support/world';

const SECRET = 'Zq7-nobody-ever-sees-this';

test.describe('credentials', () => {
  const newWindow = (page: Page) => Window.of(page, 'New credential');
  const editWindow = (page: Page) => Window.of(page, 'Edit credential');

  test('first visit says what a credential is', async ({ page }) => {
    await open(page, CREDENTIALS);
    await expect(page.getByRole('heading', { name: 'No credential yet' })).toBeVisible();
  });

  test('is made, listed, and its secret never shown again', async ({ page }) => {
    await open(page, CREDENTIALS);
    await page.getByRole('button', { name: 'New', exact: true }).first().click();
    await expect(page).toHaveURL(`${CREDENTIALS}/new`);
    const window = newWindow(page);
    await expect(window.field('Kind')).toBeVisible();
    await expect(window.field('Secret')).toHaveAttribute('type', 'password');
    await window.fill({ 'Name': 'Mail login', 'User name': 'alerts', 'Secret': SECRET });
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    const report = new Report(page);
    await expect(report.headers).toContainText(['ID', 'Name', 'Kind', 'User name', 'Secret set', 'Used by']);
    await expect(report.row('Mail login')).toContainText('alerts');
    await report.row('Mail login').getByRole('button', { name: 'Edit' }).click();
    await expect(editWindow(page).field('Name')).toHaveValue('Mail login');
    await expect(editWindow(page).field('Secret')).toHaveValue('');
    expect(await page.content()).not.toContain(SECRET);
  });

  for (const [label, typed, says] of [
    ['Name', '', 'This field is required.'],
    ['User name', '', 'This field is required.'],
    ['Secret', '', 'This field is required.'],
    ['Name', 'MAIL LOGIN', 'This name is taken.'],
  ] as const) {
    test(`New refuses ${label} “${typed}” beside the field`, async ({ page, api }) => {
      await api.credential('Mail login');
      await open(page, `${CREDENTIALS}/new`);
      const window = newWindow(page);
      await window.fill({ 'Name': 'Other', 'User name': 'alerts', 'Secret': SECRET, [label]: typed });
      await window.button('Save').click();
      await expectError(window.field(label), says);
      await expect(window.field(label)).toBeFocused();
    });
  }

  test('a rename keeps the secret, another user name asks for it', async ({ page, api }) => {
    await api.credential('Mail login');
    await open(page, `${CREDENTIALS}/1/edit`);
    const window = editWindow(page);
    await window.field('Name').fill('Renamed');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    const report = new Report(page);
    await report.row('Renamed').getByRole('button', { name: 'Edit' }).click();
    await window.field('User name').fill('somebody else');
    await window.button('Save').click();
    await expectError(window.field('Secret'), 'secret entered again');
  });

  test('a replaced secret is the one that is sent', async ({ page, api }) => {
    const credential = await api.credential('Mail login', MAIL_USER.name, 'an old password');
    await api.accountAt('submission', { credential_id: credential.id });
    await open(page, `${CREDENTIALS}/1/edit`);
    const window = editWindow(page);
    await window.field('Secret').fill(MAIL_USER.password);
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    await open(page, `${ACCOUNTS}/1/test`);
    const to = newAddress();
    await testWindow(page).field('Send to').fill(to);
    await testWindow(page).button('Send').click();
    await nextMail(to);
  });

  test('search finds by ID, name and user name', async ({ page, api }) => {
    await api.credential('Mail', 'alerts', SECRET);
    await api.credential('Proxy', 'tunnel', SECRET);
    const report = await Report.open(page, CREDENTIALS);
    for (const [label, text, ids] of [['ID', '2', ['2']], ['Name', 'MAI', ['1']], ['User name', 'tunn', ['2']]] as const) {
      await report.field(label).fill(text);
      await report.expectColumn('ID', [...ids]);
      await report.button('Clear').click();
      await report.expectColumn('ID', ['1', '2']);
    }
  });

  test('one in use cannot be deleted: says by whom; one not in use can', async ({ page, api }) => {
    const used = await api.credential('Mail login');
    const proxy = await api.credential('Proxy login');
    await api.credential('Spare');
    await api.account({ name: 'Alerts', authentication: true, credential_id: used.id });
    await api.connector('Branch', { credential_id: proxy.id });
    const report = await Report.open(page, CREDENTIALS);
    await expect(await report.cell(report.row('Mail login'), 'Used by')).toContainText('Alerts');
    for (const [name, by] of [['Mail login', 'Alerts'], ['Proxy login', 'Branch']] as const) {
      await report.act(name, 'Delete');
      const question = page.getByRole('alertdialog');
      await question.getByRole('button', { name: 'Delete' }).click();
      await expect(question.getByRole('alert')).toContainText(by);
      await question.getByRole('button', { name: 'Cancel' }).click();
    }
    await report.act('Spare', 'Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await report.expectColumn('ID', ['1', '2']);
  });
});

test.describe('a secret', () => {
  test('is in no page, no answer, no log and no file', async ({ page, api, postroom }) => {
    const bodies: string[] = [];
    page.on('response', async (response) => {
      if (!response.url().startsWith(`${postroom.url}/pkg/`)) bodies.push(await response.text().catch(() => ''));
    });
    const credential = await api.credential('Mail login', 'alerts', SECRET);
    const proxy = await api.connector('Branch', { credential_id: credential.id, port: '1' });
    await api.account({ name: 'Alerts', host: '127.0.0.1', port: '1', authentication: true, credential_id: credential.id, secret: SECRET });
    await api.account({ name: 'Through', host: '127.0.0.1', port: '1', authentication: true, credential_id: credential.id, secret: SECRET, use_connector: true, connector_id: proxy.id });
    for (const path of [ACCOUNTS, `${ACCOUNTS}/1/edit`, CREDENTIALS, `${CREDENTIALS}/1/edit`, CONNECTORS, `${CONNECTORS}/1/edit`, AUDIT]) {
      await open(page, path);
      expect(await page.content()).not.toContain(SECRET);
    }
    await open(page, `${ACCOUNTS}/1/test`);
    await testWindow(page).field('Send to').fill(newAddress());
    await testWindow(page).button('Send').click();
    await expect(testWindow(page).root.getByText('Failed', { exact: true })).toBeVisible();
    expect(bodies.length).toBeGreaterThan(10);
    expect(bodies.filter((body) => body.includes(SECRET))).toEqual([]);
    expect(postroom.said).not.toContain(SECRET);
    expect(await filesWith(postroom.folder, SECRET)).toEqual([]);
  });

  test('arrives at no other server than the one it was entered for', async ({ page, api }) => {
    const credential = await api.credential('Mail login');
    await api.accountAt('submissions', { credential_id: credential.id });
    const other = await ScriptedServer.start({});
    await open(page, `${ACCOUNTS}/1/edit`);
    const settings = settingsWindow(page);
    await settings.fill({ 'Host SMTP': '127.0.0.1', 'Port': String(other.port) });
    await settings.choose('Use safe connection?', 'No');
    await expect(settings.field('Secret')).toBeVisible();
    await settings.button('Test without saving').click();
    await testWindow(page).field('Send to').fill(newAddress());
    await testWindow(page).button('Send').click();
    await expect(testWindow(page).root.getByText(/secret/i).first()).toBeVisible({ timeout: 15_000 });
    const heard = other.heard.join('\n');
    expect(heard).not.toMatch(/^AUTH/m);
    expect(heard).not.toContain(Buffer.from(MAIL_USER.password).toString('base64').slice(0, 16));
    await other.stop();
  });
});

async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...await filesWith(path, text));
    else if ((await readFile(path)).includes(text)) found.push(path);
  }
  return found;
}

test.describe('connectors', () => {
  const newWindow = (page: Page) => Window.of(page, 'New network connector');
  const editWindow = (page: Page) => Window.of(page, 'Edit network connector');

  test('first visit says what a connector is', async ({ page }) => {
    await open(page, CONNECTORS);
    await expect(page.getByRole('heading', { name: 'No network connector yet' })).toBeVisible();
  });

  for (const [kind, shown, port] of [['SOCKS5', 'SOCKS5', '1080'], ['HTTP CONNECT', 'HTTP CONNECT', '3128']] as const) {
    test(`${kind} is made, listed and shown again`, async ({ page, api }) => {
      await api.credential('Proxy login');
      await open(page, CONNECTORS);
      await page.getByRole('button', { name: 'New', exact: true }).first().click();
      await expect(page).toHaveURL(`${CONNECTORS}/new`);
      const window = newWindow(page);
      await expect(window.choice('Enabled', 'Yes')).toBeChecked();
      await chooseKind(window, kind);
      await expect(window.field('Port')).toHaveAttribute('placeholder', port);
      await window.fill({ 'Name': 'Branch', 'Host': 'proxy.example.test', 'Port': '8888' });
      await window.pick('Credential', 'Proxy login');
      await window.choose('Enabled', 'No');
      await window.button('Save').click();
      await expect(window.root).toBeHidden();
      const report = new Report(page);
      await expect(report.headers).toContainText(['ID', 'Name', 'Kind', 'Host', 'Port', 'Enabled', 'Used by']);
      for (const [heading, text] of [['Kind', shown], ['Host', 'proxy.example.test'], ['Port', '8888'], ['Enabled', 'No']] as const) {
        await expect(await report.cell(report.row('Branch'), heading)).toHaveText(text);
      }
      await report.row('Branch').getByRole('button', { name: 'Edit' }).click();
      const edit = editWindow(page);
      await expect(edit.field('Host')).toHaveValue('proxy.example.test');
      await expect(edit.field('Port')).toHaveValue('8888');
      await expect(edit.choice('Enabled', 'No')).toBeChecked();
    });
  }

  for (const [label, typed, says] of [
    ['Name', '', 'This field is required.'],
    ['Host', '', 'This field is required.'],
    ['Host', 'http://proxy.test', 'This is a web address.'],
    ['Port', '0', 'from 1 to 65535'],
    ['Name', 'BRANCH', 'This name is taken.'],
  ] as const) {
    test(`New refuses ${label} “${typed}” beside the field`, async ({ page, api }) => {
      await api.connector('Branch');
      await open(page, `${CONNECTORS}/new`);
      const window = newWindow(page);
      await window.fill({ 'Name': 'Other', 'Host': 'proxy.example.test', 'Port': '1080', [label]: typed });
      await window.button('Save').click();
      await expectError(window.field(label), says);
      await expect(window.field(label)).toBeFocused();
    });
  }

  test('search finds by ID, name, Enabled, host and kind', async ({ page, api }) => {
    await api.connector('Branch', { host: 'one.example.test' });
    await api.connector('Office', { host: 'two.example.test', kind: 'http_connect', enabled: false });
    const report = await Report.open(page, CONNECTORS);
    await report.button('More').click();
    for (const [label, text, ids] of [['ID', '2', ['2']], ['Name', 'bran', ['1']], ['Host', 'TWO', ['2']]] as const) {
      await report.field(label).fill(text);
      await report.expectColumn('ID', [...ids]);
      await report.button('Clear').click();
    }
    for (const [label, option, ids] of [['Enabled', 'No', ['2']], ['Kind', 'SOCKS5', ['1']]] as const) {
      await report.field(label).selectOption(option);
      await report.expectColumn('ID', [...ids]);
      await report.button('Clear').click();
    }
  });

  test('one in use cannot be deleted: says by whom', async ({ page, api }) => {
    const connector = await api.connector('Branch');
    await api.account({ name: 'Alerts', use_connector: true, connector_id: connector.id });
    const report = await Report.open(page, CONNECTORS);
    await report.act('Branch', 'Delete');
    const question = page.getByRole('alertdialog');
    await question.getByRole('button', { name: 'Delete' }).click();
    await expect(question.getByRole('alert')).toContainText('Alerts');
  });

  test('a changed host asks for its credential’s secret again', async ({ page, api }) => {
    const credential = await api.credential('Proxy login', PROXY_USER.name, PROXY_USER.password);
    await api.connector('Branch', { credential_id: credential.id });
    await open(page, `${CONNECTORS}/1/edit`);
    const window = editWindow(page);
    await window.field('Host').fill('evil.example.test');
    await window.button('Save').click();
    await expectError(window.field('Secret'), /secret again/);
  });

  for (const name of ['socks5', 'socks5Auth', 'http', 'httpAuth'] as const) {
    test(`Test: ${name} answers`, async ({ page, api }) => {
      await api.proxy(name);
      const report = await Report.open(page, CONNECTORS);
      await report.act(name, 'Test');
      await expect(page.getByRole('status').filter({ hasText: /answers, in \d+ ms/ })).toBeVisible();
    });
  }

  for (const [what, proxy] of [['a wrong password', 'socks5Auth'], ['a wrong password', 'httpAuth'], ['nobody there', undefined], ['another kind of server', 'smtp']] as const) {
    test(`Test: ${what}${proxy ? ` (${proxy})` : ''}`, async ({ page, api }) => {
      const [nobody] = await freePorts(1);
      if (proxy === 'socks5Auth' || proxy === 'httpAuth') {
        const { kind, port } = world().proxies[proxy];
        const credential = await api.credential('Wrong', PROXY_USER.name, 'not the password');
        await api.connector('Branch', { kind, port: String(port), credential_id: credential.id });
      } else {
        await api.connector('Branch', { port: String(proxy === 'smtp' ? world().mail.ports.plain : nobody) });
      }
      const report = await Report.open(page, CONNECTORS);
      await report.act('Branch', 'Test');
      await expect(page.getByText('Branch does not answer as it should.')).toBeVisible({ timeout: 20_000 });
      await expect(page.locator('body')).not.toContainText('not the password');
    });
  }

  test('a disabled connector carries nothing', async ({ page, api }) => {
    const proxy = world().proxies.socks5;
    const connector = await api.connector('Branch', { port: String(proxy.port), enabled: false });
    await api.accountAt('plain', { use_connector: true, connector_id: connector.id, host: '127.0.0.1' });
    await open(page, `${ACCOUNTS}/1/test`);
    await testWindow(page).field('Send to').fill(newAddress());
    await testWindow(page).button('Send').click();
    await expect(testWindow(page).root.getByText('Failed', { exact: true })).toBeVisible();
  });

  async function chooseKind(window: Window, kind: string): Promise<void> {
    if (await window.group('Kind').count() > 0) await window.choose('Kind', kind);
    else await window.field('Kind').selectOption(kind);
  }
});
