/* The tree of the figure scan-tree: boxes for pairs and states, lines for what was made from what. */

import { compact, line, svg, text } from "./shared.js";

// As wide as the column of names beside the fields and the results (widgets.css).
const GUTTER = 30;

/** Draw a plan after so many rounds into `picture`, with one column a step under a gutter for names. */
export function drawTree(picture, { nodes, rows, leaves }, now, width) {
  const size = leaves.length;
  const column = (width - GUTTER) / size;
  const box = Math.min(column - 5, 66);
  const heights = { pair: 44, state: 27 };
  const gap = rows.length > 4 ? 26 : 44;
  const tops = [];
  let height = gap;
  for (const kind of rows) {
    tops.push(height);
    height += heights[kind] + gap;
  }
  const x = (node) => GUTTER + (node.column + 0.5) * column;
  const top = (node) => (node.row < 0 ? 0 : tops[node.row]);
  const bottom = (node) => (node.row < 0 ? 0 : tops[node.row] + heights[node.kind]);
  const status = (node) => (node.round > now ? "future" : node.round === now ? "now" : "past");
  const edges = { past: [], now: [] };
  const draw = (from, to, name) => {
    const when = status(to);
    if (when === "future" || !from || from.row === undefined) return;
    const level = from.row === to.row;
    const [x1, y1] = level
      ? [x(from) + box / 2, top(from) + heights[from.kind] / 2]
      : [x(from), bottom(from)];
    const [x2, y2] = level ? [x(to) - box / 2, top(to) + heights[to.kind] / 2] : [x(to), top(to)];
    edges[when].push(arrow(x1, y1, x2, y2, `edge ${when} ${name}`, name !== "copy" && when === "now"));
  };
  for (const node of nodes) {
    draw(node.first, node, node.kind === "state" && node.first?.kind === "state" ? "state" : "pair");
    draw(node.then, node, node.kind === "state" ? "apply" : "pair");
    draw(node.copied, node, "copy");
  }
  const boxes = nodes.map((node, i) => {
    const [left, y, when, h] = [x(node) - box / 2, top(node), status(node), heights[node.kind]];
    const group = svg("g", {
      class: `node ${node.kind} ${when} ${node.copied ? "copied" : ""} ${node.span[0] ? "" : "whole"}`,
      "data-node": i,
    });
    group.append(svg("rect", { x: left, y, width: box, height: h, rx: node.kind === "pair" ? 6 : h / 2 }));
    if (when === "future") return group;
    const number = (value, dy, name) => group.append(label(x(node), y + dy, compact(value), name, box));
    if (node.kind === "state") number(node.value, 18, "strong");
    else {
      const unit = (box - 8) / size;
      number(node.value[0], 16, "");
      number(node.value[1], 32, "strong");
      const bar = (from, to, name) =>
        svg("rect", {
          x: left + 4 + from * unit,
          y: y + 37,
          width: (to - from) * unit,
          height: 3.5,
          class: name,
        });
      group.append(bar(0, size, "all"), bar(node.span[0], node.span[1] + 1, "covered"));
    }
    return group;
  });
  picture.setAttribute("viewBox", `0 0 ${width} ${height - gap + 4}`);
  picture.replaceChildren(...edges.past, ...edges.now, ...boxes);
}

/** A number in a box; a long one is squeezed to fit. */
function label(x, y, words, name, box) {
  const element = text(x, y, words, `${name} ${box < 44 ? "small" : "number"}`);
  if (words.length * (name ? 8 : 7) > box && box < 44) {
    element.setAttribute("textLength", box - 6);
    element.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
  return element;
}

/** A line from one box to another, with a head if it is of this round. */
function arrow(x1, y1, x2, y2, name, headed) {
  const group = svg("g", { class: name });
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [u, v] = [(x2 - x1) / length, (y2 - y1) / length];
  const stop = headed ? 7 : 0;
  group.append(line(x1, y1, x2 - u * stop, y2 - v * stop));
  const corner = (side) => `${x2 - 9 * u + 4.5 * side * v},${y2 - 9 * v - 4.5 * side * u}`;
  if (headed) group.append(svg("path", { d: `M${x2},${y2} L${corner(1)} L${corner(-1)} Z` }));
  return group;
}
