/* The words of the interactive figures, one object a figure, so that they can be put into another language. */

export const EIGENVALUE = {
  name: "An eigenvalue and the memory it makes",
  formula: "hₜ = λ hₜ₋₁ + xₜ with a single 1 as input, at t = 0:  hₜ = λᵗ",
  point: "λ on the unit disk",
  hint: "Drag λ, or move it with the arrow keys (with Shift: finer).",
  radius: "radius |λ|",
  phase: "phase θ",
  disk: "The plane of λ",
  echo: "What is left of the 1, step by step",
  powers: "the powers of λ",
  real: "real part of λᵗ",
  envelope: "envelope ±|λ|ᵗ",
  outside: "outside: explodes",
  times: (size) => `▲ ${size} times the start`,
  angle: (radians, degrees) => `${radians} rad ≈ ${degrees}°`,
  hear: "Hear it",
  stop: "Stop",
  hearing: "30 steps a second; the faster it turns, the higher the tone",
  tiles: { lambda: "λ", half: "half-life", double: "doubles in", period: "period", last: "left at t = " },
  never: "for ever",
  atOnce: "gone at once",
  noTurn: "does not turn",
  table: "The impulse response in numbers",
  header: ["t", "real part", "imaginary part", "|λ|ᵗ"],
  steps: (n) => `${n} ${n === "1" ? "step" : "steps"}`,
  value: (radius, phase, fate) => `radius ${radius}, phase ${phase} radians; ${fate}`,
  fades: (half) => `Inside the disk: it fades. Half of it is gone after ${half}.`,
  gone: "At the centre: the past is forgotten at once.",
  stays: "On the circle: it neither fades nor grows. It remembers for ever.",
  explodes: (double, steps, size) =>
    `Outside the disk: it explodes. It doubles every ${double}; after ${steps} steps it is ${size} times as large.`,
  turns: (period) => `It comes round once in ${period}.`,
  flips: "It changes its sign at every step.",
  straight: "It does not turn, so its sign never changes.",
};

export const TWO_LINES = {
  name: "Two machines in a row, as straight lines, and the line that they make together",
  titles: [
    (a, b) => `first (${a}, ${b})`,
    (a, b) => `then (${a}, ${b})`,
    (a, b) => `both together (${a}, ${b})`,
  ],
  handle: (machine, place) =>
    `${machine ? "Second" : "First"} machine: ${place ? "b, where the line is over 0" : "a, how much it rises per unit"}`,
  hint: "Across: what goes in, from −2 to 2. Up: what comes out. Drag the round handles, or move them with the arrow keys: the one over 0 lifts the line (b), the one beside it turns the line (a).",
  both: ([a, b]) => `both together (${a}, ${b})`,
  told: ([, zero, zeroEnd], [, one, oneEnd], [a, b]) =>
    `From 0: first ${zero}, then ${zeroEnd}. From 1: first ${one}, then ${oneEnd}. One machine does the same: (${a}, ${b}).`,
};

export const RING = {
  name: "A ring of eigenvalues and the memories they are",
  disk: "256 eigenvalues, evenly over a ring",
  bars: "Share of the states by half-life",
  inner: "inner radius",
  outer: "outer radius",
  hint: "Drag the two points, or move them with the arrow keys (with Shift: finer). Near the circle the sliders are easier.",
  axis: "half-life in steps",
  steps: (n) => `${n} ${n === "1" ? "step" : "steps"}`,
  value: (radius, half) => `${radius}, half-life ${half}`,
  sentence: (middle, far, shortest, longest) =>
    `Half of the states have a half-life above ${middle}, and ${far} in 100 have one above 100 steps. They go from ${shortest} to ${longest}.`,
  table: "The shares in numbers",
  header: ["half-life in steps", "share of the states"],
  between: (low, high) => `${low} to ${high}`,
};

