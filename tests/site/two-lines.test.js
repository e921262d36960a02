// Two lines into one, against sending numbers through both of them one after the other.
import assert from "node:assert/strict";
import test from "node:test";
import { join, LIMIT, moveByKey, snap, STEPS, tell } from "../../docs/widgets/two-lines.js";

const send = ([a, b], h) => a * h + b;

test("the line of both is the second line of the first, for every number", () => {
  for (const first of [
    [0.5, 3],
    [-2, 1.5],
    [0, -4],
  ])
    for (const then of [
      [4, 1],
      [-0.25, 0],
      [0, 2],
    ])
      for (const h of [-3, -1, 0, 0.5, 2])
        assert.equal(send(join(first, then), h), send(then, send(first, h)), `${first} then ${then} of ${h}`);
});

test("a handle stops at the steps and at the ends, and nothing is minus zero", () => {
  assert.equal(snap(0.6, 0), 0.5);
  assert.equal(snap(0.7, 1), 0.5);
  assert.equal(snap(99, 1), LIMIT);
  assert.equal(snap(-99, 0), -LIMIT);
  assert.ok(Object.is(snap(-0.01, 0), 0));
});

test("keys move a handle by its step, further, or to the ends; others do nothing", () => {
  for (const place of [0, 1]) {
    assert.equal(moveByKey("ArrowUp", 1, place), 1 + STEPS[place]);
    assert.equal(moveByKey("ArrowLeft", 1, place), 1 - STEPS[place]);
    assert.equal(moveByKey("PageDown", 1, place), 1 - 4 * STEPS[place]);
    assert.equal(moveByKey("ArrowUp", LIMIT, place), LIMIT);
    assert.equal(moveByKey("Home", 1, place), -LIMIT);
    assert.equal(moveByKey("a", 1, place), null);
  }
});

test("the sentence follows 0 and 1 through both, and names the pair", () => {
  const said = tell([0.5, 3], [4, 1]);
  for (const words of ["From 0: first 3, then 13.", "From 1: first 3.5, then 15.", "(2, 13)"])
    assert.ok(said.includes(words), said);
});
