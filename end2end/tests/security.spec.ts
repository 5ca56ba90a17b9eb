// What another site, a crafted link or a curious reader must not be able to do.
import { request as httpRequest } from 'node:http';
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, AUDIT, CONNECTORS, CREDENTIALS, PARAMETERS, PASSWORD, USERS } from '../support/pages';
import type { Postroom } from '../support/postroom';
import { USER_PASSWORD } from '../support/postroom';
import { world } from '../support/world';

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

/** A request exactly as given: no header is added or forbidden. */
function ask(server: Postroom, method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const request = httpRequest({ hostname, port, method, path, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data) => (text += data));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on('error', reject).end(body);
  });
}

const administrator = () => ({ cookie: world().template.sessions.administrator });

const PAGES = [ACCOUNTS, `${ACCOUNTS}/new`, `${ACCOUNTS}/1/edit`, `${ACCOUNTS}/1/test`, CREDENTIALS, `${CREDENTIALS}/new`, CONNECTORS,
  `${CONNECTORS}/new`, USERS, `${USERS}/new`, AUDIT, PARAMETERS, PASSWORD, '/sign-in', '/setup', '/no-such-page'];
const DATA = ['/healthz', '/readyz', '/favicon.svg', '/pkg/no-such-file.js', '/api/v1/nothing'];

for (const path of [...PAGES, ...DATA]) {
  test(`W1 W12: security headers: ${path}`, async ({ postroom, api }) => {
    await api.account({ name: 'Alerts' });
    const { headers } = await ask(postroom, 'GET', path, administrator());
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toMatch(/^(same-origin|no-referrer|strict-origin)/);
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    const policy = String(headers['content-security-policy']);
    for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) expect(policy).toContain(part);
    expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*/);
    if (PAGES.includes(path)) {
      expect(policy).toMatch(/script-src [^;]*'nonce-[A-Za-z0-9+/=_-]{16,}'/);
      expect(headers['cache-control']).toContain('no-store');
    }
  });
}

test('W2: each page has a nonce of its own', async ({ postroom }) => {
  const nonces = await Promise.all([1, 2, 3].map(async () => {
    const { headers } = await ask(postroom, 'GET', '/sign-in');
    return /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1];
  }));
  expect(new Set(nonces).size).toBe(3);
});

test('files that a page loads may be kept for ever', async ({ page, postroom }) => {
  const files: string[] = [];
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    if (path.startsWith('/pkg/')) files.push(`${path} ${response.headers()['cache-control']}`);
  });
  await open(page, ACCOUNTS);
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const file of files) expect(file).toContain('immutable');
  expect(postroom.url).toBeTruthy();
});

test.describe('W17 W19: requests that another site makes a browser send', () => {
  for (const [what, headers] of [
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['same-site, another origin', { 'sec-fetch-site': 'same-site' }],
    ['another origin, without fetch metadata', { origin: 'https://evil.example' }],
    ['the null origin', { origin: 'null' }],
  ] as const) {
    for (const [path, type, body] of [
      ['/api/ui/account_delete', 'application/json', '{"id":2}'],
      ['/sign-in', 'application/x-www-form-urlencoded', `user_name=viewer&password=${encodeURIComponent(USER_PASSWORD)}`],
      ['/sign-out', 'application/x-www-form-urlencoded', ''],
      ['/api/v1/accounts/1/test', 'application/json', '{"to":"a@b.test"}'],
    ] as const) {
      test(`W17 W19: ${what}: ${path} is refused`, async ({ postroom, api }) => {
        await api.account({ name: 'First' });
        await api.account({ name: 'Second' });
        const answer = await ask(postroom, 'POST', path, { ...administrator(), ...headers, 'content-type': type }, body);
        expect(answer.status).toBe(403);
        expect((await api.call<unknown[]>('report_rows', { report: 'accounts' })).length).toBe(2);
      });
    }
  }

  test('W17 W18: a form cannot call a server function', async ({ postroom, api }) => {
    await api.account({ name: 'First' });
    await api.account({ name: 'Second' });
    const answer = await ask(postroom, 'POST', '/api/ui/account_delete', { ...administrator(), 'content-type': 'text/plain' }, '{"id":2}');
    const get = await ask(postroom, 'GET', '/api/ui/account_delete?id=2', administrator());
    expect(get.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).not.toBe(500);
  });

  test('W6 W13: a page of another origin can neither frame nor call it', async ({ postroom, context }) => {
    const page = await context.newPage();
    // Another port is another origin on the same site: the cookie travels, so only the checks stand in between.
    const other = 'http://127.0.0.1:18080/';
    await page.route(other, (route) => route.fulfill({
      contentType: 'text/html',
      body: `<iframe src="${postroom.url}${ACCOUNTS}"></iframe>`,
    }));
    await page.goto(other);
    const framed = page.frames()[1]!;
    await expect.poll(() => framed.url()).toMatch(/^chrome-error:/);
    const status = await page.evaluate(async (url) => await fetch(`${url}/api/ui/report_rows`, {
      method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{"report":"accounts"}',
    }).then((answer) => answer.status, () => 'blocked'), postroom.url);
    expect(status).toBe('blocked');
  });
});

