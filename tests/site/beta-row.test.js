// The row of q: probabilities that add up to 1 for every beta.
import assert from "node:assert/strict";
import test from "node:test";
import { betaAt, decimal, smooth } from "../../docs/widgets/beta-row.js";
import { AFTER_Q } from "../../docs/widgets/letter-counts.js";

test("counts of banana after a, by hand", () => {
  const { seen, each, unseen, total } = smooth({ V: 3, counts: { n: 2 } }, 1);
  assert.deepEqual([seen, each, unseen, total], [[["n", 2, 0.6]], 0.2, 2, 2]);
});

test("the probabilities add up to 1", () => {
  for (const beta of [0.001, 0.1, 1, 30, 1000]) {
    const { seen, each, unseen } = smooth(AFTER_Q, beta);
    const sum = seen.reduce((rest, [, , p]) => rest + p, each * unseen);
    assert.ok(Math.abs(sum - 1) < 1e-12, `${beta}: ${sum}`);
  }
});

test("a small beta believes the counts, a large one that all symbols are equally likely", () => {
  const { V, counts } = AFTER_Q;
  const total = Object.values(counts).reduce((a, b) => a + b);
  assert.ok(Math.abs(smooth(AFTER_Q, 1e-9).seen[0][2] - counts.u / total) < 1e-9);
  assert.ok(Math.abs(smooth(AFTER_Q, 1e9).seen[0][2] - 1 / V) < 1e-6);
});

test("the slider goes by powers of ten", () => {
  assert.deepEqual([-3, -1, 0, 0.3, 3].map(betaAt), [0.001, 0.1, 1, 2, 1000]);
});

test("a probability is written without powers of ten", () => {
  assert.deepEqual([0.9, 0.0982, 0.00024, 2.4e-6].map(decimal), ["0.90", "0.098", "0.00024", "0.0000024"]);
});
