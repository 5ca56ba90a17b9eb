// Section 4 of the specification: Test Email - Account. Real messages through a real Postfix, real proxies.
import type { Page } from '@playwright/test';
import { atService, type AccountDraft, type Api } from '../support/api';
import { expect, open, test } from '../support/fixtures';
import { mailsFor, newAddress, nextMail } from '../support/mail';
import { ACCOUNTS, expectError, Report, settingsWindow, testWindow, type Window } from '../support/pages';
import { MAIL_USER, type ServiceName } from '../support/postfix';
import type { ProxyName } from '../support/proxies';
import { ScriptedServer, type Script } from '../support/scripted';
import { world } from '../support/world';

async function openTest(page: Page, id = 1): Promise<Window> {
  await open(page, `${ACCOUNTS}/${id}/test`);
  const window = testWindow(page);
  await expect(window.field('Send to')).toBeVisible();
  return window;
}

/** Sends and waits for the end, which must be this one. */
async function send(window: Window, to: string, outcome: 'Delivered' | 'Failed' | 'Cancelled' | 'Unknown', patience = 15_000): Promise<void> {
  await window.field('Send to').fill(to);
  await window.button('Send').click();
  await expectOutcome(window, outcome, patience);
}

async function expectOutcome(window: Window, outcome: string, patience = 15_000): Promise<void> {
  await expect(window.root.getByRole('status').getByText(outcome, { exact: true })).toBeVisible({ timeout: patience });
}

const step = (window: Window, name: string) => window.root.getByRole('list', { name: 'Progress' }).getByRole('listitem')
  .filter({ has: window.page.getByText(name, { exact: true }) });

test.describe('the window', () => {
  test('has its fields and defaults', async ({ page, api }) => {
    await api.accountAt('plain');
    const window = await openTest(page);
    await expect(window.field('Send to')).toHaveValue('');
    await expect(window.field('Subject')).toHaveValue('TEST MESSAGE!');
    await expect(window.field('Message')).toHaveValue('ATTENTION: THIS IS A TEST MESSAGE!');
    await expect(window.button('Send')).toBeEnabled();
    await expect(window.root.getByText('plain', { exact: true })).toBeVisible();
  });

  for (const [typed, says] of [['', 'This field is required.'], ['nobody', 'before and behind an @'], ['a@b.test, c@d.test', 'One bare address']] as const) {
    test(`Send to refuses “${typed}” beside the field`, async ({ page, api }) => {
      await api.accountAt('plain');
      const window = await openTest(page);
      await window.field('Send to').fill(typed);
      await window.button('Send').click();
      await expectError(window.field('Send to'), says);
      await expect(window.field('Send to')).toBeFocused();
      await expect(window.root.getByRole('list', { name: 'Progress' })).toHaveCount(0);
    });
  }

  test('an account that does not exist says so', async ({ page }) => {
    await open(page, `${ACCOUNTS}/4711/test`);
    await expect(testWindow(page).root.getByRole('alert')).toContainText('does not exist');
  });
});

/** How an account comes to the mail server, and what its Received header must say of that. */
type Way = { service: ServiceName; login: boolean; encrypted: boolean };
const WAYS: Way[] = [
  { service: 'plain', login: false, encrypted: false },
  { service: 'starttls', login: false, encrypted: true },
  { service: 'submission', login: true, encrypted: true },
  { service: 'implicit', login: false, encrypted: true },
  { service: 'submissions', login: true, encrypted: true },
];
const ROADS: (ProxyName | 'direct')[] = ['direct', 'socks5', 'socks5Auth', 'http', 'httpAuth'];

for (const { service, login, encrypted } of WAYS) {
  for (const road of ROADS) {
    test(`a message arrives: ${service}, ${road}`, async ({ page, api }) => {
      const way: Partial<AccountDraft> = road === 'direct' ? {} : { use_connector: true, connector_id: (await api.proxy(road)).id, host: '127.0.0.1' };
      await api.accountAt(service, way);
      const window = await openTest(page);
      const to = newAddress();
      await send(window, to, 'Delivered');
      const mail = await nextMail(to);
      const received = mail.headers_of('received').join('\n');
      expect(received.includes('using TLSv1.3')).toBe(encrypted);
      expect(received.includes(`Authenticated sender: ${MAIL_USER.name}`)).toBe(login);
      expect(received).toContain(`[${road === 'direct' ? '127.0.0.1' : world().proxies[road].leavesFrom}]`);
      expect(mail.subject).toBe('TEST MESSAGE!');
      for (const [name, state] of [['Connect', 'passed'], ['Hand over the message (DATA)', 'passed']] as const) {
        await expect(step(window, name)).toHaveAttribute('data-state', state);
      }
    });
  }
}

