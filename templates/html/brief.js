// What the page does beyond being read: contents that stand open where there is room, frames that take the keyboard
// only while they scroll, tables that sort. Without it everything is there, in its own order.
"use strict";
{
  const words = document.body.dataset;
  const say = (text) => { document.querySelector(".said").textContent = text; };

  // Contents: open beside the text, closed above it; the section being read is marked.
  const contents = document.querySelector(".contents details");
  const roomy = matchMedia("(min-width: 68rem)");
  const fold = () => { contents.open = roomy.matches; };
  roomy.addEventListener("change", fold);
  fold();
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && !roomy.matches) contents.open = false;
  });

  const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(id));
  const mark = () => {
    const read = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).pop();
    for (const [id, link] of links) {
      if (read && read.id === id) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();

  // Frames: a stop for the keyboard and a region to name only while something is out of sight.
  const fade = (frame) => {
    frame.classList.toggle("more", frame.scrollLeft + frame.clientWidth + 1 < frame.scrollWidth);
  };
  const measure = (frame) => {
    const scrolls = frame.scrollWidth > frame.clientWidth + 1;
    if (scrolls) {
      frame.setAttribute("role", "region");
      frame.tabIndex = 0;
    } else {
      frame.removeAttribute("role");
      frame.removeAttribute("tabindex");
    }
    // A name is for a region only.
    if (scrolls) frame.setAttribute("aria-labelledby", frame.dataset.name);
    else frame.removeAttribute("aria-labelledby");
    fade(frame);
  };
  const watch = new ResizeObserver((entries) => entries.forEach((entry) => measure(entry.target)));
  for (const frame of document.querySelectorAll(".frame")) {
    frame.dataset.name = frame.getAttribute("aria-labelledby");
    frame.addEventListener("scroll", () => fade(frame), { passive: true });
    watch.observe(frame);
  }

  // Tables: a button in each header cell sorts up, then down, then back to the order of the brief.
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
  const WORDS = { none: words.sortedNot, ascending: words.sortedUp, descending: words.sortedDown };

  const compare = (column, numeric) => (a, b) => numeric
    ? Number(a.cells[column].dataset.value) - Number(b.cells[column].dataset.value)
    : collator.compare(a.cells[column].textContent.trim(), b.cells[column].textContent.trim());

  const sorted = (rows, column, order) => {
    if (order === "none") return rows;
    const numeric = rows.some((row) => row.cells[column].dataset.value !== undefined);
    const isGap = ({ cells }) => numeric ? cells[column].dataset.value === undefined
      : cells[column].querySelector(".gap") !== null || cells[column].textContent.trim() === "";
    const known = rows.filter((row) => !isGap(row)).sort(compare(column, numeric));
    if (order === "descending") known.reverse();
    return [...known, ...rows.filter(isGap)];
  };

  const makeSortable = (table) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    if (rows.length < 2 || table.tBodies.length > 1) return;
    heads.forEach((head, column) => {
      const name = head.textContent.trim();
      const button = document.createElement("button");
      button.type = "button";
      button.title = words.sortBy.replace("{}", name);
      button.append(...head.childNodes);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const order = NEXT[head.getAttribute("aria-sort") ?? "none"];
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (order !== "none") head.setAttribute("aria-sort", order);
        body.append(...sorted(rows, column, order));
        say(WORDS[order].replace("{}", name));
      });
    });
  };
  document.querySelectorAll(".sortable table").forEach((table) => { if (table.tHead) makeSortable(table); });
}
