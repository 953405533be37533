// The few pins of a map of one place, as GeoJSON. A layer with many comes in tiles: see layer.js.
import { show, startMarks } from "./marks.js";

export async function startPins(element, map, words) {
  const state = startMarks(element, map, words);
  try {
    const answer = await fetch(element.dataset.pinsUrl, { headers: { Accept: "application/geo+json" } });
    if (!answer.ok) throw new Error(`pins: ${answer.status}`);
    show(state, (await answer.json()).features);
  } catch {
    element.dataset.pinsFailed = "yes";
  }
}
