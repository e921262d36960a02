/* <minirnn-hippo>: a signal drawn by hand, the n numbers that a state keeps of it, and what they bring back.

   The numbers are those of HiPPO-LegS at the end of the strip: c_i = mean of x(s) sqrt(2i+1) P_i(2s - 1) over the
   strip, 0 < s < 1, with the Legendre polynomials P_i; back comes the sum of c_i sqrt(2i+1) P_i(2s - 1). Each
   sample holds for its step, so the means are exact sums.

   Attributes, both optional:
     n="8"            how many numbers, from 1 to 32
     signal="hill"    one of PRESETS
   Keys: Left and Right choose a sample (Home, End: the first, the last), Up and Down move it (Page Up, Page Down:
   further). */

import { choice, clamp, define, format, html, line, liveSentence, points, slider, svg, text, Widget } from "./shared.js";
import { HIPPO as STRINGS } from "./strings.js";

export const SAMPLES = 64;
export const MOST = 32;
const REACH = 1.3; // of what is drawn, up and down; a sample stays within 1
const [LEFT, TOP, MIDDLE, BOTTOM] = [30, 6, 176, 276];
const FINE = 4; // points of the curve for each sample

const rounded = (shape) =>
  Array.from({ length: SAMPLES }, (_, k) => Math.round(100 * shape((k + 0.5) / SAMPLES)) / 100);
const bump = (s, at, width) => Math.exp(-(((s - at) / width) ** 2));

/** Signals to start from: a bump and a dip, a jump, waves that get faster. */
export const PRESETS = {
  hill: rounded((s) => 0.9 * bump(s, 0.3, 0.14) - 0.6 * bump(s, 0.72, 0.12)),
  step: rounded((s) => (s < 0.625 ? -0.5 : 0.7)),
  wiggle: rounded((s) => 0.8 * Math.sin(2 * Math.PI * (s + 4 * s * s))),
};

/** P_0(z), ..., P_{count-1}(z). */
export function legendre(z, count) {
  const found = [1, z];
  for (let i = 1; i < count - 1; i++) found.push(((2 * i + 1) * z * found[i] - i * found[i - 1]) / (i + 1));
  return found.slice(0, count);
}

const scale = (i) => Math.sqrt(2 * i + 1);

/** The integrals of P_0, ..., P_{MOST-1} from -1 to z. */
function integrals(z) {
  const P = legendre(z, MOST + 1);
  return Array.from({ length: MOST }, (_, i) => (i ? (P[i + 1] - P[i - 1]) / (2 * i + 1) : z + 1));
}

const EDGES = Array.from({ length: SAMPLES + 1 }, (_, k) => integrals((2 * k) / SAMPLES - 1));
const WAVES = Array.from({ length: FINE * SAMPLES + 1 }, (_, i) => legendre((2 * i) / (FINE * SAMPLES) - 1, MOST));

/** The first n numbers of the state at the end of the samples x. */
export const coefficients = (x, n) =>
  Array.from(
    { length: n },
    (_, i) => (scale(i) / 2) * x.reduce((sum, value, k) => sum + value * (EDGES[k + 1][i] - EDGES[k][i]), 0),
  );

/** What the numbers c bring back, at FINE places for each sample and at the end. */
export const back = (c) => WAVES.map((P) => c.reduce((sum, value, i) => sum + value * scale(i) * P[i], 0));

/** The root mean square of signal minus what comes back: the waves stand at right angles, so squares subtract. */
export function miss(x, c) {
  const power = (list) => list.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(Math.max(power(x) / x.length - power(c), 0));
}

/** At which sample the largest miss is, and how large: among FINE + 1 places of each sample, both edges included. */
export function worst(x, c) {
  const curve = back(c);
  const off = x.map((value, k) =>
    Math.max(...curve.slice(FINE * k, FINE * (k + 1) + 1).map((found) => Math.abs(value - found))),
  );
  const at = off.indexOf(Math.max(...off));
  return { at, off: off[at] };
}