test.describe('the message', () => {
  test('has the headers and the envelope of a notification', async ({ page, api }) => {
    await api.accountAt('plain', { sender: 'from@example.test', reply_to: 'reply@example.test', return_path: 'bounce@example.test', confirmation: 'read@example.test' });
    const window = await openTest(page);
    const to = newAddress();
    const before = Date.now();
    await send(window, to, 'Delivered');
    const mail = await nextMail(to);
    expect(mail.from?.address).toBe('from@example.test');
    expect(mail.to?.map((one) => one.address)).toEqual([to]);
    expect(mail.header('reply-to')).toContain('reply@example.test');
    expect(mail.header('return-path')).toBe('<bounce@example.test>');
    expect(mail.headers_of('disposition-notification-to')).toEqual([]);
    expect(mail.header('message-id')).toMatch(/^<[^\s<>@]+@[^\s<>@]+>$/);
    expect(Math.abs(new Date(mail.header('date')).getTime() - before)).toBeLessThan(60_000);
    expect(mail.header('mime-version')).toBe('1.0');
    expect(mail.text?.trim()).toBe('ATTENTION: THIS IS A TEST MESSAGE!');
    expect(mail.headers_of('bcc')).toEqual([]);
  });

  test('asks for a read receipt when the account says so', async ({ page, api }) => {
    await api.accountAt('plain', { read_receipt: true, confirmation: 'read@example.test' });
    const window = await openTest(page);
    const to = newAddress();
    await send(window, to, 'Delivered');
    expect((await nextMail(to)).header('disposition-notification-to')).toContain('read@example.test');
  });

  for (const footnote of [true, false]) {
    test(`${footnote ? 'ends' : 'does not end'} with the footer when Enable footnote is ${footnote ? 'Yes' : 'No'}`, async ({ page, api }) => {
      await api.call('parameters_update', { parameters: { footer: 'Não responda — do not answer' } });
      await api.accountAt('plain', { footnote });
      const window = await openTest(page);
      const to = newAddress();
      await send(window, to, 'Delivered');
      const text = (await nextMail(to)).text ?? '';
      expect(text.includes('Não responda — do not answer')).toBe(footnote);
      expect(text).toContain('ATTENTION');
    });
  }

  for (const [subject, message] of [
    ['Ação concluída ✓ 完了', 'Olá, мир, 世界 🎉\n\nsecond line, trailing blanks   \n.\n..dots\nFrom here'],
    ['x'.repeat(300), 'y'.repeat(2000)],
    ['=?utf-8?q?not_encoded?=', 'a=20b=\n-- \nsignature'],
  ] as const) {
    test(`survives: ${subject.slice(0, 24)}`, async ({ page, api }) => {
      await api.accountAt('submission');
      const window = await openTest(page);
      await window.fill({ Subject: subject, Message: message });
      const to = newAddress();
      await send(window, to, 'Delivered');
      const mail = await nextMail(to);
      expect(mail.subject).toBe(subject);
      expect(mail.text?.replace(/\r\n/g, '\n').trimEnd()).toBe(message.trimEnd());
      expect(mail.raw.split('\n').every((line) => line.length <= 998)).toBe(true);
    });
  }

  test('carries no line break from the subject into the headers', async ({ api, page }) => {
    await api.accountAt('plain');
    const window = await openTest(page);
    const to = newAddress();
    await window.field('Subject').fill('one\r\nBcc: someone@example.test');
    await send(window, to, 'Delivered');
    const mail = await nextMail(to);
    expect(mail.headers_of('bcc')).toEqual([]);
    expect(mail.subject).toContain('Bcc: someone@example.test');
  });

  test('a disabled account can be tested all the same', async ({ page, api }) => {
    await api.account({ name: 'First' });
    await api.accountAt('plain', { enabled: false });
    const to = newAddress();
    await send(await openTest(page, 2), to, 'Delivered');
    await nextMail(to);
  });
});

