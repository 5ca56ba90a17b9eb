// The report's own comforts: columns and their order, density, saved views, filter chips, copying a cell.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { expect, open, takenOver, test } from '../support/fixtures';
import { ACCOUNTS, AUDIT, CONNECTORS, Report } from '../support/pages';
import { USER_PASSWORD } from '../support/postroom';

const CONNECTOR_COLUMNS = ['ID', 'Name', 'Kind', 'Host', 'Port', 'Enabled', 'Used by', 'Actions'];

const opener = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** Opens a panel below the search fields. */
async function panel(page: Page, name: 'Columns' | 'Views'): Promise<Locator> {
  await opener(page, name).click();
  await expect(dialog(page, name).getByRole('button').first()).toBeVisible();
  return dialog(page, name);
}

test.describe('columns', () => {
  test('are chosen and moved by mouse; a reload and a link keep them; Reset brings them back', async ({ page, api, pageOf }) => {
    await api.connector('Way out', { host: 'proxy.one.test', port: '1080' });
    const report = await Report.open(page, CONNECTORS);
    const columns = await panel(page, 'Columns');
    await columns.getByRole('checkbox', { name: 'ID', exact: true }).uncheck();
    await columns.getByRole('checkbox', { name: 'Used by' }).uncheck();
    await expect(report.headers).toHaveText(['Name', 'Kind', 'Host', 'Port', 'Enabled', 'Actions']);
    await expect(report.rows.first().getByRole('cell')).toHaveText([/Way out/, 'SOCKS5', 'proxy.one.test', '1080', 'Yes', '']);
    const grip = columns.getByRole('listitem').filter({ hasText: 'Port' }).locator('.column-grip');
    await grip.hover();
    await page.mouse.down();
    const target = (await columns.getByRole('listitem').filter({ hasText: 'Name' }).boundingBox())!;
    await page.mouse.move(target.x + 20, target.y + target.height / 2, { steps: 6 });
    await page.mouse.up();
    await expect(report.headers).toHaveText(['Port', 'Name', 'Kind', 'Host', 'Enabled', 'Actions']);
    await expect(page).toHaveURL(`${CONNECTORS}?columns=port,name,kind,host,enabled`);
    await page.reload();
    await takenOver(page);
    await expect(report.headers).toHaveText(['Port', 'Name', 'Kind', 'Host', 'Enabled', 'Actions']);
    const other = await Report.open(await pageOf('viewer'), new URL(page.url()).pathname + new URL(page.url()).search);
    await expect(other.headers.first()).toHaveText('Port');
    await (await panel(page, 'Columns')).getByRole('button', { name: 'Reset columns' }).click();
    await expect(report.headers).toHaveText(CONNECTOR_COLUMNS);
    await expect(page).toHaveURL(CONNECTORS);
  });

  test('are chosen and moved by keyboard alone, and said', async ({ page, api }) => {
    await api.connector('Way out');
    const report = await Report.open(page, CONNECTORS);
    await opener(page, 'Columns').focus();
    await page.keyboard.press('Enter');
    const columns = dialog(page, 'Columns');
    await expect(columns.getByRole('checkbox', { name: 'ID', exact: true })).toBeFocused();
    await page.keyboard.press('Space');
    await expect(report.headers.first()).toHaveText('Name');
    // Past the buttons of ID and the box of Name.
    await columns.getByRole('button', { name: 'Move Name down' }).focus();
    await page.keyboard.press('Enter');
    await expect(columns.getByRole('button', { name: 'Move Name down' })).toBeFocused();
    await expect(columns.getByRole('status')).toHaveText('Name: place 3 of 7');
    await expect(report.headers).toHaveText(['Kind', 'Name', 'Host', 'Port', 'Enabled', 'Used by', 'Actions']);
    for (let at = 0; at < 4; at += 1) await page.keyboard.press('Enter');
    await expect(columns.getByRole('button', { name: 'Move Name up' })).toBeFocused();
    await expect(report.headers).toHaveText(['Kind', 'Host', 'Port', 'Enabled', 'Used by', 'Name', 'Actions']);
    await page.keyboard.press('Escape');
    await expect(opener(page, 'Columns')).toBeFocused();
  });

  test('one always stays, and nonsense in the address shows the report’s own', async ({ page, api }) => {
    await api.connector('Way out');
    const report = await Report.open(page, `${CONNECTORS}?columns=port`);
    await expect(report.headers).toHaveText(['Port', 'Actions']);
    await expect((await panel(page, 'Columns')).getByRole('checkbox', { name: 'Port' })).toBeDisabled();
    await open(page, `${CONNECTORS}?columns=evil,version,%00`);
    await expect(report.headers).toHaveText(CONNECTOR_COLUMNS);
  });

  test('are those of the file, the print and the schedule, in this order', async ({ page, api, context }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?columns=sender,name&name=al`);
    await expect(report.headers).toHaveText(['Sender e-mail', 'Name', 'Actions']);
    await report.expectColumn('Name', ['Alerts']);
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toBe('\ufeffSender e-mail,Name\r\nalerts@one.test,Alerts\r\n');
    await context.addInitScript(() => { window.print = () => undefined; });
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    const opened = context.waitForEvent('page');
    await page.getByRole('menuitem', { name: 'Print Report' }).click();
    await expect((await opened).getByRole('columnheader')).toHaveText(['Sender e-mail', 'Name']);
    await page.bringToFront();
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Schedule Report' }).click();
    await expect(page.getByRole('dialog').getByText('Sender e-mail, Name', { exact: true })).toBeVisible();
  });

  test('filter, sort and marks follow them', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?columns=enabled,name,id`);
    await report.field('Name').fill('e');
    await report.expectColumn('ID', ['1', '4', '5']);
    await report.table.getByRole('button', { name: 'Name', exact: true }).click();
    await expect(page).toHaveURL(/sort=name/);
    await report.expectColumn('Name', ['Alerts', 'Ünder\nNot encrypted', 'zeta\nCertificate not checked']);
    const marked = await page.evaluate(() => {
      const all = (CSS as unknown as { highlights: Map<string, Iterable<StaticRange>> }).highlights.get('match') ?? [];
      return [...all].map((range) => (range.startContainer.parentElement!.closest('td') as HTMLElement).dataset.column);
    });
    expect(new Set(marked)).toEqual(new Set(['name']));
  });

  test('and chips need no script', async ({ pageOf, api }) => {
    await seed(api);
    const page = await pageOf('administrator', { javaScriptEnabled: false });
    await page.goto(`${ACCOUNTS}?columns=name,id&name=a&enabled=yes`);
    const report = new Report(page);
    await expect(report.headers).toHaveText(['Name', 'ID', 'Actions']);
    await expect(report.rows).toHaveCount(2);
    await page.getByRole('button', { name: 'Remove filter Enabled: Yes' }).click();
    await expect(report.rows).toHaveCount(3);
    await expect(report.headers.first()).toHaveText('Name');
    await report.field('Name').fill('zeta');
    await report.button('Search').click();
    await expect(report.rows).toHaveCount(1);
    await expect(report.headers.first()).toHaveText('Name');
  });
});

