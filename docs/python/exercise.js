/* <minirnn-exercise data-id="combine">: an editor for one exercise, and the check of what is written in it.

   It stands below the statement of the exercise and above its hints, which are folds of the page. Python starts
   when the button is pressed. The text is kept in this browser until it is the empty function again. */

import { pass } from "../scripts/record.js";
import { html, define } from "../widgets/shared.js";
import { indent, newLine, outdent } from "./editor.js";
import { keep, keepSpare, onOthers, read, readSpare } from "./kept.js";
import { Python, readIndex } from "./python.js";
import { block } from "./said.js";
import { WORDS } from "./strings.js";

const python = new Python();
const PATIENCE = 250; // milliseconds before one is told that something is going on

export class Exercise extends (globalThis.HTMLElement ?? Object) {
  async connectedCallback() {
    if (this.name) return;
    this.name = this.dataset.id;
    addStyle();
    await this.open();
  }

  async open() {
    try {
      this.facts = (await readIndex()).exercises[this.name];
    } catch {
      const again = button(WORDS.again, () => this.open());
      this.replaceChildren(html("p", {}, WORDS.unloaded), html("div", { class: "python-buttons" }, again));
      return;
    }
    if (this.facts) this.build();
    else this.replaceChildren(html("p", {}, WORDS.noPython));
  }

  build() {
    const id = `python-${this.name}`;
    const kept = read(this.name);
    this.seen = kept; // what was kept when this tab last looked
    this.leaving = false;
    this.editor = html("textarea", {
      id: `${id}-editor`,
      class: "python-editor",
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      autocorrect: "off",
      wrap: "off",
      "aria-describedby": `${id}-keys`,
      oninput: () => this.changed(),
      onkeydown: (event) => this.key(event),
    });
    this.editor.value = kept ?? this.facts.stub;
    this.fit();
    this.button = button("", () => this.check(), "md-button md-button--primary");
    this.status = html("p", { class: "python-status", role: "status" }, kept === null ? "" : WORDS.found);
    this.heading = html("h4", { class: "python-title", id: `${id}-title` });
    this.said = html("div", { class: "python-said" });
    this.more = html("div", { class: "python-buttons" });
    this.result = html(
      "div",
      { class: "python-result", role: "region", "aria-labelledby": `${id}-title`, hidden: true },
      ...[this.heading, this.said, this.more],
    );
    this.note = html("p", { class: "python-note" });
    this.back = button(WORDS.back, () => this.bringBack());
    this.replaceChildren(
      html("label", { class: "python-label", for: `${id}-editor` }, WORDS.editor(this.facts.filename)),
      this.editor,
      html("p", { class: "python-note", id: `${id}-keys` }, WORDS.keys),
      html("div", { class: "python-buttons" }, this.button, button(WORDS.reset, () => this.reset()), this.back),
      ...[this.note, this.status],
      html("div", { "aria-live": "polite" }, this.result), // read out; the focus stays with who writes
    );
    python.addEventListener("change", () => this.label());
    this.label();
    this.back.hidden = readSpare(this.name) === null;
    onOthers(() => this.meet());
  }

  /** Another tab has written: its text is the newest, for what is written here is kept at every key. */
  meet() {
    const there = read(this.name);
    if (there === this.seen) return;
    this.seen = there;
    const { selectionStart, selectionEnd } = this.editor;
    this.editor.value = there ?? this.facts.stub;
    this.editor.setSelectionRange(selectionStart, selectionEnd);
    this.fit();
    this.back.hidden = readSpare(this.name) === null;
    this.say(WORDS.newest);
  }

  /** Keep what is about to be replaced. */
  save(text) {
    if (text === null || text === this.facts.stub) return;
    this.back.hidden = !keepSpare(this.name, text);
  }

  /** Change places with the spare text. */
  bringBack() {
    const text = readSpare(this.name);
    if (text === null) return;
    const now = this.editor.value;
    this.editor.value = text;
    this.changed();
    keepSpare(this.name, now === this.facts.stub ? null : now);
    this.back.hidden = readSpare(this.name) === null;
    this.say(WORDS.brought);
    this.editor.focus();
  }

  label() {
    this.button.textContent = python.warm ? WORDS.check : WORDS.start;
    this.note.textContent = python.warm ? WORDS.practice : WORDS.size(this.facts.uses);
  }

  /** As tall as the text, within reason. */
  fit() {
    this.editor.rows = Math.min(Math.max(this.editor.value.split("\n").length + 1, 8), 30);
  }

  changed() {
    this.fit();
    const value = this.editor.value === this.facts.stub ? null : this.editor.value;
    const there = read(this.name);
    if (there !== this.seen) this.save(there); // another tab wrote while this one was asleep
    this.seen = value;
    if (!keep(this.name, value)) this.say(WORDS.unkept);
  }

