/* The picture of the figure unrolled-rnn: input, network, states and gradient, all over one axis of time.

   A run is { inputs, states, factors, flow }: x_t, h_t, f_t and dh_{T-1}/dh_t. The lists of states and flow begin with
   the state before the first step, so place t in them, and across, is that of h_{t-1}. */

import { clamp, format, line, lowered, points, raised, svg, text } from "./shared.js";
import { UNROLLED_RNN as STRINGS } from "./strings.js";

// Heights, from the top: the row of inputs (its zero line, one unit), the cells, the two plots.
const INPUT = { zero: 42, unit: 20, bottom: 66 };
const CHAIN = 92;
const STATES = { title: 128, top: 138, bottom: 238 };
const FLOW = { title: 272, top: 284, bottom: 424 };
const LEFT = 40;
const RIGHT = 18;

/** Where things stand across: step t at sx(t), a cell `cell` wide on each side of it. */
export function layout(width, steps) {
  const pace = (width - LEFT - RIGHT - 10) / steps;
  return {
    steps,
    width,
    pace,
    right: width - RIGHT + 8,
    sx: (t) => LEFT + 10 + t * pace,
    cell: Math.min(pace * 0.36, 13),
  };
}

/** The step t (or null) and the value of the input, from -1 to 1, at a point of the row of inputs. */
export function inputAt(x, y, { steps, pace, sx }) {
  const t = Math.round((x - sx(0)) / pace);
  const value = Math.round(clamp((INPUT.zero - y) / INPUT.unit, -1, 1) * 10) / 10;
  return { t: t < 0 || t > steps ? null : t, value };
}

/** The decades that a plot of these sizes needs: [lowest, highest] powers of ten. */
export function decades(sizes) {
  const logs = sizes.filter((size) => size > 0).map(Math.log10);
  const room = (reach) => [1, 2, 4, 8, 16].find((n) => reach <= n) ?? 16;
  return [-room(-Math.min(...logs)), room(Math.max(...logs))];
}

/** Draw a run: the inputs into `strip`, where they can be changed, all else into `picture` below it. */
export function drawPicture(strip, picture, run, place, pointed) {
  const { width, steps, pace, sx } = place;
  const bottom = FLOW.bottom + 22;
  const panels = STRINGS.panels;
  const title = (y, words) => text(0, y, words, "heading", "start");
  const every = [1, 2, 4].find((n) => n * pace > 38) ?? 8;
  const ticks = run.inputs.map((_, t) => t).filter((t) => t % every === 0);
  const flow = panels.flow(lowered(steps - 1)) + (width > 560 ? panels.flowLong(lowered(steps - 1)) : "");
  strip.setAttribute("viewBox", `0 0 ${width} ${INPUT.bottom}`);
  picture.setAttribute("viewBox", `0 ${INPUT.bottom} ${width} ${bottom - INPUT.bottom}`);
  strip.replaceChildren(title(12, panels.input), ...drawInput(run, place));
  picture.replaceChildren(
    ...drawChain(run, place),
    title(STATES.title, panels.states),
    ...drawStates(run, place),
    title(FLOW.title, flow),
    ...drawFlow(run, place),
    ...ticks.map((t) => text(sx(t + 1), FLOW.bottom + 18, t ? String(t) : "t = 0")),
  );
  if (pointed === null) return;
  // The step under the pointer: a band behind all panels, and its numbers above.
  const band = rectangle(sx(pointed) - pace / 2, INPUT.bottom, pace, FLOW.bottom - INPUT.bottom, "band");
  picture.prepend(band);
  const factor = pointed ? format(run.factors[pointed - 1]) : "";
  const told = STRINGS.column(format(pointed - 1), format(run.states[pointed]), factor, format(run.flow[pointed]));
  strip.firstChild.replaceWith(text(sx(steps), 12, told, "told", "end"));
}

const rectangle = (x, y, width, height, name) => svg("rect", { x, y, width, height, class: name });

