/* What a word means, beside it: on hover, on focus, and by a tap, after which a second tap goes to the glossary. */

import { clamp, html } from "../widgets/shared.js";
import { WORDS } from "./strings.js";

const EDGE = 8; // pixels between the tip and the edge of the screen
const PATIENCE = 200; // milliseconds in which the mouse may go from the word to its tip

export function explainTerms() {
  if (!document.querySelector("a.term[data-tip]")) return;
  const words = html("span", { id: "term-tip", role: "tooltip" });
  const more = html("a", { class: "tip-more", tabindex: "-1" }, WORDS.glossary);
  const tip = html("div", { class: "term-tip", hidden: true }, words, more);
  document.querySelector(".md-content").append(tip);
  let term = null;
  let byFinger = false; // the last touch of the page
  let leaving = 0;

  function show(next) {
    clearTimeout(leaving);
    if (term === next) return;
    hide();
    term = next;
    words.textContent = term.dataset.tip;
    more.href = term.href;
    more.hidden = !byFinger;
    tip.hidden = false;
    term.setAttribute("aria-describedby", words.id);
    place();
  }

  function hide() {
    clearTimeout(leaving);
    term?.removeAttribute("aria-describedby");
    term = null;
    tip.hidden = true;
  }

  /** Below the word, or above it where there is no room; never over the edge. */
  function place() {
    const box = term.getClientRects()[0];
    const { width, height } = tip.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const below = box.bottom + height + EDGE <= innerHeight;
    tip.style.left = `${scrollX + clamp(box.left, EDGE, Math.max(EDGE, wide - width - EDGE))}px`;
    tip.style.top = `${scrollY + (below ? box.bottom + 4 : box.top - height - 4)}px`;
  }

  const termAt = (event) => event.target.closest?.("a.term[data-tip]");
  const leave = () => (leaving = setTimeout(hide, PATIENCE));

  document.addEventListener("pointerdown", (event) => {
    byFinger = event.pointerType !== "mouse";
    if (term && !termAt(event) && !tip.contains(event.target)) hide();
  });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    byFinger = false;
    if (termAt(event)) show(termAt(event));
    else if (tip.contains(event.target)) clearTimeout(leaving);
    else if (term && term !== document.activeElement) leave();
  });
  document.addEventListener("focusin", (event) => {
    if (!termAt(event)) hide();
    else if (event.target.matches(":focus-visible")) show(termAt(event));
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("click", (event) => {
    const next = termAt(event);
    if (!next || !byFinger || next === term) return;
    event.preventDefault();
    show(next);
  });
  addEventListener("resize", hide);
}
