/* Formulas to HTML, for minirnn/course/site/formulas.py: a line of JSON [[tex, display], ...] in, a line [html, ...] out, or
   { error } with what KaTeX says. */

import { createInterface } from "node:readline";
import katex from "katex";

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = JSON.parse(line).map(([tex, displayMode]) => katex.renderToString(tex, { displayMode }));
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
