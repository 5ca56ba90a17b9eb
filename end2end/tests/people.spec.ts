// Section 8 of the specification, first half: set-up, signing in and out, roles, users, the audit log, parameters.
import type { Page } from '@playwright/test';
import { Api } from '../support/api';
import { expect, open, takenOver, test } from '../support/fixtures';
import { ACCOUNTS, AUDIT, CONNECTORS, CREDENTIALS, expectError, PARAMETERS, PASSWORD, Report, settingsWindow, testWindow, USERS, Window } from '../support/pages';
import { newAddress } from '../support/mail';
import { ROLES, USER_PASSWORD } from '../support/postroom';
import { world } from '../support/world';

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('User name', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
}

test.describe('set-up', () => {
  test.use({ role: 'nobody', users: false });

  test('W40: the link that a first start prints makes the first administrator, once', async ({ page, postroom, pageOf }) => {
    const link = await postroom.setupLink();
    await page.goto(link);
    await page.getByLabel('User name', { exact: true }).fill('Ada');
    await page.getByLabel('Password', { exact: true }).fill(USER_PASSWORD);
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await expect(page).toHaveURL(ACCOUNTS);
    await expect(page.getByRole('banner').getByRole('button', { name: 'Ada' })).toBeVisible();
    const other = await pageOf('nobody');
    await other.goto(link);
    await expect(other.locator('body')).not.toContainText('Ada');
    if (await other.getByRole('button', { name: 'Create administrator' }).isVisible()) {
      await other.getByLabel('User name', { exact: true }).fill('Eve');
      await other.getByLabel('Password', { exact: true }).fill(USER_PASSWORD);
      await other.getByRole('button', { name: 'Create administrator' }).click();
    }
    await expect(other.getByText(/set-up link is not valid/)).toBeVisible();
    // A page that is left open may be fetching ahead what it will need.
    await Promise.all([page.close(), other.close()]);
    await postroom.stop();
    await postroom.start();
    expect(postroom.said).not.toContain('Set-up link');
  });

  for (const [name, password, says] of [['Ada', 'short', 'At least 12 characters.'], ['x'.repeat(101), USER_PASSWORD, 'too long']] as const) {
    test(`“${name.slice(0, 10)}” with “${password}” is refused, and the link still works`, async ({ page, postroom }) => {
      await page.goto(await postroom.setupLink());
      await page.getByLabel('User name', { exact: true }).fill(name);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Create administrator' }).click();
      await expect(page.getByText(new RegExp(says)).first()).toBeVisible();
      await page.getByLabel('User name', { exact: true }).fill('Ada');
      await page.getByLabel('Password', { exact: true }).fill(USER_PASSWORD);
      await page.getByRole('button', { name: 'Create administrator' }).click();
      await expect(page).toHaveURL(ACCOUNTS);
    });
  }

  test('a wrong token is refused', async ({ page }) => {
    await page.goto('/setup?token=wrong');
    await page.getByLabel('User name', { exact: true }).fill('Eve');
    await page.getByLabel('Password', { exact: true }).fill(USER_PASSWORD);
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await expect(page.getByText(/set-up link is not valid/)).toBeVisible();
  });
});