  say(text) {
    this.status.textContent = text;
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.check();
    } else if (event.key === "Escape") {
      this.leaving = true;
      this.say(WORDS.leave);
    } else if (event.key === "Tab" && !this.leaving && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      this.edit(event.shiftKey ? outdent : indent);
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.edit(newLine);
    } else if (event.key !== "Shift" && event.key !== "Tab") {
      if (this.leaving) this.say("");
      this.leaving = false;
    }
  }

  edit(how) {
    const { value, selectionStart, selectionEnd } = this.editor;
    const { at, end, insert, from, to } = how(value, selectionStart, selectionEnd);
    if (value.slice(at, end) !== insert) {
      this.editor.setSelectionRange(at, end);
      // Old, but the one way that the browser's undo knows of.
      const done = insert ? document.execCommand("insertText", false, insert) : document.execCommand("delete");
      if (!done) this.editor.setRangeText(insert, at, end);
    }
    this.editor.setSelectionRange(from, to);
    this.changed();
  }

  reset() {
    if (this.editor.value !== this.facts.stub && !confirm(WORDS.sure)) return;
    this.save(this.editor.value);
    this.editor.value = this.facts.stub;
    this.changed();
    this.result.hidden = true;
    this.say(WORDS.fresh);
    this.editor.focus();
  }

  async check() {
    if (this.busy) return;
    this.busy = true;
    // Not `disabled`, which would take the focus away.
    this.button.setAttribute("aria-disabled", "true");
    const slow = setTimeout(() => this.say(this.stage), PATIENCE);
    const progress = (what) => {
      this.stage = { python: WORDS.loading, numpy: WORDS.numpy, "": WORDS.checking }[what];
      if (what === "numpy" || this.status.textContent) this.say(this.stage);
    };
    this.stage = WORDS.loading;
    this.say("");
    const result = await python.check(this.name, this.editor.value, this.facts.uses, progress);
    clearTimeout(slow);
    this.busy = false;
    this.button.removeAttribute("aria-disabled");
    this.say("");
    this.show(result);
  }

  show({ outcome, missing, place, failed, unloaded, crashed, lasted }) {
    this.result.hidden = false;
    this.result.classList.toggle("python-passed", Boolean(outcome?.passed));
    this.heading.textContent = outcome ? outcome.blocks[0].content : WORDS.result;
    this.more.replaceChildren();
    if (outcome) {
      this.said.replaceChildren(...outcome.blocks.slice(1).flatMap(block));
      if (outcome.passed) {
        this.said.append(html("h5", {}, WORDS.debrief), this.debrief());
        pass(this.name);
      } else this.offerHint();
    } else if (missing) {
      const from = place ? new URL(place).host : WORDS.site;
      this.said.replaceChildren(html("p", {}, WORDS.noNumpy(from)), ...this.atHome());
    } else if (unloaded) {
      const why = html("p", { class: "python-note" }, WORDS.missing(unloaded));
      this.said.replaceChildren(html("p", {}, WORDS.unloaded), why, ...this.atHome());
      this.more.append(button(WORDS.again, () => this.check()));
    } else if (failed) {
      const why = html("p", { class: "python-note" }, failed);
      this.said.replaceChildren(html("p", {}, WORDS.noPython), why, ...this.atHome());
    } else {
      this.said.replaceChildren(html("p", {}, crashed ? WORDS.crashed : WORDS.lasted));
      this.offerHint();
    }
    this.result.scrollIntoView({ block: "nearest" });
  }

  /** What is said of the exercise when it is solved: the build has drawn it, and the page holds it unseen. */
  debrief() {
    return this.closest(".exercise").querySelector(".debrief").content.cloneNode(true);
  }

  atHome() {
    const command = html("code", {}, `minirnn check ${this.name} --watch`);
    return [html("p", {}, WORDS.elsewhere), html("pre", { tabindex: "0" }, command)];
  }

  /** The hints are folds of the page below; the next one that is closed opens. */
  offerHint() {
    const hints = [...(this.closest(".exercise")?.querySelectorAll("details:is(.hint, .tip)") ?? [])];
    const number = hints.findIndex((hint) => !hint.open);
    if (number < 0) return;
    const open = () => {
      hints[number].open = true;
      this.more.replaceChildren();
      this.offerHint();
      hints[number].querySelector("summary").focus();
    };
    this.more.append(button(WORDS.hint(number + 1, hints.length), open));
  }
}

const button = (words, onclick, name = "md-button") => html("button", { type: "button", class: name, onclick }, words);

function addStyle() {
  const href = new URL("python.css", import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(html("link", { rel: "stylesheet", href }));
}

define("minirnn-exercise", Exercise);
