// What the status page does beyond being read: rows that are not looked for go.
"use strict";
{
  const form = document.querySelector(".filters");
  const rows = [...document.querySelectorAll("tbody tr")];
  const count = form.querySelector(".count");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const filter = () => {
    const words = plain(form.elements.words.value).split(/\s+/);
    const { state, language } = form.elements;
    for (const row of rows) {
      const text = plain(row.textContent);
      const languages = row.dataset.languages.split(" ");
      row.hidden =
        !words.every((word) => text.includes(word)) ||
        (state.value !== "" && state.value !== row.dataset.state) ||
        (language.value !== "" && !languages.includes(language.value));
    }
    count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  };

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
