/* What is kept of the reader, counted, and a button that forgets it: for the page that says what is kept. */

import { html } from "../widgets/shared.js";
import { forget, onChange, read } from "./record.js";
import { WORDS } from "./strings.js";

const place = document.querySelector(".record-forget");
if (place) {
  const said = html("p", { role: "status" });
  const ask = () => confirm(WORDS.sure) && forget();
  const button = html("button", { type: "button", class: "md-button", onclick: ask }, WORDS.forget);
  const draw = () => {
    const { predictions, exercises, track } = read();
    const [guesses, passed] = [predictions, exercises].map((part) => Object.keys(part).length);
    const any = guesses || passed || track;
    said.textContent = any ? WORDS.kept(guesses, passed, track && WORDS.tracks[track].toLowerCase()) : WORDS.nothing;
    button.hidden = !any;
  };
  place.replaceChildren(said, button);
  draw();
  onChange(draw);
}
