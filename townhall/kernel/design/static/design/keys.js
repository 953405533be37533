// Keys for officers: register what a key does; off while typing; can be changed or switched off; ? shows them all.
//
// A page marks a control with data-key="E" and the key presses it, or calls register("g m", "map", action).

const STORE = "townhall-keys";
const registered = new Map();
let waitingFor = "";
let waitTimer = 0;

/** Let `key` ("j", "g m", "ctrl enter", "?") do `action`, known as `does` in the list of keys. Returns a way to undo it. */
export function register(key, does, action) {
  const name = tidy(key);
  registered.set(name, { name, does, action });
  return () => registered.delete(name);
}

/** Whether single keys are on for this person, on this device. */
export function areOn() {
  return settings().off !== true;
}

/** Watch the keyboard. Called once, by start.js. */
export function startKeys() {
  document.addEventListener("keydown", pressed);
  register("?", "", showAll);
}

function pressed(event) {
  if (event.defaultPrevented || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const combined = event.ctrlKey ? `ctrl ${tidy(event.key)}` : tidy(event.key);
  if (!event.ctrlKey && (isTyping(event.target) || !areOn())) return;
  const name = changed(waitingFor ? `${waitingFor} ${combined}` : combined);
  waitingFor = "";
  clearTimeout(waitTimer);
  if (run(name)) {
    event.preventDefault();
  } else if (!event.ctrlKey && isStartOfAnother(name)) {
    waitingFor = name;
    waitTimer = setTimeout(() => { waitingFor = ""; }, 1200);
  }
}

function run(name) {
  const known = registered.get(name);
  if (known) {
    known.action();
    return true;
  }
  const control = [...document.querySelectorAll("[data-key]")].find((one) => tidy(one.dataset.key) === name && isShown(one));
  if (!control) return false;
  if (control.matches("input, textarea, select")) control.focus();
  else control.click();
  return true;
}

function isStartOfAnother(name) {
  const all = [...registered.keys(), ...marked().map(([key]) => key)];
  return all.some((key) => key.startsWith(`${name} `));
}

function marked() {
  return [...document.querySelectorAll("[data-key]")].map((one) => [tidy(one.dataset.key), words(one)]);
}

function words(control) {
  const named = control.getAttribute("aria-label") || control.labels?.[0]?.textContent;
  if (named) return named.trim();
  const copy = control.cloneNode(true);
  for (const key of copy.querySelectorAll(".th-key")) key.remove();
  return copy.textContent.trim();
}

function isTyping(target) {
  return target instanceof Element && Boolean(target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true]"));
}

function isShown(control) {
  return control.getClientRects().length > 0 && !control.disabled;
}

function tidy(key) {
  return key.toLowerCase().replace("↵", "enter").replace(/\s+/g, " ").trim();
}

// A person's own keys: { off: true, own: { "j": "n" } } means that pressing n does what j does.
function settings() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) || {};
  } catch {
    return {};
  }
}

function keep(change) {
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...settings(), ...change }));
  } catch { /* A browser that keeps nothing: the change lasts until the page is left. */ }
}

function changed(pressedName) {
  const own = settings().own || {};
  const meant = Object.keys(own).find((key) => own[key] === pressedName);
  return meant || pressedName;
}

/** Show every key of this page, with a box to switch them off and a field to change each. */
export function showAll() {
  const template = document.getElementById("keys-dialog");
  if (!template) return;
  const dialog = template.content.firstElementChild.cloneNode(true);
  const list = dialog.querySelector("[data-keys-list]");
  const own = settings().own || {};
  for (const [key, does] of [...registered.values()].filter((one) => one.does).map((one) => [one.name, one.does]).concat(marked())) {
    list.append(...line(key, does, own[key] || key, dialog.dataset.changeWord));
  }
  const box = dialog.querySelector("[data-keys-on]");
  box.checked = areOn();
  box.addEventListener("change", () => keep({ off: !box.checked }));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function line(key, does, shown, changeWord) {
  const term = document.createElement("dt");
  const field = document.createElement("input");
  field.className = "th-input govuk-input--width-4";
  field.value = shown;
  field.setAttribute("aria-label", `${changeWord}: ${does}`);
  field.addEventListener("change", () => keep({ own: { ...settings().own, [key]: tidy(field.value) || key } }));
  term.append(field);
  const meaning = document.createElement("dd");
  meaning.textContent = does;
  return [term, meaning];
}
