// What another administrator changes appears in an open report, and moves nothing that somebody reads or edits.
import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api';
import { expect, open, test } from '../support/fixtures';
import { submit } from '../support/notifications';
import { ACCOUNTS, AUDIT, CREDENTIALS, OUTBOX, Report, settingsWindow, USERS, Window } from '../support/pages';

/** Five accounts, the first of them the default. */
async function seed(api: Api): Promise<void> {
  for (const name of ['Alerts', 'Backup', 'Billing', 'Reports', 'zeta']) await api.account({ name });
}

/** Once this tab hears of changes: by a connection of its own, or from another tab. */
async function live(page: Page): Promise<void> {
  const connected = page.waitForResponse('**/events', { timeout: 10_000 });
  await connected;
  // The first words of the stream have to arrive, too.
  await expect(page.locator('.live')).toBeAttached();
}

/** A report that is live. */
async function liveReport(page: Page, address = ACCOUNTS): Promise<Report> {
  const connected = live(page);
  const report = await Report.open(page, address);
  await connected;
  return report;
}

/** Another name, by somebody else. */
const rename = async (api: Api, id: number, name: string) => {
  const draft = { name, sender: 'new@one.test', reply_to: 'new@one.test', return_path: 'new@one.test', confirmation: 'new@one.test', host: 'smtp.example.test', port: '', is_default: id === 1 };
  const { version } = await api.call<{ version: number }>('account_get', { id });
  await api.call('account_update', { id, version, draft });
};

const renameCredential = async (api: Api, name: string) => {
  const { version } = await api.call<{ version: number }>('credential_get', { id: 1 });
  await api.call('credential_update', { id: 1, version, draft: { name, kind: 'password', user_name: 'alerts' } });
};

const remove = async (api: Api, id: number) => void await api.call('account_delete', { id });

const top = async (row: Locator) => Math.round((await row.boundingBox())!.y);

