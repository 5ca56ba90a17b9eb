// Two administrators at one credential, connector or user: both versions are shown, and neither is lost. An account's
// window is in settings-rules.spec.ts.
import type { Page } from '@playwright/test';
import type { Api } from '../support/api';
import { expect, open, test } from '../support/fixtures';
import { CONNECTORS, CREDENTIALS, expectError, Report, USERS, Window } from '../support/pages';
import { MAIL_USER } from '../support/postfix';

type Versioned = { version: number };

/** One kind of thing: how it is made, where its window is, and what the other administrator saves over it. */
const THINGS = [
  {
    what: 'a credential', title: 'Edit credential', path: `${CREDENTIALS}/1/edit`, list: CREDENTIALS, name: 'Name', column: 'Name',
    make: async (api: Api) => void await api.credential('Old', 'alerts'),
    save: async (api: Api, name: string) => {
      const { version } = await api.call<Versioned>('credential_get', { id: 1 });
      await api.call('credential_update', { id: 1, version, draft: { name, kind: 'password', user_name: 'alerts' } });
    },
    stored: { endpoint: 'credential_get', id: 1 },
  },
  {
    what: 'a connector', title: 'Edit network connector', path: `${CONNECTORS}/1/edit`, list: CONNECTORS, name: 'Name', column: 'Name',
    make: async (api: Api) => void await api.connector('Old'),
    save: async (api: Api, name: string) => {
      const { version } = await api.call<Versioned>('connector_get', { id: 1 });
      const draft = { name, kind: 'socks5', host: '127.0.0.1', port: '1080', credential_id: null, enabled: true };
      await api.call('connector_update', { id: 1, version, draft });
    },
    stored: { endpoint: 'connector_get', id: 1 },
  },
  {
    what: 'a user', title: 'Edit user', path: `${USERS}/1/edit`, list: USERS, name: 'User name', column: 'User name',
    make: async () => undefined,
    save: async (api: Api, name: string) => {
      const { version } = await api.call<Versioned>('user_get', { id: 1 });
      await api.call('user_update', { id: 1, version, draft: { name, role: 'viewer', enabled: true } });
    },
    stored: { endpoint: 'user_get', id: 1 },
  },
] as const;

const notice = (window: Window) => window.root.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' });
const versions = (window: Window) => window.root.getByRole('table');

