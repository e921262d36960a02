// The small selective network against torch (delta-text.numbers.json), and what the figure says against its numbers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { expected, look, median, places } from "../../docs/widgets/delta-text.js";
import { CHANNELS, MARKER, NAMED, run, STATES } from "../../docs/widgets/delta-text-network.js";
import { DELTA_TEXT } from "../../docs/widgets/strings.js";

const recorded = JSON.parse(readFileSync(new URL("delta-text.numbers.json", import.meta.url), "utf8"));
const near = (found, wanted) => assert.ok(Math.abs(found - wanted) < 1e-8, `${found}, expected ${wanted}`);
const told = (words) => {
  const text = places(words);
  const { means, named } = look(text);
  return DELTA_TEXT.told(means, named, expected(text));
};

test("Delta, the state and the scores are those that torch computes", () => {
  assert.ok(recorded.length >= 5);
  for (const { text, delta, state, scores } of recorded) {
    const found = run([...places(text), ...Array(NAMED).fill(MARKER)]);
    assert.equal(found.length, delta.length);
    delta.forEach((row, t) => row.forEach((d, k) => near(found[t].delta[k], d)));
    assert.deepEqual([state.length, state[0].length], [STATES, CHANNELS]);
    state.forEach((row, n) => row.forEach((h, k) => near(found.at(-1).h[n * CHANNELS + k], h)));
    scores.forEach((row, i) => row.forEach((score, j) => near(found.at(i - NAMED).scores[j], score)));
  }
});

test("texts are read, and the last digits found", () => {
  assert.deepEqual(places("4.x9012345678"), [4, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(expected([1, 0, 2, 3, 0, 4]), [2, 3, 4]);
  assert.deepEqual(expected([0, 5, 0]), [0, 0, 5]);
  assert.deepEqual([median([3, 1, 2]), median([4, 1, 2, 3])], [2, 2.5]);
});

test("the network names the last three digits, however many dots lie between", () => {
  let seed = 1;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  let right = 0;
  for (let i = 0; i < 500; i++) {
    const often = chance();
    const text = Array.from({ length: 10 }, () => (chance() < often ? 1 + Math.floor(8 * chance()) : 0));
    right += look(text).named.join() === expected(text).join();
  }
  assert.ok(right >= 490, `${right} of 500`);
});

test("what the figure is for: Delta is tiny at dots, and the state stands still there", () => {
  for (const { text } of recorded) {
    const { steps, means } = look(places(text));
    const of = (what) => steps.filter(({ token }) => token < MARKER && Boolean(token) === what);
    for (const dot of of(false)) {
      assert.ok(dot.delta < 0.01);
      if (dot.share !== null) assert.ok(dot.share > 0.9 && dot.share <= 1);
    }
    for (const digit of of(true)) {
      assert.ok(digit.delta > 0.1 && digit.delta < 0.2);
      if (digit.share !== null && means.dot.delta === null) assert.ok(digit.share < 0.5);
    }
  }
});

test("two channels do the reverse, as the lesson says: a longer step at a dot than at any digit", () => {
  const delta = Array.from({ length: MARKER }, (_, token) => run([token])[0].delta);
  const [dot, ...digits] = delta;
  const reverse = [...dot].filter((d, k) => digits.every((each) => d > each[k]));
  assert.deepEqual([CHANNELS, reverse.length], [24, 2]);
});

test("the share is |exp(Delta A) h| / |h|, counted from the first digit on", () => {
  const text = places("..4.2");
  const found = run([...text, ...Array(NAMED).fill(MARKER)]);
  const { steps, means } = look(text);
  assert.deepEqual(steps.slice(0, 3).map(({ share }) => share), [null, null, null]);
  const size = (h) => Math.sqrt(h.reduce((sum, x) => sum + x * x, 0));
  near(steps[3].share, size(found[3].kept) / size(found[2].h));
  near(means.dot.share, steps[3].share);
  near(means.digit.share, steps[4].share);
  near(means.digit.delta, (steps[2].delta + steps[4].delta) / 2);
});

test("the sentence", () => {
  assert.equal(
    told("4..2...7.."),
    "At a dot Δ is 0.0012 on average, and the state keeps 96 % of itself. At a digit Δ is 0.15 on average, and the " +
      "state keeps 31 % of itself. The network reads back 4 2 7, which is right.",
  );
  assert.equal(told(".........."), "At a dot Δ is 0.0012 on average. The network reads back · · ·, which is right.");
  assert.ok(!told("12345678").includes("dot"));
  const wrong = DELTA_TEXT.told(look(places("1..2")).means, [0, 1, 3], [0, 1, 2]);
  assert.ok(wrong.endsWith("The network reads back · 1 3, and · 1 2 would be right."));
});