test.describe('certificates', () => {
  for (const tls of ['starttls', 'implicit'] as const) {
    for (const [which, diagnosis] of [
      ['Expired', /expired/],
      ['WrongName', /other names.*mail\.elsewhere\.test/],
      ['Untrusted', /not trusted here|self-signed/],
    ] as const) {
      const service = `${tls}${which}` as ServiceName;
      test(`${service}: refused, saying why; nothing is sent`, async ({ page, api }) => {
        await api.accountAt(service);
        const window = await openTest(page);
        const to = newAddress();
        await send(window, to, 'Failed');
        await expect(window.root.locator('[data-diagnosis]')).toContainText(diagnosis);
        await expect(step(window, 'Encrypt (TLS)')).toHaveAttribute('data-state', 'failed');
        expect(await mailsFor(to)).toEqual([]);
      });

      test(`${service}: taken when certificate errors are ignored`, async ({ page, api }) => {
        await api.accountAt(service, { ignore_certificate_errors: true });
        const window = await openTest(page);
        const to = newAddress();
        await send(window, to, 'Delivered');
        await nextMail(to);
      });
    }
  }

  test('through a connector, the name checked is the mail server’s', async ({ page, api }) => {
    const { id } = await api.proxy('http');
    await api.accountAt('implicitWrongName', { use_connector: true, connector_id: id, host: '127.0.0.1' });
    const window = await openTest(page);
    await send(window, newAddress(), 'Failed');
    await expect(window.root.locator('[data-diagnosis]')).toContainText('other names');
  });
});

