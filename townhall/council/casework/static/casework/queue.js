// The queue: keys, ticks, and rows that come and change while the list is open.
import { register } from "../design/keys.js";
import { ageToasts, closeMenus, footWords } from "./toasts.js";

let table = null;
let body = null;
let bulk = null;
const announce = document.querySelector("[data-announce]");
const SEEN_AFTER_MS = 2500;
const waiting = new Map();
const held = [];

ageToasts();
closeMenus();
startViews();
adopt();
startKeys();
startTicks();
startLive();
startMap();
document.addEventListener("queue:listed", adopt);

// Takes up the list that is on the page now: the first one, or one that has followed the map.
function adopt() {
  table = document.querySelector("[data-queue]");
  body = table?.tBodies[0];
  bulk = document.getElementById("several");
  held.length = 0;
  document.getElementById("panes").dataset.shown ??= "list";
  showTabs();
  if (!table) return;
  body.addEventListener("focusin", (event) => setCursor(event.target.closest("[data-row]")));
  body.addEventListener("pointerover", (event) => later(event.target.closest("[data-row]")));
  body.addEventListener("pointerleave", release);
  bulk.addEventListener("reset", () => setTimeout(count));
  count();
}

function rows() {
  return body ? [...body.rows] : [];
}

function cursorRow() {
  return document.activeElement?.closest("[data-row]") || body?.querySelector(".is-cursor");
}

// On a small screen the map is a tab, and ticks come when asked for

function startViews() {
  const panes = document.getElementById("panes");
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-view]");
    if (!tab) return;
    event.preventDefault();
    panes.dataset.shown = tab.dataset.view;
    showTabs();
    window.dispatchEvent(new Event("resize"));
  });
  const select = document.querySelector("[data-select]");
  if (!select || !document.querySelector("[data-queue]")) return;
  select.hidden = false;
  select.addEventListener("click", () => {
    const on = table?.classList.toggle("is-selecting") ?? false;
    select.setAttribute("aria-pressed", String(on));
  });
}

