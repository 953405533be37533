// A short message at the foot that stands for 30 s, with Undo and its key.
import { register } from "./keys.js";

/** Say `text`; with `undo` (a function) offer it under `undoWord` and the key Z. Returns a way to take it away. */
export function say(text, { undo = null, undoWord = "Undo", seconds = 30 } = {}) {
  const place = document.getElementById("toasts");
  const toast = document.createElement("div");
  toast.className = "th-toast";
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  let forget = () => {};
  const remove = () => {
    clearTimeout(timer);
    forget();
    toast.remove();
  };
  const timer = setTimeout(remove, seconds * 1000);
  if (undo) {
    const act = () => {
      remove();
      undo();
    };
    toast.append(button(undoWord, act));
    forget = register("z", undoWord, act);
  }
  place.append(toast);
  return remove;
}

function button(word, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.textContent = word;
  const key = document.createElement("kbd");
  key.className = "th-key";
  key.textContent = "Z";
  key.setAttribute("aria-hidden", "true");
  one.append(" ", key);
  one.setAttribute("aria-keyshortcuts", "Z");
  one.addEventListener("click", act);
  return one;
}
