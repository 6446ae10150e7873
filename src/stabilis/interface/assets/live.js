// `form[data-live]`: moving a slider shows its value at once and asks for the new picture when it is
// let go. What was being explored is explored again. A failed request falls back to the plain form.
import { closeWithin, explorersIn, toggle } from "./explore.js";
import { say } from "./said.js";

const SLIDER = 'form[data-live] input[type="range"]';
let reopening = [];

export function listenForLiveForms() {
  document.addEventListener("input", showValue);
  document.addEventListener("change", ask);
  document.addEventListener("htmx:beforeRequest", ({ detail }) => setBusy(detail.target, true));
  document.addEventListener("htmx:afterRequest", ({ detail }) => setBusy(detail.target, false));
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.shouldSwap) reopening = closeWithin(detail.target);
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => settle(detail.elt));
  document.addEventListener("htmx:responseError", ({ detail }) => askPlainly(detail.elt));
  document.addEventListener("htmx:sendError", ({ detail }) => askPlainly(detail.elt));
}

function showValue({ target }) {
  const output = target.matches(SLIDER) && target.form.querySelector("output");
  if (output) output.textContent = target.value;
}

function ask({ target }) {
  if (target.matches(SLIDER)) target.form.requestSubmit();
}

function setBusy(element, isBusy) {
  element.setAttribute("aria-busy", String(isBusy));
}

function settle(element) {
  const explorers = explorersIn(element);
  for (const position of reopening) if (explorers[position]) toggle(explorers[position]);
  reopening = [];
  say(element.querySelector("figure .title")?.textContent);
}

function askPlainly(element) {
  if (element.matches("form[data-live]")) element.submit();
}
