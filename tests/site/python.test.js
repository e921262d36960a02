// The editor's keys and the grader's sentences, without a browser.

import assert from "node:assert/strict";
import test from "node:test";

import { indent, newLine, outdent } from "../../docs/python/editor.js";
import { words } from "../../docs/python/said.js";

/** The text after a key, with the selection marked by [ and ]. */
function after(how, marked) {
  const from = marked.indexOf("[");
  const to = marked.indexOf("]") - 1;
  const text = marked.replace("[", "").replace("]", "");
  const change = how(text, from, to);
  const changed = text.slice(0, change.at) + change.insert + text.slice(change.end);
  return `${changed.slice(0, change.from)}[${changed.slice(change.from, change.to)}]${changed.slice(change.to)}`;
}

test("Tab goes to the next multiple of four", () => {
  assert.equal(after(indent, "[]x"), "    []x");
  assert.equal(after(indent, "a\nbc[]"), "a\nbc  []");
  assert.equal(after(indent, "abcd[]"), "abcd    []");
  assert.equal(after(indent, "a[bc]d"), "a   []d");
});

test("Tab sets all selected lines in, but no empty ones", () => {
  assert.equal(after(indent, "a\nb[b\n\nc]c\nd"), "a\n    b[b\n\n    c]c\nd");
  assert.equal(after(indent, "[a\nb\n]c"), "    [a\n    b\n]c");
});

test("Shift + Tab sets lines out, as far as they go", () => {
  assert.equal(after(outdent, "      a[]"), "  a[]");
  assert.equal(after(outdent, "  a[b\n        c]\nd"), "a[b\n    c]\nd");
  assert.equal(after(outdent, "x[]"), "x[]");
  assert.equal(after(outdent, "a\n  []  b"), "a\n[]b");
});

test("Enter keeps the indentation, and adds some after a colon", () => {
  assert.equal(after(newLine, "    x = 1[]"), "    x = 1\n    []");
  assert.equal(after(newLine, "  for x in y:[]"), "  for x in y:\n      []");
  assert.equal(after(newLine, "if x:  # why[]"), "if x:  # why\n    []");
  assert.equal(after(newLine, "a[bc]d"), "a\n[]d");
  assert.equal(after(newLine, "x = {1: 2}[]"), "x = {1: 2}\n[]");
});

test("code in the grader's sentences is code, and a product stays a product", () => {
  assert.deepEqual(words("this is `then` followed by `first`: a * b * c"), [
    ["", "this is "],
    ["code", "then"],
    ["", " followed by "],
    ["code", "first"],
    ["", ": a * b * c"],
  ]);
});
