// Starts what every page has: GOV.UK components, keys, the live stream. Pages work without it.
import { initAll } from "../vendor/govuk/govuk-frontend.min.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { keepFocus } from "./focus.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
keepFocus();
startKeys();
startLive();
