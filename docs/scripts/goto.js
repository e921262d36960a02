/* Who goes to a place in the page must see it, also where it is veiled, behind a tab or in the other track. */

/** The element that the address names, or null. */
export function target() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // no address that can be read
  }
}

/** Call `open(element)` now and whenever the reader goes to an element; it says whether it opened something. */
export function onGoTo(open) {
  const go = () => {
    const place = target();
    if (place && open(place)) place.scrollIntoView();
  };
  go();
  addEventListener("hashchange", go);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (link?.href === location.href) setTimeout(go); // the address stays, so there is no hashchange
  });
}