test.describe('what fails', () => {
  test('a wrong password: stage, class and the server’s own words', async ({ page, api }) => {
    const credential = await api.credential('Wrong', MAIL_USER.name, 'not the password at all');
    await api.accountAt('submission', { credential_id: credential.id });
    const window = await openTest(page);
    await send(window, newAddress(), 'Failed');
    await expect(step(window, 'Log in')).toHaveAttribute('data-state', 'failed');
    await expect(window.root.locator('[data-diagnosis]')).toContainText('refused user name or password');
    await expect(window.root.getByText(/535 5\.7\.8/).first()).toBeVisible();
    await expect(window.root).not.toContainText('not the password at all');
  });

  test('a password is never sent in clear, but to the same machine', async ({ page, api }) => {
    const { id } = await api.proxy('socks5');
    const account = await api.accountAt('plainAuth');
    const to = newAddress();
    const window = await openTest(page);
    await send(window, to, 'Delivered');
    expect((await nextMail(to)).headers_of('received').join('\n')).toContain(`Authenticated sender: ${MAIL_USER.name}`);
    // Behind a connector, nobody knows what the name stands for.
    await api.account({ ...atService('plainAuth'), name: 'Behind', credential_id: account.credential_id, secret: MAIL_USER.password, use_connector: true, connector_id: id });
    const behind = await openTest(page, 2);
    const never = newAddress();
    await send(behind, never, 'Failed');
    await expect(behind.root.locator('[data-diagnosis]')).toContainText('travelled in clear');
    expect(await mailsFor(never)).toEqual([]);
  });

  test('STARTTLS that is not offered: nothing goes on in clear', async ({ page, api }) => {
    const server = await ScriptedServer.start({});
    await api.account({ name: 'No TLS', host: '127.0.0.1', port: String(server.port), security_type: 'tls' });
    const window = await openTest(page);
    await send(window, newAddress(), 'Failed');
    await expect(window.root.locator('[data-diagnosis]')).toContainText('does not offer STARTTLS');
    expect(server.heard.filter((line) => /^(AUTH|MAIL|RCPT|DATA)/.test(line))).toEqual([]);
    await server.stop();
  });

  test('a recipient of another domain: the server’s refusal', async ({ page, api }) => {
    await api.accountAt('plain');
    const window = await openTest(page);
    await send(window, 'someone@elsewhere.test', 'Failed');
    await expect(step(window, 'Recipient accepted (RCPT TO)')).toHaveAttribute('data-state', 'failed');
    await expect(window.root.getByText(/554 5\.7\.1/).first()).toBeVisible();
  });

  test('nobody listens', async ({ page, api }) => {
    await api.account({ name: 'Nobody', host: '127.0.0.1', port: '1', secure: false });
    const window = await openTest(page);
    await send(window, newAddress(), 'Failed');
    await expect(window.root.locator('[data-diagnosis]')).toContainText('Nothing listens there');
  });

  test('a name that does not exist', async ({ page, api }) => {
    await api.account({ name: 'Nowhere', host: 'no-such-host.invalid' });
    const window = await openTest(page);
    await send(window, newAddress(), 'Failed', 30_000);
    await expect(step(window, 'Look up the name')).toHaveAttribute('data-state', 'failed');
  });

  for (const [name, script, secure, says] of [
    ['SSL where the port speaks plain text', {}, true, /plain text/],
    ['a server that refuses to talk', { greeting: '554 5.3.2 go away' }, false, /554 5\.3\.2 go away/],
    ['a sender that is refused', { answers: { MAIL: '550 5.1.8 not you' } }, false, /550 5\.1\.8 not you/],
    ['a message that is refused', { answers: { '.': '554 5.7.1 spam' } }, false, /554 5\.7\.1 spam/],
    ['a connection that is cut', { answers: { RCPT: 'hang up' } }, false, /closed the connection|cut the connection/],
  ] as [string, Script, boolean, RegExp][]) {
    test(name, async ({ page, api }) => {
      const server = await ScriptedServer.start(script);
      await api.account({ name: 'Scripted', host: '127.0.0.1', port: String(server.port), secure });
      const window = await openTest(page);
      await send(window, newAddress(), 'Failed', 30_000);
      await expect(window.root.getByText(says).first()).toBeVisible();
      await server.stop();
    });
  }

  for (const proxy of ['socks5Auth', 'httpAuth'] as const) {
    test(`${proxy} without its credential`, async ({ page, api }) => {
      const { kind, port } = world().proxies[proxy];
      const connector = await api.connector(proxy, { kind, port: String(port) });
      await api.accountAt('plain', { use_connector: true, connector_id: connector.id, host: '127.0.0.1' });
      const window = await openTest(page);
      await send(window, newAddress(), 'Failed');
      await expect(step(window, 'Reach through the connector')).toHaveAttribute('data-state', 'failed');
      await expect(window.root.locator('[data-diagnosis]')).toContainText('asks for a user name');
    });
  }

  test('W51: a text of the server is text, never markup', async ({ page, api }) => {
    const server = await ScriptedServer.start({ greeting: '554 <img src=x onerror=alert(1)>' });
    await api.account({ name: 'Scripted', host: '127.0.0.1', port: String(server.port), secure: false });
    const window = await openTest(page);
    await send(window, newAddress(), 'Failed');
    await expect(window.root.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible();
    await expect(window.root.locator('img')).toHaveCount(0);
    await server.stop();
  });
});

test.describe('while it runs', () => {
  async function silent(api: Api): Promise<ScriptedServer> {
    const server = await ScriptedServer.start({ answers: { EHLO: 'silence' } });
    await api.account({ name: 'Silent', host: '127.0.0.1', port: String(server.port), secure: false });
    return server;
  }

  test('steps appear as they happen; Cancel ends the session at the server', async ({ page, api }) => {
    const server = await silent(api);
    const window = await openTest(page);
    await window.field('Send to').fill(newAddress());
    await window.button('Send').click();
    await expect(step(window, 'Introduce ourselves (EHLO)')).toHaveAttribute('data-state', 'running');
    await expect(step(window, 'Server\'s greeting')).toHaveAttribute('data-state', 'passed');
    await expect(window.field('Send to')).toBeDisabled();
    await window.button('Cancel').click();
    await expectOutcome(window, 'Cancelled');
    await server.clientGone();
    await expect(window.button('Send')).toBeEnabled();
    await server.stop();
  });

  test('closing the window ends the session at the server', async ({ page, api }) => {
    const server = await silent(api);
    const window = await openTest(page);
    await window.field('Send to').fill(newAddress());
    await window.button('Send').click();
    await expect(step(window, 'Introduce ourselves (EHLO)')).toHaveAttribute('data-state', 'running');
    await window.button('Close').click();
    await expect(window.root).toBeHidden();
    await server.clientGone();
    await server.stop();
  });

  test('closing the browser ends the session at the server', async ({ pageOf, api }) => {
    const server = await silent(api);
    const other = await pageOf('administrator');
    const window = await openTest(other);
    await window.field('Send to').fill(newAddress());
    await window.button('Send').click();
    await expect(step(window, 'Introduce ourselves (EHLO)')).toHaveAttribute('data-state', 'running');
    await other.close();
    await server.clientGone();
    await server.stop();
  });

  test('a server that never answers is given up within the deadline', async ({ page, api }) => {
    test.setTimeout(80_000);
    const server = await silent(api);
    const window = await openTest(page);
    await send(window, newAddress(), 'Failed', 60_000);
    await expect(window.root.getByText(/did not reply for|longer than/)).toBeVisible();
    await server.clientGone();
    await server.stop();
  });

  test('it can be sent again after a failure was repaired', async ({ page, api }) => {
    const server = await ScriptedServer.start({ answers: { RCPT: '450 4.2.0 later' } });
    await api.account({ name: 'Later', host: '127.0.0.1', port: String(server.port), secure: false });
    const window = await openTest(page);
    await send(window, newAddress(), 'Failed');
    await expect(window.root.getByText('It may work later, unchanged.')).toBeVisible();
    await window.button('Send').click();
    await expectOutcome(window, 'Failed');
    await server.stop();
  });

  for (const body of ['{}', '[]', 'null', '"no"', '<html>', '{"failure": 7}', '{"failure": {"more": 1}}']) {
    test(`somebody else's refusal is said, and stops nothing: ${body}`, async ({ page, api, trouble }) => {
      trouble.expect(/^response: 502 \/api\/v1\/accounts\/1\/test$/);
      await api.accountAt('plain');
      const window = await openTest(page);
      await page.route('**/api/v1/accounts/1/test', (route) => route.fulfill({ status: 502, contentType: 'application/json', body }));
      await window.field('Send to').fill(newAddress());
      await window.button('Send').click();
      await expect(window.root.getByText(/went wrong on the server/)).toBeVisible();
      await page.unroute('**/api/v1/accounts/1/test');
      await send(window, newAddress(), 'Delivered');
    });
  }
});

test.describe('Last test', () => {
  test('passed, when and in how many ms; then failed', async ({ page, api }) => {
    await api.accountAt('plain');
    const report = await Report.open(page);
    const cell = await report.cell(report.row('plain'), 'Last test');
    await expect(cell).toHaveText('Never');
    await report.act('plain', 'Test setting');
    const window = testWindow(page);
    await send(window, newAddress(), 'Delivered');
    await window.button('Close').click();
    await expect(cell).toContainText('Passed');
    await expect(cell).toContainText(/\d+ ms/);
    await expect(cell.locator('time')).toHaveAttribute('datetime', new RegExp(`^${new Date().getUTCFullYear()}-`));
    await report.act('plain', 'Test setting');
    await send(window, 'someone@elsewhere.test', 'Failed');
    await window.button('Close').click();
    await expect(cell).toContainText('Failed');
    await page.reload();
    await expect(cell).toContainText('Failed');
  });
});

test.describe('from the settings window', () => {
  test('Save and test sends through what was saved', async ({ page, api }) => {
    await api.accountAt('plain', { name: 'Alerts', port: '1' });
    await open(page, `${ACCOUNTS}/1/edit`);
    await settingsWindow(page).field('Port').fill(String(world().mail.ports.plain));
    await settingsWindow(page).button('Save and test').click();
    const to = newAddress();
    await send(testWindow(page), to, 'Delivered');
    await nextMail(to);
  });

  test('values not yet saved can be tested, and are not saved by that', async ({ page, api }) => {
    await api.accountAt('plain', { name: 'Alerts', port: '1' });
    await open(page, `${ACCOUNTS}/1/edit`);
    const settings = settingsWindow(page);
    await settings.field('Port').fill(String(world().mail.ports.plain));
    await settings.button('Test without saving').click();
    const to = newAddress();
    await send(testWindow(page), to, 'Delivered');
    await nextMail(to);
    await testWindow(page).button('Close').click();
    await expect(settings.field('Port')).toHaveValue(String(world().mail.ports.plain));
    expect(await api.call('account_get', { id: 1 })).toMatchObject({ port: 1, last_test: null });
  });

  test('a new account can be tested before it is saved, with its secret', async ({ page, api }) => {
    const credential = await api.credential('Mail login');
    await open(page, `${ACCOUNTS}/new`);
    const settings = settingsWindow(page);
    await settings.fill({ 'Account Name': 'New', 'Sender e-mail': MAIL_USER.name, 'Host SMTP': 'localhost', 'Port': String(world().mail.ports.submissions) });
    await settings.choose('Use authentication', 'Yes');
    await settings.pick('Credential for authentication', 'Mail login');
    await settings.button('Test without saving').click();
    const to = newAddress();
    await send(testWindow(page), to, 'Delivered');
    await nextMail(to);
    expect(credential.id).toBe(1);
  });
});
