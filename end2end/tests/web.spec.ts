// Rows of the matrix of web security that only a browser can play: a test 'W3: …' plays row W3. The others are in server/tests/it/web.
import { createServer, type AddressInfo } from 'node:net';
import { expect, open, takenOver, test } from '../support/fixtures';
import { ACCOUNTS, AUDIT, CONNECTORS, CREDENTIALS, OUTBOX, PARAMETERS, PASSWORD, Report, SCHEDULES, settingsWindow, TOKENS, USERS } from '../support/pages';
import { USER_PASSWORD } from '../support/postroom';

const PAGES = [ACCOUNTS, OUTBOX, SCHEDULES, CREDENTIALS, CONNECTORS, USERS, TOKENS, AUDIT, PARAMETERS, PASSWORD];
const WINDOWS = [`${ACCOUNTS}/new`, `${ACCOUNTS}/1/edit`, `${ACCOUNTS}/1/test`, `${ACCOUNTS}/1/history`, `${ACCOUNTS}/1/sending`,
  `${ACCOUNTS}/1/arrival`, `${CREDENTIALS}/new`, `${CREDENTIALS}/1/edit`, `${CONNECTORS}/new`, `${USERS}/new`, `${USERS}/1/edit`, `${TOKENS}/new`,
  `${SCHEDULES}/new`];
const MARKUP = '<img src=x onerror=alert(1)>';

