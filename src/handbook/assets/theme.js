// Light or dark, before anything is drawn. Where a page from disk may not remember, the system's choice holds.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("handbook-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {}
})();
