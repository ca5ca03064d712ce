// Keyboard: ignored in input fields, and together with a modifier key.
(() => {
  const sections = () => [
    ...document.querySelectorAll("main .step, main .hop, main :is(h2, h3)[id]:not(.step > h2, .hop > h3)"),
  ];
  const top = (element) => element.getBoundingClientRect().top;
  const OFFSET = 90;
  const at = () => sections().findLastIndex((section) => top(section) < OFFSET);
  const go = (section) => {
    if (!section) return;
    section.scrollIntoView({ block: "start" });
    section.tabIndex = -1;
    section.focus({ preventScroll: true });
  };
  const acts = {
    "/": () => {
      const input = document.getElementById("search");
      input.focus();
      input.select();
    },
    n: () => document.querySelector(".way [rel=next]")?.click(),
    p: () => document.querySelector(".way [rel=prev]")?.click(),
    j: () => go(sections().find((section) => top(section) > OFFSET)),
    k: () => go(sections()[Math.max(0, at() - (at() >= 0 && top(sections()[at()]) > 40 ? 1 : 0))]),
    c: () => (sections()[at()] ?? document).querySelector?.(".copy")?.click(),
    t: () => document.getElementById("theme").click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select")) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