test.describe('in the report', () => {
  test.beforeEach(async ({ api }) => await seed(api));

  test('a change, a new account and a deletion appear, are marked, and are said', async ({ page, api }) => {
    const report = await liveReport(page);
    await rename(api, 3, 'Invoices');
    await expect(report.row('Invoices')).toBeVisible();
    await expect(report.row('Invoices')).toHaveAttribute('data-changed', '');
    await expect(report.row('Alerts')).not.toHaveAttribute('data-changed');
    await expect(page.locator('#live-said')).toHaveText('1 account changed');
    await expect(report.row('Invoices')).not.toHaveAttribute('data-changed');

    await api.account({ name: 'Newcomer' });
    await expect(report.row('Newcomer')).toBeVisible();
    await remove(api, 5);
    await expect(report.row('zeta')).toHaveCount(0);
    await report.expectNames(['Alerts', 'Backup', 'Invoices', 'Reports', 'Newcomer']);
    await expect(page.locator('#live-said')).toHaveText('2 accounts changed');
  });

  test('no other rows travel than those that are others', async ({ page, api }) => {
    const report = await liveReport(page, `${ACCOUNTS}?sort=-sender`);
    const travelled: string[] = [];
    page.on('response', (response) => {
      const kind = response.headers()['content-type'];
      if (response.url().includes('.rows')) travelled.push(`${response.status()} ${kind}`);
    });
    await rename(api, 3, 'Órdenes');
    await expect(report.row('Órdenes')).toBeVisible();
    await api.account({ name: 'Newcomer' });
    await expect(report.row('Newcomer')).toBeVisible();
    await remove(api, 5);
    await expect(report.row('zeta')).toHaveCount(0);
    await report.act('Backup', 'Disable');
    await expect(await report.cell(report.row('Backup'), 'Enabled')).toHaveText('No');
    await report.field('Name').fill('ordenes');
    await report.expectNames(['Órdenes']);
    expect(new Set(travelled)).toEqual(new Set(['200 application/vnd.postroom.changed-rows']));
    await page.reload();
    await report.expectNames(['Órdenes']);
  });

  test('what is done here while all rows are on their way shows, and stays when older ones come', async ({ page }) => {
    let come = () => {};
    const held = new Promise<void>((done) => (come = done));
    let first = true;
    await page.route('**/reports/accounts.rows*', async (route) => {
      if (!first) return await route.continue();
      first = false;
      const response = await route.fetch();
      await held;
      await route.fulfill({ response });
    });
    const report = await Report.open(page, ACCOUNTS);
    await report.act('Billing', 'Disable');
    const enabled = await report.cell(report.row('Billing'), 'Enabled');
    await expect(enabled).toHaveText('No');
    const seen = await enabled.evaluateHandle((cell) => {
      const texts: string[] = [];
      new MutationObserver(() => texts.push(cell.textContent!)).observe(cell, { subtree: true, childList: true, characterData: true });
      return texts;
    });
    const after = page.waitForResponse('**/reports/accounts.rows*');
    come();
    await after;
    await report.field('Name').fill('ill');
    await report.expectNames(['Billing']);
    await expect(enabled).toHaveText('No');
    expect((await seen.jsonValue()).filter((text) => text.includes('Yes'))).toEqual([]);
  });

  test('another person sees it; what is changed here is not announced here', async ({ page, pageOf }) => {
    const mine = await liveReport(page);
    const other = await pageOf('viewer');
    const theirs = await liveReport(other);
    await mine.act('Billing', 'Disable');
    await expect(await theirs.cell(theirs.row('Billing'), 'Enabled')).toHaveText('No');
    await expect(other.locator('#live-said')).toHaveText('1 account changed');
    await expect(await mine.cell(mine.row('Billing'), 'Enabled')).toHaveText('No');
    await expect(page.locator('#live-said')).toBeEmpty();
    await expect(mine.row('Billing')).not.toHaveAttribute('data-changed');
  });

  test('the filter and the sort in force hold for what comes', async ({ page, api }) => {
    const report = await liveReport(page, `${ACCOUNTS}?name=l&sort=-name`);
    await report.expectNames(['Billing', 'Alerts']);
    await api.account({ name: 'Lemon' });
    await report.expectNames(['Lemon', 'Billing', 'Alerts']);
    await rename(api, 3, 'No such');
    await report.expectNames(['Lemon', 'Alerts']);
  });

  test('the keyboard stays in its row, on its control, wherever the row goes', async ({ page, api }) => {
    const report = await liveReport(page, `${ACCOUNTS}?sort=name`);
    const edit = () => report.row('Billing').getByRole('button', { name: 'Edit' });
    await edit().focus();
    await api.account({ name: 'AAA' });
    await expect(report.row('AAA')).toBeVisible();
    await expect(edit()).toBeFocused();
    await rename(api, 1, 'Zulu');
    await expect(report.row('Zulu')).toBeVisible();
    await expect(edit()).toBeFocused();
    // The row itself moves to the end.
    await rename(api, 3, 'zzz');
    await expect(report.row('zzz').getByRole('button', { name: 'Edit' })).toBeFocused();
    await remove(api, 3);
    await expect(report.row('zzz')).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'SMTP Configuration, table' })).toBeFocused();
  });

  test('a cell that the arrow keys have come to keeps the keyboard, wherever its row goes', async ({ page, api }) => {
    const report = await liveReport(page, `${ACCOUNTS}?sort=name`);
    const table = page.getByRole('region', { name: 'SMTP Configuration, table' });
    await table.focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    const cell = async (name: string) => await report.cell(report.row(name), 'Sender e-mail');
    await expect(await cell('Alerts')).toBeFocused();
    await rename(api, 1, 'zzz');
    await expect(report.row('zzz')).toBeVisible();
    await expect(await cell('zzz')).toBeFocused();
    await api.account({ name: 'AAA' });
    await expect(report.row('AAA')).toBeVisible();
    await expect(await cell('zzz')).toBeFocused();
  });

  test('what is selected stays selected, and an open menu stays with its row', async ({ page, api }) => {
    const report = await liveReport(page, `${ACCOUNTS}?sort=name`);
    const name = report.row('Billing').getByText('Billing', { exact: true });
    await name.evaluate((element) => getSelection()!.selectAllChildren(element));
    await api.account({ name: 'AAA' });
    await expect(report.row('AAA')).toBeVisible();
    expect(await page.evaluate(() => String(getSelection()))).toBe('Billing');

    const menu = await report.menu('Billing');
    await rename(api, 1, 'Zulu');
    await expect(report.row('Zulu')).toBeVisible();
    await expect(menu).toBeVisible();
    await expect(menu.getByRole('menuitem').first()).toBeFocused();
    await remove(api, 3);
    await expect(report.row('Billing')).toHaveCount(0);
    await expect(menu).toBeHidden();
    await expect(page.getByRole('region', { name: 'SMTP Configuration, table' })).toBeFocused();
  });

  test('a line says when nothing arrives any more, and goes; what was missed is there', async ({ page, api, postroom, trouble }) => {
    trouble.expect(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|Failed to load resource/);
    const report = await liveReport(page);
    await postroom.stop();
    await expect(page.getByText('Not live: trying again')).toBeVisible({ timeout: 10_000 });
    await expect(report.row('Billing')).toBeVisible();
    await postroom.start();
    await rename(api, 3, 'Invoices');
    await expect(report.row('Invoices')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('Not live: trying again')).toHaveCount(0);
  });

  test('nothing is fetched while nobody looks, and all of it once somebody does', async ({ page, api, pageOf }) => {
    const report = await liveReport(page);
    const seen = await liveReport(await pageOf('administrator'));
    await hide(page, true);
    let asked = 0;
    page.on('request', (request) => asked += Number(request.url().includes('.rows')));
    await rename(api, 3, 'Invoices');
    await expect(seen.row('Invoices')).toBeVisible();
    // Fetched half a second after the first change at the earliest: by then, that one would long have been fetched here, too.
    await api.account({ name: 'Newcomer' });
    await expect(seen.row('Newcomer')).toBeVisible();
    await expect(report.row('Billing')).toBeVisible();
    expect(asked).toBe(0);
    await hide(page, false);
    await expect(report.row('Invoices')).toBeVisible();
    await expect(report.row('Newcomer')).toBeVisible();
    expect(asked).toBe(1);
  });

  test('the first account of all appears, and the last one goes', async ({ page, api }) => {
    for (const id of [2, 3, 4, 5, 1]) await remove(api, id);
    const connected = live(page);
    await open(page, ACCOUNTS);
    await connected;
    await expect(page.getByText('No SMTP account yet')).toBeVisible();
    await api.account({ name: 'First' });
    await expect(new Report(page).row('First')).toBeVisible();
    await remove(api, 6);
    await expect(page.getByText('No SMTP account yet')).toBeVisible();
  });
});

