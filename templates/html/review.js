// What the review page does beyond being read: marks of the kinds that are not wanted go, and one goes from change to
// change by buttons or keys.
"use strict";
{
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const kinds = new Map(read("changes"));
  const names = read("kinds");
  const marks = [...document.querySelectorAll("[data-change]")];
  const boxes = [...document.querySelectorAll(".bar input")];
  const where = document.querySelector(".where");
  const kindOf = (mark) => kinds.get(Number(mark.dataset.change));
  let here = null;

  // The first mark of each change that is shown.
  const stops = () => {
    const seen = new Set(["0"]);
    return marks.filter((mark) => {
      if (mark.classList.contains("off") || seen.has(mark.dataset.change)) return false;
      seen.add(mark.dataset.change);
      return true;
    });
  };

  const filter = () => {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const mark of marks) {
      const kind = kindOf(mark);
      mark.classList.toggle("off", kind !== undefined && !wanted.has(kind));
    }
  };

  const go = (step) => {
    const list = stops();
    if (!list.length) return;
    const last = list.indexOf(here);
    const place = last < 0 ? (step > 0 ? 0 : list.length - 1) : (last + step + list.length) % list.length;
    here?.classList.remove("here");
    here = list[place];
    here.classList.add("here");
    here.tabIndex = -1;
    here.scrollIntoView({ block: "center" });
    here.focus({ preventScroll: true });
    const words = { number: place + 1, count: list.length, kind: names[kindOf(here)] };
    where.textContent = document.body.dataset.position.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  };

  // A shadow at the edge of what is wider than its frame.
  const fade = (frame) => {
    frame.classList.toggle("more", frame.scrollLeft + frame.clientWidth + 1 < frame.scrollWidth);
  };
  const frames = [...document.querySelectorAll(".frame")];
  for (const frame of frames) frame.addEventListener("scroll", () => fade(frame), { passive: true });
  const measure = () => frames.forEach(fade);
  addEventListener("resize", measure);
  measure();

  for (const box of boxes) box.addEventListener("change", filter);
  document.querySelector(".next")?.addEventListener("click", () => go(1));
  document.querySelector(".previous")?.addEventListener("click", () => go(-1));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches?.("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "n") go(1);
    if (event.key === "p") go(-1);
  });
}
