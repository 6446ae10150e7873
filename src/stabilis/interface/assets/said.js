// Say something to a person who cannot see the page change: base.html holds the live region.
export function say(words) {
  const region = document.getElementById("said");
  if (region && words) region.textContent = words;
}