for (const { what, title, path, list, name, column, make, save, stored } of THINGS) {
  test.describe(what, () => {
    /** The window with "Mine" typed, and "Theirs" stored meanwhile. */
    async function collide(page: Page, api: Api): Promise<Window> {
      await make(api);
      await open(page, path);
      const window = Window.of(page, title);
      await window.field(name).fill('Mine');
      await save(api, 'Theirs');
      await window.button('Save').click();
      await expect(notice(window)).toBeVisible();
      await expect(notice(window)).toBeFocused();
      return window;
    }

    test('both versions are shown; Keep mine saves over theirs, knowing it', async ({ page, api }) => {
      const window = await collide(page, api);
      await expect(versions(window).getByRole('row')).toHaveText([/Field.*Yours.*Stored meanwhile/, new RegExp(`${name}.*Mine.*Theirs`)]);
      await expect(window.field(name)).toHaveValue('Mine');
      expect(await api.call(stored.endpoint, { id: stored.id })).toMatchObject({ name: 'Theirs' });
      await window.button('Keep mine').click();
      await expect(window.root).toBeHidden();
      expect(await api.call(stored.endpoint, { id: stored.id })).toMatchObject({ name: 'Mine' });
      await expect.poll(() => new Report(page).column(column)).toContain('Mine');
    });

    test('Take theirs shows theirs, and leaves nothing unsaved', async ({ page, api }) => {
      const window = await collide(page, api);
      await window.button('Take theirs').click();
      await expect(notice(window)).toHaveCount(0);
      await expect(window.field(name)).toHaveValue('Theirs');
      await expect(window.field(name)).toBeFocused();
      await window.button('Cancel').click();
      await expect(window.root).toBeHidden();
      await expect(page).toHaveURL(list);
      expect(await api.call(stored.endpoint, { id: stored.id })).toMatchObject({ name: 'Theirs' });
    });

    test('after Take theirs, a save goes over that version', async ({ page, api }) => {
      const window = await collide(page, api);
      await window.button('Take theirs').click();
      await expect(window.field(name)).toHaveValue('Theirs');
      await window.field(name).fill('Third');
      await window.button('Save').click();
      await expect(window.root).toBeHidden();
      expect(await api.call(stored.endpoint, { id: stored.id })).toMatchObject({ name: 'Third' });
    });

    test('one can go on editing; what was stored once more meanwhile is shown too', async ({ page, api }) => {
      const window = await collide(page, api);
      await window.field(name).fill('Mine again');
      await expect(versions(window)).toContainText('Mine again');
      await save(api, 'Theirs again');
      await window.button('Keep mine').click();
      await expect(versions(window)).toContainText('Theirs again');
      await expect(notice(window)).toHaveCount(1);
      expect(await api.call(stored.endpoint, { id: stored.id })).toMatchObject({ name: 'Theirs again' });
      await window.button('Keep mine').click();
      await expect(window.root).toBeHidden();
      expect(await api.call(stored.endpoint, { id: stored.id })).toMatchObject({ name: 'Mine again' });
    });

    test('leaving after a collision asks first', async ({ page, api }) => {
      const window = await collide(page, api);
      await window.button('Cancel').click();
      await page.getByRole('alertdialog', { name: 'Discard changes?' }).getByRole('button', { name: 'Discard' }).click();
      await expect(window.root).toBeHidden();
      expect(await api.call(stored.endpoint, { id: stored.id })).toMatchObject({ name: 'Theirs' });
    });
  });
}

test('a secret that was typed is named in no version, and not lost by Keep mine', async ({ page, api }) => {
  await api.credential('Mail login', MAIL_USER.name, 'an old password');
  await open(page, `${CREDENTIALS}/1/edit`);
  const window = Window.of(page, 'Edit credential');
  await window.field('Secret').fill(MAIL_USER.password);
  const { version } = await api.call<Versioned>('credential_get', { id: 1 });
  await api.call('credential_update', { id: 1, version, draft: { name: 'Mail login', kind: 'password', user_name: MAIL_USER.name } });
  await window.button('Save').click();
  await expect(versions(window).getByRole('row')).toHaveText([/Field/, /Secret.*A new one.*The stored one/]);
  await expect(versions(window)).not.toContainText(MAIL_USER.password);
  await window.button('Keep mine').click();
  await expect(window.root).toBeHidden();
});

test('Keep mine is checked like any save: another user name than theirs asks for the secret', async ({ page, api }) => {
  await api.credential('Mail login', 'alerts', 'a password');
  await open(page, `${CREDENTIALS}/1/edit`);
  const window = Window.of(page, 'Edit credential');
  await window.field('Name').fill('Mine');
  const { version } = await api.call<Versioned>('credential_get', { id: 1 });
  const draft = { name: 'Mail login', kind: 'password', user_name: 'somebody else', secret: 'their password' };
  await api.call('credential_update', { id: 1, version, draft });
  await window.button('Save').click();
  await expect(notice(window)).toBeVisible();
  await window.button('Keep mine').click();
  await expectError(window.field('Secret'), 'secret entered again');
  expect(await api.call('credential_get', { id: 1 })).toMatchObject({ user_name: 'somebody else' });
});

test('deleted meanwhile: what was typed is still there', async ({ page, api }) => {
  await api.connector('Branch');
  await open(page, `${CONNECTORS}/1/edit`);
  const window = Window.of(page, 'Edit network connector');
  await window.field('Name').fill('Mine');
  await api.call('connector_delete', { id: 1 });
  await window.button('Save').click();
  await expect(window.root.getByText('Somebody else has deleted this meanwhile.')).toBeVisible();
  await expect(window.field('Name')).toHaveValue('Mine');
});
