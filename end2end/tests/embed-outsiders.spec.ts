// W6, W7: who may frame which page; and what a page on an origin that is not allowed gets, whatever it tries.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { expect, test } from '../support/embedding';
import { serve, type Site } from '../support/origins';
import { ACCOUNTS, AUDIT, OUTBOX, PARAMETERS, USERS } from '../support/pages';
import { Postroom } from '../support/postroom';
import { world } from '../support/world';

const element = readFileSync(resolve(__dirname, '../../public/embed.js'), 'utf8');

/** A page that shows one frame. */
const framing = (address: string) => `<!doctype html><iframe src="${address}"></iframe>`;

test.beforeEach(async ({ api }) => await seed(api));

async function shows(page: Page, site: string, address: string): Promise<boolean> {
  await page.goto(`${site}/?${encodeURIComponent(address)}`);
  const frame = page.frames().find((frame) => frame !== page.mainFrame());
  await frame!.waitForLoadState();
  return frame!.url().startsWith(address);
}

const REFUSED = /frame-ancestors|Refused to frame|Framing|ERR_BLOCKED_BY_RESPONSE/;

test.describe('with a list of origins', () => {
  let site: Site;
  test.beforeEach(async ({ trouble }) => {
    trouble.expect(REFUSED);
    site = await serve('localhost', (_, request) => framing(decodeURIComponent((request.url ?? '').split('?')[1] ?? 'about:blank')));
  });
  test.afterEach(async () => await site.stop());

  test('W6: no other page can be framed, not even by who is on the list', async ({ page, postroom, surroundings }) => {
    for (const place of [ACCOUNTS, `${ACCOUNTS}/new`, OUTBOX, AUDIT, USERS, PARAMETERS, '/sign-in', '/reports/accounts/print', '/reports/accounts.csv', '/api/v1/health', '/nowhere', '/metrics']) {
      const answer = await fetch(postroom.url + place, { redirect: 'manual' });
      expect(answer.headers.get('content-security-policy'), place).toContain("frame-ancestors 'none'");
    }
    // The portal's own origin, with a policy that lets it try.
    await page.goto(`${surroundings.origin}/sign-in`);
    expect(await shows(page, site.url, postroom.url + ACCOUNTS)).toBe(false);
  });

  test('W7: only the exact origin frames', async ({ page, postroom, surroundings }) => {
    const embedded = `${postroom.url}/embed${ACCOUNTS}`;
    const policy = (await fetch(embedded)).headers.get('content-security-policy');
    expect(policy).toContain(`frame-ancestors ${surroundings.origin}`);
    expect(policy).not.toMatch(/frame-ancestors[^;]*\*/);
    const { port } = site;
    // Another port, a sub-domain, another name of the same machine, and the listed host as the beginning of another.
    for (const other of [site.url, `http://portal.localhost:${port}`, `http://127.0.0.1:${port}`, `http://localhost.evil.localhost:${port}`]) {
      expect(await shows(page, other, embedded), other).toBe(false);
    }
  });

  test('W7: an origin like the page\'s own lets it in only if it is the same', async ({ page, trouble }) => {
    // Each server is gone once its answer is known, while the page may still load.
    trouble.expect(/net::ERR_CONNECTION/);
    const { port } = site;
    for (const [listed, enters] of [
      [`https://localhost:${port}`, false], [`http://localhost:${port + 1}`, false], [`http://portal.localhost:${port}`, false],
      [`http://localhost.evil.localhost:${port}`, false], [`http://127.0.0.1:${port}`, false], [`http://localhost:${port}`, true],
    ] as const) {
      const { ca, template } = world();
      const secret = join(template.folder, '..', `embed-${port}.key`);
      await writeFile(secret, randomBytes(48).toString('base64'));
      const server = await Postroom.create(ca, template, { POSTROOM_EMBED_ORIGINS: listed, POSTROOM_EMBED_SECRET_FILE: secret });
      await server.start();
      expect(await shows(page, site.url, `${server.url}/embed${ACCOUNTS}`), listed).toBe(enters);
      await server.remove();
      await rm(secret);
    }
  });

  for (const wrong of ['*', 'http://*.example.com', 'null', 'https://portal.example.com/', 'https://portal.example.com/admin', 'portal.example.com', 'ftp://portal.example.com']) {
    test(`W7: ${wrong} is not taken as an origin`, async ({ postroom }) => {
      const { code, err } = await postroom.command(['serve', '--listen', '127.0.0.1:0', '--embed-origins', wrong]);
      expect(code).not.toBe(0);
      expect(err).toContain('--embed-origins');
      expect(err).toContain(wrong);
    });
  }
});

