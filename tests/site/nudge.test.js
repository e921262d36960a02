// The nudge against what must hold: a turn keeps lengths, and without tanh the nudge is stretch^t.
import assert from "node:assert/strict";
import test from "node:test";
import { chance, fate, sizes, STEPS, turn } from "../../docs/widgets/nudge.js";

const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);

test("the rows of a turn have length 1 and stand at right angles", () => {
  const rows = turn(9, chance(3));
  rows.forEach((row, i) =>
    rows.forEach((other, j) => assert.ok(Math.abs(dot(row, other) - (i === j ? 1 : 0)) < 1e-12)),
  );
});

test("chance is between -1 and 1, and the same each time", () => {
  const [one, two] = [chance(5), chance(5)];
  const numbers = Array.from({ length: 1000 }, one);
  assert.ok(numbers.every((x) => x >= -1 && x < 1 && x === two()));
  assert.ok(Math.abs(numbers.reduce((a, b) => a + b) / 1000) < 0.1);
});

test("without tanh each step multiplies by the stretch", () => {
  for (const stretch of [0.5, 1, 2.5])
    sizes(stretch, "linear").forEach((size, t) => assert.ok(Math.abs(size / stretch ** (t + 1) - 1) < 1e-9));
});

test("tanh only takes away: the nudge is never larger than without it", () => {
  for (const stretch of [0.8, 1, 1.5, 2.5]) {
    const course = sizes(stretch, "tanh");
    assert.equal(course.length, STEPS);
    course.forEach((size, t) => assert.ok(size <= stretch ** (t + 1) * (1 + 1e-9)));
  }
});

test("what the lesson says: with 0.8 it dies, with 1 it fades, with 2 it grows", () => {
  const last = (stretch) => sizes(stretch, "tanh").at(-1);
  assert.equal(fate(last(0.8)), "dies");
  assert.equal(fate(last(1)), "fades");
  assert.equal(fate(last(2)), "grows");
  assert.equal(fate(sizes(1, "linear").at(-1)), "stays");
});
