// What is waited for, and no longer: whoever takes more is marked as not able to.

export const LIMITS = {
  /** Until all rows are there and the page is quiet, in milliseconds. */
  load: 120_000,
  /** Until the last key typed is answered. */
  answer: 60_000,
};

export async function within(milliseconds, promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Once this holds; asked again and again. */
export async function until(holds, milliseconds, what) {
  const deadline = performance.now() + milliseconds;
  while (!(await within(Math.max(1, deadline - performance.now()), holds(), what))) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${milliseconds / 1000} s`);
    await pause(50);
  }
}
