/* <minirnn-ring>: where eigenvalues start, and which memories they are.

   A cloud of points fills the ring between two radii evenly. Beside it: how many of them have which half-life.
   The points are always the same pairs of numbers (u1, u2), so one sees them move; the bars are the exact shares.

   Attributes, both optional:
     inner="0.9"    the inner radius, from 0
     outer="0.999"  the outer radius, up to 0.9999
   Keys, on a point: up and right move it outward, down and left inward, with Shift five times finer; Home and End
   go to the ends. A step makes 1 - radius smaller by the same factor everywhere, because that is what a memory
   depends on: 0.9, 0.99 and 0.999 are equally far apart. The sliders have the same scale. */

import { clamp, define, format, html, line, liveSentence, slider, svg, table, text, Widget } from "./shared.js";
import { RING as STRINGS } from "./strings.js";

export const WIDEST = 0.9999;
export const EDGES = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];
const NINES = 4; // of WIDEST
const STEP = 0.05;

/** How many nines a radius has: 0.9 has 1, 0.99 has 2, 0.5 has 0.3. And back. */
export const nines = (radius) => -Math.log10(1 - radius);
export const fromNines = (n) => clamp(Number((1 - 10 ** -n).toFixed(6)), 0, WIDEST);

/** Steps until half is left; 0 at the centre. */
export const halfLife = (radius) => -Math.LN2 / Math.log(radius) || 0;

/** The share of the ring's area, and so of the states, that has a half-life above k. */
export function shareAbove(k, { inner, outer }) {
  const square = k === 0 ? 0 : 4 ** (-1 / k);
  if (inner === outer) return inner ** 2 > square ? 1 : 0;
  return clamp((outer ** 2 - square) / (outer ** 2 - inner ** 2), 0, 1);
}

/** The half-life that half of the states exceed. */
export const median = ({ inner, outer }) => halfLife(Math.sqrt((inner ** 2 + outer ** 2) / 2));

/** The share of the states between two edges, for all of them. */
export const shares = (ring) =>
  EDGES.slice(1).map((edge, i) => shareAbove(EDGES[i], ring) - shareAbove(edge, ring));

/** A generator of numbers between 0 and 1 that look random and are always the same. */
function chance(seed) {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

/** n points of the ring, evenly over its area: [x, y], from the same pairs of numbers each time. */
export function cloud(n, { inner, outer }) {
  const next = chance(7);
  return Array.from({ length: n }, () => {
    const [u1, u2] = [next(), next()];
    const radius = Math.sqrt(inner ** 2 + u1 * (outer ** 2 - inner ** 2));
    return [radius * Math.cos(2 * Math.PI * u2), radius * Math.sin(2 * Math.PI * u2)];
  });
}

/** The ring with one of its radii moved; the other gives way. */
export function moved(ring, which, radius) {
  const [inner, outer] = which === "inner" ? [radius, Math.max(ring.outer, radius)] : [Math.min(ring.inner, radius), radius];
  return { inner, outer };
}

/** Where a key takes a radius; null for a key that does not move it. */
export function moveByKey(key, shift, radius) {
  if (key === "Home" || key === "End") return key === "Home" ? 0 : WIDEST;
  const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 5, PageDown: -5 }[key];
  return way ? fromNines(clamp(nines(radius) + way * STEP * (shift ? 0.2 : 1), 0, NINES)) : null;
}

/** One or two sentences on the memories of a ring. */
export function describe(ring) {
  const count = (k) => STRINGS.steps(format(k));
  const far = format(100 * shareAbove(100, ring), 2);
  return STRINGS.sentence(count(median(ring)), far, count(halfLife(ring.inner)), count(halfLife(ring.outer)));
}

class Ring extends Widget {
  build() {
    const inner = this.number("inner", 0.9, 0, WIDEST);
    this.ring = { inner, outer: Math.max(inner, this.number("outer", 0.999, 0, WIDEST)) };
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.plane = svg("g");
    this.disk = svg("svg", { class: "disk", viewBox: "0 0 300 300" });
    this.bars = svg("svg", { class: "bars", role: "img" });
    this.handles = { inner: this.handle("inner"), outer: this.handle("outer") };
    this.disk.append(this.plane, this.handles.inner, this.handles.outer);
    this.sliders = {};
    for (const which of ["inner", "outer"])
      this.sliders[which] = slider(STRINGS[which], { min: 0, max: NINES, step: 0.01 }, (n) =>
        this.set(which, fromNines(n)),
      );
    this.sentence = liveSentence();
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    this.frame.append(
      html(
        "div",
        { class: "columns" },
        html(
          "div",
          { class: "narrow" },
          html("p", { class: "label" }, STRINGS.disk),
          this.disk,
          html("p", { class: "hint" }, STRINGS.hint),
        ),
        html("div", { class: "wide" }, html("p", { class: "label" }, STRINGS.bars), this.bars),
      ),
      html("div", { class: "controls" }, this.sliders.inner.row, this.sliders.outer.row),
      this.sentence.element,
      this.numbers,
    );
  }

