// What a page in a frame cannot do: set a cookie, or lose something by one press.
import { seed } from '../support/accounts';
import { expect, test } from '../support/embedding';

test.beforeEach(async ({ api }) => await seed(api));

test('W15: a frame has no cookie at all', async ({ portal, page, postroom }) => {
  const set: string[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith(postroom.url)) void response.headerValue('set-cookie').then((value) => value && set.push(value));
  });
  await portal.open('element');
  await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
  await portal.inside.getByRole('button', { name: 'New', exact: true }).click();
  await expect(portal.inside.getByRole('dialog')).toBeVisible();
  expect(set).toEqual([]);
});

test('W8: one press on a page under another one loses nothing', async ({ portal, api }) => {
  await portal.open('element');
  const row = portal.inside.getByRole('row', { name: /Billing/ });
  await row.getByRole('button', { name: 'More actions' }).click();
  await portal.inside.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  // The question stands elsewhere than the entry, and the keyboard is not on its answer: the same press again answers nothing.
  await expect(portal.inside.getByRole('alertdialog')).toBeVisible();
  await portal.page.keyboard.press('Enter');
  await expect(portal.inside.getByRole('alertdialog')).toBeHidden();
  await expect(row).toBeVisible();
  expect(JSON.stringify(await api.call('report_rows', { report: 'accounts' }))).toContain('Billing');
});
