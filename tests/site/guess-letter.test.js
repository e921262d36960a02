// The guessing game, against games that are counted by hand.
import assert from "node:assert/strict";
import test from "node:test";
import { guess, LIMIT, modelAsks, order, SHOWN } from "../../docs/widgets/guess-letter.js";
import { COUNTS, SYMBOLS } from "../../docs/widgets/letter-counts.js";
import { GUESS_LETTER } from "../../docs/widgets/strings.js";

const begin = (sentence) => ({ sentence, asked: [], wrong: [] });
const play = (game, symbols) => [...symbols].reduce(guess, game);

test("there is a row and a column for each symbol, and q is followed by u", () => {
  assert.equal(COUNTS.length, SYMBOLS.length);
  for (const row of COUNTS) assert.equal(row.length, SYMBOLS.length);
  assert.equal(order("q")[0], "u");
  assert.equal(order("t")[0], "h");
  assert.deepEqual([modelAsks("q", "u"), modelAsks("t", "h")], [1, 1]);
});

test("the model asks for every symbol once, the frequent ones first", () => {
  for (const before of SYMBOLS) {
    assert.deepEqual([...order(before)].sort(), [...SYMBOLS].sort());
    const row = order(before).map((symbol) => COUNTS[SYMBOLS.indexOf(before)][SYMBOLS.indexOf(symbol)]);
    for (let i = 1; i < row.length; i++) assert.ok(row[i - 1] >= row[i]);
  }
});

test("questions are counted, and each letter begins anew", () => {
  const game = play(begin("the loop"), "xy l");
  assert.equal(SHOWN, 3);
  assert.deepEqual(game, { sentence: "the loop", asked: [3, 1], wrong: [] });
  assert.deepEqual(guess(game, "e").wrong, ["e"]);
});

test("the same wrong guess does not count twice", () => {
  assert.deepEqual(play(begin("abcd"), "xxx").wrong, ["x"]);
});

test("after eight wrong guesses the letter is shown", () => {
  const game = play(begin("abcde"), "hijklmno");
  assert.deepEqual(game, { sentence: "abcde", asked: [LIMIT], wrong: [] });
});

test("after the end nothing changes", () => {
  const game = play(begin("abcd"), "d");
  assert.deepEqual(guess(game, "d"), game);
});

test("the sentences are of symbols that the model knows, and longer than what is shown", () => {
  for (const sentence of GUESS_LETTER.sentences) {
    assert.ok(sentence.length > SHOWN + 20);
    for (const symbol of sentence) assert.ok(SYMBOLS.includes(symbol), symbol);
  }
});
