/* What keys do in the editor: pure functions of (text, from, to), where from and to are the ends of the
   selection. Each returns { at, end, insert, from, to }: replace at..end by `insert`, then select from..to. */

const STEP = 4;

const lineStart = (text, place) => text.lastIndexOf("\n", place - 1) + 1;

/** Tab: spaces up to the next multiple of four; with lines selected, all of them further in. */
export function indent(text, from, to) {
  if (!text.slice(from, to).includes("\n")) {
    const insert = " ".repeat(STEP - ((from - lineStart(text, from)) % STEP));
    return { at: from, end: to, insert, from: from + insert.length, to: from + insert.length };
  }
  return eachLine(text, from, to, (line) => (line ? " ".repeat(STEP) + line : line));
}

/** Shift + Tab: the lines of the selection further out. */
export function outdent(text, from, to) {
  return eachLine(text, from, to, (line) => line.replace(/^ {1,4}/, ""));
}

/** Enter: a new line as far in as this one, and further after a colon. */
export function newLine(text, from, to) {
  const before = text.slice(lineStart(text, from), from);
  const further = /:\s*(#.*)?$/.test(before) ? STEP : 0;
  const insert = `\n${" ".repeat(before.match(/^ */)[0].length + further)}`;
  return { at: from, end: to, insert, from: from + insert.length, to: from + insert.length };
}

function eachLine(text, from, to, change) {
  const at = lineStart(text, from);
  const last = to > from && text[to - 1] === "\n" ? to - 1 : to; // a line of which nothing is selected
  const found = text.indexOf("\n", last);
  const end = found < 0 ? text.length : found;
  const lines = text.slice(at, end).split("\n");
  const changed = lines.map(change);
  const insert = changed.join("\n");
  const first = changed[0].length - lines[0].length;
  return { at, end, insert, from: Math.max(at, from + first), to: Math.max(at, to + insert.length - (end - at)) };
}
