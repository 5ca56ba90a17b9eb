// For everybody: keyboard alone, assistive software, small screens, dark screens, no script.
import type { Api } from '../support/api';
import { expect, open, takenOver, test } from '../support/fixtures';
import { ACCOUNTS, AUDIT, CONNECTORS, CREDENTIALS, PARAMETERS, PASSWORD, Report, settingsWindow, testWindow, USERS } from '../support/pages';
import { USER_PASSWORD } from '../support/postroom';

async function seed(api: Api): Promise<void> {
  const credential = await api.credential('Mail login');
  await api.connector('Branch', { port: '1' });
  await api.account({ name: 'Alerts', host: '127.0.0.1', port: '1', authentication: true, credential_id: credential.id });
  await api.account({ name: 'Billing with a rather long name that has to go somewhere on a narrow screen', secure: false, sender: 'a-rather-long-address@a-rather-long-domain.example.test' });
  await api.account({ name: 'Zeta', ignore_certificate_errors: true, enabled: false });
}

const PLACES = [ACCOUNTS, `${ACCOUNTS}/new`, `${ACCOUNTS}/1/edit`, `${ACCOUNTS}/1/test`, `${ACCOUNTS}/1/arrival`, CREDENTIALS, `${CREDENTIALS}/new`, `${CREDENTIALS}/1/edit`,
  CONNECTORS, `${CONNECTORS}/new`, `${CONNECTORS}/1/edit`, USERS, `${USERS}/new`, `${USERS}/1/edit`, AUDIT, PARAMETERS, PASSWORD, '/no-such-page'];

// WCAG 2.2, 1.4.10: a page of 1280 px at four times its size.
test.describe('320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  for (const path of [...PLACES, `${ACCOUNTS}?name=nobody`]) {
    test(`the page does not scroll sideways: ${path}`, async ({ page, api }) => {
      await seed(api);
      await open(page, path);
      const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      expect(content).toBeLessThanOrEqual(screen!);
      for (const dialog of await page.getByRole('dialog').all()) {
        const box = (await dialog.boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(320);
      }
    });
  }

  test('the menu shows the page that one is on', async ({ page }) => {
    for (const path of [ACCOUNTS, CREDENTIALS, USERS, PARAMETERS]) {
      await open(page, path);
      await expect(page.locator('nav.side [aria-current]')).toBeInViewport({ ratio: 1 });
    }
  });

  test('what was changed stands below its entry of the audit log, whole', async ({ page, api }) => {
    await seed(api);
    await open(page, AUDIT);
    const row = page.getByRole('row').filter({ hasText: 'Zeta' });
    const [changes, subject] = await Promise.all([row.locator('[data-column=detail]').boundingBox(), row.getByText('Zeta', { exact: true }).boundingBox()]);
    expect(changes!.y).toBeGreaterThanOrEqual(subject!.y + subject!.height);
    expect(changes!.x + changes!.width).toBeLessThanOrEqual(320);
  });
});

