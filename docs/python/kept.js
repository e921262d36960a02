/* The text of each exercise, kept in this browser alone. */

const key = (name) => `minirnn/exercise/${name}`;

/** What is kept of an exercise, or null. */
export function read(name) {
  try {
    return localStorage.getItem(key(name));
  } catch {
    return null;
  }
}

/** Keep the text, or nothing for null; false if the browser does not let us. */
export function keep(name, text) {
  try {
    if (text === null) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), text);
    return true;
  } catch {
    return text === null;
  }
}
