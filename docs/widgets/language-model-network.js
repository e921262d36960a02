/* The forward pass of a Hawk language model, one character at a time, in plain JavaScript.

     x = √d E[token];   in each block  x = x + mixer(norm(x)),  x = x + mlp(norm(x));   logits = W norm(x)

   It computes what minirnn/lm/model.py, minirnn/blocks/parts.py and minirnn/layers/rglru.py compute in `step`, from
   weights that export_language_model.py, beside this file, has written. The mixer of a block:

     gate, u = W_in x                          two halves of one product
     v = short convolution of u                over this character and the three before
     h_t = a_t h_{t-1} + √(1 − a_t²) (i_t v)   the RG-LRU, with r_t, i_t = sigmoid(W v + b) in blocks
     log a_t = −8 r_t softplus(−Λ)
     y = W_out (GELU(gate) h_t)

   A state is never changed: `step` makes a new one, so a page may keep the state after every character. */

const C = 8;
const EPSILON = 1e-6;

const sigmoid = (x) => 1 / (1 + Math.exp(-x));
export const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** erf(x) = 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5···(2n+1)): all terms have one sign, so no digits are lost. */
export function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-16 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

export const gelu = (x) => (x / 2) * (1 + erf(x / Math.SQRT2));

/** x / √(mean x² + ε), times the weight. */
export function norm(x, weight) {
  let squares = 0;
  for (const value of x) squares += value * value;
  const scale = 1 / Math.sqrt(squares / x.length + EPSILON);
  return x.map((value, i) => value * scale * weight[i]);
}

/** Row i of the matrix times x[from ... from + columns − 1], for the rows first ... first + count − 1. */
export function product(matrix, x, first = 0, count = matrix.rows, from = 0) {
  const { values, columns } = matrix;
  const y = new Float64Array(count);
  for (let i = 0, k = first * columns; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += values[k++] * x[from + j];
    y[i] = sum;
  }
  return y;
}

/** The tensors of a file of weights by name: { rows, columns, values } for a matrix, else a Float32Array. */
export function unpack(tensors, buffer) {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, scales, int8, float32 }]) => {
      const [rows, columns = 1] = shape;
      if (int8 === undefined) return [name, new Float32Array(buffer, float32, rows * columns)];
      const scale = new Float32Array(buffer, scales, rows);
      const whole = new Int8Array(buffer, int8, rows * columns);
      const values = Float32Array.from(whole, (q, k) => q * scale[Math.floor(k / columns)]);
      return [name, { rows, columns, values }];
    }),
  );
}

export class Network {
  /** description: language-model.json; buffer: that of language-model.bin. RangeError if they do not fit. */
  constructor({ sizes, symbols, tensors, about }, buffer) {
    if (buffer.byteLength !== about.bytes)
      throw new RangeError(`the weights are ${buffer.byteLength} bytes, expected ${about.bytes}`);
    this.weights = unpack(tensors, buffer);
    this.symbols = [...symbols];
    this.ids = new Map(this.symbols.map((symbol, id) => [symbol, id]));
    this.about = about;
    this.width = sizes.d_rnn;
    this.parts = sizes.n_blocks;
    this.blocks = Array.from({ length: sizes.n_layers }, (_, i) => this.#block(`blocks.${i}.`));
  }

  /** The weights of a block by short names, with the rate 8 softplus(−Λ) of its recurrence. */
  #block(prefix) {
    const found = Object.entries(this.weights).filter(([name]) => name.startsWith(prefix));
    const block = Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
    const rate = Float64Array.from(block["mixer.core.Lambda"], (L) => C * softplus(-L));
    return { ...block, rate };
  }

  /** The state before the first character: for each block the last three inputs of its convolution, and h. */
  initialState() {
    const zeros = () => new Float64Array(this.width);
    return this.blocks.map(() => ({ past: [zeros(), zeros(), zeros()], h: zeros(), a: null }));
  }

