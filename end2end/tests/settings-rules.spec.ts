// Section 3 of the specification: what must stay true, whoever saves what and in whatever order.
import { Refusal, type AccountDraft } from '../support/api';
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, expectError, Report, settingsWindow } from '../support/pages';
import { MAIL_USER } from '../support/postfix';

test.describe('the default account', () => {
  test('making another one the default moves it', async ({ page, api }) => {
    await api.account({ name: 'One' });
    await api.account({ name: 'Two' });
    const report = await Report.open(page, `${ACCOUNTS}/2/edit`);
    const window = settingsWindow(page);
    await window.choose('Default account', 'Yes');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    await report.expectColumn('Default', ['No', 'Yes']);
  });

  test('it cannot stop being the default by itself', async ({ page, api }) => {
    await api.account({ name: 'One' });
    await api.account({ name: 'Two' });
    await open(page, `${ACCOUNTS}/1/edit`);
    const window = settingsWindow(page);
    const no = window.choice('Default account', 'No');
    await expect(window.choice('Default account', 'Yes')).toBeChecked();
    await expect(no).toBeDisabled();
    await expect(window.root.getByText(/make another account the default/)).toBeVisible();
  });

  test('it cannot be disabled in its window', async ({ page, api }) => {
    await api.account({ name: 'One' });
    await open(page, `${ACCOUNTS}/1/edit`);
    const window = settingsWindow(page);
    await window.choose('Enabled', 'No');
    await window.button('Save').click();
    await expect(window.root.getByText(/default account must be enabled/)).toBeVisible();
  });

  for (const [what, endpoint, body] of [
    ['deleting it', 'account_delete', { id: 1 }],
    ['disabling it', 'account_set_enabled', { id: 1, enabled: false }],
    ['making a disabled one the default', 'account_set_default', { id: 2 }],
  ] as const) {
    test(`${what} is refused whoever asks`, async ({ api }) => {
      await api.account({ name: 'One' });
      await api.account({ name: 'Two', enabled: false });
      await expect(api.call(endpoint, body)).rejects.toMatchObject({ status: 409 });
    });
  }

  test('sixteen at once: exactly one account is the default', async ({ api, page }) => {
    await Promise.all(Array.from({ length: 16 }, (_, at) => api.account({ name: `Account ${at}`, is_default: true })));
    await Promise.all(Array.from({ length: 16 }, (_, at) => api.call('account_set_default', { id: at + 1 })));
    const report = await Report.open(page);
    const defaults = await report.column('Default');
    expect(defaults).toHaveLength(16);
    expect(defaults.filter((value) => value === 'Yes')).toHaveLength(1);
  });
});

test.describe('two browsers', () => {
  test('a save that collides shows both versions and loses neither: Keep mine', async ({ page, api }) => {
    const account = await api.account({ name: 'Alerts', host: 'old.example.test' });
    await open(page, `${ACCOUNTS}/1/edit`);
    const window = settingsWindow(page);
    await window.field('Host SMTP').fill('mine.example.test');
    await api.call('account_update', { id: 1, version: account.version, draft: draftOf(account, { host: 'theirs.example.test', read_receipt: true }) });
    await window.button('Save').click();
    await expect(page.getByText('Somebody else saved this account meanwhile')).toBeVisible();
    await expect(page.getByText('mine.example.test').first()).toBeVisible();
    await expect(page.getByText('theirs.example.test').first()).toBeVisible();
    await expect(window.field('Host SMTP')).toHaveValue('mine.example.test');
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expect(window.root).toBeHidden();
    expect(await api.call('account_get', { id: 1 })).toMatchObject({ host: 'mine.example.test' });
  });

  test('Take theirs', async ({ page, api }) => {
    const account = await api.account({ name: 'Alerts', host: 'old.example.test' });
    await open(page, `${ACCOUNTS}/1/edit`);
    const window = settingsWindow(page);
    await window.field('Host SMTP').fill('mine.example.test');
    await api.call('account_update', { id: 1, version: account.version, draft: draftOf(account, { host: 'theirs.example.test' }) });
    await window.button('Save').click();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await expect(window.field('Host SMTP')).toHaveValue('theirs.example.test');
    expect(await api.call('account_get', { id: 1 })).toMatchObject({ host: 'theirs.example.test' });
  });

  test('both in real browsers: the second one is told', async ({ page, pageOf, api }) => {
    await api.account({ name: 'Alerts' });
    const other = await pageOf('administrator');
    for (const one of [page, other]) {
      await open(one, `${ACCOUNTS}/1/edit`);
      await expect(settingsWindow(one).field('Account Name')).toHaveValue('Alerts');
    }
    await settingsWindow(page).field('Account Name').fill('Mine');
    await settingsWindow(other).field('Account Name').fill('Theirs');
    await settingsWindow(other).button('Save').click();
    await expect(settingsWindow(other).root).toBeHidden();
    await settingsWindow(page).button('Save').click();
    await expect(page.getByText('Somebody else saved this account meanwhile')).toBeVisible();
    expect(await api.call('account_get', { id: 1 })).toMatchObject({ name: 'Theirs' });
  });

  test('an account deleted meanwhile: what was typed is still there', async ({ page, api }) => {
    await api.account({ name: 'First' });
    await api.account({ name: 'Alerts' });
    await open(page, `${ACCOUNTS}/2/edit`);
    const window = settingsWindow(page);
    await window.field('Account Name').fill('Mine');
    await api.call('account_delete', { id: 2 });
    await window.button('Save').click();
    await expect(page.getByText(/deleted meanwhile/)).toBeVisible();
    await expect(window.field('Account Name')).toHaveValue('Mine');
  });
});

