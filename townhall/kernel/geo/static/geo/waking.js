// A map that stays a picture until somebody wants to move it: the drawing program is large, and most people only look.
async function wake(element, { focus = false } = {}) {
  if (element.dataset.woken) return;
  element.dataset.woken = "yes";
  element.addEventListener("map:ready", () => {
    element.querySelector("[data-wake]").hidden = true;
    if (focus) element.querySelector("canvas").focus();
  });
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: element.dataset.waits });
  document.head.append(sheet);
  await import("./map.js");
}

for (const element of document.querySelectorAll("[data-map][data-waits]")) {
  const button = element.querySelector("[data-wake]");
  button.hidden = false;
  button.addEventListener("click", () => wake(element, { focus: true }));
  element.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && wake(element), { once: true });
}