// The page's fixture fails a test on any violation, console error and exception.
test('W3: every page and window runs under its policy, asked for or reached by clicks', async ({ page, api }) => {
  test.slow();
  await api.account({ name: 'Alerts' });
  await api.credential('Relay');
  for (const path of [...PAGES, ...WINDOWS]) {
    await open(page, path);
    await expect(page.getByRole('main')).toBeVisible();
    if (WINDOWS.includes(path)) await expect(page.getByRole('dialog')).toBeVisible();
  }
  await open(page, ACCOUNTS);
  const side = page.getByRole('navigation', { name: 'Settings' });
  const links = side.getByRole('link');
  await expect(links.first()).toBeVisible();
  expect(await links.count()).toBeGreaterThan(4);
  for (const address of await links.evaluateAll((found) => found.map((link) => link.getAttribute('href')!))) {
    await side.locator(`a[href="${address}"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  }
  const report = await Report.open(page);
  await report.act('Alerts', 'Test setting');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await report.field('Name').fill('a');
  await report.expectNames(['Alerts']);
});

test('W4: a violation is refused and becomes one line of the log, without what was in the address', async ({ page, postroom, trouble }) => {
  trouble.expect(/content policy: (script-src|require-trusted-types-for)/, /Content Security Policy|Report Only/, /^request: csp/);
  // `report-to` needs https; a browser that knows it reads no `report-uri` beside it.
  await page.route('**/settings/**', async (route) => {
    const answer = await route.fetch();
    const headers = answer.headers();
    headers['content-security-policy'] = headers['content-security-policy']!.replace(' report-to csp;', '');
    await route.fulfill({ response: answer, headers });
  });
  await open(page, `${ACCOUNTS}?name=geheim`);
  const reported = page.waitForRequest((request) => request.url().endsWith('/csp-reports'));
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    return 'injected' in window;
  });
  expect(ran).toBe(false);
  await reported;
  await expect.poll(() => postroom.said).toContain('a page\'s policy does not allow');
  const lines = postroom.said.split('\n').filter((line) => line.includes('does not allow'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('script-src');
  expect(lines[0]).toContain(ACCOUNTS);
  expect(lines[0]).not.toContain('geheim');
});

test('W5: markup is made of the framework’s own templates alone, never of data', async ({ page, api, trouble }) => {
  trouble.expect(/require-trusted-types-for .*iframe/);
  const needle = `Needle ${MARKUP}`;
  await api.account({ name: needle, host: '127.0.0.1', port: '1', secure: false });
  await api.call('parameters_update', { parameters: { footer: needle } });
  const samples: string[] = [];
  await page.exposeFunction('reported', (sample: string) => samples.push(sample));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => {
    const { reported } = window as unknown as { reported(sample: string): void };
    reported(`${event.disposition} ${event.effectiveDirective} ${event.sample}`);
  }));
  const header = await page.goto(ACCOUNTS);
  expect(header!.headers()['content-security-policy-report-only']).toBe("require-trusted-types-for 'script'");
  await takenOver(page);
  const report = new Report(page);
  for (const action of ['Test setting', 'Test history', 'Sending', 'Will it arrive?']) {
    await report.act(needle, action);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  for (const path of [`${ACCOUNTS}/1/edit`, PARAMETERS, AUDIT, USERS]) await open(page, path);
  expect(samples).toEqual([]);
  // What runs is no template: the policy lets it through to the report.
  await page.evaluate(() => {
    document.createElement('template').innerHTML = '<iframe></iframe>';
  });
  await expect.poll(() => samples).toEqual([expect.stringMatching(/^report require-trusted-types-for /)]);
});

test('W11: leaving for another site tells it neither path nor query', async ({ page, trouble }) => {
  trouble.expect(/^request: .*/);
  const heads: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined).once('data', (data) => {
      heads.push(data.toString());
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/elsewhere`;
  await open(page, `${ACCOUNTS}?name=geheim`);
  await page.evaluate((address) => {
    const link = Object.assign(document.createElement('a'), { href: address, textContent: 'out' });
    document.body.append(link);
    link.click();
  }, elsewhere);
  await expect(page.getByText('ok', { exact: true })).toBeVisible();
  const head = heads.find((text) => text.startsWith('GET /elsewhere'))!;
  expect(head).toBeTruthy();
  expect(head).not.toMatch(/^referer:/im);
  expect(heads.join()).not.toContain('geheim');
  server.close();
});

test('W51: what is stored is text, in reports, windows, the audit log and print', async ({ page, api, context }) => {
  await api.account({ name: MARKUP, sender: 'alerts@example.test' });
  const noMarkup = async (where: { locator(selector: string): { count(): Promise<number> } }) =>
    expect(await where.locator('img[src="x"], [onerror]').count()).toBe(0);
  await open(page, ACCOUNTS);
  await new Report(page).expectNames([MARKUP]);
  await noMarkup(page);
  for (const path of [`${ACCOUNTS}/1/edit`, `${ACCOUNTS}/1/test`, AUDIT]) {
    await open(page, path);
    await noMarkup(page);
  }
  await expect(page.getByText(MARKUP).first()).toBeVisible();
  await open(page, `${ACCOUNTS}/1/edit`);
  await expect(settingsWindow(page).field('Account Name')).toHaveValue(MARKUP);
  const sheet = await context.newPage();
  await sheet.addInitScript(() => { window.print = () => undefined; });
  await sheet.goto('/reports/accounts/print');
  await expect(sheet.getByText(MARKUP).first()).toBeVisible();
  await noMarkup(sheet);
});

test.describe('W56: after signing out', () => {
  test.use({ role: 'nobody' });

  test('W56: nothing is left in the browser, and Back shows nothing', async ({ page, api, context }) => {
    await api.account({ name: 'Secret place' });
    await page.goto('/sign-in');
    await page.getByLabel('User name').fill('administrator');
    await page.getByLabel('Password').fill(USER_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(ACCOUNTS);
    await takenOver(page);
    await expect(page.getByText('Secret place').first()).toBeVisible();
    await open(page, `${ACCOUNTS}/1/edit`);
    await open(page, ACCOUNTS);
    const left = page.waitForResponse((answer) => answer.url().endsWith('/sign-out'));
    await page.getByRole('banner').getByRole('button', { name: 'administrator' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await (await left).headerValue('clear-site-data')).toContain('"cache"');
    await expect(page).toHaveURL(/\/sign-in$/);
    const kept = await page.evaluate(async () => ({
      local: Object.keys({ ...localStorage }), session: Object.keys({ ...sessionStorage }),
      databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length, cookies: document.cookie,
    }));
    expect({ ...kept, local: kept.local.filter((key) => !/theme|language/.test(key)) })
      .toEqual({ local: [], session: [], databases: 0, caches: 0, cookies: '' });
    expect(await context.cookies()).toEqual([]);
    await page.goBack();
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await expect(page.getByText('Secret place')).toHaveCount(0);
  });
});
