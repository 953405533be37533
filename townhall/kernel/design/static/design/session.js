// Asks some minutes before somebody is signed out whether they stay; once, quietly, and in every window at once.
const WARN = 300, MINUTE = 60;

const timeAt = (moment) => new Intl.DateTimeFormat(document.documentElement.lang || "en", { timeStyle: "short" }).format(moment);

/** Watch the end of the session, where somebody is signed in. Called once, by start.js. */
export function startSession() {
  const dialog = document.getElementById("session");
  if (!dialog) return;
  const told = JSON.parse(dialog.dataset.session), part = (name) => dialog.querySelector(name);
  const windows = "BroadcastChannel" in globalThis ? new BroadcastChannel("townhall-session") : null;
  const warning = Math.min(WARN, told.seconds / 3) * 1_000;
  let ends = 0, timer = 0, isOver = false;

  function until(moment, isNews = true) {
    if (moment <= ends) return;
    ends = moment;
    if (isOver && !isNews) location.reload();
    if (dialog.open) dialog.close();
    if (isNews) windows?.postMessage(ends);
    look();
  }

  // A machine that slept wakes up late: what matters is the clock, not how often this was called.
  function look() {
    clearTimeout(timer);
    const left = ends - Date.now();
    if (left <= 0) return over();
    if (left <= warning && !dialog.open) {
      part("#session-words").textContent = told.time.replace("{time}", timeAt(ends));
      dialog.showModal();
    }
    if (dialog.open && left <= MINUTE * 1_000 && warning > MINUTE * 1_000) part("[data-left]").textContent = told.minute;
    const next = [warning, MINUTE * 1_000, 0].map((one) => left - one).filter((one) => one > 0);
    timer = setTimeout(look, Math.min(...next) + 50);
  }

  function over() {
    isOver = true;
    part("#session-title").textContent = told.title;
    part("#session-words").textContent = document.querySelector("[data-drafts]") ? told.words : told.copy;
    part("[data-left]").textContent = "";
    for (const form of dialog.querySelectorAll("form")) form.hidden = true;
    part("[data-again]").hidden = false;
    if (!dialog.open) dialog.showModal();
    part("#session-title").focus();
  }

  part("[data-stay]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (answer.redirected || !answer.ok) return over();
      until(Date.now() + (await answer.json()).seconds * 1_000);
    } catch { part("[data-left]").textContent = ""; dialog.close(); }
  });
  windows?.addEventListener("message", (event) => until(event.data, false));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  until(Date.now() + told.seconds * 1_000);
}
