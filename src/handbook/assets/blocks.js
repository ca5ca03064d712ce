// Copy a block, and show a password in it.
(() => {
  // A browser may deny the clipboard to a page from disk. Then use the old way.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.style.position = "fixed";
      area.style.opacity = "0";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    await copy(button.closest("figure").querySelector("pre").textContent);
    button.textContent = "Copied";
    button.classList.add("copied");
    setTimeout(() => {
      button.textContent = "Copy";
      button.classList.remove("copied");
    }, 1600);
  });

  const toggle = (secret) => {
    const shown = secret.classList.toggle("shown");
    secret.setAttribute("aria-pressed", String(shown));
    if (shown) {
      secret.dataset.hidden = secret.getAttribute("aria-label");
      secret.removeAttribute("aria-label");
    } else secret.setAttribute("aria-label", secret.dataset.hidden);
  };
  document.addEventListener("click", (event) => {
    const secret = event.target.closest(".secret");
    if (secret && String(getSelection()) === "") toggle(secret);
  });
  document.addEventListener("keydown", (event) => {
    const secret = event.target.closest?.(".secret");
    if (!secret || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    toggle(secret);
  });
})();
