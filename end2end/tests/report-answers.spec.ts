// What stands in a report's table while somebody types: until an answer comes, when answers come in another order, and where
// nothing is another than before.
import type { Page } from '@playwright/test';
import { seed } from '../support/accounts';
import type { Api } from '../support/api';
import { expect, test } from '../support/fixtures';
import { ACCOUNTS, AUDIT, Report } from '../support/pages';

test.describe('filtered by the server', () => {
  /** Questions to the server about these subjects wait until they are let go. */
  class Held {
    private readonly going = new Map<string, () => void>();

    constructor(private readonly page: Page) {}

    async hold(subject: string): Promise<void> {
      const gone = new Promise<void>((go) => this.going.set(subject, go));
      await this.page.route('**/api/ui/report_page', async (route) => {
        if (asks(route.request().postData(), subject)) {
          const response = await route.fetch();
          await gone;
          return await route.fulfill({ response });
        }
        await route.fallback();
      });
    }

    /** Until its answer is here. */
    async letGo(subject: string): Promise<void> {
      const come = this.page.waitForResponse((response) => asks(response.request().postData(), subject));
      this.going.get(subject)!();
      await (await come).finished();
    }

    asked(subject: string) {
      return this.page.waitForRequest((request) => asks(request.postData(), subject));
    }
  }

  const asks = (body: string | null, subject: string) => body?.includes(`"subject":"${subject}"`) ?? false;

  async function log(page: Page, api: Api): Promise<[Report, Held]> {
    await seed(api);
    const report = await Report.open(page, `${AUDIT}?action=account`);
    await report.expectColumn('Subject', ['zeta', 'Ünder', 'Billing', 'Ação', 'Alerts']);
    return [report, new Held(page)];
  }

  test('an answer that comes after a later one’s is dropped', async ({ page, api }) => {
    const [report, held] = await log(page, api);
    await held.hold('Alerts');
    const first = held.asked('Alerts');
    await report.field('Subject').fill('Alerts');
    await first;
    await report.field('Subject').fill('Billing');
    await report.expectColumn('Subject', ['Billing']);
    const seen = await page.locator('tbody').evaluateHandle((body) => {
      const texts: string[] = [];
      new MutationObserver(() => texts.push((body as HTMLElement).innerText)).observe(body, { subtree: true, childList: true, characterData: true });
      return texts;
    });
    await held.letGo('Alerts');
    // What is asked and answered after it has come, comes after whatever it did.
    await report.field('Subject').fill('zeta');
    await report.expectColumn('Subject', ['zeta']);
    const texts = await seen.jsonValue();
    expect(texts).not.toEqual([]);
    expect(texts.filter((text) => text.includes('Alerts'))).toEqual([]);
    await expect(report.table).not.toHaveAttribute('aria-busy');
  });

  test('what was found before stays until the answer comes, and the table says that it is busy', async ({ page, api }) => {
    const [report, held] = await log(page, api);
    await expect(report.table).not.toHaveAttribute('aria-busy');
    await held.hold('Alerts');
    const asked = held.asked('Alerts');
    await report.field('Subject').fill('Alerts');
    await asked;
    await expect(report.table).toHaveAttribute('aria-busy', 'true');
    expect(await report.column('Subject')).toEqual(['zeta', 'Ünder', 'Billing', 'Ação', 'Alerts']);
    await held.letGo('Alerts');
    await report.expectColumn('Subject', ['Alerts']);
    await expect(report.table).not.toHaveAttribute('aria-busy');
  });
});

