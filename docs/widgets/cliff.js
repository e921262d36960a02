/* <minirnn-cliff>: a loss with a hill and a cliff, and where one step of gradient descent lands from each place.

   z_t = w sigmoid(z_{t-1}) + b, with z = 0.5 before the first of STEPS steps; loss (sigmoid(z) - 0.7)^2 at the end,
   drawn over w for one b. Only w is stepped: w - RATE g, where g is the slope of the loss, and the same with
   g cut to LIMIT. (Pascanu, Mikolov and Bengio 2013, figure 6.)

   The point is moved along the curve, not along w: the cliff is a thousandth of w wide, and as long as it is high.
   It is dragged, or moved with the arrow keys (Shift: finer; Page Up and Page Down: further; Home and End).
   A slider moves b. */

import { clamp, define, format, html, line, liveSentence, points, slider, svg, text, Widget } from "./shared.js";
import { CLIFF as STRINGS } from "./strings.js";

export const STEPS = 50;
export const RATE = 4;
export const LIMIT = 0.25;
export const [FROM, TO] = [2, 7]; // of w
const [LOW, HIGH] = [-3, -1]; // of b
const TOP_LOSS = 0.45;
const [ACROSS, UP] = [600, 230]; // how long the curve's parts are: units for all of w and of the loss
const KEY = 6; // units that an arrow key moves the point
const [LEFT, TOP, BOTTOM, HEIGHT] = [38, 14, 226, 262];

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** The loss and its slope for w, by carrying d z_t / d w along. */
export function lossAt(w, b) {
  let [z, dz] = [0.5, 0];
  for (let t = 0; t < STEPS; t++) {
    const y = sigmoid(z);
    dz = y + w * y * (1 - y) * dz;
    z = w * y + b;
  }
  const y = sigmoid(z);
  return { w, loss: (y - 0.7) ** 2, slope: 2 * (y - 0.7) * y * (1 - y) * dz };
}

/** Where a step lands from there, without the clip and with it. */
export function step({ w, slope }, b) {
  return {
    without: lossAt(w - RATE * slope, b),
    with: lossAt(w - RATE * clamp(slope, -LIMIT, LIMIT), b),
  };
}

const apart = (p, q) => Math.hypot(((q.w - p.w) * ACROSS) / (TO - FROM), ((q.loss - p.loss) * UP) / TOP_LOSS);

/** The curve as points no further than two units from each other; s: how far along it they are. */
export function curve(b) {
  const found = [{ ...lossAt(FROM, b), s: 0 }];
  const walk = (end, depth) => {
    const last = found.at(-1);
    const far = apart(last, end);
    if (far > 2 && depth < 60) {
      walk(lossAt((last.w + end.w) / 2, b), depth + 1);
      walk(end, depth + 1);
    } else if (end.w > last.w) found.push({ ...end, s: last.s + far });
  };
  for (let i = 1; i <= 100; i++) walk(lossAt(FROM + (i * (TO - FROM)) / 100, b), 0);
  return found;
}

/** The two points of the curve between which a value of "s" or "w" lies. */
function around(path, name, value) {
  const after = path.findIndex((p) => p[name] >= value);
  const i = after < 0 ? path.length - 1 : Math.max(after, 1);
  return [path[i - 1], path[i]];
}

/** The w that is s units along the curve. */
export function along(path, s) {
  const [p, q] = around(path, "s", s);
  return p.w + clamp((s - p.s) / (q.s - p.s), 0, 1) * (q.w - p.w);
}

/** How far along the curve w is. */
export function place(path, w) {
  const [p, q] = around(path, "w", w);
  return p.s + clamp((w - p.w) / (q.w - p.w), 0, 1) * (q.s - p.s);
}

/** Where a key takes the point; null for a key that does not move it. */
export function moveByKey(key, shift, s, end) {
  if (key === "Home" || key === "End") return key === "Home" ? 0 : end;
  const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[key];
  return way ? clamp(s + way * KEY * (shift ? 0.2 : 1), 0, end) : null;
}

/** What one sees: the place, the slope, and where the two steps land. */
export function tell(path, w, b) {
  const here = lossAt(w, b);
  const steepest = path.reduce((p, q) => (Math.abs(q.slope) > Math.abs(p.slope) ? q : p));
  const [size, cliff] = [Math.abs(here.slope), Math.abs(steepest.slope) > LIMIT];
  const gentle = !cliff ? "none" : w < steepest.w ? "hill" : "plain";
  const where = size > 10 ? "cliff" : size > LIMIT ? "steep" : gentle;
  const said = STRINGS.here(STRINGS.places[where], format(w, 4), format(here.loss), format(here.slope));
  const ends = step(here, b);
  const lands = ({ w: to, loss, slope }) => ({
    w: format(to, 4),
    loss: format(loss),
    outside: to < FROM - 10 || to > TO + 10 ? "far" : to < FROM || to > TO ? "near" : "no",
    flat: Math.abs(slope) < 1e-6,
  });
  const steps =
    size > LIMIT
      ? STRINGS.two(lands(ends.without), lands(ends.with))
      : STRINGS.one(format(LIMIT), lands(ends.with));
  return [said, steps, ...(cliff ? [] : [STRINGS.none])].join(" ");
}

