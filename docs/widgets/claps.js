/* <minirnn-claps>: claps in a hall, the echo of each as a layer of its own, and the state: the stack of layers.

   h_t = a h_{t-1} + x_t, or tanh(a h_{t-1} + x_t), from h_-1 = 0. A layer is the answer to one clap alone, so
   without the tanh the layers add up to the state, and with it they do not.

   Attributes, both optional:
     a="0.5"          the decay, from -1 to 1
     claps="1,0,2"    from the first step on, each from -1 to 2; 0 is none
   A tap on a clap's field makes the next loudness. Keys: Left and Right go from step to step, Up and Down make
   louder and softer, Space and Enter do what a tap does. */

import {
  choice,
  clamp,
  define,
  format,
  html,
  line,
  liveSentence,
  lowered,
  parseNumbers,
  points,
  raised,
  slider,
  svg,
  table,
  text,
  Widget,
} from "./shared.js";
import { CLAPS as STRINGS } from "./strings.js";

export const STEPS = 12;
export const [SOFTEST, LOUDEST] = [-1, 2];
const [LEFT, TOP, BOTTOM, FIELD] = [24, 12, 190, 44];
const [COLOURS, HATCHES] = [
  ["blue", "orange", "green"],
  ["plain", "slant", "dots", "rows"],
];

/** The states h_0, h_1, ... of the inputs x. */
export function run(x, a, squeeze) {
  let h = 0;
  return x.map((input) => (h = squeeze === "tanh" ? Math.tanh(a * h + input) : a * h + input));
}

/** For each clap: its step, its loudness and the states that there would be with this clap alone. */
export function layers(x, a, squeeze) {
  return x.flatMap((loudness, step) => {
    const alone = x.map((_, t) => (t === step ? loudness : 0));
    return loudness ? [{ step, loudness, heard: run(alone, a, squeeze) }] : [];
  });
}

/** What a tap makes of a clap: none, 1, 2, -1, none. */
export const next = (loudness) => ({ 0: 1, 1: LOUDEST, [LOUDEST]: SOFTEST, [SOFTEST]: 0 })[loudness];

/** The state at step t, as the sum of its layers. */
export function tell(x, a, squeeze, t) {
  const h = run(x, a, squeeze)[t];
  const name = `h${lowered(t)}`;
  const heard = layers(x, a, squeeze).filter(({ step }) => step <= t);
  if (!heard.length) return STRINGS.silent(t, name);
  const parts = heard.map((layer) => layer.heard[t]);
  const sum = added(parts.map((part) => format(part)));
  const together = total(heard, t);
  const short = (n) => Math.abs(Number(n.toPrecision(3)) - n) < 1e-12;
  const equals = [...parts, together, h].every(short) ? " = " : " ≈ ";
  if (squeeze === "tanh" && heard.length > 1)
    return STRINGS.squeezed(t, name, sum + equals + format(together), equals + format(h), heard.length);
  const ends = [...new Set([sum, format(h)])].join(equals);
  // A long sum of powers is read by nobody.
  if (squeeze === "tanh" || heard.length > 4) return STRINGS.stacked(t, heard.length, name + equals + ends);
  const terms = added(heard.map(({ step, loudness }) => term(a, t - step, loudness)));
  return STRINGS.stacked(t, heard.length, `${name} = ${terms}${terms === sum ? "" : equals + ends}`);
}

/** a^age * loudness, in signs. */
function term(a, age, loudness) {
  if (age === 0) return format(loudness);
  const inside = (n) => (n < 0 ? `(${format(n)})` : format(n));
  return `${inside(a)}${age > 1 ? raised(age) : ""} × ${inside(loudness)}`;
}

const added = (terms) => terms.join(" + ").replaceAll("+ \u2212", "\u2212 ");

const total = (heard, t) => heard.reduce((sum, layer) => sum + layer.heard[t], 0);

