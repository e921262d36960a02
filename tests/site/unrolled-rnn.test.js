// The unrolled network against closed forms, and its gradient against finite differences.
import assert from "node:assert/strict";
import test from "node:test";
import { explain, factors, gradients, makeInput, unroll } from "../../docs/widgets/unrolled-rnn.js";
import { decades, inputAt, layout } from "../../docs/widgets/unrolled-rnn-picture.js";

const close = (x, y, tolerance = 1e-12) =>
  assert.ok(Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y)), `${x} is not ${y}`);
const linear = (w, bias = 0) => ({ w, bias, activation: "linear" });
const tanh = (w, bias = 0) => ({ w, bias, activation: "tanh" });

test("the inputs that have names, and typed ones with zeros after them", () => {
  assert.deepEqual(makeInput("impulse", 4), [1, 0, 0, 0]);
  assert.deepEqual(makeInput("constant", 3), [0.5, 0.5, 0.5]);
  assert.deepEqual(makeInput("alternating", 4), [1, -1, 1, -1]);
  assert.deepEqual(makeInput("typed", 4, [2, -3]), [2, -3, 0, 0]);
  assert.deepEqual(makeInput("typed", 1, [2, -3]), [2]);
});

test("linear: an impulse gives w^t, a constant the geometric sum", () => {
  for (const w of [0.5, -1.5, 1]) {
    const states = unroll(makeInput("impulse", 10), linear(w));
    for (let t = 1; t <= 10; t++) close(states[t], w ** (t - 1));
  }
  const states = unroll(makeInput("constant", 10), linear(0.5, 0.25));
  for (let t = 0; t <= 10; t++) close(states[t], (0.75 * (1 - 0.5 ** t)) / 0.5);
});

test("tanh: one step written out, and the fixed point", () => {
  const states = unroll([0.3, -0.2], tanh(1.5, 0.1));
  close(states[1], Math.tanh(0.4));
  close(states[2], Math.tanh(1.5 * Math.tanh(0.4) - 0.2 + 0.1));
  const end = unroll(Array(300).fill(0.5), tanh(0.8)).at(-1);
  close(end, Math.tanh(0.8 * end + 0.5));
});

test("the gradient is what finite differences find, for every earlier state", () => {
  const inputs = [1, -0.5, 0.25, 0, 0.7, -1, 0.1, 0.3];
  for (const model of [tanh(0.8), tanh(-1.7, 0.3), tanh(2, -0.5), linear(1.3), linear(-0.4, 1)]) {
    const states = unroll(inputs, model);
    const found = gradients(factors(states, model));
    assert.equal(found.length, inputs.length + 1);
    for (let t = 0; t <= inputs.length; t++) {
      const last = (nudge) => unroll(inputs.slice(t), model, states[t] + nudge).at(-1);
      close(found[t], (last(1e-5) - last(-1e-5)) / 2e-5, 1e-8);
    }
  }
});

test("without a tanh the gradient is w^(T - t)", () => {
  const found = gradients(factors(unroll(makeInput("alternating", 12), linear(-1.2)), linear(-1.2)));
  found.forEach((g, t) => close(g, (-1.2) ** (12 - t)));
});

test("the plot has room for every size, and not far more", () => {
  assert.deepEqual(decades([1, 0.5, 0.2]), [-1, 1]);
  assert.deepEqual(decades([1, 20, 500]), [-1, 4]);
  assert.deepEqual(decades([1, 1e-3, 1e-7]), [-8, 1]);
  assert.deepEqual(decades([1, 0]), [-1, 1]);
  assert.deepEqual(decades([1, 1e-40]), [-16, 1]);
});

test("a point of the top row is a step and a value", () => {
  const place = layout(700, 16);
  assert.deepEqual(inputAt(place.sx(3) + 1, 42, place), { t: 3, value: 0 });
  assert.deepEqual(inputAt(place.sx(16), 27, place), { t: 16, value: 0.8 });
  assert.deepEqual(inputAt(place.sx(0), -100, place), { t: 0, value: 1 });
  assert.deepEqual(inputAt(place.sx(1), 400, place), { t: 1, value: -1 });
  assert.equal(inputAt(0, 42, place).t, null);
  assert.equal(inputAt(699, 42, layout(700, 4)).t, 4);
  assert.equal(inputAt(place.sx(16.6), 42, place).t, null);
});

test("the sentence says what happens and why", () => {
  const say = (kind, model) => explain(unroll(makeInput(kind, 16), model), model);
  assert.match(say("impulse", linear(1.5)), /explodes.*15 steps.*1\.5; together 438\./);
  assert.match(say("impulse", linear(-0.5)), /vanishes.*0\.5; together 3\.05\u00a0×\u00a010⁻⁵/);
  assert.match(say("impulse", linear(1)), /keeps about its size/);
  assert.match(say("impulse", linear(0)), /No gradient/);
  assert.match(say("impulse", linear(1.2)), /grows/);
  assert.match(say("impulse", tanh(0.8)), /shrinks.*between/);
  assert.match(say("constant", tanh(1.8)), /vanishes.*tanh is flat.*1\.8/);
  assert.doesNotMatch(say("impulse", tanh(0.8)), /flat/);
  assert.match(say("typed", tanh(1.5)), /explodes/);
});
