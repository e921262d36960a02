// The language model of the page: its logits against those that torch recorded, its parts against closed forms.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import test from "node:test";
import {
  chance,
  draw,
  erf,
  gelu,
  Network,
  probabilities,
  unpack,
} from "../../docs/widgets/language-model-network.js";
import {
  halfLives,
  order,
  percent,
  quoted,
  rgb,
  strength,
} from "../../docs/widgets/language-model-picture.js";
import {
  likeliest,
  loadNetwork,
  Reader,
  remark,
  runs,
  unsureAmong,
} from "../../docs/widgets/language-model-reader.js";

const widgets = new URL("../../docs/widgets/", import.meta.url);
const description = JSON.parse(readFileSync(new URL("language-model.json", widgets)));
const file = readFileSync(new URL("language-model.bin", widgets));
const weights = file.buffer.slice(file.byteOffset, file.byteOffset + file.length);
const recorded = JSON.parse(readFileSync(new URL("language-model.logits.json", import.meta.url)));
const network = new Network(description, weights);

const close = (x, y, tolerance) => assert.ok(Math.abs(x - y) <= tolerance, `${x} is not ${y}`);

function reader(text) {
  const made = new Reader(network);
  made.read(text);
  return made;
}

test("logits and states equal torch's on the recorded texts, to a hundredth of the promised 1e-4", () => {
  assert.ok(recorded.length >= 3 && recorded.some(({ text }) => text.length > 50));
  for (const { text, logits, states } of recorded) {
    let [state, found] = [network.initialState(), null];
    for (const symbol of text) ({ logits: found, state } = network.step(network.ids.get(symbol), state));
    assert.equal(logits.length, network.symbols.length);
    logits.forEach((logit, id) => close(found[id], logit, 1e-6));
    states.forEach((h, block) => h.forEach((value, k) => close(state[block].h[k], value, 1e-6)));
  }
});

test("the two files together are under 300 kB, and a file of another length is refused", () => {
  const sizes = ["language-model.bin", "language-model.json"].map(
    (name) => statSync(new URL(name, widgets)).size,
  );
  assert.ok(sizes[0] + sizes[1] < 300_000, String(sizes));
  assert.throws(() => new Network(description, weights.slice(4)), RangeError);
  assert.throws(() => new Network(description, new ArrayBuffer(file.length + 4)), RangeError);
});

test("what was learned: its own loss in the file, and words that it completes", () => {
  const { about } = description;
  assert.ok(about.nats_int8 < 1.25); // counting three characters back gives 1.47
  close(about.nats_int8, about.nats_float32, 0.005);
  const first = (text) => network.symbols[likeliest(reader(text).next(1), 1)[0]];
  assert.equal(first("the stateme"), "n");
  assert.equal(first('the "whil'), "e");
  assert.equal(first('the "__ini'), "t");
});

test("unpack: a row's scale times its whole numbers; vectors as they are", () => {
  const buffer = new ArrayBuffer(20);
  new Float32Array(buffer).set([0.5, 2, -7.25]);
  new Int8Array(buffer).set([1, -2, 127, 3, 0, -127], 12);
  const { m, v } = unpack(
    { m: { shape: [2, 3], scales: 0, int8: 12 }, v: { shape: [1], float32: 8 } },
    buffer,
  );
  assert.deepEqual([m.rows, m.columns, [...m.values]], [2, 3, [0.5, -1, 63.5, 6, 0, -254]]);
  assert.deepEqual([...v], [-7.25]);
});

test("erf and GELU", () => {
  // From tables of erf.
  for (const [x, y] of [
    [0, 0],
    [0.1, 0.1124629160182849],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3.5, 0.9999992569016276],
    [7, 1],
  ]) {
    close(erf(x), y, 1e-15);
    close(erf(-x), -y, 1e-15);
  }
  close(gelu(1), 0.8413447460685429, 1e-15);
  close(gelu(-30), 0, 1e-15);
});

test("probabilities: softmax, sharper when colder, safe at any size", () => {
  const logits = Float64Array.of(1, 2, 4);
  const soft = probabilities(logits, 1);
  close(soft[2] / soft[0], Math.exp(3), 1e-12);
  close(probabilities(logits, 0.5)[2] / probabilities(logits, 0.5)[0], Math.exp(6), 1e-9);
  assert.deepEqual([...probabilities(logits, 0)], [0, 0, 1]);
  assert.deepEqual([...probabilities(Float64Array.of(1e5, 0), 0.01)], [1, 0]);
  assert.deepEqual([...probabilities(Float64Array.of(3, 3), 0)], [1, 0]);
});

test("draw lays probabilities side by side and never takes what is impossible", () => {
  const chances = [0, 0.25, 0.5, 0, 0.25, 0];
  assert.deepEqual(
    [0, 0.2499, 0.25, 0.7499, 0.75, 0.9999].map((u) => draw(chances, u)),
    [1, 1, 2, 2, 4, 4],
  );
  assert.equal(draw([0.5, 0.4999, 0], 0.99995), 1);
});

test("chance: in [0, 1), even, other for other places and seeds", () => {
  const n = 20_000;
  const sums = [0, 0];
  const bins = Array(10).fill(0);
  for (let place = 0; place < n; place++) {
    const u = chance(1, place);
    assert.ok(u >= 0 && u < 1);
    bins[Math.floor(10 * u)]++;
    sums[0] += (u - 0.5) * (chance(1, place + 1) - 0.5);
    sums[1] += (u - 0.5) * (chance(2, place) - 0.5);
  }
  // Five standard deviations.
  for (const bin of bins) close(bin, n / 10, 5 * Math.sqrt(n * 0.09));
  for (const sum of sums) close(sum / n, 0, 5 / 12 / Math.sqrt(n));
});

