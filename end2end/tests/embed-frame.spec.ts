// The real frame in the sample portal: signing in and out, events, height, windows in sight, downloads, looks.
import { seed } from '../support/accounts';
import { expect, test } from '../support/embedding';
import { ScriptedServer } from '../support/scripted';

test.beforeEach(async ({ api }) => await seed(api));

test.describe('the token', () => {
  test('signs in without a cookie, in both ways, and is in no address', async ({ portal, postroom, surroundings, page }) => {
    const seen: string[] = [];
    page.on('request', (request) => seen.push(request.url(), request.headers().referer ?? ''));
    for (const way of ['iframe', 'element'] as const) {
      await portal.open(way);
      await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
    }
    expect(await portal.told('signed-in')).toEqual([{ name: 'administrator', role: 'administrator', expires_in_s: expect.any(Number) }]);
    expect(surroundings.portal.asked).toEqual(['administrator', 'administrator']);
    // W16: with third-party cookies blocked, none was set either.
    expect((await page.context().cookies(postroom.url)).filter((cookie) => cookie.name.includes('embed'))).toEqual([]);
    // W26: a JWT begins with eyJ.
    const everywhere = [...seen, postroom.said, ...page.frames().map((frame) => frame.url())].join('\n');
    expect(everywhere).not.toContain('eyJ');
    expect(everywhere).not.toContain('pfs_');
    // Where third-party cookies are blocked, a frame may not even look into its storage.
    const stored = await portal.frame.evaluate(() => [() => ({ ...localStorage }), () => ({ ...sessionStorage }), () => document.cookie, () => location.href].map((look) => {
      try {
        return JSON.stringify(look());
      } catch (error) {
        return (error as Error).name;
      }
    }).join());
    expect(stored).not.toMatch(/eyJ|pfs_/);
  });

  test('W16: a browser that blocks third-party cookies keeps none in the frame', async ({ portal, page, postroom }) => {
    await portal.open('element');
    await portal.signedIn();
    const set = async (frame: { evaluate: (act: () => string) => Promise<string> }) => await frame.evaluate(() => {
      document.cookie = 'probe=1; SameSite=None; Secure; Path=/';
      return document.cookie;
    });
    expect(await set(portal.frame)).toBe('');
    // The same cookie is kept where the page stands alone: it is the frame that makes the difference.
    await page.goto(`${postroom.url}/settings/email/smtp`);
    expect(await set(page)).toContain('probe=1');
  });

  test('is renewed before it expires, and what is typed stays', async ({ portal, surroundings }) => {
    const now = () => Math.floor(Date.now() / 1000);
    Object.defineProperty(surroundings, 'claims', { get: () => ({ exp: now() + 8 }) });
    await portal.open('element', { page: '/settings/email/smtp/new' });
    await portal.signedIn();
    const name = portal.inside.getByRole('dialog').getByLabel('Account Name', { exact: true });
    await name.fill('Half typed');
    await expect.poll(() => portal.told('token-needed').then((all) => all.map((one) => one.reason)), { timeout: 15_000 }).toEqual(['start', 'expiring']);
    await expect.poll(() => portal.told('signed-in').then((all) => all.length)).toBe(2);
    await expect(name).toHaveValue('Half typed');
    expect(await portal.on((report) => report.signedIn)).toBe(true);
  });

  for (const [what, claims, reason] of [
    ['of another audience', { aud: 'other' }, 'audience'],
    ['with an unknown role', { role: 'emperor' }, 'role'],
    ['for another origin', { origin: 'https://elsewhere.example' }, 'origin'],
    ['that lives too long', { exp: Math.floor(Date.now() / 1000) + 6000 }, 'too_long'],
  ] as const) {
    test(`a token ${what} is refused, and the frame says why`, async ({ portal, surroundings, page }) => {
      surroundings.claims = claims;
      // Once, then no more.
      await page.addInitScript(() => addEventListener('token-needed', (event) => {
        const { reason, reply } = (event as CustomEvent<{ reason: string; reply(token: Promise<string>): void }>).detail;
        if (reason === 'refused') reply(new Promise(() => undefined));
      }, true));
      await portal.open('element');
      await expect(portal.inside.getByRole('alert')).toContainText(`(${reason})`);
      await expect.poll(() => portal.told('token-needed')).toContainEqual({ reason: 'refused', code: reason });
      await expect(portal.inside.getByRole('table')).toHaveCount(0);
    });
  }

  test('a portal that always gives a wrong token is asked with pauses', async ({ portal, surroundings }) => {
    surroundings.claims = { aud: 'other' };
    await portal.open('element');
    await expect.poll(() => portal.told('token-needed').then((all) => all.length)).toBe(1);
    const began = Date.now();
    // 2 s, then 4 s.
    await expect.poll(() => portal.told('token-needed').then((all) => all.length), { timeout: 20_000 }).toBe(3);
    expect(Date.now() - began).toBeGreaterThan(5_500);
    expect(surroundings.portal.asked.length).toBe(3);
  });

  test('signing out leaves nothing of the person in the frame', async ({ portal }) => {
    await portal.open('element');
    await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
    await portal.on((report) => report.signOut());
    await expect(portal.inside.getByRole('table')).toHaveCount(0);
    await expect(portal.inside.locator('body')).not.toContainText('Billing');
  });

  test.describe('of a viewer', () => {
    test.use({ role: 'viewer' });
    test('gives a viewer\'s rights', async ({ portal }) => {
      await portal.open('element');
      await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
      await expect(portal.inside.getByRole('button', { name: 'New', exact: true })).toHaveCount(0);
      expect(await portal.told('signed-in')).toMatchObject([{ role: 'viewer' }]);
    });
  });
});

