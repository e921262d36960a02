/* <minirnn-scan-tree>: the same recurrence as a loop, by Hillis and Steele, by Blelloch, and in blocks.

   A step h -> a h + b is the pair (a, b), and (a, b) then (a', b') is the pair (a' a, a' b + b'). The figure
   goes round by round, forwards and backwards, over numbers that the reader can change, shows which pairs are
   combined, counts them, and checks the states against the loop. The state before the first step is zero.

   Attributes, all optional:
     algorithm="hillis-steele"   or "loop", "blelloch", "blocked"
     a="1 .5 1 1 .5 1 -1 .5"     the decays, 2 to 8 numbers
     b="4 2 -1 1 3 0 2 1"        the inputs, as many
     block="2"                   steps in a block, 2 or 4
     round="0"                   the round that is shown first
   Keys: left and right go one round back or on, Home and End to the first and the last. The play button is
   there only where the reader has not asked for less motion. The plans are in scan-tree-plans.js. */

import { drawTree } from "./scan-tree-picture.js";
import { cost, knownStates, loop, plan, same } from "./scan-tree-plans.js";
import {
  choice,
  clamp,
  compact,
  define,
  format,
  html,
  liveSentence,
  parseNumber,
  parseNumbers,
  still,
  svg,
  table,
  Widget,
} from "./shared.js";
import { SCAN_TREE as STRINGS } from "./strings.js";

const PRESETS = {
  mixed: { a: [1, 0.5, 1, 1, 0.5, 1, -1, 0.5], b: [4, 2, -1, 1, 3, 0, 2, 1] },
  sums: { a: [1, 1, 1, 1, 1, 1, 1, 1], b: [3, 1, 4, 1, 5, 9, 2, 6] },
  fading: { a: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], b: [8, 0, 0, 0, 4, 0, 0, 2] },
  reset: { a: [1, 1, 1, 0, 1, 1, 1, 1], b: [1, 2, 3, 4, 1, 1, 1, 1] },
};
const LONG = 1024;
const LONG_BLOCK = 32;

const words = (node) =>
  node.kind === "pair" ? `(${format(node.value[0])}, ${format(node.value[1])})` : `h = ${format(node.value)}`;

class ScanTree extends Widget {
  build() {
    this.way =
      Object.keys(STRINGS.ways).find((way) => way === this.getAttribute("algorithm")) ?? "hillis-steele";
    this.block = this.getAttribute("block") === "4" ? 4 : 2;
    this.round = Math.round(this.number("round", 0, 0, 99));
    const [a, b] = ["a", "b"].map((name) => parseNumbers(this.getAttribute(name) ?? "").values.slice(0, 8));
    this.values = a.length > 1 && a.length === b.length ? { a, b } : structuredClone(PRESETS.mixed);
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.select = html("select", { onchange: () => this.preset(this.select.value) });
    for (const [value, label] of Object.entries(STRINGS.presets))
      this.select.append(html("option", { value }, label));
    this.select.value = a.length > 1 ? "own" : "mixed";
    this.blocks = choice(STRINGS.block, { 2: "2", 4: "4" }, String(this.block), (value) =>
      this.change({ block: Number(value) }),
    );
    this.grid = html("div", { class: "entries" });
    this.complaint = html("p", { class: "complaint", role: "status" });
    this.picture = svg("svg", { class: "tree", role: "img" });
    this.picture.addEventListener("pointerover", (event) => this.pick(event));
    this.picture.addEventListener("pointerdown", (event) => this.pick(event));
    this.example = html("p", { class: "example" });
    this.results = html("div");
    this.verdict = html("p", { class: "verdict" });
    this.sentence = liveSentence();
    this.sentence.element.classList.add("steady");
    this.price = html("div", { class: "half" });
    this.details = html("details", {}, html("summary", {}, STRINGS.words), html("div"));
    this.bar = html("input", {
      type: "range",
      min: 0,
      step: 1,
      "aria-label": STRINGS.progress,
      oninput: () => this.go(Number(this.bar.value)),
    });
    const button = (label, act, name = "") =>
      html("button", { type: "button", class: name, onclick: act }, label);
    this.back = button(STRINGS.back, () => this.go(this.round - 1));
    this.next = button(STRINGS.next, () => this.go(this.round + 1), "main");
    this.player = button(STRINGS.play, () => (this.timer ? this.stop() : this.play()));
    this.player.hidden = still();
    const steps = html("div", { class: "buttons stepping" }, this.back, this.next, this.player, this.bar);
    steps.addEventListener("keydown", (event) => this.key(event));
    this.frame.append(
      html("p", { class: "formula" }, STRINGS.formula),
      choice(STRINGS.way, STRINGS.ways, this.way, (way) => this.change({ way })),
      html("div", { class: "buttons" }, html("label", {}, `${STRINGS.numbers} `, this.select), this.blocks),
      steps,
      this.sentence.element,
      this.grid,
      this.picture,
      this.results,
      this.complaint,
      this.verdict,
      html(
        "div",
        { class: "columns" },
        html("div", { class: "half" }, html("p", { class: "hint" }, STRINGS.legend), this.example),
        this.price,
      ),
      this.details,
    );
    this.enter();
    this.replan();
  }

