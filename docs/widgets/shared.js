/* What the interactive figures share: a base element, makers of HTML and SVG, numbers as people write them.

   A figure is a custom element. It draws in a shadow root, so that the page's styles do not reach in and its
   own (widgets.css, beside this file) do not leak out; colours and fonts still come from the page. What stands
   between the tags in the page is shown only while the figure has not started (no JavaScript, old browser).
   There is no state outside the element, nothing is stored, and nothing is asked from anywhere but this folder. */

const SVG = "http://www.w3.org/2000/svg";
const MINUS = "\u2212";

/** An HTML element. Attributes as in HTML; `onclick` and the like take a function; false leaves one out. */
export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element, made in the same way. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export const line = (x1, y1, x2, y2, name) => svg("line", { x1, y1, x2, y2, class: name });

export const text = (x, y, words, name = "tick", anchor = "middle") =>
  svg("text", { x, y, class: name, "text-anchor": anchor }, words);

/** [[x, y], ...] -> the points of a polyline or polygon. */
export const points = (list) => list.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** The base of all figures. A figure has `build()` (once), `draw()` (as often as it likes) and `stop()`. */
export class Widget extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    if (!this.shadowRoot) {
      const style = html("link", { rel: "stylesheet", href: new URL("widgets.css", import.meta.url).href });
      this.frame = html("div", { class: "widget", role: "group", style: "visibility: hidden" });
      const styled = () => {
        this.styled = true;
        this.reveal();
      };
      style.addEventListener("load", styled);
      style.addEventListener("error", styled);
      this.attachShadow({ mode: "open" }).append(style, this.frame);
      // Typed letters are for the field, not for the shortcuts of the page.
      this.frame.addEventListener("keydown", (event) => event.stopPropagation());
      this.build();
    }
    // Drawn as soon as its width is known: at once where it is seen, and when it comes near where it is far below.
    const sized = () => {
      this.draw();
      this.drawn = true;
      this.reveal();
    };
    this.watchers = [watchSize(this.frame, sized), watchScheme(this, this.frame)];
  }

  /** Nobody sees or hears a figure that has no style or no numbers yet. */
  reveal() {
    if (this.styled && this.drawn) this.frame.removeAttribute("style");
  }

  disconnectedCallback() {
    for (const stopWatching of this.watchers) stopWatching();
    this.stop();
  }

  stop() {}

  /** An attribute as a number between `low` and `high`. */
  number(name, otherwise, low, high) {
    const value = parseNumber(this.getAttribute(name) ?? "");
    return value === null ? otherwise : clamp(value, low, high);
  }
}

export function define(tag, element) {
  if (globalThis.customElements && !customElements.get(tag)) customElements.define(tag, element);
}

function watchSize(element, changed) {
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    if (Math.abs(entry.contentRect.width - width) < 0.5) return;
    width = entry.contentRect.width;
    changed();
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** Dark where the page's text is light: true for any theme and any switch between themes. */
function watchScheme(host, frame) {
  const look = () => {
    const [red, green, blue] = getComputedStyle(host)
      .color.match(/[\d.]+/g)
      .map(Number);
    frame.classList.toggle("dark", 0.3 * red + 0.6 * green + 0.1 * blue > 128);
  };
  const observer = new MutationObserver(look);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributes: true });
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", look);
  look();
  return () => {
    observer.disconnect();
    media.removeEventListener("change", look);
  };
}

export const clamp = (x, low, high) => Math.min(Math.max(x, low), high);

/** True where the reader has asked for no motion (and where there is nobody to ask). */
export const still = () => globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? true;

/** "-0.5", "−1/2", "1e-3", ".5", "0,5" -> a number; anything else, and what is too large for one -> null. */
export function parseNumber(text) {
  const parts = text.trim().replaceAll(MINUS, "-").replace(",", ".").split("/");
  if (parts.length > 2 || parts.some((part) => !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(part.trim())))
    return null;
  const value = Number(parts[0]) / (parts.length > 1 ? Number(parts[1]) : 1);
  return Number.isFinite(value) ? value : null;
}

