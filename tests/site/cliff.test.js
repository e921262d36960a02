// The cliff against numbers of Python (test_cliff_numbers.py), and what the figure says of its steps.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  along,
  curve,
  FROM,
  LIMIT,
  lossAt,
  moveByKey,
  place,
  RATE,
  step,
  tell,
  TO,
} from "../../docs/widgets/cliff.js";

const known = JSON.parse(readFileSync(new URL("cliff.numbers.json", import.meta.url), "utf-8"));
const near = (found, expected, relative) =>
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected) + 1e-12, `${found}, not ${expected}`);

test("loss and slope are those that Python finds with sixty digits and finite differences", () => {
  assert.ok(known.some(({ slope }) => Math.abs(slope) > 1e4) && known.some(({ slope }) => Math.abs(slope) < 0.1));
  for (const { w, b, loss, slope } of known) {
    const found = lossAt(w, b);
    near(found.loss, loss, 1e-6); // rounding grows a million times on the way down
    near(found.slope, slope, 1e-6);
  }
});

test("a step goes against the slope, and with the clip no further than the limit allows", () => {
  for (const { w, b, slope } of known) {
    const ends = step(lossAt(w, b), b);
    near(ends.without.w, w - RATE * slope, 1e-6);
    assert.ok(Math.abs(ends.with.w - w) <= RATE * LIMIT + 1e-12);
    assert.equal(Math.sign(ends.with.w - w), Math.sign(ends.without.w - w));
    if (Math.abs(slope) <= LIMIT) assert.equal(ends.with.w, ends.without.w);
    assert.deepEqual(ends.with, lossAt(ends.with.w, b));
  }
});

test("the curve goes from end to end without a gap, and down the cliff too", () => {
  for (const b of [-3, -2.5, -2, -1]) {
    const path = curve(b);
    assert.deepEqual([path[0].w, path.at(-1).w], [FROM, TO]);
    path.slice(1).forEach((p, i) => {
      assert.ok(p.w > path[i].w && p.s > path[i].s && p.s - path[i].s < 7);
      assert.ok(Math.abs(p.loss - path[i].loss) < 0.005);
    });
  }
});

test("a place along the curve and back", () => {
  const path = curve(-2.5);
  for (const s of [0, 1, 250, 390, 440, 480, 600, path.at(-1).s])
    assert.ok(Math.abs(place(path, along(path, s)) - s) < 1e-3);
  assert.equal(along(path, 0), FROM);
  assert.equal(along(path, 1e9), TO);
});

test("arrow keys walk down the cliff in more than ten steps", () => {
  const path = curve(-2.5);
  let [s, onCliff] = [0, 0];
  for (let presses = 0; s < path.at(-1).s; presses++) {
    assert.ok(presses < 200);
    s = moveByKey("ArrowRight", false, s, path.at(-1).s);
    if (Math.abs(lossAt(along(path, s), -2.5).slope) > 100) onCliff++;
  }
  assert.ok(onCliff > 10);
});

test("keys move the point, finer with Shift, and stop at the ends", () => {
  assert.ok(moveByKey("ArrowRight", true, 100, 700) - 100 < moveByKey("ArrowRight", false, 100, 700) - 100);
  assert.ok(moveByKey("PageDown", false, 100, 700) < moveByKey("ArrowDown", false, 100, 700));
  assert.equal(moveByKey("ArrowLeft", false, 1, 700), 0);
  assert.equal(moveByKey("End", false, 1, 700), 700);
  assert.equal(moveByKey("Home", false, 1, 700), 0);
  assert.equal(moveByKey("a", false, 1, 700), null);
});

test("the sentence: on the hill the clip changes nothing, on the cliff it keeps the step in the picture", () => {
  const path = curve(-2.5);
  const said = (w) => tell(path, w, -2.5);
  assert.match(said(4.5), /^On the hill, at w = 4.5 .* the clip changes nothing/);
  assert.match(said(6.5), /^On the plain/);
  const steepest = path.reduce((p, q) => (Math.abs(q.slope) > Math.abs(p.slope) ? q : p));
  const { without } = step(steepest, -2.5);
  assert.ok(without.w > 3000 && Math.abs(without.slope) < 1e-6);
  assert.match(said(steepest.w), /^On the cliff, .* flies far out of the picture, to w = 34\d\d, .* so flat/);
  assert.match(said(steepest.w), /With it the step ends at w = 5\.819/);
  assert.doesNotMatch(said(4.5), /no cliff/);
});

test("without a cliff it says so, and where the cliff is low the step stays in the picture", () => {
  for (const w of [2, 3, 6]) assert.match(tell(curve(-1.5), w, -1.5), /^At w = .* there is no cliff/);
  assert.match(tell(curve(-2), 3.95, -2), /^On the steep part, .* goes out of the picture, to w = 8\.\d/);
  assert.match(tell(curve(-1.9), 3.7, -1.9), /^On the steep part, .* Without the clip the step goes to w = 5\.\d/);
});