class Claps extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.frame.classList.add("hall");
    const { values } = parseNumbers(this.getAttribute("claps") ?? "1,0,2,0,0,1");
    this.claps = Array.from({ length: STEPS }, (_, t) => clamp(Math.round(values[t] ?? 0), SOFTEST, LOUDEST));
    this.looks = this.claps.map(() => null);
    this.claps.forEach((loudness, t) => this.set(t, loudness));
    this.at = Math.max(this.claps.findLastIndex(Boolean), 0);
    this.a = this.number("a", 0.5, -1, 1);
    this.squeeze = "none";
    this.slider = slider(STRINGS.a, { min: -1, max: 1, step: 0.05 }, (value) => {
      this.a = value;
      this.draw();
    });
    const choose = (value) => {
      this.squeeze = value;
      this.draw();
    };
    this.picture = svg("svg", { class: "claps" });
    this.ground = svg("g", { role: "img" });
    this.ground.addEventListener("pointerdown", (event) => this.look(event));
    this.ground.addEventListener("pointermove", (event) => this.look(event));
    this.fields = this.claps.map((_, t) => this.field(t));
    this.picture.append(patterns(), this.ground, ...this.fields.map(({ element }) => element));
    this.sentence = liveSentence();
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    this.frame.append(
      this.slider.row,
      this.picture,
      html("p", { class: "hint" }, STRINGS.hint),
      this.sentence.element,
      html("div", { class: "buttons" }, choice(STRINGS.squeeze, STRINGS.squeezes, "none", choose)),
      this.numbers,
    );
  }

  /** The field of one step, below its column: the clap's loudness, in the look of its layer. */
  field(t) {
    const box = svg("rect", { y: 2, height: FIELD - 4, rx: 5, class: "box" });
    const hatch = svg("rect", { y: 2, height: FIELD - 4, rx: 5 });
    const loudness = text(0, FIELD / 2 + 5, "", "loudness");
    const role = { role: "spinbutton", "aria-valuemin": SOFTEST, "aria-valuemax": LOUDEST };
    const element = svg("g", { ...role, "aria-label": STRINGS.field(t) }, box, hatch, loudness);
    element.addEventListener("click", () => this.change(t, next(this.claps[t])));
    element.addEventListener("focus", () => this.see(t));
    element.addEventListener("keydown", (event) => {
      const aside = { ArrowLeft: t - 1, ArrowRight: t + 1, Home: 0, End: STEPS - 1 }[event.key];
      const now = this.claps[t];
      const louder = { ArrowUp: now + 1, ArrowDown: now - 1, " ": next(now), Enter: next(now) };
      const changed = louder[event.key];
      if (aside !== undefined) this.fields[clamp(aside, 0, STEPS - 1)].element.focus();
      else if (changed !== undefined) this.change(t, clamp(changed, SOFTEST, LOUDEST));
      else return;
      event.preventDefault();
    });
    return { element, box, hatch, loudness };
  }

  /** A clap keeps its look for as long as it is there. */
  set(t, loudness) {
    this.claps[t] = loudness;
    const free = this.looks.map((_, i) => i).find((i) => !this.looks.includes(i));
    this.looks[t] = loudness ? (this.looks[t] ?? free) : null;
  }

  change(t, loudness) {
    this.set(t, loudness);
    this.see(t);
  }

  see(t) {
    this.at = t;
    this.draw();
  }

  look(event) {
    const box = this.picture.getBoundingClientRect();
    const t = Math.floor((((event.clientX - box.left) / box.width) * this.width - LEFT) / this.column);
    if (t >= 0 && t < STEPS && t !== this.at) this.see(t);
  }

  draw() {
    const heard = layers(this.claps, this.a, this.squeeze);
    const states = run(this.claps, this.a, this.squeeze);
    const told = tell(this.claps, this.a, this.squeeze, this.at);
    this.slider.show(this.a, format(this.a));
    this.sentence.say(told);
    this.ground.setAttribute("aria-label", `${STRINGS.picture} ${told}`);
    this.width = Math.max(this.frame.clientWidth - 32, 240);
    this.column = (this.width - LEFT) / STEPS;
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${BOTTOM + 22 + FIELD}`);
    this.drawStack(heard, states);
    this.fields.forEach(({ element, box, hatch, loudness }, t) => {
      const { colour, hatch: name } = lookOf(this.looks[t]);
      element.setAttribute("class", `field-of-step ${t === this.at ? "seen" : ""} ${colour}`);
      element.setAttribute("tabindex", t === this.at ? 0 : -1);
      element.setAttribute("aria-valuenow", this.claps[t]);
      const words = `${STRINGS.claps(this.claps[t])}; h${lowered(t)} = ${format(states[t])}`;
      element.setAttribute("aria-valuetext", words);
      element.setAttribute("transform", `translate(${LEFT + t * this.column},${BOTTOM + 20})`);
      for (const each of [box, hatch]) {
        each.setAttribute("x", 1);
        each.setAttribute("width", this.column - 2);
      }
      hatch.setAttribute("class", name);
      loudness.setAttribute("x", this.column / 2);
      loudness.textContent = this.claps[t] ? format(this.claps[t]) : "·";
    });
    if (!this.numbers.open) return;
    this.numbers.querySelector("table")?.remove();
    const rows = states.map((h, t) => [t, this.claps[t], total(heard, t), h].map((x) => format(x)));
    this.numbers.append(table(STRINGS.table, STRINGS.header, rows));
  }

  /** Layers above 0 are stacked upwards, those below it downwards; the state is a dot at their sum. */
  drawStack(heard, states) {
    const parts = states.map((_, t) => heard.map((layer) => layer.heard[t]));
    const side = (sign) => parts.map((each) => each.reduce((sum, x) => sum + Math.max(sign * x, 0), 0));
    const [up, down] = [Math.max(...side(1), 1.5), Math.max(...side(-1))];
    const step = [0.5, 1, 2, 4].find((size) => up + down <= 5 * size) ?? 8;
    const [high, low] = [step * Math.ceil(up / step), -step * Math.ceil(down / step)];
    const sx = (t) => LEFT + t * this.column;
    const sy = (h) => TOP + ((high - h) / (high - low)) * (BOTTOM - TOP);
    const marks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
    const stacks = states.map(() => [0, 0]);
    const bars = heard.flatMap((layer) =>
      layer.heard.map((h, t) => {
        const upwards = Number(h > 0);
        const [from, to] = [stacks[t][upwards], stacks[t][upwards] + h];
        stacks[t][upwards] = to;
        const [y, height] = [sy(Math.max(from, to)), Math.abs(sy(from) - sy(to))];
        const place = { x: sx(t) + 2.5, y, width: this.column - 5, height };
        const { colour, hatch } = lookOf(this.looks[layer.step]);
        if (height < 0.3) return null;
        const ground = svg("rect", { ...place, class: "layer" });
        return svg("g", { class: colour }, ground, svg("rect", { ...place, class: hatch }));
      }),
    );
    const dots = states.map((h, t) => [sx(t + 0.5), sy(h)]);
    this.ground.replaceChildren(
      svg("rect", { x: LEFT, y: 0, width: this.width - LEFT, height: BOTTOM + 18, class: "open" }),
      svg("rect", { x: sx(this.at), y: 2, width: this.column, height: BOTTOM + 16, class: "looked-at" }),
      ...marks.flatMap((h) => [
        line(LEFT, sy(h), this.width, sy(h), h ? "grid" : "axis"),
        text(LEFT - 4, sy(h) + 4, format(h), "tick", "end"),
      ]),
      ...bars.filter(Boolean),
      svg("polyline", { points: points(dots), class: "state-line" }),
      ...dots.map(([cx, cy]) => svg("circle", { cx, cy, r: 4.5, class: "state" })),
      ...states.map((_, t) => text(sx(t + 0.5), BOTTOM + 15, String(t))),
    );
  }
}

/** The look with that number, of twelve that differ in colour or hatch; null: of no clap. */
const lookOf = (i) =>
  i === null
    ? { colour: "", hatch: "plain" }
    : { colour: COLOURS[i % COLOURS.length], hatch: HATCHES[i % HATCHES.length] };

function patterns() {
  const drawn = {
    slant: svg("path", { d: "M0,6 L6,0 M-1,1 L1,-1 M5,7 L7,5" }),
    dots: svg("path", { d: "M2,1 v2 M5,4 v2" }),
    rows: svg("path", { d: "M0,3 H6" }),
  };
  const size = { width: 6, height: 6, patternUnits: "userSpaceOnUse" };
  return svg("defs", {}, ...Object.entries(drawn).map(([id, path]) => svg("pattern", { id, ...size }, path)));
}

define("minirnn-claps", Claps);
