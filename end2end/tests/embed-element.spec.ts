// The element alone, against a stand-in for Postroom's frame: attributes, properties, methods, events, height, and pages that mean harm.
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import type { PostroomReportElement } from '../../public/embed';
import { Stub } from '../support/stub';

const BESIDE = '<script src="{{postroom}}/embed.js"></script>';
const PAGE = `<!doctype html><html lang="pt-BR"><style>html, body { height: 100%; margin: 0 } postroom-report { --postroom-accent: #a00 }</style>${BESIDE}
<postroom-report src="{{postroom}}/mail/smtp/" theme="dark" tokens="radius: 4px; --postroom-size: 15px; nonsense" density="compact" locale="pt-BR" hide="title,new"></postroom-report>`;

type Given = { html: string; headers: Record<string, string>; stub: Stub; portal: Page };

const test = base.extend<Given>({
  html: [PAGE, { option: true }],
  headers: [{}, { option: true }],
  stub: async ({ html, headers }, use) => {
    const stub = await Stub.start(html, headers);
    await use(stub);
    await stub.stop();
  },
  portal: async ({ page, stub }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    // All that the element tells is kept, in order.
    await page.addInitScript(() => {
      const told: [string, unknown][] = [];
      Object.assign(window, { told });
      for (const type of ['ready', 'navigate', 'dirty', 'saved', 'tested', 'signed-in', 'token-needed', 'blocked', 'error']) {
        addEventListener(type, (event) => 'detail' in event && told.push([type, JSON.parse(JSON.stringify(event.detail))]), true);
      }
    });
    await page.goto(stub.portal.url);
    await use(page);
    expect(errors).toEqual([]);
  },
});

const element = (page: Page) => page.locator('postroom-report');
const told = (page: Page, type: string) => page.evaluate((type) => {
  return (window as unknown as { told: [string, unknown][] }).told.filter(([one]) => one === type).map(([, detail]) => detail);
}, type);
const onElement = <T>(page: Page, act: (element: PostroomReportElement) => T) => element(page).evaluate(act as never) as Promise<T>;
const isReady = async (page: Page) => await expect.poll(() => onElement(page, (report) => report.ready)).toBe(true);

test('the element is small', () => {
  const file = readFileSync(resolve(__dirname, '../../public/embed.js'));
  expect(gzipSync(file, { level: 9 }).length).toBeLessThan(4096);
});

test('attributes become the first address and the greeting', async ({ portal, stub }) => {
  await isReady(portal);
  const address = new URL(stub.frame(portal).url());
  expect(address.pathname).toBe('/mail/smtp/embed/settings/email/smtp');
  expect(Object.fromEntries(address.searchParams)).toEqual({ theme: 'dark', density: 'compact', locale: 'pt-BR', hide: 'title,new' });
  const [hello] = (await stub.heard(portal, 'hello')).slice(-1);
  expect(hello).toEqual({
    postroom: 1, type: 'hello', from: stub.portal.url, theme: 'dark', density: 'compact', locale: 'pt-BR', height: 'fill', sandbox: null,
    tokens: { accent: '#a00', radius: '4px', size: '15px' },
  });
  const frame = element(portal).locator('iframe');
  await expect(frame).toHaveAttribute('title', 'SMTP accounts');
  await expect(frame).toHaveAttribute('allow', 'clipboard-write');
  expect(await told(portal, 'ready')).toHaveLength(1);
});

test('properties reflect attributes, and changes are told to the frame', async ({ portal, stub }) => {
  await isReady(portal);
  await onElement(portal, (report) => {
    report.theme = 'light';
    report.setTheme({ theme: 'contrast', tokens: { accent: '#0a0' } });
    report.setLocale('es');
    report.density = 'comfortable';
    report.setFilter({ name: 'a', page: 2 });
    report.refresh();
    report.setToken('a.b.c');
    report.page = '/settings/audit?who=ana';
    report.signOut();
  });
  for (const [name, value] of Object.entries({ theme: 'contrast', locale: 'es', density: 'comfortable', tokens: 'accent:#0a0' })) {
    await expect(element(portal)).toHaveAttribute(name, value);
  }
  await expect.poll(() => stub.heard(portal, 'sign-out')).toHaveLength(1);
  expect((await stub.heard(portal, 'hello')).at(-1)).toMatchObject({ theme: 'contrast', locale: 'es', density: 'comfortable', tokens: { accent: '#0a0' } });
  expect(await stub.heard(portal, 'filter')).toMatchObject([{ filter: { name: 'a', page: '2' } }]);
  expect(await stub.heard(portal, 'refresh')).toHaveLength(1);
  expect(await stub.heard(portal, 'token')).toMatchObject([{ token: 'a.b.c' }]);
  expect(await stub.heard(portal, 'page')).toMatchObject([{ page: '/settings/audit?who=ana' }]);
  // A page that would lead out of the frame's own addresses leads to the first one.
  await onElement(portal, (report) => (report.page = '/../../sign-in'));
  await expect.poll(async () => (await stub.heard(portal, 'page')).at(-1)).toMatchObject({ page: '/settings/email/smtp' });
});

