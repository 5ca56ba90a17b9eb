// A report in a portal's frame is live too: with the portal's session, and with the next one.
import { expect, test } from '../support/embedding';

test.beforeEach(async ({ api }) => {
  for (const name of ['Alerts', 'Billing']) await api.account({ name });
});

test('what another administrator changes appears in the frame', async ({ portal, page, api, postroom }) => {
  const asked = page.waitForRequest('**/events');
  await portal.open('element');
  const request = await asked;
  expect(request.headers().authorization).toMatch(/^Bearer pfs_/);
  expect((await request.response())!.status()).toBe(200);
  await api.account({ name: 'Newcomer' });
  await expect(portal.inside.getByRole('row', { name: /Newcomer/ })).toBeVisible();
  await api.call('account_delete', { id: 2 });
  await expect(portal.inside.getByRole('row', { name: /Billing/ })).toHaveCount(0);
  // Neither an address nor the log shows the session.
  expect(request.url()).toBe(`${postroom.url}/events`);
  expect(postroom.said).not.toContain('pfs_');
});

test('a renewed session goes on', async ({ portal, page, api, surroundings }) => {
  const now = () => Math.floor(Date.now() / 1000);
  Object.defineProperty(surroundings, 'claims', { get: () => ({ exp: now() + 8 }) });
  const asked = page.waitForRequest('**/events');
  await portal.open('element');
  await asked;
  await expect.poll(() => portal.told('signed-in').then((all) => all.length), { timeout: 20_000 }).toBe(2);
  await api.account({ name: 'Newcomer' });
  await expect(portal.inside.getByRole('row', { name: /Newcomer/ })).toBeVisible();
});
