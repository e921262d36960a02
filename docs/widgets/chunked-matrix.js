/* <minirnn-chunked-matrix>: the matrix of a recurrence, cut into chunks, and what its three forms cost.

   h_t = a_t h_{t-1} + x_t B_t^T and y_t = h_t C_t with h_0 = 0 is Y = (L * (C B^T)) X, where L_ts =
   a_t ... a_{s+1} for s <= t. The picture shows L: more ink, more of x_s left at step t. Multiplications are
   those of one head with d_state and head_dim SIZE; L itself is taken as given, and what is 0 for certain is
   not counted: the part above the diagonal, the state before the first chunk, the one after the last.

   Attribute, optional: chunk="4", from 1 to 24. Keys: those of a slider. */

import { clamp, define, html, liveSentence, slider, svg, table, text, Widget } from "./shared.js";
import { CHUNKED_MATRIX as STRINGS } from "./strings.js";

export const SIZE = 8;
export const DECAYS = [
  0.9, 0.95, 0.9, 0.98, 0.6, 0.95, 0.9, 0.97, 0.93, 0.35, 0.96, 0.9, 0.98, 0.95, 0.92, 0.97, 0.7, 0.95, 0.9,
  0.98, 0.96, 0.5, 0.95, 0.97,
];
export const STEPS = DECAYS.length;

/** L, row by row: what is left at step t of what came in at step s. */
export function matrix(decays = DECAYS) {
  const left = (t, s) => decays.slice(s + 1, t + 1).reduce((a, b) => a * b, 1);
  return decays.map((_, t) => decays.map((_, s) => (s > t ? 0 : left(t, s))));
}

/** How long each chunk is: the last one is what is left over. */
export const chunks = (length, steps = STEPS) =>
  Array.from({ length: Math.ceil(steps / length) }, (_, i) => Math.min(length, steps - i * length));

const triangle = (steps, size) => ((steps * (steps + 1)) / 2) * (2 * size + 1);

/** Multiplications, and the states that are made one after another, of each form. */
export function costs(length, steps = STEPS, size = SIZE) {
  const parts = chunks(length, steps);
  const between = parts.length - 1; // states that are passed on
  const moved = (q) => q * size * (size + 1); // into a state, or out of it: the decay, then the product
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  const within = sum(parts.map((q) => triangle(q, size)));
  const written = sum(parts.slice(0, -1).map(moved));
  const read = sum(parts.slice(1).map(moved));
  const passed = Math.max(between - 1, 0) * size * size;
  return {
    recurrent: { products: (3 * steps - 1) * size * size, states: steps },
    quadratic: { products: triangle(steps, size), states: 0 },
    chunked: { products: within + written + read + passed, states: between },
  };
}

/** The length of a chunk with the fewest multiplications. */
export function best(steps = STEPS, size = SIZE) {
  const all = Array.from({ length: steps }, (_, i) => costs(i + 1, steps, size).chunked.products);
  return 1 + all.indexOf(Math.min(...all));
}

/** What one sees, in words. */
export function tell(length) {
  const found = costs(length);
  const { products, states } = found.chunked;
  const said =
    length === STEPS
      ? STRINGS.whole(STEPS)
      : length === 1
        ? STRINGS.single(states)
        : STRINGS.between(length, states + 1, states, STEPS % length);
  return `${said} ${STRINGS.count(products, found.recurrent.products, found.quadratic.products)}`;
}

class ChunkedMatrix extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.chunk = Math.round(this.number("chunk", 4, 1, STEPS));
    this.slider = slider(STRINGS.chunk, { min: 1, max: STEPS, step: 1 }, (value) => {
      this.chunk = clamp(Math.round(value), 1, STEPS);
      this.draw();
    });
    this.picture = svg("svg", { role: "img", class: "chunked" });
    this.sentence = liveSentence();
    this.counts = html("div");
    this.frame.append(
      this.slider.row,
      html("div", { class: "columns" }, html("div", { class: "half" }, this.picture), this.counts),
      this.sentence.element,
      html("p", { class: "hint" }, STRINGS.hint(SIZE)),
    );
    this.values = matrix();
  }

  draw() {
    const told = tell(this.chunk);
    this.slider.show(this.chunk, STRINGS.steps(this.chunk));
    this.sentence.say(told);
    this.picture.setAttribute("aria-label", `${STRINGS.picture} ${told}`);
    const cell = 12;
    const at = (step) => 20 + step * cell;
    const square = (x, y, wide, high, rest) =>
      svg("rect", { x: at(x), y: at(y), width: wide * cell, height: high * cell, ...rest });
    const ink = this.values.flatMap((row, t) =>
      row
        .slice(0, t + 1)
        .map((value, s) => square(s, t, 1, 1, { class: "ink", "fill-opacity": value.toFixed(3) })),
    );
    const blocks = [];
    const parts = chunks(this.chunk);
    parts.forEach((q, i) => {
      const start = i * this.chunk;
      if (i) blocks.push(square(0, start, start, q, { class: "below" }));
      blocks.push(square(start, start, q, q, { class: "chunk" }));
    });
    this.picture.setAttribute("viewBox", `0 0 ${at(STEPS) + 4} ${at(STEPS) + 4}`);
    const middle = at(STEPS / 2);
    const turned = `rotate(-90 14 ${middle})`;
    const upright = { x: 14, y: middle, transform: turned, class: "tick", "text-anchor": "middle" };
    this.picture.replaceChildren(
      ...ink,
      ...blocks,
      text(middle, 14, STRINGS.columns),
      svg("text", upright, STRINGS.rows),
    );
    const found = costs(this.chunk);
    const rows = Object.entries(STRINGS.forms).map(([form, name]) => [
      name,
      STRINGS.number(found[form].products),
      String(found[form].states),
    ]);
    this.counts.replaceChildren(table(STRINGS.table, STRINGS.header, rows));
  }
}

define("minirnn-chunked-matrix", ChunkedMatrix);
