// What is made of a guess, with examples worked out on paper.

import assert from "node:assert/strict";
import test from "node:test";

import { axis, between, completed, judgeCurve, judgeNumber, places, scale, typed, written } from "../../docs/predict/judge.js";

test("a number is read with comma, point and its unit", () => {
  assert.equal(typed("0,5", ""), 0.5);
  assert.equal(typed(" 14 steps", "steps"), 14);
  assert.equal(typed("13.7%", "%"), 13.7);
  assert.equal(typed("1/4", "of it"), 0.25);
  assert.equal(typed("9,217", "joins", 9000), 9217);
  assert.equal(typed("9 217 joins", "joins", 9000), 9217);
  assert.equal(typed("-12,345,678", "", -1e7), -12345678);
  assert.equal(typed("9,217", "joins", 9), 9.217);
  assert.equal(typed("9,5", "joins", 9000), 9.5);
  for (const text of ["", "steps", "a few", "12 rounds"]) assert.equal(typed(text, "steps"), null, text);
});

test("a number is written as one reads it", () => {
  assert.equal(written(9217), "9,217");
  assert.equal(written(13.5), "13.5");
  assert.equal(written(-0.25), "\u22120.25");
});

test("a number is right, close or other", () => {
  assert.equal(judgeNumber(14, 14, 2), "right");
  assert.equal(judgeNumber(0.1 + 0.2, 0.3, 0), "right");
  assert.equal(judgeNumber(16, 14, 2), "close");
  assert.equal(judgeNumber(12, 14, 2), "close");
  assert.equal(judgeNumber(17, 14, 2), "other");
  assert.equal(judgeNumber(-14, 14, 2), "other");
});

const line = Array.from({ length: 41 }, (_, t) => [t, 2 * t]);

test("a curve is drawn at few places, and at the last one", () => {
  assert.deepEqual(places([[0, 5], [1, 4], [2, 3]], 0), [[1, 4], [2, 3]]);
  assert.deepEqual(places([[0, 5], [1, 4]], 1), []);
  const there = places(line, 8);
  assert.equal(there.length, 16);
  assert.deepEqual(there.at(-1), [40, 80]);
  assert.deepEqual(there[0], [10, 20]);
  assert.equal(new Set(there.map(([x]) => x)).size, 16);
});

test("what is not drawn between two places lies on the straight line", () => {
  const xs = [1, 2, 3, 4];
  assert.deepEqual(completed(xs, [null, 4, null, 0], [0, 0]), [2, 4, 2, 0]);
  assert.deepEqual(completed(xs, [null, 4, null, 0], null), [4, 4, 2, 0]);
  assert.equal(completed(xs, [1, 2, 3, null], [0, 0]), null);
  assert.equal(between([[0, 0], [10, 5]], 4), 2);
});

test("a curve on the truth is right, one a tenth of its height away is close, its mirror is other", () => {
  const there = places(line, 8);
  const heights = there.map(([, y]) => y);
  assert.equal(judgeCurve(heights, there, line), "right");
  assert.equal(judgeCurve(heights.map((y) => y - 8), there, line), "close"); // 8 of 80
  assert.equal(judgeCurve(heights.map((y) => 80 - y), there, line), "other");
  assert.equal(judgeCurve([1], [[1, 1]], [[0, 1], [1, 1]]), "right"); // a level curve has no height
});

test("an axis has round marks and room on both sides, but none below nothing", () => {
  const { low, high, marks } = scale([1, 3], 0.25);
  assert.deepEqual([low, high], [0.5, 3.5]);
  assert.deepEqual(marks, [1, 2, 3]);
  assert.equal(scale([0.1, 5], 0.25).low, 0);
  assert.ok(scale([-1, 1], 0.25).low < -1);
  assert.deepEqual(scale([0, 1], 0).marks, [0, 0.2, 0.4, 0.6, 0.8, 1]);
  const level = scale([2, 2], 0.25);
  assert.ok(level.low < 2 && level.high > 2);
});

test("lengths and values are each other's way back", () => {
  const { to, from } = axis({ low: 1, high: 3 }, 200, 0);
  assert.equal(to(1), 200);
  assert.equal(to(2), 100);
  assert.equal(from(50), 2.5);
  assert.equal(from(-20), 3);
});
