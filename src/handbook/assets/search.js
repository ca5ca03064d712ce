// The search: every word must be in an entry; words in its title weigh most.
(() => {
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  const found = document.getElementById("found");
  const root = document.body.dataset.root;
  const MOST = 20;
  const entries = (window.HANDBOOK_INDEX ?? []).map(([url, title, where, text]) => ({
    url,
    title,
    where,
    text,
    low: { title: title.toLowerCase(), where: where.toLowerCase(), text: text.toLowerCase() },
  }));
  let chosen = -1;

  const weigh = ({ low }, words, whole) => {
    // The shorter the title around the words, the more it is about them.
    const about = (60 * whole.length) / low.title.length;
    let weight = low.title === whole ? 200 : low.title.includes(whole) ? about : 0;
    for (const word of words) {
      if (low.title.includes(word)) weight += low.title.split(/\W+/).includes(word) ? 25 : 14;
      else if (low.where.includes(word)) weight += 6;
      else if (low.text.includes(word)) weight += 3;
      else return 0;
    }
    return weight;
  };
  const marked = (text, words) => {
    const parts = document.createDocumentFragment();
    const pattern = new RegExp(`(${words.map((word) => word.replace(/[^\w]/g, "\\$&")).join("|")})`, "i");
    text.split(pattern).forEach((part, index) => {
      const piece = index % 2 === 0 ? document.createTextNode(part) : document.createElement("mark");
      piece.textContent = part;
      parts.append(piece);
    });
    return parts;
  };
  const excerpt = ({ text, low }, words) => {
    const at = Math.min(...words.map((word) => low.text.indexOf(word)).filter((place) => place >= 0));
    if (!Number.isFinite(at)) return "";
    const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, at - 40)) + 1);
    const end = text.indexOf(" ", at + 80);
    return `${start > 0 ? "… " : ""}${end < 0 ? text.slice(start) : `${text.slice(start, end)} …`}`;
  };
  const choose = (index) => {
    const items = [...list.children];
    chosen = items.length === 0 ? -1 : (index + items.length) % items.length;
    items.forEach((item, number) => {
      item.setAttribute("aria-selected", String(number === chosen));
    });
    const item = items[chosen];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const show = () => {
    const whole = input.value.trim().toLowerCase();
    const words = whole.split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (words.length === 0) {
      found.textContent = "";
      return close();
    }
    const hits = entries
      .map((entry) => ({ entry, weight: weigh(entry, words, whole) }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MOST);
    hits.forEach(({ entry }, index) => {
      const item = document.createElement("li");
      item.id = `result-${index}`;
      item.setAttribute("role", "option");
      const link = document.createElement("a");
      link.href = root + entry.url;
      link.tabIndex = -1;
      const title = document.createElement("b");
      title.append(marked(entry.title, words));
      const where = document.createElement("small");
      where.append(entry.where);
      const text = document.createElement("small");
      text.append(marked(excerpt(entry, words), words));
      link.append(title, where, text);
      item.append(link);
      list.append(item);
    });
    if (hits.length === 0) {
      const none = document.createElement("li");
      none.textContent = "Nothing found.";
      none.style.padding = "0.4rem 0.6rem";
      list.append(none);
    }
    found.textContent = hits.length === 0 ? "Nothing found" : `${hits.length} found`;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    chosen = -1;
    if (hits.length > 0) choose(0);
  };

  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value.trim() !== "" && show());
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      list.children[chosen]?.querySelector("a")?.click();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden || input.value === "") input.blur();
      input.value = "";
      close();
    }
  });
  list.addEventListener("click", close);
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) close();
  });
})();
