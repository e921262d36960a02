// The matrix in chunks against numbers of Python (test_chunked_matrix_numbers.py), and what it says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { best, chunks, costs, DECAYS, matrix, SIZE, STEPS, tell } from "../../docs/widgets/chunked-matrix.js";

const known = JSON.parse(readFileSync(new URL("chunked-matrix.numbers.json", import.meta.url), "utf-8"));

test("the ink is the matrix that Python makes of the same decays", () => {
  assert.deepEqual(DECAYS, known.decays);
  matrix().forEach((row, t) =>
    row.forEach((value, s) => assert.ok(Math.abs(value - known.L[t][s]) < 1e-11, `${t}, ${s}`)),
  );
});

test("the multiplications are those that Python counted while it did them", () => {
  assert.equal(costs(4).recurrent.products, known["step by step"]);
  assert.equal(costs(4).quadratic.products, known["in chunks"].at(-1));
  known["in chunks"].forEach((products, i) => assert.equal(costs(i + 1).chunked.products, products, `${i + 1}`));
});

test("the chunks have all the steps, and the last may be shorter", () => {
  for (let length = 1; length <= STEPS; length++)
    assert.equal(chunks(length).reduce((a, b) => a + b), STEPS);
  assert.deepEqual(chunks(10), [10, 10, 4]);
});

test("the best length is neither end, and cheaper than both other forms", () => {
  const { recurrent, quadratic, chunked } = costs(best());
  assert.ok(best() > 1 && best() < STEPS);
  assert.ok(chunked.products < Math.min(recurrent.products, quadratic.products));
});

test("over far more steps the form all at once is the dearest, and chunks cost about as much as the loop", () => {
  const { recurrent, quadratic, chunked } = costs(4, 800);
  assert.ok(quadratic.products > 10 * recurrent.products);
  assert.ok(Math.abs(chunked.products / recurrent.products - 1) < 0.1);
  assert.equal(chunked.states, 199);
});

test("the sentence says what is seen", () => {
  const number = (n) => n.toLocaleString("en");
  assert.match(tell(4), /^6 chunks of 4 steps: the 6 triangles .* through 5 states\. /);
  assert.match(tell(10), /^3 chunks of 10 steps, the last of 4: .* through 2 states\. /);
  assert.match(tell(12), /through 1 state\. /);
  assert.match(tell(1), /23 states are passed on/);
  assert.match(tell(STEPS), /with no state/);
  for (const length of [1, 4, 24]) assert.ok(tell(length).includes(number(known["in chunks"][length - 1])));
});
