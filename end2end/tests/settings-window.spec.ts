// Section 3 of the specification: the SMTP server settings window, field by field.
import type { Page } from '@playwright/test';
import { expect, open, takenOver, test } from '../support/fixtures';
import { ACCOUNTS, expectError, Report, settingsWindow, testWindow, type Window } from '../support/pages';

const NEW = `${ACCOUNTS}/new`;

async function openNew(page: Page): Promise<Window> {
  await open(page, NEW);
  const window = settingsWindow(page);
  await expect(window.root).toBeVisible();
  return window;
}

/** All that is required. */
async function fillRequired(window: Window, name = 'Alerts'): Promise<void> {
  await window.fill({ 'Account Name': name, 'Sender e-mail': 'alerts@example.test', 'Host SMTP': 'smtp.example.test' });
}

const TEXTS = ['Account Name', 'Sender e-mail', 'Reply e-mail', 'Reply e-mail (Return-Path)', 'Confirmation mail', 'Host SMTP', 'Port'];
const DEFAULTS: [string, 'Yes' | 'No'][] = [
  ['Enabled', 'Yes'],
  ['Default account', 'No'],
  ['Send Read Receipt', 'No'],
  ['Force settings use', 'No'],
  ['Enable footnote', 'No'],
  ['Use safe connection?', 'Yes'],
  ['Use authentication', 'No'],
  ['Ignore certificate error', 'No'],
  ['Use Network Connector', 'No'],
];

test.describe('defaults', () => {
  test('texts are empty, choices as in the table', async ({ page, api }) => {
    await api.account({ name: 'First' });
    const window = await openNew(page);
    for (const label of TEXTS) await expect(window.field(label)).toHaveValue('');
    for (const [label, value] of DEFAULTS) await expect(window.choice(label, value), label).toBeChecked();
    await expect(window.choice('Secure connection type', 'SSL')).toBeChecked();
    await expect(window.field('Network Connector')).toBeDisabled();
    await expect(window.field('Credential for authentication')).toBeDisabled();
    for (const name of ['Save', 'Save and test', 'Cancel']) await expect(window.button(name)).toBeVisible();
    await expect(window.root.getByText('SMTP server configuration')).toBeVisible();
  });

  test('the first account is the default one', async ({ page }) => {
    const window = await openNew(page);
    await expect(window.choice('Default account', 'Yes')).toBeChecked();
    await fillRequired(window);
    await window.button('Save').click();
    const report = new Report(page);
    await report.expectColumn('Default', ['Yes']);
  });

  for (const [secure, type, port] of [['Yes', 'SSL', '465'], ['Yes', 'TLS', '587'], ['No', undefined, '25']] as const) {
    test(`the port's placeholder is ${port} with ${type ?? 'no encryption'}`, async ({ page }) => {
      const window = await openNew(page);
      if (type) await window.choose('Secure connection type', type);
      await window.choose('Use safe connection?', secure);
      await expect(window.field('Port')).toHaveAttribute('placeholder', port);
    });
  }
});

test.describe('what follows the sender', () => {
  const followers = ['Reply e-mail', 'Reply e-mail (Return-Path)', 'Confirmation mail'];

  test('the three addresses follow it, key by key', async ({ page }) => {
    const window = await openNew(page);
    await window.field('Sender e-mail').pressSequentially('a@b.test');
    for (const label of followers) await expect(window.field(label)).toHaveValue('a@b.test');
    await window.field('Sender e-mail').press('Backspace');
    for (const label of followers) await expect(window.field(label)).toHaveValue('a@b.tes');
  });

  for (const edited of followers) {
    test(`${edited} follows no more once it is edited; the others do`, async ({ page }) => {
      const window = await openNew(page);
      await window.field('Sender e-mail').fill('a@b.test');
      await window.field(edited).fill('own@b.test');
      await window.field('Sender e-mail').fill('new@b.test');
      await expect(window.field(edited)).toHaveValue('own@b.test');
      for (const label of followers.filter((label) => label !== edited)) {
        await expect(window.field(label)).toHaveValue('new@b.test');
      }
    });
  }

  test('an account that is edited keeps addresses of its own, the others follow', async ({ page, api }) => {
    await api.account({ name: 'A', sender: 'a@b.test', reply_to: 'reply@b.test' });
    await open(page, `${ACCOUNTS}/1/edit`);
    const window = settingsWindow(page);
    await window.field('Sender e-mail').fill('new@b.test');
    await expect(window.field('Reply e-mail')).toHaveValue('reply@b.test');
  });
});