test('what happens in the frame is told: navigate, dirty, saved, tested', async ({ portal, api }) => {
  const server = await ScriptedServer.start({});
  const account = await api.account({ name: 'Scripted', host: '127.0.0.1', port: String(server.port), secure: false });
  await portal.open('element');
  await portal.signedIn();
  await portal.on((report) => (report.page = '/settings/email/smtp/3/edit'));
  const dialog = portal.inside.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Account Name', { exact: true }).fill('Invoices');
  await expect.poll(() => portal.on((report) => report.dirty)).toBe(true);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(() => portal.told('saved')).toEqual([{ what: 'account', id: 3, name: 'Invoices' }]);
  await expect.poll(() => portal.on((report) => report.dirty)).toBe(false);
  await expect.poll(() => portal.told('navigate').then((all) => all.at(-1))).toMatchObject({ page: '/settings/email/smtp' });
  await portal.on((report) => report.setFilter({ name: 'inv' }));
  await expect(portal.inside.getByRole('table').locator('tbody tr')).toHaveCount(1);
  await expect.poll(() => new URL(portal.page.url()).searchParams.get('page')).toBe('/settings/email/smtp?name=inv');
  await api.account({ name: 'Invalid' });
  await portal.on((report) => report.refresh());
  await expect(portal.inside.getByRole('table').locator('tbody tr')).toHaveCount(2);
  await portal.page.evaluate((id) => document.querySelector('postroom-report')!.setAttribute('page', `/settings/email/smtp/${id}/test`), account.id);
  await dialog.getByLabel('Send to').fill('reader@example.test');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => portal.told('tested').then((all) => all.length)).toBe(1);
  expect(await portal.told('tested')).toMatchObject([{ id: account.id }]);
  await server.stop();
});

test('hide leaves controls out', async ({ portal }) => {
  await portal.open('element', { hide: 'title,new,actions,search,foot,edit,menu' });
  await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
  for (const [role, name] of [['heading', 'SMTP Configuration'], ['button', 'New'], ['search', undefined], ['button', 'More actions']] as const) {
    await expect(portal.inside.getByRole(role, name ? { name } : {})).toHaveCount(0);
  }
});

