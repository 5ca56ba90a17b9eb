// Section 2 of the specification: the SMTP Configuration report.
import type { Api } from '../support/api';
import { expect, open, takenOver, test } from '../support/fixtures';
import { ACCOUNTS, Report, settingsWindow } from '../support/pages';

const COLUMNS = ['ID', 'Name', 'Sender e-mail', 'Reply e-mail', 'Return e-mail', 'Confirmation mail', 'Enabled', 'Default',
  'Secure connection', 'Uses config', 'Read Conf', 'Footer', 'Last test', 'Actions'];

/** Five accounts, no two alike in any field. */
async function seed(api: Api): Promise<void> {
  await api.account({ name: 'Alerts', sender: 'alerts@one.test', reply_to: 'help@one.test', return_path: 'bounce@one.test', confirmation: 'read@one.test' });
  await api.account({ name: 'Ação', sender: 'acao@two.test', reply_to: 'ajuda@two.test', return_path: 'volta@two.test', confirmation: 'lido@two.test', enabled: false });
  await api.account({ name: 'Billing', sender: 'billing@three.test', reply_to: 'money@three.test', return_path: 'late@three.test', confirmation: 'paid@three.test', force_settings: true });
  await api.account({ name: 'Ünder', sender: 'under@four.test', reply_to: 'deep@four.test', return_path: 'below@four.test', confirmation: 'seen@four.test', read_receipt: true, secure: false });
  await api.account({ name: 'zeta', sender: 'zeta@five.test', reply_to: 'zz@five.test', return_path: 'zb@five.test', confirmation: 'zc@five.test', footnote: true, ignore_certificate_errors: true });
}

test('has the columns of the specification, in their order', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page);
  await expect(page.getByRole('heading', { name: 'SMTP Configuration', level: 1 })).toBeVisible();
  await expect(report.headers).toHaveText(COLUMNS);
});

test('shows every value of a row, Yes and No in words', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page);
  const expected: Record<string, string[]> = {
    'ID': ['1', '2', '3', '4', '5'],
    'Sender e-mail': ['alerts@one.test', 'acao@two.test', 'billing@three.test', 'under@four.test', 'zeta@five.test'],
    'Reply e-mail': ['help@one.test', 'ajuda@two.test', 'money@three.test', 'deep@four.test', 'zz@five.test'],
    'Return e-mail': ['bounce@one.test', 'volta@two.test', 'late@three.test', 'below@four.test', 'zb@five.test'],
    'Confirmation mail': ['read@one.test', 'lido@two.test', 'paid@three.test', 'seen@four.test', 'zc@five.test'],
    'Enabled': ['Yes', 'No', 'Yes', 'Yes', 'Yes'],
    'Default': ['Yes', 'No', 'No', 'No', 'No'],
    'Secure connection': ['Yes', 'Yes', 'Yes', 'No', 'Yes'],
    'Uses config': ['No', 'No', 'Yes', 'No', 'No'],
    'Read Conf': ['No', 'No', 'No', 'Yes', 'No'],
    'Footer': ['No', 'No', 'No', 'No', 'Yes'],
    'Last test': ['Never', 'Never', 'Never', 'Never', 'Never'],
  };
  for (const [heading, values] of Object.entries(expected)) await report.expectColumn(heading, values);
});

test('marks accounts whose certificate is not checked or that encrypt nothing', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page);
  for (const [name, badge] of [['Ünder', 'Not encrypted'], ['zeta', 'Certificate not checked']] as const) {
    await expect(report.row(name).getByText(badge, { exact: true })).toBeVisible();
  }
  await expect(report.row('Alerts')).not.toContainText(/encrypted|checked/);
});

// Ids in the order in which each heading puts the rows, upwards; where values are equal, by id.
for (const [heading, upwards] of [
  ['Name', [2, 1, 3, 4, 5]],
  ['Sender e-mail', [2, 1, 3, 4, 5]],
  ['Reply e-mail', [2, 4, 1, 3, 5]],
  ['Return e-mail', [4, 1, 3, 2, 5]],
  ['Confirmation mail', [2, 3, 1, 4, 5]],
  ['Enabled', [2, 1, 3, 4, 5]],
  ['Default', [2, 3, 4, 5, 1]],
  ['Secure connection', [4, 1, 2, 3, 5]],
  ['Uses config', [1, 2, 4, 5, 3]],
  ['Read Conf', [1, 2, 3, 5, 4]],
  ['Footer', [1, 2, 3, 4, 5]],
] as const) {
  test(`a click on ${heading} sorts, another reverses, and a reload keeps it`, async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    const header = report.table.getByRole('columnheader', { name: heading, exact: true });
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
    await report.expectColumn('ID', upwards.map(String));
    const values = await report.column(heading);
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', 'descending');
    await report.expectColumn(heading, values.reverse());
    const downwards = await report.column('ID');
    await page.reload();
    await takenOver(page);
    await report.expectColumn('ID', downwards);
    await expect(header).toHaveAttribute('aria-sort', 'descending');
  });
}

