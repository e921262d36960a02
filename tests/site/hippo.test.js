// The figure hippo against numbers of Python (test_hippo_numbers.py), and what it says and how it is drawn on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  back,
  coefficients,
  legendre,
  miss,
  MOST,
  moveByKey,
  PRESETS,
  SAMPLES,
  stroke,
  tell,
  worst,
} from "../../docs/widgets/hippo.js";

const known = JSON.parse(readFileSync(new URL("hippo.numbers.json", import.meta.url), "utf-8"));
const close = (found, expected, by = 1e-10) =>
  assert.ok(Math.abs(found - expected) < by, `${found}, expected ${expected}`);

test("the numbers are those that Python finds by quadrature, and by the recurrence of LegS", () => {
  assert.equal(Object.keys(known).length, 3);
  for (const { x, c } of Object.values(known)) {
    assert.deepEqual([x.length, c.length], [SAMPLES, MOST]);
    coefficients(x, MOST).forEach((value, i) => close(value, c[i]));
  }
});

test("Legendre polynomials: 1, z, (3 z^2 - 1) / 2, (5 z^3 - 3 z) / 2", () => {
  for (const z of [-1, -0.3, 0, 0.8, 1])
    legendre(z, 4).forEach((P, i) => close(P, [1, z, (3 * z * z - 1) / 2, (5 * z ** 3 - 3 * z) / 2][i]));
  assert.deepEqual([legendre(0.5, 1), legendre(0.5, 2)], [[1], [0.5 ** 0, 0.5]]);
});

test("the first number is the mean, and alone brings back a level line", () => {
  for (const x of Object.values(PRESETS)) {
    const [mean] = coefficients(x, 1);
    close(mean, x.reduce((a, b) => a + b) / SAMPLES);
    for (const value of back([mean])) close(value, mean);
  }
});

test("a straight line comes back from two numbers, but for the stairs", () => {
  const x = Array.from({ length: SAMPLES }, (_, k) => (2 * (k + 0.5)) / SAMPLES - 1);
  const c = coefficients(x, 2);
  const curve = back(c);
  close(curve[0], -1, 0.001);
  close(curve.at(-1), 1, 0.001);
  close(miss(x, c), 1 / SAMPLES / Math.sqrt(3), 1e-5); // uniform within 1/64 of it
});

test("the miss is the root mean square of signal minus what comes back", () => {
  const places = 2000; // midpoints within each sample
  for (const { x, c } of Object.values(known)) {
    for (const n of [1, 3, 12]) {
      let sum = 0;
      for (let i = 0; i < places * SAMPLES; i += 1) {
        const s = (i + 0.5) / (places * SAMPLES);
        const P = legendre(2 * s - 1, n);
        const found = P.reduce((total, value, j) => total + c[j] * Math.sqrt(2 * j + 1) * value, 0);
        sum += (x[Math.floor(s * SAMPLES)] - found) ** 2;
      }
      close(miss(x, c.slice(0, n)), Math.sqrt(sum / (places * SAMPLES)), 1e-6);
    }
  }
});

test("more numbers never miss by more", () => {
  for (const x of [...Object.values(PRESETS), ...Object.values(known).map((each) => each.x)]) {
    const misses = Array.from({ length: MOST }, (_, i) => miss(x, coefficients(x, i + 1)));
    misses.slice(1).forEach((off, i) => assert.ok(off <= misses[i] + 1e-12));
  }
});

test("what the lesson says: at a jump the largest miss stays, and stays there", () => {
  const jump = PRESETS.step.findIndex((value, k) => k && value !== PRESETS.step[k - 1]);
  for (const n of [8, 16, 32]) {
    const { at, off } = worst(PRESETS.step, coefficients(PRESETS.step, n));
    assert.ok(at === jump || at === jump - 1);
    assert.ok(off > 0.4 * (PRESETS.step[jump] - PRESETS.step[jump - 1]));
  }
  assert.ok(miss(PRESETS.hill, coefficients(PRESETS.hill, 12)) < 0.03);
});

test("presets fit on the strip, and are hundredths", () => {
  for (const x of Object.values(PRESETS)) {
    assert.equal(x.length, SAMPLES);
    assert.ok(x.every((value) => Math.abs(value) <= 1 && Math.abs(100 * value - Math.round(100 * value)) < 1e-9));
  }
});

test("the words: a mean, a miss and where it is, and nothing to be seen", () => {
  assert.equal(tell(Array(SAMPLES).fill(0.5), 1), "What comes back from one number is off by less than 0.005: one sees no difference.");
  const halves = Array.from({ length: SAMPLES }, (_, k) => (k < SAMPLES / 2 ? 0.2 : 0.6));
  assert.equal(
    tell(halves, 1),
    "One number is the mean of the signal so far, 0.4: what comes back is a level line. It is off by 0.2 (root mean square).",
  );
  assert.match(tell(halves, 8), /^What comes back from 8 numbers is off by 0\.0\d \(root mean square\), and most of all at sample 3[23], by 0\.2\.$/);
});

test("keys choose a sample and move it, and stop at the ends", () => {
  assert.deepEqual(moveByKey("ArrowRight", 3, 0), { at: 4, value: null });
  assert.deepEqual(moveByKey("ArrowLeft", 0, 0), { at: 0, value: null });
  assert.deepEqual(moveByKey("End", 3, 0), { at: SAMPLES - 1, value: null });
  assert.deepEqual(moveByKey("ArrowUp", 3, 0.1), { at: 3, value: 0.15 });
  assert.deepEqual(moveByKey("PageDown", 3, -0.9), { at: 3, value: -1 });
  assert.equal(moveByKey("a", 3, 0), null);
});

test("a fast stroke leaves no sample out, in either direction", () => {
  const flat = Array(SAMPLES).fill(0);
  const drawn = stroke(flat, { at: 10, value: 0 }, { at: 14, value: 1 });
  assert.deepEqual(drawn.slice(9, 16), [0, 0, 0.25, 0.5, 0.75, 1, 0]);
  assert.deepEqual(stroke(flat, { at: 14, value: 1 }, { at: 10, value: 0 }), drawn);
  assert.deepEqual(flat, Array(SAMPLES).fill(0));
  assert.deepEqual(stroke(flat, { at: 5, value: 0.3 }, { at: 5, value: 0.7 })[5], 0.7);
});
