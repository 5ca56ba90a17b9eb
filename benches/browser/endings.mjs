// What must not outlive the run, when that is ended by a signal: processes and folders.

const endings = new Set();

/** `end` is called, and may not wait, if a signal comes before the answer is called. */
export function unlessEnded(end) {
  endings.add(end);
  return () => endings.delete(end);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const end of endings) end();
    process.exit(1);
  });
}
