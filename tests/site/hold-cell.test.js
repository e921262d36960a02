// The cell against sums that are written out, against Python, and against what its sentence claims.
import assert from "node:assert/strict";
import test from "node:test";
import { BIASES, cells, keeps, MARK, NUMBERS, shares, stays } from "../../docs/widgets/hold-cell.js";
import { HOLD_CELL } from "../../docs/widgets/strings.js";

const near = (a, b, message) => assert.ok(Math.abs(a - b) < 1e-12, message ?? `${a} is not ${b}`);
const biases = Array.from({ length: 91 }, (_, i) => BIASES.min + i * BIASES.step);

test("the cell is a sum of all numbers, each with the share that is left of it", () => {
  for (const bias of biases) {
    const f = 1 / (1 + Math.exp(-bias));
    cells(keeps(bias, "fixed")).forEach((c, t) => {
      const sum = NUMBERS.slice(0, t + 1).reduce((all, x, s) => all + (1 - f) * f ** (t - s) * x, 0);
      near(c, sum);
    });
  }
});

test("the same cell in Python, with scipy.signal.lfilter([1 - f], [1, -f], numbers)", () => {
  const last = { "-3": -0.3673215048564614, 0: -0.14228973388671876, 2: -0.02864507998599839, 6: 0.0004505589062449439 };
  for (const [bias, c] of Object.entries(last)) near(cells(keeps(Number(bias), "fixed")).at(-1), c);
});

test("shares: what is taken in, and what is left after the 12 steps that follow", () => {
  const { taken, left } = shares(keeps(0, "fixed"));
  assert.deepEqual([taken, left], [0.5, 0.5 ** 13]);
  assert.deepEqual(shares(keeps(0, "reading")), { taken: 1, left: 1 });
});

test("no bias holds the number: never 3 % of it is left, and the cell ends far from it", () => {
  for (const bias of biases) {
    const kept = keeps(bias, "fixed");
    assert.ok(shares(kept).left < 0.03);
    assert.ok(Math.abs(cells(kept).at(-1) - NUMBERS[MARK]) > 0.75);
  }
});

test("gates that see the mark hold it exactly, from the mark on", () => {
  const course = cells(keeps(-1, "reading"));
  assert.ok(course.every((c, t) => c === (t < MARK ? 0 : NUMBERS[MARK])));
});

test("how long a number stays: the mean of its geometric life, and f to the half-life is one half", () => {
  for (const bias of biases) {
    const f = 1 / (1 + Math.exp(-bias));
    near(stays(bias).average * (1 - f), 1);
    near(f ** stays(bias).half, 0.5);
  }
});

test("the sentence says shares as people write them", () => {
  const said = (taken, left) => HOLD_CELL.told(["0.5", "2", "1"], taken, left, "−0.2", "0.8");
  assert.ok(said(0.5, 0.0286).includes("takes in 50 % of the marked number, and at the end 2.9 % of it is left"));
  assert.ok(said(0.047, 1e-9).includes("takes in 4.7 % of the marked number, and at the end less than 0.1 % of it is left"));
});
