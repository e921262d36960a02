/* <minirnn-memory-bill>: the bytes that four language models keep of one text, by how many tokens they have read.

   LAYERS layers each. A recurrent one keeps STATES numbers of 4 bytes and the last 3 inputs of its convolution,
   STATES numbers of 2 bytes each; one of attention keeps a key and a value of HEAD numbers of 2 bytes for every
   token, or for the last WINDOW. Keys: those of a slider. */

import { define, html, liveSentence, slider, svg, table, text, Widget } from "./shared.js";
import { MEMORY_BILL as STRINGS } from "./strings.js";

export const [LAYERS, STATES, HEAD, WINDOW] = [24, 2560, 256, 2048];
const [ROW, BAR] = [46, 18];

/** What each of the four keeps after so many tokens, in bytes. */
export function bill(tokens) {
  const [recurrent, token] = [STATES * 4 + 3 * STATES * 2, 2 * HEAD * 2];
  return {
    recurrence: LAYERS * recurrent,
    griffin: (LAYERS / 3) * (2 * recurrent + Math.min(tokens, WINDOW) * token),
    hybrid: (LAYERS / 4) * (3 * recurrent + tokens * token),
    attention: LAYERS * tokens * token,
  };
}

/** A place on the slider, from 3 to 6, as tokens with two digits that count. */
export const tokensAt = (place) => Number((10 ** place).toPrecision(2));

const grouped = (n) => n.toLocaleString("en-US");

/** 614400 as 614 kB. */
export function bytes(n) {
  const [unit, name] = [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
  ].find(([size]) => Number(n.toPrecision(3)) >= size) ?? [1, "B"];
  return `${grouped(Number((n / unit).toPrecision(3)))}\u00a0${name}`;
}

/** What one sees. */
export function tell(tokens) {
  const found = bill(tokens);
  return STRINGS.told({
    tokens: grouped(tokens),
    attention: bytes(found.attention),
    times: grouped(Number((found.attention / found.recurrence).toPrecision(2))),
    recurrence: bytes(found.recurrence),
    share: Math.round((100 * found.hybrid) / found.attention),
    filled: tokens >= WINDOW,
    width: grouped(WINDOW),
  });
}

class MemoryBill extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.frame.classList.add("billing");
    this.place = Math.log10(this.number("tokens", 10_000, 1e3, 1e6));
    this.slider = slider(STRINGS.tokens, { min: 3, max: 6, step: 0.1 }, (place) => {
      this.place = place;
      this.draw();
    });
    this.picture = svg("svg", { role: "img" });
    this.sentence = liveSentence();
    this.numbers = html("details", {}, html("summary", {}, STRINGS.table));
    const rows = [1e3, 1e4, 1e5, 1e6].map((n) => [grouped(n), ...Object.values(bill(n)).map(bytes)]);
    this.numbers.append(table(STRINGS.table, STRINGS.header, rows));
    this.frame.append(this.slider.row, this.picture, this.sentence.element, this.numbers);
  }

  draw() {
    const tokens = tokensAt(this.place);
    const found = bill(tokens);
    const told = tell(tokens);
    this.slider.show(this.place, STRINGS.value(grouped(tokens)));
    this.sentence.say(told);
    this.picture.setAttribute("aria-label", `${STRINGS.picture} ${told}`);
    const width = Math.max(this.frame.clientWidth - 32, 240);
    this.picture.setAttribute("viewBox", `0 0 ${width} ${ROW * 4}`);
    this.picture.replaceChildren(
      ...Object.entries(found).flatMap(([model, n], i) => [
        text(0, i * ROW + 15, STRINGS.models[model], "", "start"),
        text(width, i * ROW + 15, bytes(n), "amount", "end"),
        svg("rect", { x: 0, y: i * ROW + 21, width, height: BAR, class: "track" }),
        svg("rect", {
          x: 0,
          y: i * ROW + 21,
          width: Math.max((n / found.attention) * width, 1),
          height: BAR,
          class: model === "attention" ? "theirs" : "yours",
        }),
      ]),
    );
  }
}

define("minirnn-memory-bill", MemoryBill);
