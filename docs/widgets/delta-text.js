/* <minirnn-delta-text>: a trained selective layer reads digits among dots, and its state stands still at dots.

   A field for each token; below it how long its step lasts (the median Δ of the channels), and a column of the
   state. The last columns are the markers, at which the network names the last three digits.

   Attribute, optional:
     tokens="4..2...7.."   digits from 1 to 8, and dots; 12 places at most
   Keys, on a field: 1 to 8 write a digit; Space and Enter swap digit and dot; the dot, 0 and Backspace write a dot;
   left, right, Home and End go to other fields. */

import { CHANNELS, MARKER, NAMED, run, SIZE } from "./delta-text-network.js";
import { clamp, define, format, html, line, liveSentence, svg, table, text, Widget } from "./shared.js";
import { DELTA_TEXT as STRINGS } from "./strings.js";

const PLACES = 12;
const [LEFT, FIELD, TOP, FOOT, ROW] = [30, 34, 60, 124, 7]; // the bars stand between TOP and FOOT
const HEAT = FOOT + 12;
const TALLEST = 0.2;

/** "3..1" -> [3, 0, 0, 1]; all else than a digit from 1 to 8 is a dot. */
export const places = (words) => [...words].slice(0, PLACES).map((c) => (/[1-8]/.test(c) ? Number(c) : 0));

/** The last digits, in their order; 0 stands first where there are fewer. */
export const expected = (text) =>
  [...Array(NAMED).fill(0), ...text.filter(Boolean)].slice(-NAMED);

export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

const size = (h) => Math.hypot(...h);
const mean = (numbers) => (numbers.length ? numbers.reduce((sum, x) => sum + x, 0) / numbers.length : null);

/** What the network does at each place and at the markers; what share of the state it keeps, from the first digit on. */
export function look(text) {
  const tokens = [...text, ...Array(NAMED).fill(MARKER)];
  const found = run(tokens);
  const first = text.findIndex(Boolean);
  const steps = found.map(({ delta, kept, h, scores }, t) => ({
    token: tokens[t],
    delta: median(delta),
    share: first >= 0 && t > first ? size(kept) / size(found[t - 1].h) : null,
    state: h.slice(0, CHANNELS),
    named: t < text.length ? null : scores.indexOf(Math.max(...scores)),
  }));
  const of = (what, key) =>
    mean(steps.slice(0, text.length).filter((each) => Boolean(each.token) === what && each[key] !== null).map((each) => each[key]));
  const kinds = { dot: false, digit: true };
  const means = Object.fromEntries(
    Object.entries(kinds).map(([kind, what]) => [kind, { delta: of(what, "delta"), share: of(what, "share") }]),
  );
  return { steps, means, named: steps.slice(text.length).map((each) => each.named) };
}

