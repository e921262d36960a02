/* The language model as a reader and a writer of text: it fetches its weights, reads along, goes on. */

import { chance, draw, Network, probabilities } from "./language-model-network.js";

let fetched = null;

/** The network, fetched once for all figures of a page; after a failure the next call tries again. */
export function loadNetwork() {
  fetched ??= fetchNetwork().catch((error) => {
    fetched = null;
    throw error;
  });
  return fetched;
}

async function fetchNetwork() {
  const [description, weights] = await Promise.all(
    ["language-model.json", "language-model.bin"].map(async (name) => {
      const answer = await fetch(new URL(name, import.meta.url));
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer;
    }),
  );
  return new Network(await description.json(), await weights.arrayBuffer());
}

/** Reads a text after a new line and keeps what came out at each character: only what is new is computed.
    `steps` has { id, logits, state } for the new line and then for each character that the network knows. */
export class Reader {
  constructor(network) {
    this.network = network;
    this.steps = [];
  }

  /** Read a text from where it differs from the last. Returns the characters that the network lacks. */
  read(text) {
    const { ids } = this.network;
    const symbols = ["\n", ...text];
    const tokens = symbols.filter((symbol) => ids.has(symbol)).map((symbol) => ids.get(symbol));
    const differs = tokens.findIndex((id, i) => this.steps[i]?.id !== id);
    this.steps.length = differs < 0 ? tokens.length : differs;
    for (const id of tokens.slice(this.steps.length)) this.steps.push(this.#after(this.steps.at(-1), id));
    return [...new Set(symbols.filter((symbol) => !ids.has(symbol)))];
  }

  #after(last, id) {
    return { id, ...this.network.step(id, last?.state ?? this.network.initialState()) };
  }

  /** The probabilities of the next character, by id. */
  next(temperature) {
    return probabilities(this.steps.at(-1).logits, temperature);
  }

  /** What the model would write after the text that was read: `count` characters, the first at this place.
      The random numbers belong to places, so two short continuations give the same as one long one. */
  goOn(place, count, { temperature, seed }) {
    let last = this.steps.at(-1);
    let text = "";
    for (let i = 0; i < count; i++) {
      const id = draw(probabilities(last.logits, temperature), chance(seed, place + i));
      text += this.network.symbols[id];
      if (i + 1 < count) last = this.#after(last, id);
    }
    return text;
  }
}

/** Which characters the model wrote (true), after an edit: what the edit put in is not the model's. */
export function remark(before, after, marks) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const added = Array(after.length - start - end).fill(false);
  return [...marks.slice(0, start), ...added, ...marks.slice(before.length - end)];
}

/** A text cut where its marks change: [{ text, mark }, ...]. */
export function runs(text, marks) {
  const found = [];
  for (let i = 0; i < text.length; i++) {
    if (i && marks[i] === marks[i - 1]) found.at(-1).text += text[i];
    else found.push({ text: text[i], mark: marks[i] });
  }
  return found;
}

/** exp(entropy): among how many equally likely characters one would be as unsure. */
export function unsureAmong(chances) {
  return Math.exp(chances.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0));
}

/** The ids of the `count` likeliest characters, likeliest first; the smaller id where two are alike. */
export function likeliest(chances, count) {
  return [...chances.keys()].sort((i, j) => chances[j] - chances[i]).slice(0, count);
}
