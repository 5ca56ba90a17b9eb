// A stand-in for Postroom's frame, for tests of the element alone: it says what a test lets it say, and keeps what it hears.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Frame, Page } from '@playwright/test';
import { serve, type Site } from './origins';

const ELEMENT = readFileSync(resolve(__dirname, '../../public/embed.js'), 'utf8');

const FRAME = `<!doctype html><title>stub</title><script>
  const heard = [];
  const portal = new URL(document.referrer).origin;
  addEventListener('message', (event) => heard.push({ ...event.data, from: event.origin }));
  const say = (type, more) => parent.postMessage({ postroom: 1, type, ...more }, portal);
  const ready = () => say('ready', { page: location.pathname.split('/embed')[1] + location.search, locale: 'en', theme: 'system', density: 'comfortable', title: 'SMTP accounts' });
  if (!location.search.includes('silent')) ready();
</script>`;

type Heard = { postroom: number; type: string; from: string; [field: string]: unknown };

export class Stub {
  private constructor(readonly portal: Site, readonly postroom: Site) {}

  /** `page` is the portal's; `{{postroom}}` in it is the stub's address. */
  static async start(page: string, headers: Record<string, string> = {}): Promise<Stub> {
    const postroom = await serve('127.0.0.1', (path) => {
      if (path.endsWith('/embed.js')) return { type: 'text/javascript', body: ELEMENT };
      return path.includes('/embed/') ? FRAME : undefined;
    });
    const portal = await serve('localhost', (path) =>
      path === '/' ? { body: page.replaceAll('{{postroom}}', postroom.url), headers } : undefined);
    return new Stub(portal, postroom);
  }

  async stop(): Promise<void> {
    await Promise.all([this.portal.stop(), this.postroom.stop()]);
  }

  frame(page: Page): Frame {
    const frame = page.frames().find((frame) => frame.url().startsWith(this.postroom.url));
    if (!frame) throw new Error('the frame is not there');
    return frame;
  }

  /** What the frame has heard, of one type. */
  async heard(page: Page, type: string): Promise<Heard[]> {
    return await this.frame(page).evaluate((type) => {
      return (0, eval)('heard').filter((message: Heard) => message.type === type);
    }, type);
  }

  async say(page: Page, type: string, more: object = {}): Promise<void> {
    await this.frame(page).evaluate(({ type, more }) => (0, eval)('say')(type, more), { type, more });
  }
}
