// The bill against the layers of Python (test_memory_bill_numbers.py), and what the figure says of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { bill, bytes, tell, tokensAt, WINDOW } from "../../docs/widgets/memory-bill.js";

const known = JSON.parse(readFileSync(new URL("memory-bill.numbers.json", import.meta.url), "utf-8"));

test("the bytes are those of the states of Python's layers", () => {
  assert.ok(known.some(({ tokens }) => tokens < WINDOW) && known.some(({ tokens }) => tokens > WINDOW));
  for (const { tokens, ...models } of known) assert.deepEqual(bill(tokens), models);
});

test("the slider goes from a thousand to a million, in numbers with two digits", () => {
  assert.equal(tokensAt(3), 1e3);
  assert.equal(tokensAt(4.3), 20_000);
  assert.equal(tokensAt(6), 1e6);
});

test("bytes as people write them", () => {
  const read = (n) => bytes(n).replace("\u00a0", " ");
  assert.equal(read(614_400), "614 kB");
  assert.equal(read(245_760_000), "246 MB");
  assert.equal(read(24_576_000_000), "24.6 GB");
  assert.equal(read(999_999), "1 MB");
  assert.equal(read(12), "12 B");
});

test("the sentence: 400 times at ten thousand tokens, and the windows before and after they are full", () => {
  assert.match(tell(10_000), /^After 10,000 tokens .* 246.MB, 400 times as much .* whose 614.kB .* it is 25.% of what full attention keeps.* since token 2,048/);
  assert.match(tell(1_000), /40 times .* 27.% .* are not full yet/);
  assert.match(tell(1_000_000), /24.6.GB, 40,000 times/);
});
