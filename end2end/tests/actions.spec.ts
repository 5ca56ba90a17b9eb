// Section 2 of the specification: the Actions menu of a report: Print Report and Export CSV.
import { readFile } from 'node:fs/promises';
import type { Download, Locator, Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, AUDIT, CONNECTORS, CREDENTIALS, Report, settingsWindow, USERS } from '../support/pages';
import { plain } from '../support/setting';

const COLUMNS = ['ID', 'Name', 'Sender e-mail', 'Reply e-mail', 'Return e-mail', 'Confirmation mail', 'Enabled', 'Default',
  'Secure connection', 'Uses config', 'Read Conf', 'Footer', 'Last test'];

const button = (page: Page) => page.getByRole('button', { name: 'Actions', exact: true });
const menu = (page: Page) => page.getByRole('menu', { name: 'Actions', exact: true });
const entry = (page: Page, name: string) => menu(page).getByRole('menuitem', { name, exact: true });

async function address(link: Locator): Promise<string> {
  return plain(await link.getAttribute('href') ?? '');
}

async function exported(page: Page): Promise<Download> {
  await button(page).click();
  const download = page.waitForEvent('download');
  await entry(page, 'Export CSV').click();
  return await download;
}

async function printed(page: Page): Promise<Page> {
  await button(page).click();
  const popup = page.waitForEvent('popup');
  await entry(page, 'Print Report').click();
  const paper = await popup;
  await paper.waitForLoadState('load');
  return paper;
}

const textOf = async (download: Download) => await readFile(await download.path(), 'utf8');
const namesIn = (csv: string) => csv.split('\r\n').slice(1, -1).map((line) => line.split(',')[1]);

/** How many sheets a PDF has. */
const sheets = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

test.describe('the menu', () => {
  for (const [path, report] of [[ACCOUNTS, 'accounts'], [CREDENTIALS, 'credentials'], [CONNECTORS, 'connectors'], [USERS, 'users'], [AUDIT, 'audit']] as const) {
    test(`stands over ${path}`, async ({ page }) => {
      await open(page, path);
      await button(page).click();
      await expect(menu(page).getByRole('menuitem')).toHaveText(['Print Report', 'Export CSV', 'Schedule Report']);
      expect(await address(entry(page, 'Print Report'))).toBe(`/reports/${report}/print`);
      expect(await address(entry(page, 'Export CSV'))).toBe(`/reports/${report}.csv`);
    });
  }

  test('opens beside its button; the keyboard walks through it and Escape gives the focus back', async ({ page, api }) => {
    await seed(api);
    await open(page, ACCOUNTS);
    await button(page).focus();
    await page.keyboard.press('Enter');
    await expect(entry(page, 'Print Report')).toBeFocused();
    const [above, below] = [await button(page).boundingBox(), await menu(page).boundingBox()];
    expect(Math.abs(above!.x + above!.width - below!.x - below!.width)).toBeLessThan(2);
    expect(below!.y - above!.y - above!.height).toBeLessThan(12);
    await page.keyboard.press('ArrowDown');
    await expect(entry(page, 'Export CSV')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu(page)).toBeHidden();
    await expect(button(page)).toBeFocused();
  });

  test('its links follow the filter and the sort, and leave the page out', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?size=10`);
    const links = () => Promise.all(['Print Report', 'Export CSV'].map(async (name) => {
      const link = page.locator('[role=menuitem]', { hasText: name });
      return (await address(link)).split('?')[1] ?? '';
    }));
    expect(await links()).toEqual(['', '']);
    await report.field('Name').fill('Ação & co');
    await expect.poll(links).toEqual(['name=A%C3%A7%C3%A3o%20%26%20co', 'name=A%C3%A7%C3%A3o%20%26%20co']);
    // Typed, where that was pasted.
    await report.field('Name').clear();
    await report.field('Name').pressSequentially('eta');
    await expect.poll(links).toEqual(['name=eta', 'name=eta']);
    await report.field('Name').fill('a');
    await report.table.getByRole('button', { name: 'Name', exact: true }).click();
    await expect.poll(links).toEqual(['name=a&sort=name', 'name=a&sort=name']);
    await report.button('Clear').click();
    await expect.poll(links).toEqual(['sort=name', 'sort=name']);
  });

  test('works without any script', async ({ pageOf, api }) => {
    await seed(api);
    const page = await pageOf('viewer', { javaScriptEnabled: false });
    await page.goto(`${ACCOUNTS}?name=zeta`);
    const file = await exported(page);
    expect(namesIn(await textOf(file))).toEqual(['zeta']);
  });

  test.describe('as a viewer', () => {
    test.use({ role: 'viewer' });

    test('is there too, where one may read', async ({ page, api }) => {
      await seed(api);
      await open(page, ACCOUNTS);
      await expect(page.getByRole('button', { name: 'New', exact: true })).toHaveCount(0);
      expect(namesIn(await textOf(await exported(page)))).toHaveLength(5);
      await open(page, AUDIT);
      await expect(button(page)).toHaveCount(0);
    });
  });
});

test.describe('Export CSV', () => {
  test('brings what the report shows, under a name with the date', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?sort=-name`);
    const file = await exported(page);
    expect(file.suggestedFilename()).toMatch(/^smtp-accounts-\d{8}-\d{4}\.csv$/);
    const bytes = await readFile(await file.path());
    expect([...bytes.subarray(0, 3)], 'a mark').toEqual([0xef, 0xbb, 0xbf]);
    const text = bytes.subarray(3).toString('utf8');
    expect(text.split('\r\n')[0]).toBe(COLUMNS.join(','));
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(namesIn(text)).toEqual(await report.column('Name').then((names) => names.map((name) => name.split('\n')[0])));
    expect(text).toContain('\r\n1,Alerts,alerts@one.test,help@one.test,bounce@one.test,read@one.test,Yes,Yes,Yes,No,No,No,Never\r\n');
    await expect(page, 'the report stays').toHaveURL(`${ACCOUNTS}?sort=-name`);
  });

  test('takes the filter, and all pages', async ({ page, api }) => {
    for (let i = 1; i <= 35; i++) await api.account({ name: `Branch ${i}` });
    await api.account({ name: '=HYPERLINK("http://evil.test","x")' });
    const report = await Report.open(page);
    await report.field('Name').fill('branch');
    await expect(page).toHaveURL(/name=branch/);
    expect(namesIn(await textOf(await exported(page)))).toHaveLength(35);
    await report.button('Clear').click();
    await expect(page).toHaveURL(ACCOUNTS);
    const text = await textOf(await exported(page));
    expect(text).toContain(`\r\n36,"'=HYPERLINK(""http://evil.test"",""x"")",`);
  });

  test('a person whose session has ended signs in first', async ({ pageOf }) => {
    const page = await pageOf('nobody');
    await page.goto('/reports/accounts/print?name=a');
    await expect(page).toHaveURL(/\/sign-in\?next=%2Freports%2Faccounts%2Fprint%3Fname%3Da/);
  });
});