test('what the frame says becomes events and properties', async ({ portal, stub }) => {
  await isReady(portal);
  await stub.say(portal, 'navigate', { page: '/settings/audit?who=x', title: 'Audit' });
  await stub.say(portal, 'dirty', { dirty: true });
  await stub.say(portal, 'saved', { what: 'account', id: 7, name: 'Alerts' });
  await stub.say(portal, 'tested', { id: null, outcome: 'failed', code: 'tls_name' });
  await stub.say(portal, 'signed-in', { name: 'Ana', role: 'operator', expires_in_s: 580 });
  await expect.poll(() => told(portal, 'signed-in')).toEqual([{ name: 'Ana', role: 'operator', expires_in_s: 580 }]);
  expect(await told(portal, 'navigate')).toEqual([{ page: '/settings/audit?who=x', title: 'Audit' }]);
  expect(await told(portal, 'saved')).toEqual([{ what: 'account', id: 7, name: 'Alerts' }]);
  expect(await told(portal, 'tested')).toEqual([{ id: null, outcome: 'failed', code: 'tls_name' }]);
  expect(await onElement(portal, (report) => [report.dirty, report.signedIn, report.page])).toEqual([true, true, '/settings/audit?who=x']);
  // Being told where the frame is is no wish to go there.
  expect(await stub.heard(portal, 'page')).toEqual([]);
  await stub.say(portal, 'token-needed', { reason: 'expiring' });
  await stub.say(portal, 'dirty', { dirty: false });
  await expect.poll(() => onElement(portal, (report) => [report.dirty, report.signedIn])).toEqual([false, true]);
  await stub.say(portal, 'token-needed', { reason: 'ended' });
  await expect.poll(() => onElement(portal, (report) => report.signedIn)).toBe(false);
});

test('a message of another shape or version is dropped', async ({ portal, stub }) => {
  await isReady(portal);
  for (const wrong of [
    { postroom: 2, type: 'dirty', dirty: true }, { postroom: '1', type: 'dirty', dirty: true }, { postroom: 1, type: 'dirty' },
    { postroom: 1, type: 'dirty', dirty: 'yes' }, { postroom: 1, type: 'navigate', page: 4, title: 'x' }, { postroom: 1, type: 'constructor' },
    { postroom: 1, type: '__proto__' }, { postroom: 1, type: 'saved', what: 'account', id: '7', name: 'x' }, { postroom: 1 }, 'dirty', 7, null, [],
  ]) {
    await stub.frame(portal).evaluate((wrong) => parent.postMessage(wrong, '*'), wrong);
  }
  await stub.say(portal, 'saved', { what: 'account', id: 1, name: 'last', more: 'unknown' });
  await expect.poll(() => told(portal, 'saved')).toEqual([{ what: 'account', id: 1, name: 'last' }]);
  expect(await told(portal, 'dirty')).toEqual([]);
  expect(await told(portal, 'navigate')).toEqual([]);
  expect(await onElement(portal, (report) => report.dirty)).toBe(false);
});

