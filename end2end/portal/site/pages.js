// What the portal shows. Each page gets the place to fill and the pairs of its address.
import { bare } from './bare.js';
import { element } from './element.js';

export const postroom = document.querySelector('meta[name=postroom]').content;

/** From the portal's own backend, which knows by the portal's own cookie who is signed in. */
export async function fetchToken() {
  const answer = await fetch('/api/postroom-token', { method: 'POST' });
  if (!answer.ok) throw new Error(`the portal's backend answered ${answer.status}`);
  return (await answer.json()).token;
}

/** The page within Postroom belongs into the portal's address: reloading and sharing then work. */
export function remember(page) {
  const pairs = new URLSearchParams(location.search);
  pairs.set('page', page);
  history.replaceState(history.state, '', `${location.pathname}?${pairs}`);
}

const text = (tag, content) => Object.assign(document.createElement(tag), { textContent: content });

export const pages = {
  '/': (main) => main.append(text('h1', 'Today'), text('p', 'Three ships are expected. The tide is high at 14:20.')),
  '/berths': (main) => {
    const table = document.createElement('table');
    for (const [berth, ship] of [['Berth', 'Ship'], ['1', 'Meridian'], ['2', '–'], ['3', 'Halcyon']]) {
      table.insertRow().append(text('td', berth), text('td', ship));
    }
    main.append(text('h1', 'Berths'), table);
  },
  '/mail/iframe': (main, pairs) => bare(main, postroom, pairs),
  '/mail/element': (main, pairs) => element(main, postroom, pairs),
  // Postroom is reached below this site, through its reverse proxy; the proxy says who is signed in.
  '/mail/below': (main, pairs) => element(main, '/mail/smtp', pairs),
};
