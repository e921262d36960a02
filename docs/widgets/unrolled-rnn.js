/* <minirnn-unrolled-rnn>: a network with one unit, unrolled in time: its states, and how much each still counts.

   h_t = tanh(w h_{t-1} + x_t + b), or without the tanh, for t = 0 ... T-1, from h_-1 = 0. In the lists below the
   state before the first step comes first, so place i holds h_{i-1}. How much the last state would change if an
   earlier one were a little different is a product with one factor a step,

     dh_{T-1} / dh_t = f_{t+1} f_{t+2} ... f_{T-1},    f_s = w (1 - h_s^2)  with tanh,  f_s = w  without.

   Attributes, all optional:
     w="0.8"             the weight, from -2 to 2
     bias="0"            b, from -1 to 1
     activation="tanh"   or "linear"
     input="impulse"     or "constant", "alternating", or numbers: input="1 0 0 -0.5"
     steps="16"          T, from 4 to 24
   Keys: those of sliders and buttons. The input can be typed, or drawn with the pointer. */

import {
  choice,
  define,
  format,
  html,
  liveSentence,
  lowered,
  parseNumbers,
  slider,
  svg,
  table,
  Widget,
} from "./shared.js";
import { UNROLLED_RNN as STRINGS } from "./strings.js";
import { drawPicture, inputAt, layout } from "./unrolled-rnn-picture.js";

const KINDS = {
  impulse: (t) => (t === 0 ? 1 : 0),
  constant: () => 0.5,
  alternating: (t) => (t % 2 ? -1 : 1),
};

/** An input of `steps` numbers by its name, or numbers that were given, with zeros after them. */
export function makeInput(kind, steps, given = []) {
  return Array.from({ length: steps }, (_, t) => KINDS[kind]?.(t) ?? given[t] ?? 0);
}

/** The states h_-1 = 0 (or another start), h_0, ..., h_{T-1}. */
export function unroll(inputs, { w, bias, activation }, start = 0) {
  const states = [start];
  for (const x of inputs) {
    const sum = w * states.at(-1) + x + bias;
    states.push(activation === "tanh" ? Math.tanh(sum) : sum);
  }
  return states;
}

/** f_0 ... f_{T-1}: by how much a small change of one state is larger or smaller one step later. */
export function factors(states, { w, activation }) {
  return states.slice(1).map((h) => (activation === "tanh" ? w * (1 - h * h) : w));
}

/** dh_T / dh_t for t = 0 ... T, from the last, which is 1, back to the first. */
export function gradients(steps) {
  const result = [1];
  for (const factor of steps.toReversed()) result.unshift(result[0] * factor);
  return result;
}

/** What happens to the gradient and why, in two or three sentences. */
export function explain(states, model) {
  const steps = factors(states, model);
  const last = steps.length;
  // From h_0, the first state that the input reaches.
  const inner = steps.slice(1).map(Math.abs);
  const whole = Math.abs(gradients(steps)[1]);
  const fate =
    whole === 0
      ? "zero"
      : whole < 0.01
        ? "vanishes"
        : whole < 0.5
          ? "shrinks"
          : whole <= 2
            ? "stays"
            : whole <= 100
              ? "grows"
              : "explodes";
  const [low, high] = [format(Math.min(...inner)), format(Math.max(...inner))];
  const why =
    model.activation === "linear"
      ? STRINGS.linear(format(Math.abs(model.w)), last - 1, format(whole))
      : STRINGS.tanh(low, high, last - 1, format(whole));
  const squashed =
    model.activation === "tanh" && Math.abs(model.w) > 1 && whole < 0.5
      ? ` ${STRINGS.squashed(format(Math.abs(model.w)))}`
      : "";
  return `${STRINGS.fates[fate](lowered(last - 1))} ${why}${squashed}`;
}