test("a reader reads after a new line, only what is new, and leaves out what it does not know", () => {
  let count = 0;
  const counting = {
    ids: network.ids,
    symbols: network.symbols,
    initialState: () => network.initialState(),
    step: (id, state) => (count++, network.step(id, state)),
  };
  const made = new Reader(counting);
  assert.deepEqual(made.read("The loop"), []);
  assert.equal(count, 9);
  assert.deepEqual(made.read("The loops"), []);
  assert.equal(count, 10);
  made.read("The");
  assert.equal(count, 10);
  made.read("That");
  assert.equal(count, 12);
  assert.deepEqual([...made.steps.at(-1).logits], [...reader("That").steps.at(-1).logits]);
  assert.notDeepEqual([...made.steps.at(-1).logits], [...reader("The").steps.at(-1).logits]);
  assert.deepEqual(made.read("Thé 漢漢𝄞"), ["é", "漢", "𝄞"]);
  assert.deepEqual([...made.steps.at(-1).logits], [...reader("Th ").steps.at(-1).logits]);
  made.read("");
  assert.deepEqual(
    made.steps.map(({ id }) => network.symbols[id]),
    ["\n"],
  );
});

test("writing a character at a time gives the words that were shown ahead", () => {
  for (const [text, temperature] of [
    ["The ", 0.6],
    ["", 1.2],
    ["class ", 0],
  ]) {
    const settings = { temperature, seed: 5 };
    const ahead = reader(text).goOn(text.length, 30, settings);
    assert.equal(ahead.length, 30);
    const made = reader(text);
    let written = text;
    while (written.length < text.length + 30) {
      written += made.goOn(written.length, 1, settings);
      made.read(written);
    }
    assert.equal(written, text + ahead);
    const other = reader(text).goOn(text.length, 30, { temperature, seed: 6 });
    assert.equal(other === ahead, temperature === 0);
  }
});

test("who wrote what, after edits", () => {
  const [me, it] = [false, true];
  assert.deepEqual(remark("ab", "abc", [me, it]), [me, it, me]);
  assert.deepEqual(remark("abcd", "aXd", [it, it, it, it]), [it, me, it]);
  assert.deepEqual(remark("abcd", "ad", [me, it, it, me]), [me, me]);
  assert.deepEqual(remark("aa", "aaa", [it, it]), [it, it, me]);
  assert.deepEqual(remark("abc", "", [it, it, it]), []);
  assert.deepEqual(remark("", "xy", []), [me, me]);
  assert.deepEqual(runs("abcd", [me, it, it, me]), [
    { text: "a", mark: me },
    { text: "bc", mark: it },
    { text: "d", mark: me },
  ]);
  assert.deepEqual(runs("", []), []);
});

test("numbers for reading", () => {
  close(unsureAmong([0.25, 0.25, 0.25, 0.25, 0]), 4, 1e-12);
  assert.equal(unsureAmong([0, 1]), 1);
  assert.deepEqual(likeliest([0.1, 0.4, 0.1, 0.4], 3), [1, 3, 0]);
  assert.deepEqual(
    [0, 0.0001, 0.1234, 0.9999, 1].map((p) => percent(p).replaceAll("\u00a0", " ")),
    ["0.0 %", "< 0.1 %", "12.3 %", "> 99.9 %", "100.0 %"],
  );
  assert.deepEqual(["e", " ", "\n"].map(quoted), ["“e”", "a space", "a new line"]);
});

test("the rows of the heat map: a channel with half-life T loses half in T steps of a gate half open", () => {
  const rate = [0.1, 4, 1];
  halfLives(rate).forEach((steps, k) => close(Math.exp(-rate[k] / 2) ** steps, 0.5, 1e-12));
  assert.deepEqual(order(rate), [1, 2, 0]);
  assert.equal(strength(0, 2), 0);
  assert.equal(strength(-3, 2), strength(3, 2));
  assert.ok(strength(100, 2) <= 1 && strength(3, 2) > strength(2, 2));
  assert.deepEqual(rgb(" #1668b0"), [22, 104, 176]);
});

test("the state after the first character keeps nothing; later ones keep a part between 0 and 1", () => {
  const { steps } = reader("ab");
  assert.ok(steps[0].state.every(({ a }) => a.every((kept) => kept === 0)));
  assert.ok(steps[1].state.every(({ a }) => a.every((kept) => kept > 0 && kept < 1)));
});

test("the weights are fetched once; a failure is not remembered", async (t) => {
  const asked = [];
  let broken = true;
  t.mock.method(globalThis, "fetch", async (url) => {
    const name = url.pathname.split("/").at(-1);
    asked.push(name);
    if (broken) return new Response("", { status: 404 });
    return new Response(name.endsWith("json") ? JSON.stringify(description) : weights);
  });
  await assert.rejects(loadNetwork(), /404/);
  broken = false;
  const [one, two] = await Promise.all([loadNetwork(), loadNetwork()]);
  assert.equal(one, two);
  assert.equal(await loadNetwork(), one);
  assert.deepEqual(asked.sort(), [
    "language-model.bin",
    "language-model.bin",
    "language-model.json",
    "language-model.json",
  ]);
});