export const SCAN_TREE = {
  name: "Four ways to compute a linear recurrence",
  formula: "hₜ = aₜ hₜ₋₁ + bₜ",
  way: "Way",
  ways: { loop: "plain loop", "hillis-steele": "Hillis–Steele", blelloch: "Blelloch", blocked: "blocked" },
  numbers: "Numbers",
  presets: {
    mixed: "mixed",
    sums: "a = 1: running sums",
    fading: "a = ½: it fades",
    reset: "a zero: it resets",
    own: "my own",
  },
  block: "Steps in a block",
  entry: (name, t) => `${name} at step ${t}`,
  wrong: (word) => `“${word}” is not a number; the last good one is used.`,
  back: "◀ Back",
  next: "Next ▶",
  play: "Play",
  pause: "Pause",
  again: "From the start",
  progress: "Round",
  at: (round, total) => `Round ${round} of ${total}`,
  ready: "Each step is a pair, a above b. Nothing is combined yet. Press Next.",
  titles: {
    loop: ({ t }) => `Step ${t} waits for the state before it.`,
    look: ({ distance }) =>
      `All at once, every pair looks ${distance} ${distance === 1 ? "step" : "steps"} back and puts the pair it finds there before its own.`,
    up: ({ level }) =>
      `Up the tree, level ${level}: neighbours join. Each pair stands for twice as many steps.`,
    down: ({ level }) =>
      `Down the tree, level ${level}: a left child starts where its parent starts, a right child where the left one ends.`,
    last: () => "Every leaf knows the state before its step. One more step each.",
    summarise: ({ member }) =>
      `Summarise: in all blocks at once, step ${member} of the block joins those before it.`,
    carry: ({ block }) =>
      `Carry: block ${block} ends here. Blocks wait for each other; there are few of them.`,
    fill: ({ member }) =>
      `Fill in: in all blocks at once, step ${member} of the block, from the state its block starts from.`,
  },
  made: (n) => `${n} ${n === 1 ? "combine" : "combines"} in this round.`,
  legend:
    "The bar in a box shows which steps the pair stands for. Green: it reaches back to the first step, so its b is the state.",
  pick: "Point at another box to see how it was made.",
  join: (first, then, how) => `${first} then ${then}:  ${how} = `,
  result: { t: "t", h: "h", loop: "loop" },
  check: {
    part: (n, total) => `${n} of ${total} states are known; each equals the loop’s.`,
    all: (total) => `✓ All ${total} states equal the loop’s.`,
    none: "No state is known yet.",
    differ: (t) => `The state at t = ${t} differs from the loop’s by more than rounding.`,
  },
  words: "This round in words",
  header: ["steps", "first", "then", "result"],
  counts: "The price",
  what: "what",
  price: ["combines (work)", "rounds (depth)", "combines if T = 1024", "rounds if T = 1024"],
  sofar: (name) => `${name}, so far`,
  of: (n, total) => `${n} of ${total}`,
  count: (n) => n.toLocaleString("en"),
  notes: {
    loop: "As little work as can be, but every step waits for the one before.",
    "hillis-steele": "The fewest rounds, for more work: T combines in nearly every round.",
    blelloch:
      "Up and down are 2 (T − 1) combines; the last step of every leaf adds T. In the picture the tree narrows to its root, then widens again.",
    blocked: `About twice the loop’s work, in few rounds if blocks are well chosen (1024 steps: 32 in a block).`,
  },
  span: (from, to) => (from === to ? `${from}` : `${from}–${to}`),
  before: (t) => `before ${t}`,
  picture: (way) => `The tree of ${way}; the table below says each round in words`,
};

