// What a test is given: a server of its own, a page that tolerates no error, other people's pages, quick set-up.
import { test as base, expect as baseExpect, type BrowserContextOptions, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './api';
import { MAIL_USER } from './postfix';
import { Postroom, USER_PASSWORD, type Role } from './postroom';
import { PROXY_USER } from './proxies';
import { plain, Surroundings, type Setting } from './setting';
import { world } from './world';

export type Person = Role | 'nobody';

/** An address is judged by what a test knows of it, wherever the page stands. */
export const expect = baseExpect.extend({
  async toHaveURL(page: Page, expected: string | RegExp, options?: { timeout?: number }) {
    const wanted = (url: string) => (expected instanceof RegExp ? expected.test(url) : url === new URL(expected, url).href);
    const pass = await until(() => wanted(page.url()) !== this.isNot, options?.timeout ?? 5_000) !== this.isNot;
    const message = () => `the page's address should${this.isNot ? ' not' : ''} be ${expected}, and is ${page.url()}`;
    return { pass, message };
  },
});

/** Whether it came to hold in time. */
async function until(holds: () => boolean, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > deadline) return false;
    await new Promise((again) => setTimeout(again, 25));
  }
  return true;
}

/** What went wrong in a page; a test says beforehand which of it is meant to happen. */
export class Trouble {
  readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];

  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  note(what: string): void {
    if (!this.expected.some((pattern) => pattern.test(what))) this.seen.push(what);
  }
}

type Given = {
  /** Who is signed in in `page`. */
  role: Person;
  /** Whether the server starts with the template's users; without them, it prints a set-up link. */
  users: boolean;
  /** More settings of the server. */
  settings: Record<string, string>;
  /** Where its pages stand. */
  setting: Setting;
  surroundings: Surroundings;
  postroom: Postroom;
  trouble: Trouble;
  api: Api;
  /** A page in another browser, for another person or the same one. */
  pageOf: (person: Person, options?: BrowserContextOptions) => Promise<Page>;
};

export const test = base.extend<Given>({
  role: ['administrator', { option: true }],
  users: [true, { option: true }],
  settings: [{}, { option: true }],
  setting: ['alone', { option: true }],

  surroundings: async ({ setting }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'postroom-around-'));
    const surroundings = await Surroundings.prepare(setting, folder);
    await use(surroundings);
    await surroundings.stop();
    await rm(folder, { recursive: true, force: true });
  },

  postroom: async ({ users, settings, surroundings }, use, info) => {
    const { ca, template } = world();
    const server = await Postroom.create(ca, users ? template : undefined, { ...surroundings.settings, ...settings });
    try {
      await server.start();
      await surroundings.start(server);
      await use(server);
      for (const secret of [MAIL_USER.password, PROXY_USER.password, USER_PASSWORD]) {
        expect(server.said, 'the log shows a secret').not.toContain(secret);
      }
      if (info.status !== info.expectedStatus) await info.attach('server', { body: server.said, contentType: 'text/plain' });
    } finally {
      await server.remove();
    }
  },

  baseURL: async ({ postroom }, use) => await use(postroom.url),

  storageState: async ({ role }, use) => await use(stateOf(role)),

  trouble: async ({}, use) => {
    const trouble = new Trouble();
    await use(trouble);
    expect(trouble.seen, 'the page has errors').toEqual([]);
  },

  page: async ({ page, trouble, role, postroom: _started, surroundings }, use) => {
    await watch(page, trouble, surroundings.served);
    await surroundings.signIn(page.context(), role);
    await use(surroundings.face(page));
  },

  api: async ({ postroom }, use) => await use(new Api(postroom.url, world().template.sessions.administrator)),

  pageOf: async ({ browser, trouble, postroom, surroundings }, use, info) => {
    const { locale, timezoneId, viewport } = info.project.use;
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (person, options = {}) => {
      const context = await browser.newContext({
        baseURL: postroom.url, storageState: stateOf(person), locale, timezoneId, viewport, ...options,
      });
      contexts.push(context);
      const page = await context.newPage();
      // Without scripts, a browser refuses to load any, and calls that a policy.
      if (options.javaScriptEnabled === false) trouble.expect(/^request: csp \/pkg\/.*\.js$/);
      await watch(page, trouble, surroundings.served);
      await surroundings.signIn(context, person);
      return surroundings.face(page);
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

type State = { cookies: { name: string; value: string; domain: string; path: string; expires: number; httpOnly: boolean; secure: boolean; sameSite: 'Lax' }[]; origins: [] };

function stateOf(person: Person): State {
  if (person === 'nobody') return { cookies: [], origins: [] };
  const [name, value] = world().template.sessions[person].split('=') as [string, string];
  const cookie = { name, value, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' as const };
  return { cookies: [cookie], origins: [] };
}

/** Notes console errors, exceptions, violations of the content policy, failed requests and refused files. */
async function watch(page: Page, trouble: Trouble, served: string): Promise<void> {
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    // What is clicked before is lost.
    addEventListener('postroom-runs', () => setTimeout(() => Object.assign(window, { takenOver: true })));
  });
  page.on('pageerror', (error) => trouble.note(`exception: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    // Answers and failures of requests are judged below, where their status is known.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      trouble.note(`console: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    const url = new URL(response.url());
    if (url.origin !== served) return;
    const isAnswer = url.pathname.includes('/api/') || response.request().isNavigationRequest();
    if (response.status() >= (isAnswer ? 500 : 400)) trouble.note(`response: ${response.status()} ${plain(url.pathname)}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') trouble.note(`request: ${why} ${plain(new URL(request.url()).pathname)}`);
  });
}

/** Opens a page and waits until the application has taken it over. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await takenOver(page);
}

export async function takenOver(page: Page): Promise<void> {
  await page.waitForFunction(() => 'takenOver' in window);
}
