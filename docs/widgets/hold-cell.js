/* <minirnn-hold-cell>: a cell that has to hold one number of many, with gates that are the same at every step.

   c_t = f c_{t-1} + (1 - f) x_t, f = sigmoid(b): the slider is b. Small b: the number is forgotten; large b: it
   is hardly let in. The other choice lets the gates read the mark: f = 0 there and 1 elsewhere, and it is held.
   Keys: those of a slider and of radio buttons. */

import {
  choice,
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
import { HOLD_CELL as STRINGS } from "./strings.js";

export const NUMBERS = [0.3, -0.5, 0.1, 0.8, -0.4, 0.6, -0.2, 0.5, -0.7, 0.2, -0.3, 0.4, -0.6, 0.1, 0.3, -0.4];
export const MARK = 3;
export const BIASES = { min: -3, max: 6, step: 0.1 };
const [LEFT, TOP, BOTTOM, STRIP] = [34, 14, 194, 26]; // of the picture, and how high the gates are below it

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** The keep gate at each step. gates: "fixed" or "reading". */
export const keeps = (bias, gates) =>
  NUMBERS.map((_, t) => (gates === "fixed" ? sigmoid(bias) : t === MARK ? 0 : 1));

/** The cell after each step; it starts empty. */
export function cells(kept) {
  let c = 0;
  return NUMBERS.map((x, t) => (c = kept[t] * c + (1 - kept[t]) * x));
}

/** What share of the marked number is taken in, and what share is left of it after the last step. */
export function shares(kept) {
  const taken = 1 - kept[MARK];
  return { taken, left: kept.slice(MARK + 1).reduce((share, f) => share * f, taken) };
}

/** How many steps what is written stays, with the step of writing: on average, and until half of it is gone. */
export const stays = (bias) => ({ average: 1 + Math.exp(bias), half: Math.LN2 / Math.log1p(Math.exp(-bias)) });

class HoldCell extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.frame.classList.add("holding");
    this.bias = this.number("bias", 0, BIASES.min, BIASES.max);
    this.gates = "fixed";
    this.slider = slider(STRINGS.bias, BIASES, (value) => {
      this.bias = value;
      this.draw();
    });
    const choose = (value) => {
      this.gates = value;
      this.slider.input.disabled = value !== "fixed";
      this.draw();
    };
    this.picture = svg("svg", { role: "img" });
    this.sentence = liveSentence();
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    this.frame.append(
      html("p", { class: "formula" }, STRINGS.formula),
      html("div", { class: "buttons" }, choice(STRINGS.gates, STRINGS.choices, "fixed", choose)),
      this.slider.row,
      this.picture,
      this.sentence.element,
      this.numbers,
    );
  }

  draw() {
    const kept = keeps(this.bias, this.gates);
    const course = cells(kept);
    this.slider.show(this.bias, this.gates === "fixed" ? `b = ${format(this.bias)}` : STRINGS.idle);
    const [end, wanted] = [course.at(-1), NUMBERS[MARK]].map((x) => format(x, 2));
    const { taken, left } = shares(kept);
    const { average, half } = stays(this.bias);
    const parts = [sigmoid(this.bias), average, half].map((x) => format(x, 2));
    const fixed = this.gates === "fixed";
    const told = fixed ? STRINGS.told(parts, taken, left, end, wanted) : STRINGS.held(end);
    this.sentence.say(told);
    this.picture.setAttribute("aria-label", `${STRINGS.picture} ${told}`);
    this.sketch(kept, course);
    if (!this.numbers.open) return;
    this.numbers.querySelector("table")?.remove();
    const rows = course.map((c, t) => [
      STRINGS.step(t, t === MARK),
      ...[NUMBERS[t], kept[t], c].map((x) => format(x)),
    ]);
    this.numbers.append(table(STRINGS.table, STRINGS.header, rows));
  }

  sketch(kept, course) {
    const width = Math.max(this.frame.clientWidth - 32, 240);
    const foot = BOTTOM + 24 + STRIP;
    this.picture.setAttribute("viewBox", `0 0 ${width} ${foot + 38}`);
    const gap = (width - LEFT - 8) / NUMBERS.length;
    const sx = (t) => LEFT + (t + 0.5) * gap;
    const sy = (x) => (TOP + BOTTOM) / 2 - (x * (BOTTOM - TOP)) / 2;
    const [goal, box] = [sy(NUMBERS[MARK]), Math.min(gap - 4, 26)];
    const bar = (t, height, name) =>
      svg("rect", { x: sx(t) - box / 2, y: foot - height, width: box, height, class: name });
    this.picture.replaceChildren(
      ...[1, 0, -1].flatMap((x) => [
        line(LEFT, sy(x), width, sy(x), x ? "grid" : "axis"),
        text(LEFT - 6, sy(x) + 4, format(x), "tick", "end"),
      ]),
      line(sx(MARK), goal, width, goal, "goal"),
      text(width, goal - 7, STRINGS.goal, "told", "end"),
      ...NUMBERS.flatMap((x, t) => {
        const [r, name, stem] = t === MARK ? [6, "chosen", "arm"] : [3.5, "other", "feed"];
        return [
          line(sx(t), sy(0), sx(t), sy(x), stem),
          svg("circle", { cx: sx(t), cy: sy(x), r, class: name }),
          bar(t, STRIP, "gate"),
          bar(t, kept[t] * STRIP, "yours"),
        ];
      }),
      svg("polyline", { points: points(course.map((c, t) => [sx(t), sy(c)])), class: "course" }),
      ...course.map((c, t) => svg("rect", { x: sx(t) - 3, y: sy(c) - 3, width: 6, height: 6, class: "yours" })),
      text(LEFT - 6, foot - STRIP / 2 + 4, "f", "formula", "end"),
      ...[0, 7, 11, 15].map((t) => text(sx(t), foot + 16, String(t))),
      text(sx(MARK), foot + 16, STRINGS.mark, "told"),
      text(LEFT, foot + 34, STRINGS.key, "tick", "start"),
    );
  }
}

define("minirnn-hold-cell", HoldCell);
