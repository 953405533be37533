// What is typed into a form with `data-drafts` before it stays on this device until the server has it: through a lost
// network, a session that ended, a tab that was closed. Sent once: a form goes when the server can be reached, by itself
// where somebody had pressed a button. Kept in IndexedDB for 28 days at most; gone when sent, and when signing out.
const NAME = "townhall-drafts", STORE = "pages", DAYS = 28, PAUSE = 300, REACH = 4_000, AGAIN = 10_000;
const APART = new Set(["csrfmiddlewaretoken", "_number", "_shown", "_do"]);

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = request.onblocked = () => reject(request.error ?? new Error("blocked"));
});

async function store(mode, work) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
  const base = await done(opening);
  try { return await done(work(base.transaction(STORE, mode).objectStore(STORE))); } finally { base.close(); }
}

const all = () => store("readonly", (kept) => kept.getAll());
const put = (draft) => store("readwrite", (kept) => kept.put(draft));
const drop = (key) => store("readwrite", (kept) => kept.delete(key));

let isForgotten = false;

/** Forget every draft of this device, and keep none any more on this page; for signing out. */
export function forgetDrafts() {
  isForgotten = true;
  return done(indexedDB.deleteDatabase(NAME)).catch(() => null);
}

const kinds = { radio: "checked", checkbox: "checked" };
const counts = (one) => one.name && !APART.has(one.name) && !["submit", "button", "image"].includes(one.type) && !one.closest("[data-private]");

function typedIn(form) {
  const fields = [], files = [];
  for (const one of [...form.elements].filter(counts)) {
    if (one.type === "file") { if (one.files.length) files.push([one.name, [...one.files]]); }
    else if (kinds[one.type]) fields.push([one.name, one.value, one.checked]);
    else fields.push([one.name, one.value]);
  }
  return { fields, files };
}

function putBack(form, draft) {
  const waiting = [...draft.fields];
  for (const one of [...form.elements].filter(counts)) {
    const place = waiting.findIndex(([name, value]) => name === one.name && (!kinds[one.type] || value === one.value));
    if (one.type === "file") {
      const found = draft.files.find(([name]) => name === one.name);
      if (!found) continue;
      const held = new DataTransfer();
      found[1].forEach((file) => held.items.add(file));
      one.files = held.files;
    } else if (place < 0) continue;
    else {
      const [[, value, isOn]] = waiting.splice(place, 1);
      if (kinds[one.type]) one.checked = isOn;
      else {
        if (one.tagName === "SELECT" && ![...one.options].some((each) => each.value === value)) {
          const typed = new Option(value, value);
          typed.dataset.typed = "";
          one.add(typed);
        }
        one.value = value;
      }
    }
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const same = (one, other) => JSON.stringify(one.fields) === JSON.stringify(other.fields) && !one.files.length && !other.files.length;

async function reaches(address) {
  if (!navigator.onLine) return false;
  try {
    await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(REACH) });
    return true;
  } catch { return false; }
}

class Drafts {
  constructor(place, form) {
    const told = JSON.parse(place.dataset.drafts);
    Object.assign(this, { place, form, told, says: told.words, number: told.number, key: `${told.group}/${told.page}`, isGone: false, waitsFor: null });
    this.status = place.querySelector("[role=status]");
    this.again = place.querySelector("[data-again]");
    this.forget = place.querySelector("[data-forget]");
    this.hint = document.querySelector("[data-drafts-hint]");
  }

  say(words, { again = false, forget = false, link = null } = {}) {
    this.status.textContent = words;
    if (link) this.status.append(" ", Object.assign(document.createElement("a"), { href: link, textContent: this.says.there }));
    this.place.classList.toggle("is-shown", Boolean(words));
    this.again.hidden = !again;
    this.forget.hidden = !forget;
  }

  // What the server has by now, what is too old or another person's goes; what is left of this application comes back.
  async tidy() {
    const oldest = Date.now() - DAYS * 86_400_000, { group, pages, typed, whose, number } = this.told;
    const left = [];
    for (const draft of await all()) {
      const isTheirs = Boolean(draft.whose && whose && draft.whose !== whose);
      const isKept = draft.group === group && draft.isSent && ((pages[draft.page] ?? 0) > draft.number || (typed.includes(draft.page) && number > draft.number));
      const isOver = draft.group === group && this.told.isOver;
      if (isTheirs || isKept || isOver || draft.at < oldest) await drop(draft.key);
      else if (draft.group === group && (!draft.whose || draft.whose === whose)) left.push(draft);
    }
    return left;
  }