export const UNROLLED_RNN = {
  name: "A recurrent network, unrolled in time",
  formulas: { tanh: "hₜ = tanh(w hₜ₋₁ + xₜ + b)", linear: "hₜ = w hₜ₋₁ + xₜ + b" },
  w: "weight w",
  bias: "bias b",
  activation: "Activation",
  activations: { tanh: "tanh", linear: "none (linear)" },
  input: "Input",
  kinds: { impulse: "a single 1", constant: "always 0.5", alternating: "1, −1, 1, −1, …", typed: "my own" },
  typed: "The input as numbers, from the first step on",
  wrong: (word) => `“${word}” is not a number; the last good input is used.`,
  hint: "The wider the line between two cells, the more of a small change gets through. Draw your own input in the top row with the pointer; point at a step to read its numbers.",
  panels: {
    input: "Input and network",
    states: "States hₜ",
    flow: (last) => `How much h${last} still depends on hₜ`,
    flowLong: (last) => `: |∂h${last}/∂hₜ|, on a scale of powers of ten`,
    up: "↑ explodes",
    down: "↓ vanishes",
  },
  column: (t, h, factor, flow) => `t = ${t}: h = ${h}${factor && `, factor ${factor}`}, gradient ${flow}`,
  fates: {
    zero: (last) => `No gradient gets through: h₀ has no say at all in h${last}.`,
    vanishes: (last) => `The gradient vanishes: h₀ has almost no say in h${last}.`,
    shrinks: (last) => `The gradient shrinks on its way from h${last} back to h₀.`,
    stays: (last) => `The gradient keeps about its size on its way from h${last} back to h₀.`,
    grows: (last) => `The gradient grows on its way from h${last} back to h₀.`,
    explodes: (last) => `The gradient explodes on its way from h${last} back to h₀.`,
  },
  linear: (w, steps, whole) =>
    `Each of the ${steps} steps back multiplies its size by |w|⁠ = ${w}; together ${whole}.`,
  tanh: (low, high, steps, whole) =>
    low === high
      ? `Each of the ${steps} steps back multiplies its size by |w (1 − h²)| = ${low}: together ${whole}.`
      : `Each of the ${steps} steps back multiplies its size by |w (1 − h²)|, here between ${low} and ${high}; together ${whole}.`,
  squashed: (w) =>
    `The states sit where the tanh is flat: its slope 1 − h² is small, so even |w|⁠ = ${w} cannot keep the gradient.`,
  table: "All numbers, step by step",
  header: (last) => ["t", "input x", "state h", "factor", `∂h${last}/∂hₜ`],
  picture: "Input, states and gradient along time.",
};

export const LANGUAGE_MODEL = {
  name: "A language model that reads along and goes on",
  formula: "P(next) = softmax(logits / temperature)",
  field: "Type here. The model reads along; in grey, what it would write.",
  write: "▶ Write",
  halt: "■ Stop",
  one: "One character",
  other: "Other words",
  begin: "Begin with",
  beginnings: ["The ", "class ", "If the ", ">>> ", "def "],
  temperature: "temperature",
  hint: "At 0 it always takes the likeliest character; the higher, the bolder.",
  chances: "The next character",
  header: ["character", "probability"],
  add: (symbol, name) => `add ${symbol}${name ? ` (${name})` : ""}`,
  others: (n) => (n ? `the other ${n}` : "all others"),
  named: { " ": "a space", "\n": "a new line" },
  state: "Hidden state hₜ",
  block: (n) => `block ${n}`,
  memory: ["forgets soon", "remembers long"],
  keys: { minus: "below zero", plus: "above zero" },
  pointAt:
    "hₜ = aₜ hₜ₋₁ + √(1 − aₜ²) iₜ vₜ. A column for each character, a row for each channel. Point at one to read it.",
  cell: (k, value, symbol, half) =>
    `After ${symbol}: h${k} = ${value}. At a half-open gate this channel loses half in ${half} characters.`,
  channel: (k, value) => `h${k} = ${value}`,
  empty: "Heat map of the state, empty until the model is there",
  picture: (block, channels, steps, symbol, largest) =>
    `Heat map of the state of block ${block}: ${channels} channels after each of the last ${steps} characters. ` +
    `After ${symbol} the largest are ${largest}.`,
  ahead: (text) => `The model would go on: ${text}`,
  wrote: (text) => `The model wrote: ${text}`,
  sentence: ([first, p], [second, q], unsure) =>
    `Most likely next: ${first} with ${p}, then ${second} with ${q}. The model is ${unsure}.`,
  only: (symbol) => `At temperature 0 only the likeliest counts: ${symbol}.`,
  unsure: (among, format) =>
    among < 1.1
      ? "sure"
      : among < 1.5
        ? "almost sure"
        : `as unsure as among ${format(among, 2)} equally likely characters`,
  unknown: (symbols) =>
    `The text that the model learned from has no ${symbols}; the model reads on as if it were not there.`,
  full: (n) => `The field is full: it holds ${n} characters.`,
  trouble: "The weights of the model could not be fetched. Look at the connection, then try again.",
  again: "Try again",
  waiting: "The model (about 260 kB) is fetched when this figure comes into view.",
  about: ({ preset, weights, bytes, steps, nats_int8 }, uniform) =>
    `A ${preset} model of ${weights.toLocaleString("en")} weights in ${Math.round(bytes / 1000)} kB, trained for ` +
    `${steps.toLocaleString("en")} steps by this package on Python’s own language reference. On text it had not ` +
    `read, its loss is ${nats_int8.toFixed(2)} nats a character; guessing blindly would be ${uniform.toFixed(2)}.`,
  table: "The state in numbers",
  tableOf: (block) => `The state of block ${block} after the last character, longest memory first`,
  columns: ["channel", "half-life in characters (r = ½)", "kept, aₜ", "state hₜ"],
};

