// A layer of cases in vector tiles: gathered on the server by cells, and here where pins and rings would still touch.
//
// The page's live stream says when something has changed; the tiles are then asked for again, and come back as 304
// where they are the same. What is on the map stays until all that replaces it is there: a tile that has not changed
// tells of nothing when it comes, so that is looked after here.
import { show, startMarks } from "./marks.js";

const SOURCE = "cases";
const SETTLE_MILLISECONDS = 150;
const BETWEEN_MILLISECONDS = 1000;
const SINGLE_FROM_ZOOM = 18;
const PIN_RADIUS = 16;
const PIN_HEIGHT = 25;
const WIDEST_ZOOM = 12.5;

export function startLayer(element, map, words) {
  const state = startMarks(element, map, words);
  map.addSource(SOURCE, { type: "vector", tiles: [tilesOf(element)], minzoom: 8, maxzoom: 18 });
  map.addLayer({ id: SOURCE, type: "circle", source: SOURCE, "source-layer": SOURCE, paint: { "circle-radius": 0 } });
  const draw = () => {
    clearTimeout(state.waits);
    if (map.isSourceLoaded(SOURCE)) drawn(state);
    else state.waits = setTimeout(draw, SETTLE_MILLISECONDS);
  };
  map.on("moveend", draw);
  map.on("sourcedata", (event) => { if (event.sourceId === SOURCE) draw(); });
  map.on("error", (event) => { if (event.sourceId === SOURCE) element.dataset.pinsFailed = "yes"; });
  const renew = paced(() => map.refreshTiles(SOURCE));
  for (const kind of ["townhall:message", "townhall:again"]) document.addEventListener(kind, renew);
  element.addEventListener("map:reload", ({ detail }) => reload(element, map, detail?.query));
  if (element.dataset.middle) fit(element, map);
}

function tilesOf(element) {
  return location.origin + element.dataset.layer;
}

function reload(element, map, query) {
  if (query !== undefined) element.dataset.layer = `${element.dataset.layer.split("?")[0]}?${query}`;
  map.getSource(SOURCE).setTiles([tilesOf(element)]);
}

// Soon after it is asked for, and no more than once a second.
function paced(act) {
  let timer = 0;
  let last = 0;
  return () => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = 0;
      last = Date.now();
      act();
    }, Math.max(SETTLE_MILLISECONDS, last + BETWEEN_MILLISECONDS - Date.now()));
  };
}

// Moves to where most of the layer's cases are.
async function fit(element, map) {
  const answer = await fetch(element.dataset.middle);
  const bbox = answer.ok ? (await answer.json()).bbox : null;
  if (!bbox) return;
  const padding = { top: 60, bottom: 110, left: 30, right: 50 };
  const view = map.cameraForBounds([bbox.slice(0, 2), bbox.slice(2)], { padding, maxZoom: 16 });
  if (view) map.jumpTo({ center: view.center, zoom: Math.max(view.zoom, WIDEST_ZOOM) });
}

function drawn(state) {
  const { map } = state;
  const seen = new Map();
  for (const feature of map.querySourceFeatures(SOURCE, { sourceLayer: SOURCE })) {
    const [lon, lat] = feature.geometry.coordinates;
    seen.set(`${lon.toFixed(6)} ${lat.toFixed(6)} ${feature.properties.id ?? feature.properties.count}`, feature);
  }
  const close = map.getZoom() >= SINGLE_FROM_ZOOM;
  const inView = [...seen.values()].map((feature) => markOf(state, feature)).filter((mark) => isNear(map, mark));
  show(state, (close ? fanned(inView) : gathered(inView)).map((mark) => featureOf(state, mark)));
}

function markOf({ map, statuses }, { geometry, properties }) {
  const shares = {};
  for (const code of Object.keys(statuses)) if (properties[code]) shares[code] = properties[code];
  const { x, y } = map.project(geometry.coordinates);
  const { id, reference, title, count, late } = properties;
  return { x, y, place: geometry.coordinates, count, late, shares, id, reference, title };
}

function isNear(map, { x, y }) {
  const { clientWidth, clientHeight } = map.getContainer();
  return x > -60 && y > -60 && x < clientWidth + 60 && y < clientHeight + 60;
}

function radius({ count }) {
  return count > 1 ? 17 + 3.2 * Math.log(count) : PIN_RADIUS;
}

// A ring stands on its place, a pin's head above it.
function middle({ count, y }) {
  return count > 1 ? y : y - PIN_HEIGHT;
}

// What would touch becomes one, beginning with the largest.
function gathered(marks) {
  const kept = [];
  for (const mark of marks.sort((one, other) => other.count - one.count || one.x - other.x || one.y - other.y)) {
    const near = kept.find((one) => Math.hypot(one.x - mark.x, middle(one) - middle(mark)) < radius(one) + radius(mark));
    if (near) join(near, mark);
    else kept.push(mark);
  }
  return kept;
}

function join(one, other) {
  const count = one.count + other.count;
  for (const axis of ["x", "y"]) one[axis] += ((other[axis] - one[axis]) * other.count) / count;
  for (const [code, number] of Object.entries(other.shares)) one.shares[code] = (one.shares[code] ?? 0) + number;
  one.ids = [...(one.ids ?? [one.id]), ...(other.ids ?? [other.id])].filter(Boolean);
  Object.assign(one, { count, late: one.late + other.late, place: null, id: undefined });
}

// Close up, pins on one spot stand round it.
function fanned(marks) {
  const spots = new Map();
  for (const mark of marks) {
    const key = `${Math.round(mark.x)} ${Math.round(mark.y)}`;
    spots.set(key, [...(spots.get(key) ?? []), mark]);
  }
  for (const spot of spots.values()) {
    if (spot.length < 2) continue;
    const reach = Math.max(24, (spot.length * 34) / (2 * Math.PI));
    spot.sort((one, other) => (one.id < other.id ? -1 : 1)).forEach((mark, at) => {
      mark.x += reach * Math.sin((2 * Math.PI * at) / spot.length);
      mark.y -= reach * Math.cos((2 * Math.PI * at) / spot.length);
      mark.place = null;
    });
  }
  return marks;
}

function featureOf({ map, element, statuses }, mark) {
  const { count, late, shares, id, ids, reference } = mark;
  const place = mark.place ?? map.unproject([mark.x, mark.y]).toArray();
  const coordinates = place.map((degrees) => Number(degrees.toFixed(6)));
  const geometry = { type: "Point", coordinates };
  if (count > 1) return { geometry, properties: { count, late, shares, ids } };
  const status = Object.keys(shares)[0];
  const title = [`${mark.title}: ${statuses[status]}`, ...(late ? [statuses.missed.toLowerCase()] : [])].join(", ");
  const url = reference ? element.dataset.case.replace("REFERENCE", reference) : "";
  return { geometry, properties: { id, count, late, status, title, url } };
}
