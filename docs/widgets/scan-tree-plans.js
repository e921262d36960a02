/* Plans for the figure scan-tree: which pairs are combined in which round. Pure functions, no page.

   A node is a box of the picture: { kind: "pair", value: [a, b] } stands for the map h -> a h + b over the
   steps span = [from, to]; { kind: "state", value: h } is the state after step span[1]. It was made from
   `first` and `then` (in the order of time) or `copied` from another node, in the given `round`; it stands in
   the given `row` (the leaves in row -1) and `column`. The state before step 0 is zero. */

/** First the map (a, b), then (c, d): one map again. */
export const combine = ([a, b], [c, d]) => [c * a, c * b + d];

/** The map (a, b) applied to the state h. */
export const apply = ([a, b], h) => a * h + b;

/** The plain loop, from h = 0: the states it gives. */
export function loop(a, b) {
  let h = 0;
  return a.map((decay, t) => (h = decay * h + b[t]));
}

/** Equal up to rounding. */
export const same = (x, y) =>
  x === y || (Number.isFinite(x - y) && Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y)) + 1e-12);

/** How much a way costs for `size` steps: { work: combines, rounds }. */
export function cost(way, size, block) {
  const levels = Math.ceil(Math.log2(size));
  const blocks = Math.ceil(size / block);
  if (way === "loop") return { work: size, rounds: size };
  // In the round that looks back d steps, all but the first d combine.
  if (way === "hillis-steele") return { work: size * levels - (2 ** levels - 1), rounds: levels };
  if (way === "blelloch") return { work: 2 * (size - 1) + size, rounds: 2 * levels + 1 };
  return { work: 2 * size, rounds: 2 * block - 1 + blocks };
}

/** The rounds of a way over the pairs (a_t, b_t): { rounds: [{ phase, made }], nodes, rows, result, work }. */
export function plan(way, a, b, block = 2) {
  const leaves = a.map((decay, t) => ({
    kind: "pair",
    value: [decay, b[t]],
    span: [t, t],
    row: -1,
    column: t,
    round: 0,
  }));
  const build = {
    loop: planLoop,
    "hillis-steele": planHillisSteele,
    blelloch: planBlelloch,
    blocked: planBlocked,
  }[way];
  const made = build(leaves, block);
  const nodes = made.nodes.filter((node) => node.row >= 0);
  return { ...made, nodes, leaves, work: made.rounds.reduce((sum, round) => sum + round.made.length, 0) };
}

/** The states that are known after so many rounds: some box reaches from step 0 to t. null where none does. */
export function knownStates({ leaves, nodes, result }, round) {
  const done = [...leaves, ...nodes].filter((node) => node.round <= round && node.span[0] === 0);
  return result.map((_, t) => {
    const node = done.findLast(({ span }) => span[1] === t);
    return node ? (node.kind === "pair" ? node.value[1] : node.value) : null;
  });
}

// The state before the first step: a number without a box.
const ZERO = { kind: "state", value: 0, span: [0, -1], round: 0 };

function join(first, then, place) {
  return {
    kind: "pair",
    value: combine(first.value, then.value),
    span: [first.span[0], then.span[1]],
    first,
    then,
    ...place,
  };
}

function advance(first, then, place) {
  return {
    kind: "state",
    value: apply(then.value, first.value),
    span: [0, then.span[1]],
    first,
    then,
    ...place,
  };
}

function planLoop(leaves) {
  const result = [];
  const rounds = leaves.map((leaf, t) => {
    result.push(advance(result[t - 1] ?? ZERO, leaf, { row: 0, column: t, round: t + 1 }));
    return { phase: "loop", t, made: [result[t]] };
  });
  return { rounds, nodes: result, rows: ["state"], result };
}