test('is sorted by ID at first; a click on ID reverses', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page);
  const header = report.table.getByRole('columnheader', { name: 'ID', exact: true });
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await header.getByRole('button').click();
  await report.expectColumn('ID', ['5', '4', '3', '2', '1']);
});

test('Last test sorts too', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page);
  const header = report.table.getByRole('columnheader', { name: 'Last test', exact: true });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
});

test.describe('search', () => {
  test('ID, Name and Enabled stand in sight; More shows the rest and becomes Less', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    const first = ['ID', 'Name', 'Enabled'];
    const rest = ['Sender e-mail', 'Reply e-mail', 'Return e-mail', 'Confirmation e-mail'];
    for (const label of first) await expect(report.field(label)).toBeVisible();
    for (const label of rest) await expect(report.field(label)).toBeHidden();
    await report.button('More').click();
    for (const label of [...first, ...rest]) await expect(report.field(label)).toBeVisible();
    await expect(report.button('More')).toBeHidden();
    await report.button('Less').click();
    for (const label of rest) await expect(report.field(label)).toBeHidden();
    await expect(report.button('More')).toBeVisible();
  });

  for (const [label, text, ids] of [
    ['ID', '3', '3'],
    ['ID', '1, 4', '1 4'],
    ['ID', '2-4', '2 3 4'],
    ['ID', '5, 1-2', '1 2 5'],
    ['Name', 'ALERT', '1'],
    ['Name', 'acao', '2'],
    ['Name', 'ÃÇ', '2'],
    ['Name', 'unDER', '4'],
    ['Name', 'et', '5'],
    ['Sender e-mail', 'THREE', '3'],
    ['Reply e-mail', 'ajuda', '2'],
    ['Return e-mail', 'volta@', '2'],
    ['Confirmation e-mail', 'seen', '4'],
  ] as const) {
    test(`${label} finds “${text}”, and the address keeps it`, async ({ page, api }) => {
      await seed(api);
      const report = await Report.open(page);
      if (await report.field(label).isHidden()) await report.button('More').click();
      await report.field(label).fill(text);
      await report.expectColumn('ID', ids.split(' '));
      await page.reload();
      await takenOver(page);
      await expect(report.field(label)).toHaveValue(text);
      await report.expectColumn('ID', ids.split(' '));
    });
  }

  for (const [choice, ids] of [['Yes', '1 3 4 5'], ['No', '2'], ['All', '1 2 3 4 5']] as const) {
    test(`Enabled: ${choice}`, async ({ page, api }) => {
      await seed(api);
      const report = await Report.open(page);
      await expect(report.field('Enabled').locator('option')).toHaveText(['All', 'Yes', 'No']);
      await report.field('Enabled').selectOption(choice === 'All' ? 'No' : 'All');
      await report.field('Enabled').selectOption(choice);
      await report.expectColumn('ID', ids.split(' '));
    });
  }

  test('all fields must match', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.field('ID').fill('1-4');
    await report.field('Name').fill('a');
    await report.expectColumn('ID', ['1', '2']);
    await report.field('Enabled').selectOption('Yes');
    await report.expectColumn('ID', ['1']);
  });

  test('follows each keystroke, without a Search button', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await expect(report.button('Search')).toBeHidden();
    await report.field('Name').press('z');
    await report.expectColumn('ID', ['5']);
    await report.field('Name').press('x');
    await expect(report.rows).toHaveCount(0);
    await report.field('Name').press('Backspace');
    await report.expectColumn('ID', ['5']);
    await report.field('Name').press('Backspace');
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
    await expect(report.field('Name')).toBeFocused();
  });

  test('an ID that is no number, list or range is said to be none', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.field('ID').fill('seven');
    await expect(report.field('ID')).toHaveAttribute('aria-invalid', 'true');
    await expect(report.field('ID')).toHaveAccessibleDescription(/3, 7, 10-20/);
    await expect(report.rows).toHaveCount(0);
  });

  test('Clear empties all fields, the hidden ones too', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await expect(report.button('Clear')).toBeDisabled();
    await report.field('Name').fill('a');
    await report.field('Enabled').selectOption('Yes');
    await report.button('More').click();
    await report.field('Sender e-mail').fill('one');
    await report.button('Less').click();
    await report.expectColumn('ID', ['1']);
    await report.button('Clear').click();
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
    await expect(report.field('Name')).toHaveValue('');
    await expect(report.field('Enabled')).toHaveValue('');
    await expect(page).toHaveURL(ACCOUNTS);
  });
});

