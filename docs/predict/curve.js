/* A prediction that is a curve: its beginning is given, the rest is drawn by the reader and then compared.

   One draws with finger or mouse, or moves with the arrow keys from place to place and sets the heights, or writes
   them into a table. All three change the same list of heights, one a place, null where nothing was drawn yet. */

import { clamp, format, html, line, parseNumber, points, svg, table, text } from "../widgets/shared.js";
import { axis, completed, judgeCurve, places, scale } from "./judge.js";
import { WORDS } from "./strings.js";

const SIZES = { wide: [640, 300], narrow: [360, 250] }; // on a phone letters stay as large and the rest shrinks
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 50, 26, 46];
const ROOM = 0.35; // above and below what there is, so that the axis does not tell the answer
const STEP = 0.02; // of the height, for a key

export class Curve {
  constructor(host) {
    const { points: all, given, across, up } = host.dataset;
    this.points = JSON.parse(all);
    [this.wide, this.tall] = SIZES[matchMedia("(max-width: 44.98em)").matches ? "narrow" : "wide"];
    Object.assign(this, { across, up, given: this.points.filter(([x]) => x <= Number(given)) });
    this.there = places(this.points, Number(given));
    this.xs = this.there.map(([x]) => x);
    this.x = axis(ends(this.points.map(([x]) => x)), LEFT, this.wide - RIGHT);
    this.range = scale(this.points.map(([, y]) => y), ROOM);
    this.y = axis(this.range, this.tall - BOTTOM, TOP);
    this.at = 0; // the place on which the keyboard stands
    this.layer = svg("g");
    this.cursor = svg("circle", {
      ...{ r: 8, class: "cursor", tabindex: 0, role: "slider", "aria-label": WORDS.drawing },
      ...{ "aria-valuemin": this.range.low, "aria-valuemax": this.range.high, "aria-describedby": `${host.dataset.name}-keys` },
      onkeydown: (event) => this.key(event),
    });
    this.picture = svg(
      "svg",
      { viewBox: `0 0 ${this.wide} ${this.tall}`, role: "group", "aria-label": WORDS.picture(across, up), class: "predict-curve" },
      ...this.frame(),
      this.layer,
      this.cursor,
    );
    this.picture.addEventListener("pointerdown", (event) => this.down(event));
    this.picture.addEventListener("pointermove", (event) => this.move(event));
    for (const kind of ["pointerup", "pointercancel"])
      this.picture.addEventListener(kind, () => (this.last = null));
    this.inputs = this.xs.map((x, i) =>
      html("input", {
        ...{ type: "text", inputmode: "decimal", autocomplete: "off", size: 7, "aria-label": WORDS.height(across, format(x)) },
        onchange: ({ target }) => this.set(i, parseNumber(target.value)),
      }),
    );
    this.compared = html("div", { class: "numbers" });
    this.written = html(
      "details",
      { class: "predict-written" },
      html("summary", {}, WORDS.numbers),
      html(
        "div",
        { class: "predict-heights" },
        ...this.xs.map((x, i) => html("label", {}, html("span", { "aria-hidden": "true" }, WORDS.height(across, format(x))), this.inputs[i])),
      ),
    );
    this.result = html("details", { class: "predict-written" }, html("summary", {}, WORDS.compare), this.compared);
    this.keys = html("p", { class: "predict-keys", id: `${host.dataset.name}-keys` }, WORDS.drawingKeys);
    this.element = html("div", { class: "predict-drawing" }, this.picture, this.keys, this.written, this.result);
  }

  /** What does not change: the axes, and the curve as far as it is given. */
  frame() {
    const bottom = this.tall - BOTTOM;
    const marks = scale(this.points.map(([x]) => x), 0).marks;
    return [
      ...this.range.marks.flatMap((y) => [
        line(LEFT, this.y.to(y), this.wide - RIGHT, this.y.to(y), "grid"),
        text(LEFT - 8, this.y.to(y) + 4, format(y), "tick", "end"),
      ]),
      line(LEFT, bottom, this.wide - RIGHT, bottom, "axis"),
      ...marks.map((x) => text(this.x.to(x), bottom + 18, format(x))),
      text((LEFT + this.wide - RIGHT) / 2, this.tall - 8, this.across, "name"),
      text(LEFT - 44, TOP - 10, this.up, "name", "start"),
      svg("polyline", { points: this.way(this.given), class: "given" }),
    ];
  }

  way = (list) => points(list.map(([x, y]) => [this.x.to(x), this.y.to(y)]));

  fits = (said) => Array.isArray(said) && said.length === this.xs.length && said.every(Number.isFinite);

  guess() {
    const said = completed(this.xs, this.heights, this.given.at(-1));
    if (said) return { said: said.map((y) => Number(y.toPrecision(4))) };
    const nothing = this.heights.every((y) => y === null);
    return { problem: nothing ? WORDS.noCurve : WORDS.tooShort, at: this.cursor };
  }

  judge = (said) => judgeCurve(said, this.there, this.points);

  say(kind, said) {
    const end = `${this.across} ${format(this.xs.at(-1))}`;
    const [guess, answer] = [said?.at(-1), this.there.at(-1)[1]].map((y) => format(y ?? 0));
    return [kind === "shown" ? WORDS.curve.shown(end, answer) : WORDS.curve[kind](end, guess, answer)];
  }

