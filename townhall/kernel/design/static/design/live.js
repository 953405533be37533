// The live stream of a page. The element with data-live says "Live", or how far behind the page is.
//
// Every message is sent on as a DOM event on document: "townhall:<type>", with the parsed data in event.detail.

const BEHIND_AFTER_MS = 8000;
const RETRY_MS = [1000, 2000, 5000, 10000, 30000];

let source = null;
let tries = 0;
let lastHeard = 0;

/** Open the stream that the page names in data-stream, if it names one. Called once, by start.js. */
export function startLive() {
  const sign = document.querySelector("[data-live][data-stream]");
  if (!sign || !window.EventSource) return;
  sign.hidden = false;
  lastHeard = Date.now();
  open(sign.dataset.stream);
  setInterval(() => tell(sign), 1000);
}

function open(address) {
  source = new EventSource(address);
  source.addEventListener("open", heard);
  source.addEventListener("message", (event) => pass("message", event));
  for (const type of ["hello", "beat", "case", "report", "measure", "letter", "job"]) {
    source.addEventListener(type, (event) => pass(type, event));
  }
  source.addEventListener("error", () => {
    source.close();
    const wait = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)];
    tries += 1;
    setTimeout(() => open(address), wait);
  });
}

function heard() {
  lastHeard = Date.now();
  tries = 0;
}

function pass(type, event) {
  heard();
  let detail = event.data;
  try {
    detail = JSON.parse(event.data);
  } catch { /* Plain words stay as they are. */ }
  document.dispatchEvent(new CustomEvent(`townhall:${detail?.type || type}`, { detail }));
  document.dispatchEvent(new CustomEvent("townhall:any", { detail: { type: detail?.type || type, data: detail } }));
}

function tell(sign) {
  const silent = Date.now() - lastHeard;
  const isBehind = source.readyState !== EventSource.OPEN && silent > BEHIND_AFTER_MS / 4 || silent > 4 * BEHIND_AFTER_MS;
  const words = isBehind ? sign.dataset.wordBehind.replace("{n}", Math.round(silent / 1000)) : sign.dataset.wordLive;
  const place = sign.querySelector("[data-live-word]");
  if (place.textContent !== words) place.textContent = words;
  sign.classList.toggle("th-live--behind", isBehind);
}