test.describe('the address', () => {
  test('a keystroke makes no step of history, a sort does; Back goes through them', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.table.getByRole('button', { name: 'Name', exact: true }).click();
    await expect(page).toHaveURL(/sort=name/);
    await report.field('Name').pressSequentially('al');
    await expect(page).toHaveURL(/name=al/);
    await report.expectColumn('ID', ['1']);
    await page.goBack();
    await expect(page).toHaveURL(ACCOUNTS);
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
    await expect(report.field('Name')).toHaveValue('');
    await page.goForward();
    await expect(report.field('Name')).toHaveValue('al');
    await report.expectColumn('ID', ['1']);
  });

  test('a link opens filter, sort, page size and a window at once', async ({ page, api }) => {
    await seed(api);
    await open(page, `${ACCOUNTS}/1/edit?name=a&sort=-name&size=10&return_path=one`);
    await expect(settingsWindow(page).field('Account Name')).toHaveValue('Alerts');
    await settingsWindow(page).button('Cancel').click();
    const report = new Report(page);
    await expect(settingsWindow(page).root).toBeHidden();
    await report.expectColumn('ID', ['1']);
    await expect(report.field('Return e-mail')).toHaveValue('one');
    await expect(page.getByLabel('Rows per page')).toHaveValue('10');
    const url = new URL(page.url());
    expect(url.pathname).toBe(ACCOUNTS);
    expect(Object.fromEntries(url.searchParams)).toEqual({ name: 'a', sort: '-name', size: '10', return_path: 'one' });
  });

  test('Back closes a window and keeps the filter', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?name=zeta`);
    await report.row('zeta').getByRole('button', { name: 'Edit' }).click();
    await expect(page).toHaveURL(`${ACCOUNTS}/5/edit?name=zeta`);
    await expect(settingsWindow(page).root).toBeVisible();
    await page.goBack();
    await expect(settingsWindow(page).root).toBeHidden();
    await report.expectColumn('ID', ['5']);
    await page.goForward();
    await expect(settingsWindow(page).field('Account Name')).toHaveValue('zeta');
  });

  test('nonsense in the address does no harm', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?sort=%27%3Bdrop&page=-4&size=7&evil=%3Cscript%3E`);
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
    await expect(page.getByLabel('Rows per page')).toHaveValue('30');
  });

  for (const path of ['/', '/settings']) {
    test(`${path} leads to SMTP Configuration`, async ({ page }) => {
      await page.goto(path);
      await expect(page).toHaveURL(ACCOUNTS);
    });
  }
});

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
    trouble.expect(/^request: net::ERR_FAILED \/api\/ui\/report_/);
    await page.route('**/api/ui/report_*', (route) => route.abort());
    const report = await Report.open(page);
    await expect(page.getByRole('alert')).toContainText('could not be loaded');
    await expect(page.getByRole('alert')).toContainText("can't be reached");
    await page.unroute('**/api/ui/report_*');
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await report.expectColumn('ID', ['1', '2', '3', '4', '5']);
  });

  test('failed for a reason of the server: says which', async ({ page, api, trouble }) => {
    await seed(api);
    trouble.expect(/^response: 500 \/api\/ui\/report_/);
    const body = JSON.stringify({ kind: 'internal', reference: 'R-4711' });
    await page.route('**/api/ui/report_*', (route) => route.fulfill({ status: 500, contentType: 'application/json', body }));
    await Report.open(page);
    await expect(page.getByRole('alert')).toContainText('R-4711');
  });

  test('loading: the table says that it is busy while the server has not answered', async ({ page, api }) => {
    await seed(api);
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/ui/report_*', async (route) => {
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
    expect(await entries('Billing')).toEqual(['Test setting', 'Duplicate', 'Set as default', 'Disable', 'Delete']);
    expect(await entries('Ação')).toEqual(expect.arrayContaining(['Test setting', 'Duplicate', 'Enable', 'Delete']));
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

test('a long text typed at once is kept, and the address follows', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page);
  const text = 'x'.repeat(150);
  await report.field('Name').pressSequentially(text, { timeout: 20_000 });
  await expect(report.field('Name')).toHaveValue(text);
  await expect(page).toHaveURL(new RegExp(`name=${text}$`));
});