test.describe('signing in', () => {
  test.use({ role: 'nobody' });

  for (const path of [ACCOUNTS, `${ACCOUNTS}?name=a&sort=-name`, CREDENTIALS, CONNECTORS, USERS, AUDIT, PARAMETERS, PASSWORD, `${ACCOUNTS}/new`]) {
    test(`${path} asks to sign in and then leads there`, async ({ page }) => {
      await page.goto(path);
      await expect(page).toHaveURL(/\/sign-in\?next=/);
      await signIn(page, 'administrator', USER_PASSWORD);
      await expect(page).toHaveURL(path);
    });
  }

  for (const [name, password] of [['administrator', 'wrong password'], ['nobody', USER_PASSWORD], ["' or 1=1 --", 'x']] as const) {
    test(`“${name}” with “${password}” is refused without saying which is wrong`, async ({ page }) => {
      await page.goto('/sign-in');
      await signIn(page, name, password);
      await expect(page.getByRole('alert')).toContainText('User name or password is not right.');
      await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    });
  }

  test('the name is found without regard to case', async ({ page }) => {
    await page.goto('/sign-in');
    await signIn(page, 'Administrator', USER_PASSWORD);
    await expect(page).toHaveURL(ACCOUNTS);
  });

  test('W38: too many tries are slowed down, saying for how long', async ({ page, postroom }) => {
    await Promise.all(Array.from({ length: 12 }, () => postroom.signIn('operator', 'wrong password').catch(() => '')));
    await page.goto('/sign-in');
    await signIn(page, 'operator', 'wrong password');
    await expect(page.getByRole('alert')).toContainText(/Too many tries\. Try again in \d+ seconds?\./);
  });

  test('W34: signing out ends the session, also for a copied cookie', async ({ page, postroom, context }) => {
    await page.goto('/sign-in');
    await signIn(page, 'operator', USER_PASSWORD);
    await expect(page).toHaveURL(ACCOUNTS);
    await takenOver(page);
    const [cookie] = await context.cookies();
    await signOut(page, 'operator');
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.goto(ACCOUNTS);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    const copied = new Api(postroom.url, `${cookie!.name}=${cookie!.value}`);
    await expect(copied.call('report_rows', { report: 'accounts' })).rejects.toMatchObject({ status: 401 });
  });

  test('a session that ended while a page was open is said, not lost silently', async ({ page, context, trouble }) => {
    trouble.expect(/401 \/events/);
    await page.goto('/sign-in');
    await signIn(page, 'administrator', USER_PASSWORD);
    await open(page, `${ACCOUNTS}/new`);
    await context.clearCookies();
    const window = settingsWindow(page);
    await window.fill({ 'Account Name': 'A', 'Sender e-mail': 'a@b.test', 'Host SMTP': 'h.test' });
    await window.button('Save').click();
    await expect(window.root.getByText(/session has ended/)).toBeVisible();
    await expect(window.field('Account Name')).toHaveValue('A');
  });
});

test.describe('sessions', () => {
  test('survive a restart and a kill of the server', async ({ page, postroom, api, trouble }) => {
    // What keeps a connection loses it.
    trouble.expect(/ERR_\w+ \/events/);
    await api.account({ name: 'Alerts' });
    // Once it has taken over, the page asks for all rows: before that has come, a server that goes away is an error in the page.
    const whole = async (load: () => Promise<unknown>) => {
      const rows = page.waitForResponse((response) => response.url().includes('/reports/accounts.rows'));
      await load();
      await (await rows).finished();
      await expect(page.locator('.live')).toBeAttached();
    };
    const report = new Report(page);
    await whole(() => open(page, ACCOUNTS));
    expect(await postroom.stop()).toBe('ended with 0');
    await postroom.start();
    await whole(() => page.reload());
    await report.expectNames(['Alerts']);
    await postroom.kill();
    await postroom.start();
    await whole(() => page.reload());
    await report.expectNames(['Alerts']);
  });

  test('W14: the cookie is for the server alone', async ({ postroom }) => {
    const answer = await fetch(`${postroom.url}/sign-in`, {
      method: 'POST', redirect: 'manual', headers: { origin: postroom.url },
      body: new URLSearchParams({ user_name: 'viewer', password: USER_PASSWORD }),
    });
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly.*; SameSite=Lax/);
  });
});

