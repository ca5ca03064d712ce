// Light or dark, before the browser draws anything. If a page from disk cannot store the choice, the system's setting applies.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("handbook-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {}
})();