  async begin() {
    const left = await this.tidy();
    if (this.form) this.watch();
    const own = this.form && left.find((draft) => draft.key === this.key);
    if (own && same(own, typedIn(this.form))) await drop(this.key);
    else if (own) this.restore(own);
    const other = left.find((draft) => draft.key !== this.key);
    if (!own && other) this.say(this.says.elsewhere, { link: other.address });
    if (this.hint && this.form) this.hint.hidden = false;
    if (this.form && !navigator.onLine) this.lost();
  }

  restore(draft) {
    putBack(this.form, draft);
    this.number = draft.number;
    const seen = this.form.elements.namedItem("_number");
    if (seen) seen.value = draft.number;
    const when = new Intl.DateTimeFormat(document.documentElement.lang || "en", { dateStyle: "long", timeStyle: "short" }).format(draft.at);
    this.say(this.says.back.replace("{when}", when), { forget: true });
  }

  async save(isSent = false) {
    if (this.isGone || isForgotten) return;
    clearTimeout(this.timer);
    const { group, page, whose } = this.told;
    const draft = { key: this.key, group, page, whose, number: this.number, address: location.pathname, at: Date.now(), isSent, ...typedIn(this.form) };
    try { await put(draft); } catch { this.cannot = true; }
  }

  watch() {
    const { form } = this;
    const later = () => { this.isTouched = true; clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), PAUSE); };
    form.addEventListener("input", later);
    form.addEventListener("change", (event) => (event.isTrusted ? later() : null));
    form.addEventListener("submit", (event) => this.send(event));
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.isTouched) this.save(Boolean(this.waitsFor)); });
    addEventListener("offline", () => this.lost());
    addEventListener("online", () => this.found());
    this.again.addEventListener("click", () => this.found());
    for (const one of [this.forget, ...document.querySelectorAll("[data-drafts-forget]")]) one.addEventListener("click", () => this.throwAway());
  }

  // A form that cannot arrive is not sent: the browser would show its own page in its place.
  async send(event) {
    if (event.submitter?.type === "image") return;
    if (this.passes) { this.passes = false; this.isGone = true; return; }
    event.preventDefault();
    if (this.isBusy || this.isGone) return;
    this.isBusy = true;
    await this.save(true);
    const arrives = await reaches(this.told.reach);
    this.isBusy = false;
    if (arrives) return this.go(event.submitter);
    this.waitsFor = { button: event.submitter };
    this.lost();
  }

  go(button) {
    clearInterval(this.waiting);
    this.passes = true;
    this.form.requestSubmit(button?.isConnected ? button : undefined);
  }

  lost() {
    if (this.isTouched || this.waitsFor) this.save(Boolean(this.waitsFor));
    const words = this.cannot ? this.says.cannot : this.waitsFor ? this.says.waits : this.says.lost;
    this.say(words, { again: Boolean(this.waitsFor) });
    clearInterval(this.waiting);
    if (this.waitsFor) this.place.scrollIntoView({ block: "center" });
    if (this.waitsFor) this.waiting = setInterval(() => this.found(), AGAIN);
  }

  async found() {
    if (this.isBusy || !(await reaches(this.told.reach))) return;
    const waited = this.waitsFor;
    this.waitsFor = null;
    this.say(this.says.found);
    if (waited) this.go(waited.button);
  }

  async throwAway() {
    this.isGone = true;
    clearTimeout(this.timer);
    for (const draft of await all()) if (draft.group === this.told.group) await drop(draft.key);
    location.replace(location.pathname + location.search);
  }
}

/** Keep what is typed on this page; resolves when what was kept of it stands in it again. */
export async function keepDrafts() {
  const place = document.querySelector("[data-drafts]");
  if (!place || !globalThis.indexedDB) return;
  const form = document.getElementById(JSON.parse(place.dataset.drafts).form);
  try { await new Drafts(place, form).begin(); } catch (problem) { console.warn("drafts are not kept here:", problem?.name); }
}