export const GUESS_LETTER = {
  name: "Guess the next letter",
  sentences: [
    "the loop reads one letter and keeps a note",
    "a model that has never seen a word cannot guess it",
    "quick questions quickly find the queen of all letters",
  ],
  placeholder: "Your guess: a letter or the space",
  again: "Another sentence",
  begin: "Three letters are there. Which one comes next?",
  hint: "Only small letters and spaces (␣). After eight wrong guesses the letter is shown.",
  no: (wrong, left) => `No. Not: ${wrong}. ${left} ${left === 1 ? "guess" : "guesses"} left.`,
  yes: (found, symbol, you, model) =>
    `${found ? "Yes" : "It was"}: ${symbol}. You asked ${times(you)}, the model ${times(model)}.`,
  end: "That was the whole sentence.",
  total: (letters, you, yours, model, its) =>
    `For ${letters} ${letters === 1 ? "letter" : "letters"} you asked ${you} questions, ${yours} a letter, and the model ${model}, ${its} a letter.`,
  you: "↑ your questions",
  model: "↓ the model's questions",
  picture: "Questions for each letter, yours and the model's.",
  table: "All letters in numbers",
  header: ["letter", "your questions", "the model's"],
};

function times(n) {
  return n === 1 ? "once" : `${n} times`;
}

export const BETA_ROW = {
  name: "What comes after q, with a pretended count for every symbol",
  formula: "p(x | q) = (n(q, x) + β) / (n(q) + β V)",
  beta: "pretended count β",
  named: { " ": "a space", "\n": "a new line" },
  rest: (n) => `the other ${n} together`,
  told: (beta, pretended, real, first, each) =>
    `With β = ${beta}, ${pretended} pretended symbols stand against ${real} real ones: u gets ${first}, and each symbol that was never seen gets ${each}.`,
  picture: "Bars for the probability of each symbol after q.",
  table: "The row in numbers",
  header: ["symbol", "seen", "probability"],
};

export const NUDGE = {
  name: "A nudge that grows or dies",
  stretch: "W stretches by",
  activation: "Squeeze",
  activations: { tanh: "tanh", linear: "none" },
  fates: { dies: "dies", fades: "fades", stays: "keeps its size", grows: "grows" },
  told: (fate, steps, last) =>
    `The nudge ${fate}: after ${steps} steps it is ${last} times as large as at the start.`,
  why: (activation, stretch) =>
    activation === "linear"
      ? "Without the tanh each step multiplies it by the stretch, no more and no less."
      : stretch <= 1
        ? "Each tanh takes a little away, so not even a stretch of 1 keeps it."
        : "The stretch makes it larger, each tanh smaller. Which is more depends on the stretch.",
  marks: [
    [-9, "a billionth"],
    [-6, "a millionth"],
    [-3, "a thousandth"],
    [0, "as at the start"],
    [3, "a thousand times"],
    [6, "a million times"],
    [9, "a billion times"],
  ],
  steps: "0 steps later",
  picture: "How large the nudge is, step by step, on a scale of powers of ten.",
  table: "The nudge in numbers",
  header: ["steps later", "times its size at the start"],
};

