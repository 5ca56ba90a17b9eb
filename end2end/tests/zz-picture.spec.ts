// Pictures of the sample portal.
import { seed } from '../support/accounts';
import { expect, test } from '../support/embedding';
for (const [name, width, height, theme] of [['portal', 1440, 760, 'light'], ['portal-dark', 1440, 760, 'dark'], ['portal-390', 390, 844, 'light'], ['portal-390-dark', 390, 844, 'dark'], ['portal-contrast', 1440, 760, 'contrast'], ['portal-768', 768, 900, 'light']] as const) {
  test(name, async ({ portal, page, api }) => {
    await page.setViewportSize({ width, height });
    await seed(api);
    for (const n of ['Invoices', 'Newsletter', 'Password resets', 'Payroll', 'Support desk', 'Warehouse']) await api.account({ name: n, sender: `${n.toLowerCase().replace(' ', '.')}@harbour.example`, reply_to: 'help@harbour.example', return_path: 'bounces@harbour.example', confirmation: 'read@harbour.example' });
    await portal.open('element', { theme });
    await expect(portal.inside.getByRole('row', { name: /Warehouse/ })).toBeVisible();
    await page.waitForTimeout(500);
    await page.screenshot({ path: `/tmp/shots/${name}.png` });
  });
}
