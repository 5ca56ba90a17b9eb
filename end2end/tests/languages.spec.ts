// Issue 6, point 6: three languages. In the right one at once, without a script too; chosen in the header; a portal's word.
import type { Page } from '@playwright/test';
import { seed } from '../support/accounts';
import { test as inPortal } from '../support/embedding';
import { expect, open, test } from '../support/fixtures';
import { ACCOUNTS, AUDIT, CREDENTIALS, OUTBOX, PARAMETERS, SCHEDULES, TOKENS, USERS, Window } from '../support/pages';

const LANGUAGES = [
  { tag: 'en', locale: 'en-GB', name: 'English', title: 'SMTP Configuration', settings: 'SMTP server settings' },
  { tag: 'pt-BR', locale: 'pt-BR', name: 'Português', title: 'Configuração de SMTP', settings: 'Configurações do servidor SMTP' },
  { tag: 'es', locale: 'es-MX', name: 'Español', title: 'Configuración de SMTP', settings: 'Configuración del servidor SMTP' },
] as const;

/** The menu in the header, by the name that it has in the language in force. */
async function choose(page: Page, menu: string, name: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menu', { name: menu, exact: true }).getByRole('menuitemradio', { name, exact: true }).click();
}

for (const { tag, locale, title } of LANGUAGES) {
  test(`${tag}: the server's page is in it at once, without a script`, async ({ pageOf }) => {
    const page = await pageOf('administrator', { locale, javaScriptEnabled: false });
    await page.goto(ACCOUNTS);
    await expect(page.locator('html')).toHaveAttribute('lang', tag);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  });

  test(`${tag}: every page and window is taken over as the server made it`, async ({ api, pageOf }) => {
    await seed(api);
    const page = await pageOf('administrator', { locale });
    for (const address of [ACCOUNTS, `${ACCOUNTS}/new`, `${ACCOUNTS}/1/edit`, `${ACCOUNTS}/1/test`, `${ACCOUNTS}/1/arrival`, `${ACCOUNTS}/schedule`, OUTBOX, SCHEDULES, CREDENTIALS, USERS, TOKENS, AUDIT, PARAMETERS]) {
      const answer = page.waitForEvent('response', (response) => response.request().isNavigationRequest());
      await open(page, address);
      const served = /<h1[^>]*>([^<]*)</.exec(await (await answer).text())?.[1];
      await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText(served!);
      await expect(page.locator('html')).toHaveAttribute('lang', tag);
    }
  });
}

test('the settings window has the product\'s own labels in Portuguese', async ({ api, pageOf }) => {
  await seed(api);
  const page = await pageOf('administrator', { locale: 'pt-BR' });
  await open(page, `${ACCOUNTS}/new`);
  const window = Window.of(page, 'Configurações do servidor SMTP');
  for (const label of ['Nome da conta', 'E-mail do remetente', 'E-mail de resposta', 'E-mail de retorno', 'E-mail de confirmação', 'Host SMTP', 'Porta', 'Credencial para autenticação']) {
    await expect(window.field(label)).toBeVisible();
  }
  for (const label of ['Ativo', 'Conta padrão', 'Enviar confirmação de leitura', 'Obrigar o uso da configuração', 'Habilitar rodapé', 'Usar conexão segura?', 'Tipo de conexão segura', 'Usar autenticação?', 'Ignorar erro de certificado']) {
    await expect(window.group(label)).toBeVisible();
  }
  await window.button('Salvar').click();
  await expect(window.field('Nome da conta')).toHaveAccessibleDescription(/Este campo é obrigatório\./);
  await open(page, `${ACCOUNTS}/1/test`);
  const test = Window.of(page, 'E-mail de teste - Conta');
  await expect(test.field('Assunto')).toHaveValue('MENSAGEM DE TESTE!');
  await expect(test.field('Mensagem')).toHaveValue('ATENÇÃO: ESTA É UMA MENSAGEM DE TESTE!');
});

