// What a test is given: a server of its own, a page that tolerates no error, other people's pages, quick set-up.
import { test as base, expect, type BrowserContextOptions, type Page } from '@playwright/test';
import { Api } from './api';
import { MAIL_USER } from './postfix';
import { Postroom, USER_PASSWORD, type Role } from './postroom';
import { PROXY_USER } from './proxies';
import { world } from './world';

export { expect };
export type Person = Role | 'nobody';

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

  postroom: async ({ users, settings }, use, info) => {
    const { ca, template } = world();
    const server = await Postroom.create(ca, users ? template : undefined, settings);
    try {
      await server.start();
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

  page: async ({ page, trouble, postroom }, use) => {
    await watch(page, trouble, postroom);
    await use(page);
  },

  api: async ({ postroom }, use) => await use(new Api(postroom.url, world().template.sessions.administrator)),

  pageOf: async ({ browser, trouble, postroom }, use, info) => {
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
      await watch(page, trouble, postroom);
      return page;
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
async function watch(page: Page, trouble: Trouble, postroom: Postroom): Promise<void> {
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    // The application takes the page over in the turn in which its module is ready; what is clicked before is lost.
    const own = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...args: Parameters<typeof own>) => {
      const result = await own(...args);
      setTimeout(() => setTimeout(() => Object.assign(window, { takenOver: true })));
      return result;
    };
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
    if (url.origin !== postroom.url) return;
    const isAnswer = url.pathname.startsWith('/api/') || response.request().isNavigationRequest();
    if (response.status() >= (isAnswer ? 500 : 400)) trouble.note(`response: ${response.status()} ${url.pathname}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') trouble.note(`request: ${why} ${new URL(request.url()).pathname}`);
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