  /** The fields for the numbers, a above b, one pair a column. */
  enter() {
    const steps = this.values.a.map((_, t) => t);
    const field = (name, t) => {
      const input = html("input", {
        type: "text",
        value: compact(this.values[name][t]),
        "aria-label": STRINGS.entry(name, t),
        autocomplete: "off",
        spellcheck: "false",
      });
      input.addEventListener("input", () => this.edit(input, name, t));
      return input;
    };
    this.grid.replaceChildren(
      html(
        "div",
        { class: "gutter", "aria-hidden": "true" },
        html("span", {}, "t"),
        html("span", {}, "a"),
        html("span", {}, "b"),
      ),
      ...steps.map((t) =>
        html(
          "div",
          { class: "leaf" },
          html("span", { "aria-hidden": "true" }, String(t)),
          field("a", t),
          field("b", t),
        ),
      ),
    );
  }

  edit(input, name, t) {
    const value = parseNumber(input.value);
    input.setAttribute("aria-invalid", value === null);
    this.complaint.textContent = value === null ? STRINGS.wrong(input.value) : "";
    if (value === null) return;
    this.values[name][t] = value;
    this.select.value = "own";
    this.replan();
    this.draw();
  }

  preset(name) {
    if (name in PRESETS) this.values = structuredClone(PRESETS[name]);
    this.enter();
    this.complaint.textContent = "";
    this.replan();
    this.draw();
  }

  change(what) {
    this.stop();
    Object.assign(this, what, { round: 0 });
    this.replan();
    this.draw();
  }

  replan() {
    this.plan = plan(this.way, this.values.a, this.values.b, this.block);
    this.truth = loop(this.values.a, this.values.b);
    this.picked = null;
    this.bar.max = this.plan.rounds.length;
    this.round = clamp(this.round, 0, this.plan.rounds.length);
  }

  go(round) {
    if (this.timer && round >= this.plan.rounds.length) this.stop();
    this.round = clamp(round, 0, this.plan.rounds.length);
    this.picked = null;
    this.draw();
  }

  key(event) {
    const end = this.plan.rounds.length;
    const to = { ArrowLeft: this.round - 1, ArrowRight: this.round + 1, Home: 0, End: end }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.go(to);
  }

  play() {
    if (this.round === this.plan.rounds.length) this.go(0);
    this.timer = setInterval(() => this.go(this.round + 1), 1400);
    this.player.textContent = STRINGS.pause;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.player.textContent = STRINGS.play;
  }

  pick(event) {
    const node = this.plan.nodes[event.target.closest?.("[data-node]")?.dataset.node];
    if (!node || node === this.picked || !node.first || node.round > this.round) return;
    this.picked = node;
    this.drawExample();
  }

