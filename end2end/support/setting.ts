// Where a test's page stands: alone, in a frame of the sample portal, in the portal's element, or below a path behind nginx.
// Tests written for the first are run in the next four: they get a page that behaves as if it stood alone. In `portal`, a test drives the portal.
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Frame, Page } from '@playwright/test';
import { BASE_PATH, startNginx } from './nginx';
import { startPortal, type Portal } from './portal';
import type { Postroom } from './postroom';
import { freePorts } from './process';

export type Setting = 'alone' | 'iframe' | 'element' | 'proxy' | 'proxy-strip' | 'portal';

/** People of the portal: the names that the template's users have, so that a page says the same of them. */
export const PORTAL_PEOPLE = { viewer: 'viewer', operator: 'operator', administrator: 'administrator' };

/** The surroundings of one test's server. */
export class Surroundings {
  /** What claims each token has beside, or instead of, the usual ones. */
  claims: Record<string, unknown> = {};
  private started: Portal | undefined;
  private prefix = '';
  private ends: (() => Promise<unknown>)[] = [];

  private constructor(readonly setting: Setting, private readonly port: number, readonly secret: string, private readonly folder: string) {}

  /** Before the server starts: it has to know of them. */
  static async prepare(setting: Setting, folder: string): Promise<Surroundings> {
    const [port] = setting === 'alone' ? [0] : await freePorts(1);
    const secret = randomBytes(48).toString('base64url');
    const self = new Surroundings(setting, port!, secret, folder);
    if (self.framed) await writeFile(self.key, secret, { mode: 0o600 });
    return self;
  }

  get framed(): boolean {
    return this.setting === 'iframe' || this.setting === 'element' || this.setting === 'portal';
  }

  private get key(): string {
    return join(this.folder, 'portal.key');
  }

  /** `localhost` beside the server's `127.0.0.1`: another site to a browser. */
  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  get settings(): Record<string, string> {
    if (this.framed) return { POSTROOM_EMBED_ORIGINS: this.origin, POSTROOM_EMBED_SECRET_FILE: this.key };
    return this.setting === 'alone' ? {} : { POSTROOM_BASE_PATH: BASE_PATH };
  }

  /** Once the server listens. */
  async start(postroom: Postroom): Promise<void> {
    if (this.framed) {
      const portal = await startPortal({ postroom: postroom.url, secret: this.secret, people: PORTAL_PEOPLE, port: this.port, claims: () => this.claims });
      this.started = portal;
      this.prefix = `${postroom.url}/embed`;
      this.ends.push(() => portal.stop());
    } else if (this.setting === 'alone') {
      this.prefix = postroom.url;
    } else {
      const nginx = await startNginx(new URL(postroom.url).origin, this.setting === 'proxy' ? 'keeps' : 'strips');
      this.prefix = nginx.url;
      this.ends.push(nginx.stop);
    }
  }

  async stop(): Promise<void> {
    for (const end of this.ends.reverse()) await end();
  }

  /** What browsers take as the application's own origin. */
  get served(): string {
    return new URL(this.prefix).origin;
  }

  get portal(): Portal {
    if (!this.started) throw new Error('there is no portal in this setting');
    return this.started;
  }

  /** Signs the person in at the portal, where there is one. */
  async signIn(context: BrowserContext, person: string): Promise<void> {
    if (!this.framed || !(person in PORTAL_PEOPLE)) return;
    await context.addCookies([{ ...this.portal.session(person), url: this.origin }]);
  }

  /** The page as if it stood alone. */
  face(page: Page): Page {
    if (this.setting === 'alone' || this.setting === 'portal') return page;
    return new Face(page, this.prefix, this.framed ? `${this.origin}/mail/${this.setting}?whole` : undefined).page;
  }
}

/** What a page and a frame both have, and a test means of the frame. */
const OF_THE_FRAME = new Set([
  'locator', 'getByRole', 'getByText', 'getByLabel', 'getByPlaceholder', 'getByAltText', 'getByTitle', 'getByTestId', 'frameLocator',
  'evaluate', 'evaluateHandle', 'waitForFunction', 'waitForSelector', 'waitForLoadState', 'content', 'title', 'addStyleTag', 'addScriptTag',
  'click', 'fill', 'press', 'check', 'focus', 'isVisible', 'textContent', 'innerText', '$', '$$', '$eval', '$$eval',
]);

