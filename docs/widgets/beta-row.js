/* <minirnn-beta-row>: the probabilities after q, with every symbol pretended to have been seen beta times.

   p(x | q) = (n(q, x) + beta) / (n(q) + beta V), with the counts of letter-counts.js. Keys: those of a
   slider. */

import { clamp, define, format, html, liveSentence, slider, svg, table, text, Widget } from "./shared.js";
import { AFTER_Q } from "./letter-counts.js";
import { BETA_ROW as STRINGS } from "./strings.js";

const ROW = 26;

/** For a beta: { seen: [[symbol, count, p], ...], each: p of a symbol never seen, unseen, total }. */
export function smooth({ V, counts }, beta) {
  const total = Object.values(counts).reduce((a, b) => a + b, 0);
  const p = (n) => (n + beta) / (total + beta * V);
  const seen = Object.entries(counts).map(([symbol, n]) => [symbol, n, p(n)]);
  return { seen, each: p(0), unseen: V - seen.length, total };
}

/** A probability with two digits that count, and no powers of ten: 0.00024. */
export const decimal = (p) => p.toFixed(clamp(1 - Math.floor(Math.log10(p)), 2, 9));

/** A place on the slider, from -3 to 3, as a beta with two digits. */
export const betaAt = (place) => Number((10 ** place).toPrecision(2));

class BetaRow extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.place = Math.log10(this.number("beta", 0.1, 0.001, 1000));
    this.slider = slider(STRINGS.beta, { min: -3, max: 3, step: 0.1 }, (place) => {
      this.place = place;
      this.draw();
    });
    this.picture = svg("svg", { role: "img" });
    this.sentence = liveSentence();
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    this.frame.append(
      html("p", { class: "formula" }, STRINGS.formula),
      this.slider.row,
      this.picture,
      this.sentence.element,
      this.numbers,
    );
  }

  draw() {
    const beta = betaAt(this.place);
    const { seen, each, unseen, total } = smooth(AFTER_Q, beta);
    this.slider.show(this.place, `β = ${format(beta)}`);
    const rest = [STRINGS.rest(unseen), 0, each * unseen];
    const rows = [...seen.map(([symbol, n, p]) => [STRINGS.named[symbol] ?? symbol, n, p]), rest];
    const [first, other] = [decimal(seen[0][2]), decimal(each)];
    const told = STRINGS.told(format(beta), format(beta * AFTER_Q.V), total, first, other);
    this.sentence.say(told);
    this.picture.setAttribute("aria-label", `${STRINGS.picture} ${told}`);
    const width = Math.max(this.frame.clientWidth - 32, 220);
    const [left, right] = [width > 420 ? 150 : 104, 56];
    this.picture.setAttribute("viewBox", `0 0 ${width} ${rows.length * ROW}`);
    this.picture.replaceChildren(
      ...rows.flatMap(([name, , p], i) => [
        text(left - 8, i * ROW + 17, name, i + 1 < rows.length ? "" : "tick", "end"),
        svg("rect", {
          x: left,
          y: i * ROW + 4,
          width: Math.max(p * (width - left - right), 1),
          height: ROW - 9,
          class: i + 1 < rows.length ? "yours" : "theirs",
        }),
        text(left + p * (width - left - right) + 6, i * ROW + 17, decimal(p), "tick", "start"),
      ]),
    );
    if (!this.numbers.open) return;
    this.numbers.querySelector("table")?.remove();
    const cells = rows.map(([name, n, p]) => [name, String(n), format(p)]);
    this.numbers.append(table(STRINGS.table, STRINGS.header, cells));
  }
}

define("minirnn-beta-row", BetaRow);
