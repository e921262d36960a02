/* The theme fetches the index of the search, which is larger than all else of a page, as soon as a page opens, and
   has no setting for that. Here its request is held back until somebody goes to the search or comes from it: a class
   that opens a lesson at the same time on a slow network then loads only the lesson.

   A plain script in the head, because it must stand before the theme asks. */

(() => {
  const { open, send } = XMLHttpRequest.prototype;
  const asked = new URLSearchParams(location.search);
  const wanted = new Promise((go) => {
    if (asked.has("q") || asked.has("h")) go();
    addEventListener("focusin", (event) => event.target.closest?.("[data-md-component=search]") && go());
  });
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.waits = String(url).endsWith("/search/search_index.json");
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    return this.waits ? void wanted.then(() => send.apply(this, body)) : send.apply(this, body);
  };
})();
