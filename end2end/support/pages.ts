// The pages as people speak of them: the report, its rows, its menus, the windows. Found by labels and roles alone.
import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './fixtures';

export const ACCOUNTS = '/settings/email/smtp';
export const OUTBOX = '/settings/email/outbox';
export const SCHEDULES = '/settings/email/schedules';
export const CREDENTIALS = '/settings/credentials';
export const CONNECTORS = '/settings/connectors';
export const USERS = '/settings/users';
export const TOKENS = '/settings/users/tokens';
export const AUDIT = '/settings/audit';
export const PARAMETERS = '/settings/parameters';
export const PASSWORD = '/settings/password';

/** A page that is a list. */
export class Report {
  readonly table: Locator;
  readonly search: Locator;

  constructor(readonly page: Page) {
    this.table = page.getByRole('table');
    this.search = page.getByRole('search');
  }

  static async open(page: Page, address = ACCOUNTS): Promise<Report> {
    await open(page, address);
    return new Report(page);
  }

  get headers(): Locator {
    return this.table.getByRole('columnheader');
  }

  get rows(): Locator {
    return this.table.locator('tbody').getByRole('row');
  }

  /** The row whose name is exactly this. */
  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** A row's cell under a heading. */
  async cell(row: Locator, heading: string): Promise<Locator> {
    await expect(this.headers.getByText(heading, { exact: true })).toBeVisible();
    const headings = await this.headers.allInnerTexts();
    return row.getByRole('cell').nth(headings.map((text) => text.trim()).indexOf(heading));
  }

  /** What stands under a heading, row by row; nothing while there is no such table. */
  async column(heading: string): Promise<string[]> {
    return await this.table.evaluateAll((tables, heading) => {
      const text = (element: Element | undefined) => (element as HTMLElement | undefined)?.innerText.trim() ?? '';
      const at = [...(tables[0]?.querySelectorAll('thead th') ?? [])].map(text).indexOf(heading);
      return [...(tables[0]?.querySelectorAll('tbody tr') ?? [])].map((row) => text(row.children[at]));
    }, heading);
  }

  /** Waits until exactly this stands under a heading, in this order. */
  async expectColumn(heading: string, values: string[]): Promise<void> {
    await expect.poll(() => this.column(heading), { intervals: [20, 50, 100] }).toEqual(values);
  }

  async expectNames(names: string[]): Promise<void> {
    await this.expectColumn('Name', names);
  }

  field(label: string): Locator {
    return this.search.getByLabel(label, { exact: true });
  }

  button(name: string): Locator {
    return this.search.getByRole('button', { name, exact: true });
  }

  async menu(name: string): Promise<Locator> {
    await this.row(name).getByRole('button', { name: 'More actions' }).click();
    return this.page.getByRole('menu', { name: 'More actions' });
  }

  /** Opens a row's menu and chooses from it. */
  async act(name: string, action: string): Promise<void> {
    const menu = await this.menu(name);
    await menu.getByRole('menuitem', { name: action, exact: true }).click();
  }
}

/** A window over a page. */
export class Window {
  constructor(readonly page: Page, readonly root: Locator) {}

  static of(page: Page, title: string): Window {
    return new Window(page, page.getByRole('dialog', { name: title, exact: true }));
  }

  field(label: string): Locator {
    return this.root.getByLabel(label, { exact: true });
  }

  /** The radio button of a group. */
  choice(group: string, option: string): Locator {
    return this.group(group).getByRole('radio', { name: option, exact: true });
  }

  group(name: string): Locator {
    return this.root.getByRole('group', { name, exact: true });
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  /** Chooses from a drop-down the entry that begins like this. */
  async pick(label: string, begins: string): Promise<void> {
    const list = this.field(label);
    const option = list.locator('option').filter({ hasText: new RegExp(`^${escape(begins)}`) });
    await list.selectOption({ label: (await option.innerText()).trim() });
  }

  async choose(group: string, option: string): Promise<void> {
    await this.choice(group, option).check();
  }

  async fill(values: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.field(label).fill(value);
  }
}

export const settingsWindow = (page: Page) => Window.of(page, 'SMTP server settings');
export const sendingWindow = (page: Page) => Window.of(page, 'Sending');
export const arrivalWindow = (page: Page) => Window.of(page, 'Will it arrive?');
export const testWindow = (page: Page) => Window.of(page, 'Test Email - Account');

/** The error that is tied to a control, as assistive software reads it. */
export async function expectError(control: Locator, text: string | RegExp): Promise<void> {
  await expect(control).toHaveAttribute('aria-invalid', 'true');
  await expect(control).toHaveAccessibleDescription(text instanceof RegExp ? text : new RegExp(escape(text)));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