  draw() {
    const { rounds } = this.plan;
    const now = rounds[this.round - 1];
    this.blocks.hidden = this.way !== "blocked";
    // Not `disabled`, which would take the focus away from who has just pressed them.
    this.back.setAttribute("aria-disabled", this.round === 0);
    this.next.setAttribute("aria-disabled", this.round === rounds.length);
    this.bar.value = this.round;
    const place = STRINGS.at(this.round, rounds.length);
    const title = now ? `${STRINGS.titles[now.phase](now)} ${STRINGS.made(now.made.length)}` : STRINGS.ready;
    this.bar.setAttribute("aria-valuetext", place);
    this.sentence.say(`${place}. ${title}`);
    drawTree(this.picture, this.plan, this.round, Math.max(this.grid.clientWidth || 600, 240));
    this.picture.setAttribute("aria-label", STRINGS.picture(STRINGS.ways[this.way]));
    this.drawExample();
    this.drawResult();
    this.drawPrice();
    const steps = (node) => (node.before ? STRINGS.before(node.span[1] + 1) : STRINGS.span(...node.span));
    const rows = (now?.made ?? []).map((node) => [
      steps(node),
      words(node.first),
      words(node.then),
      words(node),
    ]);
    this.details.hidden = !now;
    this.details.lastChild.replaceChildren(table(place, STRINGS.header, rows));
  }

  drawExample() {
    const made = this.plan.rounds[this.round - 1]?.made ?? [];
    const node = this.picked ?? made.at(-1);
    this.example.hidden = !node;
    this.picture.querySelector(".picked")?.classList.remove("picked");
    this.picture.querySelector(`[data-node="${this.plan.nodes.indexOf(node)}"]`)?.classList.add("picked");
    if (!node) return;
    const [a, b] = node.then.value.map((value) => format(value));
    const [c, d] =
      node.kind === "pair"
        ? node.first.value.map((value) => format(value))
        : [null, format(node.first.value)];
    const group = (value) => (value.startsWith("−") ? `(${value})` : value);
    const apply = `${a} · ${group(d)} + ${group(b)}`;
    const middle = node.kind === "pair" ? `(${a} · ${group(c)}, ${apply})` : apply;
    this.example.replaceChildren(
      STRINGS.join(words(node.first), words(node.then), middle),
      html("strong", {}, node.kind === "pair" ? words(node) : format(node.value)),
      html("span", { class: "hint" }, STRINGS.pick),
    );
  }

  drawResult() {
    const names = STRINGS.result;
    const known = knownStates(this.plan, this.round);
    const bad = known.findIndex((h, t) => h !== null && !same(h, this.truth[t]));
    const cells = (list) =>
      list.map((h) => html("td", { class: h === null ? "" : "known" }, h === null ? "·" : compact(h)));
    const row = (name, list) => html("tr", {}, html("th", { scope: "row" }, name), ...cells(list));
    const heads = [names.t, ...known.keys()].map((t) =>
      html("th", { scope: "col" }, html("span", { class: "unseen" }, String(t))),
    );
    const body = html("tbody", {}, row(names.h, known), row(names.loop, this.truth));
    this.results.replaceChildren(
      html("table", { class: "states" }, html("thead", {}, html("tr", {}, ...heads)), body),
    );
    const [count, total] = [known.filter((h) => h !== null).length, known.length];
    const { all, part, none, differ } = STRINGS.check;
    this.verdict.classList.toggle("good", bad < 0 && count === total);
    this.verdict.textContent =
      bad >= 0 ? differ(bad) : count === total ? all(total) : count ? part(count, total) : none;
  }

  drawPrice() {
    const { rounds, work } = this.plan;
    const size = this.values.a.length;
    const sofar = rounds.slice(0, this.round).reduce((sum, round) => sum + round.made.length, 0);
    const long = (way) => Object.values(cost(way, LONG, LONG_BLOCK)).map(STRINGS.count);
    const whole = [`${size}`, `${size}`, ...long("loop")];
    const mine = [STRINGS.of(sofar, work), STRINGS.of(this.round, rounds.length), ...long(this.way)];
    const header = [STRINGS.what, STRINGS.ways.loop, STRINGS.sofar(STRINGS.ways[this.way])];
    const rows = STRINGS.price.map((name, i) => [name, whole[i], mine[i]]);
    const note = html("p", { class: "hint" }, STRINGS.notes[this.way]);
    this.price.replaceChildren(table(STRINGS.counts, header, rows), note);
  }
}

define("minirnn-scan-tree", ScanTree);