export const CLIFF = {
  name: "A hill and a cliff",
  hint: "Drag the point along the curve, down the cliff too. With the keyboard: arrow keys, with Shift finer.",
  point: "place on the curve",
  b: "b",
  loss: "loss",
  without: "one step without the clip",
  with: "one step with the clip",
  picture: "The loss over w from 2 to 7, and where one step of gradient descent lands.",
  places: {
    cliff: "On the cliff, at",
    steep: "On the steep part, at",
    hill: "On the hill, at",
    plain: "On the plain, at",
    none: "At",
  },
  to: (w) => `to w = ${w}`,
  value: (w, loss, slope) => `w = ${w}, loss ${loss}, slope ${slope}`,
  here: (place, w, loss, slope) => `${place} w = ${w} the loss is ${loss} and its slope ${slope}.`,
  one: (limit, end) =>
    `That is within the limit of ${limit}, so the clip changes nothing: the step goes to w = ${end.w}, where the loss is ${end.loss}.`,
  two: (without, end) => {
    const how = { no: "goes", near: "goes out of the picture,", far: "flies far out of the picture," }[without.outside];
    const flat = without.flat ? " and the curve so flat that the next steps lead nowhere" : "";
    return `Without the clip the step ${how} to w = ${without.w}, where the loss is ${without.loss}${flat}. With it the step ends at w = ${end.w}, where the loss is ${end.loss}.`;
  },
  none: "With this b there is no cliff: nowhere does the curve reach the limit.",
};

export const CLAPS = {
  name: "Claps in a hall, their echoes, and the state that is the stack of them",
  a: "each step multiplies an echo by a",
  squeeze: "Squeeze",
  squeezes: { none: "none", tanh: "tanh" },
  field: (t) => `Clap at step ${t}`,
  claps: (loudness) => (loudness ? `a clap of ${loudness < 0 ? "−1" : loudness}` : "no clap"),
  hint: "Tap the fields below the steps: a clap of 1, of 2, of −1, none. Tap a column to look at its step. The dots are the state.",
  silent: (t, name) => `At step ${t} nothing has been heard yet: ${name} = 0.`,
  stacked: (t, n, sum) => `At step ${t} ${n === 1 ? "one clap is" : `the echoes of ${n} claps are`} heard: ${sum}.`,
  squeezed: (t, name, alone, together, n) =>
    `At step ${t} the ${n} claps alone would give ${alone}. Together they give ${name}${together}: with the tanh, the state is not the stack.`,
  picture: "The echo of each clap as a layer, stacked for each step, and the state as dots.",
  table: "The steps in numbers",
  header: ["step", "clap x", "layers together", "state h"],
};

export const HIPPO = {
  name: "A signal, and what a few numbers bring back of it",
  signal: "Signal",
  signals: { hill: "hill", step: "jump", wiggle: "waves" },
  n: "N, the numbers that are kept",
  hint: "The staircase is the signal, the dashed curve what comes back of it. Draw a signal of your own over it. With the keyboard: left and right choose a sample, up and down move it.",
  start: "start",
  end: "now",
  sample: "Height of the chosen sample",
  at: (k, value) => `sample ${k}: ${value}`,
  state: (n) => (n === 1 ? "the state: 1 number" : `the state: ${n} numbers`),
  picture: "The signal as a blue staircase, what comes back as an orange curve, and the numbers of the state as bars.",
  one: (mean, off) =>
    `One number is the mean of the signal so far, ${mean}: what comes back is a level line. It is off by ${off} (root mean square).`,
  told: (n, off, at, most) =>
    `What comes back from ${n} numbers is off by ${off} (root mean square), and most of all at sample ${at}, by ${most}.`,
  exact: (n) => `What comes back from ${n === 1 ? "one number" : `${n} numbers`} is off by less than 0.005: one sees no difference.`,
};

export const HOLD_CELL = {
  name: "Hold one number",
  formula: "cₜ = f cₜ₋₁ + (1 − f) xₜ",
  gates: "The gates",
  choices: { fixed: "are always the same", reading: "see the mark" },
  bias: "Bias of the keep gate, f = σ(b)",
  idle: "not used",
  told: ([f, average, half], taken, left, end, wanted) =>
    `The cell keeps ${f} of itself at each step, so that what it takes in stays for ${average} steps on average, ` +
    `and half of that is gone after ${half}. It takes in ${share(taken)} of the marked number, and at the end ` +
    `${share(left)} of it is left. The cell holds ${end}, and ${wanted} was wanted.`,
  held: (end) =>
    `At the mark the cell keeps nothing and takes in all; at every other step it keeps all and takes in nothing. ` +
    `At the end it holds ${end}, just as was wanted.`,
  goal: "to be held",
  mark: "marked",
  key: "● numbers · ■ the cell · f: how much it keeps",
  picture: "The numbers that come in, one marked, and the cell after each step.",
  table: "The cell in numbers",
  header: ["step", "number", "keeps f", "cell"],
  step: (t, marked) => (marked ? `${t} (marked)` : String(t)),
};

