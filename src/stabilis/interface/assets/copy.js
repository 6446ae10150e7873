// `[data-copy="#id"]` copies the text of that element, and says so.
import { say } from "./said.js";

export async function copy(button) {
  const { copy: from, copied } = button.dataset;
  const source = document.querySelector(from);
  const isCopied = await navigator.clipboard.writeText(source.textContent.trim()).then(
    () => true,
    () => false,
  );
  if (isCopied) confirm(button, copied);
  else getSelection().selectAllChildren(source); // not allowed here: one keystroke is left
}

function confirm(button, words) {
  if (!words || button.textContent === words) return;
  const before = button.textContent;
  button.textContent = words;
  say(words);
  setTimeout(() => (button.textContent = before), 2500);
}
