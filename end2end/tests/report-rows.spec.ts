// Section 2 of the specification: the SMTP Configuration report: pages, states, what can be done with a row.
import type { Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { expect, open, takenOver, test } from '../support/fixtures';
import { ACCOUNTS, Report, settingsWindow } from '../support/pages';

/** Where the browser asks for all rows. */
const ROWS = '**/reports/accounts.rows*';

test.describe('pages', () => {
  test.beforeEach(async ({ api }) => {
    for (let number = 1; number <= 65; number++) await api.account({ name: `Account ${String(number).padStart(2, '0')}` });
  });

  test('30 rows at first; the foot says how many of how many; Previous and Next turn', async ({ page }) => {
    const report = await Report.open(page);
    await expect(report.rows).toHaveCount(30);
    await expect(page.getByText('1–30 of 65', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Previous' })).toBeDisabled();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText('31–60 of 65', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(report.rows).toHaveCount(5);
    await expect(page.getByText('61–65 of 65', { exact: true })).toBeVisible();
    await expect(page.getByText('Page 3 of 3', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled();
    await expect(page).toHaveURL(/[?&]page=3/);
    await page.reload();
    await takenOver(page);
    await expect(report.rows).toHaveCount(5);
    await page.getByRole('button', { name: 'Previous' }).click();
    await expect(page.getByText('31–60 of 65', { exact: true })).toBeVisible();
    await page.goBack();
    await expect(page.getByText('61–65 of 65', { exact: true })).toBeVisible();
  });

  test('the page size can be chosen and is kept', async ({ page }) => {
    const report = await Report.open(page);
    await page.getByLabel('Rows per page').selectOption('10');
    await expect(report.rows).toHaveCount(10);
    await page.getByLabel('Rows per page').selectOption('100');
    await expect(report.rows).toHaveCount(65);
    await page.reload();
    await takenOver(page);
    await expect(report.rows).toHaveCount(65);
    await expect(page.getByLabel('Rows per page')).toHaveValue('100');
  });

  test('a filter and a sort go back to page 1', async ({ page }) => {
    const report = await Report.open(page, `${ACCOUNTS}?page=3`);
    await expect(report.rows).toHaveCount(5);
    await report.field('Name').fill('account');
    await expect(page.getByText('1–30 of 65', { exact: true })).toBeVisible();
    await expect(page).not.toHaveURL(/page=/);
    await page.getByRole('button', { name: 'Next' }).click();
    await report.table.getByRole('button', { name: 'Name', exact: true }).click();
    await expect(page.getByText('1–30 of 65', { exact: true })).toBeVisible();
  });

  test('the foot counts what matches and what there is', async ({ page }) => {
    const report = await Report.open(page);
    await report.field('Name').fill('5');
    await expect(page.getByText(/^16 of 65 accounts$/).first()).toBeVisible();
    await expect(page.getByText('1–16 of 16', { exact: true })).toBeVisible();
  });
});

test.describe('what is out of sight', () => {
  test.beforeEach(async ({ api }) => {
    for (let number = 1; number <= 60; number++) await api.account({ name: `${number % 2 ? 'Odd' : 'Even'} ${String(number).padStart(2, '0')}` });
  });

  /** Types into the Name field and says what the first and the last row show once that task is over; `scroll`: after the table has been scrolled. */
  const typed = async (page: Page, text: string, scroll = false) => await page.evaluate(async ([text, scroll]) => {
    const field = document.querySelector<HTMLInputElement>('#search-name')!;
    const table = document.querySelector('.table-scroll')!;
    const names = () => [...table.querySelectorAll('tbody tr .name')].map((name) => name.textContent);
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await new Promise((done) => queueMicrotask(() => queueMicrotask(() => done(null))));
    if (scroll) {
      const scrolled = new Promise((done) => table.addEventListener('scroll', done, { once: true }));
      table.scrollTop = table.scrollHeight;
      await scrolled;
    }
    return [names().at(0), names().at(-1), String(names().length)];
  }, [text, scroll] as const);

  test('follows once typing pauses, marks and all; whoever types waits for what can be seen', async ({ page }) => {
    const report = await Report.open(page);
    await expect(report.rows).toHaveCount(30);
    expect(await typed(page, 'even'), 'the last row is below the table’s edge').toEqual(['Even 02', 'Even 30', '30']);
    await expect(report.rows.last()).toContainText('Even 60');
    await report.expectColumn('Name', Array.from({ length: 30 }, (_, at) => `Even ${String(2 * at + 2).padStart(2, '0')}`));
    await expect.poll(() => page.evaluate(() => CSS.highlights.get('match')!.size)).toBe(30);
  });

  test('is there as soon as it is scrolled to', async ({ page }) => {
    await Report.open(page);
    expect(await typed(page, 'odd', true)).toEqual(['Odd 01', 'Odd 59', '30']);
  });
});

test.describe('states', () => {
  test('first visit: says what to do, and New is there', async ({ page }) => {
    await open(page, ACCOUNTS);
    await expect(page.getByRole('heading', { name: 'No SMTP account yet' })).toBeVisible();
    await expect(page.getByText(/Register the account/)).toBeVisible();
    await expect(page.getByRole('table')).toHaveCount(0);
    await page.getByRole('button', { name: 'New', exact: true }).first().click();
    await expect(page).toHaveURL(`${ACCOUNTS}/new`);
    await expect(settingsWindow(page).root).toBeVisible();
  });

  test('no match: says which filter, and offers to clear it', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.field('Name').fill('nobody');
    await report.field('Enabled').selectOption('No');
    await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
    const says = page.getByText(/^No row has /);
    await expect(says).toContainText('Name “nobody”');
    await expect(says).toContainText('Enabled “No”');
    await page.getByRole('button', { name: /^(Show all|Clear filters?)$/ }).click();
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
    await expect(report.field('Name')).toHaveValue('');
  });

  test('failed: says why, Retry brings the rows', async ({ page, api, trouble }) => {
    await seed(api);
    trouble.expect(/^request: net::ERR_FAILED \/reports\/accounts\.rows/);
    await page.route(ROWS, (route) => route.abort());
    const report = await Report.open(page);
    await expect(page.getByRole('alert')).toContainText('could not be loaded');
    await expect(page.getByRole('alert')).toContainText("can't be reached");
    await page.unroute(ROWS);
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
  });

  test('failed for a reason of the server: says which', async ({ page, api, trouble }) => {
    await seed(api);
    trouble.expect(/^response: 500 \/reports\/accounts\.rows/);
    const body = JSON.stringify({ failure: { internal: { reference: 'R-4711' } } });
    await page.route(ROWS, (route) => route.fulfill({ status: 500, contentType: 'application/json', body }));
    await Report.open(page);
    await expect(page.getByRole('alert')).toContainText('R-4711');
  });

  test('loading: the table says that it is busy while the server has not answered', async ({ page, api }) => {
    await seed(api);
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(ROWS, async (route) => {
      await held;
      await route.continue();
    });
    const report = await Report.open(page);
    await expect(report.table).toHaveAttribute('aria-busy', 'true');
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
    answer();
    await expect(report.table).not.toHaveAttribute('aria-busy', 'true');
  });

  test('another administrator deleted this row meanwhile: says so and shows what is left', async ({ page, api }) => {
    await seed(api);
    // As where nothing of it is told.
    await page.route('**/events', (route) => route.fulfill({ status: 204 }));
    const report = await Report.open(page);
    await api.call('account_delete', { id: 3 });
    await report.act('Billing', 'Disable');
    await expect(page.getByRole('status').filter({ hasText: /does not exist any more/ })).toBeVisible();
    await report.expectColumn('ID', ['1', '2', '4', '5']);
  });
});

test.describe('row actions', () => {
  test('Edit opens the settings of that account', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.row('Billing').getByRole('button', { name: 'Edit' }).click();
    await expect(page).toHaveURL(`${ACCOUNTS}/3/edit`);
    await expect(settingsWindow(page).field('Account Name')).toHaveValue('Billing');
  });

  test('the menu holds what can be done with the row', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    const entries = async (name: string) => {
      const menu = await report.menu(name);
      const texts = await menu.getByRole('menuitem').allInnerTexts();
      await page.keyboard.press('Escape');
      await expect(menu).toBeHidden();
      return texts.map((text) => text.trim());
    };
    expect(await entries('Billing')).toEqual(['Test setting', 'Test history', 'Will it arrive?', 'Sending', 'Duplicate', 'Set as default', 'Disable', 'Delete']);
    expect(await entries('Ação')).toEqual(expect.arrayContaining(['Test setting', 'Test history', 'Will it arrive?', 'Sending', 'Duplicate', 'Enable', 'Delete']));
  });

  test('Test setting opens the test window', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.act('Billing', 'Test setting');
    await expect(page).toHaveURL(`${ACCOUNTS}/3/test`);
    await expect(page.getByRole('dialog', { name: 'Test Email - Account' })).toBeVisible();
  });

  test('Duplicate opens a copy that is not saved yet', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.act('Billing', 'Duplicate');
    const window = settingsWindow(page);
    await expect(window.field('Account Name')).toHaveValue('Billing (copy)');
    await expect(window.field('Sender e-mail')).toHaveValue('billing@three.test');
    await expect(window.field('Reply e-mail')).toHaveValue('money@three.test');
    await expect(window.choice('Force settings use', 'Yes')).toBeChecked();
    await expect(window.choice('Default account', 'No')).toBeChecked();
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    await expect(report.row('Billing (copy)')).toBeVisible();
    await report.expectColumn('ID', ['1', '2', '3', '4', '5', '6']);
  });

  test('Set as default moves it', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.act('Billing', 'Set as default');
    await report.expectColumn('Default', ['No', 'No', 'Yes', 'No', 'No']);
    await expect(page.getByRole('status').filter({ hasText: 'Billing is now the default account.' })).toBeVisible();
  });

  test('Disable, then Enable', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.act('Billing', 'Disable');
    await report.expectColumn('Enabled', ['Yes', 'No', 'No', 'Yes', 'Yes']);
    await report.act('Billing', 'Enable');
    await report.expectColumn('Enabled', ['Yes', 'No', 'Yes', 'Yes', 'Yes']);
  });

  test('Delete asks first; Cancel keeps, Delete deletes', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.act('Billing', 'Delete');
    const question = page.getByRole('alertdialog', { name: 'Delete account?' });
    await expect(question).toContainText('Billing');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toBeHidden();
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
    await report.act('Billing', 'Delete');
    await question.getByRole('button', { name: 'Delete' }).click();
    await expect(question).toBeHidden();
    await report.expectColumn('ID', ['1', '2', '4', '5']);
  });

  for (const action of ['Delete', 'Disable']) {
    test(`${action} is refused for the default account, saying so`, async ({ page, api }) => {
      await seed(api);
      const report = await Report.open(page);
      await report.act('Alerts', action);
      if (action === 'Delete') await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
      await expect(page.getByText(/This is the default account/).first()).toBeVisible();
      const row = await report.cell(report.row('Alerts'), 'Enabled');
      await expect(row).toHaveText('Yes');
    });
  }
});