  close(said) {
    this.closed = true;
    this.heights = said ?? this.xs.map(() => null);
    const rows = this.there.map(([x, y], i) => [format(x), ...(said ? [format(said[i])] : []), format(y)]);
    const header = [this.across, ...(said ? [WORDS.columns.yours] : []), WORDS.columns.is];
    const numbers = table(this.up, header, rows);
    numbers.className = "plain";
    this.compared.replaceChildren(numbers);
    this.draw();
  }

  open() {
    this.closed = false;
    this.heights = this.xs.map(() => null);
    this.draw();
  }

  draw() {
    const drawn = this.xs.map((x, i) => [x, this.heights[i]]).filter(([, y]) => y !== null);
    const way = drawn.length ? [...this.given.slice(-1), ...drawn] : [];
    const lines = [svg("polyline", { points: this.way(way), class: "drawn" })];
    if (this.closed) {
      const rest = this.points.filter(([x]) => x >= (this.given.at(-1)?.[0] ?? -Infinity));
      lines.push(svg("polyline", { points: this.way(rest), class: "true" }), ...this.labels(drawn));
    } else {
      lines.push(...drawn.map(([x, y]) => svg("circle", { cx: this.x.to(x), cy: this.y.to(y), r: 2.5, class: "dot" })));
    }
    this.layer.replaceChildren(...lines);
    this.cursor.toggleAttribute("hidden", this.closed);
    this.keys.hidden = this.written.hidden = this.closed;
    this.result.hidden = !this.closed;
    const [x, y] = [this.xs[this.at], this.heights[this.at]];
    this.cursor.setAttribute("cx", this.x.to(x));
    this.cursor.setAttribute("cy", this.y.to(y ?? this.near(this.at)));
    this.cursor.setAttribute("aria-valuenow", y ?? this.near(this.at));
    this.cursor.setAttribute("aria-valuetext", WORDS.place(this.across, format(x), this.up, y === null ? null : format(y)));
    for (const [i, input] of this.inputs.entries())
      if (input !== document.activeElement) input.value = this.heights[i] === null ? "" : format(this.heights[i]);
  }

  /** The names at the ends of the lines, one above the other where they end close together. */
  labels(drawn) {
    const ends = [{ y: this.y.to(this.there.at(-1)[1]), words: WORDS.true, name: "true-name" }];
    if (drawn.length) ends.push({ y: this.y.to(drawn.at(-1)[1]), words: WORDS.drawn, name: "drawn-name" });
    ends.sort((one, other) => one.y - other.y);
    if (ends.length > 1 && ends[1].y - ends[0].y < 16) {
      const middle = (ends[0].y + ends[1].y) / 2;
      [ends[0].y, ends[1].y] = [middle - 8, middle + 8];
    }
    return ends.map(({ y, words, name }) => text(this.wide - RIGHT + 6, y + 4, words, name, "start"));
  }

  /** Where the cursor stands at a place without a height: at that of the last one before it. */
  near(i) {
    return this.heights.slice(0, i).findLast((y) => y !== null) ?? this.given.at(-1)?.[1] ?? this.range.low;
  }

  set(i, y) {
    this.heights[i] = y === null ? null : clamp(y, this.range.low, this.range.high);
    this.draw();
  }

  key(event) {
    const size = STEP * (this.range.high - this.range.low) * (event.shiftKey ? 0.2 : 1);
    const up = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    const to = { ArrowLeft: this.at - 1, ArrowRight: this.at + 1, Home: 0, End: this.xs.length - 1 }[event.key];
    if (event.key === "Enter") event.target.closest("form").requestSubmit();
    else if (up) this.set(this.at, (this.heights[this.at] ?? this.near(this.at)) + up * size);
    else if (to !== undefined) {
      this.at = clamp(to, 0, this.xs.length - 1);
      this.draw();
    } else return;
    event.preventDefault();
  }

  down(event) {
    if (this.closed || event.button) return;
    event.preventDefault(); // no text is selected
    this.picture.setPointerCapture(event.pointerId);
    this.cursor.focus({ preventScroll: true });
    this.last = this.place(event);
    this.paint(this.last, this.last);
  }

  move(event) {
    if (!this.last) return;
    const now = this.place(event);
    this.paint(this.last, now);
    this.last = now;
  }

  /** Where the pointer is, as [x, y] of the curve. */
  place(event) {
    const box = this.picture.getBoundingClientRect();
    const scaled = this.wide / box.width;
    return [this.x.from((event.clientX - box.left) * scaled), this.y.from((event.clientY - box.top) * scaled)];
  }

  /** All places between two points of the pointer lie on the line between them; of a mere tap, the nearest. */
  paint(from, to) {
    const [[x0, y0], [x1, y1]] = from[0] <= to[0] ? [from, to] : [to, from];
    const gap = (this.xs.at(-1) - this.xs[0]) / Math.max(1, this.xs.length - 1) / 2 || Infinity;
    for (const [i, x] of this.xs.entries()) {
      if (x < x0 - gap || x > x1 + gap) continue;
      const share = x1 > x0 ? clamp((x - x0) / (x1 - x0), 0, 1) : 1;
      this.heights[i] = x1 > x0 ? y0 + share * (y1 - y0) : to[1];
      this.at = i;
    }
    this.draw();
  }
}

const ends = (values) => ({ low: Math.min(...values), high: Math.max(...values) });