test.describe('the way back after signing in', () => {
  for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example/', '\\\\evil.example', 'javascript:alert(1)',
    '/%0d%0aLocation:%20https://evil.example', '/\t/evil.example', '/\t\\evil.example', '/\r\nSet-Cookie: a=b', '/./\\evil.example', '///evil.example']) {
    test(`never leads to ${JSON.stringify(next)}`, async ({ postroom }) => {
      const body = new URLSearchParams({ user_name: 'viewer', password: USER_PASSWORD, next }).toString();
      const answer = await ask(postroom, 'POST', '/sign-in', { origin: postroom.url, 'content-type': 'application/x-www-form-urlencoded' }, body);
      expect(answer.status).toBe(303);
      const to = new URL(String(answer.headers.location), postroom.url);
      expect(to.origin).toBe(postroom.url);
      expect(String(answer.headers.location)).not.toMatch(/[\r\n]/);
    });
  }

  test('goes where one wanted to go', async ({ postroom }) => {
    const body = new URLSearchParams({ user_name: 'viewer', password: USER_PASSWORD, next: `${CREDENTIALS}?name=a%20b` }).toString();
    const answer = await ask(postroom, 'POST', '/sign-in', { origin: postroom.url, 'content-type': 'application/x-www-form-urlencoded' }, body);
    expect(answer.headers.location).toBe(`${CREDENTIALS}?name=a%20b`);
  });
});

test.describe('without a session', () => {
  for (const endpoint of ['report_rows', 'report_page', 'account_get', 'account_choices', 'account_create', 'account_update', 'account_delete',
    'account_set_default', 'account_set_enabled', 'credential_get', 'credential_create', 'credential_update', 'credential_delete',
    'connector_get', 'connector_create', 'connector_update', 'connector_delete', 'connector_test', 'parameters_get', 'parameters_update',
    'user_get', 'user_create', 'user_update', 'user_delete', 'password_change']) {
    test(`W41: ${endpoint} answers nothing`, async ({ postroom }) => {
      const full = {
        id: 1, version: 1, enabled: false, report: 'accounts', query: { filter: {}, sort: null, page: 1, size: 30 },
        draft: {}, parameters: { footer: 'x' }, current: 'x', new: 'y',
      };
      const answer = await ask(postroom, 'POST', `/api/ui/${endpoint}`, { origin: postroom.url, 'content-type': 'application/json' }, JSON.stringify(full));
      expect(answer.status).toBe(401);
      expect(answer.body).toContain('signed_out');
    });
  }
});

test('W33: a session that a browser brings along is not taken over by signing in', async ({ postroom }) => {
  const before = await postroom.signIn('viewer');
  const body = new URLSearchParams({ user_name: 'viewer', password: USER_PASSWORD }).toString();
  const answer = await ask(postroom, 'POST', '/sign-in', { cookie: before, origin: postroom.url, 'content-type': 'application/x-www-form-urlencoded' }, body);
  const after = String(answer.headers['set-cookie']).split(';')[0];
  expect(after).not.toBe(before);
  const old = await ask(postroom, 'GET', ACCOUNTS, { cookie: before });
  expect(old.status).toBe(303);
});

test('W56: nothing stays in the browser but its theme', async ({ page }) => {
  await open(page, ACCOUNTS);
  const kept = await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }));
  expect(kept.filter((key) => !/theme|language/.test(key))).toEqual([]);
});

test('what does not exist is not found', async ({ page, postroom }) => {
  expect((await ask(postroom, 'GET', '/no-such-page', administrator())).status).toBe(404);
  await page.goto('/no-such-page');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});

test('a body that is too large is refused', async ({ postroom }) => {
  const answer = await ask(postroom, 'POST', '/api/ui/parameters_update', { ...administrator(), origin: postroom.url, 'content-type': 'application/json' },
    JSON.stringify({ parameters: { footer: 'x'.repeat(400_000) } })).catch(() => ({ status: 413 }));
  expect(answer.status).toBeGreaterThanOrEqual(400);
});

test('healthz and readyz answer', async ({ postroom }) => {
  expect((await ask(postroom, 'GET', '/healthz')).status).toBe(200);
  expect((await ask(postroom, 'GET', '/readyz')).status).toBe(200);
});