test.describe('without a list', () => {
  test.use({ setting: 'alone' });
  test('nobody frames', async ({ page, trouble, postroom }) => {
    trouble.expect(REFUSED);
    const site = await serve('localhost', (_, request) => framing(decodeURIComponent((request.url ?? '').split('?')[1] ?? 'about:blank')));
    expect(await shows(page, site.url, `${postroom.url}/embed${ACCOUNTS}`)).toBe(false);
    await site.stop();
  });
});

test.describe('a page on an origin that is not allowed', () => {
  test('gets nothing: not the frame, not data, not an action', async ({ page, postroom, api, trouble, surroundings }) => {
    trouble.expect(/./);
    const evil = await serve('localhost', (path) => {
      if (path === '/embed.js') return { type: 'text/javascript', body: element };
      return `<!doctype html><title>evil</title><script src="${postroom.url}/embed.js"></script><body></body>`;
    });
    // The person is signed in at Postroom itself, in the same browser.
    await page.goto(postroom.url + ACCOUNTS);
    await expect(page.getByRole('row', { name: /Billing/ })).toBeVisible();
    const before = await api.call('account_get', { id: 3 });
    await page.goto(evil.url);

    const got = await page.evaluate(async ({ postroom, accounts }) => {
      const said: Record<string, string> = {};
      const attempt = async (name: string, act: () => Promise<string>) => {
        said[name] = await act().catch((error: Error) => `refused: ${error.name}`);
      };
      const json = JSON.stringify({ id: 3 });
      await attempt('read', async () => await (await fetch(`${postroom}/api/v1/accounts`, { credentials: 'include' })).text());
      await attempt('page', async () => await (await fetch(postroom + accounts, { credentials: 'include' })).text());
      await attempt('opaque', async () => await (await fetch(postroom + accounts, { credentials: 'include', mode: 'no-cors' })).text());
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json']) {
        await attempt(type, async () => await (await fetch(`${postroom}/api/ui/account_delete`, { method: 'POST', body: json, credentials: 'include', mode: type === 'application/json' ? 'cors' : 'no-cors', headers: { 'content-type': type } })).text());
      }
      await attempt('session', async () => await (await fetch(`${postroom}/api/ui/embed/session`, { method: 'POST', body: JSON.stringify({ token: 'a.b.c', origin: location.origin }), headers: { 'content-type': 'application/json' } })).text());
      await attempt('element', async () => {
        const report = document.createElement('postroom-report');
        report.setAttribute('src', postroom);
        document.body.append(report);
        const error = await new Promise<CustomEvent<{ code: string }>>((heard) => report.addEventListener('error', heard as never));
        return error.detail.code;
      });
      return said;
    }, { postroom: postroom.url, accounts: ACCOUNTS });
    const { element: shown, ...asked } = got;
    expect(shown).toBe('no-answer');
    expect(Object.keys(asked)).toHaveLength(7);
    // Not even an answer that cannot be read: it may not be loaded at all (Cross-Origin-Resource-Policy).
    expect(new Set(Object.values(asked))).toEqual(new Set(['refused: TypeError']));

    // A form, which a browser sends with the cookie where it may.
    await page.goto(evil.url);
    const answer = page.waitForResponse((response) => response.url().includes('account_delete'));
    await page.evaluate((postroom) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: `${postroom}/api/ui/account_delete`, enctype: 'text/plain' });
      form.append(Object.assign(document.createElement('input'), { name: '{"id": 3, "x": "', value: '"}' }));
      document.body.append(form);
      form.submit();
    }, postroom.url);
    expect((await answer).status()).toBe(403);
    await page.waitForURL(/account_delete/);

    // A popup of a page, and of an embedded page: neither can be looked into nor told anything.
    await page.goto(evil.url);
    for (const place of [ACCOUNTS, `/embed${ACCOUNTS}`]) {
      const popup = page.waitForEvent('popup');
      await page.evaluate((address) => void Object.assign(window, { other: open(address) }), postroom.url + place);
      const other = await popup;
      await other.waitForLoadState();
      const seen = await page.evaluate(() => {
        const { other } = window as unknown as { other: Window };
        for (const message of [{ postroom: 1, type: 'hello' }, { postroom: 1, type: 'page', page: '/settings/audit' }, { postroom: 1, type: 'token', token: 'a.b.c' }]) other.postMessage(message, '*');
        try {
          return other.location.href;
        } catch (error) {
          return (error as Error).name;
        }
      });
      expect(['SecurityError', 'about:blank', '']).toContain(seen);
      await expect(other).toHaveURL(postroom.url + place);
      await other.close();
    }
    // The embedded page by itself, and from another origin: only the allowed one is in its policy.
    expect(surroundings.origin).not.toBe(evil.url);
    expect(await api.call('account_get', { id: 3 })).toEqual(before);
    await evil.stop();
  });
});
