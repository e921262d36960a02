/* <minirnn-eigenvalue>: one eigenvalue on the unit disk, and the memory it makes.

   h_t = λ h_{t-1} + x_t with a single 1 as input at t = 0 gives h_t = λ^t: a spiral in the plane, of which a
   reader sees the real part. |λ| decides how fast it fades, the phase how fast it turns.

   Attributes, all optional:
     radius="0.9"   |λ|, from 0 to 1.1
     phase="0.5"    the angle in radians, from -3.1416 to 3.1416
     steps="60"     how many steps are drawn, from 10 to 120
   Keys, on the point: up and down change the radius, left and right the phase; with Shift ten times finer. Page
   Up and Page Down change the radius in larger steps; Home and End go to the smallest and the largest.
   The sound plays only when its button is pressed. */

import { drawDisk, drawEcho, stepAt } from "./eigenvalue-picture.js";
import {
  clamp,
  define,
  format,
  html,
  liveSentence,
  slider,
  still,
  svg,
  table,
  text,
  Widget,
} from "./shared.js";
import { EIGENVALUE as STRINGS } from "./strings.js";

export const LARGEST = 1.1;
const STEPS_PER_SECOND = 30;

/** λ^t for t = 0 ... steps: its real and imaginary parts and its size |λ|^t. */
export function impulseResponse(radius, phase, steps) {
  const t = Array.from({ length: steps + 1 }, (_, i) => i);
  const envelope = t.map((i) => radius ** i);
  return {
    real: t.map((i) => envelope[i] * Math.cos(i * phase)),
    imaginary: t.map((i) => envelope[i] * Math.sin(i * phase)),
    envelope,
  };
}

/** Steps until half is left: 0 at the centre, Infinity on the circle; outside, minus the steps to double. */
export function halfLife(radius) {
  return radius === 1 ? Infinity : -Math.LN2 / Math.log(radius) || 0;
}

/** Steps for one full turn; Infinity where it does not turn. */
export const period = (phase) => (2 * Math.PI) / Math.abs(phase);

/** The radius and phase of a point of the plane, as a drag sets them: the circle and the real line hold on. */
export function place(x, y) {
  const radius = Math.hypot(x, y);
  const onAxis = Math.abs(y) < 0.02;
  return {
    radius: Math.abs(radius - 1) < 0.012 ? 1 : clamp(Number(radius.toFixed(3)), 0, LARGEST),
    phase: onAxis ? (x < 0 ? Math.PI : 0) : Number(Math.atan2(y, x).toFixed(3)),
  };
}

/** Where a key takes the point, { radius, phase }; null for a key that does not move it. */
export function moveByKey(key, shift, { radius, phase }) {
  if (key === "Home" || key === "End") return { radius: key === "Home" ? 0 : LARGEST, phase };
  const [outward, around] = {
    ArrowUp: [1, 0],
    ArrowDown: [-1, 0],
    ArrowLeft: [0, 1],
    ArrowRight: [0, -1],
    PageUp: [10, 0],
    PageDown: [-10, 0],
  }[key] ?? [0, 0];
  if (!outward && !around) return null;
  const fine = shift ? 0.1 : 1;
  const turned = Number((phase + 0.05 * fine * around).toFixed(3));
  return {
    radius: clamp(Number((radius + 0.01 * fine * outward).toFixed(3)), 0, LARGEST),
    phase: turned > Math.PI ? turned - 2 * Math.PI : turned < -Math.PI ? turned + 2 * Math.PI : turned,
  };
}

/** The decay as sound samples: a tone whose loudness at time s is |λ|^(30 s), at most three times the start. */
export function decaySound(radius, phase, seconds, rate) {
  const pitch = 220 * (1 + (3 * Math.abs(phase)) / Math.PI);
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => {
    const time = i / rate;
    const loudness = Math.min(radius ** (STEPS_PER_SECOND * time), 3);
    return 0.25 * loudness * Math.cos(2 * Math.PI * pitch * time);
  });
}

