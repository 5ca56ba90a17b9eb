// What a page in a frame costs: no more bytes than the page alone.
import { seed } from '../support/accounts';
import { expect, test } from '../support/embedding';

test('the page in the frame loads no more than the page alone', async ({ portal, page, postroom, pageOf, api }) => {
  await seed(api);
  // The last part to come keeps a connection: a page with it is never idle.
  const loaded = async (place: typeof page | typeof portal.inside) => await expect(place.locator('.live')).toBeAttached();
  const count = (of: typeof page) => {
    const loads: Promise<[string, number]>[] = [];
    of.on('requestfinished', (request) => {
      if (!request.url().startsWith(postroom.url) || request.url().endsWith('/embed.js')) return;
      const path = new URL(request.url()).pathname;
      loads.push(request.sizes().then((size) => [path, size.responseBodySize + size.responseHeadersSize]));
    });
    return async () => await Promise.all(loads);
  };
  const alone = await pageOf('administrator');
  const standing = count(alone);
  await alone.goto(`${postroom.url}/settings/email/smtp`);
  await expect(alone.getByRole('row', { name: /Billing/ })).toBeVisible();
  await loaded(alone);

  const framed = count(page);
  await portal.open('element');
  await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
  await loaded(portal.inside);

  const [inFrame, byItself] = [await framed(), await standing()];
  const sum = (loads: [string, number][]) => loads.reduce((bytes, [, size]) => bytes + size, 0);
  expect(sum(inFrame), JSON.stringify({ byItself, inFrame }, null, 1)).toBeLessThanOrEqual(sum(byItself));
});
