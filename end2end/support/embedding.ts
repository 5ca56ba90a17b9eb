// Tests of the real frame in the sample portal: the portal's pages, the element in them, and what it told.
import { type Frame, type FrameLocator, type Page } from '@playwright/test';
import type { PostroomReportElement } from '../../public/embed';
import { expect, test as base } from './fixtures';

export { expect };

export class InPortal {
  /** Any iframe of Postroom's, in the element or bare. */
  readonly inside: FrameLocator;

  constructor(readonly page: Page, readonly url: string, readonly postroom: string) {
    this.inside = page.frameLocator('#portal iframe');
  }

  async open(way: 'element' | 'iframe', pairs: Record<string, string> = {}): Promise<void> {
    await this.page.goto(`${this.url}/mail/${way}?${new URLSearchParams(pairs)}`);
  }

  get frame(): Frame {
    const frame = this.page.frames().find((frame) => frame.url().startsWith(this.postroom));
    if (!frame) throw new Error('Postroom is not there');
    return frame;
  }

  async on<T>(act: (element: PostroomReportElement) => T): Promise<T> {
    return await (this.page.locator('postroom-report').evaluate(act as never) as Promise<T>);
  }

  async signedIn(): Promise<void> {
    await expect.poll(() => this.on((report) => report.signedIn), { timeout: 15_000 }).toBe(true);
  }

  /** What the element told, by type. */
  async told<T = Record<string, unknown>>(type: string): Promise<T[]> {
    return await this.page.evaluate((type) => {
      return (window as unknown as { told: [string, unknown][] }).told.filter(([one]) => one === type).map(([, detail]) => detail);
    }, type) as T[];
  }
}

export const test = base.extend<{ portal: InPortal }>({
  setting: async ({}, use) => await use('portal'),
  portal: async ({ page, surroundings, postroom }, use) => {
    await page.addInitScript(() => {
      const told: [string, unknown][] = [];
      Object.assign(window, { told });
      for (const type of ['ready', 'navigate', 'dirty', 'saved', 'tested', 'signed-in', 'token-needed', 'blocked', 'error']) {
        addEventListener(type, (event) => event instanceof CustomEvent && told.push([type, JSON.parse(JSON.stringify(event.detail))]), true);
      }
    });
    await use(new InPortal(page, surroundings.portal.url, postroom.url));
  },
});
