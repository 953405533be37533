// A call without a mouse: Alt and a figure goes to a panel, a figure presses its line; the note is kept on every step.
import { ageToasts } from "./toasts.js";

ageToasts();
document.addEventListener("keydown", pressed);
keepNote();
runClock();

function pressed(event) {
  if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.altKey) {
    const panel = document.querySelector(`[data-panel="${figure(event)}"]`);
    if (!panel) return;
    event.preventDefault();
    (panel.querySelector("input:not([type=hidden]), textarea, select") || panel.querySelector("h2")).focus();
    if (panel.contains(document.activeElement) && document.activeElement.matches("[type=search]")) document.activeElement.select();
    return;
  }
  if (isTyping(event.target)) return;
  const within = event.target.closest?.("[data-panel]") || usual();
  const line = within?.querySelector(`[data-number="${figure(event)}"]`);
  if (!line) return;
  event.preventDefault();
  if (line.matches("[type=radio]")) line.checked = true;
  if (line.matches("[type=checkbox]")) line.checked = !line.checked;
  if (line.matches("input, select")) line.focus();
  else line.click();
}

function figure(event) {
  return /^(Digit|Numpad)[0-9]$/.test(event.code) ? event.code.slice(-1) : "x";
}

function isTyping(target) {
  return target.matches?.("input:not([type=radio], [type=checkbox]), textarea, select");
}

// With no panel in focus, figures choose the caller first, then the matter.
function usual() {
  const chosen = document.querySelector('[data-panel="3"]');
  return chosen || document.querySelector('[data-panel="1"]');
}

function keepNote() {
  const wrap = document.getElementById("wrap");
  if (!wrap) return;
  for (const form of document.querySelectorAll("form[method=post]")) {
    if (form === wrap) continue;
    form.addEventListener("formdata", (event) => {
      const typed = new FormData(wrap);
      for (const name of ["note", "about", "answered"]) if (typed.has(name)) event.formData.set(name, typed.get(name));
      for (const code of typed.getAll("send")) event.formData.append("send", code);
    });
  }
}

function runClock() {
  const place = document.querySelector("[data-began]");
  if (!place?.dataset.began) return;
  const began = Date.parse(place.dataset.began);
  setInterval(() => {
    const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
    place.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 1000);
}