test('a text from a user is text, never markup', async ({ page, api }) => {
  const name = '<img src=x onerror=alert(1)> & "co"';
  await api.account({ name });
  const report = await Report.open(page, `${ACCOUNTS}?name=${encodeURIComponent('<img')}`);
  await expect(report.row(name)).toBeVisible();
  await expect(page.locator('main img')).toHaveCount(0);
});

test('columns stand still while somebody types, and a text is cut off only where it is longer than an address usually is', async ({ page, api }) => {
  await seed(api);
  const address = `${'notifications'.padEnd(25, 'x')}@customer.example`;
  await api.account({ name: 'Whole', sender: address, reply_to: `very.${address}` });
  const report = await Report.open(page);
  const widths = () => report.headers.evaluateAll((headers) => headers.map((header) => header.getBoundingClientRect().width));
  const cut = (column: string) => report.row('Whole').locator(`[data-column="${column}"]`).evaluate((cell) => cell.scrollWidth > cell.clientWidth);
  expect(await cut('sender')).toBe(false);
  expect(await cut('reply_to')).toBe(true);
  const before = await widths();
  await report.field('Name').fill('Billing');
  await report.expectNames(['Billing']);
  expect(await widths()).toEqual(before);
  await report.field('Name').fill('');
  await expect(report.rows).toHaveCount(6);
  expect(await cut('reply_to')).toBe(true);
  expect(await widths()).toEqual(before);
});
