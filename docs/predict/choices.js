/* A prediction with choices: radio buttons in the list that the page has. */

import { html } from "../widgets/shared.js";
import { WORDS } from "./strings.js";

/** The words of an element; a formula as it was written. */
export function plain(element) {
  const copy = element.cloneNode(true);
  for (const formula of copy.querySelectorAll(".katex"))
    formula.replaceWith(formula.querySelector("annotation").textContent);
  return copy.textContent.trim().replace(/\s+/g, " ");
}

/** A copy without a full stop at its end: it becomes part of a sentence. */
function unstopped(element) {
  const copy = element.cloneNode(true);
  const last = copy.lastChild;
  if (last?.nodeType === Node.TEXT_NODE) last.data = last.data.trimEnd().replace(/\.$/, "");
  return copy;
}

/** A name for those who hear the page, where formulas are all there is and would give none: β=0.1. */
function heard(element) {
  if (!element.querySelector(".katex")) return {};
  const copy = element.cloneNode(true);
  for (const unsaid of copy.querySelectorAll(".katex-html, annotation")) unsaid.remove();
  return { "aria-label": copy.textContent.trim().replace(/\s+/g, " ") };
}

export class Choices {
  constructor(host, name) {
    this.list = host.querySelector(".predict-choices");
    this.list.setAttribute("role", "radiogroup");
    this.list.setAttribute("aria-labelledby", `${name}-question`);
    this.choices = [...this.list.children].map((item) => {
      const words = plain(item);
      const content = html("span", { class: "predict-words" }, ...item.childNodes);
      const input = html("input", { type: "radio", name, value: words, ...heard(content) });
      const mark = html("span", { class: "predict-mark" });
      item.setAttribute("role", "none");
      item.append(html("label", {}, input, content, mark));
      return { item, input, content, mark, words, right: "right" in item.dataset };
    });
    this.element = this.list;
  }

  find = (said) => this.choices.find(({ words }) => words === said);

  fits = (said) => Boolean(this.find(said));

  guess() {
    const chosen = this.choices.find(({ input }) => input.checked);
    return chosen ? { said: chosen.words } : { problem: WORDS.first, at: this.choices[0].input };
  }

  judge = (said) => (this.find(said).right ? "right" : "other");

  say(kind, said) {
    const answer = this.choices.find(({ right }) => right);
    const quoted = kind === "other" ? [this.find(said), answer] : [answer];
    const words = WORDS.choice[kind];
    return quoted.flatMap(({ content }, i) => [words[i], unstopped(content)]).concat(words.at(-1));
  }

  close(said) {
    for (const { item, input, mark, words, right } of this.choices) {
      input.checked = words === said;
      input.disabled = true;
      item.classList.toggle("predict-right", right);
      mark.textContent = [words === said && WORDS.yours, right && WORDS.right].filter(Boolean).join(", ");
    }
  }

  open() {
    for (const { item, input, mark } of this.choices) {
      input.checked = input.disabled = false;
      item.classList.remove("predict-right");
      mark.textContent = "";
    }
  }
}
