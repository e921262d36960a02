/* An exercise that exists with lists and with arrays stands in the page once, as two tabs; the track chooses first. */

import { html } from "../widgets/shared.js";
import { onGoTo } from "./goto.js";
import { WORDS } from "./strings.js";
import { onTrack, shown } from "./track.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/** The tabs of one exercise. */
function build(box) {
  const panels = [...box.querySelectorAll(":scope > [data-kind]")];
  const tabs = panels.map((panel, i) => {
    const heading = panel.querySelector("h3");
    panel.id ||= `panel-${heading.id}`;
    panel.setAttribute("role", "tabpanel");
    const tab = html(
      "button",
      {
        ...{ type: "button", role: "tab", id: `tab-${heading.id}`, "aria-controls": panel.id },
        ...{ onclick: () => choose(i), onkeydown: (event) => key(event, i) },
      },
      WORDS.kinds[panel.dataset.kind],
    );
    panel.setAttribute("aria-labelledby", tab.id);
    return tab;
  });

  function choose(chosen) {
    for (const [i, tab] of tabs.entries()) {
      tab.setAttribute("aria-selected", i === chosen);
      tab.tabIndex = i === chosen ? 0 : -1;
      panels[i].hidden = i !== chosen;
    }
  }

  function key(event, i) {
    const to = { Home: 0, End: tabs.length - 1 }[event.key] ?? i + STEPS[event.key];
    if (Number.isNaN(to)) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    choose(next);
    tabs[next].focus();
  }

  const byTrack = () => {
    const kind = shown() === "school" ? "lists" : "arrays";
    choose(Math.max(0, panels.findIndex((panel) => panel.dataset.kind === kind)));
  };
  const list = html("div", { class: "tabs-list", role: "tablist", "aria-label": WORDS.which }, ...tabs);
  panels[0].before(list);
  byTrack();
  box.dataset.ready = "";
  onTrack(byTrack);
  onGoTo((place) => {
    const found = panels.findIndex((panel) => panel.hidden && panel.contains(place));
    if (found >= 0) choose(found);
    return found >= 0;
  });
}

export const addTabs = () => document.querySelectorAll(".tabs-exercise").forEach(build);
