/** Types of `<postroom-report>` (`embed.js`), version 1 of its messages. How to use it: `docs/embedding.md`. */

export type PostroomTheme = 'light' | 'dark' | 'contrast' | 'system';
export type PostroomLocale = 'en' | 'pt-BR' | 'es';
export type PostroomDensity = 'comfortable' | 'compact';
export type PostroomHeight = 'fill' | 'auto';
export type PostroomRole = 'viewer' | 'operator' | 'administrator';

/** Controls that `hide` leaves out. Looks alone: what somebody may do comes from their role. */
export type PostroomControl = 'title' | 'new' | 'actions' | 'search' | 'foot' | 'page-size' | 'edit' | 'menu';

/** Theme properties, without their prefix `--postroom-`. */
export type PostroomToken =
  | 'canvas' | 'surface' | 'surface-raised' | 'surface-sunken' | 'surface-hover' | 'surface-selected'
  | 'line' | 'line-strong' | 'text' | 'text-soft' | 'text-faint'
  | 'accent' | 'accent-hover' | 'accent-text' | 'on-accent' | 'focus' | 'good' | 'warn' | 'bad'
  | 'radius' | 'radius-large' | 'space' | 'control' | 'size' | 'font' | 'mono';
export type PostroomTokens = Partial<Record<PostroomToken, string>>;

/** Why a token is asked for: none yet, the session ends soon, the last token was refused, the session has ended. */
export type PostroomTokenReason = 'start' | 'expiring' | 'refused' | 'ended';

/** The fields of the report's address, such as `name` or `search`. */
export type PostroomFilter = Record<string, string | number | boolean>;

export interface PostroomEventDetails {
  /** The page can be talked to; once for each load. */
  ready: { page: string; locale: string; theme: string; density: string; title: string };
  'signed-in': { name: string; role: PostroomRole; expires_in_s: number };
  /** `page` is the address below `/embed`, with its query. */
  navigate: { page: string; title: string };
  /** Whether something typed is not saved yet. */
  dirty: { dirty: boolean };
  saved: { what: string; id: number | null; name: string };
  tested: { id: number | null; outcome: string; code: string | null };
  /** Answered with `reply`, once, unless `getToken` is set. */
  'token-needed': { reason: PostroomTokenReason; code: string | null; reply(token: string | Promise<string>): void };
  /** What was wanted needs these sandbox permissions. `preventDefault()` keeps the element's own bar away. */
  blocked: { what: 'csv' | 'print'; missing: string[]; page: string };
  /** It could not be shown or signed in. Does not bubble. `preventDefault()` keeps the element's own bar away. */
  error: { code: 'src' | 'no-answer' | 'token'; message: string };
}

export type PostroomEventMap = { [Type in keyof PostroomEventDetails]: CustomEvent<PostroomEventDetails[Type]> };

/** The element's own events, and those of every element. */
export interface PostroomElementEventMap extends Omit<HTMLElementEventMap, keyof PostroomEventMap>, PostroomEventMap {}

export interface PostroomReportElement extends HTMLElement {
  /** Postroom's base address, e.g. `https://host.example/mail/smtp`. Required. */
  src: string;
  /** Below `/embed`; follows what the reader opens. Default `/settings/email/smtp`. */
  page: string;
  theme: PostroomTheme | '';
  /** CSS declarations: `accent: #a0f; radius: 4px`. */
  tokens: string;
  locale: PostroomLocale | '';
  density: PostroomDensity | '';
  height: PostroomHeight | '';
  /** `PostroomControl`s, parted by commas. */
  hide: string;
  /** The iframe's `sandbox`; without the attribute it has none. */
  sandbox: string;

  readonly ready: boolean;
  readonly signedIn: boolean;
  readonly dirty: boolean;

  /** Fetches a fresh token from the portal's own backend, each time that one is needed. */
  getToken: ((reason: PostroomTokenReason) => string | Promise<string>) | undefined;

  setTheme(theme: PostroomTheme | { theme?: PostroomTheme; tokens?: PostroomTokens }): void;
  setLocale(locale: PostroomLocale): void;
  /** Replaces the whole filter of the report that is shown. */
  setFilter(filter: PostroomFilter): void;
  setToken(token: string): void;
  refresh(): void;
  signOut(): void;

  addEventListener<Type extends keyof PostroomElementEventMap>(
    type: Type, listener: (this: PostroomReportElement, event: PostroomElementEventMap[Type]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Type extends keyof PostroomElementEventMap>(
    type: Type, listener: (this: PostroomReportElement, event: PostroomElementEventMap[Type]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** The attributes, for JSX: `interface IntrinsicElements { 'postroom-report': PostroomReportAttributes }`. */
export interface PostroomReportAttributes {
  src: string;
  page?: string;
  theme?: PostroomTheme;
  tokens?: string;
  locale?: PostroomLocale;
  density?: PostroomDensity;
  height?: PostroomHeight;
  hide?: string;
  sandbox?: string;
  [attribute: string]: unknown;
}

declare global {
  interface HTMLElementTagNameMap {
    'postroom-report': PostroomReportElement;
  }
}
