/* Python in a thread of its own, so that the page stays alive and an endless loop can be stopped.

   In:  { zip, packages } first: where the course is, and where numpy is if it is not beside the core
        { number, name, source, uses } for a check
   Out: { kind: "loading", what } while Python or numpy is on its way
        { kind: "call", outcome } before each call of the learner's function: what to show if it does not end;
        { kind: "call", outcome: "" } when it has ended
        { kind: "bytes" } while the network brings Python
        { kind: "done", number, outcome }, { kind: "no numpy", number, place },
        { kind: "failed", number, text, network }: network if a file did not come */

import { loadPyodide } from "../assets/pyodide/pyodide.js";

const CORE = new URL("../assets/pyodide/", import.meta.url).href;
let started = null;

class Unloaded extends Error {}

/** A promise that fails as soon as a file does not come: Pyodide itself would wait for ever for some of them. */
function files() {
  const load = globalThis.fetch;
  let told = 0;
  const tell = (chunk, out) => {
    out.enqueue(chunk);
    if (Date.now() < told + 1000) return;
    told = Date.now();
    postMessage({ kind: "bytes" });
  };
  const lost = new Promise((_, fail) => {
    globalThis.fetch = async (what, ...how) => {
      const name = String(what.url ?? what).replace(/^.*\//, "");
      try {
        const answer = await load(what, ...how);
        if (!answer.ok) throw new Error(String(answer.status));
        if (!answer.body) return answer;
        const body = answer.body.pipeThrough(new TransformStream({ transform: tell }));
        return new Response(body, { status: answer.status, headers: answer.headers });
      } catch (error) {
        fail(new Unloaded(`${name}: ${error.message}`));
        throw error;
      }
    };
  });
  return { lost, done: () => (globalThis.fetch = load) };
}

async function begin(message) {
  const { lost, done } = files();
  try {
    return await Promise.race([start(message), lost]);
  } finally {
    done();
  }
}

async function start({ zip, packages }) {
  const course = fetch(zip).then((answer) => answer.arrayBuffer());
  const python = await loadPyodide({
    // By this name, not as .mjs, which some servers do not know.
    createPyodideModule: async (settings) => (await import("../assets/pyodide/pyodide.asm.js")).default(settings),
    indexURL: CORE,
    packageBaseUrl: packages || CORE,
    stdin: () => null,
    stdout: () => {},
    stderr: () => {},
  });
  python.unpackArchive(await course, "zip", { extractDir: "/course" });
  python.runPython(`
import os, sys
os.environ["MINIRNN_BANK"] = "/course"
sys.path.insert(0, "/course")
sys.dont_write_bytecode = True
from minirnn.course.site import in_page as page
`);
  return { python, check: python.globals.get("page").check, place: packages };
}

/** Whether numpy is there. loadPackage does not throw when it is not, and Pyodide checks its hash. */
async function numpy(python) {
  const quiet = { messageCallback: () => {}, errorCallback: () => {} };
  if (!python.loadedPackages.numpy) {
    postMessage({ kind: "loading", what: "numpy" });
    await python.loadPackage("numpy", quiet).catch(() => {});
  }
  return Boolean(python.loadedPackages.numpy);
}

async function check({ number, name, source, uses }) {
  try {
    postMessage({ kind: "loading", what: "python" });
    const { python, check, place } = await started;
    const imported = /^\s*(import|from)\s+numpy\b/m.test(source); // other exercises allow it
    if ((uses === "numpy" || imported) && !(await numpy(python)) && uses === "numpy") {
      postMessage({ kind: "no numpy", number, place });
      return;
    }
    postMessage({ kind: "loading", what: "" });
    const tell = (outcome) => postMessage({ kind: "call", outcome });
    postMessage({ kind: "done", number, outcome: check(name, source, tell) });
  } catch (error) {
    postMessage({ kind: "failed", number, text: String(error.message ?? error), network: error instanceof Unloaded });
  }
}

let queue = Promise.resolve();
addEventListener("message", ({ data }) => {
  if (data.zip) (started = begin(data)).catch(() => {}); // the first check says that it failed
  else queue = queue.then(() => check(data));
});
