/* The two pictures of the figure language-model: a table of the next characters, a heat map of the state. */

import { clamp, format, html, lowered } from "./shared.js";
import { LANGUAGE_MODEL as STRINGS } from "./strings.js";

export const SHOWN = 10; // characters in the table
const COLUMN = 11; // pixels, the least that a letter needs

const VISIBLE = { " ": "␣", "\n": "⏎" };

/** A character as something that can be seen. */
export const visible = (symbol) => VISIBLE[symbol] ?? symbol;

/** A character in a sentence: “e”, a space. */
export const quoted = (symbol) => STRINGS.named[symbol] ?? `“${symbol}”`;

/** 0.1234 as 12.3 %; only what is impossible is shown as 0.0, only what is certain as 100.0. */
export function percent(p) {
  const number =
    p > 0 && p < 0.0005 ? "<\u00a00.1" : p < 1 && p > 0.9995 ? ">\u00a099.9" : (100 * p).toFixed(1);
  return `${number}\u00a0%`;
}

/** The likeliest next characters as rows with a button, a number and a bar, and all others in a last row. */
export class ChancesTable {
  constructor(pressed) {
    this.rows = Array.from({ length: SHOWN }, () => {
      const button = html("button", { type: "button", class: "character" });
      button.addEventListener("click", () => button.symbol !== undefined && pressed(button.symbol));
      return { button, ...barCell(), name: button };
    });
    this.others = { ...barCell(), name: html("span", { class: "others" }) };
    const row = ({ name, cell }) => html("tr", {}, html("th", { scope: "row" }, name), cell);
    const head = STRINGS.header.map((name) => html("th", { scope: "col" }, name));
    this.element = html(
      "table",
      { class: "data chances" },
      html("caption", {}, STRINGS.chances),
      html("thead", {}, html("tr", {}, ...head)),
      html("tbody", {}, ...[...this.rows, this.others].map(row)),
    );
    this.draw([], [], []);
  }

  /** best: the ids for the rows, likeliest first. */
  draw(symbols, chances, best) {
    this.rows.forEach(({ button, number, bar }, i) => {
      const [symbol, p] = [symbols[best[i]], chances[best[i]]];
      button.symbol = symbol;
      button.textContent = symbol === undefined ? "·" : visible(symbol);
      button.setAttribute("aria-label", STRINGS.add(button.textContent, STRINGS.named[symbol]));
      fillBar(number, bar, p);
    });
    const rest = best.reduce((sum, id) => sum - chances[id], 1);
    this.others.name.textContent = STRINGS.others(Math.max(symbols.length - SHOWN, 0));
    fillBar(this.others.number, this.others.bar, symbols.length ? Math.max(rest, 0) : undefined);
  }
}

function barCell() {
  const number = html("span", { class: "number" });
  const bar = html("span", { class: "bar" });
  const track = html("span", { class: "track", "aria-hidden": "true" }, bar);
  return { number, bar, cell: html("td", {}, html("span", { class: "chance" }, number, track)) };
}

function fillBar(number, bar, p) {
  number.textContent = p === undefined ? "–" : percent(p);
  bar.style.width = `${100 * (p ?? 0)}%`;
}

/** In how many characters half of a channel is gone when its gate r is half open: a = exp(−rate / 2). */
export const halfLives = (rate) => Array.from(rate, (value) => (2 * Math.LN2) / value);

/** The channels in the order of their memory, the shortest first. */
export const order = (rate) => [...rate.keys()].sort((i, j) => rate[j] - rate[i]);

/** How strong the colour of a value is, from 0 to 1, where `size` is the usual size of values. */
export const strength = (value, size) => Math.tanh(Math.abs(value) / (1.5 * size));

/** A block's state after each of the last characters: a column a character, a row a channel. */
export class StatePicture {
  constructor() {
    this.canvas = html("canvas", { role: "img", "aria-label": STRINGS.empty });
    for (const name of ["pointerdown", "pointermove"])
      this.canvas.addEventListener(name, (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => this.tell());
    this.letters = html("div", { class: "letters", "aria-hidden": "true" });
    this.told = html("p", { class: "hint told", "aria-hidden": "true" });
    const key = (name, words) => html("span", {}, html("span", { class: `key ${name}` }), words);
    const [soon, late] = STRINGS.memory.map((words) => html("span", {}, words));
    this.element = html(
      "div",
      {},
      html(
        "div",
        { class: "heat" },
        html("div", { class: "side", "aria-hidden": "true" }, soon, late),
        html("div", { class: "map" }, this.canvas, this.letters),
      ),
      html("p", { class: "keys" }, key("minus", STRINGS.keys.minus), key("plus", STRINGS.keys.plus)),
      this.told,
    );
    this.tell();
  }

  /** steps: of a Reader; block: its number; network: whose state it is. */
  draw(steps, block, network) {
    const width = this.letters.clientWidth || 300;
    const columns = clamp(Math.floor(width / COLUMN), 16, 48);
    const { rate } = network.blocks[block];
    this.seen = {
      steps: steps.slice(-columns).map(({ id, state }) => ({ symbol: network.symbols[id], ...state[block] })),
      columns,
      rows: order(rate),
      halves: halfLives(rate),
    };
    this.paint(network.about.state_size[block]);
    const shown = Array.from({ length: columns }, (_, i) => this.seen.steps[i]?.symbol ?? " ");
    this.letters.replaceChildren(
      ...shown.map((symbol, i) => html("span", {}, i < this.seen.steps.length ? visible(symbol) : "")),
    );
    const { symbol, h } = this.seen.steps.at(-1);
    const large = [...h.keys()].sort((i, j) => Math.abs(h[j]) - Math.abs(h[i])).slice(0, 3);
    const numbers = large.map((k) => STRINGS.channel(lowered(k), format(h[k])));
    this.canvas.setAttribute(
      "aria-label",
      STRINGS.picture(block + 1, h.length, this.seen.steps.length, quoted(symbol), numbers.join(", ")),
    );
  }

  paint(size) {
    const { steps, columns, rows } = this.seen;
    this.canvas.width = columns;
    this.canvas.height = rows.length;
    const style = getComputedStyle(this.canvas);
    const [plus, minus] = ["--blue", "--orange"].map((name) => rgb(style.getPropertyValue(name)));
    const context = this.canvas.getContext("2d");
    const image = context.createImageData(columns, rows.length);
    steps.forEach(({ h }, x) =>
      rows.forEach((k, y) => {
        const colour = h[k] < 0 ? minus : plus;
        image.data.set([...colour, 255 * strength(h[k], size)], 4 * (y * columns + x));
      }),
    );
    context.putImageData(image, 0, 0);
  }

  point(event) {
    if (!this.seen) return;
    const box = this.canvas.getBoundingClientRect();
    const at = (part, whole, count) => clamp(Math.floor((part / whole) * count), 0, count - 1);
    const { steps, columns, rows, halves } = this.seen;
    const step = steps[at(event.clientX - box.left, box.width, columns)];
    const k = rows[at(event.clientY - box.top, box.height, rows.length)];
    if (step)
      this.tell(STRINGS.cell(lowered(k), format(step.h[k]), quoted(step.symbol), format(halves[k], 2)));
  }

  tell(words = STRINGS.pointAt) {
    this.told.textContent = words;
  }
}

/** "#1668b0" -> [22, 104, 176]. */
export const rgb = (colour) => [1, 3, 5].map((i) => parseInt(colour.trim().slice(i, i + 2), 16) || 0);
