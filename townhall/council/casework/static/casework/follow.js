// "Move list with map": while it is ticked, the list has what the map shows, and its address says so.

const WAIT_MILLISECONDS = 350;
const label = document.querySelector("[data-follow]");
const box = label?.querySelector("input");
const announce = document.querySelector("[data-announce]");
const map = document.getElementById("queue-map");
let timer = 0;
let asked = null;
let shown = map?.dataset.box ?? "";

if (label && map) {
  map.addEventListener("map:ready", () => { label.hidden = false; });
  if (map.map) label.hidden = false;
  map.addEventListener("map:moved", ({ detail }) => { if (box.checked) soon(detail.bbox); });
  box.addEventListener("change", () => follow(box.checked ? boxNow() : ""));
}

function boxNow() {
  const sides = map.map.getBounds();
  return [sides.getWest(), sides.getSouth(), sides.getEast(), sides.getNorth()].map((side) => side.toFixed(5)).join(",");
}

function soon(bbox) {
  clearTimeout(timer);
  timer = setTimeout(() => follow(bbox), WAIT_MILLISECONDS);
}

async function follow(bbox) {
  if (bbox === shown) return;
  const address = new URL(location.href);
  address.searchParams.delete("after");
  if (bbox) address.searchParams.set("box", bbox);
  else address.searchParams.delete("box");
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(address, { signal: asked.signal, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown = bbox;
    put(page);
    history.replaceState(null, "", address);
    say(bbox ? label.dataset.wordHere : label.dataset.wordAll);
  } catch (problem) {
    if (problem.name !== "AbortError") throw problem;
  }
}

// Puts the new list where the old one is, and lets what was ticked and still is there stay ticked.
function put(page) {
  const old = document.querySelector("[data-list]");
  const fresh = page.querySelector("[data-list]");
  const ticked = new Set([...old.querySelectorAll("[name=case]:checked")].map((each) => each.value));
  for (const each of fresh.querySelectorAll("[name=case]")) each.checked = ticked.has(each.value);
  old.replaceChildren(...fresh.childNodes);
  document.dispatchEvent(new CustomEvent("queue:listed"));
}

function say(words) {
  announce.textContent = words.replace("{n}", document.querySelector("[data-total]").textContent);
}