  /** A character's id, a state -> { logits, state }. In the new state `a` is what each h kept of itself. */
  step(id, state) {
    const embedding = this.weights["embedding.weight"];
    const d = embedding.columns;
    let x = Float64Array.from(embedding.values.subarray(id * d, (id + 1) * d), (e) => e * Math.sqrt(d));
    const after = this.blocks.map((block, i) => {
      const mixed = this.#mixer(block, norm(x, block["norm_mixer.weight"]), state[i]);
      x = x.map((value, k) => value + mixed.y[k]);
      const y = mlp(block, norm(x, block["norm_mlp.weight"]));
      x = x.map((value, k) => value + y[k]);
      return mixed.state;
    });
    return {
      logits: product(this.weights["head.weight"], norm(x, this.weights["norm.weight"])),
      state: after,
    };
  }

  #mixer(block, x, { past, h, a: before }) {
    const n = this.width;
    const both = product(block["mixer.into.weight"], x);
    const inputs = [...past, both.slice(n)];
    const [weight, bias] = [block["mixer.conv.weight"], block["mixer.conv.bias"]];
    const v = Float64Array.from(bias, (b, k) =>
      inputs.reduce((sum, u, j) => sum + weight[j * n + k] * u[k], b),
    );
    const { r, i } = this.#gates(block, v);
    // Before the first character there is nothing to keep, so a is 0 and the input enters whole.
    const a = r.map((value, k) => (before ? Math.exp(-value * block.rate[k]) : 0));
    const next = a.map((kept, k) => kept * h[k] + Math.sqrt(1 - kept * kept) * i[k] * v[k]);
    const y = product(
      block["mixer.out.weight"],
      next.map((value, k) => gelu(both[k]) * value),
    );
    return { y, state: { past: inputs.slice(1), h: next, a } };
  }

  /** r and i, each for all channels. Each part of the channels has its own rows: those of r, then those of i. */
  #gates(block, v) {
    const [n, size] = [this.width, this.width / this.parts];
    const [r, i] = [new Float64Array(n), new Float64Array(n)];
    for (let part = 0; part < this.parts; part++) {
      const first = 2 * size * part;
      const sums = product(block["mixer.core.gate_weight"], v, first, 2 * size, size * part);
      const gates = sums.map((sum, k) => sigmoid(sum + block["mixer.core.gate_bias"][first + k]));
      r.set(gates.subarray(0, size), size * part);
      i.set(gates.subarray(size), size * part);
    }
    return { r, i };
  }
}

export function mlp(block, x) {
  const both = product(block["mlp.up.weight"], x);
  const n = both.length / 2;
  return product(
    block["mlp.out.weight"],
    both.subarray(0, n).map((gate, k) => gelu(gate) * both[n + k]),
  );
}

/** softmax(logits / temperature); at temperature 0 all on the likeliest. */
export function probabilities(logits, temperature) {
  const most = Math.max(...logits);
  if (temperature === 0) {
    const best = logits.indexOf(most);
    return Float64Array.from(logits, (_, i) => (i === best ? 1 : 0));
  }
  // Less the largest, so that nothing overflows however low the temperature.
  const weights = Float64Array.from(logits, (logit) => Math.exp((logit - most) / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The id that a number u from 0 up to 1 falls on when the probabilities are laid side by side. */
export function draw(chances, u) {
  let end = 0;
  let last = 0;
  for (let id = 0; id < chances.length; id++) {
    if (chances[id] > 0) last = id;
    end += chances[id];
    if (u < end) return id;
  }
  return last; // the sum of rounded probabilities may be a little under 1
}

/** A random number from 0 up to 1 that depends on a seed and a place in the text alone (splitmix32). */
export function chance(seed, place) {
  let z = (Math.imul(seed, 0x85ebca6b) + Math.imul(place + 1, 0x9e3779b9)) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
}
