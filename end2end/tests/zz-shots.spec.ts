import { expect, open, test } from '../support/fixtures';
import { newAddress } from '../support/mail';
import { ACCOUNTS, CREDENTIALS, PARAMETERS, settingsWindow, testWindow, Window } from '../support/pages';

for (const scheme of ['light', 'dark'] as const) {
  for (const width of [1440, 768, 390]) {
    test(`shots ${scheme} ${width}`, async ({ page, api }) => {
      test.setTimeout(180_000);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      const shot = (name: string) => page.screenshot({ path: `/tmp/shots2/${name}-${scheme}-${width}.png` });
      await api.accountAt('implicit', { name: 'Alerts' });
      await api.accountAt('implicitUntrusted', { name: 'Partner' });
      await api.account({ name: 'Careless', ignore_certificate_errors: true });
      const run = async (id: number, button: string) => {
        await open(page, `${ACCOUNTS}/${id}/test`);
        const window = testWindow(page);
        await window.field('Send to').fill(newAddress());
        await window.button(button).click();
        await expect(window.root.locator('[data-outcome]')).toBeVisible({ timeout: 20_000 });
        return window;
      };
      for (const button of ['Send', 'Check only', 'Send', 'Send']) await run(1, button);
      await shot('passed');
      await open(page, `${ACCOUNTS}/1/history`);
      await expect(page.locator('.past')).toHaveCount(4);
      await shot('history');
      const window = await run(2, 'Send');
      await shot('failed');
      await window.button('Trust this authority for this account').click();
      await page.waitForTimeout(200);
      await shot('confirm');
      await Window.of(page, 'Trust this authority?').button('The fingerprint is right: fill it in').click();
      await expect(settingsWindow(page).field('Trusted authority (PEM)')).toHaveValue(/BEGIN/);
      await settingsWindow(page).field('Trusted authority (PEM)').scrollIntoViewIfNeeded();
      await shot('trust');
      await page.goto(ACCOUNTS);
      await shot('report');
      await open(page, `${ACCOUNTS}/2/history`);
      await shot('history-failed');
      await open(page, `${CREDENTIALS}/new`);
      for (const [index, label] of ['Microsoft 365 (client credentials)', 'Google (service account)', 'Google (refresh token)', 'Generic token endpoint'].entries()) {
        await Window.of(page, 'New credential').field('Kind').selectOption({ label });
        await shot(`credential-${index}`);
      }
      await api.call('parameters_update', { parameters: { footer: '', footer_html: '', retention_days: 180, health_hours: 6, health_recipients: 'ops@example.test', health_account_id: null } });
      await expect.poll(async () => await api.call('incident_count')).toBe(2);
      await open(page, PARAMETERS);
      await shot('parameters');
      await page.getByRole('banner').getByRole('button', { name: /incident/ }).click();
      await page.waitForTimeout(500);
      await shot('incidents');
    });
  }
}