  /** The point by which one of the radii is moved. */
  handle(which) {
    const role = { tabindex: 0, role: "slider", "aria-valuemin": 0, "aria-valuemax": WIDEST };
    const handle = svg("g", { class: "handle", ...role, "aria-label": STRINGS[which] });
    handle.append(
      svg("circle", { r: 22, class: "reach" }),
      svg("circle", { r: 13, class: "halo" }),
      svg("circle", { r: 8, class: "point" }),
    );
    handle.addEventListener("keydown", (event) => {
      const radius = moveByKey(event.key, event.shiftKey, this.ring[which]);
      if (radius === null) return;
      event.preventDefault();
      this.set(which, radius);
    });
    handle.addEventListener("pointerdown", (event) => {
      this.held = true;
      handle.setPointerCapture(event.pointerId);
      handle.focus();
      event.preventDefault();
    });
    handle.addEventListener("pointermove", (event) => this.held && this.drag(which, event));
    for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, () => (this.held = false));
    return handle;
  }

  drag(which, event) {
    const box = this.disk.getBoundingClientRect();
    const scale = 2.4 / box.width;
    const [x, y] = [(event.clientX - box.left) * scale - 1.2, (event.clientY - box.top) * scale - 1.2];
    this.set(which, clamp(Number(Math.hypot(x, y).toFixed(3)), 0, WIDEST));
  }

  set(which, radius) {
    this.ring = moved(this.ring, which, radius);
    this.draw();
  }

  draw() {
    const sentence = describe(this.ring);
    for (const which of ["inner", "outer"]) {
      const radius = this.ring[which];
      const words = STRINGS.value(format(radius, 4), STRINGS.steps(format(halfLife(radius))));
      this.sliders[which].show(nines(radius), words);
      this.handles[which].setAttribute("aria-valuenow", radius);
      this.handles[which].setAttribute("aria-valuetext", words);
    }
    this.bars.setAttribute("aria-label", `${STRINGS.bars}. ${sentence}`);
    this.sentence.say(sentence);
    this.drawDisk();
    this.drawBars();
    this.numbers.querySelector("table")?.remove();
    if (this.numbers.open) this.numbers.append(this.table());
  }

  drawDisk() {
    const at = (x, y) => [150 + 125 * x, 150 - 125 * y];
    const circle = (radius, name) => svg("circle", { cx: 150, cy: 150, r: 125 * radius, class: name });
    const spot = ([cx, cy]) => svg("circle", { cx, cy, r: 2, class: "power" });
    // The two points lie on two sides, so that they never cover each other.
    this.handles.outer.setAttribute("transform", `translate(${at(this.ring.outer, 0)})`);
    this.handles.inner.setAttribute("transform", `translate(${at(-this.ring.inner, 0)})`);
    this.plane.replaceChildren(
      circle(1, "unit"),
      line(0, 150, 300, 150, "axis"),
      line(150, 0, 150, 300, "axis"),
      circle(this.ring.inner, "edge-of-ring"),
      circle(this.ring.outer, "edge-of-ring"),
      ...cloud(256, this.ring).map((p) => spot(at(...p))),
    );
  }

  drawBars() {
    const width = Math.max(this.bars.clientWidth || 400, 200);
    const [height, left, right, top, bottom] = [246, 40, width - 16, 12, 206];
    const found = shares(this.ring);
    const limit = Math.max(...found) > 0.5 ? 1 : 0.5;
    const sx = (i) => left + (i * (right - left)) / found.length;
    const sy = (share) => bottom - (share / limit) * (bottom - top);
    const every = width < 420 ? 3 : 1; // where every label would touch the next, the powers of ten
    const words = (edge) => (edge >= 1000 ? `${edge / 1000}k` : String(edge));
    this.bars.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.bars.replaceChildren(
      svg("rect", { x: left, y: top, width: right - left, height: bottom - top, class: "field" }),
      ...[0, limit / 2, limit].flatMap((share) => [
        line(left, sy(share), right, sy(share), share ? "grid" : "axis"),
        text(left - 5, sy(share) + 4, `${100 * share}%`, "tick", "end"),
      ]),
      ...found.map((share, i) =>
        svg("rect", { x: sx(i) + 1, y: sy(share), width: sx(1) - sx(0) - 2, height: bottom - sy(share), class: "bar" }),
      ),
      ...EDGES.map((edge, i) => ((i + 2) % every ? "" : text(sx(i), bottom + 16, words(edge)))).filter(Boolean),
      text((left + right) / 2, height - 6, STRINGS.axis, "tick"),
    );
  }

  table() {
    const rows = shares(this.ring).map((share, i) => [
      STRINGS.between(EDGES[i], EDGES[i + 1]),
      `${format(100 * share, 3)}%`,
    ]);
    return table(STRINGS.table, STRINGS.header, rows);
  }
}

define("minirnn-ring", Ring);
