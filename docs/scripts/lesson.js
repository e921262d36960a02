/* What a lesson's page can do: one entry, so that it has all of it or, where scripts fail, nothing is hidden
   (overrides/main.html looks for `data-lesson-ready`). */

import "../predict/predict.js";
import { html } from "../widgets/shared.js";
import { onUnkept } from "./record.js";
import { WORDS } from "./strings.js";
import { addTabs } from "./tabs.js";
import { explainTerms } from "./terms.js";
import { addTrackSwitch } from "./track.js";

/** Over the page, so that nothing in it moves. */
function sayUnkept() {
  const close = html("button", { type: "button", class: "md-button", onclick: () => notice.remove() }, WORDS.close);
  const notice = html("div", { class: "unkept", role: "status" }, html("p", {}, WORDS.unkept), close);
  document.querySelector("main").append(notice);
}

function start() {
  onUnkept(sayUnkept);
  addTrackSwitch();
  addTabs();
  explainTerms();
  document.documentElement.dataset.lessonReady = "";
}

// The early script may have asked for this module before the page was read to its end.
if (document.readyState === "loading") document.addEventListener("readystatechange", start, { once: true });
else start();
