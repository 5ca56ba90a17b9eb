// The floor: plain JavaScript over texts folded once, and thirty rows whose text is written anew. No product can do less.
import { accounts, COLUMNS } from '../accounts.mjs';

const SHOWN = 30;
const all = accounts(Number(new URLSearchParams(location.search).get('rows')));
const folded = all.map((account) => account.name.toLowerCase());

const table = document.createElement('table');
table.createTHead().insertRow().append(...COLUMNS.map(([, heading]) => Object.assign(document.createElement('th'), { textContent: heading })));
const body = table.createTBody();
const texts = Array.from({ length: SHOWN }, () => {
  const row = body.insertRow();
  return COLUMNS.map(() => row.insertCell().appendChild(document.createTextNode('')));
});
const count = document.getElementById('count').appendChild(document.createTextNode(''));

function show(text) {
  const needle = text.toLowerCase();
  const matching = [];
  for (let at = 0; at < all.length; at++) if (folded[at].includes(needle)) matching.push(at);
  count.data = String(matching.length);
  for (let row = 0; row < SHOWN; row++) {
    const account = all[matching[row]];
    for (let column = 0; column < COLUMNS.length; column++) {
      const data = account ? account[COLUMNS[column][0]] : '';
      if (texts[row][column].data !== data) texts[row][column].data = data;
    }
  }
}

show('');
document.getElementById('grid').append(table);
document.getElementById('search').addEventListener('input', (event) => show(event.target.value));
