// The schema of the messages: what is really said fits it, and what is wrong does not.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { seed } from '../support/accounts';
import { expect, test } from '../support/embedding';

const schema = JSON.parse(readFileSync(resolve(__dirname, '../../public/embed.schema.json'), 'utf8')) as { $defs: object };
const ajv = new Ajv({ strictSchema: false });
const both = ajv.compile(schema);
const [toPortal, toFrame] = ['toPortal', 'toFrame'].map((name) => ajv.compile({ ...schema, oneOf: [{ $ref: `#/$defs/${name}` }] }));

test('what is really said in a whole visit fits', async ({ portal, page, api }) => {
  await seed(api);
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    addEventListener('message', (event) => heard.push(JSON.parse(JSON.stringify(event.data))), true);
  });
  await portal.open('element', { height: 'auto', sandbox: 'allow-scripts allow-same-origin allow-forms', theme: 'dark' });
  await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
  await portal.on((report) => {
    report.setTheme({ theme: 'light', tokens: { accent: '#123456' } });
    report.setLocale('en');
    report.setFilter({ name: 'bill' });
    report.refresh();
  });
  await expect(portal.inside.getByRole('table').locator('tbody tr')).toHaveCount(1);
  await portal.inside.getByRole('button', { name: 'Actions', exact: true }).click();
  await portal.inside.getByRole('menuitem', { name: 'Export CSV' }).click();
  await expect.poll(() => portal.told('blocked').then((all) => all.length)).toBe(1);
  await portal.on((report) => (report.page = '/settings/email/smtp/3/edit'));
  const dialog = portal.inside.getByRole('dialog');
  await dialog.getByLabel('Account Name', { exact: true }).fill('Invoices');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(() => portal.told('saved').then((all) => all.length)).toBe(1);

  type Heard = { type: string };
  const read = () => (window as unknown as { heard: Heard[] }).heard;
  const said = await page.evaluate(read);
  const heard = await portal.frame.evaluate(read);
  for (const message of said) expect(toPortal!(message), `${JSON.stringify(message)}: ${ajv.errorsText(toPortal!.errors)}`).toBe(true);
  for (const message of heard) expect(toFrame!(message), `${JSON.stringify(message)}: ${ajv.errorsText(toFrame!.errors)}`).toBe(true);
  const types = (messages: Heard[]) => [...new Set(messages.map((message) => message.type))].sort();
  expect(types(said)).toEqual(['blocked', 'dirty', 'height', 'navigate', 'ready', 'saved', 'signed-in', 'token-needed']);
  expect(types(heard)).toEqual(['filter', 'hello', 'page', 'refresh', 'token', 'visible']);
});

for (const wrong of [
  {}, [], 'ready', null, { type: 'refresh' }, { postroom: 2, type: 'refresh' }, { postroom: '1', type: 'refresh' }, { postroom: 1, type: 'launch' },
  { postroom: 1, type: 'token' }, { postroom: 1, type: 'token', token: '' }, { postroom: 1, type: 'token', token: 'x'.repeat(9000) },
  { postroom: 1, type: 'theme', theme: 'purple' }, { postroom: 1, type: 'theme', tokens: { accent: 7 } }, { postroom: 1, type: 'theme', tokens: { '--x': 'red' } },
  { postroom: 1, type: 'page', page: 'settings' }, { postroom: 1, type: 'visible', top: -1, height: 3 }, { postroom: 1, type: 'filter', filter: { name: 7 } },
  { postroom: 1, type: 'dirty' }, { postroom: 1, type: 'dirty', dirty: 'yes' }, { postroom: 1, type: 'height', height: 1.5 }, { postroom: 1, type: 'saved', what: 'account', name: 'x' },
  { postroom: 1, type: 'signed-in', name: 'Ana', role: 'emperor', expires_in_s: 5 }, { postroom: 1, type: 'token-needed', reason: 'bored' },
  { postroom: 1, type: 'blocked', what: 'csv', missing: ['<b>'], page: '/' },
]) {
  test(`wrong: ${JSON.stringify(wrong).slice(0, 80)}`, () => expect(both(wrong)).toBe(false));
}

for (const right of [
  { postroom: 1, type: 'refresh' }, { postroom: 1, type: 'sign-out', more: true }, { postroom: 1, type: 'hello' }, { postroom: 1, type: 'hello', sandbox: null, height: 'auto' },
  { postroom: 1, type: 'tested', id: null, outcome: 'delivered', code: null }, { postroom: 1, type: 'density', density: 'compact' }, { postroom: 1, type: 'token-needed', reason: 'refused', code: 'expired' },
]) {
  test(`right: ${JSON.stringify(right)}`, () => expect(both(right)).toBe(true));
}
