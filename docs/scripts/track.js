/* The way through a lesson: school or university. What a track leaves out is not there for its readers: not in the
   page, not in its contents. Styles hide it by `data-track` of the page, which the early script has set already. */

import { html } from "../widgets/shared.js";
import { onGoTo } from "./goto.js";
import { onChange, setTrack, track } from "./record.js";
import { WORDS } from "./strings.js";

const page = globalThis.document?.documentElement;
const USUAL = "university";

/** The track that the page shows. */
export const shown = () => page.dataset.track ?? USUAL;

/** Call `look` when the reader has changed the track. */
export const onTrack = (look) => page.addEventListener("track", look);

const sections = () => [...document.querySelectorAll("[data-only]")];
const isLeftOut = (section) => !section.dataset.only.split(" ").includes(shown());

function show(name) {
  const changed = name !== shown();
  page.dataset.track = name;
  if (changed) {
    for (const section of sections()) leaveOutAgain(section);
    page.dispatchEvent(new Event("track"));
  }
  for (const section of sections()) section.hidden = isLeftOut(section) && !("shown" in section.dataset);
  tidyContents();
}

/** No entry of the contents leads to what is not there. */
function tidyContents() {
  for (const link of document.querySelectorAll(".md-nav--secondary a[href*='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    link.closest("li").hidden = Boolean(heading?.closest("[data-only][hidden]"));
  }
}

/** Who comes by a link sees the section, and reads why. */
function showByLink(place) {
  const section = place.closest("[data-only]");
  if (!section?.hidden) return false;
  const [other] = section.dataset.only.split(" ");
  section.dataset.shown = "";
  section.prepend(html("p", { class: "only-by-link", role: "status" }, WORDS.byLink(other)));
  show(shown());
  return true;
}

function leaveOutAgain(section) {
  delete section.dataset.shown;
  section.querySelector(":scope > .only-by-link")?.remove();
}

/** The buttons, where the page has two tracks. */
export function addTrackSwitch() {
  const place = document.querySelector(".track-switch");
  const names = place?.dataset.tracks.split(" ") ?? [];
  if (names.length < 2) return;
  const buttons = names.map((name) =>
    html("button", { type: "button", "aria-pressed": "false", onclick: () => setTrack(name) }, WORDS.tracks[name]),
  );
  const said = html("span", { class: "track-said", role: "status" });
  const draw = () => {
    show(names.includes(track()) ? track() : USUAL);
    for (const [i, button] of buttons.entries()) button.setAttribute("aria-pressed", names[i] === shown());
    said.textContent = WORDS.leavesOut(WORDS.tracks[shown()].toLowerCase(), sections().filter(isLeftOut).length);
  };
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", WORDS.switch);
  place.replaceChildren(html("span", { class: "track-name", "aria-hidden": "true" }, WORDS.switch), ...buttons, said);
  draw();
  onChange(draw);
  onGoTo(showByLink);
}