class DeltaText extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.frame.classList.add("text-of-steps");
    this.text = places(this.getAttribute("tokens") ?? "4..2...7..");
    this.digits = this.text.map((token, t) => token || ((3 * t + 4) % 8) + 1); // what comes where a dot is swapped
    this.at = 0;
    this.picture = svg("svg", {});
    this.ground = svg("g", { role: "img" });
    this.fields = this.text.map((_, t) => this.field(t));
    this.picture.append(this.ground, ...this.fields.map(({ element }) => element));
    this.sentence = liveSentence();
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    this.frame.append(
      html("p", { class: "hint" }, STRINGS.hint),
      this.picture,
      html("p", { class: "hint" }, STRINGS.key(CHANNELS)),
      this.sentence.element,
      this.numbers,
    );
  }

  field(t) {
    const box = svg("rect", { y: 2, height: FIELD - 4, rx: 5, class: "box" });
    const sign = text(0, FIELD / 2 + 5, "", "sign");
    const role = { role: "spinbutton", "aria-valuemin": 0, "aria-valuemax": 8, "aria-label": STRINGS.place(t) };
    const element = svg("g", { ...role, class: "field-of-step" }, box, sign);
    const swap = () => this.write(t, this.text[t] ? 0 : this.digits[t]);
    element.addEventListener("click", swap);
    element.addEventListener("focus", () => this.go(t));
    element.addEventListener("keydown", (event) => {
      const { key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const last = this.text.length - 1;
      const aside = { ArrowLeft: t - 1, ArrowRight: t + 1, Home: 0, End: last }[key];
      if (aside !== undefined) this.fields[clamp(aside, 0, last)].element.focus();
      else if (key === " " || key === "Enter") swap();
      else if (key === "ArrowUp" || key === "ArrowDown")
        this.write(t, clamp(this.text[t] + (key === "ArrowUp" ? 1 : -1), 0, 8));
      else if (/^[1-8]$/.test(key)) this.write(t, Number(key));
      else if ([".", "0", "Backspace", "Delete"].includes(key)) this.write(t, 0);
      else return;
      event.preventDefault();
    });
    return { element, box, sign };
  }

  write(t, token) {
    this.text[t] = token;
    if (token) this.digits[t] = token;
    this.go(t);
  }

  go(t) {
    this.at = t;
    this.draw();
  }

  draw() {
    const { steps, means, named } = look(this.text);
    const told = STRINGS.told(means, named, expected(this.text));
    this.sentence.say(told);
    this.ground.setAttribute("aria-label", `${STRINGS.picture} ${told}`);
    const width = Math.max(this.frame.clientWidth - 32, 240);
    const column = (width - LEFT) / steps.length;
    const end = HEAT + CHANNELS * ROW;
    this.picture.setAttribute("viewBox", `0 0 ${width} ${end + 4}`);
    const sx = (t) => LEFT + t * column;
    const sy = (delta) => FOOT - (Math.min(delta, TALLEST) / TALLEST) * (FOOT - TOP);
    this.fields.forEach(({ element, box, sign }, t) => {
      element.setAttribute("tabindex", t === this.at ? 0 : -1);
      element.setAttribute("aria-valuenow", this.text[t]);
      element.setAttribute("aria-valuetext", STRINGS.value(this.text[t], format(steps[t].delta, 2)));
      element.setAttribute("transform", `translate(${sx(t)},0)`);
      box.setAttribute("x", 1);
      box.setAttribute("width", column - 2);
      sign.setAttribute("x", column / 2);
      sign.textContent = STRINGS.sign(this.text[t]);
    });
    this.ground.replaceChildren(
      ...[0, TALLEST].flatMap((delta) => [
        line(LEFT, sy(delta), width, sy(delta), delta ? "grid" : "axis"),
        text(LEFT - 4, sy(delta) + 4, format(delta), "tick", "end"),
      ]),
      text(LEFT - 4, (TOP + FOOT) / 2 + 4, "Δ", "formula", "end"),
      text(LEFT - 4, HEAT + (CHANNELS * ROW) / 2 + 4, "h", "formula", "end"),
      text(sx(this.text.length) + 1.5 * column, 13, STRINGS.back, "tick"),
      ...steps.flatMap(({ delta, state, named: name }, t) => [
        svg("rect", { x: sx(t) + 3, y: sy(delta), width: column - 6, height: FOOT - sy(delta), class: "yours" }),
        ...Array.from(state, (h, k) => {
          const strength = clamp(Math.abs(h) / SIZE[k], 0, 1).toFixed(2);
          const place = { x: sx(t) + 0.5, y: HEAT + k * ROW, width: column - 1, height: ROW };
          return svg("rect", { ...place, class: h < 0 ? "theirs" : "yours", "fill-opacity": strength });
        }),
        name === null ? "" : text(sx(t) + column / 2, 32, STRINGS.sign(name), "sign"),
      ]),
    );
    if (!this.numbers.open) return;
    this.numbers.querySelector("table")?.remove();
    const rows = steps.map(({ token, delta, share, named: name }, t) => [
      String(t),
      token === MARKER ? STRINGS.marker : STRINGS.sign(token),
      format(delta, 2),
      share === null ? "" : STRINGS.percent(share),
      name === null ? "" : STRINGS.sign(name),
    ]);
    this.numbers.append(table(STRINGS.table, STRINGS.header, rows));
  }
}

define("minirnn-delta-text", DeltaText);