test.describe('dependencies', () => {
  test('Network Connector is enabled by Use Network Connector and lists what is registered', async ({ page, api }) => {
    await api.connector('Branch', { host: 'proxy.example.test' });
    await api.connector('Closed', { host: 'proxy.example.test', enabled: false });
    const window = await openNew(page);
    const list = window.field('Network Connector');
    await expect(list).toBeDisabled();
    await window.choose('Use Network Connector', 'Yes');
    await expect(list).toBeEnabled();
    await expect(list.locator('option')).toContainText(['Branch', 'Closed (disabled)']);
    await window.pick('Network Connector', 'Branch');
    await window.choose('Use Network Connector', 'No');
    await expect(list).toBeDisabled();
  });

  test('Credential for authentication is enabled by Use authentication and lists what is registered', async ({ page, api }) => {
    await api.credential('Mail login');
    const window = await openNew(page);
    const list = window.field('Credential for authentication');
    await expect(list).toBeDisabled();
    await window.choose('Use authentication', 'Yes');
    await expect(list).toBeEnabled();
    await expect(list.locator('option')).toContainText(['Mail login']);
    await window.choose('Use authentication', 'No');
    await expect(list).toBeDisabled();
  });

  test('without credentials and connectors, the window says so and leads there', async ({ page }) => {
    const window = await openNew(page);
    await window.choose('Use authentication', 'Yes');
    await window.choose('Use Network Connector', 'Yes');
    await expect(window.root.getByText('No credential is registered yet.')).toBeVisible();
    await expect(window.root.getByText('No network connector is registered yet.')).toBeVisible();
  });

  test('Secure connection type asks for nothing without a safe connection', async ({ page }) => {
    const window = await openNew(page);
    await window.choose('Use safe connection?', 'No');
    const group = window.group('Secure connection type');
    await expect(async () => {
      expect(await group.isHidden() || await group.getByRole('radio').first().isDisabled()).toBe(true);
    }).toPass({ timeout: 5_000 });
  });
});

test.describe('what the window says', () => {
  test('one line about TLS and one about SSL', async ({ page }) => {
    const window = await openNew(page);
    await expect(window.root.getByText(/STARTTLS.*or given up/)).toBeVisible();
    await expect(window.root.getByText(/encrypted from the first byte/).first()).toBeVisible();
  });

  test('the danger of ignoring certificate errors', async ({ page }) => {
    const window = await openNew(page);
    await expect(window.root.getByText(/pose as the server/)).toBeVisible();
  });

  for (const { what, type, port, secure, says } of [
    { what: '465 with TLS', type: 'TLS', port: '465', says: /Port 465 expects SSL/ },
    { what: '587 with SSL', type: 'SSL', port: '587', says: /Port 587 .*TLS/ },
    { what: '25 with SSL', type: 'SSL', port: '25', says: /Port 25 rarely speaks SSL/ },
    { what: 'no encryption', secure: 'No', says: /anyone on the way can read/ },
  ]) {
    test(`warns of ${what}`, async ({ page }) => {
      const window = await openNew(page);
      if (secure) await window.choose('Use safe connection?', secure);
      if (type) await window.choose('Secure connection type', type);
      if (port) await window.field('Port').fill(port);
      await expect(window.root.getByText(says).first()).toBeVisible();
      if (port) {
        await window.field('Port').fill('');
        await expect(window.root.getByText(says)).toHaveCount(0);
      }
    });
  }

  for (const [type, port] of [['SSL', '465'], ['TLS', '587'], ['TLS', '25'], ['SSL', '2525']] as const) {
    test(`does not warn of ${port} with ${type}`, async ({ page }) => {
      const window = await openNew(page);
      await window.choose('Secure connection type', type);
      await window.field('Port').fill(port);
      await expect(window.root.getByText(/will not work|rarely speaks/)).toHaveCount(0);
    });
  }

  test('a password in clear is warned of', async ({ page, api }) => {
    await api.credential('Mail login');
    const window = await openNew(page);
    await window.choose('Use authentication', 'Yes');
    await window.choose('Use safe connection?', 'No');
    await expect(window.root.getByText(/password in clear/).first()).toBeVisible();
  });
});

