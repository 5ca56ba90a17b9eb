// What a page in a frame costs and cannot do: no more bytes than the page alone, no cookie, nothing lost by one press.
import { seed } from '../support/accounts';
import { expect, test } from '../support/embedding';

test.beforeEach(async ({ api }) => await seed(api));

test('the page in the frame loads no more than the page alone', async ({ page, postroom, pageOf, api }) => {
  const loaded = async (of: typeof page, act: () => Promise<void>): Promise<number> => {
    const session = await of.context().newCDPSession(of);
    let bytes = 0;
    const from = new Set<string>();
    session.on('Network.responseReceived', ({ requestId, response }) => {
      if (response.url.startsWith(postroom.url) && !response.url.endsWith('/embed.js')) from.add(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (from.has(requestId)) bytes += encodedDataLength;
    });
    await session.send('Network.enable');
    await act();
    return bytes;
  };
  const alone = await pageOf('administrator');
  const standing = await loaded(alone, async () => {
    await alone.goto(`${postroom.url}/settings/email/smtp`);
    await expect(alone.getByRole('row', { name: /Billing/ })).toBeVisible();
    await alone.waitForLoadState('networkidle');
  });
  // The frame is a process of its own to the browser: it is opened as a page, which loads the same, and the rows beside it.
  const framed = await loaded(page, async () => {
    await page.goto(`${postroom.url}/embed/settings/email/smtp`);
    await page.waitForLoadState('networkidle');
  });
  const rows = JSON.stringify(await api.call('report_rows', { name: 'accounts' })).length;
  console.log(`bytes: alone ${standing}, in a frame ${framed} and its rows ${rows}`);
  expect(framed + rows).toBeLessThanOrEqual(standing);
});

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
  expect(JSON.stringify(await api.call('report_rows', { name: 'accounts' }))).toContain('Billing');
});