test.describe('tokens', () => {
  const ask = (more: string) => `<!doctype html>${BESIDE}<postroom-report src="{{postroom}}"></postroom-report><script>
    const report = document.querySelector('postroom-report'); ${more}</script>`;

  test.describe('by property', () => {
    test.use({ html: ask("report.getToken = async (reason) => 'token-for-' + reason;") });
    test('getToken is asked with the reason, and its answer is sent to the frame alone', async ({ portal, stub }) => {
      await isReady(portal);
      await stub.say(portal, 'token-needed', { reason: 'start' });
      await stub.say(portal, 'token-needed', { reason: 'refused', code: 'expired' });
      await expect.poll(() => stub.heard(portal, 'token')).toMatchObject([{ token: 'token-for-start' }, { token: 'token-for-refused' }]);
      expect(await element(portal).evaluate((element) => element.outerHTML + element.shadowRoot!.innerHTML)).not.toContain('token-for');
      expect(stub.postroom.asked.join()).not.toContain('token-for');
    });
  });

  test.describe('by event', () => {
    test.use({ html: ask("report.addEventListener('token-needed', (event) => { event.detail.reply(Promise.resolve('by-event')); event.detail.reply('twice'); });") });
    test('the first reply counts', async ({ portal, stub }) => {
      await isReady(portal);
      await stub.say(portal, 'token-needed', { reason: 'start' });
      await expect.poll(() => stub.heard(portal, 'token')).toMatchObject([{ token: 'by-event' }]);
    });
  });

  test.describe('late', () => {
    test.use({ html: ask('') });
    test('getToken that is set after it was needed is asked at once', async ({ portal, stub }) => {
      await isReady(portal);
      await stub.say(portal, 'token-needed', { reason: 'start' });
      await expect.poll(() => told(portal, 'token-needed')).toHaveLength(1);
      await onElement(portal, (report) => (report.getToken = () => 'late'));
      await expect.poll(() => stub.heard(portal, 'token')).toMatchObject([{ token: 'late' }]);
    });
  });

  test.describe('none', () => {
    test.use({ html: ask("report.getToken = () => { throw new Error('secret-of-the-backend'); };") });
    test('a failure is said, without what was thrown', async ({ portal, stub }) => {
      await isReady(portal);
      await stub.say(portal, 'token-needed', { reason: 'start' });
      await expect(element(portal).getByRole('status')).toContainText('getToken');
      expect(await told(portal, 'error')).toEqual([{ code: 'token', message: expect.any(String) }]);
      expect(await element(portal).evaluate((element) => element.shadowRoot!.innerHTML)).not.toContain('secret');
    });
  });

  test.describe('stale', () => {
    test.use({ html: ask("report.getToken = () => new Promise((done) => (window.give = done));") });
    test('a token that comes after the element has got another address goes nowhere', async ({ portal, stub }) => {
      await isReady(portal);
      await stub.say(portal, 'token-needed', { reason: 'start' });
      await expect.poll(() => portal.evaluate(() => 'give' in window)).toBe(true);
      await onElement(portal, (report) => (report.src += '/mail/smtp'));
      await isReady(portal);
      await portal.evaluate(() => (window as unknown as { give: (token: string) => void }).give('stale'));
      await onElement(portal, (report) => report.refresh());
      await expect.poll(() => stub.heard(portal, 'refresh')).toHaveLength(1);
      expect(await stub.heard(portal, 'token')).toEqual([]);
    });
  });
});

test('a blocked download names the permission and offers the same page alone', async ({ portal, stub }) => {
  await isReady(portal);
  await stub.say(portal, 'blocked', { what: 'csv', missing: ['allow-downloads'], page: '/settings/email/smtp?name=<b>' });
  const bar = element(portal).getByRole('status');
  await expect(bar).toContainText('Falta uma permissão: allow-downloads');
  const link = bar.getByRole('link', { name: 'Abrir numa nova aba' });
  await expect(link).toHaveAttribute('href', `${stub.postroom.url}/mail/smtp/settings/email/smtp?name=%3Cb%3E`);
  await expect(link).toHaveAttribute('rel', 'noopener');
  await expect(link).toHaveAttribute('target', '_blank');
  await bar.getByRole('button').click();
  await expect(bar).toBeHidden();
  for (const [locale, words] of [['es', 'Falta un permiso'], ['en', 'Missing permission']]) {
    await element(portal).evaluate((element, locale) => element.setAttribute('locale', locale!), locale);
    // What leads elsewhere leads to the first page; HTML stays text.
    await stub.say(portal, 'blocked', { what: 'print', missing: ['<img src=x onerror=alert(1)>'], page: '//evil.example/' });
    await expect(bar).toContainText(words!);
    await expect(bar).toContainText('<img');
    expect(await bar.locator('img').count()).toBe(0);
    await expect(bar.getByRole('link')).toHaveAttribute('href', new RegExp(`^${stub.postroom.url}/mail/smtp/`));
  }
  await onElement(portal, (report) => report.addEventListener('blocked', (event) => event.preventDefault()));
  await bar.getByRole('button').click();
  await stub.say(portal, 'blocked', { what: 'csv', missing: ['allow-downloads'], page: '/' });
  await expect.poll(() => told(portal, 'blocked')).toHaveLength(4);
  await expect(bar).toBeHidden();
});

