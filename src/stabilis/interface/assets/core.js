// What every page loads: partial updates, and the small habits of the page. Charts and the map come
// only when somebody asks to explore.
import htmx from "htmx.org";
import { copy } from "./copy.js";
import { toggle } from "./explore.js";
import { listenForKeys } from "./keys.js";
import { listenForLiveForms } from "./live.js";

Object.assign(htmx.config, {
  allowEval: false, // the content policy forbids it as well
  allowScriptTags: false, // a fragment brings content, never code
  includeIndicatorStyles: false, // they would be an inline style
  selfRequestsOnly: true,
  defaultSwapStyle: "outerHTML",
  historyCacheSize: 0, // no page content is left behind in the browser's storage
  refreshOnHistoryMiss: true, // so "back" asks the server for the page
});

const ACTIONS = { "[data-explore]": toggle, "[data-copy]": copy };

document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(ACTIONS)) {
    const button = event.target.closest(selector);
    if (button) act(button);
  }
});
listenForKeys();
listenForLiveForms();