test.describe('height', () => {
  test('follows the content up and down within a few pictures, without a loop, and nothing is scrolled twice', async ({ portal, api, page }) => {
    for (let at = 0; at < 30; at += 1) await api.account({ name: `Account ${at}` });
    await portal.open('element', { height: 'auto' });
    await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
    const frame = page.locator('postroom-report iframe');
    const height = async () => (await frame.boundingBox())!.height;
    await expect.poll(height).toBeGreaterThan(700);
    const content = async () => await portal.frame.evaluate(() => document.getElementById('content')!.offsetHeight);
    await expect.poll(async () => Math.abs(await height() - await content())).toBeLessThanOrEqual(1);
    const tall = await height();
    // Counted from the change in the frame to the change around it, in pictures that the portal draws.
    await page.evaluate(() => {
      const iframe = document.querySelector('postroom-report')!.shadowRoot!.querySelector('iframe')!;
      const heights: number[] = [];
      Object.assign(window, { heights });
      const look = () => {
        if (heights.at(-1) !== iframe.offsetHeight) heights.push(iframe.offsetHeight);
        requestAnimationFrame(look);
      };
      look();
    });
    await portal.on((report) => report.setFilter({ name: 'Billing' }));
    await expect.poll(height).toBeLessThan(tall - 300);
    await expect.poll(async () => Math.abs(await height() - await content())).toBeLessThanOrEqual(1);
    await portal.on((report) => report.setFilter({}));
    await expect.poll(height).toBe(tall);
    // A loop would be dozens of heights.
    expect((await page.evaluate(() => (window as unknown as { heights: number[] }).heights)).length).toBeLessThan(12);
    const within = await portal.frame.evaluate(async () => {
      const started = performance.now();
      const content = document.getElementById('content')!;
      const block = content.appendChild(document.createElement('div'));
      block.style.height = '333px';
      const wanted = innerHeight + 300;
      while (innerHeight < wanted && performance.now() - started < 3000) await new Promise(requestAnimationFrame);
      const took = performance.now() - started;
      block.remove();
      return took;
    });
    // A few pictures at 60 a second, on a machine that is busy with other tests.
    expect(within).toBeLessThan(500);
    await expect.poll(height).toBe(tall);
    expect(await portal.frame.evaluate(() => {
      scrollTo(0, 100);
      const scrolled = [...document.querySelectorAll<HTMLElement>('*')].filter((one) => {
        const style = getComputedStyle(one);
        return one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(style.overflowY) && one.clientHeight > 0;
      });
      return [scrollY, scrolled.map((one) => one.tagName + '.' + one.className)];
    })).toEqual([0, []]);
  });

  test('fill has one scrollbar at most', async ({ portal, api, page }) => {
    for (let at = 0; at < 30; at += 1) await api.account({ name: `Account ${at}` });
    await portal.open('element');
    await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
    const scrolled = await portal.frame.evaluate(() => [...document.querySelectorAll<HTMLElement>('*')].filter((one) => {
      return one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(one).overflowY) && one.clientHeight > 0;
    }).length + (document.documentElement.scrollHeight > innerHeight ? 1 : 0));
    expect(scrolled).toBeLessThanOrEqual(1);
  });

  test('a window of a tall frame opens where the reader looks', async ({ portal, api, page }) => {
    for (let at = 0; at < 80; at += 1) await api.account({ name: `Account ${at}` });
    await portal.open('element', { height: 'auto', page: '/settings/email/smtp?size=100' });
    const last = portal.inside.getByRole('row', { name: /Account 79/ });
    await last.scrollIntoViewIfNeeded();
    await last.getByRole('button', { name: 'Edit' }).click();
    const dialog = portal.inside.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole('heading').first()).toBeInViewport();
    const place = async () => {
      const box = (await dialog.boundingBox())!;
      const size = page.viewportSize()!;
      return box.y >= 0 && box.y + box.height <= size.height;
    };
    await expect.poll(place).toBe(true);
    // And it stays there when the portal is scrolled.
    await page.mouse.wheel(0, -400);
    await expect.poll(place).toBe(true);
  });
});

test.describe('downloads and prints', () => {
  test('CSV comes, with the session and without a cookie', async ({ portal, page }) => {
    await portal.open('element', { page: '/settings/email/smtp?name=bill' });
    await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
    await portal.inside.getByRole('button', { name: 'Actions', exact: true }).click();
    const download = page.waitForEvent('download');
    await portal.inside.getByRole('menuitem', { name: 'Export CSV' }).click();
    const file = await download;
    expect(file.url()).not.toContain('pfs_');
    const text = await (await import('node:fs/promises')).readFile(await file.path(), 'utf8');
    expect(text).toContain('billing@three.test');
    expect(text).not.toContain('zeta@five.test');
  });

  test('the print page comes in a tab of its own', async ({ portal, page }) => {
    await portal.open('element');
    await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
    await portal.inside.getByRole('button', { name: 'Actions', exact: true }).click();
    const popup = page.waitForEvent('popup');
    await portal.inside.getByRole('menuitem', { name: 'Print Report' }).click();
    const paper = await popup;
    await expect(paper.locator('body')).toContainText('Billing');
    expect(paper.url()).not.toContain('pfs_');
  });

  const NEEDED = 'allow-scripts allow-same-origin allow-forms';
  for (const [item, what, missing] of [['Export CSV', 'csv', 'allow-downloads'], ['Print Report', 'print', 'allow-popups']] as const) {
    test(`${item} in a sandbox without ${missing}: the element says so and offers the page alone`, async ({ portal, postroom, page }) => {
      await portal.open('element', { sandbox: NEEDED, page: '/settings/email/smtp?name=bill' });
      await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
      await portal.inside.getByRole('button', { name: 'Actions', exact: true }).click();
      await portal.inside.getByRole('menuitem', { name: item }).click();
      const bar = page.locator('postroom-report').getByRole('status').first();
      await expect(bar).toContainText(missing);
      await expect(bar.getByRole('link')).toHaveAttribute('href', new RegExp(`^${postroom.url}/settings/email/smtp\\?name=bill`));
      expect(await portal.told('blocked')).toMatchObject([{ what, missing: expect.arrayContaining([missing]) }]);
    });
  }
});

