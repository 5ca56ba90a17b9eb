// What has to be on the page for each text: worked out here, from the names alone, not by anything that is measured.
import { account, TYPED } from './accounts.mjs';

/** Count, first name and tenth name (empty where fewer match), for each beginning of what is typed, the empty one included. */
export function answers(rows) {
  if (!known.has(rows)) known.set(rows, workedOut(rows));
  return known.get(rows);
}

const known = new Map();

function workedOut(rows) {
  const found = Array.from({ length: TYPED.length + 1 }, () => ({ count: 0, first: '', tenth: '' }));
  for (let id = 1; id <= rows; id++) {
    const { name } = account(id);
    const folded = name.toLowerCase();
    for (let length = 0; length <= TYPED.length && folded.includes(TYPED.slice(0, length)); length++) {
      const answer = found[length];
      answer.count += 1;
      if (answer.count === 1) answer.first = name;
      if (answer.count === 10) answer.tenth = name;
    }
  }
  for (let length = 1; length <= TYPED.length; length++) {
    if (found[length].count === found[length - 1].count || found[length].count === 0) {
      throw new Error(`of ${rows} accounts, “${TYPED.slice(0, length)}” matches as many as a letter less: nothing can be seen to change`);
    }
  }
  return found;
}

/** The two halves of a pass: letter by letter there, Backspace by Backspace back. In a half, no answer is expected twice. */
export function halves(rows) {
  const found = answers(rows);
  return {
    letters: [...TYPED].map((letter, index) => ({ key: letter, answer: found[index + 1] })),
    backspaces: [...TYPED].map((_, index) => ({ key: 'Backspace', answer: found[TYPED.length - 1 - index] })),
  };
}
