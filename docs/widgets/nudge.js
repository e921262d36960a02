/* <minirnn-nudge>: a tiny nudge at the first state of a network, and how large it is some steps later.

   h_t = tanh(s R h_{t-1} + x_t), or without the tanh. R is a turn of SIZE numbers, made by chance and always
   the same; s is how much it stretches; the inputs x_t are small. A nudge too small to be seen becomes
   d_t = (1 - h_t^2) s R d_{t-1}, or s R d_{t-1} without the tanh. Keys: those of a slider. */

import {
  choice,
  clamp,
  define,
  format,
  html,
  line,
  liveSentence,
  points,
  slider,
  svg,
  table,
  text,
  Widget,
} from "./shared.js";
import { NUDGE as STRINGS } from "./strings.js";

export const SIZE = 32;
export const STEPS = 60;
const DECADES = 9; // shown, up and down
const [TOP, BOTTOM, LEFT] = [10, 210, 118];

/** Numbers between -1 and 1 by chance, the same in every browser. */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const scaled = (a, factor) => a.map((x) => x * factor);

/** A matrix whose rows have length 1 and stand at right angles: a turn, which stretches nothing. */
export function turn(size, random) {
  const rows = [];
  while (rows.length < size) {
    let row = Array.from({ length: size }, random);
    for (let again = 0; again < 2; again++)
      for (const other of rows) {
        const part = dot(row, other);
        row = row.map((x, i) => x - part * other[i]);
      }
    rows.push(scaled(row, 1 / Math.sqrt(dot(row, row))));
  }
  return rows;
}

const random = chance(7);
const TURN = turn(SIZE, random);
const INPUTS = Array.from({ length: STEPS }, () => Array.from({ length: SIZE }, () => 0.2 * random()));
const DIRECTION = Array.from({ length: SIZE }, random);

/** How large the nudge is after each step, with its size at the start as 1. */
export function sizes(stretch, activation) {
  const times = (h) => TURN.map((row) => stretch * dot(row, h));
  let h = Array(SIZE).fill(0);
  let nudge = scaled(DIRECTION, 1 / Math.sqrt(dot(DIRECTION, DIRECTION)));
  return INPUTS.map((x) => {
    h = times(h).map((z, i) => (activation === "tanh" ? Math.tanh(z + x[i]) : z + x[i]));
    nudge = times(nudge).map((d, i) => (activation === "tanh" ? d * (1 - h[i] * h[i]) : d));
    return Math.sqrt(dot(nudge, nudge));
  });
}

/** What became of the nudge, by its name in strings.js. */
export const fate = (last) => (last < 0.01 ? "dies" : last < 0.9 ? "fades" : last <= 1.1 ? "stays" : "grows");

class Nudge extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.stretch = this.number("stretch", 1, 0.5, 2.5);
    this.activation = "tanh";
    this.slider = slider(STRINGS.stretch, { min: 0.5, max: 2.5, step: 0.05 }, (value) => {
      this.stretch = value;
      this.draw();
    });
    const choose = (value) => {
      this.activation = value;
      this.draw();
    };
    this.picture = svg("svg", { role: "img" });
    this.sentence = liveSentence();
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    this.frame.append(
      this.slider.row,
      html("div", { class: "buttons" }, choice(STRINGS.activation, STRINGS.activations, "tanh", choose)),
      this.picture,
      this.sentence.element,
      this.numbers,
    );
  }

  draw() {
    const course = sizes(this.stretch, this.activation);
    this.slider.show(this.stretch, format(this.stretch));
    const said = STRINGS.told(STRINGS.fates[fate(course.at(-1))], STEPS, format(course.at(-1), 2));
    const told = `${said} ${STRINGS.why(this.activation, this.stretch)}`;
    this.sentence.say(told);
    this.picture.setAttribute("aria-label", `${STRINGS.picture} ${told}`);
    const width = Math.max(this.frame.clientWidth - 32, 240);
    this.picture.setAttribute("viewBox", `0 0 ${width} ${BOTTOM + 24}`);
    const sx = (t) => LEFT + (t / STEPS) * (width - LEFT - 14);
    const sy = (log) => (TOP + BOTTOM) / 2 - (clamp(log, -DECADES, DECADES) / DECADES) * ((BOTTOM - TOP) / 2);
    const path = [[sx(0), sy(0)], ...course.map((size, i) => [sx(i + 1), sy(Math.log10(size))])];
    this.picture.replaceChildren(
      ...STRINGS.marks.flatMap(([decade, name]) => [
        line(LEFT, sy(decade), width, sy(decade), decade ? "grid" : "axis"),
        text(LEFT - 6, sy(decade) + 4, name, "tick", "end"),
      ]),
      svg("polyline", { points: points(path), class: "course" }),
      ...[0, 20, 40, 60].map((t) => text(sx(t), BOTTOM + 18, t ? String(t) : STRINGS.steps)),
    );
    if (!this.numbers.open) return;
    this.numbers.querySelector("table")?.remove();
    const rows = course.map((size, i) => [String(i + 1), format(size)]);
    this.numbers.append(table(STRINGS.table, STRINGS.header, rows));
  }
}

define("minirnn-nudge", Nudge);
