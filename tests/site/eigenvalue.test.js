// The eigenvalue figure against the recurrence itself, multiplied out step by step.
import assert from "node:assert/strict";
import test from "node:test";
import {
  decaySound,
  describe,
  halfLife,
  impulseResponse,
  LARGEST,
  moveByKey,
  period,
  place,
} from "../../docs/widgets/eigenvalue.js";

const close = (x, y, tolerance = 1e-12) =>
  assert.ok(Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y)), `${x} is not ${y}`);

for (const [radius, phase] of [
  [0.9, 0.5],
  [1, 2],
  [1.1, -0.7],
  [0.5, Math.PI],
  [0, 1],
  [0.97, 0],
]) {
  test(`the impulse response of ${radius}, ${phase} is the loop h = λ h from 1`, () => {
    const { real, imaginary, envelope } = impulseResponse(radius, phase, 40);
    const lambda = [radius * Math.cos(phase), radius * Math.sin(phase)];
    let h = [1, 0];
    for (let t = 0; t <= 40; t++) {
      close(real[t], h[0]);
      close(imaginary[t], h[1]);
      close(envelope[t], Math.hypot(...h));
      h = [lambda[0] * h[0] - lambda[1] * h[1], lambda[0] * h[1] + lambda[1] * h[0]];
    }
    assert.equal(real.length, 41);
  });
}

test("after a half-life half is left; outside, after the time to double, twice as much", () => {
  close(halfLife(0.5), 1);
  for (const radius of [0.1, 0.9, 0.999]) close(radius ** halfLife(radius), 0.5);
  close(1.05 ** -halfLife(1.05), 2);
  assert.ok(halfLife(1.05) < 0);
  assert.equal(halfLife(1), Infinity);
  assert.equal(halfLife(0), 0);
});

test("after a period the angle has come round", () => {
  for (const phase of [0.5, -0.5, Math.PI]) close(Math.cos(period(phase) * phase), 1);
  assert.equal(period(0), Infinity);
});

test("a dragged point keeps to the disk with its margin, and the circle and the real line hold on", () => {
  assert.deepEqual(place(0, 0.5), { radius: 0.5, phase: 1.571 });
  assert.deepEqual(place(0.6, -0.8), { radius: 1, phase: -0.927 });
  assert.equal(place(0.7, 0.722).radius, 1);
  assert.equal(place(3, 4).radius, LARGEST);
  assert.deepEqual(place(0.5, 0.015), { radius: 0.5, phase: 0 });
  assert.deepEqual(place(-0.5, -0.015), { radius: 0.5, phase: Math.PI });
});

test("the sound decays like |λ|, thirty steps a second, and never gets loud", () => {
  const rate = 8000;
  const loudest = (samples, from, to) => Math.max(...samples.slice(from * rate, to * rate).map(Math.abs));
  const fading = decaySound(0.9, 0.5, 2, rate);
  assert.equal(fading.length, 2 * rate);
  const ratio = loudest(fading, 1, 1.02) / loudest(fading, 0, 0.02);
  close(ratio, 0.9 ** 30, 0.01);
  assert.ok(loudest(decaySound(1.1, 0, 2, rate), 0, 2) <= 0.75);
  assert.ok(loudest(decaySound(1.1, 0, 2, rate), 1.9, 2) > 0.7);
});

test("a faster turn sounds higher", () => {
  const crossings = (samples) => samples.slice(1).filter((x, i) => x * samples[i] < 0).length;
  const [slow, fast] = [0, 3].map((phase) => crossings(decaySound(1, phase, 1, 8000)));
  close(slow, 440, 0.01);
  assert.ok(fast > 3.5 * slow);
});

test("the sentence says what happens", () => {
  assert.match(describe(0.5, Math.PI, 60), /fades\. Half of it is gone after 1 step\..*sign at every step/);
  assert.match(describe(0.9, 0.5, 60), /6\.58 steps.*once in 12\.6 steps/);
  assert.match(describe(1, 0, 60), /for ever.*does not turn/);
  assert.match(describe(1.1, 1, 60), /explodes.*doubles every 7\.27 steps; after 60 steps it is 304 times/);
  assert.match(describe(0, 1, 60), /at once/);
});

test("every key that a slider has moves the point, and stays in the disk", () => {
  const at = { radius: 0.5, phase: 1 };
  const to = (key, shift = false, from = at) => moveByKey(key, shift, from);
  assert.deepEqual(to("Home"), { radius: 0, phase: 1 });
  assert.deepEqual(to("End"), { radius: LARGEST, phase: 1 });
  assert.deepEqual(to("PageUp"), { radius: 0.6, phase: 1 });
  assert.deepEqual(to("PageDown"), { radius: 0.4, phase: 1 });
  assert.deepEqual(to("ArrowUp", true), { radius: 0.501, phase: 1 });
  assert.deepEqual(to("ArrowLeft"), { radius: 0.5, phase: 1.05 });
  assert.equal(to("PageUp", false, { radius: 1.08, phase: 1 }).radius, LARGEST);
  assert.equal(to("PageDown", false, { radius: 0.02, phase: 1 }).radius, 0);
  assert.equal(to("a"), null);
});