test.describe('the keyboard alone', () => {
  test('the first Tab offers to skip to the content', async ({ page }) => {
    await open(page, ACCOUNTS);
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to content' });
    await expect(skip).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });

  test('a row’s menu: opened, walked, closed with Escape, the button has the focus again', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    const button = report.row('Alerts').getByRole('button', { name: 'More actions' });
    await button.focus();
    await page.keyboard.press('Enter');
    const entries = page.getByRole('menu', { name: 'More actions' }).getByRole('menuitem');
    await expect(entries.first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(entries.nth(1)).toBeFocused();
    await page.keyboard.press('End');
    await expect(entries.last()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(entries.first()).toBeFocused();
    await page.keyboard.press('Home');
    await expect(entries.first()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(entries.first()).toBeHidden();
    await expect(button).toBeFocused();
  });

  test('an entry is chosen with Enter', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.row('Alerts').getByRole('button', { name: 'More actions' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(testWindow(page).root).toBeVisible();
  });

  test('Products leads to Settings', async ({ page }) => {
    await open(page, CREDENTIALS);
    await page.getByRole('button', { name: 'Products' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Settings' }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(ACCOUNTS);
  });

  test('a window takes the focus, holds it, and gives it back', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    const edit = report.row('Alerts').getByRole('button', { name: 'Edit' });
    await edit.focus();
    await page.keyboard.press('Space');
    const window = settingsWindow(page);
    await expect(window.root).toBeVisible();
    await expect.poll(() => window.root.evaluate((root) => root.contains(document.activeElement))).toBe(true);
    for (let at = 0; at < 40; at++) {
      await page.keyboard.press('Tab');
      const where = await window.root.evaluate((root) => root.contains(document.activeElement) || document.activeElement === document.body);
      expect(where).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect(window.root).toBeHidden();
    await expect(edit).toBeFocused();
  });

  test('a header sorts with Enter', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.table.getByRole('button', { name: 'Name', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(report.table.getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute('aria-sort', 'ascending');
    await expect(report.table.getByRole('button', { name: 'Name', exact: true })).toBeFocused();
  });

  test('the question before deleting has the focus and goes with Escape', async ({ page, api }) => {
    await seed(api);
    const report = await Report.open(page);
    await report.act('Zeta', 'Delete');
    const question = page.getByRole('alertdialog');
    await expect.poll(() => question.evaluate((root) => root.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(report.rows).toHaveCount(3);
  });
});

test.describe('the way around', () => {
  test('the side menu leads to every page, and says where one is', async ({ page }) => {
    await open(page, ACCOUNTS);
    const side = page.getByRole('navigation', { name: 'Settings' });
    for (const [group, name, path] of [
      ['Email', 'SMTP Configuration', ACCOUNTS],
      ['Connections', 'Credentials', CREDENTIALS],
      ['Connections', 'Network Connectors', CONNECTORS],
      ['System', 'Users', USERS],
      ['System', 'Audit log', AUDIT],
      ['System', 'Parameters', PARAMETERS],
    ] as const) {
      await expect(side.getByRole('heading', { name: group })).toBeVisible();
      await side.getByRole('link', { name, exact: true }).click();
      await expect(page).toHaveURL(path);
      await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
      await expect(side.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
      await expect(side.locator('[aria-current=page]')).toHaveCount(1);
    }
  });

  test('there is no entry that leads nowhere', async ({ page, postroom }) => {
    await open(page, ACCOUNTS);
    const hrefs = await page.locator('a[href^="/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
    for (const href of new Set(hrefs)) {
      const answer = await page.request.get(new URL(href, postroom.url).href);
      expect(answer.status(), href).toBe(200);
    }
  });

  test('the theme is chosen in the person’s menu and kept', async ({ page }) => {
    await open(page, ACCOUNTS);
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
    const light = await ink();
    await page.getByRole('banner').getByRole('button', { name: 'administrator' }).click();
    await page.getByRole('group', { name: 'Theme' }).getByRole('radio', { name: 'Dark' }).check();
    await expect.poll(ink).not.toBe(light);
    const dark = await ink();
    await page.reload();
    await takenOver(page);
    await expect.poll(ink).toBe(dark);
  });

  test('times are told in the reader’s time zone', async ({ pageOf, api }) => {
    await api.credential('Mail login');
    const page = await pageOf('administrator', { timezoneId: 'Asia/Kolkata' });
    const report = await Report.open(page, CREDENTIALS);
    const time = report.row('Mail login').locator('time');
    const moment = new Date((await time.getAttribute('datetime'))!);
    const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Kolkata', dateStyle: 'short', timeStyle: 'short' }).format(moment);
    await expect(time).toHaveText(local);
  });
});

test.describe('without a script', () => {
  test('the report can be read, searched and left by its links', async ({ pageOf, api }) => {
    await seed(api);
    const page = await pageOf('administrator', { javaScriptEnabled: false });
    await page.goto(ACCOUNTS);
    const report = new Report(page);
    await expect(report.rows).toHaveCount(3);
    await expect(report.headers.first()).toHaveText('ID');
    await report.field('Name').fill('zeta');
    await report.field('Name').press('Enter');
    await expect(page).toHaveURL(/name=zeta/);
    await expect(report.rows).toHaveCount(1);
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Credentials' }).click();
    await expect(report.row('Mail login')).toBeVisible();
  });

  test('More brings the other search fields, and keeps what is typed', async ({ pageOf, api }) => {
    await seed(api);
    const page = await pageOf('administrator', { javaScriptEnabled: false });
    await page.goto(ACCOUNTS);
    const report = new Report(page);
    await expect(report.field('Sender e-mail')).toHaveCount(0);
    await report.field('Name').fill('billing');
    await report.button('More').click();
    await report.field('Sender e-mail').fill('no-such');
    await report.field('Sender e-mail').press('Enter');
    await expect(report.rows).toHaveCount(0);
    await report.field('Sender e-mail').fill('rather-long');
    await report.field('Sender e-mail').press('Enter');
    await expect(report.rows).toHaveCount(1);
    await expect(report.field('Name')).toHaveValue('billing');
  });

  test('the report is paged and sorted, and keeps what was asked of it', async ({ pageOf, api }) => {
    for (let number = 1; number <= 65; number++) await api.account({ name: `Account ${String(number).padStart(2, '0')}` });
    const page = await pageOf('viewer', { javaScriptEnabled: false });
    await page.goto(`${ACCOUNTS}?size=10&name=account`);
    const report = new Report(page);
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    await expect(page).toHaveURL(/sort=name/);
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    await expect(page).toHaveURL(/sort=-name/);
    await expect(report.rows.first()).toContainText('Account 65');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(report.rows.first()).toContainText('Account 55');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(report.rows.first()).toContainText('Account 45');
    await page.getByRole('button', { name: 'Previous' }).click();
    await expect(report.rows.first()).toContainText('Account 55');
    await expect(report.rows).toHaveCount(10);
    await expect(report.field('Name')).toHaveValue('account');
  });

  for (const path of PLACES.filter((path) => path !== '/no-such-page')) {
    test(`${path} is readable`, async ({ pageOf, api }) => {
      await seed(api);
      const page = await pageOf('administrator', { javaScriptEnabled: false });
      await page.goto(path);
      await expect(page.getByRole('heading').first()).toBeVisible();
      await expect(page.getByText('Loading…')).toHaveCount(0);
    });
  }

  test('one can sign in and out', async ({ pageOf }) => {
    const page = await pageOf('nobody', { javaScriptEnabled: false });
    await page.goto(ACCOUNTS);
    await page.getByLabel('User name', { exact: true }).fill('viewer');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByLabel('User name', { exact: true }).fill('viewer');
    await page.getByLabel('Password', { exact: true }).fill(USER_PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page).toHaveURL(ACCOUNTS);
    await page.getByRole('banner').getByRole('button', { name: 'viewer' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
  });
});

test('the whole page is in the server’s answer: nothing moves when the script takes it over', async ({ page, api }) => {
  await seed(api);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(ACCOUNTS);
  const report = new Report(page);
  await expect(report.rows).toHaveCount(3);
  await report.field('Name').fill('zeta');
  const before = await report.table.boundingBox();
  release();
  await takenOver(page);
  await expect(report.rows).toHaveCount(1);
  await expect(report.field('Name')).toHaveValue('zeta');
  expect((await report.table.boundingBox())?.y).toBe(before?.y);
});
