/* The two pictures of the figure eigenvalue. */

import { clamp, format, line, points, svg, text } from "./shared.js";
import { EIGENVALUE as STRINGS } from "./strings.js";

// The margins of the impulse response.
const LEFT = 42;
const RIGHT = 10;

const spot = ([cx, cy], r, name) => svg("circle", { cx, cy, r, class: name });

/** The step at a point of the picture of the impulse response, or null beside it. */
export function stepAt(echo, clientX, steps) {
  const box = echo.getBoundingClientRect();
  const t = Math.round(((clientX - box.left - LEFT) * steps) / (box.width - LEFT - RIGHT));
  return t < 0 || t > steps ? null : t;
}

/** The unit disk with the powers of λ, into `plane`; the handle that is dragged is moved to λ. */
export function drawDisk(plane, handle, { radius, phase, response, cursor }) {
  const at = (x, y) => [150 + 125 * x, 150 - 125 * y];
  const polar = (size, angle) => at(size * Math.cos(angle), size * Math.sin(angle));
  const { real, imaginary } = response;
  const seen = real.map((x, t) => [x, imaginary[t]]).filter(([x, y]) => Math.hypot(x, y) < 1.8);
  const hatch = Array.from({ length: 24 }, (_, i) => line(i * 26 - 300, 300, i * 26, 0, "hatch"));
  const ticks = [
    [281, 145, "1"],
    [4, 145, "−1"],
    [157, 19, "i"],
    [157, 290, "−i"],
  ];
  const turned = Math.abs(phase) > 0.3 && radius > 0.3;
  const arc = `M${at(0.25, 0)} A31,31 0 0,${phase > 0 ? 0 : 1} ${polar(0.25, phase)}`;
  const [thetaX, thetaY] = polar(0.37, phase / 2);
  const lambda = handle.querySelector(".lambda");
  const side = phase < 0 ? -23 : 23;
  lambda.setAttribute("x", -Math.sin(phase) * side);
  lambda.setAttribute("y", -Math.cos(phase) * side + 6);
  handle.setAttribute("transform", `translate(${polar(radius, phase)})`);
  plane.replaceChildren(
    ...hatch,
    svg("circle", { cx: 150, cy: 150, r: 125, class: "unit" }),
    line(0, 150, 300, 150, "axis"),
    line(150, 0, 150, 300, "axis"),
    ...ticks.map(([x, y, words]) => text(x, y, words, "tick", "start")),
    svg("polyline", { points: points(seen.map((p) => at(...p))), class: "spiral" }),
    ...seen.map((p, t) => spot(at(...p), Math.max(3.4 - 0.05 * t, 1.6), "power")),
    line(150, 150, ...polar(radius, phase), "arm"),
    ...(turned ? [svg("path", { d: arc, class: "angle" }), text(thetaX, thetaY + 5, "θ", "theta")] : []),
    ...(cursor === null ? [] : [spot(polar(radius ** cursor, phase * cursor), 6, "beacon")]),
  );
}

/** The impulse response against time, into `echo`: stems, envelope, half-life and period. */
export function drawEcho(echo, { steps, response, cursor, half, turn }) {
  const width = Math.max(echo.clientWidth || 400, 200);
  const [height, left, right, top, bottom] = [246, LEFT, width - RIGHT, 20, 206];
  const { real, envelope } = response;
  const limit = Math.max(1, envelope.at(-1));
  const sx = (t) => left + (t * (right - left)) / steps;
  const sy = (v) => (top + bottom) / 2 - (v / limit) * (bottom - top - 24) * 0.5;
  const names = STRINGS.tiles;
  const marks = [];
  if (half > 0 && half < steps) {
    marks.push(svg("path", { d: `M${left},${sy(0.5)} H${sx(half)} V${sy(0)}`, class: "mark" }));
    marks.push(text(sx(half) + 5, sy(0.5) - 5, names.half, "marked", half > 0.75 * steps ? "end" : "start"));
  }
  if (turn >= 3 && turn < steps) {
    marks.push(svg("path", { d: `M${left},${bottom + 3} v6 H${sx(turn)} v-6`, class: "bracket" }));
    marks.push(text(sx(turn) + 5, bottom + 13, names.period, "marked", turn > 0.8 * steps ? "end" : "start"));
  }
  if (limit > 1 && cursor === null)
    marks.push(text(right, top - 6, STRINGS.times(format(limit)), "loud", "end"));
  if (cursor !== null) {
    const t = Math.min(Math.round(cursor), steps);
    marks.push(line(sx(cursor), top, sx(cursor), bottom, "cursor"), spot([sx(t), sy(real[t])], 5, "beacon"));
    marks.push(text(clamp(sx(t), left + 40, right - 40), top - 6, `t = ${t}:  ${format(real[t])}`, "loud"));
  }
  const levels = limit < 1.5 ? [-1, 0, 1] : [-limit, 0, limit];
  const every = steps > 60 ? 20 : 10;
  echo.setAttribute("viewBox", `0 0 ${width} ${height}`);
  echo.replaceChildren(
    svg("rect", { x: left, y: top, width: right - left, height: bottom - top, class: "field" }),
    ...levels.flatMap((v) => [
      line(left, sy(v), right, sy(v), v ? "grid" : "axis"),
      text(left - 5, sy(v) + 4, format(v, 2), "tick", "end"),
    ]),
    ...real
      .filter((_, t) => t % every === 0)
      .map((_, i) => text(sx(i * every), height - 8, i ? `${i * every}` : "t = 0")),
    ...[1, -1].map((sign) => {
      const curve = envelope.map((v, t) => [sx(t), sy(sign * v)]);
      return svg("polyline", { points: points(curve), class: "envelope" });
    }),
    ...real.flatMap((v, t) => [line(sx(t), sy(0), sx(t), sy(v), "stem"), spot([sx(t), sy(v)], 2.6, "dot")]),
    ...marks,
  );
}