class Cliff extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.frame.classList.add("fall");
    this.w = 4.5;
    this.setB(-2.5);
    this.picture = svg("svg", { class: "cliff" });
    this.ground = svg("g", { role: "img" });
    this.handle = this.makeHandle();
    this.picture.append(this.ground, this.handle);
    this.slider = slider(STRINGS.b, { min: LOW, max: HIGH, step: 0.1 }, (b) => {
      this.setB(b);
      this.draw();
    });
    this.sentence = liveSentence();
    const key = (which) =>
      html(
        "span",
        {},
        svg("svg", { class: "mark-key", viewBox: "-9 -9 18 18", "aria-hidden": "true" }, mark(which, 0, 0)),
        STRINGS[which],
      );
    this.frame.append(
      html("p", { class: "hint" }, STRINGS.hint),
      this.picture,
      html("div", { class: "keys" }, key("without"), key("with")),
      html("div", { class: "controls" }, this.slider.row),
      this.sentence.element,
    );
  }

  setB(b) {
    this.b = Number(b.toFixed(1));
    this.path = curve(this.b);
  }

  makeHandle() {
    const handle = svg(
      "g",
      { class: "handle", tabindex: 0, role: "slider", "aria-label": STRINGS.point },
      svg("circle", { r: 22, class: "reach" }),
      svg("circle", { r: 13, class: "halo" }),
      svg("circle", { r: 7, class: "point" }),
    );
    handle.setAttribute("aria-valuemin", FROM);
    handle.setAttribute("aria-valuemax", TO);
    handle.addEventListener("keydown", (event) => {
      const moved = moveByKey(event.key, event.shiftKey, place(this.path, this.w), this.path.at(-1).s);
      if (moved === null) return;
      event.preventDefault();
      this.w = along(this.path, moved);
      this.draw();
    });
    handle.addEventListener("pointerdown", (event) => {
      this.held = true;
      handle.setPointerCapture(event.pointerId);
      handle.focus();
      event.preventDefault();
    });
    handle.addEventListener("pointermove", (event) => this.held && this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, () => (this.held = false));
    return handle;
  }

  /** To the point of the curve that is nearest to the pointer. */
  drag(event) {
    const box = this.picture.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top].map((p) => (p * this.width) / box.width);
    const far = (p) => Math.hypot(this.x(p.w) - x, this.y(p.loss) - y);
    this.w = this.path.reduce((p, q) => (far(q) < far(p) ? q : p)).w;
    this.draw();
  }

  x(w) {
    return LEFT + ((w - FROM) / (TO - FROM)) * (this.width - LEFT - 16);
  }

  y(loss) {
    return BOTTOM - (loss / TOP_LOSS) * (BOTTOM - TOP);
  }

  draw() {
    this.width = Math.max(this.frame.clientWidth - 32 || 600, 240);
    const here = lossAt(this.w, this.b);
    const told = tell(this.path, this.w, this.b);
    this.sentence.say(told);
    this.slider.show(this.b, format(this.b));
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${HEIGHT}`);
    this.ground.setAttribute("aria-label", `${STRINGS.picture} ${told}`);
    this.handle.setAttribute("transform", `translate(${this.x(here.w)},${this.y(here.loss)})`);
    this.handle.setAttribute("aria-valuenow", format(here.w, 7));
    const value = STRINGS.value(format(here.w, 4), format(here.loss), format(here.slope));
    this.handle.setAttribute("aria-valuetext", value);
    const ends = step(here, this.b);
    const flies = Math.abs(here.slope) > LIMIT;
    this.ground.replaceChildren(
      ...[0, 0.2, 0.4].flatMap((loss) => [
        line(LEFT, this.y(loss), this.width, this.y(loss), loss ? "grid" : "axis"),
        text(LEFT - 6, this.y(loss) + 4, format(loss), "tick", "end"),
      ]),
      ...[2, 3, 4, 5, 6, 7].map((w) => text(this.x(w), BOTTOM + 18, w === FROM ? "w = 2" : String(w))),
      text(4, TOP, STRINGS.loss, "tick", "start"),
      svg("polyline", { points: points(this.path.map((p) => [this.x(p.w), this.y(p.loss)])), class: "course" }),
      ...(flies ? this.arrow("without", here, ends.without, -7) : []),
      ...this.arrow("with", here, ends.with, flies ? 7 : 0),
    );
  }

  /** Across at the height of the point, then down or up to the curve; up to the edge where it lands outside. */
  arrow(which, here, end, below) {
    const inside = end.w >= FROM && end.w <= TO;
    const edge = end.w > TO ? this.width - 2 : LEFT;
    const [from, to, y] = [this.x(here.w), inside ? this.x(end.w) : edge, this.y(here.loss) + below];
    const way = Math.sign(to - from);
    const parts = [line(from, y, to - way * 6, y, `flight ${which}`)];
    if (Math.abs(to - from) > 8)
      parts.push(polygon(`tip ${which}`, [to, y], [to - way * 9, y - 5], [to - way * 9, y + 5]));
    const words = STRINGS.to(format(end.w, 4));
    if (!inside) return [...parts, text(edge - way * 12, y - 9, words, "loud", way > 0 ? "end" : "start")];
    return [...parts, line(to, y, to, this.y(end.loss), "mark"), mark(which, to, this.y(end.loss))];
  }
}

const polygon = (name, ...corners) => svg("polygon", { points: points(corners), class: name });

/** A hollow diamond or a filled square. */
function mark(which, x, y) {
  if (which === "with") return svg("rect", { x: x - 5, y: y - 5, width: 10, height: 10, class: "landing with" });
  return polygon("landing without", [x - 8, y], [x, y - 8], [x + 8, y], [x, y + 8]);
}

define("minirnn-cliff", Cliff);
