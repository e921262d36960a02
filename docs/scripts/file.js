/* A page that was opened as a file. Browsers then load no modules, so no figure and no Python starts: say that, and
   what helps. This is no module itself. */

if (location.protocol === "file:") {
  addEventListener("DOMContentLoaded", () => {
    const said =
      "This page was opened as a file, and from a file a browser starts neither figures nor Python. " +
      "Open it from a server: python3 course.py site starts one.";
    for (const element of document.querySelectorAll("main *")) {
      const runs = element.localName.startsWith("minirnn-") && element.localName !== "minirnn-predict";
      if (runs) element.textContent = said; // a prediction is text that can be read
    }
  });
}
