/* A prediction that is a curve: its beginning is given, the rest is drawn by the reader and then compared.

   One draws with finger or mouse, or moves with the arrow keys from place to place and sets the heights, or writes
   them into fields. All three change the same list of heights, one a place, null where nothing was drawn yet. */

import { clamp, format, html, parseNumber, svg, table } from "../widgets/shared.js";
import { Picture } from "./curve-picture.js";
import { completed, judgeCurve, places } from "./judge.js";
import { WORDS } from "./strings.js";

const STEP = 0.02; // of the height, for a key; with Shift a fifth of it

export class Curve {
  constructor(host, name) {
    const { points, given, across, up } = host.dataset;
    Object.assign(this, { across, up, points: JSON.parse(points), at: 0 });
    this.given = this.points.filter(([x]) => x <= Number(given));
    this.there = places(this.points, Number(given));
    this.xs = this.there.map(([x]) => x);
    this.picture = new Picture(this.points, this.given, across, up);
    this.range = this.picture.range;
    this.keys = html("p", { class: "predict-keys", id: `${name}-keys` }, WORDS.drawingKeys);
    this.cursor = this.makeCursor();
    this.picture.element.append(this.cursor);
    this.listen(this.picture.element);
    this.inputs = this.xs.map((x, i) => this.makeField(x, i));
    const labels = this.inputs.map((input, i) =>
      html("label", {}, html("span", { "aria-hidden": "true" }, this.where(this.xs[i])), input),
    );
    this.written = fold(WORDS.numbers, html("div", { class: "predict-heights" }, ...labels));
    this.compared = html("div", { class: "numbers" });
    this.result = fold(WORDS.compare, this.compared);
    const parts = [this.picture.element, this.keys, this.written, this.result];
    this.element = html("div", { class: "predict-drawing" }, ...parts);
  }

  where = (x) => WORDS.height(this.across, format(x));

  /** On which place the keyboard stands. */
  makeCursor() {
    const { low, high } = this.range;
    return svg("circle", {
      ...{ r: 8, class: "cursor", tabindex: 0, role: "slider", "aria-label": WORDS.drawing },
      ...{ "aria-valuemin": low, "aria-valuemax": high, "aria-describedby": this.keys.id },
      onkeydown: (event) => this.key(event),
    });
  }

  makeField(x, i) {
    return html("input", {
      ...{ type: "text", inputmode: "decimal", autocomplete: "off", size: 7, "aria-label": this.where(x) },
      onchange: ({ target }) => this.set(i, parseNumber(target.value)),
    });
  }

  fits = (said) => Array.isArray(said) && said.length === this.xs.length && said.every(Number.isFinite);

  guess() {
    const said = completed(this.xs, this.heights, this.given.at(-1));
    if (said) return { said: said.map((y) => Number(y.toPrecision(4))) };
    const nothing = this.heights.every((y) => y === null);
    return { problem: nothing ? WORDS.noCurve : WORDS.tooShort, at: this.cursor };
  }

  judge = (said) => judgeCurve(said, this.there, this.points);

  say(kind, said) {
    const answer = format(this.there.at(-1)[1]);
    return [said ? WORDS.curve[kind](format(said.at(-1)), answer) : WORDS.curve.shown(answer)];
  }

  close(said) {
    this.closed = true;
    this.heights = said ?? this.xs.map(() => null);
    const header = [this.across, ...(said ? [WORDS.columns.yours] : []), WORDS.columns.is];
    const rows = this.there.map(([x, y], i) => [x, ...(said ? [said[i]] : []), y].map((cell) => format(cell)));
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
    this.picture.draw(drawn, this.closed);
    this.cursor.toggleAttribute("hidden", this.closed);
    this.keys.hidden = this.written.hidden = this.closed;
    this.result.hidden = !this.closed;
    const [x, y] = [this.xs[this.at], this.heights[this.at]];
    const height = y ?? this.near(this.at);
    const words = WORDS.place(this.across, format(x), this.up, y === null ? null : format(y));
    const place = { cx: this.picture.x.to(x), cy: this.picture.y.to(height) };
    const said = { "aria-valuenow": height, "aria-valuetext": words };
    for (const [name, value] of Object.entries({ ...place, ...said })) this.cursor.setAttribute(name, value);
    for (const [i, input] of this.inputs.entries())
      if (input !== document.activeElement) input.value = this.heights[i] === null ? "" : format(this.heights[i]);
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
    if (event.key === "Enter") this.element.closest("form").requestSubmit();
    else if (up) this.set(this.at, (this.heights[this.at] ?? this.near(this.at)) + up * size);
    else if (to !== undefined) {
      this.at = clamp(to, 0, this.xs.length - 1);
      this.draw();
    } else return;
    event.preventDefault();
  }

  /** Finger and mouse. Sideways it draws; up and down a finger scrolls the page (touch-action). */
  listen(picture) {
    let last = null;
    picture.addEventListener("pointerdown", (event) => {
      if (this.closed || event.button) return;
      event.preventDefault(); // no text is selected
      picture.setPointerCapture(event.pointerId);
      this.cursor.focus({ preventScroll: true });
      last = this.picture.place(event);
      this.paint(last, last);
    });
    picture.addEventListener("pointermove", (event) => {
      if (!last) return;
      const now = this.picture.place(event);
      this.paint(last, now);
      last = now;
    });
    for (const kind of ["pointerup", "pointercancel"]) picture.addEventListener(kind, () => (last = null));
  }

  /** All places between two points of the pointer, or next to them, get the height of the line between them. */
  paint(from, to) {
    const [[x0, y0], [x1, y1]] = from[0] <= to[0] ? [from, to] : [to, from];
    const next = (this.xs.at(-1) - this.xs[0]) / Math.max(1, this.xs.length - 1) / 2 || Infinity;
    for (const [i, x] of this.xs.entries()) {
      if (x < x0 - next || x > x1 + next) continue;
      const share = clamp((x - x0) / (x1 - x0), 0, 1);
      this.heights[i] = x1 > x0 ? y0 + share * (y1 - y0) : to[1];
      this.at = i;
    }
    this.draw();
  }
}

const fold = (title, content) =>
  html("details", { class: "predict-written" }, html("summary", {}, title), content);
