// What every page needs: formulas that can be copied, and a button that prints the handout of a lesson.

const WIDE = "div.arithmatex, .md-typeset__scrollwrap, pre > code, figure.wide"; // what may scroll

/** A formula stands in the page twice, for the eye and for a screen reader. Who copies it gets what was written. */
function copyFormulas(event) {
  const selection = getSelection();
  if (selection.isCollapsed || !event.clipboardData) return;
  const range = selection.getRangeAt(0);
  const inside = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".katex");
  const [first, last] = [inside(range.startContainer), inside(range.endContainer)];
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const copied = range.cloneContents();
  const formulas = copied.querySelectorAll(".katex");
  if (!formulas.length) return;
  for (const formula of formulas) {
    const sign = formula.closest(".katex-display") ? "$$" : "$";
    formula.replaceWith(`${sign}${formula.querySelector("annotation").textContent}${sign}`);
  }
  event.clipboardData.setData("text/plain", copied.textContent);
  event.preventDefault();
}

function addPrintButton() {
  const place = document.querySelector("p.lesson-files");
  if (!place) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Print";
  button.addEventListener("click", print);
  addEventListener("keydown", (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    print();
  });
  place.append(" ", button);
}

/** Paper does not wait: what is further down has asked for its images and for the letters of its formulas only if
    somebody was there. */
async function print() {
  const images = [...document.querySelectorAll(".md-content img")];
  for (const image of images) image.loading = "eager";
  const letters = [...document.fonts].filter((face) => face.family.includes("KaTeX"));
  await Promise.allSettled([...images.map((image) => image.decode()), ...letters.map((face) => face.load())]);
  window.print();
}

/** What is wider than its place is scrolled with the arrow keys, so the keyboard must reach it. A browser says how wide
    something is when it has laid it out, which it does when the reader comes near; asked before, it would lay out all. */
function reachWide() {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  const all = () => document.querySelectorAll(WIDE).forEach((wide) => observer.observe(wide));
  all();
  addEventListener("load", all); // the theme wraps tables once its own script has come
}

/** The theme gives its search no name. */
function nameSearch() {
  document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "Search");
}

/** Who follows a link to a place in a page stays there while editors and figures above it still grow. */
function holdTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const observer = new ResizeObserver(() => target.scrollIntoView());
  const leave = () => observer.disconnect();
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown", "hashchange"])
    addEventListener(kind, leave, { once: true, passive: true });
  observer.observe(document.querySelector(".md-content"));
}

addPrintButton();
holdTarget();
addEventListener("copy", copyFormulas);
reachWide();
nameSearch();
