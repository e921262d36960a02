import assert from "node:assert/strict";
import test from "node:test";

import {
  cloud,
  describe,
  EDGES,
  fromNines,
  halfLife,
  median,
  moveByKey,
  moved,
  nines,
  shareAbove,
  shares,
  WIDEST,
} from "../../docs/widgets/ring.js";

const close = (x, y, tolerance = 1e-12) =>
  assert.ok(Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y)), `${x} is not ${y}`);
const RINGS = [
  { inner: 0, outer: 0.5 },
  { inner: 0.9, outer: 0.999 },
  { inner: 0.99, outer: WIDEST },
];

for (const ring of RINGS) {
  test(`the points of ${ring.inner} to ${ring.outer} lie on the ring, evenly over its area`, () => {
    const radii = cloud(4000, ring).map(([x, y]) => Math.hypot(x, y));
    assert.ok(radii.every((r) => r >= ring.inner - 1e-12 && r <= ring.outer + 1e-12));
    for (const part of [0.1, 0.5, 0.8]) {
      const edge = Math.sqrt(ring.inner ** 2 + part * (ring.outer ** 2 - ring.inner ** 2));
      close(radii.filter((r) => r < edge).length / 4000, part, 0.025);
    }
    const turned = cloud(4000, ring).filter(([x, y]) => x > 0 && y > 0).length / 4000;
    close(turned, 0.25, 0.025);
  });

  test(`the share above a half-life is what the points of ${ring.inner} to ${ring.outer} have`, () => {
    const lives = cloud(4000, ring).map(([x, y]) => halfLife(Math.hypot(x, y)));
    for (const k of [1, 5, 20, 100, 1000])
      close(lives.filter((life) => life > k).length / 4000, shareAbove(k, ring), 0.025);
    close(lives.filter((life) => life > median(ring)).length / 4000, 0.5, 0.025);
    close(
      shares(ring).reduce((a, b) => a + b),
      1,
    );
  });
}

test("one state in sixteen of the ring from 0.9 to 0.999 has a half-life above 100", () => {
  close(shareAbove(100, RINGS[1]), 1 / 16, 0.005);
  assert.match(describe(RINGS[1]), /above 13\.\d steps.*6\.\d in 100.*6\.58 steps to 693 steps/);
});

test("a circle has one half-life, and the longest lies in the last bar", () => {
  const circle = { inner: 0.99, outer: 0.99 };
  close(median(circle), halfLife(0.99), 1e-9);
  assert.deepEqual([shareAbove(60, circle), shareAbove(70, circle)], [1, 0]);
  assert.ok(halfLife(WIDEST) < EDGES.at(-1));
});

test("a radius that passes the other one pushes it", () => {
  assert.deepEqual(moved({ inner: 0.5, outer: 0.9 }, "inner", 0.95), { inner: 0.95, outer: 0.95 });
  assert.deepEqual(moved({ inner: 0.5, outer: 0.9 }, "outer", 0.2), { inner: 0.2, outer: 0.2 });
  assert.deepEqual(moved({ inner: 0.5, outer: 0.9 }, "outer", 0.7), { inner: 0.5, outer: 0.7 });
});

test("a key moves by equal factors of the memory, and stays inside", () => {
  for (const radius of [0, 0.5, 0.9, 0.999, WIDEST]) close(fromNines(nines(radius)), radius, 1e-6);
  const [near, far] = [0.9, 0.999].map((r) => (1 - moveByKey("ArrowUp", false, r)) / (1 - r));
  close(near, far, 1e-3);
  assert.ok(near < 1 && moveByKey("ArrowUp", true, 0.9) < moveByKey("ArrowUp", false, 0.9));
  assert.ok(moveByKey("ArrowLeft", false, 0.9) < 0.9);
  assert.equal(moveByKey("PageUp", false, WIDEST), WIDEST);
  assert.equal(moveByKey("ArrowDown", false, 0), 0);
  assert.equal(moveByKey("Home", false, 0.9), 0);
  assert.equal(moveByKey("End", false, 0.9), WIDEST);
  assert.equal(moveByKey("a", false, 0.9), null);
});