test.describe('roles', () => {
  for (const [role, shown] of [
    ['viewer', { New: false, Edit: false, View: true, menu: [] as string[] }],
    ['operator', { New: false, Edit: false, View: true, menu: ['Test setting', 'Test history', 'Will it arrive?', 'Sending'] }],
    ['administrator', { New: true, Edit: true, View: false, menu: ['Test setting', 'Test history', 'Will it arrive?', 'Sending', 'Duplicate', 'Set as default', 'Disable', 'Delete'] }],
  ] as const) {
    test.describe(role, () => {
      test.use({ role });

      test('sees no button that can only fail', async ({ page, api }) => {
        await api.account({ name: 'First' });
        await api.account({ name: 'Alerts' });
        await api.credential('Login');
        await api.connector('Branch');
        const report = await Report.open(page);
        for (const name of ['New', 'Edit', 'View'] as const) {
          const inRow = name === 'New' ? page : report.row('Alerts');
          await expect(inRow.getByRole('button', { name, exact: true })).toHaveCount(shown[name] ? 1 : 0);
        }
        if (shown.menu.length === 0) {
          await expect(page.getByRole('button', { name: 'More actions' })).toHaveCount(0);
        } else {
          const menu = await report.menu('Alerts');
          await expect(menu.getByRole('menuitem')).toHaveText([...shown.menu]);
          await page.keyboard.press('Escape');
        }
        const side = page.getByRole('navigation', { name: 'Settings' });
        for (const name of ['Users', 'Audit log']) {
          await expect(side.getByRole('link', { name })).toHaveCount(role === 'administrator' ? 1 : 0);
        }
        for (const path of [CREDENTIALS, CONNECTORS]) {
          await open(page, path);
          await expect(page.getByRole('button', { name: 'New', exact: true })).toHaveCount(role === 'administrator' ? 1 : 0);
          await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveCount(role === 'administrator' ? 1 : 0);
        }
      });

      test('the settings window has Save only for who may save', async ({ page, api }) => {
        await api.account({ name: 'Alerts' });
        await open(page, `${ACCOUNTS}/1/edit`);
        const window = settingsWindow(page);
        for (const name of ['Save', 'Save and test']) {
          await expect(window.button(name)).toHaveCount(role === 'administrator' ? 1 : 0);
        }
        await expect(window.field('Account Name')).toBeEnabled({ enabled: role === 'administrator' });
      });

      test('W41: is refused past the interface what the role does not allow', async ({ postroom, api }) => {
        await api.account({ name: 'First' });
        const mine = new Api(postroom.url, world().template.sessions[role]);
        const changes = { account_delete: { id: 99 }, account_set_default: { id: 99 }, credential_delete: { id: 99 }, connector_delete: { id: 99 }, user_delete: { id: 99 } };
        for (const [endpoint, body] of Object.entries(changes)) {
          const status = await mine.call(endpoint, body).then(() => 200, (refusal) => refusal.status);
          expect(status, endpoint).toBe(role === 'administrator' ? 404 : 403);
        }
        for (const report of ['users', 'audit']) {
          const status = await mine.call('report_rows', { report }).then(() => 200, (refusal) => refusal.status);
          expect(status, report).toBe(role === 'administrator' ? 200 : 403);
        }
        const test = await fetch(`${postroom.url}/api/v1/accounts/99/test`, {
          method: 'POST',
          headers: { cookie: world().template.sessions[role], origin: postroom.url, 'content-type': 'application/json' },
          body: JSON.stringify({ to: 'a@b.test', subject: '', message: '', mode: 'check' }),
        });
        expect(test.status).toBe(role === 'viewer' ? 403 : 404);
      });
    });
  }

  for (const role of ['viewer', 'operator'] as const) {
    test(`${role}: Users and Audit log say that only an administrator may see them`, async ({ pageOf }) => {
      const page = await pageOf(role);
      for (const path of [USERS, AUDIT]) {
        await open(page, path);
        await expect(page.getByText(/Only an administrator|role does not allow/).first()).toBeVisible();
        await expect(new Report(page).rows).toHaveCount(0);
      }
    });
  }

  test('an operator can test', async ({ pageOf, api }) => {
    await api.accountAt('plain');
    const page = await pageOf('operator');
    const report = await Report.open(page);
    await report.act('plain', 'Test setting');
    await testWindow(page).field('Send to').fill(newAddress());
    await testWindow(page).button('Send').click();
    await expect(testWindow(page).root.getByText('Delivered', { exact: true })).toBeVisible({ timeout: 15_000 });
  });
});

