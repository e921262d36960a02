/* A prediction that is a number. */

import { html } from "../widgets/shared.js";
import { judgeNumber, typed, written } from "./judge.js";
import { WORDS } from "./strings.js";

export class NumberField {
  constructor(host, name) {
    const { answer, unit = "", near = "0" } = host.dataset;
    Object.assign(this, { unit, answer: typed(answer, unit), near: typed(near, unit) });
    const shown = this.answer >= 1000 ? written(this.answer) : answer; // else with all the digits that it has
    this.shown = this.with(shown, unit);
    this.input = html("input", {
      ...{ type: "text", inputmode: "decimal", autocomplete: "off", size: "8", class: "predict-number" },
      ...{ "aria-label": WORDS.number(unit), "aria-describedby": `${name}-question` },
    });
    this.element = html("p", { class: "predict-field" }, this.input, unit && html("span", {}, unit));
  }

  with = (number, unit) => (unit === "%" ? `${number} %` : [number, unit].filter(Boolean).join(" "));

  fits = (said) => typeof said === "number";

  guess() {
    const said = typed(this.input.value, this.unit, this.answer);
    return said === null ? { problem: WORDS.noNumber(this.input.value.trim()), at: this.input } : { said };
  }

  judge = (said) => judgeNumber(said, this.answer, this.near);

  say(kind, said) {
    const guess = said === null ? this.shown : this.with(written(said), this.unit);
    return [WORDS.said[kind](guess, this.shown)];
  }

  close(said) {
    if (said !== null) this.input.value = written(said);
    this.input.disabled = true;
  }

  open() {
    this.input.value = "";
    this.input.disabled = false;
  }
}