function planHillisSteele(leaves) {
  const [rounds, nodes, rows] = [[], [], []];
  let result = leaves;
  for (let distance = 1; distance < leaves.length; distance *= 2) {
    const before = result;
    const place = (t) => ({ row: rows.length, column: t, round: rounds.length + 1 });
    result = before.map((node, t) =>
      t < distance
        ? { ...node, first: null, then: null, copied: node, ...place(t) }
        : join(before[t - distance], node, place(t)),
    );
    rounds.push({ phase: "look", distance, made: result.slice(distance) });
    nodes.push(...result);
    rows.push("pair");
  }
  return { rounds, nodes, rows, result };
}

function planBlelloch(leaves) {
  const [rounds, nodes, rows, levels] = [[], [], [], [leaves]];
  while (levels.at(-1).length > 1) {
    const below = levels.at(-1);
    const above = [];
    for (let i = 0; i < below.length; i += 2) {
      const [left, right] = [below[i], below[i + 1]];
      // A node without a neighbour goes up alone.
      if (!right) above.push(left);
      else
        above.push(
          join(left, right, {
            row: rows.length,
            column: (left.column + right.column) / 2,
            round: rounds.length + 1,
          }),
        );
    }
    const made = above.filter((node) => node.row === rows.length);
    levels.push(above);
    rounds.push({ phase: "up", level: levels.length - 1, made });
    nodes.push(...made);
    rows.push("pair");
  }
  // Before the first step of its part, every node of the row above is handed a state; the root gets zero.
  const root = {
    ...ZERO,
    before: true,
    row: rows.length,
    column: levels.at(-1)[0].column,
    round: rounds.length + 1,
  };
  nodes.push(root);
  rows.push("state");
  let starts = [root];
  for (let level = levels.length - 2; level >= 0; level--) {
    const parents = starts;
    starts = levels[level].map((node, i) => {
      const place = { before: true, row: rows.length, column: node.column, round: rounds.length + 1 };
      const parent = parents[i >> 1];
      return i % 2
        ? advance(parent, levels[level][i - 1], place)
        : { ...parent, first: null, then: null, copied: parent, ...place };
    });
    rounds.push({
      phase: "down",
      level: levels.length - 1 - level,
      made: starts.filter((node) => node.then),
    });
    nodes.push(...starts);
    rows.push("state");
  }
  const result = leaves.map((leaf, t) =>
    advance(starts[t], leaf, { row: rows.length, column: t, round: rounds.length + 1 }),
  );
  rounds.push({ phase: "last", made: result });
  return { rounds, nodes: [...nodes, ...result], rows: [...rows, "state"], result };
}

function planBlocked(leaves, block) {
  const blocks = [];
  for (let t = 0; t < leaves.length; t += block) blocks.push(leaves.slice(t, t + block));
  const [rounds, nodes] = [[], []];
  const totals = blocks.map((members) => members[0]);
  for (let i = 1; i < block; i++) {
    const made = [];
    for (const [k, members] of blocks.entries()) {
      if (!members[i]) continue;
      totals[k] = join(totals[k], members[i], {
        row: 0,
        column: members[i].column,
        round: rounds.length + 1,
      });
      made.push(totals[k]);
    }
    rounds.push({ phase: "summarise", member: i + 1, made });
    nodes.push(...made);
  }
  const ends = [];
  for (const [k, total] of totals.entries()) {
    ends.push(
      advance(ends[k - 1] ?? ZERO, total, { row: 1, column: total.span[1], round: rounds.length + 1 }),
    );
    rounds.push({ phase: "carry", block: k + 1, made: [ends[k]] });
  }
  const result = [];
  for (let i = 0; i < block; i++) {
    const made = [];
    for (const [k, members] of blocks.entries()) {
      if (!members[i]) continue;
      const t = members[i].column;
      const first = i ? result[t - 1] : (ends[k - 1] ?? ZERO);
      made.push((result[t] = advance(first, members[i], { row: 2, column: t, round: rounds.length + 1 })));
    }
    rounds.push({ phase: "fill", member: i + 1, made });
  }
  return { rounds, nodes: [...nodes, ...ends, ...result], rows: ["pair", "state", "state"], result };
}