/** As the browser says it of a tab that is not in front. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
}

test.describe('in a long report', () => {
  test.beforeEach(async ({ api }) => {
    for (let number = 1; number <= 40; number++) await api.account({ name: `Account ${String(number).padStart(2, '0')}` });
  });

  test('the row that one reads stays where it is', async ({ page, api }) => {
    const report = await liveReport(page, `${ACCOUNTS}?sort=name&size=50`);
    const scroller = page.locator('.table-scroll');
    await page.mouse.move(5, 5);
    await scroller.evaluate((element) => element.scrollTo(0, 400));
    const read = report.row('Account 20');
    const before = await top(read);
    for (let number = 1; number <= 3; number++) {
      await api.account({ name: `AA ${number}` });
      await expect(report.row(`AA ${number}`)).toBeAttached();
    }
    expect(await top(read)).toBe(before);
    await remove(api, 2);
    await expect(report.row('Account 02')).toHaveCount(0);
    expect(await top(read)).toBe(before);

    // The one under the pointer, though others above it in sight come.
    await report.row('Account 22').hover();
    const pointed = await top(report.row('Account 22'));
    await api.account({ name: 'Account 21b' });
    await expect(report.row('Account 21b')).toBeAttached();
    expect(await top(report.row('Account 22'))).toBe(pointed);
  });

  test('the row that the keyboard is in stays where it is, also at the top', async ({ page, api }) => {
    const report = await liveReport(page, `${ACCOUNTS}?sort=name&size=50`);
    const edit = report.row('Account 05').getByRole('button', { name: 'Edit' });
    await edit.focus();
    const before = await top(report.row('Account 05'));
    await api.account({ name: 'AA' });
    await expect(report.row('AA')).toBeAttached();
    await expect(edit).toBeFocused();
    expect(await top(report.row('Account 05'))).toBe(before);
  });
});

test.describe('what only grows', () => {
  test('new lines come in at the top of the first page, and push nothing on further ones', async ({ page, api, pageOf }) => {
    for (let number = 1; number <= 14; number++) await api.account({ name: `Account ${number}` });
    const first = await liveReport(page, `${AUDIT}?size=10`);
    const other = await pageOf('administrator');
    const second = await liveReport(other, `${AUDIT}?size=10&page=2`);
    const ids = await second.column('ID');
    const newest = (await first.column('ID'))[0]!;
    await api.account({ name: 'Another' });
    await expect.poll(async () => (await first.column('ID'))[0]).toBe(String(Number(newest) + 1));
    await expect(other.getByText(new RegExp(`of ${Number(newest)}|of ${Number(newest) + 1}`)).first()).toBeVisible();
    await second.expectColumn('ID', ids);
    // Who turns the page is given it as it is now.
    await other.getByRole('button', { name: 'Previous' }).click();
    await expect.poll(async () => (await second.column('ID'))[0]).toBe(String(Number(newest) + 1));
  });

  test('a message appears in the Outbox, and what becomes of it', async ({ page, api, postroom }) => {
    await api.account({ name: 'Alerts' });
    await api.call('sending_pause', { id: 1 });
    const report = await liveReport(page, OUTBOX);
    await expect(page.getByText('No message yet')).toBeVisible();
    const id = await submit(postroom.url, api, { to: ['ann@example.test'], subject: 'Daily report', text: 't' });
    await expect.poll(() => report.column('Subject')).toEqual(['Daily report']);
    await api.call('message_cancel', { id });
    await expect(report.rows.first().locator('td[data-column="status"]')).toHaveText(/^Canceled/);
  });
});

test.describe('in a window', () => {
  test.beforeEach(async ({ api }) => await seed(api));

  test('of an account that another saves, what was typed stays, and both versions are shown at once', async ({ page, api }) => {
    const connected = live(page);
    await open(page, `${ACCOUNTS}/3/edit`);
    await connected;
    const window = settingsWindow(page);
    await window.field('Account Name').fill('Mine');
    await rename(api, 3, 'Theirs');
    const notice = window.root.getByRole('alert').filter({ hasText: 'Somebody else saved this' });
    await expect(notice).toBeVisible();
    await expect(window.field('Account Name')).toHaveValue('Mine');
    await expect(window.field('Account Name')).toBeFocused();
    await window.button('Keep mine').click();
    await expect(window.root).toBeHidden();
    await new Report(page).expectNames(['Alerts', 'Backup', 'Mine', 'Reports', 'zeta']);
  });

  for (const { what, address, title, name, endpoint, theirs } of [
    { what: 'an account', address: `${ACCOUNTS}/3/edit`, title: 'SMTP server settings', name: 'Account Name', endpoint: 'account_get',
      theirs: (api: Api) => rename(api, 3, 'Theirs') },
    { what: 'a credential', address: `${CREDENTIALS}/1/edit`, title: 'Edit credential', name: 'Name', endpoint: 'credential_get',
      theirs: (api: Api) => renameCredential(api, 'Theirs') },
  ]) {
    test(`of ${what}, a button stays under the pointer until it is let go`, async ({ page, api }) => {
      await api.credential('Old', 'alerts');
      // What the other has stored is kept back until the button is down.
      let letGo: () => void;
      const kept = new Promise<void>(done => { letGo = done; });
      const connected = live(page);
      await open(page, address);
      await connected;
      const window = Window.of(page, title);
      await window.field(name).fill('Mine');
      await page.route(`**/api/ui/${endpoint}`, async route => {
        await kept;
        await route.continue();
      });
      const asked = page.waitForRequest(`**/api/ui/${endpoint}`);
      const answered = page.waitForResponse(`**/api/ui/${endpoint}`);
      await theirs(api);
      await asked;
      const save = window.button('Save');
      const before = (await save.boundingBox())!;
      await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
      await page.mouse.down();
      letGo!();
      await (await answered).finished();
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
      const notice = window.root.getByRole('alert').filter({ hasText: 'Somebody else saved this' });
      await expect(notice).toHaveCount(0);
      expect(await save.boundingBox()).toEqual(before);
      await page.mouse.up();
      // The press was heard of: what stands in the way of the save has the keyboard.
      await expect(notice).toBeFocused();
      await expect(window.field(name)).toHaveValue('Mine');
    });
  }

  test('in which nothing was typed, what another saved is shown', async ({ page, api }) => {
    const connected = live(page);
    await open(page, `${ACCOUNTS}/3/edit`);
    await connected;
    const window = settingsWindow(page);
    await rename(api, 3, 'Theirs');
    await expect(window.field('Account Name')).toHaveValue('Theirs');
    await expect(window.root.getByText('The window shows what is stored now.')).toBeVisible();
    await window.field('Account Name').fill('Third');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    expect(await api.call('account_get', { id: 3 })).toMatchObject({ name: 'Third' });
  });

  test('of an account that another deletes, what was typed stays', async ({ page, api }) => {
    const connected = live(page);
    await open(page, `${ACCOUNTS}/3/edit`);
    await connected;
    const window = settingsWindow(page);
    await window.field('Account Name').fill('Mine');
    await remove(api, 3);
    await expect(window.root.getByText('This account has been deleted meanwhile')).toBeVisible();
    await expect(window.field('Account Name')).toHaveValue('Mine');
    await expect(window.field('Account Name')).toBeFocused();
    await expect(new Report(page).row('Billing')).toHaveCount(0);
  });

  test('one\'s own save is no collision', async ({ page, api }) => {
    const connected = live(page);
    await open(page, `${ACCOUNTS}/3/edit`);
    await connected;
    const window = settingsWindow(page);
    await window.field('Account Name').fill('Mine');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    await expect(page.getByText('Somebody else')).toHaveCount(0);
    await expect(page.locator('#live-said')).toBeEmpty();
    await new Report(page).expectNames(['Alerts', 'Backup', 'Mine', 'Reports', 'zeta']);
    await rename(api, 3, 'Theirs');
    await expect(new Report(page).row('Theirs')).toBeVisible();
  });

  test('of another list it is the same', async ({ page, api }) => {
    await api.credential('Old', 'alerts');
    const connected = live(page);
    await open(page, `${CREDENTIALS}/1/edit`);
    await connected;
    const window = Window.of(page, 'Edit credential');
    await window.field('Name').fill('Mine');
    await renameCredential(api, 'Theirs');
    await expect(window.root.getByRole('alert').filter({ hasText: 'Somebody else saved this' })).toBeVisible();
    await expect(window.field('Name')).toHaveValue('Mine');
    await window.button('Take theirs').click();
    await expect(window.field('Name')).toHaveValue('Theirs');
    await api.call('credential_delete', { id: 1 });
    await expect(window.root.getByText('Somebody else has deleted this meanwhile')).toBeVisible();
    await expect(window.field('Name')).toHaveValue('Theirs');
  });
});

test.describe('one connection a browser', () => {
  test.beforeEach(async ({ api }) => await seed(api));

  test('tabs share it; when the tab that has it closes, another takes over', async ({ page, api, context }) => {
    let connections = 0;
    context.on('request', (request) => connections += Number(request.url().endsWith('/events')));
    const first = await liveReport(page);
    const tab = await context.newPage();
    await tab.goto(ACCOUNTS);
    const second = new Report(tab);
    await expect(tab.locator('.live')).toBeAttached();
    await rename(api, 3, 'Invoices');
    for (const report of [first, second]) await expect(report.row('Invoices')).toBeVisible();
    expect(connections).toBe(1);

    const taken = live(tab);
    await page.close();
    await taken;
    await rename(api, 3, 'Bills');
    await expect(second.row('Bills')).toBeVisible();
    expect(connections).toBe(2);
  });

  test('nobody is told of what they may not read, and the page asks for no more', async ({ page, pageOf, postroom, api }) => {
    const users = await liveReport(page, USERS);
    const viewer = await pageOf('viewer');
    const report = await liveReport(viewer);
    // The same list, before somebody who may not read it.
    const refused = await pageOf('viewer');
    await liveReport(refused, USERS);
    const asked: string[] = [];
    for (const page of [viewer, refused]) page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await postroom.addUser('somebody', 'viewer');
    await expect.poll(() => users.column('User name')).toContain('somebody');
    // What is told later than that has come to both, and what it asks for.
    const told = refused.waitForRequest('**/api/ui/incident_count');
    await rename(api, 3, 'Invoices');
    await expect(report.row('Invoices')).toBeVisible();
    await told;
    // Incidents are theirs to read, and are asked for in every page.
    const others = asked.filter((path) => !path.endsWith('/api/ui/incident_count'));
    expect(others.map((path) => path.replace(/.*(?=\/reports\/)/, ''))).toEqual(['/reports/accounts.rows']);
  });

  test('users that the command line makes appear', async ({ page, postroom }) => {
    const report = await liveReport(page, USERS);
    await postroom.addUser('somebody', 'viewer');
    await expect.poll(() => report.column('User name')).toContain('somebody');
  });
});
