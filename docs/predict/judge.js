/* How a guess compares with what is: pure functions of numbers. */

import { clamp, format, parseNumber } from "../widgets/shared.js";

const ON_IT = 0.06; // of the height of the curve, on average
const NEAR_IT = 0.12;
const PLACES = 16; // at most, between which a drawn curve is straight

const THOUSANDS = /^([+-]?\d{1,3})((?:[ ,\u202f]\d{3})+)$/; // 9,217 or 9 217

/** "12", "0,5" or "12 steps" -> a number, or null. A comma is a decimal one unless thousands are expected. */
export function typed(text, unit, expected = 0) {
  const words = text.trim();
  const number = (unit && words.endsWith(unit) ? words.slice(0, -unit.length) : words).trim();
  return parseNumber(Math.abs(expected) >= 1000 && THOUSANDS.test(number) ? number.replace(/[ ,\u202f]/g, "") : number);
}

/** A number as one reads it: 9,217. */
export const written = (number) =>
  Math.abs(number) >= 1000 && Math.abs(number) < 1e9 ? number.toLocaleString("en") : format(number, 6);

/** A guessed number: "right", "close" or "other". */
export function judgeNumber(guess, answer, near) {
  const away = Math.abs(guess - answer);
  // What is written as 13.7 may be 13.70001 in the lesson.
  if (away <= 1e-9 * Math.max(1, Math.abs(answer))) return "right";
  return away <= near ? "close" : "other";
}

/** The places of [[x, y], ...] beyond `given` at which a curve is drawn; the last one is always among them. */
export function places(points, given) {
  const hidden = points.filter(([x]) => x > given);
  const count = Math.min(hidden.length, PLACES);
  return Array.from({ length: count }, (_, i) => hidden[Math.round(((i + 1) * hidden.length) / count) - 1]);
}

/** Heights at places, with null where nothing was drawn -> all of them, straight from one to the next; null if the
    last is missing. start: the point from which the curve goes on, if there is one. */
export function completed(xs, heights, start) {
  if (heights.at(-1) === null) return null;
  const known = xs.map((x, i) => [x, heights[i]]).filter(([, y]) => y !== null);
  const way = start ? [start, ...known] : known;
  return xs.map((x) => between(way, x));
}

/** The height at x of a curve through points. */
export function between(way, x) {
  const after = way.findIndex((point) => point[0] >= x);
  if (after <= 0) return way.at(after)[1];
  const [[x0, y0], [x1, y1]] = [way[after - 1], way[after]];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** A drawn curve: "right", "close" or "other". points: all of what is; heights: those drawn, at places(...). */
export function judgeCurve(heights, there, points) {
  const ys = points.map(([, y]) => y);
  const height = Math.max(...ys) - Math.min(...ys) || Math.abs(ys[0]) || 1;
  const away = there.reduce((sum, [, y], i) => sum + Math.abs(heights[i] - y), 0) / there.length / height;
  return away <= ON_IT ? "right" : away <= NEAR_IT ? "close" : "other";
}

/** The ends and marks of an axis for values, with room to be wrong: { low, high, marks }. */
export function scale(values, room) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const reach = most - least || Math.abs(most) || 1;
  const low = least >= 0 ? Math.max(0, least - room * reach) : least - room * reach;
  const high = most + room * reach;
  const rough = (high - low) / 5;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * [1, 2, 5, 10].find((factor) => factor * size >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const marks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return { low, high, marks };
}

/** From lengths on the screen to values, and back: { to, from }, for an axis from `start` to `end`. */
export function axis({ low, high }, start, end) {
  const to = (value) => start + ((value - low) / (high - low)) * (end - start);
  const from = (length) => clamp(low + ((length - start) / (end - start)) * (high - low), low, high);
  return { to, from };
}