test.describe('errors', () => {
  test('an empty window: every required field says so, the first one has the focus, nothing is saved', async ({ page, api }) => {
    await api.account({ name: 'First' });
    const window = await openNew(page);
    await window.choose('Use authentication', 'Yes');
    await window.choose('Use Network Connector', 'Yes');
    await window.button('Save').click();
    for (const label of ['Account Name', 'Sender e-mail', 'Reply e-mail', 'Reply e-mail (Return-Path)', 'Confirmation mail',
      'Host SMTP', 'Credential for authentication', 'Network Connector']) {
      await expectError(window.field(label), 'This field is required.');
    }
    await expect(window.field('Account Name')).toBeFocused();
    await expect(page).toHaveURL(NEW);
    expect((await api.call<unknown[]>('report_rows', { report: 'accounts' })).length).toBe(1);
  });

  for (const [label, typed, says] of [
    ['Account Name', 'x'.repeat(101), 'At most 100 characters.'],
    ['Account Name', '  ', 'This field is required.'],
    ['Sender e-mail', 'nobody', 'a part before and behind an @'],
    ['Sender e-mail', 'Ann <ann@b.test>', 'One bare address'],
    ['Sender e-mail', 'a@b.test, c@d.test', 'One bare address'],
    ['Reply e-mail', 'a b@c.test', 'The part before the @'],
    ['Reply e-mail (Return-Path)', 'a@-b-', 'The part behind the @ is not a domain.'],
    ['Confirmation mail', `${'x'.repeat(65)}@b.test`, '64 at most'],
    ['Host SMTP', 'smtp.example.test:587', 'The port has a field of its own.'],
    ['Host SMTP', 'https://smtp.example.test', 'This is a web address.'],
    ['Host SMTP', 'user@smtp.example.test', 'belongs into the credential'],
    ['Host SMTP', 'smtp example.test', 'no blanks'],
    ['Host SMTP', '10.0.0.256', 'looks like an IPv4 address'],
    ['Host SMTP', '[::1', 'looks like an IPv6 address'],
    ['Port', '0', 'from 1 to 65535'],
    ['Port', '65536', 'from 1 to 65535'],
    ['Port', '-25', 'from 1 to 65535'],
    ['Port', '2.5', 'from 1 to 65535'],
  ] as const) {
    test(`${label}: “${typed.slice(0, 30)}” is refused beside the field`, async ({ page }) => {
      const window = await openNew(page);
      await fillRequired(window);
      await window.field(label).fill(typed);
      await window.button('Save').click();
      await expectError(window.field(label), says);
      await expect(window.field(label)).toBeFocused();
      await expect(window.root.locator('[aria-invalid=true]')).toHaveCount(label === 'Sender e-mail' ? 4 : 1);
      await expect(window.root).toBeVisible();
    });
  }

  test('an error goes when its field is put right', async ({ page }) => {
    const window = await openNew(page);
    await fillRequired(window);
    await window.field('Port').fill('70000');
    await window.button('Save').click();
    await expectError(window.field('Port'), 'from 1 to 65535');
    await window.field('Port').fill('2525');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
  });

  test('a name that is taken, without regard to case, is refused by the server beside its field', async ({ page, api }) => {
    await api.account({ name: 'Alerts' });
    const window = await openNew(page);
    await fillRequired(window, 'ALERTS');
    await window.button('Save').click();
    await expectError(window.field('Account Name'), 'This name is taken.');
    await expect(window.field('Account Name')).toBeFocused();
    await expect(window.field('Host SMTP')).toHaveValue('smtp.example.test');
  });

  test('the default account must be enabled', async ({ page, api }) => {
    await api.account({ name: 'First' });
    const window = await openNew(page);
    await fillRequired(window);
    await window.choose('Default account', 'Yes');
    await window.choose('Enabled', 'No');
    await window.button('Save').click();
    await expect(window.root.getByText('The default account must be enabled.')).toBeVisible();
    await expect(window.group('Enabled').getByRole('radio', { checked: true })).toBeFocused();
  });
});

