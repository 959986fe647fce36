// Words and titles to choose from under a search field: an ARIA combobox with a list. site.js fetches this file when
// somebody comes to the field; without it the form is sent as it is.
const WAIT = 120; // milliseconds after the last key
const SHORTEST = 2;

export const suggest = (field) => {
  const form = field.form;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  list.className = "suggest";
  list.id = `${field.id}-suggest`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.list);
  status.className = "vh";
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) field.setAttribute(name, value);

  let active = -1;
  let typed = field.value;
  let waiting, fetching;

  const close = () => {
    clearTimeout(waiting);
    fetching?.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    point(-1);
  };

  const point = (index) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else field.removeAttribute("aria-activedescendant");
  };

  const choose = (option) => {
    if (option.dataset.url) {
      close();
      location.assign(option.dataset.url);
      return;
    }
    field.value = typed = option.dataset.words;
    close();
    form.requestSubmit();
  };

  const option = (words, more, index) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.textContent = words;
    item.dataset.words = words;
    if (more) {
      const kind = document.createElement("small");
      kind.textContent = more.kind;
      item.append(" ", kind);
      item.dataset.url = more.url;
    }
    return item;
  };

  const show = ({ words, pages }) => {
    const items = [...words.map((word) => [word]), ...pages.map((page) => [page.title, page])];
    list.replaceChildren(...items.map(([text, page], index) => option(text, page, index)));
    point(-1);
    list.hidden = items.length === 0;
    field.setAttribute("aria-expanded", String(items.length > 0));
    status.textContent = items.length ? field.dataset.said.replace("{n}", items.length) : "";
  };

  const ask = async () => {
    fetching?.abort();
    fetching = new AbortController();
    try {
      const address = `${field.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      const response = await fetch(address, { signal: fetching.signal, credentials: "same-origin" });
      if (response.ok) show(await response.json());
    } catch {
      // A newer key was pressed, or the line is gone: the form still works.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    typed = field.value.trim();
    if (typed.length < SHORTEST) close();
    else waiting = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && count) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && count && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    } else if (count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      // One more place than there are options: back in the field, nothing chosen.
      const step = event.key === "ArrowDown" ? 1 : -1;
      point(((active + 1 + step + count + 1) % (count + 1)) - 1);
    }
  });
  field.addEventListener("blur", close);
  // Before the field loses its focus and the list is gone.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) choose(chosen);
  });
};
