// The sample portal, started in the test's own process.
import type { BrowserContext } from '@playwright/test';

export type PortalOptions = {
  postroom: string;
  secret: string | Buffer;
  people?: Record<string, string>;
  port?: number;
  host?: string;
  /** Replaces claims of each token. */
  claims?: () => Record<string, unknown>;
};

export type Portal = {
  url: string;
  /** Who asked for a token, one name each time. */
  asked: string[];
  session(name: string): { name: string; value: string };
  stop(): Promise<void>;
};

export async function startPortal(options: PortalOptions): Promise<Portal> {
  const { startPortal: start } = await import('../portal/portal.mjs');
  return await start(options);
}

export async function signInAt(portal: Portal, context: BrowserContext, name: string): Promise<void> {
  await context.addCookies([{ ...portal.session(name), url: portal.url }]);
}
