/* <minirnn-predict>: the reader says what will come before it is seen.

   The page has the question, its choices and, in a fold, the answer with its reason; all of that can be read
   without this script. Here the choices become buttons, the fold goes, and what follows (`.veil`) is hidden until
   there is a guess. `hidden="until-found"` lets the browser's own search and links open the veil; that is no guess.
   Guesses are kept by the record. */

import { define, html } from "../widgets/shared.js";
import { onGoTo } from "../scripts/goto.js";
import { entry, onChange, put } from "../scripts/record.js";
import { Choices } from "./choices.js";
import { Curve } from "./curve.js";
import { NumberField } from "./number.js";
import { WORDS } from "./strings.js";

const KINDS = { choice: Choices, number: NumberField, curve: Curve };

export class Prediction extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    if (this.question) return;
    if (isWhole(this)) this.build();
    else waiting.add(this);
  }

  build() {
    const { lesson, name, kind } = this.dataset;
    this.key = `${lesson}/${name}`;
    const id = `predict-${name}`;
    const asked = this.querySelector(".predict-question");
    asked.id ||= `${id}-question`;
    this.question = new KINDS[kind](this, id);
    this.problem = html("p", { class: "predict-problem", role: "alert" });
    this.choose = html(
      "div",
      { class: "predict-buttons" },
      html("button", { class: "md-button md-button--primary" }, WORDS.guess),
      html("button", { type: "button", class: "md-button", onclick: () => this.keep(null) }, WORDS.show),
    );
    const form = html("form", { novalidate: true, onsubmit: (event) => this.submit(event) });
    form.append(this.question.element, this.problem, this.choose);
    this.said = html("p", { class: "predict-said" });
    this.reason = html("div", { class: "predict-reason" });
    const fold = this.querySelector(".predict-answer");
    this.reason.append(...[...(fold?.childNodes ?? [])].filter((node) => node.localName !== "summary"));
    fold?.remove();
    this.back = html(
      "button",
      { type: "button", class: "predict-again", onclick: () => this.guessAgain() },
      WORDS.again,
    );
    this.veil = veilOf(this);
    this.notice = html("p", { class: "predict-veiled" }, this.veil ? WORDS.veiled(behind(this.veil)) : "");
    this.append(form, html("div", { "aria-live": "polite" }, this.said), this.reason, this.back, this.notice);
    this.setAttribute("role", "group");
    this.setAttribute("aria-labelledby", asked.id);
    this.lifted = false;
    this.veil?.addEventListener("beforematch", () => this.lift());
    this.draw();
    this.dataset.ready = "";
    onChange(() => this.draw());
    onGoTo((place) => this.veil?.contains(place) && this.lift());
  }

  /** What is kept, if it still is an answer to this question. */
  kept() {
    const found = entry("predictions", this.key);
    if (found?.shown === true) return { ...found, said: null };
    return found && this.question.fits(found.said) ? found : null;
  }

  submit(event) {
    event.preventDefault();
    const { said, problem, at } = this.question.guess();
    this.problem.textContent = problem ?? "";
    if (problem) at.focus();
    else this.keep(said);
  }

  /** Keep a guess; null is none: the answer is shown. */
  keep(said) {
    const shown = said === null;
    const right = !shown && this.question.judge(said) === "right";
    put("predictions", this.key, { said, right, shown, at: new Date().toISOString() });
    this.back.focus({ preventScroll: true });
  }

  guessAgain() {
    this.lifted = false;
    put("predictions", this.key, null);
    this.querySelector("input, [role=slider]").focus({ preventScroll: true });
  }

  /** Show what is veiled without a guess. */
  lift() {
    if (this.kept() || this.lifted) return false;
    this.lifted = true;
    this.drawVeil();
    return true;
  }

  draw() {
    const kept = this.kept();
    const state = JSON.stringify(kept);
    if (state === this.state) return; // what is being typed stays
    this.state = state;
    this.problem.textContent = "";
    this.choose.hidden = Boolean(kept);
    this.said.hidden = this.reason.hidden = this.back.hidden = !kept;
    if (kept) {
      const kind = kept.shown ? "shown" : this.question.judge(kept.said);
      this.question.close(kept.said);
      this.said.replaceChildren(...this.question.say(kind, kept.said));
      this.dataset.verdict = kind;
    } else {
      this.question.open();
      this.said.replaceChildren();
      delete this.dataset.verdict;
    }
    this.drawVeil();
  }

  drawVeil() {
    const closed = Boolean(this.veil) && !this.kept() && !this.lifted;
    this.notice.hidden = !closed;
    if (!this.veil) return;
    if (closed) this.veil.setAttribute("hidden", "until-found");
    else this.veil.removeAttribute("hidden");
    this.veil.dataset.ready = ""; // from now on the early style is not asked
    this.veil.dispatchEvent(new Event("toggle")); // as a fold does: what is wide may now be known
  }
}

function behind(veil) {
  const count = (what) => [...veil.querySelectorAll(what)].filter((each) => !each.closest("details")).length;
  return WORDS.behind(count("figure, .widget"), count(".numbers, table"), count(".output"));
}

const veilOf = (element) => document.getElementById(`veil-${element.dataset.name}`);

/* The script may come while the page is still being read: an element is whole when something follows its veil. */

const waiting = new Set();

const isWhole = (element) => document.readyState !== "loading" || Boolean(veilOf(element)?.nextElementSibling);

function buildWhole() {
  for (const element of waiting) {
    if (!isWhole(element)) continue;
    waiting.delete(element);
    element.build();
  }
}

if (globalThis.document?.readyState === "loading") {
  const observer = new MutationObserver(buildWhole);
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener("readystatechange", () => {
    observer.disconnect();
    buildWhole();
  }, { once: true });
}

define("minirnn-predict", Prediction);
