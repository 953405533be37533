// Starts what every page has: GOV.UK components, keys, the live stream. Pages work without it.
import { initAll } from "../vendor/govuk/govuk-frontend.min.js";
import { startSession } from "./session.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { keepFocus } from "./focus.js";
import { forgetDrafts } from "./drafts.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
keepFocus();
startKeys();
startLive();
startSession();

// Whoever signs out leaves nothing on this device.
for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await Promise.race([forgetDrafts(), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    form.submit();
  });
}
