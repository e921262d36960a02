// The record of the reader, against a localStorage that is ours: full, forbidden, broken, written by two tabs.

import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";

const RECORD = new URL("../../docs/scripts/record.js", import.meta.url).href;
let kept, listeners, tabs;

/** A tab: the module anew, with the same storage. */
const tab = () => import(`${RECORD}?${++tabs}`);
tabs = 0;

beforeEach(() => {
  kept = new Map();
  listeners = [];
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  };
  globalThis.addEventListener = (kind, look) => kind === "storage" && listeners.push(look);
});

const stored = () => JSON.parse(kept.get("minirnn/record"));
const guess = { said: "4 rounds", right: true, shown: false, at: "2026-12-01T09:30:00.000Z" };

test("what is put is found again, also after the page is left", async () => {
  const page = await tab();
  assert.equal(page.entry("predictions", "scan/rounds"), null);
  page.put("predictions", "scan/rounds", guess);
  page.setTrack("school");
  const later = await tab();
  assert.deepEqual(later.entry("predictions", "scan/rounds"), guess);
  assert.equal(later.track(), "school");
  assert.deepEqual(stored(), {
    version: 1,
    track: "school",
    predictions: { "scan/rounds": guess },
    exercises: {},
  });
  later.put("predictions", "scan/rounds", null);
  assert.equal(page.entry("predictions", "scan/rounds"), null);
});

test("two tabs that write do not undo each other", async () => {
  const [one, other] = [await tab(), await tab()];
  one.read();
  other.read();
  one.put("predictions", "scan/rounds", guess);
  other.put("predictions", "scan/work", { ...guess, said: 14 });
  one.pass("combine");
  other.setTrack("university");
  assert.deepEqual(Object.keys(stored().predictions), ["scan/rounds", "scan/work"]);
  assert.equal(stored().exercises.combine.passed, true);
  assert.equal(one.track(), "university");
});

test("what another tab wrote is noticed; what is not ours is not", async () => {
  const page = await tab();
  let looked = 0;
  page.onChange(() => looked++);
  for (const key of ["minirnn/record", "minirnn/exercise/combine", null]) listeners.forEach((hear) => hear({ key }));
  assert.equal(looked, 2);
  page.put("predictions", "scan/rounds", guess);
  assert.equal(looked, 3);
});

test("an exercise passes once", async () => {
  const page = await tab();
  page.pass("combine");
  const first = stored().exercises.combine.at;
  assert.ok(Math.abs(Date.parse(first) - Date.now()) < 60_000);
  kept.set("minirnn/record", kept.get("minirnn/record").replace(first, "2020-01-01T00:00:00.000Z"));
  page.pass("combine");
  assert.equal(stored().exercises.combine.at, "2020-01-01T00:00:00.000Z");
});

for (const [name, storage] of Object.entries({
  full: {
    setItem() {
      throw new Error("QuotaExceededError");
    },
  },
  forbidden: {
    getItem() {
      throw new Error("SecurityError");
    },
    setItem() {
      throw new Error("SecurityError");
    },
    removeItem() {
      throw new Error("SecurityError");
    },
  },
})) {
  test(`a storage that is ${name} is said once, and the visit goes on`, async () => {
    Object.assign(globalThis.localStorage, storage);
    const page = await tab();
    let said = 0;
    page.onUnkept(() => said++);
    page.put("predictions", "scan/rounds", guess);
    page.put("predictions", "scan/work", guess);
    page.setTrack("school");
    assert.equal(said, 1);
    assert.deepEqual(Object.keys(page.read().predictions), ["scan/rounds", "scan/work"]);
    assert.equal(page.track(), "school");
    page.forget();
    assert.deepEqual(page.read().predictions, {});
  });
}

test("what was kept before the storage was full is still there", async () => {
  const page = await tab();
  page.put("predictions", "scan/rounds", guess);
  localStorage.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  page.put("predictions", "scan/work", guess);
  assert.deepEqual(Object.keys(page.read().predictions), ["scan/rounds", "scan/work"]);
  assert.deepEqual(Object.keys(stored().predictions), ["scan/rounds"]);
});

for (const broken of ["{", "null", "7", "[]", '{"version": 2}', '{"version": 1, "predictions": 3}']) {
  test(`${broken} is laid aside, and a new record begins`, async () => {
    kept.set("minirnn/record", broken);
    const page = await tab();
    assert.deepEqual(page.read(), { version: 1, predictions: {}, exercises: {} });
    page.put("predictions", "scan/rounds", guess);
    assert.equal(kept.get("minirnn/record-unreadable"), broken);
    assert.deepEqual(stored().predictions, { "scan/rounds": guess });
  });
}

test("no name of an object's own is taken for an entry", async () => {
  const page = await tab();
  assert.equal(page.entry("exercises", "constructor"), null);
});

test("all is forgotten but the texts of the editors", async () => {
  const page = await tab();
  kept.set("minirnn/exercise/combine", "def combine(): ...");
  kept.set("minirnn/record-unreadable", "{");
  page.put("predictions", "scan/rounds", guess);
  page.setTrack("school");
  page.forget();
  assert.deepEqual([...kept.keys()], ["minirnn/exercise/combine"]);
  assert.equal(page.track(), null);
});
