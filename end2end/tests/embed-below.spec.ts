// Below a path of the portal's own site, through its reverse proxy, which says who is signed in.
import { seed } from '../support/accounts';
import { expect, test } from '../support/embedding';
import { BASE_PATH } from '../support/nginx';

test.use({
  settings: {
    POSTROOM_BASE_PATH: BASE_PATH, POSTROOM_TRUSTED_PROXIES: '127.0.0.1/32, ::1/128',
    POSTROOM_PROXY_USER_HEADER: 'X-Portal-User', POSTROOM_PROXY_ROLE_HEADER: 'X-Portal-Role',
  },
});

test('the portal shows it in a frame of its own origin, without a token', async ({ portal, page, api, surroundings }) => {
  await seed(api);
  await page.goto(`${portal.url}/mail/below`);
  await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
  expect(surroundings.portal.asked).toEqual([]);
  await portal.inside.getByRole('row', { name: /Billing/ }).getByRole('button', { name: 'Edit' }).click();
  const dialog = portal.inside.getByRole('dialog');
  await dialog.getByLabel('Account Name', { exact: true }).fill('Invoices');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(portal.inside.getByRole('row', { name: /Invoices/ })).toBeVisible();
  expect(await portal.told('saved')).toMatchObject([{ what: 'account', id: 3 }]);
});

test.describe('a viewer of the portal', () => {
  test.use({ role: 'viewer' });
  test('stays one, whatever their browser puts into the headers', async ({ portal, page, api }) => {
    await seed(api);
    await page.goto(`${portal.url}/mail/below`);
    await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
    const status = await page.evaluate(async (base) => {
      const answer = await fetch(`${base}/api/ui/account_delete`, {
        method: 'POST', headers: { 'content-type': 'application/json', 'x-portal-user': 'administrator', 'x-portal-role': 'administrator' }, body: '{"id":3}',
      });
      return answer.status;
    }, BASE_PATH);
    expect(status).toBe(403);
    await page.reload();
    await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
  });
});