test.describe('the Users page', () => {
  const newUser = (page: Page) => Window.of(page, 'New user');
  const editUser = (page: Page) => Window.of(page, 'Edit user');

  test('lists the users with role and last sign-in', async ({ page }) => {
    const report = await Report.open(page, USERS);
    await expect(report.headers).toContainText(['ID', 'User name', 'Role', 'Enabled', 'Last sign-in']);
    await report.expectColumn('Role', ['Viewer', 'Operator', 'Administrator']);
  });

  for (const [at, role] of ROLES.entries()) {
    const label = ['Viewer', 'Operator', 'Administrator'][at]!;
    test(`a new ${role} can sign in`, async ({ page, pageOf }) => {
      await open(page, USERS);
      await page.getByRole('button', { name: 'New', exact: true }).click();
      await expect(page).toHaveURL(`${USERS}/new`);
      const window = newUser(page);
      await window.fill({ 'User name': 'Grace', 'Password': 'another long password' });
      await chooseRole(window, label);
      await window.button('Save').click();
      await expect(window.root).toBeHidden();
      await new Report(page).expectColumn('Role', ['Viewer', 'Operator', 'Administrator', label]);
      const other = await pageOf('nobody');
      await other.goto('/sign-in');
      await signIn(other, 'Grace', 'another long password');
      await expect(other).toHaveURL(ACCOUNTS);
    });
  }

  for (const [name, password, field, says] of [
    ['', USER_PASSWORD, 'User name', 'required'],
    ['VIEWER', USER_PASSWORD, 'User name', 'This name is taken.'],
    ['Grace', 'short', 'Password', 'At least 12 characters.'],
    ['Grace', '', 'Password', 'required'],
  ] as const) {
    test(`“${name}” with “${password}” is refused beside ${field}`, async ({ page }) => {
      await open(page, `${USERS}/new`);
      const window = newUser(page);
      await window.fill({ 'User name': name, 'Password': password });
      await window.button('Save').click();
      await expectError(window.field(field), says);
      await expect(window.field(field)).toBeFocused();
    });
  }

  test('W36: disabling a user ends their session', async ({ page, pageOf, trouble }) => {
    // The user's page may ask for events just then.
    trouble.expect(/^response: 401 \/events/);
    const other = await pageOf('operator');
    await open(other, ACCOUNTS);
    await open(page, `${USERS}/2/edit`);
    await editUser(page).choose('Enabled', 'No');
    await editUser(page).button('Save').click();
    await expect(editUser(page).root).toBeHidden();
    await other.goto(ACCOUNTS);
    await expect(other).toHaveURL(/\/sign-in/);
    await signIn(other, 'operator', USER_PASSWORD);
    await expect(other.getByRole('alert')).toBeVisible();
  });

  test('the last administrator can neither be deleted nor put down', async ({ page }) => {
    await open(page, `${USERS}/3/edit`);
    await chooseRole(editUser(page), 'Viewer');
    await editUser(page).button('Save').click();
    await expect(page.getByText(/At least one administrator|can't do this to the user you are signed in as/).first()).toBeVisible();
  });

  test('a user can be deleted', async ({ page }) => {
    const report = await Report.open(page, USERS);
    await report.act('viewer', 'Delete');
    await page.getByRole('alertdialog', { name: 'Delete user?' }).getByRole('button', { name: 'Delete' }).click();
    await report.expectColumn('User name', ['operator', 'administrator']);
  });

  test('search finds by name, role and Enabled', async ({ page }) => {
    const report = await Report.open(page, USERS);
    await report.field('User name').fill('OPER');
    await report.expectColumn('ID', ['2']);
    await report.button('Clear').click();
    await report.field('Role').selectOption('Viewer');
    await report.expectColumn('ID', ['1']);
  });

  async function chooseRole(window: Window, role: string): Promise<void> {
    if (await window.group('Role').count() > 0) await window.choose('Role', role);
    else await window.field('Role').selectOption(role);
  }
});

test.describe('the audit log', () => {
  test('names who did what to what, from where, and what was and is', async ({ page, api }) => {
    const account = await api.account({ name: 'Alerts', host: 'old.example.test' });
    await api.call('account_update', { id: 1, version: account.version, draft: { ...stripped(account), host: 'new.example.test' } });
    const report = await Report.open(page, AUDIT);
    await expect(report.headers).toContainText(['ID', 'Date/Time', 'User', 'From', 'Action', 'Subject', 'Changes']);
    const row = report.rows.filter({ hasText: 'Account changed' });
    for (const [heading, text] of [['User', 'administrator'], ['From', '127.0.0.1'], ['Subject', 'Alerts'], ['Changes', 'old.example.test → new.example.test']] as const) {
      await expect(await report.cell(row, heading)).toContainText(text);
    }
  });

  test('filters by user, action, subject and date', async ({ page, api }) => {
    await api.account({ name: 'Alerts' });
    await api.connector('Branch');
    const report = await Report.open(page, AUDIT);
    const today = new Date().toISOString().slice(0, 10);
    await report.field('Subject').fill('branch');
    await expect(report.rows).toHaveCount(1);
    await expect(report.rows).toContainText('Connector created');
    await report.button('Clear').click();
    await report.field('User').fill('viewer');
    await expect(report.rows.filter({ hasText: 'Branch' })).toHaveCount(0);
    await report.button('Clear').click();
    await report.field('Action').fill('account.created');
    await expect(report.rows).toHaveCount(1);
    await report.button('Clear').click();
    await report.button('More').click();
    await report.field('From date').fill('2999-01-01');
    await expect(report.rows).toHaveCount(0);
    await report.field('From date').fill(today);
    await expect(report.rows.filter({ hasText: 'Branch' })).toHaveCount(1);
    await report.field('To date').fill('2000-01-01');
    await expect(report.rows).toHaveCount(0);
  });

  test('writes down refused sign-ins, tests and set-ups, newest first', async ({ page, api, postroom }) => {
    await postroom.signIn('viewer', 'wrong password').catch(() => undefined);
    await api.account({ name: 'Alerts', host: '127.0.0.1', port: '1', secure: false });
    await open(page, `${ACCOUNTS}/1/test`);
    await testWindow(page).field('Send to').fill(newAddress());
    await testWindow(page).button('Send').click();
    await expect(testWindow(page).root.getByText('Failed', { exact: true })).toBeVisible();
    const report = await Report.open(page, AUDIT);
    await expect(report.rows.first()).toContainText('Account tested');
    await expect(report.rows.filter({ hasText: 'Sign-in refused' })).toHaveCount(1);
    await expect(page.locator('body')).not.toContainText('wrong password');
  });

  function stripped({ id: _id, version: _version, last_test: _last, ...draft }: Record<string, unknown>): Record<string, unknown> {
    return { ...draft, port: draft.port === null ? '' : String(draft.port) };
  }
});

test.describe('parameters', () => {
  test('the footer is saved and shown again', async ({ page }) => {
    await open(page, PARAMETERS);
    await expect(page.getByRole('heading', { name: 'Parameters', level: 1 })).toBeVisible();
    await page.getByLabel('Footer text').fill('Não responda.\nDo not answer.');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'The parameters were saved.' })).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('Footer text')).toHaveValue('Não responda.\nDo not answer.');
  });

  test('a footer that is too long is refused beside the field', async ({ page }) => {
    await open(page, PARAMETERS);
    await page.getByLabel('Footer text').fill('x'.repeat(2001));
    await page.getByRole('button', { name: 'Save' }).click();
    await expectError(page.getByLabel('Footer text'), 'too long');
  });

  test('a viewer reads it and has no Save', async ({ pageOf }) => {
    const page = await pageOf('viewer');
    await open(page, PARAMETERS);
    await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
  });
});