class UnrolledRnn extends Widget {
  build() {
    this.model = {
      w: this.number("w", 0.8, -2, 2),
      bias: this.number("bias", 0, -1, 1),
      activation: this.getAttribute("activation") === "linear" ? "linear" : "tanh",
    };
    this.steps = Math.round(this.number("steps", 16, 4, 24));
    this.pointed = null;
    const given = this.getAttribute("input") ?? "impulse";
    this.kind = given in KINDS ? given : "typed";
    this.inputs = makeInput(this.kind, this.steps, parseNumbers(given).values);
    this.frame.setAttribute("aria-label", STRINGS.name);
    const update = (name) => (value) => {
      this.model[name] = value;
      this.draw();
    };
    this.sliders = {
      w: slider(STRINGS.w, { min: -2, max: 2, step: 0.05 }, update("w")),
      bias: slider(STRINGS.bias, { min: -1, max: 1, step: 0.05 }, update("bias")),
    };
    this.select = html("select", { onchange: () => this.choose(this.select.value) });
    for (const [value, label] of Object.entries(STRINGS.kinds))
      this.select.append(html("option", { value }, label));
    this.field = html("input", {
      type: "text",
      class: "typed",
      oninput: () => this.type(),
      "aria-label": STRINGS.typed,
      autocomplete: "off",
      spellcheck: "false",
    });
    this.complaint = html("p", { class: "complaint", role: "status" });
    this.picture = svg("svg", { class: "unrolled", role: "img" });
    this.strip = svg("svg", { class: "strip", "aria-hidden": "true" });
    this.strip.addEventListener("pointerdown", (event) => this.grab(event));
    this.strip.addEventListener("pointerup", () => this.release());
    this.strip.addEventListener("pointercancel", () => (this.drawing = this.down = null));
    for (const part of [this.strip, this.picture]) {
      part.addEventListener("pointermove", (event) => this.point(event));
      part.addEventListener("pointerleave", () => this.point(null));
    }
    this.sentence = liveSentence();
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    this.formula = html("p", { class: "formula" });
    this.frame.append(
      this.formula,
      html("div", { class: "controls" }, this.sliders.w.row, this.sliders.bias.row),
      html(
        "div",
        { class: "buttons" },
        choice(STRINGS.activation, STRINGS.activations, this.model.activation, update("activation")),
      ),
      html("div", { class: "buttons" }, html("label", {}, `${STRINGS.input} `, this.select), this.field),
      this.complaint,
      this.strip,
      this.picture,
      this.sentence.element,
      html("p", { class: "hint" }, STRINGS.hint),
      this.numbers,
    );
    this.show();
  }

  /** Put the input into its two fields. */
  show() {
    this.select.value = this.kind;
    this.field.value = this.inputs.map((x) => format(x)).join(" ");
    this.field.removeAttribute("aria-invalid");
    this.complaint.textContent = "";
  }

  choose(kind) {
    this.kind = kind;
    this.inputs = makeInput(kind, this.steps, this.inputs);
    this.show();
    this.draw();
    if (kind === "typed") this.field.focus();
  }

  type() {
    const { values, wrong } = parseNumbers(this.field.value);
    this.field.setAttribute("aria-invalid", wrong !== null);
    this.complaint.textContent = wrong === null ? "" : STRINGS.wrong(wrong);
    if (wrong !== null) return;
    this.kind = this.select.value = "typed";
    this.inputs = makeInput("typed", this.steps, values);
    this.draw();
  }

  grab(event) {
    this.drawing = true;
    this.strip.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.down = event.pointerType === "touch" ? event : null;
    if (!this.down) this.point(event);
  }

  /** The end of a stroke. A finger that has not moved sets one value; there may be no click if it stayed long. */
  release() {
    const tap = this.down;
    this.down = null;
    if (tap) this.point(tap);
    this.drawing = null;
  }

  /** Draw the input while the button is down; else point at a step, to read its numbers. */
  point(event) {
    if (event && this.down) {
      // A finger that goes up or down scrolls the page: it draws from where it has gone sideways, or by a tap.
      const { clientX, clientY } = this.down;
      if (Math.abs(event.clientX - clientX) <= Math.abs(event.clientY - clientY)) return;
      this.down = null;
    }
    const box = this.strip.getBoundingClientRect();
    const { t, value } = event
      ? inputAt(event.clientX - box.left, event.clientY - box.top, this.layout)
      : { t: null };
    if (this.drawing && t) {
      this.inputs[t - 1] = value;
      this.kind = "typed";
      this.show();
    } else if (t === this.pointed) return;
    this.pointed = t;
    this.draw();
  }

  draw() {
    const states = unroll(this.inputs, this.model);
    const steps = factors(states, this.model);
    const flow = gradients(steps);
    this.formula.textContent = STRINGS.formulas[this.model.activation];
    this.sliders.w.show(this.model.w, format(this.model.w));
    this.sliders.bias.show(this.model.bias, format(this.model.bias));
    const sentence = explain(states, this.model);
    this.sentence.say(sentence);
    this.picture.setAttribute("aria-label", `${STRINGS.picture} ${sentence}`);
    this.layout = layout(Math.max(this.frame.clientWidth - 32, 220), this.steps);
    const run = { inputs: this.inputs, states, factors: steps, flow };
    drawPicture(this.strip, this.picture, run, this.layout, this.pointed);
    if (!this.numbers.open) return;
    const rows = states.map((h, t) => [
      format(t - 1),
      t ? format(this.inputs[t - 1]) : "",
      format(h),
      t ? format(steps[t - 1]) : "",
      format(flow[t]),
    ]);
    this.numbers.querySelector("table")?.remove();
    this.numbers.append(table(STRINGS.table, STRINGS.header(lowered(this.steps - 1)), rows));
  }
}

define("minirnn-unrolled-rnn", UnrolledRnn);
