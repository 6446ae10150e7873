// `[data-explore="chart"]` and `[data-explore="map"]` put an explorable picture in the place of the
// still one, and back. The words come from the page, which is translated: data-loading, data-failed,
// data-back. Whatever fails, the still picture stays.
import { say } from "./said.js";

const DRAWERS = { chart: () => import("./charts.js"), map: () => import("./map.js") };
const WAYS_BACK = new Map(); // the button of each open picture, and what closes it
const LOADING = new Set();

export function explorersIn(element) {
  return [...element.querySelectorAll("[data-explore]")];
}

export async function toggle(button) {
  if (LOADING.has(button)) return;
  if (WAYS_BACK.has(button)) WAYS_BACK.get(button)();
  else await open(button);
}

/** Close what is open inside an element, and return its positions there. */
export function closeWithin(element) {
  const explorers = explorersIn(element);
  const positions = explorers.flatMap((each, at) => (WAYS_BACK.has(each) ? [at] : []));
  for (const position of positions) WAYS_BACK.get(explorers[position])();
  return positions;
}

async function open(button) {
  const words = button.textContent;
  const target = document.querySelector(button.dataset.target);
  const still = [...target.childNodes];
  const restore = () => {
    target.replaceChildren(...still);
    button.textContent = words;
  };
  LOADING.add(button);
  tell(button, button.dataset.loading);
  try {
    const { draw } = await DRAWERS[button.dataset.explore]();
    const discard = await draw(target, button.dataset);
    WAYS_BACK.set(button, () => close({ button, discard, restore }));
    button.textContent = button.dataset.back;
    tell(button, "");
  } catch (error) {
    restore();
    tell(button, button.dataset.failed);
    console.error(error);
  } finally {
    LOADING.delete(button);
  }
}

function close({ button, discard, restore }) {
  WAYS_BACK.delete(button);
  discard();
  restore();
}

function tell(button, words) {
  const note = button.parentElement.querySelector(":scope > [data-note]") ?? noteBeside(button);
  note.textContent = words ?? "";
  say(words);
}

function noteBeside(button) {
  const note = document.createElement("span");
  note.dataset.note = "";
  button.after(note);
  return note;
}

async function redrawAll() {
  for (const button of [...WAYS_BACK.keys()]) {
    await toggle(button);
    await toggle(button);
  }
}

// Colours are read from the page when a picture is drawn, so another theme needs another drawing; one
// at a time, or a second change would miss what the first is still drawing.
let drawing = Promise.resolve();
const redraw = () => (drawing = drawing.then(redrawAll));
new MutationObserver(redraw).observe(document.documentElement, {
  attributeFilter: ["data-theme"],
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
