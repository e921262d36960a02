/* The text of each exercise, kept in this browser alone, and shared by all tabs that show it. A second text, the
   spare, is what would else have been lost: what "Start over" removed, or what another tab wrote unseen. */

const key = (name) => `minirnn/exercise/${name}`;
const spare = (name) => `minirnn/spare/${name}`;

/** What is kept of an exercise, or null. */
export function read(name) {
  try {
    return localStorage.getItem(key(name));
  } catch {
    return null;
  }
}

/** Keep the text, or nothing for null; false if the browser does not let us. */
export const keep = (name, text) => put(key(name), text);

/** Keep a text that is about to be replaced. */
export const keepSpare = (name, text) => put(spare(name), text);

/** The spare text, or null. */
export function readSpare(name) {
  try {
    return localStorage.getItem(spare(name));
  } catch {
    return null;
  }
}

function put(place, text) {
  try {
    if (text === null) localStorage.removeItem(place);
    else localStorage.setItem(place, text);
    return true;
  } catch {
    return text === null;
  }
}

/** Call `look` whenever another tab may have written: at once, or when this one is shown again after a sleep. */
export function onOthers(look) {
  addEventListener("storage", look);
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
}
