/* What there is to read after a check, as elements: the blocks of the grader. */

import { html } from "../widgets/shared.js";
import { WORDS } from "./strings.js";

const shown = ([kind, words]) => (kind ? html(kind, {}, words) : words);

/** "a * b is `c`" -> [["", "a * b is "], ["code", "c"]]: of the grader's sentences, where * is a product. */
export const words = (text) =>
  text.split(/`([^`]+)`/).flatMap((part, i) => (part ? [[i % 2 ? "code" : "", part]] : []));

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