/** Numbers with spaces, commas or semicolons between them -> { values, wrong: the first bad word, or null }. */
export function parseNumbers(text) {
  const words = text
    .trim()
    .split(/[\s,;]+/)
    .filter(Boolean);
  const values = words.map(parseNumber);
  const bad = values.indexOf(null);
  return { values: values.filter((value) => value !== null), wrong: bad < 0 ? null : words[bad] };
}

/** A number for reading: 0.125, −3, 12345, 1.2 × 10⁻⁷. */
export function format(x, digits = 3) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "not a number" : x > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
    return `${String(Number(mantissa)).replace("-", MINUS)}\u00a0×\u00a010${raised(Number(exponent))}`;
  }
  const whole = size < 1 ? 0 : Math.floor(Math.log10(size)) + 1;
  return String(Number(x.toPrecision(Math.max(digits, whole)))).replace("-", MINUS);
}

/** A number in five places at most, for small boxes: 0.125, −.125, 12300, 8e−3. */
export function compact(x) {
  for (let digits = 4; digits > 0; digits--) {
    const text = String(Number(x.toPrecision(digits))).replace("-", MINUS);
    const short = text.length > 5 ? text.replace("0.", ".") : text;
    if (short.length <= 5) return short;
  }
  if (!Number.isFinite(x)) return format(x);
  const [long, short] = [1, 0].map((digits) =>
    x.toExponential(digits).replace("e+", "e").replaceAll("-", MINUS),
  );
  return long.length <= 5 ? long : short;
}

const turn = (digits, low) => String(digits).replace(/[-\d]/g, (c) => (c === "-" ? low[10] : low[Number(c)]));

/** 12 as ¹². */
export const raised = (n) => turn(n, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻");

/** 12 as ₁₂. */
export const lowered = (n) => turn(n, "₀₁₂₃₄₅₆₇₈₉₋");

/** A table with a caption; the first cell of each row is its header. */
export function table(caption, header, rows) {
  const cells = (row) =>
    row.map((cell, i) => (i ? html("td", {}, cell) : html("th", { scope: "row" }, cell)));
  return html(
    "table",
    { class: "data" },
    html("caption", {}, caption),
    html("thead", {}, html("tr", {}, ...header.map((name) => html("th", { scope: "col" }, name)))),
    html("tbody", {}, ...rows.map((row) => html("tr", {}, ...cells(row)))),
  );
}

/** A slider under its name and its value; returns { row, input, show(text) }. */
export function slider(name, attributes, changed) {
  const output = html("span", { class: "value", "aria-hidden": "true" });
  const input = html("input", { type: "range", oninput: () => changed(Number(input.value)), ...attributes });
  const row = html("label", { class: "slider" }, html("span", {}, name), output, input);
  const show = (value, text) => {
    input.value = value;
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  return { row, input, show };
}

/** A choice of one, as buttons side by side (radio buttons, with the keys of radio buttons). */
export function choice(legend, options, chosen, changed) {
  const name = `choice-${Math.random().toString(36).slice(2)}`;
  const buttons = Object.entries(options).map(([value, label]) => {
    const input = html("input", {
      type: "radio",
      name,
      value,
      checked: value === chosen,
      onchange: () => changed(value),
    });
    return html("label", {}, input, html("span", {}, label));
  });
  return html("fieldset", { class: "choice" }, html("legend", {}, legend), html("span", {}, ...buttons));
}

/** A sentence that is read out when it has stood still for half a second, not at every step of a drag. */
export function liveSentence() {
  const seen = html("span", { "aria-hidden": "true" });
  const spoken = html("span", { class: "unseen", "aria-live": "polite" });
  let timer = 0;
  const say = (text) => {
    seen.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => (spoken.textContent = text), 500);
  };
  return { element: html("p", { class: "sentence" }, seen, spoken), say };
}
