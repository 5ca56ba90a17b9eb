// See docs/embedding.md
(() => {
const NAME = 'postroom-report';
if (!globalThis.customElements || customElements.get(NAME)) return;

// Replaced later, perhaps.
const { setInterval, clearInterval, getComputedStyle, IntersectionObserver, CustomEvent, URL } = window;
const getter = (type, name) => Function.call.bind(Object.getOwnPropertyDescriptor(type.prototype, name).get);
const [dataOf, originOf, sourceOf] = ['data', 'origin', 'source'].map((name) => getter(MessageEvent, name));
const windowOf = getter(HTMLIFrameElement, 'contentWindow');

const PAIRS = ['theme', 'density', 'locale', 'height', 'hide'];
const ATTRIBUTES = ['src', 'page', 'tokens', 'sandbox', ...PAIRS];
const TOKENS = 'canvas surface surface-raised surface-sunken surface-hover surface-selected line line-strong text text-soft text-faint accent accent-hover accent-text on-accent focus good warn bad radius radius-large space control size font mono'.split(' ').map((name) => '--postroom-' + name);
const FIELDS = {
  __proto__: null,
  ready: 'page locale theme density title',
  'token-needed': 'reason code',
  'signed-in': 'name role expires_in_s',
  navigate: 'page title',
  dirty: 'dirty',
  saved: 'what id name',
  tested: 'id outcome code',
  height: 'height',
  blocked: 'what missing page',
};
const TYPES = { id: 'number', expires_in_s: 'number', height: 'number', dirty: 'boolean', missing: 'object' };
const WORDS = {
  pt: ['Falta uma permissão: ', 'Abrir numa nova aba'],
  es: ['Falta un permiso: ', 'Abrir en otra pestaña'],
};
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`:host{display:flex;flex-direction:column;height:100%;min-height:20rem}:host([height=auto]){height:auto;min-height:0}:host([hidden]){display:none}
iframe{flex:1 0 auto;border:0;color-scheme:light dark}:host([theme=light]) *{color-scheme:light}:host([theme=dark]) *{color-scheme:dark}p{margin:0;padding:.5em;background:#fec;color:#320}i{position:fixed;visibility:hidden;transition:${TOKENS.map((name) => name + ' 1ms step-start allow-discrete')}}`);

const build = (host) => {
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [STYLE];
  const make = (parent, name, more) => parent.appendChild(Object.assign(document.createElement(name), more));
  const probe = make(root, 'i');
  const bar = make(root, 'p', { hidden: true, role: 'status' });
  const get = (name) => host.getAttribute(name) || undefined;
  const isAuto = () => get('height') === 'auto';
  const word = (at) => (WORDS[(get('locale') || document.documentElement.lang).slice(0, 2)] ?? ['Missing permission: ', 'Open in a new tab'])[at];
  const queue = [];
  const is = {};
  let base, origin, page, frame, boxed, life, timer, waiting, need;

  // Bubbling, an error would be the page's own.
  const tell = (type, detail) => host.dispatchEvent(new CustomEvent(type, { detail, bubbles: type !== 'error', composed: true, cancelable: true }));
  const send = (type, more) => frame && windowOf(frame)?.postMessage({ postroom: 1, type, ...more }, origin);
  const post = (...message) => (is.ready ? send(...message) : queue.push(message));

  const below = (page) => {
    const { href } = new URL(base + '/embed' + page);
    return href.startsWith(base + '/embed/') ? href.slice(base.length + 6) : '/settings/email/smtp';
  };

  const hello = () => {
    probe.style.cssText = (';' + host.tokens).replace(/;\s*(--postroom-)?/g, ';--postroom-');
    const style = getComputedStyle(probe);
    const tokens = {};
    for (const name of TOKENS) {
      const value = style.getPropertyValue(name).trim();
      if (value) tokens[name.slice(11)] = value;
    }
    send('hello', { theme: get('theme'), tokens, locale: get('locale'), density: get('density'), height: get('height') || 'fill', sandbox: boxed ? [...frame.sandbox] : null });
  };
  probe.ontransitionrun = hello;

  // The part in sight.
  const measure = () => {
    if (!is.ready || !isAuto() || waiting) return;
    waiting = new IntersectionObserver(([{ intersectionRect: part, boundingClientRect: whole }], observer) => {
      observer.disconnect();
      waiting = 0;
      send('visible', { top: Math.max(part.top - whole.top, 0), height: part.height });
    });
    waiting.observe(frame);
  };
  const observers = [ResizeObserver, IntersectionObserver].map((Observer) => new Observer(measure));

  // Never HTML.
  const show = (text, page) => {
    bar.textContent = text + ' ';
    if (base) make(bar, 'a', { textContent: word(1), href: base + below(page), target: '_blank', rel: 'noopener' });
    make(bar, 'button', { textContent: 'OK', onclick: () => (bar.hidden = true) });
    bar.hidden = false;
  };
  const fail = (code, message) => tell('error', { code, message }) && show('Postroom: ' + message, page);

  const ask = (detail) => {
    const asking = frame;
    need = detail;
    const reply = async (token) => {
      if (need !== detail) return;
      need = 0;
      // What is thrown may be secret.
      try { token = await token; } catch { token = 0; }
      if (frame === asking) token ? send('token', { token: token + '' }) : fail('token', 'getToken gave none');
    };
    tell('token-needed', { ...detail, reply });
    if (need && host.getToken) reply((async () => host.getToken(detail.reason))());
  };

  const hear = (event) => {
    // A script's own event can name any source.
    if (!event.isTrusted || sourceOf(event) !== windowOf(frame) || originOf(event) !== origin) return;
    const message = dataOf(event);
    const fields = message?.postroom === 1 && FIELDS[message.type];
    if (!fields) return;
    const { type } = message;
    const detail = {};
    for (const name of fields.split(' ')) {
      const value = (detail[name] = message[name] ?? null);
      if (value === null ? !/^(code|id)$/.test(name) : typeof value !== (TYPES[name] ?? 'string')) return;
    }
    if (type === 'height') {
      if (isAuto()) frame.style.height = Math.min(Math.max(detail.height, 0), 1e5) + 'px';
      return measure();
    }
    if (type === 'token-needed') {
      is.signedIn &&= /^(exp|ref)/.test(detail.reason);
      return ask(detail);
    }
    if (type === 'ready') {
      bar.hidden = true;
      is.ready = true;
      is.signedIn = is.dirty = false;
      hello();
      for (const one of queue.splice(0)) send(...one);
      measure();
    }
    if (detail.title) {
      host.page = page = below(detail.page);
      frame.title = detail.title;
    }
    if (type === 'dirty') is.dirty = detail.dirty;
    if (type === 'signed-in') is.signedIn = true;
    if (tell(type, detail) && type === 'blocked') show(word(0) + detail.missing.join(', '), detail.page);
  };

  const stop = () => {
    life?.abort();
    clearInterval(timer);
    for (const one of observers) one.disconnect();
    frame?.remove();
    bar.hidden = true;
    is.ready = is.signedIn = is.dirty = false;
    base = frame = need = waiting = undefined;
  };
  const start = () => {
    stop();
    const src = get('src');
    if (!src) return;
    const url = make(bar, 'a', { href: src });
    if (!/^http/.test(url.protocol)) return fail('src', src);
    origin = url.origin;
    base = origin + url.pathname.replace(/\/+$/, '');
    page = below(get('page'));
    const first = new URL(base + '/embed' + page);
    for (const name of PAIRS) if (get(name)) first.searchParams.set(name, get(name));
    boxed = host.hasAttribute('sandbox') && { sandbox: host.sandbox };
    frame = make(root, 'iframe', { title: 'Postroom', allow: 'clipboard-write', referrerPolicy: 'origin', onload: hello, ...boxed, src: first });
    life = new AbortController();
    const on = (target, type, listener) => target.addEventListener(type, listener, { capture: true, signal: life.signal });
    on(window, 'message', hear);
    on(window, 'resize', measure);
    for (let up = host; up; up = up.host) on((up = up.getRootNode()), 'scroll', measure);
    for (const one of observers) one.observe(host), one.observe(document.body);
    let tries = 0;
    timer = setInterval(() => {
      if (is.ready || ++tries > 8) clearInterval(timer);
      else hello();
      if (tries > 8) fail('no-answer', `no answer from ${base}. Does it allow ${location.origin}, and a sandbox allow-scripts allow-same-origin?`);
    }, 1000);
  };

  stop();
  return {
    is,
    start,
    stop,
    post,
    again: () => need && ask(need),
    changed(name) {
      if (/src|hide|sandbox/.test(name)) return start();
      if (!frame) return;
      if (name === 'page') return get(name) !== page && post(name, { page: below(get(name)) });
      if (!isAuto()) frame.style.height = '';
      hello();
      measure();
    },
  };
};

class PostroomReport extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  #own = build(this);
  #getToken;
  #on;
  get ready() { return this.#own.is.ready; }
  get signedIn() { return this.#own.is.signedIn; }
  get dirty() { return this.#own.is.dirty; }
  get getToken() { return this.#getToken; }
  set getToken(getToken) {
    this.#getToken = getToken;
    this.#own.again();
  }
  connectedCallback() {
    // What was set before.
    const own = { ...this };
    for (const name of Object.keys(own)) delete this[name];
    Object.assign(this, own);
    this.#own.start();
    this.#on = true;
  }
  disconnectedCallback() {
    this.#own.stop();
    this.#on = false;
  }
  connectedMoveCallback() {}
  attributeChangedCallback(name, before, now) {
    if (this.#on && before !== now) this.#own.changed(name);
  }
  setTheme(theme) {
    const { theme: name, tokens } = typeof theme === 'string' ? { theme } : theme;
    if (tokens) this.tokens = Object.keys(tokens).map((name) => name + ':' + tokens[name]).join(';');
    if (name) this.theme = name;
  }
  setLocale(locale) { this.locale = locale; }
  setFilter(filter) {
    filter = { ...filter };
    for (const name of Object.keys(filter)) filter[name] += '';
    this.#own.post('filter', { filter });
  }
  setToken(token) { this.#own.post('token', { token }); }
  refresh() { this.#own.post('refresh'); }
  signOut() {
    this.#own.is.signedIn = false;
    this.#own.post('sign-out');
  }
}
for (const name of ATTRIBUTES) {
  Object.defineProperty(PostroomReport.prototype, name, {
    get() { return this.getAttribute(name) ?? ''; },
    set(value) { this.setAttribute(name, value); },
  });
}
customElements.define(NAME, PostroomReport);
})();
