// Claps and their echoes against powers, against the sum of the layers, and the words against both.
import assert from "node:assert/strict";
import test from "node:test";
import { layers, LOUDEST, next, run, SOFTEST, STEPS, tell } from "../../docs/widgets/claps.js";

const close = (found, expected) => assert.ok(Math.abs(found - expected) < 1e-12, `${found}, expected ${expected}`);
const together = (x, a, squeeze, t) => layers(x, a, squeeze).reduce((sum, layer) => sum + layer.heard[t], 0);
const CLAPS = [1, 0, 2, 0, 0, 1, 0, -1, 0, 0, 0, 0];

test("the lesson's numbers: 1, 0, 2, 0 with a = 0.5", () => {
  assert.deepEqual(run([1, 0, 2, 0], 0.5), [1, 0.5, 2.25, 1.125]);
  const [one, two] = layers([1, 0, 2, 0], 0.5);
  assert.deepEqual([one.step, one.loudness, one.heard], [0, 1, [1, 0.5, 0.25, 0.125]]);
  assert.deepEqual([two.step, two.loudness, two.heard], [2, 2, [0, 0, 2, 1]]);
});

test("a layer is a power of a, from its clap on", () => {
  for (const a of [0.95, 0.5, 0, -0.7, -1, 1])
    for (const { step, loudness, heard } of layers(CLAPS, a))
      heard.forEach((h, t) => close(h, t < step ? 0 : loudness * a ** (t - step)));
});

test("without the tanh the layers add up to the state at every step", () => {
  for (const a of [0.9, -0.35, 1, -1])
    run(CLAPS, a).forEach((h, t) => close(together(CLAPS, a, "none", t), h));
});

test("with the tanh one clap is still its own layer, and two are not", () => {
  const one = [0, 2, 0, 0];
  run(one, 0.8, "tanh").forEach((h, t) => close(together(one, 0.8, "tanh", t), h));
  close(run(one, 0.8, "tanh")[2], Math.tanh(0.8 * Math.tanh(2)));
  const stack = together([1, 1], 1, "tanh", 1);
  close(stack, Math.tanh(Math.tanh(1)) + Math.tanh(1));
  close(run([1, 1], 1, "tanh")[1], Math.tanh(Math.tanh(1) + 1));
  assert.ok(stack > 1.4 && run([1, 1], 1, "tanh")[1] < 1);
});

test("taps go through all that a clap can be, and come back", () => {
  const seen = [0];
  do seen.push(next(seen.at(-1)));
  while (seen.at(-1) !== 0);
  assert.deepEqual(seen, [0, 1, LOUDEST, SOFTEST, 0]);
  assert.equal(CLAPS.length, STEPS);
});

test("the sentence: powers, then numbers, then the state", () => {
  const told = (x, a, t, squeeze = "none") => tell(x, a, squeeze, t);
  assert.equal(
    told(CLAPS, 0.5, 5),
    "At step 5 the echoes of 3 claps are heard: h₅ = 0.5⁵ × 1 + 0.5³ × 2 + 1 ≈ 0.0313 + 0.25 + 1 ≈ 1.28.",
  );
  assert.equal(
    told([2, -1, 1], -0.5, 2),
    "At step 2 the echoes of 3 claps are heard: h₂ = (−0.5)² × 2 + (−0.5) × (−1) + 1 = 0.5 + 0.5 + 1 = 2.",
  );
  assert.equal(told([1, -1], 0.5, 1), "At step 1 the echoes of 2 claps are heard: h₁ = 0.5 × 1 − 1 = 0.5 − 1 = −0.5.");
  assert.equal(told([-1], 0.5, 0), "At step 0 one clap is heard: h₀ = −1.");
  assert.equal(told([2, 0], 0.5, 1), "At step 1 one clap is heard: h₁ = 0.5 × 2 = 1.");
  assert.equal(told([0, 1], 0.5, 0), "At step 0 nothing has been heard yet: h₀ = 0.");
  assert.ok(told([1, 1, 1, 1, 1], 1, 4).endsWith("h₄ = 1 + 1 + 1 + 1 + 1 = 5."));
});

test("the sentence under the tanh sets the stack against the state", () => {
  const told = tell([1, 1], 1, "tanh", 1);
  assert.ok(told.includes("the 2 claps alone would give 0.642 + 0.762 ≈ 1.4."), told);
  assert.ok(told.includes("h₁ ≈ 0.943"), told);
  assert.equal(tell([1, 0], 1, "tanh", 0), "At step 0 one clap is heard: h₀ ≈ 0.762.");
});
