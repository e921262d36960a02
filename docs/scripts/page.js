// What every page needs: formulas, and a button that prints the handout of a lesson.

const site = new URL("..", import.meta.url);
const WIDE = "div.arithmatex, .md-typeset__scrollwrap, pre > code, figure.wide"; // what may scroll
const APPLIED_TO = "\u2061"; // not seen, but there between a function and its argument
const SHORT = 30; // characters of a formula that may stand on one line also on a phone

function load(path) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL(path, site);
    script.onload = done;
    script.onerror = () => failed(new Error(`${path} did not load`));
    document.head.append(script);
  });
}

/** Show the formulas below `root`: `\(...\)` in a line, `\[...\]` on a line of its own. */
export async function showFormulas(root = document) {
  const formulas = [...root.querySelectorAll(".arithmatex:not([data-shown])")];
  if (!formulas.length) return;
  if (!window.katex) await load("assets/katex/katex.min.js");
  for (const formula of formulas) {
    const text = formula.textContent.trim();
    const displayMode = text.startsWith("\\[");
    formula.dataset.shown = "";
    window.katex.render(text.slice(2, -2), formula, { displayMode, throwOnError: false });
    // KaTeX writes "applied to" behind min and log also where they are an index. That is one child too many,
    // and makes the MathML invalid, which is what a screen reader gets.
    for (const sign of formula.querySelectorAll(":is(msub, msup, msubsup) > mi + mo")) {
      if (sign.textContent === APPLIED_TO) sign.remove();
    }
    if (!displayMode && text.length < SHORT) close(formula);
  }
}

/** A line may break behind a formula, but the comma or full stop after it must not begin the next one. */
function close(formula) {
  const after = formula.nextSibling;
  const mark = after?.nodeType === Node.TEXT_NODE && after.data.match(/^[.,;:!?)]+/)?.[0];
  if (!mark) return;
  const together = document.createElement("span");
  together.className = "closed";
  formula.replaceWith(together);
  together.append(formula, mark);
  after.data = after.data.slice(mark.length);
}

function addPrintButton() {
  const place = document.querySelector("p.lesson-files");
  if (!place) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Print";
  button.addEventListener("click", async () => {
    const images = [...document.querySelectorAll(".md-content img")];
    const waiting = images.filter((image) => !image.complete); // those further down are not there yet
    const loaded = waiting.map((image) => new Promise((done) => (image.onload = image.onerror = done)));
    for (const image of images) image.loading = "eager";
    await Promise.all(loaded);
    window.print();
  });
  place.append(" ", button);
}

/** What is wider than its place is scrolled with the arrow keys, so the keyboard must reach it. */
function reachWide() {
  for (const wide of document.querySelectorAll(WIDE)) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
    else wide.removeAttribute("tabindex");
  }
}

addPrintButton();
await showFormulas();
reachWide();
addEventListener("load", reachWide);
addEventListener("resize", reachWide);
addEventListener("toggle", reachWide, true); // what was folded had no width before
