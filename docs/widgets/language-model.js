/* <minirnn-language-model>: a small Hawk that reads what is typed and goes on, one character at a time.

   The weights (language-model.json and .bin, beside this file) are fetched when the figure comes into view or
   is used, once for all figures of a page. What the model would write depends on the text, the temperature
   and a seed alone: the grey words ahead are those that the button then writes.

   Attributes, all optional:
     text="The "          what stands there at first
     temperature="0.6"    from 0, always the likeliest character, to 1.5
     seed="1"             a whole number; another one, other words
   Keys: those of text fields, buttons and sliders; Escape stops the writing. */

import {
  ChancesTable,
  halfLives,
  order,
  quoted,
  percent,
  SHOWN,
  StatePicture,
} from "./language-model-picture.js";
import { likeliest, loadNetwork, Reader, remark, runs, unsureAmong } from "./language-model-reader.js";
import { choice, define, format, html, liveSentence, slider, still, table, Widget } from "./shared.js";
import { LANGUAGE_MODEL as STRINGS } from "./strings.js";

const LONGEST = 1000; // characters in the field: all are read again when the first one changes
const AHEAD = 48; // characters in grey
const AT_ONCE = 200; // characters that one press of the button writes
const PAUSE = 40; // milliseconds between two of them

class LanguageModel extends Widget {
  build() {
    this.settings = {
      temperature: this.number("temperature", 0.6, 0, 1.5),
      seed: Math.round(this.number("seed", 1, 0, 2 ** 31)),
    };
    this.text = (this.getAttribute("text") ?? "The ").slice(0, LONGEST);
    this.marks = Array(this.text.length).fill(false);
    this.block = 0;
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.field = html("textarea", {
      id: "text",
      maxlength: LONGEST,
      spellcheck: "false",
      autocomplete: "off",
      autocapitalize: "off",
      "aria-describedby": "ahead",
      oninput: () => this.change(this.field.value),
      onscroll: () => this.scroll(),
      onkeydown: () => this.halt(),
      onpointerdown: () => this.halt(),
    });
    this.under = html("div", { class: "under", "aria-hidden": "true" });
    this.ahead = html("span", { class: "unseen", id: "ahead" });
    this.complaint = html("p", { class: "complaint", role: "status" });
    this.wrote = html("p", { class: "unseen", role: "status" });
    this.trouble = html("p", { class: "complaint", role: "alert" });
    const button = (words, onclick, attributes = {}) =>
      html("button", { type: "button", onclick, ...attributes }, words);
    this.again = button(STRINGS.again, () => this.load(), { hidden: true });
    this.writer = button(STRINGS.write, () => (this.timer ? this.halt() : this.write(AT_ONCE)), {
      class: "main",
    });
    this.temperature = slider(STRINGS.temperature, { min: 0, max: 1.5, step: 0.1 }, (value) =>
      this.set("temperature", value),
    );
    this.chances = new ChancesTable((symbol) => this.press(symbol));
    this.picture = new StatePicture();
    this.blocks = html("div", { class: "buttons blocks" });
    this.sentence = liveSentence();
    this.about = html("p", { class: "hint" }, STRINGS.waiting);
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    this.frame.append(
      html("p", { class: "formula" }, STRINGS.formula),
      html("label", { class: "label", for: "text" }, STRINGS.field),
      html("div", { class: "paper" }, this.under, this.field),
      this.ahead,
      this.complaint,
      html(
        "div",
        { class: "buttons" },
        this.writer,
        button(STRINGS.one, () => this.write(1)),
        button(STRINGS.other, () => this.set("seed", this.settings.seed + 1)),
      ),
      html(
        "div",
        { class: "buttons", role: "group", "aria-label": STRINGS.begin },
        html("span", { "aria-hidden": "true" }, STRINGS.begin),
        ...STRINGS.beginnings.map((text) => button(text, () => this.restart(text), { class: "character" })),
      ),
      html("div", { class: "controls" }, this.temperature.row, html("p", { class: "hint" }, STRINGS.hint)),
      html("div", { class: "buttons" }, this.trouble, this.again),
      html(
        "div",
        { class: "columns" },
        html("div", { class: "half" }, this.chances.element),
        html("div", { class: "half" }, this.blocks, this.picture.element),
      ),
      this.sentence.element,
      this.wrote,
      this.numbers,
      this.about,
    );
    this.frame.addEventListener("keydown", (event) => event.key === "Escape" && this.halt());
    for (const use of ["focusin", "pointerdown"]) this.frame.addEventListener(use, () => this.load());
    // The colours of the heat map are the page's.
    new MutationObserver(() => this.draw()).observe(this.frame, { attributeFilter: ["class"] });
  }

  connectedCallback() {
    super.connectedCallback();
    this.sight = new IntersectionObserver((entries) => entries.at(-1).isIntersecting && this.load());
    this.sight.observe(this);
  }

