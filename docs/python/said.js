/* What there is to read after a check, as elements: the blocks of the grader, and the little Markdown of a
   debrief, which is paragraphs with `code`, **strong** and *emphasis*. */

import { html } from "../widgets/shared.js";
import { WORDS } from "./strings.js";

const MARK = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g;

/** "a *b* `c`" -> [["", "a "], ["em", "b"], ["", " "], ["code", "c"]] */
export function pieces(text) {
  const found = [];
  let last = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index > last) found.push(["", text.slice(last, match.index)]);
    const kind = match[1] ? "code" : match[2] ? "strong" : "em";
    found.push([kind, match[1] ?? match[2] ?? match[3]]);
    last = match.index + match[0].length;
  }
  if (last < text.length) found.push(["", text.slice(last)]);
  return found;
}

const shown = ([kind, words]) => (kind ? html(kind, {}, words) : words);

/** "a * b is `c`" -> [["", "a * b is "], ["code", "c"]]: of the grader's sentences, where * is a product. */
export const words = (text) =>
  text.split(/`([^`]+)`/).flatMap((part, i) => (part ? [[i % 2 ? "code" : "", part]] : []));

export function prose(text) {
  const paragraphs = text.split(/\n\s*\n/).filter((part) => part.trim());
  return paragraphs.map((part) => html("p", {}, ...pieces(part.replace(/\s*\n\s*/g, " ")).map(shown)));
}

/** A block of what the grader says, as elements. */
export function block({ kind, content, style }, at, all) {
  if (kind === "line") return [html("p", { class: style && "python-strong" }, content)];
  if (kind === "quote") return [html("blockquote", {}, ...words(content).map(shown))];
  if (kind === "printed") {
    if (all[at - 1]?.kind === "printed") return [];
    const next = all.slice(at).findIndex((other) => other.kind !== "printed");
    const lines = all.slice(at, next < 0 ? undefined : at + next).map((other) => other.content);
    return [html("pre", { tabindex: "0" }, html("code", {}, lines.join("\n")))]; // scrolled with the arrow keys
  }
  const [header, ...rows] = content;
  const title = (cell) => (cell ? html("th", { scope: "col" }, cell) : html("td"));
  const row = (cells) =>
    html("tr", { class: cells.at(-1) && "python-differs" }, ...cells.map((cell) => html("td", {}, cell)));
  return [
    html(
      "div",
      { class: "python-table", tabindex: "0", role: "group", "aria-label": WORDS.result },
      html(
        "table",
        { class: "python-numbers" },
        html("thead", {}, html("tr", {}, ...header.map(title))),
        html("tbody", {}, ...rows.map(row)),
      ),
    ),
  ];
}
