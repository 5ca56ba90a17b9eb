// API tokens, beside the Users page: made, shown once, used by a program, revoked.
import { expect, open, test } from '../support/fixtures';
import { expectError, Report, TOKENS, USERS, Window } from '../support/pages';

test.describe('the API tokens', () => {
  test('are a tab of the Users page', async ({ page }) => {
    await open(page, USERS);
    const tabs = page.getByRole('navigation', { name: 'People and programs' });
    await tabs.getByRole('link', { name: 'API tokens' }).click();
    await expect(page).toHaveURL(TOKENS);
    await expect(page.getByRole('heading', { name: 'API tokens', level: 1 })).toBeVisible();
    await expect(tabs.getByRole('link', { name: 'API tokens' })).toHaveAttribute('aria-current', 'page');
    await tabs.getByRole('link', { name: 'Users' }).click();
    await expect(page).toHaveURL(USERS);
  });

  test('a new one is shown once, opens the API with its role, and nothing once revoked', async ({ page, postroom }) => {
    const report = await Report.open(page, TOKENS);
    await page.getByRole('button', { name: 'New token', exact: true }).click();
    await expect(page).toHaveURL(`${TOKENS}/new`);
    const window = Window.of(page, 'New token');
    await window.button('Save').click();
    await expectError(window.field('Name'), 'required');
    await window.fill({ Name: 'Deploy robot' });
    await window.pick('Role', 'Operator');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    const shown = page.getByLabel(/^The token “Deploy robot”/);
    await expect(shown).toHaveValue(/^postroom_[\w-]{43}$/);
    const token = await shown.inputValue();
    await report.expectColumn('State', ['Active']);

    const ask = async (method: string, path: string) =>
      (await fetch(new URL(path, postroom.url), { method, headers: { authorization: `Bearer ${token}` } })).status;
    expect(await ask('GET', '/api/v1/accounts')).toBe(200);
    expect(await ask('DELETE', '/api/v1/accounts/1')).toBe(403);

    await page.getByRole('button', { name: 'Dismiss', exact: true }).first().click();
    await expect(shown).toHaveCount(0);
    await page.reload();
    await expect(page.locator('body')).not.toContainText(token);
    await report.act('Deploy robot', 'Revoke');
    await page.getByRole('alertdialog', { name: 'Revoke token?' }).getByRole('button', { name: 'Revoke' }).click();
    await report.expectColumn('State', ['Revoked']);
    expect(await ask('GET', '/api/v1/accounts')).toBe(401);
    expect(postroom.said).not.toContain(token);
  });
});