/** One or two sentences on what this eigenvalue does to a memory. */
export function describe(radius, phase, steps) {
  const half = halfLife(radius);
  const count = (n) => STRINGS.steps(format(n));
  if (radius === 0) return STRINGS.gone;
  const turning =
    phase === 0
      ? STRINGS.straight
      : Math.abs(phase) > 3.14
        ? STRINGS.flips
        : STRINGS.turns(count(period(phase)));
  if (radius === 1) return `${STRINGS.stays} ${turning}`;
  if (radius < 1) return `${STRINGS.fades(count(half))} ${turning}`;
  return `${STRINGS.explodes(count(-half), steps, format(radius ** steps))} ${turning}`;
}

class Eigenvalue extends Widget {
  build() {
    this.radius = this.number("radius", 0.9, 0, LARGEST);
    this.phase = this.number("phase", 0.5, -Math.PI, Math.PI);
    this.steps = Math.round(this.number("steps", 60, 10, 120));
    this.frame.setAttribute("aria-label", STRINGS.name);
    this.cursor = null;
    this.plane = svg("g");
    this.disk = svg("svg", { class: "disk", viewBox: "0 0 300 300" });
    this.echo = svg("svg", { class: "echo", role: "img" });
    this.handle = svg("g", { class: "handle", tabindex: 0, role: "slider", "aria-label": STRINGS.point });
    this.handle.append(
      svg("circle", { r: 22, class: "reach" }),
      svg("circle", { r: 15, class: "halo" }),
      svg("circle", { r: 9, class: "point" }),
      text(0, 0, "λ", "lambda"),
    );
    this.disk.append(this.plane, this.handle);
    this.handle.setAttribute("aria-valuemin", 0);
    this.handle.setAttribute("aria-valuemax", LARGEST);
    this.handle.addEventListener("keydown", (event) => this.key(event));
    this.disk.addEventListener("pointerdown", (event) => this.grab(event));
    this.disk.addEventListener("click", (event) => this.drag(event)); // a tap
    this.disk.addEventListener("pointermove", (event) => this.held && this.drag(event));
    for (const end of ["pointerup", "pointercancel"])
      this.disk.addEventListener(end, () => (this.held = false));
    this.echo.addEventListener("pointermove", (event) => this.hover(event));
    this.echo.addEventListener("pointerleave", () => this.playing || this.point(null));
    this.sliders = {
      radius: slider(STRINGS.radius, { min: 0, max: LARGEST, step: 0.001 }, (radius) => this.set({ radius })),
      phase: slider(STRINGS.phase, { min: -3.142, max: 3.142, step: 0.001 }, (phase) =>
        this.set({ phase: clamp(phase, -Math.PI, Math.PI) }),
      ),
    };
    this.tiles = html("dl", { class: "tiles" });
    this.sentence = liveSentence();
    this.sound = html(
      "button",
      { type: "button", onclick: () => (this.playing ? this.stop() : this.play()) },
      STRINGS.hear,
    );
    this.numbers = html("details", { ontoggle: () => this.draw() }, html("summary", {}, STRINGS.table));
    const key = (shape, text) => html("span", {}, html("i", { class: `key ${shape}` }), text);
    this.frame.append(
      html("p", { class: "formula" }, STRINGS.formula),
      html(
        "div",
        { class: "columns" },
        html(
          "div",
          { class: "narrow" },
          html("p", { class: "label" }, STRINGS.disk),
          this.disk,
          html("p", { class: "keys" }, key("spiral", STRINGS.powers), key("hatched", STRINGS.outside)),
          html("p", { class: "hint" }, STRINGS.hint),
        ),
        html(
          "div",
          { class: "wide" },
          html("p", { class: "label" }, STRINGS.echo),
          this.echo,
          html("p", { class: "keys" }, key("stem", STRINGS.real), key("dashes", STRINGS.envelope)),
          this.tiles,
        ),
      ),
      html("div", { class: "controls" }, this.sliders.radius.row, this.sliders.phase.row),
      this.sentence.element,
      html("div", { class: "buttons" }, this.sound, html("span", { class: "hint" }, STRINGS.hearing)),
      this.numbers,
    );
  }

  set({ radius = this.radius, phase = this.phase }) {
    Object.assign(this, { radius, phase });
    this.stop();
    this.draw();
  }

  key(event) {
    const moved = moveByKey(event.key, event.shiftKey, this);
    if (!moved) return;
    event.preventDefault();
    this.set(moved);
  }