/** An address as tests know it: without the path that the application stands below. */
export function plain(path: string): string {
  return path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length) : path;
}

/** Pairs of the first address that are about looks alone. */
const LOOKS = ['theme', 'density', 'locale', 'height', 'hide'];

/** Tests know addresses without what stands before them here. */
class Face {
  readonly page: Page;
  private frame: Frame | undefined;

  /** `portal`: the portal's page, for a page in a frame. */
  constructor(private readonly real: Page, private readonly prefix: string, private readonly portal?: string) {
    const own: Record<string, unknown> = {
      goto: (address: string) => this.goto(address),
      reload: () => this.reload(),
      goBack: () => this.step(-1),
      goForward: () => this.step(1),
      url: () => this.url(),
      mainFrame: () => this.place,
      faced: true,
    };
    this.page = new Proxy(real, {
      get: (page, name: string) => {
        if (Object.hasOwn(own, name)) return own[name];
        const target = this.portal && OF_THE_FRAME.has(name) ? this.place : page;
        const value = Reflect.get(target, name) as unknown;
        return typeof value === 'function' ? value.bind(target) as unknown : value;
      },
    });
  }

  private get place(): Frame {
    if (!this.portal) return this.real.mainFrame();
    if (!this.frame) throw new Error('the portal\'s page has not been opened yet');
    return this.frame;
  }

  private url(): string {
    const url = new URL(this.place.url());
    if (!url.href.startsWith(this.prefix)) return url.href;
    for (const name of LOOKS) if (this.portal) url.searchParams.delete(name);
    return url.origin + url.href.slice(this.prefix.length);
  }

  private inside(address: string): string {
    const { pathname, search, hash } = new URL(address, 'http://any');
    return `${pathname}${search}${hash}`;
  }

  private async goto(address: string): Promise<unknown> {
    const page = this.inside(address);
    if (!this.portal) return await this.real.goto(this.prefix + page);
    // The frame stays the same, so that what was found in it before is found again.
    if (this.frame) {
      await this.frame.goto(this.prefix + page);
      return await this.drawn(this.frame);
    }
    // Tests read the clipboard where the page is; Postroom itself only writes to it, and portals allow no more. And whoever goes
    // to a page goes on there: keys are pressed in the frame. It has them from the start, before a field in it could lose them.
    await this.real.addInitScript(() => {
      const allow = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'allow')!;
      Object.defineProperty(HTMLIFrameElement.prototype, 'allow', {
        ...allow,
        set(value: string) {
          allow.set!.call(this, `${value}; clipboard-read`);
          setTimeout(() => (this as HTMLIFrameElement).focus());
        },
      });
    });
    const arrives = this.real.waitForEvent('framenavigated', (frame) => frame.parentFrame() === this.real.mainFrame() && frame.url().startsWith(this.prefix));
    await this.real.goto(`${this.portal}&page=${encodeURIComponent(page)}`);
    this.frame = await arrives;
    await this.frame.waitForLoadState();
    return await this.drawn(this.frame);
  }

  /** A page that stands alone comes with what it shows; in a frame that follows once the portal has signed in. */
  private async drawn(frame: Frame): Promise<null> {
    await frame.waitForSelector('#content h1').catch(() => undefined);
    return null;
  }

  private async reload(): Promise<unknown> {
    if (!this.portal) return await this.real.reload();
    const frame = this.place;
    const anew = this.real.waitForEvent('framenavigated', (other) => other === frame);
    await frame.evaluate(() => location.reload());
    await anew;
    await frame.waitForLoadState();
    return await this.drawn(frame);
  }

  /** Through the history that the portal's page and the frame share. */
  private async step(by: 1 | -1): Promise<unknown> {
    if (!this.portal) return await (by < 0 ? this.real.goBack() : this.real.goForward());
    const moved = this.real.waitForEvent('framenavigated', (frame) => frame === this.place);
    await this.place.evaluate((by) => history.go(by), by);
    await moved;
    return null;
  }
}
