/* <minirnn-two-lines>: two machines h -> a h + b as straight lines, and the one line that they make in a row.

   Attributes, both optional:
     first="0.5,3"   a and b of the first machine, each from -4 to 4
     then="4,1"      those of the second
   Each of the first two lines has two handles: the one over 0 moves b, the one over 1 turns the line, which is a.
   They are dragged, or moved with the arrow keys (Page Up and Page Down: further; Home and End: to the ends). */

import { clamp, define, format, html, line, liveSentence, parseNumbers, svg, text, Widget } from "./shared.js";
import { TWO_LINES as STRINGS } from "./strings.js";

export const LIMIT = 4;
export const STEPS = [0.25, 0.5]; // of a, of b
const REACH = 2; // numbers that go in, from -2 to 2
const TOPS = [8, 8, 20]; // what comes out, in each panel
const PANEL = 214; // height
const COLOURS = ["blue", "orange", "green"];

/** The machine that does what `first` and, after it, `then` do. */
export const join = ([a, b], [a2, b2]) => [a2 * a, a2 * b + b2];

/** The number as near to `value` as the steps of that place (0: a, 1: b) and the limits let it come. */
export const snap = (value, place) =>
  clamp(Math.round(value / STEPS[place]) * STEPS[place], -LIMIT, LIMIT) || 0;

/** Where a key takes the number at that place; null for a key that does not move it. */
export function moveByKey(key, value, place) {
  if (key === "Home" || key === "End") return key === "Home" ? -LIMIT : LIMIT;
  const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 4, PageDown: -4 }[key];
  return steps === undefined ? null : snap(value + steps * STEPS[place], place);
}

/** What the two do to 0 and to 1, and the pair. */
export function tell(first, then) {
  const through = ([a, b], h) => a * h + b;
  const ends = [0, 1].map((h) => [h, through(first, h), through(then, through(first, h))].map((x) => format(x)));
  return STRINGS.told(...ends, join(first, then).map((x) => format(x)));
}

class TwoLines extends Widget {
  build() {
    const given = ["first", "then"].map((name) => parseNumbers(this.getAttribute(name) ?? "").values);
    this.machines = given.map((pair, i) =>
      pair.length === 2
        ? pair.map((x, place) => snap(x, place))
        : [
            [0.5, 3],
            [2, 1],
          ][i],
    );
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.picture = svg("svg", { class: "lines" });
    this.ground = svg("g", { role: "img" });
    this.picture.append(this.ground);
    this.handles = [0, 1].flatMap((machine) => [1, 0].map((place) => this.handle(machine, place)));
    this.picture.append(...this.handles.map(({ element }) => element));
    this.sentence = liveSentence();
    this.frame.append(this.picture, html("p", { class: "hint" }, STRINGS.hint), this.sentence.element);
  }

  handle(machine, place) {
    const colour = COLOURS[machine];
    const element = svg(
      "g",
      { class: `handle ${colour}`, tabindex: 0, role: "slider", "aria-label": STRINGS.handle(machine, place) },
      svg("circle", { r: 20, class: "reach" }),
      svg("circle", { r: 13, class: "halo" }),
      svg("circle", { r: 8, class: "point" }),
    );
    element.setAttribute("aria-valuemin", -LIMIT);
    element.setAttribute("aria-valuemax", LIMIT);
    element.setAttribute("aria-orientation", "vertical");
    element.addEventListener("keydown", (event) => {
      const moved = moveByKey(event.key, this.machines[machine][place], place);
      if (moved === null) return;
      event.preventDefault();
      this.set(machine, place, moved);
    });
    element.addEventListener("pointerdown", (event) => {
      element.setPointerCapture(event.pointerId);
      element.focus();
      event.preventDefault();
      this.held = element;
    });
    element.addEventListener("pointermove", (event) => {
      if (this.held !== element) return;
      const box = this.picture.getBoundingClientRect();
      const y = ((event.clientY - box.top) * this.size.height) / box.height;
      const out = this.panels[machine].out(y);
      this.set(machine, place, snap(place ? out : out - this.machines[machine][1], place));
    });
    for (const end of ["pointerup", "pointercancel"])
      element.addEventListener(end, () => {
        this.held = null;
      });
    return { element, machine, place };
  }

  set(machine, place, value) {
    this.machines[machine][place] = value;
    this.draw();
  }

  /** Three panels side by side; on a narrow page the third below the others. */
  arrange() {
    const width = Math.max(this.frame.clientWidth - 32 || 600, 240);
    const across = width < 520 ? 2 : 3;
    const panel = width / across;
    this.size = { width, height: across === 2 ? 2 * PANEL : PANEL };
    this.panels = TOPS.map((top, i) => {
      const [left, upper] = across === 2 ? [i < 2 ? i * panel : panel / 2, i < 2 ? 0 : PANEL] : [i * panel, 0];
      const [from, to, high, low] = [left + 26, left + panel - 8, upper + 28, upper + PANEL - 10];
      return {
        top,
        from,
        to,
        high,
        low,
        x: (h) => from + ((h + REACH) / (2 * REACH)) * (to - from),
        y: (h) => (high + low) / 2 - (h / top) * ((low - high) / 2),
        out: (y) => (((high + low) / 2 - y) * top) / ((low - high) / 2),
      };
    });
  }

  draw() {
    this.arrange();
    const [first, then] = this.machines;
    const all = [first, then, join(first, then)];
    const said = tell(first, then);
    this.picture.setAttribute("viewBox", `0 0 ${this.size.width} ${this.size.height}`);
    this.ground.setAttribute("aria-label", `${STRINGS.name}. ${said}`);
    this.ground.replaceChildren(...this.panels.flatMap((panel, i) => this.panel(panel, i, all[i])));
    for (const { element, machine, place } of this.handles) {
      const { x, y } = this.panels[machine];
      const [a, b] = this.machines[machine];
      const h = place ? 0 : 1;
      element.setAttribute("transform", `translate(${x(h)},${y(a * h + b)})`);
      element.setAttribute("aria-valuenow", this.machines[machine][place]);
      element.setAttribute(
        "aria-valuetext",
        `${format(this.machines[machine][place])}; ${STRINGS.both(join(first, then).map((n) => format(n)))}`,
      );
    }
    this.sentence.say(said);
  }

  panel({ top, from, to, high, low, x, y }, i, [a, b]) {
    // Only the part of the line that lies within the panel.
    const ends = [-REACH, REACH].map((h) => {
      const out = clamp(a * h + b, -top, top);
      return a ? [(out - b) / a, out] : [h, out];
    });
    const dots = i < 2 ? [] : [0, 1].filter((h) => Math.abs(a * h + b) <= top);
    return [
      text(from, high - 12, STRINGS.titles[i](format(a), format(b)), `heading ${COLOURS[i]}`, "start"),
      svg("rect", { x: from, y: high, width: to - from, height: low - high, class: "field" }),
      line(x(0), high, x(0), low, "axis"),
      line(from, y(0), to, y(0), "axis"),
      ...[-top, 0, top].map((h) => text(from - 4, y(h) + 4, format(h), "tick", "end")),
      line(x(ends[0][0]), y(ends[0][1]), x(ends[1][0]), y(ends[1][1]), `rule ${COLOURS[i]}`),
      ...dots.map((h) => svg("circle", { cx: x(h), cy: y(a * h + b), r: 5, class: `spot ${COLOURS[i]}` })),
    ];
  }
}

define("minirnn-two-lines", TwoLines);