  stop() {
    this.sight.disconnect();
    this.halt();
  }

  /** Fetch the weights if they are not there yet. */
  async load() {
    if (this.reader) return;
    this.trouble.textContent = "";
    this.again.hidden = true;
    try {
      const network = await loadNetwork();
      if (!this.reader) this.begin(network);
    } catch {
      this.trouble.textContent = STRINGS.trouble;
      this.again.hidden = false;
    }
  }

  begin(network) {
    this.reader = new Reader(network);
    const names = Object.fromEntries(network.blocks.map((_, i) => [i, STRINGS.block(i + 1)]));
    this.blocks.replaceChildren(
      choice(STRINGS.state, names, "0", (value) => ((this.block = Number(value)), this.draw())),
    );
    this.about.textContent = STRINGS.about(network.about, Math.log(network.symbols.length));
    this.draw();
  }

  set(name, value) {
    this.settings[name] = value;
    this.draw();
  }

  /** The text is another one now: the reader's own where it changed. */
  change(text) {
    this.halt();
    this.marks = remark(this.text, text, this.marks);
    this.text = text;
    this.draw();
  }

  restart(text) {
    this.halt();
    this.text = "";
    this.marks = [];
    this.change(text);
  }

  /** A character that was chosen from the table. */
  press(symbol) {
    this.halt();
    if (this.text.length < LONGEST) this.append(symbol, false);
  }

  append(text, mark) {
    this.text += text;
    this.marks.push(...Array(text.length).fill(mark));
    this.draw();
    this.field.scrollTop = this.field.scrollHeight;
    this.scroll();
  }

  /** Let the model write: a character at a time, or all at once where the reader has asked for no motion. */
  write(count) {
    this.halt();
    if (!this.reader) return void this.load().then(() => this.reader && this.write(count));
    this.start = this.text.length;
    const end = Math.min(this.start + count, LONGEST);
    const more = (n) => this.append(this.reader.goOn(this.text.length, n, this.settings), true);
    if (count === 1 || still()) {
      if (end > this.start) more(end - this.start);
      return this.report();
    }
    this.timer = setInterval(() => (this.text.length < end ? more(1) : this.halt()), PAUSE);
    this.draw();
  }

  halt() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = 0;
    this.draw();
    this.report();
  }

  report() {
    this.wrote.textContent = STRINGS.wrote(this.text.slice(this.start));
  }

  scroll() {
    this.under.scrollTop = this.field.scrollTop;
  }

  draw() {
    if (this.field.value !== this.text) this.field.value = this.text;
    this.temperature.show(this.settings.temperature, format(this.settings.temperature));
    this.writer.textContent = this.timer ? STRINGS.halt : STRINGS.write;
    const parts = runs(this.text, this.marks).map(({ text, mark }) => html(mark ? "mark" : "span", {}, text));
    this.under.replaceChildren(...parts, html("span", { class: "ghost" }), "\u200b");
    if (!this.reader) return;
    const { network } = this.reader;
    const unknown = this.reader.read(this.text);
    const full = this.text.length >= LONGEST ? STRINGS.full(LONGEST) : "";
    this.complaint.textContent = unknown.length ? STRINGS.unknown(unknown.map(quoted).join(", ")) : full;
    if (!this.timer) {
      const ghost = this.reader.goOn(this.text.length, AHEAD, this.settings);
      this.under.querySelector(".ghost").textContent = ghost;
      this.ahead.textContent = STRINGS.ahead(ghost);
    }
    this.scroll();
    const chances = this.reader.next(this.settings.temperature);
    // By logits, which keep their order also where all probabilities but one are zero.
    const best = likeliest(this.reader.steps.at(-1).logits, SHOWN);
    this.chances.draw(network.symbols, chances, best);
    this.picture.draw(this.reader.steps, this.block, network);
    const [first, second] = best.map((id) => [quoted(network.symbols[id]), percent(chances[id])]);
    const unsure = STRINGS.unsure(unsureAmong(chances), format);
    this.sentence.say(
      this.settings.temperature ? STRINGS.sentence(first, second, unsure) : STRINGS.only(first[0]),
    );
    if (this.numbers.open && !this.timer) this.list();
  }

  /** The state in numbers, the channels with the longest memory first. */
  list() {
    const { h, a } = this.reader.steps.at(-1).state[this.block];
    const { rate } = this.reader.network.blocks[this.block];
    const halves = halfLives(rate);
    const rows = order(rate)
      .reverse()
      .map((k) => [String(k), format(halves[k]), format(a[k]), format(h[k])]);
    this.numbers.querySelector("table")?.remove();
    this.numbers.append(table(STRINGS.tableOf(this.block + 1), STRINGS.columns, rows));
  }
}

define("minirnn-language-model", LanguageModel);
