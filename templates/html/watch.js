// Added to a page on its way to the browser, never to the file: it loads the page anew when that has been made anew,
// where it was being read, and lays over it what is wrong with the data as long as something is.
"use strict";
{
  const { page, version, style } = document.currentScript.dataset;

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const status = make("span", { role: "status" });
  const sentences = make("div", { class: "sentences", role: "alert" });
  const hide = make("button", { type: "button" }, "Hide");
  const trouble = make("div", { class: "trouble" }, sentences, make("p", {}, hide));
  const links = make("nav", { "aria-label": "Documents" }, status);
  if (page) {
    links.append(make("a", { href: "/" }, "All briefs"));
    for (const [name, ending] of [["PDF", "pdf"], ["Word", "docx"]]) {
      links.append(make("a", { href: `/${page.replace(/html$/, ending)}` }, name));
    }
  }
  const host = make("brief-preview", { lang: "en" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
  host.append(make("aside", { "aria-label": "Preview" }, links, trouble));
  document.body.append(host);

  // Where it was being read: the nearest named place above the upper edge, for what is above it may have changed.
  const KEY = `preview of ${page}`;
  const named = () => [...document.querySelectorAll("main [id]")];
  const remember = () => {
    const above = named().filter((element) => element.getBoundingClientRect().top <= 0).pop();
    const place = above ? { id: above.id, top: above.getBoundingClientRect().top } : {};
    sessionStorage.setItem(KEY, JSON.stringify({ ...place, y: scrollY }));
  };
  const goBack = ({ id, top, y }) => {
    const above = id && document.getElementById(id);
    const to = above ? scrollY + above.getBoundingClientRect().top - top : y;
    scrollTo({ top: to, behavior: "instant" });
  };
  const kept = sessionStorage.getItem(KEY);
  history.scrollRestoration = kept ? "manual" : "auto";
  if (kept) {
    sessionStorage.removeItem(KEY);
    addEventListener("load", () => document.fonts.ready.then(() => {
      goBack(JSON.parse(kept));
      history.scrollRestoration = "auto";
    }));
  }

  let shown = "";
  const show = (found) => {
    const now = found.join("\n");
    if (now === shown) return;
    shown = now;
    sentences.replaceChildren();
    trouble.classList.toggle("shown", found.length > 0);
    if (!found.length) return;
    const list = make("ul", {}, ...found.map((sentence) => make("li", {}, sentence)));
    sentences.append(make("h2", {}, "The last change could not be built"), list);
    if (sentences.scrollHeight > sentences.clientHeight) sentences.tabIndex = 0;
    else sentences.removeAttribute("tabindex");
  };
  hide.addEventListener("click", () => trouble.classList.remove("shown"));

  let news;
  const hear = (event) => {
    const said = JSON.parse(event.data);
    if (said.version && said.version !== version) {
      news.close();
      remember();
      location.reload();
      return;
    }
    const doing = said.waiting ? "Waiting for another build …" : "Building …";
    status.textContent = said.building ? doing : "Up to date";
    if (!said.building) {
      if (said.trouble.length) status.textContent = "Not up to date";
      show(said.trouble);
    }
  };
  // A browser keeps no more than six connections to a server: a tab that nobody sees leaves its own to the others, and
  // is told what it missed as soon as it is seen.
  const listen = () => {
    news?.close();
    if (document.visibilityState === "hidden") return;
    news = new EventSource(`/events?page=${encodeURIComponent(page)}`);
    news.addEventListener("message", hear);
    news.addEventListener("error", () => { status.textContent = "Not watched: start brief.py watch again"; });
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}
