// Numbers as people write and read them.
import assert from "node:assert/strict";
import test from "node:test";
import {
  clamp,
  compact,
  format,
  lowered,
  parseNumber,
  parseNumbers,
  points,
  raised,
  still,
} from "../../docs/widgets/shared.js";

test("parseNumber takes what people type", () => {
  const typed = {
    "-0.5": -0.5,
    "−0.5": -0.5,
    ".5": 0.5,
    "2.": 2,
    "+3": 3,
    "1e-3": 0.001,
    " 7 ": 7,
    "0,25": 0.25,
    "1/4": 0.25,
    "−1/2": -0.5,
  };
  for (const [text, value] of Object.entries(typed)) assert.equal(parseNumber(text), value, text);
});

test("parseNumber refuses everything else", () => {
  for (const text of [
    "",
    " ",
    "a",
    "1 2",
    "1/2/3",
    "1/0",
    "0/0",
    "1e999",
    "Infinity",
    "NaN",
    "0x10",
    "--1",
    "1,2,3",
    ".",
  ])
    assert.equal(parseNumber(text), null, text);
});

test("parseNumbers splits at spaces, commas followed by spaces, and semicolons, and names the first bad word", () => {
  assert.deepEqual(parseNumbers(" 1 −2;.5\n3 "), { values: [1, -2, 0.5, 3], wrong: null });
  assert.deepEqual(parseNumbers("1, 2, 3"), { values: [1, 2, 3], wrong: null });
  assert.deepEqual(parseNumbers(""), { values: [], wrong: null });
  assert.deepEqual(parseNumbers("1 x 2 y"), { values: [1, 2], wrong: "x" });
});

test("format writes numbers for reading", () => {
  const written = [
    [0, "0"],
    [-0, "0"],
    [0.1 + 0.2, "0.3"],
    [-0.5, "−0.5"],
    [2 / 3, "0.667"],
    [12345.6, "12346"],
    [999999, "999999"],
    [0.001, "0.001"],
    [0.00012345, "1.23\u00a0×\u00a010⁻⁴"],
    [1e6, "1\u00a0×\u00a010⁶"],
    [-2.5e-12, "−2.5\u00a0×\u00a010⁻¹²"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
    [NaN, "not a number"],
  ];
  for (const [x, text] of written) assert.equal(format(x), text);
  assert.equal(format(0.98765, 4), "0.9877");
});

test("compact fits into five places and stays close to the number", () => {
  const tries = [
    0, 1, -1, 0.5, -0.125, 0.0078125, -123.456, 99999, 123456, -1234567, 1e-9, 3.14159, -0.333333, 1e20,
  ];
  for (const x of tries) {
    const text = compact(x);
    assert.ok([...text].length <= 5, `${x}: ${text}`);
    const read = Number(text.replaceAll("−", "-"));
    assert.ok(Math.abs(read - x) <= 0.2 * Math.abs(x), `${x}: ${text}`);
  }
  assert.equal(compact(-0.125), "−.125");
});

test("raised and lowered digits, points and clamp", () => {
  assert.equal(raised(-120), "⁻¹²⁰");
  assert.equal(lowered(16), "₁₆");
  assert.equal(
    points([
      [1, 2],
      [3.14159, -4],
    ]),
    "1.0,2.0 3.1,-4.0",
  );
  assert.deepEqual([clamp(-1, 0, 2), clamp(1, 0, 2), clamp(3, 0, 2)], [0, 1, 2]);
});

test("without a browser nothing moves", () => assert.equal(still(), true));
