// Messages that the server sent with the page go when their time is over; small menus close when left.

/** Take a message away when it can no longer be undone. */
export function ageToasts() {
  for (const toast of document.querySelectorAll("[data-toast]")) {
    setTimeout(() => toast.remove(), (Number(toast.dataset.toast) || 12) * 1000);
  }
}

/** Close an open menu on Escape, and on a press outside it. */
export function closeMenus() {
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector(".cw-pick[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll(".cw-pick[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
}

/** What a key does, in the words of the page's foot. */
export function footWords(key) {
  const one = [...document.querySelectorAll(".th-foot__key")].find((each) => each.querySelector(".th-key").textContent === key);
  return one ? one.textContent.replace(key, "").trim() : key;
}
