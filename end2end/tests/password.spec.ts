// Section 8 of the specification: one's own password, changed by whoever is signed in.
import type { Page } from '@playwright/test';
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, expectError, PASSWORD } from '../support/pages';
import { USER_PASSWORD } from '../support/postroom';

const NEXT = 'another long password';

async function fill(page: Page, current: string, next: string, repeat: string): Promise<void> {
  for (const [label, value] of [['Current password', current], ['New password', next], ['Repeat new password', repeat]] as const) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByRole('button', { name: 'Change password', exact: true }).click();
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('User name', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

for (const role of ['viewer', 'operator', 'administrator'] as const) {
  test(`${role}: the user menu leads to it, and the new password signs in`, async ({ pageOf }) => {
    const page = await pageOf(role);
    await open(page, ACCOUNTS);
    await page.getByRole('banner').getByRole('button', { name: role }).click();
    await page.getByRole('link', { name: 'Change password', exact: true }).click();
    await expect(page).toHaveURL(PASSWORD);
    await expect(page.getByRole('heading', { name: 'Change password', level: 1 })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeHidden();
    await fill(page, USER_PASSWORD, NEXT, NEXT);
    await expect(page.getByRole('status').filter({ hasText: 'Your password was changed.' })).toBeVisible();
    for (const label of ['Current password', 'New password', 'Repeat new password']) {
      await expect(page.getByLabel(label, { exact: true })).toHaveValue('');
      await expect(page.getByLabel(label, { exact: true })).not.toHaveAttribute('aria-invalid', 'true');
    }
    const other = await pageOf('nobody');
    await other.goto('/sign-in');
    await signIn(other, role, USER_PASSWORD);
    await expect(other.getByRole('alert')).toContainText('User name or password is not right.');
    await signIn(other, role, NEXT);
    await expect(other).toHaveURL(ACCOUNTS);
  });
}

test('the keyboard alone reaches it', async ({ page }) => {
  await open(page, ACCOUNTS);
  await page.getByRole('banner').getByRole('button', { name: 'administrator' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('group', { name: 'Theme' }).getByRole('radio', { name: 'System' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('group', { name: 'Density' }).getByRole('radio', { name: 'Comfortable' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Change password', exact: true })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Keyboard shortcuts' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(PASSWORD);
});

for (const [current, next, repeat, label, says] of [
  ['', NEXT, NEXT, 'Current password', 'required'],
  ['not the password', NEXT, NEXT, 'Current password', 'The current password is not right.'],
  [USER_PASSWORD, 'short', 'short', 'New password', 'At least 12 characters.'],
  [USER_PASSWORD, NEXT, '', 'Repeat new password', 'required'],
  [USER_PASSWORD, NEXT, 'another long passwort', 'Repeat new password', 'not the same as the new password'],
] as const) {
  test(`“${current}”, “${next}”, “${repeat}” is refused beside ${label}`, async ({ page }) => {
    await open(page, PASSWORD);
    await fill(page, current, next, repeat);
    await expectError(page.getByLabel(label, { exact: true }), says);
    await expect(page.getByLabel(label, { exact: true })).toBeFocused();
    await fill(page, USER_PASSWORD, NEXT, NEXT);
    await expect(page.getByRole('status').filter({ hasText: 'Your password was changed.' })).toBeVisible();
  });
}

test('ends one’s other sessions, and keeps this one', async ({ page, postroom, pageOf, context, trouble }) => {
  // The other page may ask for events just then.
  trouble.expect(/^response: 401 \/events/);
  const session = await postroom.signIn('administrator', USER_PASSWORD);
  const [name, value] = session.split('=') as [string, string];
  await context.addCookies([{ name, value, url: postroom.url }]);
  const other = await pageOf('administrator');
  await open(other, ACCOUNTS);
  await open(page, PASSWORD);
  await fill(page, USER_PASSWORD, NEXT, NEXT);
  await expect(page.getByRole('status').filter({ hasText: 'Your other sessions have ended.' })).toBeVisible();
  await open(page, ACCOUNTS);
  await expect(page).toHaveURL(ACCOUNTS);
  await other.goto(ACCOUNTS);
  await expect(other).toHaveURL(/\/sign-in/);
});

test('leaving with a password typed asks first', async ({ page }) => {
  await open(page, PASSWORD);
  await page.getByLabel('Current password', { exact: true }).fill(USER_PASSWORD);
  await page.getByRole('link', { name: 'Parameters' }).click();
  const question = page.getByRole('alertdialog', { name: 'Discard changes?' });
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(page.getByLabel('Current password', { exact: true })).toHaveValue(USER_PASSWORD);
  await page.getByRole('link', { name: 'Parameters' }).click();
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('heading', { name: 'Parameters', level: 1 })).toBeVisible();
});
