// Before the first paint: the kept theme, and a page that knows whether scripts run.
(() => {
  const root = document.documentElement, themes = ["auto", "light", "dark"];
  const button = () => document.querySelector("[data-theme-toggle]");
  const scripts = (run) => root.classList.toggle("with-script", run);
  let theme = "auto";
  try { theme = localStorage.getItem("theme") || theme; } catch { /* storage is closed: auto */ }
  function show() {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    if (button()) button().textContent = button().dataset[theme];
  }
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-theme-toggle]")) return;
    theme = themes[(themes.indexOf(theme) + 1) % 3];
    show();
    try { localStorage.setItem("theme", theme); } catch { /* kept for this page only */ }
  });
  // The page's module did not arrive: show the plain forms again.
  addEventListener("error", ({ target }) => target.type === "module" && scripts(false), true);
  addEventListener("DOMContentLoaded", () => {
    show();
    if (!document.querySelector("script[type=module]")) scripts(false); // not built: no dead buttons
  });
  scripts(true); show();
})();
