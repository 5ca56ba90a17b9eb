// What assistive software trips over, as far as a program can tell, in every look that a page has.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const LOOKS = [
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'dark', contrast: 'more' },
] as const;

/** Nothing is found, light and dark, in usual and in high contrast. */
export async function expectAccessible(page: Page): Promise<void> {
  // Four looks, of some seconds each: of a machine that is busy, more than a test has.
  test.setTimeout(120_000);
  const found: string[] = [];
  for (const look of LOOKS) {
    // Without motion colours change at once.
    await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
    // What had begun to change before that is at its end, and what begins to change by that as well.
    await page.evaluate(() => {
      const changing = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      for (let some = changing(); some.length > 0; some = changing()) {
        for (const animation of some) animation.finish();
      }
    });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    for (const { id, nodes } of violations) {
      found.push(`${look.colorScheme}, contrast ${look.contrast}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    }
  }
  expect(found).toEqual([]);
}
