// The keyboard: "/" or Ctrl-K goes to the search, Escape closes the disclosure that holds the focus.
const TYPING = "input, textarea, select, [contenteditable]";

export function listenForKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (asksForSearch(event)) focusSearch(event);
    else if (event.key === "Escape") closeDisclosure(event.target);
  });
}

function asksForSearch(event) {
  const isChord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  return isChord || (event.key === "/" && isPlain && !event.target.closest(TYPING));
}

function focusSearch(event) {
  const search = document.getElementById("search");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select?.();
}

function closeDisclosure(element) {
  const disclosure = element.closest("details[open]");
  if (!disclosure) return;
  disclosure.open = false;
  disclosure.querySelector("summary").focus();
}