test.describe('chips', () => {
  test('say what is filtered by, each with a way to do without it', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    const chips = page.getByRole('list', { name: 'Filters in force' });
    await expect(chips).toBeHidden();
    await report.field('Name').fill('e');
    await report.field('Enabled').selectOption('Yes');
    await report.button('More').click();
    await report.field('Sender e-mail').fill('test');
    await report.button('Less').click();
    await expect(chips.getByRole('listitem')).toHaveText([/Name: e/, /Enabled: Yes/, /Sender e-mail: test/]);
    await chips.getByRole('button', { name: 'Remove filter Name: e', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(chips.getByRole('button', { name: 'Remove filter Enabled: Yes' })).toBeFocused();
    await expect(report.field('Name')).toHaveValue('');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect(chips.getByRole('button', { name: 'Remove filter Enabled: Yes' })).toBeFocused();
    await expect(page).toHaveURL(`${ACCOUNTS}?enabled=yes`);
    await page.keyboard.press('Enter');
    await expect(report.field('Enabled')).toBeFocused();
    await expect(chips).toBeHidden();
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
    await page.goBack();
    await expect(chips.getByRole('listitem')).toHaveText([/Enabled: Yes/]);
  });
});

test.describe('saved views', () => {
  test('one’s own: saved, opened with one press, changed, renamed, deleted', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?enabled=yes&sort=-name&columns=name,enabled`);
    let views = await panel(page, 'Views');
    await views.getByRole('button', { name: 'Save view…' }).click();
    await views.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(views.getByLabel('View name')).toHaveAttribute('aria-invalid', 'true');
    await views.getByLabel('View name').fill('In use');
    await page.keyboard.press('Enter');
    await expect(opener(page, 'Views')).toHaveAccessibleName('Views: In use');
    await expect(page).toHaveURL(/enabled=yes&sort=-name&columns=name,enabled&view=1$/);
    await views.getByRole('button', { name: 'Reset view' }).click();
    await expect(page).toHaveURL(ACCOUNTS);
    await expect(opener(page, 'Views')).toHaveAccessibleName('Views');

    views = await panel(page, 'Views');
    await views.getByRole('link', { name: 'In use' }).click();
    await expect(views).toBeHidden();
    await report.expectColumn('Name', ['zeta\nCertificate not checked', 'Ünder\nNot encrypted', 'Billing', 'Alerts']);
    await report.field('Name').fill('a');
    await expect(opener(page, 'Views')).toHaveAccessibleName('Views: In use changed');
    views = await panel(page, 'Views');
    await views.getByRole('button', { name: 'Update “In use”' }).click();
    await expect(opener(page, 'Views')).toHaveAccessibleName('Views: In use');
    await page.reload();
    await takenOver(page);
    await expect(opener(page, 'Views')).toHaveAccessibleName('Views: In use');
    await report.expectColumn('Name', ['zeta\nCertificate not checked', 'Alerts']);

    views = await panel(page, 'Views');
    await views.getByRole('button', { name: 'Rename In use' }).click();
    await views.getByLabel('View name').fill('With an a');
    await views.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(opener(page, 'Views')).toHaveAccessibleName('Views: With an a');
    await views.getByRole('button', { name: 'Delete With an a' }).click();
    await views.getByRole('button', { name: 'Cancel' }).click();
    await views.getByRole('button', { name: 'Delete With an a' }).click();
    await views.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(views.getByText('A view keeps what you look at')).toBeVisible();
    await expect(opener(page, 'Views')).toHaveAccessibleName('Views');
    await report.expectColumn('Name', ['zeta\nCertificate not checked', 'Alerts']);
  });

  test('a name that is taken is said beside it', async ({ page, api }) => {
    await seed(api);
    await api.call('view_create', { draft: { report: 'accounts', name: 'Night', shared: false, query: query() } });
    await open(page, `${ACCOUNTS}?name=a`);
    const views = await panel(page, 'Views');
    await views.getByRole('button', { name: 'Save view…' }).click();
    await views.getByLabel('View name').fill('NIGHT');
    await views.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(views.getByLabel('View name')).toHaveAccessibleDescription(/taken|already/i);
    await expect(views.getByLabel('View name')).toBeFocused();
  });

  test('shared by an administrator, opened by a viewer, who can’t change it; its link too', async ({ page, api, pageOf, context }) => {
    await seed(api);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const report = await Report.open(page, `${ACCOUNTS}?enabled=no`);
    const views = await panel(page, 'Views');
    await views.getByRole('button', { name: 'Save view…' }).click();
    await views.getByLabel('View name').fill('Switched off');
    await views.getByRole('checkbox', { name: 'Share with everybody' }).check();
    await views.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(views.getByRole('link', { name: 'Switched off' })).toBeVisible();
    await views.getByRole('button', { name: 'Copy link to Switched off' }).click();
    await expect(page.getByText('The link is in the clipboard.')).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await report.expectColumn('ID', ['2']);

    const viewer = await pageOf('viewer');
    const theirs = await Report.open(viewer);
    const list = await panel(viewer, 'Views');
    await expect(list.getByRole('button', { name: 'Delete Switched off' })).toHaveCount(0);
    await list.getByRole('button', { name: 'Save view…' }).click();
    await expect(list.getByRole('checkbox')).toHaveCount(0);
    await list.getByRole('button', { name: 'Cancel' }).click();
    await list.getByRole('link', { name: 'Switched off' }).click();
    await theirs.expectColumn('ID', ['2']);
    await expect(opener(viewer, 'Views')).toHaveAccessibleName('Views: Switched off');

    const operator = await pageOf('operator');
    await operator.goto(link);
    await takenOver(operator);
    await new Report(operator).expectColumn('ID', ['2']);
    await expect(opener(operator, 'Views')).toHaveAccessibleName('Views: Switched off');

    const log = await Report.open(page, AUDIT);
    await expect(log.rows.first()).toContainText('View created for everybody');
  });

  test('another person’s own view is not theirs to see, and its link shows what it shows', async ({ api, pageOf }) => {
    await seed(api);
    const made = await api.call<{ id: number }>('view_create', { draft: { report: 'accounts', name: 'Mine', shared: false, query: query({ name: 'zeta' }) } });
    const page = await pageOf('operator');
    const report = await Report.open(page, `${ACCOUNTS}?name=zeta&view=${made.id}`);
    await report.expectColumn('ID', ['5']);
    const views = await panel(page, 'Views');
    await expect(views.getByRole('link')).toHaveCount(0);
    await expect(opener(page, 'Views')).toHaveAccessibleName('Views');
  });
});

/** What a report is asked, as the server functions take it. */
const query = (filter: Record<string, string> = {}) => ({ filter, sort: null, page: 1, size: 30 });

test('density is kept with the person, in another browser too, and comes with the page', async ({ page, api, pageOf }) => {
  await seed(api);
  await open(page, ACCOUNTS);
  const height = async (of: Page) => (await of.getByRole('table').locator('tbody tr').first().boundingBox())!.height;
  const before = await height(page);
  await page.getByRole('banner').getByRole('button', { name: 'administrator' }).click();
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/taste'));
  await page.getByRole('group', { name: 'Density' }).getByRole('radio', { name: 'Compact' }).check();
  expect(await height(page)).toBeLessThan(before);
  expect((await kept).status()).toBe(204);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');

  const other = await pageOf('nobody');
  await other.goto('/sign-in');
  await expect(other.locator('html')).not.toHaveAttribute('data-density');
  await other.getByLabel('User name').fill('administrator');
  await other.getByLabel('Password').fill(USER_PASSWORD);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other).toHaveURL(ACCOUNTS);
  expect(await (await other.request.get(ACCOUNTS)).text()).toContain('data-density="compact"');
  await takenOver(other);
  await other.getByRole('banner').getByRole('button', { name: 'administrator' }).click();
  await expect(other.getByRole('group', { name: 'Density' }).getByRole('radio', { name: 'Compact' })).toBeChecked();
});

test.describe('a cell is copied', () => {
  test('with the mouse: one button comes to the cell', async ({ page, api, context }) => {
    await seed(api);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const report = await Report.open(page);
    const copy = page.getByRole('button', { name: 'Copy cell' });
    await expect(copy).toHaveCount(0);
    await (await report.cell(report.row('Billing'), 'Reply e-mail')).hover();
    await copy.click();
    await expect(page.getByText('Copied: money@three.test')).toBeAttached();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('money@three.test');
    await (await report.cell(report.row('Ünder'), 'Name')).hover();
    await copy.click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Ünder');
    await report.row('zeta').getByRole('button', { name: 'Edit' }).hover();
    await expect(copy).toBeHidden();
  });

  test('with the keyboard: arrows walk, Enter copies, Escape leaves', async ({ page, api, context }) => {
    await seed(api);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const report = await Report.open(page);
    const table = page.getByRole('region', { name: 'SMTP Configuration, table' });
    await table.focus();
    await expect(page.getByRole('button', { name: 'Copy cell', includeHidden: true })).toBeAttached();
    await page.keyboard.press('ArrowDown');
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await expect(await report.cell(report.row('Ação'), 'Sender e-mail')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('acao@two.test');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Control+c');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('alerts@one.test');
    await page.keyboard.press('Escape');
    await expect(table).toBeFocused();
    await expect(page.getByRole('button', { name: 'Copy cell' })).toBeHidden();
  });
});