/** What one sees, in words. */
export function tell(x, n) {
  const c = coefficients(x, n);
  const [off, most] = [miss(x, c), worst(x, c)];
  if (off < 0.005) return STRINGS.exact(n);
  const size = (value) => format(value, value < 0.1 ? 1 : 2);
  if (n === 1) return STRINGS.one(format(Number(c[0].toFixed(2))), size(off));
  return STRINGS.told(n, size(off), most.at + 1, size(most.off));
}

/** Where a key takes { at, value }, the chosen sample and its height; null for a key that does nothing. */
export function moveByKey(key, at, value) {
  const aside = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: SAMPLES - 1 }[key];
  if (aside !== undefined) return { at: clamp(aside, 0, SAMPLES - 1), value: null };
  const up = { ArrowUp: 0.05, ArrowDown: -0.05, PageUp: 0.25, PageDown: -0.25 }[key];
  return up === undefined ? null : { at, value: clamp(Math.round(100 * (value + up)) / 100, -1, 1) };
}

/** The samples after a stroke from one place to another, { at, value } each: no sample between them is left out. */
export function stroke(x, from, to) {
  const steps = Math.max(Math.abs(to.at - from.at), 1);
  const drawn = [...x];
  for (let i = 0; i <= steps; i++) {
    const share = i / steps;
    const at = from.at + Math.round(share * (to.at - from.at));
    drawn[at] = Math.round(100 * (from.value + share * (to.value - from.value))) / 100;
  }
  return drawn;
}

