/* The forward pass of the small selective network, one token at a time.

     x = E[token];   u = norm(x);   low, B, C = W u;   Δ = softplus(W_Δ low + b)
     h = exp(Δ A) h + Δ u B,   x = x + C · h + D u;   x = x + mlp(norm(x));   scores = W norm(x) + b

   It computes what minirnn/layers/s6.py computes in `step`, in one residual block, from the weights that
   export_delta_text.py has written. */

import { ABOUT, WEIGHTS } from "./delta-text-weights.js";
import { mlp, norm, product, softplus } from "./language-model-network.js";

export const { states: STATES, named: NAMED, size: SIZE } = ABOUT;

/** A matrix as `product` takes it, or a list. */
const tensor = ({ shape: [rows, columns], values }) => (columns === undefined ? values : { rows, columns, values });
const all = Object.fromEntries(Object.entries(WEIGHTS).map(([name, value]) => [name, tensor(value)]));
const block = Object.fromEntries(Object.entries(all).map(([name, value]) => [name.replace("blocks.0.", ""), value]));
const plus = (a, b) => a.map((value, i) => value + b[i]);

export const CHANNELS = all["embed.weight"].columns;
export const MARKER = all["embed.weight"].rows - 1;
const RANK = block["mixer.dt_proj.weight"].columns;
const A = block["mixer.A_log"].values.map((log) => -Math.exp(log));

/** A token and the state before it -> its Δ by channel, what it keeps of the state, the new state, the scores.
    A state is a list, first state 0 of all channels, then state 1, ... */
export function step(token, h) {
  let x = Float64Array.from(all["embed.weight"].values.slice(token * CHANNELS, (token + 1) * CHANNELS));
  const u = norm(x, block["norm_mixer.weight"]);
  const made = product(block["mixer.x_proj.weight"], u);
  const [B, C] = [made.slice(RANK, RANK + STATES), made.slice(RANK + STATES)];
  const delta = plus(product(block["mixer.dt_proj.weight"], made), block["mixer.dt_proj.bias"]).map(softplus);
  const kept = h.map((value, i) => Math.exp(delta[i % CHANNELS] * A[i]) * value);
  const next = kept.map((value, i) => {
    const k = i % CHANNELS;
    return value + delta[k] * u[k] * B[Math.floor(i / CHANNELS)];
  });
  x = x.map((value, k) => {
    const read = C.reduce((sum, c, n) => sum + c * next[n * CHANNELS + k], 0);
    return value + read + block["mixer.D"][k] * u[k];
  });
  x = plus(x, mlp(block, norm(x, block["norm_mlp.weight"])));
  const scores = plus(product(all["head.weight"], norm(x, all["norm.weight"])), all["head.bias"]);
  return { delta, kept, h: next, scores };
}

/** Tokens -> what `step` gives at each of them. */
export function run(tokens) {
  let h = new Float64Array(STATES * CHANNELS);
  return tokens.map((token) => {
    const found = step(token, h);
    h = found.h;
    return found;
  });
}