test('looks follow the portal live: theme, properties, density, also where a colour is wrong', async ({ portal, page }) => {
  const warned: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warned.push(message.text()));
  await portal.open('element');
  await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
  const look = (name: string) => portal.frame.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(), name);
  const root = portal.inside.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'light');
  await expect.poll(() => look('--postroom-accent')).toBe('#8a4b08');
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await expect.poll(() => look('--postroom-accent')).toBe('#f0a94a');
  await portal.on((report) => report.setTheme({ tokens: { accent: '#123456', radius: '0px', text: '#191919' } }));
  await expect.poll(() => look('--postroom-accent')).toBe('#123456');
  await expect.poll(() => warned.join('\n')).toContain('contrast of text');
  await portal.on((report) => report.setAttribute('density', 'compact'));
  await expect(root).toHaveAttribute('data-density', 'compact');
  await portal.on((report) => report.setTheme({ tokens: { accent: 'url(//evil.example)' } as never }));
  await expect.poll(() => warned.join('\n')).toContain('no colour');
});

test.describe('W22: messages that the frame does not listen to', () => {
  test('a wrong source, shape, version, a large one and a thousand a second do nothing', async ({ portal, page }) => {
    await portal.open('element');
    await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
    const message = { postroom: 1, type: 'page', page: '/settings/audit' };
    const post = (messages: unknown[]) => page.evaluate((messages) => {
      const frame = document.querySelector('postroom-report')!.shadowRoot!.querySelector('iframe')!.contentWindow!;
      for (const message of messages) frame.postMessage(message, '*');
    }, messages);
    // The portal's own origin, but not the window that frames it.
    await page.evaluate(async (message) => {
      const other = document.createElement('iframe');
      other.src = '/look.css';
      await new Promise((loaded) => (other.onload = loaded, document.body.append(other)));
      const target = document.querySelector('postroom-report')!.shadowRoot!.querySelector('iframe')!.contentWindow!;
      Object.assign(other.contentWindow!, { target });
      (other.contentWindow as unknown as { eval: (code: string) => void }).eval(`target.postMessage(${JSON.stringify(message)}, '*')`);
    }, message).catch(() => undefined);
    await post([
      { ...message, postroom: 2 }, { type: 'page', page: '/settings/audit' }, { postroom: 1, type: 'page' }, { postroom: 1, type: 'page', page: 7 },
      'page', 7, null, [], { postroom: 1, type: 'token', token: { a: 1 } }, { postroom: 1, type: 'launch' },
      { postroom: 1, type: 'page', page: 'https://evil.example/' }, { postroom: 1, type: 'page', page: '//evil.example/' }, { postroom: 1, type: 'page', page: '/sign-in' },
      { ...message, more: 'x'.repeat(1024 * 1024) },
    ]);
    const dropped = async () => Number(await portal.inside.locator('html').getAttribute('data-dropped-messages'));
    await expect.poll(dropped).toBeGreaterThanOrEqual(10);
    const before = await dropped();
    await post(Array.from({ length: 1000 }, () => ({ postroom: 1, type: 'launch' })));
    await expect.poll(dropped).toBeGreaterThanOrEqual(before + 1000);
    expect(new URL(portal.frame.url()).pathname).toBe('/embed/settings/email/smtp');
    // It still listens to what is right, once the second is over.
    await expect.poll(async () => {
      await portal.on((report) => report.setFilter({ name: 'zeta' }));
      return await portal.inside.getByRole('table').locator('tbody tr').count();
    }, { intervals: [300] }).toBe(1);
  });
});
