// Section 2 of the specification: the SMTP Configuration report: columns, sort, search, address.
import type { Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { expect, open, takenOver, test } from '../support/fixtures';
import { ACCOUNTS, Report, settingsWindow } from '../support/pages';

const COLUMNS = ['ID', 'Name', 'Sender e-mail', 'Reply e-mail', 'Return e-mail', 'Confirmation mail', 'Enabled', 'Default',
  'Secure connection', 'Uses config', 'Read Conf', 'Footer', 'Last test', 'Actions'];

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

/** What the page marks as found, in the order of the document. */
const marked = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const highlights = (CSS as unknown as { highlights: Map<string, Iterable<StaticRange>> }).highlights;
    const parts = [...(highlights.get('match') ?? [])].map((range) => {
      const whole = document.createRange();
      whole.setStart(range.startContainer, range.startOffset);
      whole.setEnd(range.endContainer, range.endOffset);
      return whole;
    });
    parts.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
    return parts.map(String);
  });

test('what a filter found is marked, as it is written', async ({ page, api }) => {
  await api.account({ name: 'Notificações' });
  await api.account({ name: 'NOTIFICACOES 2, notificações' });
  await api.account({ name: 'Alerts' });
  const report = await Report.open(page);
  await report.field('Name').fill('caco');
  await report.expectColumn('ID', ['1', '2']);
  await expect.poll(() => marked(page)).toEqual(['caçõ', 'CACO', 'caçõ']);
  await report.field('Name').fill('alert');
  await expect.poll(() => marked(page)).toEqual(['Alert']);
  await report.field('Name').fill('');
  await expect.poll(() => marked(page)).toEqual([]);
});

test('Shift and a click sort by another column, too; the address keeps it', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page);
  const head = (name: string) => report.table.getByRole('button', { name, exact: true });
  await head('Enabled').click();
  await head('Name').click({ modifiers: ['Shift'] });
  await expect(page).toHaveURL(/sort=enabled,name/);
  await head('Name').click({ modifiers: ['Shift'] });
  await expect(page).toHaveURL(/sort=enabled,-name/);
  const names = await report.column('Name');
  await page.reload();
  await report.expectColumn('Name', names);
  await expect(report.table.getByRole('columnheader', { name: 'Enabled' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(report.table.getByRole('columnheader', { name: 'Name' })).not.toHaveAttribute('aria-sort');
  await head('Name').click({ modifiers: ['Shift'] });
  await expect(page).toHaveURL(/sort=enabled$/);
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

test('a long text typed at once is kept, and the address follows', async ({ page, api }) => {
  await seed(api);
  const report = await Report.open(page);
  const text = 'x'.repeat(150);
  await report.field('Name').pressSequentially(text, { timeout: 20_000 });
  await expect(report.field('Name')).toHaveValue(text);
  await expect(page).toHaveURL(new RegExp(`name=${text}$`));
});
