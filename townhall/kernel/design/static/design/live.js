// The live stream of a page. <body data-topics="queue,case:ID"> asks for it; the sign says "Live", or how far behind.
//
// Each message becomes a DOM event on document: "townhall:message", with {id, kind, case, number} in event.detail.
// After a break there is one "townhall:again": what happened meanwhile was missed, so fetch what you show afresh.

const SILENT_MS = 20000; // The server says something every 15 s.
const RETRY_MS = [1000, 2000, 5000, 10000, 30000];

let source = null;
let tries = 0;
let lastHeard = 0;

/** Open the stream, if the page asks for one. Called once, by start.js. */
export function startLive() {
  const { stream, topics } = document.body.dataset;
  if (!stream || !topics || !window.EventSource) return;
  lastHeard = Date.now();
  open(`${stream}?topics=${encodeURIComponent(topics)}`);
  const sign = document.querySelector("[data-live]");
  if (!sign) return;
  sign.hidden = false;
  setInterval(() => tell(sign), 1000);
}

function open(address) {
  source = new EventSource(address);
  source.addEventListener("hello", greeted);
  source.addEventListener("beat", heard);
  source.addEventListener("message", (event) => {
    heard();
    document.dispatchEvent(new CustomEvent("townhall:message", { detail: JSON.parse(event.data) }));
  });
  source.addEventListener("error", () => {
    source.close();
    setTimeout(() => open(address), RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
    tries += 1;
  });
}

function greeted() {
  if (tries > 0) document.dispatchEvent(new CustomEvent("townhall:again"));
  tries = 0;
  heard();
}

function heard() {
  lastHeard = Date.now();
}

function tell(sign) {
  const silent = Date.now() - lastHeard;
  const isBehind = silent > SILENT_MS || (source.readyState !== EventSource.OPEN && silent > 2000);
  const words = isBehind ? sign.dataset.wordBehind.replace("{n}", Math.round(silent / 1000)) : sign.dataset.wordLive;
  const place = sign.querySelector("[data-live-word]");
  if (place.textContent !== words) place.textContent = words;
  sign.classList.toggle("th-live--behind", isBehind);
}