test.describe('Print Report', () => {
  test.beforeEach(async ({ context }) => {
    // Headless, there is no dialog: what counts is that it was asked for.
    await context.addInitScript(() => Object.assign(window, { print: () => (document.documentElement.dataset.printed = 'yes') }));
  });

  test('says what it is, by whom, when, which filter and order, and how many', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?sort=-name`);
    await report.field('Enabled').selectOption('Yes');
    await expect(page).toHaveURL(/enabled=yes/);
    const paper = await printed(page);
    await expect(paper.locator('html')).toHaveAttribute('data-printed', 'yes');
    await expect(paper.getByRole('heading', { name: 'SMTP Configuration', level: 1 })).toBeVisible();
    const about = await paper.locator('dl').evaluate((list) =>
      Object.fromEntries([...list.querySelectorAll('dt')].map((term) => [term.innerText, (term.nextElementSibling as HTMLElement).innerText])));
    expect(about).toEqual({
      'Printed by': 'administrator',
      'Date/Time': expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/),
      'Filter': 'Enabled “Yes”',
      'Sorted by': 'Name, descending',
      'Rows': '4 of 5 accounts',
    });
    const onPaper = new Report(paper);
    await expect(onPaper.headers).toHaveText(COLUMNS);
    expect(await onPaper.column('ID')).toEqual(['5', '4', '3', '1']);
    await expect(paper.getByText('Certificate not checked', { exact: true })).toBeVisible();
    expect(await paper.evaluate(() => window.opener)).toBeNull();
  });

  test('has all rows, the header on each sheet, and no row cut in two', async ({ page, api }) => {
    for (let i = 1; i <= 60; i++) await api.account({ name: `Branch ${i}` });
    await open(page, ACCOUNTS);
    const paper = await printed(page);
    await expect(new Report(paper).rows).toHaveCount(60);
    await paper.emulateMedia({ media: 'print' });
    const style = (selector: string, name: string) =>
      paper.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);
    expect(await style('thead', 'display')).toBe('table-header-group');
    expect(await style('tbody tr', 'break-inside')).toBe('avoid');
    for (const format of ['A4', 'Letter']) {
      const pdf = await paper.pdf({ format, landscape: true });
      expect(sheets(pdf), format).toBeGreaterThan(1);
      expect(sheets(pdf), format).toBeLessThan(6);
    }
    const width = await paper.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(width, 'nothing sticks out').toBeLessThanOrEqual(0);
  });

  test('says so where nothing matches', async ({ page, api }) => {
    await seed(api);
    await open(page, `${ACCOUNTS}?name=nobody`);
    const paper = await printed(page);
    await expect(paper.getByText('No row matches.')).toBeVisible();
  });

  test('a window that is open over the report does not matter', async ({ page, api }) => {
    await seed(api);
    await open(page, `${ACCOUNTS}/1/edit?name=a`);
    await settingsWindow(page).button('Cancel').click();
    await expect(settingsWindow(page).root).toBeHidden();
    const paper = await printed(page);
    await expect(paper).toHaveURL(/\/reports\/accounts\/print\?name=a$/);
  });
});
