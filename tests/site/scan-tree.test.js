// Every way to scan against the plain loop, its counts against counting, and the steps back against steps on.
import assert from "node:assert/strict";
import test from "node:test";
import { combine, cost, knownStates, plan, same } from "../../docs/widgets/scan-tree-plans.js";

const WAYS = ["loop", "hillis-steele", "blelloch", "blocked"];

// Numbers without a pattern, but the same each time.
function numbers(count, seed) {
  let x = seed;
  return Array.from(
    { length: count },
    () => ((x = (x * 1103515245 + 12345) % 2147483648) / 2147483648) * 3 - 1.5,
  );
}

function states(a, b) {
  const result = [];
  for (let t = 0; t < a.length; t++) result.push(a[t] * (t ? result[t - 1] : 0) + b[t]);
  return result;
}

const value = (node) => (node.kind === "pair" ? node.value[1] : node.value);
const close = (x, y) => assert.ok(Math.abs(x - y) <= 1e-12 * Math.max(1, Math.abs(y)), `${x} is not ${y}`);

test("combine is doing one map and then the other, and the grouping does not matter", () => {
  const [f, g, k] = [
    [2, 3],
    [-0.5, 1],
    [4, -2],
  ];
  const map =
    ([a, b]) =>
    (h) =>
      a * h + b;
  for (const h of [0, 1, -2.5]) assert.equal(map(combine(f, g))(h), map(g)(map(f)(h)));
  assert.deepEqual(combine(combine(f, g), k), combine(f, combine(g, k)));
  assert.notDeepEqual(combine(f, g), combine(g, f));
});

for (const way of WAYS) {
  for (let size = 2; size <= 13; size++) {
    for (const block of way === "blocked" ? [2, 3, 4, 8] : [2]) {
      test(`${way}, ${size} steps, blocks of ${block}: the states are those of the loop`, () => {
        const [a, b] = [numbers(size, size), numbers(size, size + 99)];
        const { result, rounds, nodes, work } = plan(way, a, b, block);
        assert.equal(result.length, size);
        states(a, b).forEach((h, t) => close(value(result[t]), h));
        result.forEach(({ span }, t) => assert.deepEqual(span, [0, t]));

        // Nothing is used before the round that made it has ended.
        rounds.forEach(({ made }, i) => {
          for (const node of made) {
            assert.equal(node.round, i + 1);
            // The zero before the first step is given, not made.
            const given = (from) => from.kind === "state" && from.span[1] < 0;
            for (const from of [node.first, node.then]) assert.ok(given(from) || from.round < node.round);
            assert.equal(node.first.span[1] + 1, node.then.span[0]);
          }
        });
        const counted = nodes.filter((node) => node.then).length;
        assert.equal(work, counted);

        // Every pair and every state is what the loop over its own steps gives.
        for (const { kind, span, value: found } of nodes) {
          const [from, to] = [span[0], span[1] + 1];
          const own = states(a.slice(from, to), b.slice(from, to)).at(-1) ?? 0;
          close(kind === "pair" ? found[1] : found, own);
          if (kind === "pair")
            close(
              found[0],
              a.slice(from, to).reduce((x, y) => x * y, 1),
            );
        }

        // No two boxes in one place.
        const places = nodes.map((node) => `${node.row} ${node.column}`);
        assert.equal(new Set(places).size, places.length);
      });
    }
  }
}

test("a constant decay gives the closed form a^t", () => {
  const impulse = [1, 0, 0, 0, 0, 0, 0, 0];
  for (const way of WAYS)
    plan(
      way,
      impulse.map(() => 0.5),
      impulse,
    ).result.forEach((node, t) => close(value(node), 2 ** -t));
});

test("the price that is told is the price that is counted", () => {
  for (const way of WAYS)
    for (const size of [2, 4, 8, 16, 64])
      for (const block of way === "blocked" ? [2, 4].filter((block) => block <= size) : [2]) {
        const { work, rounds } = plan(way, numbers(size, 1), numbers(size, 2), block);
        assert.deepEqual(cost(way, size, block), { work, rounds: rounds.length }, `${way} ${size} ${block}`);
      }
  for (const size of [3, 5, 7, 13])
    for (const way of ["loop", "hillis-steele", "blelloch"])
      assert.deepEqual(cost(way, size), {
        work: plan(way, numbers(size, 1), numbers(size, 2)).work,
        rounds: plan(way, numbers(size, 1), numbers(size, 2)).rounds.length,
      });
});

test("1024 steps cost what the text says", () => {
  assert.deepEqual(cost("loop", 1024), { work: 1024, rounds: 1024 });
  assert.deepEqual(cost("hillis-steele", 1024), { work: 9217, rounds: 10 });
  assert.deepEqual(cost("blelloch", 1024), { work: 3070, rounds: 21 });
  assert.deepEqual(cost("blocked", 1024, 32), { work: 2048, rounds: 95 });
});

test("a state is known as soon as some box reaches from the first step to it, and not before", () => {
  const [a, b] = [numbers(8, 5), numbers(8, 6)];
  const told = states(a, b);
  const count = (way, round) => {
    const known = knownStates(plan(way, a, b), round);
    known.forEach((h, t) => h === null || close(h, told[t]));
    return known.filter((h) => h !== null).length;
  };
  assert.deepEqual(
    [0, 1, 2, 3].map((round) => count("hillis-steele", round)),
    [1, 2, 4, 8],
  );
  assert.deepEqual(
    [0, 1, 5, 8].map((round) => count("loop", round)),
    [1, 1, 5, 8],
  );
  assert.deepEqual(
    [0, 1, 2, 3, 6, 7].map((round) => count("blelloch", round)),
    [1, 2, 3, 4, 8, 8],
  );
  assert.deepEqual(
    [1, 5, 6, 7].map((round) => count("blocked", round)),
    [2, 5, 8, 8],
  );
});

test("same forgives rounding and nothing else", () => {
  assert.ok(same(0.1 + 0.2, 0.3) && same(Infinity, Infinity) && same(0, 0) && same(1e9, 1e9 + 1e-3));
  assert.ok(!same(1, 1.000001) && !same(1, -1) && !same(NaN, 1) && !same(Infinity, 1));
});