class Hippo extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.frame.classList.add("hippo");
    this.n = Math.round(this.number("n", 8, 1, MOST));
    const given = this.getAttribute("signal");
    const preset = given in PRESETS ? given : "hill";
    this.signal = [...PRESETS[preset]];
    this.at = SAMPLES / 2;
    this.slider = slider(STRINGS.n, { min: 1, max: MOST, step: 1 }, (value) => {
      this.n = value;
      this.draw();
    });
    const choose = (name) => {
      this.signal = [...PRESETS[name]];
      this.draw();
    };
    this.choice = choice(STRINGS.signal, STRINGS.signals, preset, choose);
    this.picture = svg("svg", { class: "strip" });
    this.ground = svg("g", { role: "img" });
    this.handle = this.makeHandle();
    this.picture.append(this.ground, this.handle);
    this.listen();
    this.sentence = liveSentence();
    this.frame.append(
      html("div", { class: "buttons" }, this.choice),
      this.picture,
      html("p", { class: "hint" }, STRINGS.hint),
      this.slider.row,
      this.sentence.element,
    );
  }

  makeHandle() {
    const role = { role: "spinbutton", tabindex: 0, "aria-valuemin": -1, "aria-valuemax": 1 };
    const parts = [svg("circle", { r: 9, class: "halo" }), svg("circle", { r: 5, class: "point" })];
    const element = svg("g", { ...role, class: "handle", "aria-label": STRINGS.sample }, ...parts);
    element.addEventListener("keydown", (event) => {
      const moved = moveByKey(event.key, this.at, this.signal[this.at]);
      if (moved === null) return;
      event.preventDefault();
      this.at = moved.at;
      if (moved.value === null) this.draw();
      else this.set(stroke(this.signal, moved, moved));
    });
    return element;
  }

  listen() {
    this.picture.addEventListener("pointerdown", (event) => {
      const place = this.place(event);
      if (!place) return;
      event.preventDefault();
      this.picture.setPointerCapture(event.pointerId);
      this.last = place;
      this.drag(place);
    });
    this.picture.addEventListener("pointermove", (event) => {
      if (this.last) this.drag(this.place(event, true));
    });
    for (const end of ["pointerup", "pointercancel"])
      this.picture.addEventListener(end, () => {
        this.last = null;
      });
  }

  /** The sample and height under the pointer; null below the strip, where nothing is drawn. */
  place(event, held = false) {
    const box = this.picture.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top].map((z) => (z * this.width) / box.width);
    if (!held && y > MIDDLE) return null;
    const at = clamp(Math.floor(((x - LEFT) / (this.width - LEFT)) * SAMPLES), 0, SAMPLES - 1);
    return { at, value: clamp(REACH * (1 - (2 * (y - TOP)) / (MIDDLE - TOP)), -1, 1) };
  }

  drag(place) {
    this.at = place.at;
    const from = this.last;
    this.last = place;
    this.set(stroke(this.signal, from, place));
  }

  /** Another signal: none of the presets, unless it is one by chance. */
  set(signal) {
    this.signal = signal;
    for (const input of this.choice.querySelectorAll("input"))
      input.checked = PRESETS[input.value].every((value, k) => value === signal[k]);
    this.draw();
  }

  draw() {
    const c = coefficients(this.signal, MOST);
    const told = tell(this.signal, this.n);
    this.slider.show(this.n, String(this.n));
    this.sentence.say(told);
    this.ground.setAttribute("aria-label", `${STRINGS.picture} ${told}`);
    this.width = Math.max(this.frame.clientWidth - 32, 240);
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${BOTTOM + 6}`);
    const sx = (s) => LEFT + s * (this.width - LEFT);
    const sy = (value) => TOP + ((1 - clamp(value / REACH, -1, 1)) / 2) * (MIDDLE - TOP);
    const stairs = this.signal.flatMap((value, k) => [k, k + 1].map((edge) => [sx(edge / SAMPLES), sy(value)]));
    const curve = back(c.slice(0, this.n)).map((value, i) => [sx(i / (FINE * SAMPLES)), sy(value)]);
    this.ground.replaceChildren(
      svg("rect", { x: LEFT, y: TOP, width: this.width - LEFT, height: MIDDLE - TOP, class: "paper" }),
      ...[-1, 0, 1].flatMap((value) => [
        line(LEFT, sy(value), this.width, sy(value), value ? "grid" : "axis"),
        text(LEFT - 5, sy(value) + 4, format(value), "tick", "end"),
      ]),
      svg("polygon", { points: points([[sx(0), sy(0)], ...stairs, [sx(1), sy(0)]]), class: "drawn-area" }),
      svg("polyline", { points: points(stairs), class: "drawn" }),
      svg("polyline", { points: points(curve), class: "back" }),
      ...this.drawState(c),
    );
    const value = this.signal[this.at];
    this.handle.setAttribute("transform", `translate(${sx((this.at + 0.5) / SAMPLES)},${sy(value)})`);
    this.handle.setAttribute("aria-valuenow", value);
    this.handle.setAttribute("aria-valuetext", STRINGS.at(this.at + 1, format(value)));
  }

  /** The numbers that are kept as bars, the others as places for them. The largest of all has the full height. */
  drawState(c) {
    const [zero, slot] = [(MIDDLE + BOTTOM) / 2 + 22, (this.width - LEFT) / MOST];
    const largest = Math.max(...c.map(Math.abs), 0.1);
    return [
      text(LEFT, MIDDLE + 13, STRINGS.start, "tick", "start"),
      text(this.width, MIDDLE + 13, STRINGS.end, "tick", "end"),
      text(LEFT, MIDDLE + 34, STRINGS.state(this.n), "tick", "start"),
      line(LEFT, zero, this.width, zero, "axis"),
      ...c.map((value, i) => {
        if (i >= this.n) return svg("circle", { cx: LEFT + (i + 0.5) * slot, cy: zero, r: 1.4, class: "unkept" });
        const height = Math.max((Math.abs(value) / largest) * (BOTTOM - zero), 1.5);
        const place = { x: LEFT + (i + 0.15) * slot, y: value > 0 ? zero - height : zero };
        return svg("rect", { ...place, width: 0.7 * slot, height, class: "kept" });
      }),
    ];
  }
}

define("minirnn-hippo", Hippo);