test.describe('filtered in the browser', () => {
  /** The places of the rows that are touched by typing this into the Name field, as soon as it is typed (`-1`: the body itself),
   * and how many rows stand where they stood. */
  const touched = async (page: Page, text: string) => await page.evaluate(async (text) => {
    const body = document.querySelector('tbody')!;
    const before = [...body.rows];
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((some) => records.push(...some));
    observer.observe(body, { subtree: true, childList: true, attributes: true, characterData: true });
    const field = document.querySelector<HTMLInputElement>('#search-name')!;
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await new Promise((done) => queueMicrotask(() => queueMicrotask(() => done(null))));
    const places = [...records, ...observer.takeRecords()].map(({ target }) => before.findIndex((row) => row.contains(target)));
    observer.disconnect();
    return { places: [...new Set(places)].sort((one, other) => one - other), kept: [...body.rows].filter((row, at) => row === before[at]).length };
  }, text);

  test('only what changes is touched: rows that stay where they are keep all that is in them', async ({ page, api }) => {
    for (const name of ['Branch 1', 'Branch 2', 'Branch 3 west', 'Branch 4 west', 'Tower']) await api.account({ name });
    const report = await Report.open(page);
    await page.waitForFunction(() => document.querySelector('.live'));
    // The last one goes, the others are as they were.
    expect(await touched(page, 'b')).toEqual({ places: [-1], kept: 4 });
    await report.expectNames(['Branch 1', 'Branch 2', 'Branch 3 west', 'Branch 4 west']);
    expect(await touched(page, 'br')).toEqual({ places: [], kept: 4 });
    expect(await touched(page, 'bra')).toEqual({ places: [], kept: 4 });
    await report.expectNames(['Branch 1', 'Branch 2', 'Branch 3 west', 'Branch 4 west']);
    // Two others stand in the first two places now; that is seen, too.
    expect(await touched(page, 'west')).toEqual({ places: [-1, 0, 1], kept: 2 });
    await report.expectNames(['Branch 3 west', 'Branch 4 west']);
  });

  for (const [how, text, then] of [['pasted', 'ção', '?name=%C3%A7%C3%A3o'], ['typed', 'ç', '']] as const) {
    test(`what is ${how} is in the address ${then ? 'at once' : 'once typing pauses'}`, async ({ page, api }) => {
      await seed(api);
      const report = await Report.open(page);
      // No timer of a pause can run before this one does.
      const address = await report.field('Name').evaluate(async (field: HTMLInputElement, text) => {
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve));
        return location.search;
      }, text);
      expect(address).toBe(then);
      await expect(page).toHaveURL(`${ACCOUNTS}?name=${encodeURIComponent(text)}`);
    });
  }

  test('how many match is said once typing pauses', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    const said = page.locator('.foot > [aria-live=polite]');
    await expect(said).toBeEmpty();
    const heard = await said.evaluateHandle((region) => {
      const texts: string[] = [];
      new MutationObserver(() => texts.push(region.textContent!)).observe(region, { subtree: true, childList: true, characterData: true });
      return texts;
    });
    await report.field('Name').pressSequentially('bil');
    await expect(said).toHaveText('1 of 5 accounts');
    await report.field('Name').fill('a');
    await expect(said).toHaveText('3 of 5 accounts');
    await report.field('Name').fill('nobody');
    await expect(said).toHaveText('0 of 5 accounts');
    expect(await heard.jsonValue()).toEqual(['1 of 5 accounts', '3 of 5 accounts', '0 of 5 accounts']);
  });
});

test('the header stays in sight while the table scrolls under it', async ({ page, api }) => {
  for (let number = 1; number <= 40; number++) await api.account({ name: `Account ${String(number).padStart(2, '0')}` });
  const report = await Report.open(page, `${ACCOUNTS}?size=50`);
  const name = report.headers.getByText('Name', { exact: true });
  const before = (await name.boundingBox())!;
  await page.locator('.table-scroll').evaluate((table) => table.scrollTo(0, table.scrollHeight));
  await expect(report.row('Account 40')).toBeInViewport();
  await expect(report.row('Account 01')).not.toBeInViewport();
  await expect(name).toBeInViewport({ ratio: 1 });
  expect((await name.boundingBox())!.y).toBe(before.y);
  // And no row is drawn over it: it can be pressed.
  await name.click();
  await expect(page).toHaveURL(/sort=name/);
});