test.describe('a frame that does not answer', () => {
  test.use({ html: `<!doctype html>${BESIDE}<postroom-report src="{{postroom}}" page="/settings/email/smtp?silent"></postroom-report>` });
  test('is said in the bar, and is forgiven when it answers late', async ({ page, stub }) => {
    await page.clock.install();
    const errors: unknown[] = [];
    await page.exposeFunction('note', (detail: unknown) => errors.push(detail));
    await page.goto(stub.portal.url);
    await page.evaluate(() => {
      window.onerror = () => document.body.append('the window heard an error');
      document.querySelector('postroom-report')!.addEventListener('error', (event) => (window as unknown as { note: (detail: unknown) => void }).note(event.detail));
    });
    const bar = element(page).getByRole('status');
    await page.clock.runFor(7_500);
    await expect(bar).toBeHidden();
    await page.clock.runFor(3_000);
    await expect(bar).toContainText(stub.portal.url);
    await expect(bar).toContainText(stub.postroom.url);
    expect(errors).toEqual([{ code: 'no-answer', message: expect.stringContaining(stub.portal.url) }]);
    await expect(page.locator('body')).not.toContainText('the window heard');
    await stub.say(page, 'ready', { page: '/settings/email/smtp', locale: 'en', theme: 'light', density: 'compact', title: 'x' });
    await expect(bar).toBeHidden();
    expect(await onElement(page, (report) => report.ready)).toBe(true);
  });
});

test('an address that is none is said at once', async ({ portal }) => {
  for (const src of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'ftp://x']) {
    await element(portal).evaluate((element, src) => element.setAttribute('src', src), src);
    await expect(element(portal).getByRole('status')).toContainText(src);
    expect(await element(portal).locator('iframe').count()).toBe(0);
  }
  expect(await told(portal, 'error')).toHaveLength(4);
});

test.describe('the life of the element', () => {
  test.use({ html: `<!doctype html><div id="a"><postroom-report src="{{postroom}}"></postroom-report></div><div id="b"></div>
    <script>const report = document.querySelector('postroom-report'); report.theme = 'dark'; report.getToken = () => 'early';</script>` });

  const script = async (portal: Page, stub: Stub) => await portal.addScriptTag({ url: `${stub.postroom.url}/embed.js` });

  test('it is upgraded late with what was set before, and defined once', async ({ portal, stub }) => {
    await script(portal, stub);
    await script(portal, stub);
    await isReady(portal);
    await expect(element(portal)).toHaveAttribute('theme', 'dark');
    expect(await portal.locator('postroom-report iframe').count()).toBe(1);
    expect(stub.postroom.asked.filter((line) => line.includes('/embed/'))).toHaveLength(1);
    await stub.say(portal, 'token-needed', { reason: 'start' });
    await expect.poll(() => stub.heard(portal, 'token')).toMatchObject([{ token: 'early' }]);
  });

  test('it begins anew where it is moved to, and leaves nothing behind', async ({ portal, stub }) => {
    await script(portal, stub);
    await isReady(portal);
    await stub.say(portal, 'navigate', { page: '/settings/audit', title: 'Audit' });
    await expect(element(portal)).toHaveAttribute('page', '/settings/audit');
    await portal.evaluate(() => document.getElementById('b')!.append(document.querySelector('postroom-report')!));
    await isReady(portal);
    expect(stub.frame(portal).url()).toContain('/embed/settings/audit');
    await portal.evaluate(() => {
      const report = document.querySelector('postroom-report')!;
      Object.assign(window, { gone: report });
      report.remove();
    });
    expect(portal.frames()).toHaveLength(1);
    expect(await portal.evaluate(() => (window as unknown as { gone: PostroomReportElement }).gone.ready)).toBe(false);
  });

  test('a move that keeps the frame keeps what is in it', async ({ portal, stub }) => {
    await script(portal, stub);
    await isReady(portal);
    await stub.say(portal, 'dirty', { dirty: true });
    await expect.poll(() => onElement(portal, (report) => report.dirty)).toBe(true);
    await portal.evaluate(() => {
      const place = document.getElementById('b') as HTMLElement & { moveBefore(node: Node, before: null): void };
      place.moveBefore(document.querySelector('postroom-report')!, null);
    });
    expect(await onElement(portal, (report) => [report.ready, report.dirty])).toEqual([true, true]);
    await stub.say(portal, 'saved', { what: 'account', id: 1, name: 'x' });
    await expect.poll(() => told(portal, 'saved')).toHaveLength(1);
  });
});

