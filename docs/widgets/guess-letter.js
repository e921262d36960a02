/* <minirnn-guess-letter>: guess a sentence letter by letter, beside a model that counts pairs of letters.

   Each guess is a question, "is it an e?", that is answered with yes or no. The model asks, too: for the letters
   in the order of how often they followed the one before, in the manual of Python (letter-counts.js). After LIMIT
   wrong guesses the letter is shown. Keys: any letter, or the space. */

import { define, format, html, line, liveSentence, svg, table, text, Widget } from "./shared.js";
import { COUNTS, SYMBOLS } from "./letter-counts.js";
import { GUESS_LETTER as STRINGS } from "./strings.js";

export const LIMIT = 8;
export const SHOWN = 3; // letters that are there at the beginning
const HEIGHT = 150;
const TALLEST = 12; // questions; longer bars are cut

/** The symbols in the order in which the model asks for them after `before`: the most frequent first. */
export function order(before) {
  const row = COUNTS[SYMBOLS.indexOf(before)];
  return [...SYMBOLS].sort((a, b) => row[SYMBOLS.indexOf(b)] - row[SYMBOLS.indexOf(a)] || (a < b ? -1 : 1));
}

/** How many questions the model needs for `symbol` after `before`. */
export const modelAsks = (before, symbol) => order(before).indexOf(symbol) + 1;

/** One guess in a game { sentence, asked: questions for each known letter, wrong: guesses at this one }. */
export function guess({ sentence, asked, wrong }, symbol) {
  const right = sentence[SHOWN + asked.length];
  if (right === undefined || wrong.includes(symbol)) return { sentence, asked, wrong };
  const tried = [...wrong, symbol];
  return symbol === right || tried.length === LIMIT
    ? { sentence, asked: [...asked, tried.length], wrong: [] }
    : { sentence, asked, wrong: tried };
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const visible = (symbol) => (symbol === " " ? "␣" : symbol);

class GuessLetter extends Widget {
  build() {
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.frame.classList.add("game");
        this.field = html("input", {
      type: "text",
      class: "typed",
      oninput: () => this.type(),
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      placeholder: STRINGS.placeholder,
      "aria-label": STRINGS.placeholder,
    });
    const next = () => this.begin(this.which + 1);
    this.again = html("button", { type: "button", onclick: next }, STRINGS.again);
    this.reading = html("p", { class: "reading" });
    this.picture = svg("svg", { role: "img" });
    this.sentence = liveSentence();
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    this.frame.append(
      this.reading,
      html("div", { class: "buttons" }, this.field, this.again),
      this.sentence.element,
      this.picture,
      html("p", { class: "hint" }, STRINGS.hint),
      this.numbers,
    );
    this.begin(0);
  }

  begin(number) {
    this.which = number % STRINGS.sentences.length;
    this.game = { sentence: STRINGS.sentences[this.which], asked: [], wrong: [] };
    this.said = STRINGS.begin;
    if (this.watchers) this.draw();
  }

  type() {
    const symbol = this.field.value.toLowerCase().slice(-1);
    this.field.value = "";
    if (!SYMBOLS.includes(symbol) || symbol === "") return;
    const before = this.game;
    this.game = guess(before, symbol);
    if (this.game === before) return;
    const right = this.game.sentence[SHOWN + before.asked.length];
    if (this.game.asked.length === before.asked.length) {
      this.said = STRINGS.no(this.game.wrong.map(visible).join(" "), LIMIT - this.game.wrong.length);
    } else {
      const model = modelAsks(this.game.sentence[SHOWN + before.asked.length - 1], right);
      this.said = STRINGS.yes(symbol === right, visible(right), this.game.asked.at(-1), model);
    }
    this.draw();
  }

  draw() {
    const { sentence, asked } = this.game;
    const known = SHOWN + asked.length;
    const model = asked.map((_, i) => modelAsks(sentence[SHOWN + i - 1], sentence[SHOWN + i]));
    const rest = "·".repeat(sentence.length - known);
    this.reading.replaceChildren(html("b", {}, sentence.slice(0, known)), html("span", {}, rest));
    const mean = (list) => format(sum(list) / list.length, 2);
    const total = asked.length
      ? STRINGS.total(asked.length, sum(asked), mean(asked), sum(model), mean(model))
      : "";
    const end = known === sentence.length ? `${STRINGS.end} ` : "";
    this.sentence.say(`${this.said} ${end}${total}`);
    this.picture.setAttribute("aria-label", `${STRINGS.picture} ${total}`);
    const width = Math.max(this.frame.clientWidth - 32, 220);
    this.picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.picture.replaceChildren(...bars(sentence, asked, model, width));
    if (!this.numbers.open) return;
    const rows = asked.map((n, i) => [visible(sentence[SHOWN + i]), String(n), String(model[i])]);
    this.numbers.querySelector("table")?.remove();
    this.numbers.append(table(STRINGS.table, STRINGS.header, rows));
  }
}

/** Your questions up, the model's down, the letters between. */
function bars(sentence, asked, model, width) {
  const pace = (width - 4) / (sentence.length - SHOWN);
  const [up, down] = [HEIGHT / 2 - 9, HEIGHT / 2 + 9];
  const tall = (n) => (Math.min(n, TALLEST) / TALLEST) * (up - 16);
  const bar = (i, y, height, name) =>
    svg("rect", { x: 2 + i * pace + 1, y, width: Math.max(pace - 2, 2), height, class: name });
  return [
    text(2, 12, STRINGS.you, "tick", "start"),
    text(2, HEIGHT - 4, STRINGS.model, "tick", "start"),
    line(0, up, width, up, "grid"),
    line(0, down, width, down, "grid"),
    ...asked.flatMap((n, i) => [
      bar(i, up - tall(n), tall(n), "yours"),
      bar(i, down, tall(model[i]), "theirs"),
      text(2 + (i + 0.5) * pace, HEIGHT / 2 + 4, visible(sentence[SHOWN + i])),
    ]),
  ];
}

define("minirnn-guess-letter", GuessLetter);