function draftOf(account: AccountDraft & { id: number; version: number; last_test?: unknown }, changes: Partial<AccountDraft>): AccountDraft {
  const { id: _id, version: _version, last_test: _last, ...draft } = account;
  return { ...draft, port: draft.port === null ? '' : String(draft.port), ...changes };
}

/** Each of these sends the stored password somewhere else. */
const TARGETS: { what: string; change: (window: ReturnType<typeof settingsWindow>) => Promise<unknown>; draft: Partial<AccountDraft> }[] = [
  { what: 'host', change: (window) => window.field('Host SMTP').fill('evil.example.test'), draft: { host: 'evil.example.test' } },
  { what: 'port', change: (window) => window.field('Port').fill('2465'), draft: { port: '2465' } },
  { what: 'security type', change: (window) => window.choose('Secure connection type', 'TLS'), draft: { security_type: 'tls' } },
  { what: 'certificate setting', change: (window) => window.choose('Ignore certificate error', 'Yes'), draft: { ignore_certificate_errors: true } },
  {
    what: 'connector',
    change: async (window) => {
      await window.choose('Use Network Connector', 'Yes');
      await window.pick('Network Connector', 'Branch');
    },
    draft: { use_connector: true, connector_id: 1 },
  },
];

test.describe('a changed target asks for the secret again', () => {
  for (const { what, change, draft } of TARGETS) {
    test(`${what}, in the window`, async ({ page, api }) => {
      const credential = await api.credential('Mail login');
      await api.connector('Branch', { host: 'proxy.example.test' });
      await api.account({ name: 'Alerts', authentication: true, credential_id: credential.id });
      await open(page, `${ACCOUNTS}/1/edit`);
      const window = settingsWindow(page);
      await expect(window.field('Secret')).toBeHidden();
      await change(window);
      await expect(window.field('Secret')).toBeVisible();
      await expect(window.field('Secret')).toHaveAttribute('type', 'password');
      await window.button('Save').click();
      await expectError(window.field('Secret'), /secret again/);
      await window.field('Secret').fill(MAIL_USER.password);
      await window.button('Save').click();
      await expect(window.root).toBeHidden();
      expect(await api.call('account_get', { id: 1 })).toMatchObject({ ...draft, ...(draft.port ? { port: Number(draft.port) } : {}) });
    });

    test(`${what}, past the window`, async ({ api }) => {
      const credential = await api.credential('Mail login');
      await api.connector('Branch', { host: 'proxy.example.test' });
      const account = await api.account({ name: 'Alerts', authentication: true, credential_id: credential.id });
      const refused: Refusal = await api
        .call('account_update', { id: 1, version: account.version, draft: draftOf(account, draft) })
        .then(() => Promise.reject(new Error('saved')), (error) => error);
      expect(refused.status).toBe(422);
      expect(JSON.parse(refused.body).invalid.errors).toEqual([expect.objectContaining({ field: 'secret' })]);
    });
  }

  test('going back to the old target asks no more', async ({ page, api }) => {
    const credential = await api.credential('Mail login');
    await api.account({ name: 'Alerts', authentication: true, credential_id: credential.id });
    await open(page, `${ACCOUNTS}/1/edit`);
    const window = settingsWindow(page);
    await window.field('Host SMTP').fill('other.example.test');
    await expect(window.field('Secret')).toBeVisible();
    await window.field('Host SMTP').fill('smtp.example.test');
    await expect(window.field('Secret')).toBeHidden();
    await window.field('Account Name').fill('Renamed');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
  });

  test('what is no target asks nothing', async ({ page, api }) => {
    const credential = await api.credential('Mail login');
    await api.account({ name: 'Alerts', authentication: true, credential_id: credential.id });
    await open(page, `${ACCOUNTS}/1/edit`);
    const window = settingsWindow(page);
    await window.fill({ 'Account Name': 'New', 'Reply e-mail': 'new@example.test' });
    await window.choose('Send Read Receipt', 'Yes');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
  });

  test('the same port written out is the same target', async ({ page, api }) => {
    const credential = await api.credential('Mail login');
    await api.account({ name: 'Alerts', authentication: true, credential_id: credential.id });
    await open(page, `${ACCOUNTS}/1/edit`);
    const window = settingsWindow(page);
    await window.field('Port').fill('465');
    await expect(window.field('Secret')).toBeHidden();
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
  });
});