  grab(event) {
    // A finger beside the point scrolls the page: on a phone the disk is as wide as the screen.
    if (event.pointerType === "touch" && !event.target.closest(".handle")) return;
    this.held = true;
    this.disk.setPointerCapture(event.pointerId);
    this.handle.focus();
    event.preventDefault();
    this.drag(event);
  }

  drag(event) {
    const box = this.disk.getBoundingClientRect();
    const scale = 2.4 / box.width;
    this.set(place((event.clientX - box.left) * scale - 1.2, 1.2 - (event.clientY - box.top) * scale));
  }

  play() {
    const audio = new AudioContext();
    const seconds = this.steps / STEPS_PER_SECOND;
    const samples = decaySound(this.radius, this.phase, seconds, audio.sampleRate);
    const buffer = audio.createBuffer(1, samples.length, audio.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = audio.createBufferSource();
    source.buffer = buffer;
    source.connect(audio.destination);
    source.addEventListener("ended", () => this.playing === audio && this.stop());
    source.start();
    this.playing = audio;
    this.sound.textContent = STRINGS.stop;
    if (!still()) this.follow(audio);
  }

  /** While it sounds, a line runs along the picture. */
  follow(audio) {
    if (this.playing !== audio) return;
    this.point(audio.currentTime * STEPS_PER_SECOND);
    requestAnimationFrame(() => this.follow(audio));
  }

  stop() {
    this.playing?.close();
    this.playing = null;
    this.sound.textContent = STRINGS.hear;
    if (this.cursor !== null) this.point(null);
  }

  /** Show step `t` in both pictures, or none. */
  point(t) {
    this.cursor = t;
    this.drawPictures();
  }

  hover(event) {
    if (this.playing) return;
    this.point(stepAt(this.echo, event.clientX, this.steps));
  }

  draw() {
    this.response = impulseResponse(this.radius, this.phase, this.steps);
    const sentence = describe(this.radius, this.phase, this.steps);
    this.frame.classList.toggle("exploding", this.radius > 1);
    this.sliders.radius.show(this.radius, format(this.radius, 4));
    this.sliders.phase.show(
      this.phase,
      STRINGS.angle(format(this.phase), format(Math.round((this.phase * 180) / Math.PI))),
    );
    this.handle.setAttribute("aria-valuenow", this.radius);
    this.handle.setAttribute(
      "aria-valuetext",
      STRINGS.value(format(this.radius, 4), format(this.phase), sentence),
    );
    this.echo.setAttribute("aria-label", `${STRINGS.echo}. ${sentence}`);
    this.sentence.say(sentence);
    this.drawPictures();
    this.drawTiles();
    if (this.numbers.open) this.drawTable();
  }

  drawPictures() {
    drawDisk(this.plane, this.handle, this);
    drawEcho(this.echo, { ...this, half: halfLife(this.radius), turn: period(this.phase) });
  }

  drawTiles() {
    const [names, half, turn] = [STRINGS.tiles, halfLife(this.radius), period(this.phase)];
    const [x, y] = [this.response.real[1], this.response.imaginary[1]];
    const fate =
      this.radius === 1
        ? STRINGS.never
        : this.radius === 0
          ? STRINGS.atOnce
          : STRINGS.steps(format(Math.abs(half)));
    const tiles = [
      [names.lambda, `${format(x, 2)} ${y < 0 ? "−" : "+"} ${format(Math.abs(y), 2)}i`],
      [half < 0 ? names.double : names.half, fate],
      [names.period, Number.isFinite(turn) ? STRINGS.steps(format(turn)) : STRINGS.noTurn],
      [`${names.last}${this.steps}`, format(this.response.envelope.at(-1))],
    ];
    this.tiles.replaceChildren(
      ...tiles.map(([name, value]) => html("div", {}, html("dt", {}, name), html("dd", {}, value))),
    );
  }

  drawTable() {
    const { real, imaginary, envelope } = this.response;
    const chosen = real.map((_, t) => t).filter((t) => t < 6 || t % 10 === 0);
    const rows = chosen.map((t) => [String(t), format(real[t]), format(imaginary[t]), format(envelope[t])]);
    this.numbers.querySelector("table")?.remove();
    this.numbers.append(table(STRINGS.table, STRINGS.header, rows));
  }
}

define("minirnn-eigenvalue", Eigenvalue);