test('a test explains itself in the reader\'s language', async ({ api, pageOf }) => {
  await seed(api);
  const page = await pageOf('administrator', { locale: 'es' });
  await open(page, `${ACCOUNTS}/1/test`);
  const window = Window.of(page, 'Correo de prueba - Cuenta');
  await window.field('Enviar a').fill('ann@example.com');
  await window.button('Enviar').click();
  await expect(window.root.locator('.diagnosis')).toHaveAttribute('lang', 'es', { timeout: 20_000 });
  await expect(window.root.getByRole('heading', { name: 'Qué hacer' })).toBeVisible();
});

test('counts, moments and the words for an empty list are the language\'s own', async ({ api, pageOf }) => {
  await seed(api);
  const page = await pageOf('administrator', { locale: 'pt-BR' });
  await open(page, ACCOUNTS);
  await expect(page.locator('.foot-count')).toHaveText(/1–5 de 5\s+5 contas/);
  await page.getByRole('search').getByLabel('Nome', { exact: true }).fill('ação');
  await expect(page.locator('.foot-count')).toHaveText(/1–1 de 1\s+1 de 5 contas/);
  await page.getByRole('search').getByLabel('Nome', { exact: true }).fill('nada disso');
  await expect(page.getByText('Nenhuma linha tem Nome “nada disso”.')).toBeVisible();
  await open(page, AUDIT);
  await expect(page.locator('tbody time').first()).toHaveText(/^\d\d\/\d\d\/\d{4} \d\d:\d\d$/);
  const english = await pageOf('administrator');
  await open(english, AUDIT);
  await expect(english.locator('tbody time').first()).toHaveText(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
});

test.describe('the choice in the header', () => {
  test('keeps page, filter and window, and is the same person\'s in another browser', async ({ api, page, pageOf }) => {
    await seed(api);
    const address = `${ACCOUNTS}?name=a&sort=-name`;
    await open(page, address);
    await choose(page, 'Language', 'Português');
    await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Configuração de SMTP');
    await expect(page).toHaveURL(address);
    await page.getByRole('banner').getByRole('button', { name: 'Idioma' }).click();
    await expect(page.getByRole('menuitemradio', { name: 'Português' })).toHaveAttribute('aria-checked', 'true');
    await expect(page.getByRole('menuitemradio', { name: 'English' })).toHaveAttribute('aria-checked', 'false');
    const elsewhere = await pageOf('administrator');
    await open(elsewhere, ACCOUNTS);
    await expect(elsewhere.locator('html')).toHaveAttribute('lang', 'pt-BR');
    const somebody = await pageOf('viewer');
    await open(somebody, ACCOUNTS);
    await expect(somebody.locator('html')).toHaveAttribute('lang', 'en');
  });

  test('follows a filter that was typed since the page came', async ({ api, page }) => {
    await seed(api);
    await open(page, ACCOUNTS);
    await page.getByRole('search').getByLabel('Name', { exact: true }).fill('zeta');
    await expect(page).toHaveURL(`${ACCOUNTS}?name=zeta`);
    await choose(page, 'Language', 'Español');
    await expect(page.getByRole('search').getByLabel('Nombre', { exact: true })).toHaveValue('zeta');
  });

  test('works by keyboard alone', async ({ page }) => {
    await open(page, ACCOUNTS);
    await page.getByRole('banner').getByRole('button', { name: 'Language' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('menuitemradio', { name: 'English' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitemradio', { name: 'Español' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  });

  test('works without a script', async ({ pageOf }) => {
    const page = await pageOf('viewer', { javaScriptEnabled: false });
    await page.goto(CREDENTIALS);
    await choose(page, 'Language', 'Español');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Credenciales');
  });
});

inPortal.describe('in a portal', () => {
  inPortal.beforeEach(async ({ api }) => await seed(api));

  inPortal('the frame is in the portal\'s language, and follows it', async ({ portal, page }) => {
    await portal.open('element');
    await portal.signedIn();
    await expect(portal.inside.getByRole('heading', { name: 'SMTP Configuration' })).toBeVisible();
    await page.locator('postroom-report').evaluate((report: HTMLElement & { setLocale(tag: string): void }) => report.setLocale('pt-BR'));
    await expect(portal.inside.getByRole('heading', { name: 'Configuração de SMTP' })).toBeVisible();
    await expect(portal.inside.getByRole('row', { name: /Billing/ })).toBeVisible();
    await expect(portal.inside.locator('html')).toHaveAttribute('lang', 'pt-BR');
  });
});