function showTabs() {
  const { shown } = document.getElementById("panes").dataset;
  for (const tab of document.querySelectorAll("[data-view]")) {
    if (tab.dataset.view === shown) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

// Keys

function startKeys() {
  register("j", footWords("J"), () => step(1));
  register("k", footWords("K"), () => step(-1));
  register("enter", footWords("Enter"), () => cursorRow()?.querySelector("[data-open]").click());
  register("x", footWords("X"), tick);
  register("n", footWords("N"), () => rows().find((row) => !row.classList.contains("is-gone"))?.querySelector("[data-open]").click());
  register("g m", footWords("G M"), () => document.querySelector("#map-pane canvas, #map-pane a, #map-pane [tabindex]")?.focus());
}

function step(by) {
  const all = rows();
  const at = all.indexOf(cursorRow());
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  const link = next?.querySelector("[data-open]");
  if (!link) return;
  setCursor(next);
  link.classList.add("th-plain-focus");
  link.focus({ preventScroll: true, focusVisible: true });
  next.scrollIntoView({ block: "nearest" });
}

function setCursor(row) {
  if (!row || row.classList.contains("is-cursor")) return;
  for (const old of body.querySelectorAll(".is-cursor")) old.classList.remove("is-cursor");
  row.classList.add("is-cursor");
  seen(row);
  highlight(row);
}

function tick() {
  const box = cursorRow()?.querySelector("[name=case]");
  if (!box) return;
  box.checked = !box.checked;
  count();
}

// Ticks

function startTicks() {
  document.addEventListener("change", (event) => {
    if (table && event.target.matches("[data-all]")) for (const box of body.querySelectorAll("[name=case]")) box.checked = event.target.checked;
    if (table) count();
  });
}

function count() {
  const chosen = body.querySelectorAll("[name=case]:checked");
  for (const row of rows()) row.classList.toggle("is-selected", row.querySelector("[name=case]").checked);
  bulk.classList.toggle("has-any", chosen.length > 0);
  const words = bulk.querySelector("[data-selected]");
  words.textContent = words.dataset.word.replace("{n}", chosen.length);
  const all = table.querySelector("[data-all]");
  all.checked = chosen.length > 0 && chosen.length === body.rows.length;
  all.indeterminate = chosen.length > 0 && !all.checked;
}

// Live rows

function startLive() {
  document.addEventListener("townhall:message", (event) => concern(event.detail.case));
  document.addEventListener("townhall:again", () => rows().forEach((row) => concern(row.id.slice(5))));
}

function concern(key) {
  if (!key || !table) return;
  clearTimeout(waiting.get(key));
  waiting.set(key, setTimeout(() => refresh(key), 120));
}

async function refresh(key) {
  waiting.delete(key);
  const answer = await fetch(`${table.dataset.rows}${key}?${table.dataset.query}`, { headers: { "X-Requested-With": "fetch" } });
  const here = document.getElementById(`case-${key}`);
  if (answer.status === 204 || answer.status === 403) return leave(here);
  if (!answer.ok) return undefined;
  setTotal(answer.headers.get("X-Total"));
  const holder = document.createElement("template");
  holder.innerHTML = (await answer.text()).trim();
  const row = holder.content.querySelector("tr");
  if (here) replace(here, row);
  else arrive(row);
  return undefined;
}

function setTotal(total) {
  if (total) document.querySelector("[data-total]").textContent = total;
}

function leave(row) {
  if (!row || row.classList.contains("is-gone")) return;
  row.classList.add("is-gone");
  tell(row, table.dataset.wordGone);
}

function tell(row, words) {
  const news = row.querySelector("[data-news]");
  news.textContent = words;
  news.hidden = false;
  row.querySelector("[data-place]").hidden = true;
}

function replace(old, row) {
  if (Number(row.dataset.version) <= Number(old.dataset.version)) return;
  const box = old.querySelector("[name=case]");
  row.querySelector("[name=case]").checked = box.checked;
  const had = document.activeElement?.closest("[data-row]") === old ? document.activeElement : null;
  row.classList.toggle("is-cursor", old.classList.contains("is-cursor"));
  old.replaceWith(row);
  if (had) row.querySelector(had.matches("[name=case]") ? "[name=case]" : "[data-open]").focus({ preventScroll: true });
  count();
  say(row);
}

function place(order) {
  const rises = table.dataset.sort === "clock";
  return rows().find((row) => (rises ? row.dataset.order > order : row.dataset.order < order)) || null;
}

function arrive(row) {
  const before = place(row.dataset.order);
  const isPageOfMany = document.querySelector(".cw-pager [rel=next]") !== null;
  if (!before && isPageOfMany) return;
  if (before && before === body.rows[0] && table.dataset.first !== "yes") return;
  const still = body.querySelector("tr:hover") || cursorRow();
  const moves = still && before && (before === still || Boolean(before.compareDocumentPosition(still) & Node.DOCUMENT_POSITION_FOLLOWING));
  const fits = document.documentElement.scrollHeight > window.innerHeight;
  if (moves && !fits && still.matches(":hover")) {
    held.push(row);
    return;
  }
  const top = still?.getBoundingClientRect().top;
  body.insertBefore(row, before);
  if (moves) hold(still, top);
  count();
  say(row);
}

// Keep a row where it is on the screen, also when the lines above it wrap anew.
function hold(row, top) {
  const back = () => window.scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" });
  back();
  requestAnimationFrame(back);
}

function release() {
  while (held.length) {
    const row = held.shift();
    body.insertBefore(row, place(row.dataset.order));
    say(row);
  }
}

function say(row) {
  announce.textContent = `${row.querySelector("[data-open]").textContent}. ${row.querySelector("[data-news]").textContent}`;
}

function later(row) {
  if (row?.classList.contains("is-new") && !row.dataset.leaving) {
    row.dataset.leaving = "yes";
    seen(row);
  }
}

function seen(row) {
  if (!row.classList.contains("is-new")) return;
  setTimeout(() => {
    row.classList.remove("is-new");
    const place = row.querySelector("[data-place]");
    if (!row.classList.contains("is-gone") && place.textContent.trim()) {
      place.hidden = false;
      row.querySelector("[data-news]").hidden = true;
    }
  }, SEEN_AFTER_MS);
}

// The map beside the list

function startMap() {
  document.addEventListener("map:chosen", (event) => {
    const row = event.detail?.id && document.getElementById(`case-${event.detail.id}`);
    if (row) {
      setCursor(row);
      row.scrollIntoView({ block: "nearest" });
    }
  });
}

function highlight(row) {
  document.getElementById("queue-map")?.dispatchEvent(new CustomEvent("map:highlight", { detail: { id: row.id.slice(5) } }));
}