/** A bar from y to zero; one of no height still shows. */
function bar(x, y, zero, cell, name) {
  return rectangle(x - cell * 0.7, Math.min(y, zero), cell * 1.4, Math.max(Math.abs(y - zero), 1.5), name);
}

function drawInput({ inputs }, { steps, sx, cell }) {
  const { zero, unit } = INPUT;
  return [
    line(sx(0.5), zero, sx(steps + 0.4), zero, "axis"),
    ...inputs.flatMap((x, i) => [
      bar(sx(i + 1), zero - clamp(x, -1, 1) * unit, zero, cell, "input"),
      // A bar that does not fit says how long it would be.
      ...(Math.abs(x) > 1 ? [text(sx(i + 1), zero + (x > 0 ? -7 : 15), format(x, 2), "over")] : []),
    ]),
  ];
}

/** The network: a cell a step (round where h >= 0, square where h < 0), lines as wide as the factors. */
function drawChain({ states, factors }, { sx, cell }) {
  const most = Math.max(...states.map(Math.abs), 1);
  return states.flatMap((h, t) => {
    const link = t && line(sx(t - 1) + cell, CHAIN, sx(t) - cell - 1, CHAIN, "link");
    if (link) link.setAttribute("stroke-width", clamp(Math.abs(factors[t - 1]) * 5, 0.5, 10));
    const shape = {
      x: sx(t) - cell,
      y: CHAIN - cell,
      width: 2 * cell,
      height: 2 * cell,
      rx: h < 0 ? 2 : cell,
    };
    return [
      ...(link ? [link, line(sx(t), INPUT.bottom, sx(t), CHAIN - cell, "feed")] : []),
      svg("rect", { ...shape, class: "ground" }),
      svg("rect", { ...shape, class: "cell", "fill-opacity": Math.abs(h) / most }),
    ];
  });
}

function drawStates({ states }, { sx, cell, right }) {
  const { top, bottom } = STATES;
  const limit = Math.max(1, ...states.map(Math.abs));
  const sy = (h) => (top + bottom) / 2 - (h / limit) * (bottom - top) * 0.46;
  return [
    rectangle(LEFT, top, right - LEFT, bottom - top, "field"),
    ...[-limit, 0, limit].flatMap((h) => [
      line(LEFT, sy(h), right, sy(h), h ? "grid" : "axis"),
      text(LEFT - 5, sy(h) + 4, format(h, 2), "tick", "end"),
    ]),
    svg("polyline", { points: points(states.map((h, t) => [sx(t), sy(h)])), class: "trace" }),
    ...states.map((h, t) =>
      svg("circle", { cx: sx(t), cy: sy(h), r: Math.min(cell * 0.6, 4.5), class: "dot" }),
    ),
  ];
}

/** The gradient on a logarithmic scale: bars up from 1 where it has grown, down where it has shrunk. */
function drawFlow({ flow }, { sx, cell, right }) {
  const { top, bottom } = FLOW;
  const sizes = flow.map(Math.abs);
  const [low, high] = decades(sizes);
  const sy = (log) => top + 6 + ((high - clamp(log, low, high)) * (bottom - top - 12)) / (high - low);
  const every = [1, 2, 4].find((n) => (high - low) / n < 5) ?? 8;
  const marks = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((n) => n % every === 0);
  const name = (size) => (size > 1 ? "grown" : size > 0 ? "shrunk" : "shrunk nought");
  const corner = (y, words, room) => (room > 26 ? [text(right - 4, y, words, "marked", "end")] : []);
  return [
    rectangle(LEFT, top, right - LEFT, bottom - top, "field"),
    ...marks.flatMap((n) => [
      line(LEFT, sy(n), right, sy(n), n ? "grid" : "one"),
      text(LEFT - 5, sy(n) + 4, n ? `10${raised(n)}` : "1", "tick", "end"),
    ]),
    ...sizes.map((size, t) => bar(sx(t), sy(Math.log10(size)), sy(0), cell, name(size))),
    ...corner(top + 16, STRINGS.panels.up, sy(0) - top),
    ...corner(bottom - 8, STRINGS.panels.down, bottom - sy(0)),
  ];
}