export const DELTA_TEXT = {
  name: "A trained layer that listens to digits and not to dots",
  hint: "Tap a field: a digit becomes a dot, a dot a digit. With the keyboard: arrow keys, Space, or type a digit.",
  key: (n) =>
    `Δ: how long each step lasts (the median of ${n} channels). h: one number of the state of each channel, one a ` +
    "row, blue above 0 and orange below.",
  place: (t) => `Token ${t}`,
  value: (token, delta) => `${token ? `digit ${token}` : "dot"}; Δ = ${delta}`,
  sign: (token) => (token ? String(token) : "·"),
  back: "reads back",
  marker: "marker",
  percent: (part) => `${(100 * part).toFixed(0)} %`,
  told: ({ dot, digit }, named, wanted) => {
    const say = (kind, at) => {
      const kept = kind.share === null ? "" : `, and the state keeps ${DELTA_TEXT.percent(kind.share)} of itself`;
      return kind.delta === null ? "" : `At a ${at} Δ is ${kind.delta.toPrecision(2)} on average${kept}.`;
    };
    const words = (tokens) => tokens.map(DELTA_TEXT.sign).join(" ");
    const right = words(named) === words(wanted);
    const end = right ? "which is right" : `and ${words(wanted)} would be right`;
    return [say(dot, "dot"), say(digit, "digit"), `The network reads back ${words(named)}, ${end}.`]
      .filter(Boolean)
      .join(" ");
  },
  picture: "The length of the step at each token, and the state after it.",
  table: "The steps in numbers",
  header: ["step", "token", "Δ", "kept of the state", "reads back"],
};

export const MEMORY_BILL = {
  name: "What four models keep of one text",
  tokens: "tokens read so far",
  value: (tokens) => `${tokens} tokens`,
  models: {
    recurrence: "recurrence in all layers",
    griffin: "2 recurrent to 1 with a window of 2,048",
    hybrid: "3 recurrent to 1 of full attention",
    attention: "full attention in all layers",
  },
  told: ({ tokens, attention, times, recurrence, share, filled, width }) =>
    `After ${tokens} tokens full attention keeps ${attention}, ${times} times as much as the recurrence, ` +
    `whose ${recurrence} never change. With 1 layer of full attention in 4, it is ${share}\u00a0% of what full attention keeps. ` +
    (filled
      ? `The model with windows has kept the same since token ${width}.`
      : `The windows are not full yet, so the model with them still grows.`),
  picture: "Bars for the bytes of four models, the longest as wide as the picture.",
  table: "The bill in numbers",
  header: ["tokens", "recurrent", "2 to 1", "3 to 1", "full"],
};

/** 0.0286 as 2.9 %, and what is no number any more as 0 %. */
function share(part) {
  const percent = 100 * part;
  return percent < 0.1 ? "less than 0.1 %" : `${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

export const CHUNKED_MATRIX = {
  name: "The matrix of a recurrence, in chunks",
  chunk: "Chunk",
  steps: (n) => `${n} ${n === 1 ? "step" : "steps"}`,
  number: (n) => n.toLocaleString("en"),
  forms: { recurrent: "step by step", chunked: "in chunks", quadratic: "all at once" },
  header: ["form", "multiplications", "states in a row"],
  table: "What each form costs",
  columns: "input of step s",
  rows: "output of step t",
  picture: "A triangle of squares below a diagonal. More ink: more of input s is left at step t.",
  hint: (size) =>
    `Solid frames: computed directly. Dashed: by way of a state. One head, d_state and head_dim ${size}.`,
  whole: (steps) => `One chunk of all ${steps} steps is the form all at once, with no state.`,
  single: (states) =>
    `In chunks of 1 step nothing is gained: ${states} states are passed on, nearly as many as step by step.`,
  between: (length, count, states, left) =>
    `${count} chunks of ${length} steps${left ? `, the last of ${left}` : ""}: the ${count} triangles on the ` +
    `diagonal are computed directly, and all below them goes through ${states} ` +
    `${states === 1 ? "state" : "states"}.`,
  count(chunked, recurrent, quadratic) {
    return (
      `That takes ${this.number(chunked)} multiplications; step by step takes ${this.number(recurrent)}, ` +
      `all at once ${this.number(quadratic)}.`
    );
  },
};
