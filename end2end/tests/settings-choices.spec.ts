// Section 3 of the specification: the settings window's drop-downs follow what is stored elsewhere while it is open.
import type { Page } from '@playwright/test';
import type { Api } from '../support/api';
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, settingsWindow } from '../support/pages';

/** What a browser says when its window or tab is come back to. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => void window.dispatchEvent(new Event('focus')));
}

for (const { label, use, none, make, field } of [
  {
    label: 'Credential for authentication', use: 'Use authentication', none: 'No credential is registered yet.', field: 'credential_id',
    make: async (api: Api, name: string) => void await api.credential(name),
  },
  {
    label: 'Network Connector', use: 'Use Network Connector', none: 'No network connector is registered yet.', field: 'connector_id',
    make: async (api: Api, name: string) => void await api.connector(name),
  },
]) {
  test(`${label}: what was made in another tab is offered, and what is chosen stays chosen`, async ({ page, api }) => {
    await open(page, `${ACCOUNTS}/new`);
    const window = settingsWindow(page);
    await window.fill({ 'Account Name': 'Alerts', 'Sender e-mail': 'alerts@example.test', 'Host SMTP': 'smtp.example.test' });
    await window.choose(use, 'Yes');
    await expect(window.root.getByText(none)).toBeVisible();
    await make(api, 'Mike');
    await comeBack(page);
    await window.pick(label, 'Mike');
    await expect(window.root.getByText(none)).toHaveCount(0);
    const options = window.field(label).locator('option');
    for (const [name, all] of [['Alpha', [/^Choose/, /^Alpha/, /^Mike/]], ['Zulu', [/^Choose/, /^Alpha/, /^Mike/, /^Zulu/]]] as const) {
      await make(api, name);
      await comeBack(page);
      await expect(options).toHaveText([...all]);
      await expect(window.field(label).locator('option:checked')).toHaveText(/^Mike/);
    }
    await expect(window.field('Account Name')).toHaveValue('Alerts');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    expect(await api.call('account_get', { id: 1 })).toMatchObject({ [field]: 1 });
  });
}

test('what was chosen and then deleted in another tab is still named', async ({ page, api }) => {
  await api.connector('Mike');
  await api.connector('Zulu');
  await open(page, `${ACCOUNTS}/new`);
  const window = settingsWindow(page);
  await window.choose('Use Network Connector', 'Yes');
  await window.pick('Network Connector', 'Mike');
  await api.call('connector_delete', { id: 1 });
  await comeBack(page);
  await expect(window.field('Network Connector').locator('option')).toHaveText([/^Choose/, /^Zulu/, 'No longer there (1)']);
  await expect(window.field('Network Connector').locator('option:checked')).toHaveText('No longer there (1)');
});

test('an answer that does not come changes nothing', async ({ page, api, trouble }) => {
  await api.connector('Mike');
  await open(page, `${ACCOUNTS}/new`);
  const window = settingsWindow(page);
  await window.choose('Use Network Connector', 'Yes');
  await window.pick('Network Connector', 'Mike');
  trouble.expect(/^request: net::ERR_FAILED \/api\/ui\/account_choices/);
  await page.route('**/api/ui/account_choices', (route) => route.abort());
  const failed = page.waitForEvent('requestfailed');
  await comeBack(page);
  await failed;
  await page.unroute('**/api/ui/account_choices');
  await expect(window.field('Network Connector').locator('option:checked')).toHaveText(/^Mike/);
  await api.connector('Zulu');
  await comeBack(page);
  await expect(window.field('Network Connector').locator('option')).toHaveText([/^Choose/, /^Mike/, /^Zulu/]);
});
