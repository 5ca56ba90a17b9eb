// Before the program runs: the rows are read, and what is typed into the search form is answered by the server's own page.
import type { Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { expect, takenOver, test } from '../support/fixtures';
import { ACCOUNTS, Report } from '../support/pages';

/** Opens the report while the program is still on its way; answers what lets it come. */
async function arriving(page: Page, query = ''): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${ACCOUNTS}${query}`);
  return release;
}

const running = (page: Page) => page.evaluate(() => 'takenOver' in window);

test('what is typed is answered while the program is on its way, and stays as it is when that has come', async ({ page, api }) => {
  await seed(api);
  const release = await arriving(page);
  const report = new Report(page);
  const count = page.locator('.foot-all');
  await expect(count).toHaveText('5 accounts');
  await report.field('Name').pressSequentially('acao');
  await report.expectNames(['Ação']);
  await expect(count).toHaveText('1 of 5 accounts');
  await report.field('Name').fill('');
  await expect(report.rows).toHaveCount(5);
  await expect(count).toHaveText('5 accounts');
  await report.field('Enabled').selectOption({ label: 'No' });
  await report.expectNames(['Ação']);
  await page.getByRole('checkbox', { name: 'Select Ação', exact: true }).check();
  // The answer to this is the same row anew, ticked as the one before.
  const earlier = await report.rows.first().elementHandle();
  await report.field('Name').fill('a');
  await expect.poll(() => earlier?.evaluate((row) => row.isConnected)).toBe(false);
  await expect(page).toHaveURL(ACCOUNTS);
  expect(await running(page)).toBe(false);

  const row = await report.rows.first().elementHandle();
  release();
  await takenOver(page);
  await expect(count).toHaveText('1 of 5 accounts');
  await report.expectNames(['Ação']);
  // It is the same row: nothing was drawn anew.
  expect(await row?.evaluate((row) => row.isConnected)).toBe(true);
  await expect(page.getByRole('checkbox', { name: 'Select Ação', exact: true })).toBeChecked();
  await expect(page).toHaveURL(`${ACCOUNTS}?enabled=no&name=a`);
  await report.field('Name').fill('');
  await report.field('Enabled').selectOption({ label: 'All' });
  await expect(report.rows).toHaveCount(5);
  await expect(count).toHaveText('5 accounts');
});

test('a filter that the page was opened with is cleared while the program is on its way', async ({ page, api }) => {
  await seed(api);
  const release = await arriving(page, '?name=nobody');
  const report = new Report(page);
  const nothing = page.getByRole('heading', { name: 'Nothing matches' });
  await expect(nothing).toBeVisible();
  await expect(report.rows).toHaveCount(0);
  await report.field('Name').fill('');
  await expect(report.rows).toHaveCount(5);
  await expect(nothing).toBeHidden();
  release();
  await takenOver(page);
  await expect(report.rows).toHaveCount(5);
  await expect(nothing).toBeHidden();
  await expect(page.locator('.foot-all')).toHaveText('5 accounts');
});

test('what a screen reader hears of it is said once the program runs', async ({ page, api }) => {
  await seed(api);
  const release = await arriving(page);
  const report = new Report(page);
  await report.field('Name').fill('acao');
  await report.expectNames(['Ação']);
  release();
  await expect(page.locator('[aria-live]').filter({ hasText: '1 of 5 accounts' })).toHaveCount(1);
});

test('rows that come with the page are asked for once', async ({ page, api }) => {
  await seed(api);
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('.rows') && asked.push(new URL(request.url()).search));
  const report = await Report.open(page);
  await report.field('Name').fill('acao');
  await report.expectNames(['Ação']);
  expect(asked).toEqual(['?most=1000']);
});

test('an answer that is on its way when the program comes is in sight before it takes the page over', async ({ page, api }) => {
  await seed(api);
  const release = await arriving(page);
  const report = new Report(page);
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(`**${ACCOUNTS}?name=*`, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(`**${ACCOUNTS}?name=*`);
  await report.field('Name').fill('Billing');
  expect((await asked).headers()).toHaveProperty('postroom-rows');
  await page.evaluate(() => addEventListener('postroom-runs', () => {
    Object.assign(window, { before: document.querySelectorAll('.table > tbody > tr').length });
  }));
  release();
  answer();
  await takenOver(page);
  expect(await page.evaluate(() => 'before' in window && window.before)).toBe(1);
  await report.expectNames(['Billing']);
});

test('an answer that does not come keeps the program from nothing', async ({ page, api }) => {
  await seed(api);
  const release = await arriving(page);
  const report = new Report(page);
  await page.route(`**${ACCOUNTS}?name=*`, () => undefined);
  await report.field('Name').fill('Billing');
  release();
  await takenOver(page);
  await report.expectNames(['Billing']);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('the rows that the early answer asks for come without what every page has', async ({ request }) => {
  const asked = async (headers: Record<string, string>) => (await request.get(ACCOUNTS, { headers })).text();
  const [whole, rows] = await Promise.all([asked({}), asked({ 'postroom-rows': '' })]);
  expect(whole).toContain('<style');
  expect(rows).not.toContain('<style');
});

test('rows of a page that one goes to are shown as soon as they are here, whatever is fetched after them', async ({ page, api }) => {
  await seed(api);
  await Report.open(page);
  let answered = 0;
  await page.route('**/api/ui/report_page', async (route) => {
    if (answered++ === 0) await route.continue();
  });
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('table').getByText('Account created').first()).toBeVisible();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