test.describe('height', () => {
  test.use({
    html: `<!doctype html><style>html, body { height: 100%; margin: 0 } #box { height: 500px; overflow: auto; border: 3px solid } .before { height: 200px }</style>${BESIDE}
      <div class="before"></div><div id="box"><div class="before"></div><postroom-report src="{{postroom}}"></postroom-report></div>`,
  });

  test('fill takes what its box has', async ({ portal }) => {
    await isReady(portal);
    await portal.addStyleTag({ content: '#box { overflow: visible } #box .before { display: none }' });
    expect((await element(portal).locator('iframe').boundingBox())!.height).toBe(500);
    expect((await element(portal).locator('iframe').boundingBox())!.width).toBe((await element(portal).boundingBox())!.width);
    await portal.addStyleTag({ content: '#box { height: auto !important }' });
    await expect.poll(async () => (await element(portal).locator('iframe').boundingBox())!.height).toBe(320);
  });

  test('auto follows up and down within bounds, and says what is in sight', async ({ portal, stub }) => {
    await isReady(portal);
    await onElement(portal, (report) => (report.height = 'auto'));
    expect((await stub.heard(portal, 'hello')).at(-1)).toMatchObject({ height: 'auto' });
    const height = async () => (await element(portal).locator('iframe').boundingBox())!.height;
    for (const [said, is] of [[2000, 2000], [340.5, 340.5], [-5, 0], [1e9, 100_000], [1200, 1200]]) {
      await stub.say(portal, 'height', { height: said });
      await expect.poll(height).toBe(is);
    }
    await stub.say(portal, 'height', { height: null });
    const sight = async () => {
      const { top, height } = (await stub.heard(portal, 'visible')).at(-1)! as unknown as { top: number; height: number };
      return [top, height];
    };
    // The window is 720 high; 200 above the box, 3 of border, 200 above the element in it.
    await expect.poll(sight).toEqual([0, 300]);
    await portal.locator('#box').evaluate((box) => (box.scrollTop = 450));
    await expect.poll(sight).toEqual([250, 500]);
    await portal.setViewportSize({ width: 1000, height: 500 });
    await expect.poll(sight).toEqual([250, 297]);
    await portal.addStyleTag({ content: 'body > .before { height: 900px }' });
    await expect.poll(async () => (await sight())[1]).toBe(0);
    await onElement(portal, (report) => (report.height = 'fill'));
    const before = (await stub.heard(portal, 'visible')).length;
    await portal.evaluate(() => scrollTo(0, 10));
    await stub.say(portal, 'height', { height: 5000 });
    await onElement(portal, (report) => report.refresh());
    await expect.poll(() => stub.heard(portal, 'refresh')).toHaveLength(1);
    expect((await stub.heard(portal, 'visible')).length).toBe(before);
    expect(await height()).toBeLessThan(1000);
  });
});

test('the portal\'s style sheet is followed live', async ({ portal, stub }) => {
  await isReady(portal);
  await portal.addStyleTag({ content: 'html.dark postroom-report { --postroom-accent: #0f0; --postroom-canvas: #111 }' });
  await portal.evaluate(() => document.documentElement.classList.add('dark'));
  await expect.poll(async () => (await stub.heard(portal, 'hello')).at(-1)).toMatchObject({ tokens: { accent: '#0f0', canvas: '#111', radius: '4px' } });
});

test.describe('a portal with a strict policy', () => {
  test.use({
    html: `<!doctype html>${BESIDE}<postroom-report src="{{postroom}}" tokens="accent: #123456"></postroom-report>`,
    headers: { 'content-security-policy': "default-src 'none'; script-src http://127.0.0.1:*; frame-src http://127.0.0.1:*; require-trusted-types-for 'script'; trusted-types 'none'", 'referrer-policy': 'no-referrer' },
  });
  test('needs to allow the script and the frame, nothing more', async ({ portal, stub }) => {
    const violations: string[] = [];
    portal.on('console', (message) => message.type() === 'error' && violations.push(message.text()));
    await portal.reload();
    await isReady(portal);
    expect((await stub.heard(portal, 'hello')).at(-1)).toMatchObject({ tokens: { accent: '#123456' } });
    expect((await element(portal).locator('iframe').boundingBox())!.height).toBe(320);
    expect(violations.filter((text) => !text.includes('favicon'))).toEqual([]);
  });
});

