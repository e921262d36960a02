/* One Python for the page: starts when it is first asked, answers one check at a time, and is stopped and
   started anew when a call of the learner's function does not come back. */

const WHOLE = 90; // seconds for everything but waiting for the network
const SILENCE = 60; // seconds in which nothing more of Python arrives before one is told

const FILES = new URL("../assets/python/", import.meta.url);

let index = null;

/** What there is to know before Python has started: { zip, packages, exercises }. */
export function readIndex() {
  index ??= fetch(new URL("exercises.json", FILES), { cache: "no-cache" })
    .then((answer) => {
      if (!answer.ok) throw new Error(`exercises.json: ${answer.status}`);
      return answer.json();
    })
    .catch((error) => {
      index = null; // so that one can try again
      throw error;
    });
  return index;
}

export class Python extends EventTarget {
  index = null;
  worker = null;
  job = null; // what is being checked
  waiting = [];

  /** Check a text. progress(what): "python", "numpy" or "" while it is loaded. The promise is of an object
      { outcome }, or { missing: "numpy", place }, { failed: text }, { unloaded: text } when the network did not
      bring it, { crashed: true }, { lasted: true }. */
  async check(name, source, uses, progress) {
    try {
      this.index = await readIndex();
    } catch (error) {
      return { unloaded: String(error.message) };
    }
    return new Promise((done) => {
      this.waiting.push({ name, source, uses, progress, done });
      this.next();
    });
  }

  /** Whether a check would start at once. */
  get warm() {
    return this.worker !== null;
  }

  next() {
    if (this.job || !this.waiting.length) return;
    this.job = { ...this.waiting.shift(), number: Math.random(), outcome: null, clock: null, running: false };
    this.start();
    this.wait();
    const { number, name, source, uses } = this.job;
    this.worker.postMessage({ number, name, source, uses });
  }

  /** While Python is on its way, something must be heard of it from time to time. */
  wait() {
    const { job } = this;
    clearTimeout(job.silence);
    if (!job.running) job.silence = setTimeout(() => this.end({ unloaded: "…" }, "anew"), SILENCE * 1000);
  }

  start() {
    if (this.worker) return;
    const worker = (this.worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" }));
    // What a worker said before it was stopped may still arrive.
    worker.addEventListener("message", ({ data }) => worker === this.worker && this.hear(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === this.worker) this.end({ unloaded: event.message || "worker.js" }, "anew");
    });
    const { zip, packages } = this.index;
    worker.postMessage({ zip: new URL(zip, FILES).href, packages });
    this.dispatchEvent(new Event("change"));
  }

  hear(message) {
    const { job } = this;
    if (!job || (message.number && message.number !== job.number)) return;
    this.wait();
    switch (message.kind) {
      case "loading":
        job.progress(message.what);
        if (!message.what) {
          job.running = true;
          clearTimeout(job.silence);
          job.whole = setTimeout(() => this.stop({ lasted: true }), WHOLE * 1000);
        }
        return;
      case "call":
        if (message.outcome) {
          job.outcome = JSON.parse(message.outcome); // again at each of the first lines that a call prints
          job.clock ??= setTimeout(() => this.stop({ outcome: job.outcome }), job.outcome.seconds * 1000);
        } else {
          clearTimeout(job.clock);
          job.clock = null;
        }
        return;
      case "done":
        return this.end({ outcome: JSON.parse(message.outcome) });
      case "no numpy":
        return this.end({ missing: "numpy", place: message.place });
      case "failed":
        if (job.running) return this.stop({ crashed: true });
        return this.end(message.network ? { unloaded: message.text } : { failed: message.text }, "anew");
    }
  }

  stop(result) {
    this.end(result, "anew");
    this.start(); // so that the next check finds it running
  }

  /** Hand over the result. anew: this Python is of no use any more. */
  end(result, anew = "") {
    const { job } = this;
    if (anew) {
      this.worker?.terminate();
      this.worker = null;
    }
    this.job = null;
    clearTimeout(job?.clock);
    clearTimeout(job?.whole);
    clearTimeout(job?.silence);
    job?.done(result);
    this.dispatchEvent(new Event("change"));
    this.next();
  }
}
