// The buttons of the header, the contents on a small screen, and the current position on the page.
(() => {
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => {
    theme.textContent = isDark() ? "Light" : "Dark";
    theme.setAttribute("aria-label", `Change to ${isDark() ? "light" : "dark"} colours`);
  };
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("handbook-theme", root.dataset.theme);
    } catch {}
    name();
  });
  name();

  const menu = document.getElementById("menu");
  const contents = document.getElementById("contents");
  const show = (open) => {
    contents.classList.toggle("open", open);
    menu.setAttribute("aria-expanded", String(open));
  };
  menu.addEventListener("click", () => show(!contents.classList.contains("open")));
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a")) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !contents.classList.contains("open")) return;
    show(false);
    menu.focus();
  });

  const current = contents.querySelector("[aria-current]");
  if (current) contents.scrollTop = current.offsetTop - contents.clientHeight / 3;

  const links = [...document.querySelectorAll("aside.here a")];
  const targets = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const spy = () => {
    const passed = targets.filter((target) => target && target.getBoundingClientRect().top < 140).length;
    const end = innerHeight + scrollY > root.scrollHeight - 4 && scrollY > 0;
    const here = end ? links.length - 1 : Math.max(0, passed - 1);
    links.forEach((link, index) => {
      if (index === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    const aside = links[here].closest("aside");
    const place = links[here].getBoundingClientRect().top - aside.getBoundingClientRect().top;
    if (place < 0 || place > aside.clientHeight - 80) aside.scrollTop += place - aside.clientHeight / 2;
  };
  if (links.length > 0) {
    addEventListener("scroll", spy, { passive: true });
    spy();
  }
})();