test.describe('W23: messages that are not from the frame', () => {
  test('another frame, another window, the page itself or a made event is not listened to', async ({ portal, stub, context }) => {
    await isReady(portal);
    const message = { postroom: 1, type: 'dirty', dirty: true };
    // The right origin, but another frame of it.
    await portal.evaluate(async (src) => {
      const other = document.createElement('iframe');
      other.src = src;
      await new Promise((loaded) => (other.onload = loaded, document.body.append(other)));
    }, `${stub.postroom.url}/embed/other?silent`);
    const other = portal.frames().find((frame) => frame.url().includes('/embed/other'))!;
    await other.evaluate((message) => parent.postMessage(message, '*'), message);
    // The page itself, and an event that names the frame as its source.
    await portal.evaluate((message) => window.postMessage(message, '*'), message);
    await portal.evaluate(({ message, origin }) => {
      const source = document.querySelector('postroom-report')!.shadowRoot!.querySelector('iframe')!.contentWindow;
      dispatchEvent(new MessageEvent('message', { data: message, origin, source }));
    }, { message, origin: stub.postroom.url });
    // The right window, once it has been led to another origin.
    const evil = stub.portal.url;
    await stub.frame(portal).evaluate((address) => void (location.href = address), `${evil}/evil`);
    const led = () => portal.frames().find((frame) => frame.url().endsWith('/evil'));
    await expect.poll(() => Boolean(led())).toBe(true);
    await led()!.evaluate((message) => {
      Object.assign(window, { heard: [] });
      addEventListener('message', (event) => (window as unknown as { heard: unknown[] }).heard.push(event.data));
      parent.postMessage(message, '*');
    }, message);
    // What the element says goes to its exact origin: whoever has come into the frame does not hear it.
    await onElement(portal, (report) => report.setToken('secret'));
    await onElement(portal, (report) => report.refresh());
    expect(await led()!.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([]);
    expect(await told(portal, 'dirty')).toEqual([]);
    expect(await onElement(portal, (report) => report.dirty)).toBe(false);
    expect(context.pages()).toHaveLength(1);
  });
});

test.describe('W24: in a page that means harm', () => {
  test.use({
    html: `<!doctype html><script>
      for (const type of [Object, Array, Function, Promise, HTMLElement, Element, Node, EventTarget, MessageEvent, CustomEvent]) Object.freeze(type.prototype);
    </script>${BESIDE}<script>
      const stolen = [];
      for (const name of ['fetch', 'XMLHttpRequest', 'setTimeout', 'setInterval', 'getComputedStyle', 'postMessage', 'open', 'URL', 'CustomEvent', 'IntersectionObserver']) {
        window[name] = (...args) => { stolen.push([name, String(args)]); throw new Error(name); };
      }
      navigator.sendBeacon = (...args) => stolen.push(args);
    </script><postroom-report src="{{postroom}}"></postroom-report>
    <script>document.querySelector('postroom-report').getToken = async () => 'the-token';</script>`,
  });
  test('it works, and the token is nowhere but in its message', async ({ portal, stub }) => {
    await isReady(portal);
    await stub.say(portal, 'token-needed', { reason: 'start' });
    await expect.poll(() => stub.heard(portal, 'token')).toMatchObject([{ token: 'the-token' }]);
    expect(await portal.evaluate(() => JSON.stringify((0, eval)('stolen')))).toBe('[]');
    const everywhere = await portal.evaluate(() => {
      const report = document.querySelector('postroom-report')!;
      const values = Reflect.ownKeys(report).map((key) => String((report as never)[key]));
      return [report.outerHTML, report.shadowRoot!.innerHTML, location.href, document.cookie, ...values, ...Object.values({ ...localStorage, ...sessionStorage })].join('\n');
    });
    expect(everywhere).not.toContain('the-token');
    expect([...stub.portal.asked, ...stub.postroom.asked].join('\n')).not.toContain('the-token');
  });
});
