// A Chromium of our own, spoken to by the DevTools protocol over a pipe; nothing stands between that could take time in the page.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unlessEnded } from './endings.mjs';

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless', '--no-sandbox', '--remote-debugging-pipe', '--window-size=1440,900', '--lang=en-GB', '--no-first-run',
  '--no-default-browser-check', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-extensions', '--disable-default-apps', '--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding', '--disable-features=Translate,OptimizationHints,MediaRouter',
];

export class Chromium {
  #next = 1;
  #waiting = new Map();
  #pages = new Map();

  static async launch() {
    const browser = new Chromium();
    browser.profile = await mkdtemp(join(tmpdir(), 'postroom-bench-chromium-'));
    browser.child = spawn(PROGRAM, [...FLAGS, `--user-data-dir=${browser.profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own: its ending ends all its processes
    });
    browser.over = unlessEnded(() => {
      browser.kill();
      rmSync(browser.profile, { recursive: true, force: true, maxRetries: 5 });
    });
    browser.ended = new Promise((done) => browser.child.once('close', done));
    browser.child.once('close', () => browser.#fail('Chromium has ended'));
    browser.child.once('error', (error) => browser.#fail(error.message));
    browser.child.stdio[3].on('error', () => undefined);
    const pieces = [];
    browser.child.stdio[4].on('data', (data) => {
      let from = 0;
      for (let end; (end = data.indexOf(0, from)) >= 0; from = end + 1) {
        pieces.push(data.subarray(from, end));
        browser.#heard(JSON.parse(Buffer.concat(pieces.splice(0)).toString()));
      }
      if (from < data.length) pieces.push(data.subarray(from));
    });
    return browser;
  }

  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, method, sessionId });
      this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** A new page, with what must be in it before anything else (text of scripts), slowed as it is said. */
  async page({ scripts = [], conditions = undefined, slowdown = 1, cookies = [] } = {}) {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, targetId, sessionId);
    this.#pages.set(sessionId, page);
    await Promise.all([page.send('Page.enable'), page.send('Network.enable'), page.send('Performance.enable', { timeDomain: 'threadTicks' })]);
    await page.send('Inspector.enable');
    for (const source of scripts) await page.send('Page.addScriptToEvaluateOnNewDocument', { source });
    for (const cookie of cookies) await page.send('Network.setCookie', cookie);
    if (slowdown !== 1) await page.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    if (conditions) {
      await page.send('Network.emulateNetworkConditions', conditions);
      // A worker's network is its own: without this, what it fetches would not be delayed.
      page.on('Target.attachedToTarget', async ({ sessionId: worker }) => {
        const slow = ['Network.enable', 'Network.emulateNetworkConditions'].map((method) => this.send(method, conditions, worker));
        await Promise.allSettled(slow);
        await this.send('Runtime.runIfWaitingForDebugger', {}, worker).catch(() => undefined);
      });
      await page.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    }
    return page;
  }

  async version() {
    return (await this.send('Browser.getVersion')).product.replace(/^.*\//, '');
  }

  async close() {
    this.kill();
    await this.ended;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
    this.over();
  }

  kill() {
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }

  #heard({ id, sessionId, method, params, result, error }) {
    if (id === undefined) return this.#pages.get(sessionId)?.heard(method, params);
    const asked = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) asked?.reject(new Error(`${asked.method}: ${error.message}`));
    else asked?.resolve(result);
  }

  /** Whoever waits (all, or one page's) is told. */
  fail(sessionId, why) {
    for (const [id, asked] of this.#waiting) {
      if (sessionId !== undefined && asked.sessionId !== sessionId) continue;
      this.#waiting.delete(id);
      asked.reject(new Error(why));
    }
  }

  #fail(why) {
    this.fail(undefined, why);
  }
}

export class Page {
  #listeners = new Map();

  constructor(browser, targetId, sessionId) {
    Object.assign(this, { browser, targetId, sessionId });
    this.on('Inspector.targetCrashed', () => {
      // It answers nothing any more, now or later.
      this.gone = 'out of memory: the page has crashed';
      browser.fail(sessionId, this.gone);
    });
  }

  async send(method, params = {}) {
    if (this.gone) throw new Error(this.gone);
    return await this.browser.send(method, params, this.sessionId);
  }

  on(method, listener) {
    this.#listeners.set(method, [...(this.#listeners.get(method) ?? []), listener]);
  }

  heard(method, params) {
    for (const listener of this.#listeners.get(method) ?? []) listener(params);
  }

  async navigate(url) {
    const { errorText } = await this.send('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
  }

  /** What an expression comes to; a promise is waited for. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text);
    return result.value;
  }

  /** The browser's own counters; times in seconds. */
  async counters() {
    const { metrics } = await this.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }
}
