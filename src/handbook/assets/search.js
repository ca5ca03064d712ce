// The search. First come entries that contain every word, or words that start with it, by relevance. Then come entries with the
// words inside other words. If there are none, entries with similar words come.
(() => {
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  const found = document.getElementById("found");
  const root = document.body.dataset.root;
  const MOST = 20;
  const entries = (window.HANDBOOK_INDEX ?? []).map(([url, title, where, text], id) => ({
    id,
    url,
    title,
    where,
    text,
    all: `${title}\n${where}\n${text}`.toLowerCase(),
  }));
  let chosen = -1;

  let index;
  // Built when it is first needed: most pages are read without a search.
  const indexed = () => {
    if (index === undefined) {
      index = new MiniSearch({ fields: ["title", "where", "text"] });
      index.addAll(entries);
    }
    return index;
  };
  const search = (words, whole) => {
    const options = {
      combineWith: "AND",
      boost: { title: 6, where: 2 },
      boostDocument: (id) => (entries[id].title.toLowerCase() === whole ? 20 : 1),
    };
    const relevant = indexed().search(whole, { ...options, prefix: true });
    const inside = entries.filter(({ all }) => words.every((word) => all.includes(word)));
    const ids = new Set([...relevant, ...inside].map(({ id }) => id));
    if (ids.size > 0) return [...ids].map((id) => entries[id]);
    const similar = indexed().search(whole, { ...options, fuzzy: 0.25 });
    return similar.map(({ id }) => entries[id]);
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
  const excerpt = ({ text }, words) => {
    const lower = text.toLowerCase();
    const at = Math.min(...words.map((word) => lower.indexOf(word)).filter((place) => place >= 0));
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
    const hits = search(words, whole).slice(0, MOST);
    hits.forEach((entry, index) => {
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
