"use strict";
(() => {
  const make = (name, words, more) => Object.assign(document.createElement(name), { textContent: words ?? "" }, more);
  const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  // --- tables: every heading sorts, a field filters -------------------------------------------------------------

  // Lays the rows of a table out anew, in the blocks that they came in; those that are not looked for wait in a hidden one.
  const laid = (table) => {
    const blocks = Array.from(table.tBodies), size = blocks[0].rows.length, out = make("tbody", "", { hidden: true });
    const rows = blocks.flatMap((block) => Array.from(block.rows));
    let order = rows, found = new Set(rows);
    blocks.at(-1).after(out);
    return {
      rows,
      lay(changed) {
        ({ order, found } = { order, found, ...changed });
        const seen = order.filter((row) => found.has(row));
        for (const [at, block] of blocks.entries()) {
          block.replaceChildren(...seen.slice(at * size, (at + 1) * size));
          block.hidden = at && !block.rows.length;
        }
        out.replaceChildren(...order.filter((row) => !found.has(row)));
      },
    };
  };

  const sorted = (rows, at, down) => {
    const keys = rows.map(({ cells }) => cells[at]?.dataset.k ?? cells[at]?.textContent ?? "");
    const figures = keys.every((key) => !Number.isNaN(Number(key)));
    const compared = figures ? (a, b) => keys[a] - keys[b] : (a, b) => words.compare(keys[a], keys[b]);
    const known = Array.from(keys.keys()).filter((place) => keys[place] !== "");
    known.sort((a, b) => (down ? compared(b, a) : compared(a, b)) || a - b);
    // What is not known comes last, either way.
    return [...known.map((place) => rows[place]), ...rows.filter((_, place) => keys[place] === "")];
  };

  const sortable = (table, { rows, lay }) => {
    for (const [at, head] of Array.from(table.tHead.rows[0].cells).entries()) {
      const button = make("button", head.textContent, { type: "button" });
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        lay({ order: sorted(rows, at, down) });
      });
      head.replaceChildren(button);
    }
  };

  const filterable = (table, { rows, lay }) => {
    if (rows.length < 8) return;
    const title = table.caption.firstElementChild.textContent.trim();
    const field = make("input", "", { type: "search", placeholder: "Filter rows" });
    field.setAttribute("aria-label", `Filter ${title}`);
    const told = make("span", "", { className: "found" });
    told.setAttribute("role", "status");
    let texts;
    field.addEventListener("input", () => {
      const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      texts ??= rows.map(({ cells }) => Array.from(cells, (cell) => cell.textContent).join(" ").toLowerCase());
      const found = new Set(rows.filter((_, at) => wanted.every((word) => texts[at].includes(word))));
      lay({ found });
      told.textContent = wanted.length ? `${found.size.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows` : "";
    });
    const tools = make("div", "", { className: "tools" });
    tools.append(field, told);
    table.parentElement.before(tools);
  };

  // --- timelines: nearer and farther, earlier and later ---------------------------------------------------------

  const STEPS = [1, 3, 12, 24, 60, 120, 240, 600];
  const NARROWEST = { 1: 34, 3: 30 };
  const FARTHEST = 1, NEAREST = 64;

  const zoomable = (plots) => {
    const scroller = plots.querySelector(".scroller");
    const table = plots.querySelector(".lanes");
    const axis = plots.querySelector(".axis");
    const months = Number(table.dataset.months);
    let zoom = 1;

    const side = () => table.tBodies[0].rows[0]?.cells[0].offsetWidth ?? 0;
    const stacked = () => getComputedStyle(table.tHead.rows[0].cells[0]).display === "none";
    const named = () => {
      const room = axis.clientWidth;
      const step = STEPS.find((months_) => (room * months_) / months >= (NARROWEST[months_] ?? 40)) ?? 600;
      axis.dataset.step = step;
    };
    const turn = (wanted, at = 0.5) => {
      const before = axis.clientWidth, left = stacked() ? 0 : side(), seen = scroller.clientWidth - left;
      const held = (scroller.scrollLeft + seen * at) / before;
      zoom = Math.min(Math.max(wanted, FARTHEST), NEAREST);
      scroller.style.setProperty("--zoom", String(zoom));
      scroller.scrollLeft = held * axis.clientWidth - seen * at;
      named();
      farther.disabled = whole.disabled = zoom === FARTHEST;
      nearer.disabled = zoom === NEAREST;
      told.textContent = zoom === 1 ? "" : `${Math.round(zoom * 10) / 10} times as near`;
    };
    const shift = (share) => { scroller.scrollLeft += share * scroller.clientWidth; };

    const button = (sign, label, act) => {
      const made = make("button", sign, { type: "button", title: label });
      made.setAttribute("aria-label", label);
      made.addEventListener("click", act);
      return made;
    };
    const nearer = button("+", "Zoom in", () => turn(zoom * 2));
    const farther = button("\u2212", "Zoom out", () => turn(zoom / 2));
    const whole = button("Whole", "Show the whole timeline", () => turn(1));
    const earlier = button("\u2190", "Earlier", () => shift(-0.4));
    const later = button("\u2192", "Later", () => shift(0.4));
    const told = make("span", "");
    told.setAttribute("role", "status");
    const tools = make("div", "", { className: "tools" });
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Timeline view");
    tools.append(nearer, farther, whole, earlier, later, told);
    plots.prepend(tools);

    scroller.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const acts = { "+": () => turn(zoom * 2), "=": () => turn(zoom * 2), "-": () => turn(zoom / 2), 0: () => turn(1),
        ArrowLeft: () => shift(-0.2), ArrowRight: () => shift(0.2) };
      if (!acts[event.key]) return;
      acts[event.key]();
      event.preventDefault();
    });
    new ResizeObserver(named).observe(axis);
    turn(1);
  };

  // --- events: a mark opens the row that it stands for ----------------------------------------------------------

  const shown = document.createElement("dialog");
  const opened = (row) => {
    const heads = row.closest("table").tHead.rows[0].cells;
    const list = document.createElement("dl");
    for (const [at, cell] of Array.from(row.cells).entries()) {
      if (!cell.textContent.trim()) continue;
      const pair = document.createElement("div"), told = document.createElement("dd");
      told.append(...Array.from(cell.childNodes, (node) => node.cloneNode(true)));
      pair.append(make("dt", heads[at].textContent), told);
      list.append(pair);
    }
    const title = make("h3", row.closest("table").caption.firstElementChild.textContent.trim(), { id: "opened" });
    const close = make("button", "Close", { type: "button" });
    close.addEventListener("click", () => shown.close());
    shown.replaceChildren(title, list, close);
    shown.showModal();
  };
  shown.setAttribute("aria-labelledby", "opened");
  shown.addEventListener("click", (event) => { if (event.target === shown) shown.close(); });
  document.body.append(shown);

  for (const table of document.querySelectorAll("table.data")) {
    const held = laid(table);
    sortable(table, held);
    filterable(table, held);
  }
  for (const plots of document.querySelectorAll("[data-plots]")) {
    zoomable(plots);
    plots.addEventListener("click", (event) => {
      const mark = event.target.closest("a");
      const row = mark && document.getElementById(mark.getAttribute("href").slice(1));
      if (!row || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      opened(row);
    });
  }
  addEventListener("beforeprint", () => { for (const folded of document.querySelectorAll("details")) folded.open = true; });
})();
