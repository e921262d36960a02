/* The picture of a curve that is guessed: axes, the beginning that is given, what was drawn, and what is. */

import { format, line, points, svg, text } from "../widgets/shared.js";
import { axis, scale } from "./judge.js";
import { WORDS } from "./strings.js";

const SIZES = { wide: [640, 300], narrow: [360, 250] }; // on a phone letters stay as large and the rest shrinks
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 50, 26, 46];
const ROOM = 0.35; // above and below what there is, so that the axis does not tell the answer
const LINE = 16; // between two names

export class Picture {
  /** all: the points of the whole curve; given: those that are shown from the beginning. */
  constructor(all, given, across, up) {
    [this.wide, this.tall] = SIZES[matchMedia("(max-width: 44.98em)").matches ? "narrow" : "wide"];
    Object.assign(this, { all, given, right: this.wide - RIGHT, bottom: this.tall - BOTTOM });
    const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
    this.x = axis({ low: Math.min(...xs), high: Math.max(...xs) }, LEFT, this.right);
    this.range = scale(ys, ROOM);
    this.y = axis(this.range, this.bottom, TOP);
    this.layer = svg("g");
    const settings = { viewBox: `0 0 ${this.wide} ${this.tall}`, class: "predict-curve", role: "group" };
    this.element = svg("svg", { ...settings, "aria-label": WORDS.picture(across, up) });
    this.element.append(...this.axes(scale(xs, 0).marks, across, up));
    this.element.append(svg("polyline", { points: this.way(given), class: "given" }), this.layer);
  }

  way = (list) => points(list.map(([x, y]) => [this.x.to(x), this.y.to(y)]));

  axes(marks, across, up) {
    return [
      ...this.range.marks.flatMap((y) => [
        line(LEFT, this.y.to(y), this.right, this.y.to(y), "grid"),
        text(LEFT - 8, this.y.to(y) + 4, format(y), "tick", "end"),
      ]),
      line(LEFT, this.bottom, this.right, this.bottom, "axis"),
      ...marks.map((x) => text(this.x.to(x), this.bottom + 18, format(x))),
      text((LEFT + this.right) / 2, this.tall - 8, across, "name"),
      text(LEFT - 44, TOP - 10, up, "name", "start"),
    ];
  }

  /** drawn: the points of the guess; told: whether what is may be seen. */
  draw(drawn, told) {
    const last = this.given.slice(-1);
    const way = drawn.length ? [...last, ...drawn] : [];
    const lines = [svg("polyline", { points: this.way(way), class: "drawn" })];
    if (told) {
      const rest = this.all.filter(([x]) => !last.length || x >= last[0][0]);
      lines.push(svg("polyline", { points: this.way(rest), class: "true" }), ...this.names(drawn));
    } else {
      const dot = ([x, y]) => svg("circle", { cx: this.x.to(x), cy: this.y.to(y), r: 2.5, class: "dot" });
      lines.push(...drawn.map(dot));
    }
    this.layer.replaceChildren(...lines);
  }

  /** At the ends of the lines; one above the other where these end close together. */
  names(drawn) {
    const ends = [{ y: this.y.to(this.all.at(-1)[1]), words: WORDS.true, name: "true-name" }];
    if (drawn.length) ends.push({ y: this.y.to(drawn.at(-1)[1]), words: WORDS.drawn, name: "drawn-name" });
    ends.sort((one, other) => one.y - other.y);
    if (ends.length > 1 && ends[1].y - ends[0].y < LINE) {
      const middle = (ends[0].y + ends[1].y) / 2;
      [ends[0].y, ends[1].y] = [middle - LINE / 2, middle + LINE / 2];
    }
    return ends.map(({ y, words, name }) => text(this.right + 6, y + 4, words, name, "start"));
  }

  /** Where a pointer is, as [x, y] of the curve. */
  place(event) {
    const box = this.element.getBoundingClientRect();
    const scaled = this.wide / box.width;
    const [across, down] = [event.clientX - box.left, event.clientY - box.top];
    return [this.x.from(across * scaled), this.y.from(down * scaled)];
  }
}