test.describe('saving', () => {
  test('every field is stored as it was entered, and shown again', async ({ page, api }) => {
    await api.account({ name: 'First' });
    await api.credential('Mail login');
    await api.connector('Branch', { host: 'proxy.example.test' });
    const window = await openNew(page);
    const texts = {
      'Account Name': 'Ação №1',
      'Sender e-mail': 'alertas@bücher.example',
      'Reply e-mail': 'reply@example.test',
      'Reply e-mail (Return-Path)': 'bounce@example.test',
      'Confirmation mail': 'read@example.test',
      'Host SMTP': '  smtp.example.test ',
      'Port': '2525',
    };
    await window.fill(texts);
    const choices: [string, string][] = [['Enabled', 'No'], ['Send Read Receipt', 'Yes'], ['Force settings use', 'Yes'],
      ['Enable footnote', 'Yes'], ['Secure connection type', 'TLS'], ['Use authentication', 'Yes'],
      ['Ignore certificate error', 'Yes'], ['Use Network Connector', 'Yes']];
    for (const [group, option] of choices) await window.choose(group, option);
    await window.pick('Network Connector', 'Branch');
    await window.pick('Credential for authentication', 'Mail login');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    await expect(page.getByRole('status').filter({ hasText: 'Ação №1 was saved.' })).toBeVisible();
    const report = new Report(page);
    await report.row('Ação №1').getByRole('button', { name: 'Edit' }).click();
    for (const [label, value] of Object.entries(texts)) await expect(window.field(label)).toHaveValue(value.trim());
    for (const [group, option] of choices) await expect(window.choice(group, option), group).toBeChecked();
    await expect(window.field('Network Connector').locator('option:checked')).toHaveText(/^Branch/);
    await expect(window.field('Credential for authentication').locator('option:checked')).toHaveText(/^Mail login/);
    await page.reload();
    await takenOver(page);
    for (const [label, value] of Object.entries(texts)) await expect(window.field(label)).toHaveValue(value.trim());
    for (const [group, option] of choices) await expect(window.choice(group, option), group).toBeChecked();
  });

  for (const host of ['smtp.example.test', '192.0.2.1', '2001:db8::1', 'bücher.example', 'localhost']) {
    test(`Host SMTP takes ${host}`, async ({ page }) => {
      const window = await openNew(page);
      await fillRequired(window);
      await window.field('Host SMTP').fill(` ${host} `);
      await window.button('Save').click();
      await expect(window.root).toBeHidden();
      await open(page, `${ACCOUNTS}/1/edit`);
      await expect(window.field('Host SMTP')).toHaveValue(host);
    });
  }

  test('Enter in a field saves', async ({ page }) => {
    const window = await openNew(page);
    await fillRequired(window);
    await window.field('Port').press('Enter');
    await expect(window.root).toBeHidden();
    await new Report(page).expectNames(['Alerts']);
  });

  test('Save and test saves, then opens the test window; Back is back at the report', async ({ page }) => {
    await open(page, ACCOUNTS);
    await page.getByRole('button', { name: 'New', exact: true }).first().click();
    const window = settingsWindow(page);
    await fillRequired(window);
    await window.button('Save and test').click();
    await expect(page).toHaveURL(`${ACCOUNTS}/1/test`);
    await expect(testWindow(page).root).toBeVisible();
    await page.goBack();
    await expect(testWindow(page).root).toBeHidden();
    await new Report(page).expectNames(['Alerts']);
  });

  test('a save that the server could not be reached for loses nothing', async ({ page, trouble }) => {
    trouble.expect(/^request: net::ERR_FAILED \/api\/ui\/account_create/);
    await page.route('**/api/ui/account_create', (route) => route.abort());
    const window = await openNew(page);
    await fillRequired(window);
    await window.button('Save').click();
    await expect(window.root.getByText(/can't be reached/)).toBeVisible();
    await expect(window.field('Account Name')).toHaveValue('Alerts');
    await page.unroute('**/api/ui/account_create');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    await new Report(page).expectNames(['Alerts']);
  });

  test('an edit changes the row', async ({ page, api }) => {
    await api.account({ name: 'Alerts' });
    const report = await Report.open(page);
    await report.row('Alerts').getByRole('button', { name: 'Edit' }).click();
    const window = settingsWindow(page);
    await window.field('Account Name').fill('Alarms');
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    await report.expectNames(['Alarms']);
  });
});

test.describe('leaving', () => {
  for (const [how, leave] of [
    ['Cancel', (window: Window) => window.button('Cancel').click()],
    ['Close', (window: Window) => window.button('Close').click()],
    ['Escape', (window: Window) => window.page.keyboard.press('Escape')],
    ['Back', (window: Window) => window.page.goBack().then(() => undefined)],
  ] as const) {
    test(`${how} without changes leaves at once`, async ({ page, api }) => {
      await api.account({ name: 'Alerts' });
      const report = await Report.open(page);
      await report.row('Alerts').getByRole('button', { name: 'Edit' }).click();
      const window = settingsWindow(page);
      await expect(window.field('Account Name')).toHaveValue('Alerts');
      await leave(window);
      await expect(window.root).toBeHidden();
      await expect(page).toHaveURL(ACCOUNTS);
    });

    test(`${how} with unsaved changes asks first; Keep editing keeps, Discard leaves`, async ({ page, api }) => {
      await api.account({ name: 'Alerts' });
      const report = await Report.open(page);
      await report.row('Alerts').getByRole('button', { name: 'Edit' }).click();
      const window = settingsWindow(page);
      await window.field('Account Name').fill('Other');
      await leave(window);
      const question = page.getByRole('alertdialog', { name: 'Discard changes?' });
      await expect(question).toBeVisible();
      await question.getByRole('button', { name: 'Keep editing' }).click();
      await expect(question).toBeHidden();
      await expect(window.field('Account Name')).toHaveValue('Other');
      await expect(page).toHaveURL(`${ACCOUNTS}/1/edit`);
      await leave(window);
      await question.getByRole('button', { name: 'Discard' }).click();
      await expect(window.root).toBeHidden();
      await expect(page).toHaveURL(ACCOUNTS);
      await report.expectNames(['Alerts']);
    });
  }

  test('closing the tab with unsaved changes asks', async ({ page, api }) => {
    await api.account({ name: 'Alerts' });
    await open(page, `${ACCOUNTS}/1/edit`);
    // Typed like a person: browsers ask nobody who has not touched the page.
    await settingsWindow(page).field('Account Name').click();
    await page.keyboard.type('Other');
    const asked = page.waitForEvent('dialog');
    const closing = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await closing;
    await expect(settingsWindow(page).field('Account Name')).toHaveValue(/Other/);
  });

  test('after saving, nothing is asked', async ({ page }) => {
    const window = await openNew(page);
    await fillRequired(window);
    await window.button('Save').click();
    await expect(window.root).toBeHidden();
    await page.goto(ACCOUNTS);
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
  });

  test('an account that does not exist says so', async ({ page }) => {
    await open(page, `${ACCOUNTS}/4711/edit`);
    await expect(page.getByText(/does not exist|deleted meanwhile|nothing at this address/).first()).toBeVisible();
  });
});
