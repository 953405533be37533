// Where focus goes: to the error summary (GOV.UK's script), back to what opened a dialog, to what a swap replaced.

/** Keep focus through swaps of parts of the page. Called once, by start.js. */
export function keepFocus() {
  let place = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const here = document.activeElement;
    place = here && here !== document.body ? { id: here.id, name: here.getAttribute("name"), start: here.selectionStart } : null;
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (!place || document.activeElement !== document.body) return;
    const again = (place.id && document.getElementById(place.id)) || (place.name && document.getElementsByName(place.name)[0]);
    again?.focus({ preventScroll: true });
    if (again?.setSelectionRange && place.start != null) again.setSelectionRange(place.start, place.start);
  });
}

/** Open a <dialog>; when it closes, focus goes back to where it was. Resolves with its return value. */
export function ask(dialog) {
  const before = document.activeElement;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (before?.isConnected) before.focus();
      resolve(dialog.returnValue);
    }, { once: true });
  });
}

/** Move focus to an element that cannot usually have it, such as a heading. */
export function moveTo(element) {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus();
}
