// What the explorable pictures need of the page: its colours, its files, its language.

/** Return a value with every `var(--name)` in it, however deep, as the page shows it now. */
export function withColours(value, styles = getComputedStyle(document.documentElement)) {
  if (typeof value === "string") {
    return value.replace(/var\((--[\w-]+)\)/g, (_, name) => styles.getPropertyValue(name).trim());
  }
  if (Array.isArray(value)) return value.map((each) => withColours(each, styles));
  if (value === null || typeof value !== "object") return value;
  const resolved = Object.entries(value).map(([key, each]) => [key, withColours(each, styles)]);
  return Object.fromEntries(resolved);
}

export async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
}

/** Load a stylesheet that lies beside the scripts; once is enough. */
export function stylesheet(name) {
  const href = new URL(name, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((loaded, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    link.onload = loaded;
    link.onerror = () => failed(new Error(`${href} could not be loaded`));
    document.head.append(link);
  });
}

export function inWords(number) {
  return number.toLocaleString(document.documentElement.lang || undefined);
}

/** Return an element of plain text: nothing that a source says is ever read as markup. */
export function told(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
