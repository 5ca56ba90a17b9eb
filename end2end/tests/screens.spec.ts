// The report where colours are the system's, on a very large screen, and on a telephone.
import type { Locator, Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ACCOUNTS, Report } from '../support/pages';

/** How far the page reaches beyond the screen, sideways. */
const beyond = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test.describe('forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } });

  const style = (of: Locator, ...names: string[]) => of.evaluate((element, names) => {
    const computed = getComputedStyle(element);
    return Object.fromEntries(names.map((name) => [name, computed.getPropertyValue(name)]));
  }, names);

  /** Whether a colour, as computed, is more than half opaque and another than what it is drawn on. */
  const isSeen = (colour: string, paper: string) => {
    const parts = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number);
    const [of, on] = [parts(colour), parts(paper)];
    return of.length >= 3 && (of[3] ?? 1) > 0.5 && of.slice(0, 3).some((part, at) => Math.abs(part - on[at]!) > 60);
  };

  test('axe finds nothing; the focus, what is sorted by and what is chosen can be seen', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page, `${ACCOUNTS}?sort=-name`);
    const box = page.getByRole('checkbox', { name: 'Select Billing', exact: true });

    // The mark of the column sorted by is drawn, in the colour of the heading's text; those of the others are not.
    const mark = (heading: string) => report.table.getByRole('columnheader', { name: heading, exact: true }).locator('.icon');
    const paper = await style(report.headers.first(), 'background-color');
    const drawn = await style(mark('Name'), 'opacity', 'stroke');
    expect(drawn.opacity).toBe('1');
    expect(isSeen(drawn.stroke!, paper['background-color']!), drawn.stroke).toBe(true);
    expect((await style(mark('Default'), 'opacity')).opacity).toBe('0');

    // Of a chosen row, the tick: backgrounds are the system's.
    const look = async () => {
      await box.blur();
      await page.mouse.move(5, 5);
      return await box.screenshot();
    };
    let empty = await look();
    await expect.poll(async () => {
      const before = empty;
      empty = await look();
      return empty.equals(before);
    }, 'it stands still').toBe(true);
    await box.check();
    expect((await look()).equals(empty)).toBe(false);
    await box.uncheck();
    await expect.poll(async () => (await look()).equals(empty), 'it was the tick').toBe(true);
    await box.check();

    // What can't be pressed is told from what can.
    const colour = async (name: string) => (await style(report.button(name), 'color'))['color'];
    expect(await colour('Clear')).not.toBe(await colour('More'));

    // The ring around what the keyboard is on.
    for (const control of [box, report.row('Billing').getByRole('button', { name: 'Edit' }), report.field('Name'), report.headers.getByRole('button').first()]) {
      await control.focus();
      await page.keyboard.press('Shift');
      const ring = await style(control, 'outline-style', 'outline-width', 'outline-color', 'background-color');
      expect(ring['outline-style']).not.toBe('none');
      expect(parseFloat(ring['outline-width']!)).toBeGreaterThanOrEqual(1);
      expect(isSeen(ring['outline-color']!, paper['background-color']!), ring['outline-color']).toBe(true);
    }
    await expectAccessible(page);
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
  });
});

test.describe('3840 × 2160', () => {
  test.use({ viewport: { width: 3840, height: 2160 } });

  test('the table has the width, every column stands under its heading, and nothing scrolls sideways', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await expect(report.rows).toHaveCount(5);
    expect(await beyond(page)).toBeLessThanOrEqual(0);
    const scroller = page.locator('.table-scroll');
    expect(await scroller.evaluate((table) => table.scrollWidth - table.clientWidth)).toBeLessThanOrEqual(0);
    // Beside the menu there is nothing but the table.
    const [menu, table] = [(await page.locator('nav.side').boundingBox())!, (await report.table.boundingBox())!];
    expect(table.x).toBeGreaterThanOrEqual(menu.x + menu.width);
    expect(table.width).toBeGreaterThan(0.9 * (3840 - menu.x - menu.width));

    const edges = (cells: Element[]) => cells.map((cell) => {
      const { left, right } = cell.getBoundingClientRect();
      return [Math.round(left), Math.round(right)] as const;
    });
    const heads = await report.headers.evaluateAll(edges);
    for (let at = 1; at < heads.length; at++) expect(heads[at]![0], 'headings stand side by side').toBe(heads[at - 1]![1]);
    for (const row of await report.rows.all()) expect(await row.getByRole('cell').evaluateAll(edges)).toEqual(heads);
    // Nothing is cut off where there is so much room.
    expect(await report.table.locator('th, td').evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent))).toEqual([]);
  });
});

test.describe('360 × 780', () => {
  test.use({ viewport: { width: 360, height: 780 } });

  test('the page does not scroll sideways, with all search fields and with rows that are chosen neither', async ({ page, api }) => {
    await seed(api);
    await api.account({ name: 'A name that is longer than any telephone is wide, without an end in sight', sender: `${'x'.repeat(60)}@a-long-domain.example.test` });
    const report = await Report.open(page);
    expect(await beyond(page)).toBeLessThanOrEqual(0);
    // The table itself does, under the finger.
    expect(await page.locator('.table-scroll').evaluate((table) => table.scrollWidth - table.clientWidth)).toBeGreaterThan(0);
    await report.button('More').click();
    await page.getByRole('checkbox', { name: 'Select Billing', exact: true }).check();
    await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible();
    expect(await beyond(page)).toBeLessThanOrEqual(0);
    for (const control of await page.getByRole('search').getByRole('textbox').all()) {
      const box = (await control.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(360);
    }
  });
});
