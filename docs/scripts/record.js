/* What this browser keeps of the reader's way through the course: one entry of localStorage, and nothing leaves it.

   Key "minirnn/record", JSON:

     { "version": 1,
       "track": "school",                                   which way through the lessons; or "university"; or not there
       "predictions": {
         "scan/rounds": {                                   lesson/name of the prediction
           "said": "4 rounds",                              the words of a choice, a number, or the heights of a curve;
                                                            null where the answer was looked up without a guess
           "right": true,                                   whether the guess was right
           "shown": false,                                  true where the answer was looked up
           "at": "2026-12-01T09:30:00.000Z" } },
       "exercises": {
         "combine": { "passed": true, "at": "..." } } }     when it passed first

   What one writes in an editor is kept apart (python/kept.js). Each writing reads what is there, changes its one
   entry and writes that, so two tabs do not undo each other. Where the browser keeps nothing, everything works until
   the page is left, and `onUnkept` is told once. What is no record of ours is laid aside under
   "minirnn/record-unreadable", and a new one begins. The early script of overrides/main.html reads the record, too. */

export const KEY = "minirnn/record";
export const ASIDE = "minirnn/record-unreadable";
const VERSION = 1;
const PARTS = ["predictions", "exercises"];

let unkept = null; // the record of this visit, where the browser does not keep it
let tell = null; // who wants to know that it does not
const lookers = new Set();

const empty = () => ({ version: VERSION, predictions: {}, exercises: {} });
const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isRecord = (value) =>
  isPlain(value) && value.version === VERSION && PARTS.every((part) => isPlain(value[part] ?? {}));

/** The record as it is now; a copy, so that changing it changes nothing. */
export function read() {
  if (unkept) return structuredClone(unkept);
  let text = null;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    return empty();
  }
  if (text === null) return empty();
  try {
    const found = JSON.parse(text);
    if (isRecord(found)) return { ...empty(), ...found };
  } catch {
    // below
  }
  layAside(text);
  return empty();
}

function layAside(text) {
  try {
    localStorage.setItem(ASIDE, text);
    localStorage.removeItem(KEY);
  } catch {
    // it stays where it is until there is room
  }
}

function write(record) {
  try {
    localStorage.setItem(KEY, JSON.stringify(record));
    unkept = null;
  } catch {
    unkept = record;
    tell?.();
    tell = null;
  }
  for (const look of lookers) look();
}

/** What is kept of a prediction ("scan/rounds") or an exercise ("combine"), or null. */
export const entry = (part, name) => (Object.hasOwn(read()[part], name) ? read()[part][name] : null);

/** Keep an entry of "predictions" or "exercises"; null takes it away. */
export function put(part, name, value) {
  const record = read();
  if (value === null) delete record[part][name];
  else record[part][name] = value;
  write(record);
}

/** An exercise has passed. The first time counts. */
export function pass(name) {
  if (!entry("exercises", name)?.passed) put("exercises", name, { passed: true, at: new Date().toISOString() });
}

/** The track of the reader, or null. */
export const track = () => read().track ?? null;

/** Keep the track. */
export const setTrack = (name) => write({ ...read(), track: name });

/** Forget everything that is written above. */
export function forget() {
  unkept = null;
  try {
    localStorage.removeItem(KEY);
    localStorage.removeItem(ASIDE);
  } catch {
    // then nothing was kept
  }
  for (const look of lookers) look();
}

/** Call `look` whenever the record may have changed: here, in another tab, or while the page lay in the history. */
export function onChange(look) {
  lookers.add(look);
  addEventListener("storage", ({ key }) => (key === KEY || key === null) && look());
  addEventListener("pageshow", ({ persisted }) => persisted && look());
}

/** Call `say` once, when it turns out that the browser keeps nothing. */
export function onUnkept(say) {
  tell = say;
}
