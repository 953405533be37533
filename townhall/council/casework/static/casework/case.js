// The page of a case: tabs without leaving it, words kept while they are written, news of changes.
import { ageToasts, closeMenus } from "./toasts.js";

const head = document.querySelector("[data-case]");
const panes = [...document.querySelectorAll("[data-pane-of]")];

ageToasts();
closeMenus();
startTabs();
keepWords();
countLetters();
watch();

function startTabs() {
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-pane]");
    if (!tab || event.ctrlKey || event.metaKey || !panes.some((pane) => pane.dataset.paneOf === tab.dataset.pane)) return;
    event.preventDefault();
    show(tab.dataset.pane);
  });
}

function show(name) {
  for (const pane of panes) pane.hidden = pane.dataset.paneOf !== name;
  for (const tab of document.querySelectorAll(".th-tabs [data-pane]")) {
    if (tab.dataset.pane === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  const pane = panes.find((one) => !one.hidden);
  pane.scrollIntoView({ block: "nearest" });
  pane.querySelector("textarea, select, input:not([type=hidden])")?.focus();
}

// What is typed stands in this tab's storage until it is sent.

function keepWords() {
  for (const field of document.querySelectorAll("[data-pane-of] textarea")) {
    const name = `case ${head.dataset.case} ${field.closest("[data-pane-of]").dataset.paneOf} ${field.name}`;
    if (!field.value) field.value = read(name);
    field.addEventListener("input", () => write(name, field.value));
    field.form.addEventListener("submit", () => write(name, ""));
  }
}

function read(name) {
  try {
    return sessionStorage.getItem(name) || "";
  } catch {
    return "";
  }
}

function write(name, words) {
  try {
    if (words) sessionStorage.setItem(name, words);
    else sessionStorage.removeItem(name);
  } catch { /* A browser that keeps nothing. */ }
}

function countLetters() {
  const line = document.querySelector("[data-length]");
  const field = line?.closest("form").querySelector("textarea");
  if (!field) return;
  const tell = () => {
    const length = field.value.length;
    const texts = length <= 160 ? 1 : Math.ceil(length / 153);
    line.hidden = length === 0;
    line.textContent = line.dataset.word.replace("{c}", length).replace("{t}", texts);
  };
  field.addEventListener("input", tell);
  tell();
}

function watch() {
  const line = document.querySelector("[data-announce]");
  document.addEventListener("townhall:message", (event) => {
    if (event.detail.case !== head.dataset.case || event.detail.number <= Number(head.dataset.version)) return;
    line.classList.remove("govuk-visually-hidden");
    line.classList.add("th-toasts");
    const words = document.createElement("span");
    words.className = "th-toast";
    words.textContent = line.dataset.word;
    line.replaceChildren(words);
  });
}
