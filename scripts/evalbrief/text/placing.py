"""Write figures, tables and references to them as Markdown, and remember which ones the text has placed."""

from collections.abc import Mapping

from evalbrief.text.markdown import Markdown, attribute, escape

TABLE_SUFFIX = "_table"


class Placing:
    """The figures and tables of one brief by the name a text uses; a table's name ends in _table.

    `figures` and `tables` map a name to its words: caption, source, and alternative text or summary.
    """

    def __init__(self, figures: Mapping[str, dict], tables: Mapping[str, dict], language: str) -> None:
        self._figures = figures
        self._tables = {f"{name}{TABLE_SUFFIX}": words for name, words in tables.items()}
        self._language = language
        self.placed: set[str] = set()

    @property
    def figure_names(self) -> list[str]:
        """List the names of the figures."""
        return list(self._figures)

    @property
    def table_names(self) -> list[str]:
        """List the names of the tables, each with its suffix."""
        return list(self._tables)

    def figure(self, name: str) -> Markdown:
        """Place a figure: caption, picture, alternative text, source."""
        self.placed.add(name)
        words = self._figures[name]
        source = f" source={attribute(words['source'])}" if words["source"] else ""
        return Markdown(
            f"![{escape(words['caption'])}](figures/{name}.{self._language}.svg)"
            f"{{#fig-{name} alt={attribute(words['alt'])}{source}}}"
        )

    def table(self, name: str) -> Markdown:
        """Place a table: its caption; the rows come from its layout when the tree is made."""
        self.placed.add(name)
        plain, caption = name.removesuffix(TABLE_SUFFIX), escape(self._tables[name]["caption"])
        return Markdown(f'::: {{#table-{plain} .table layout="{plain}"}}\n{caption}\n:::')

    def ref(self, name: str) -> Markdown:
        """Refer to a figure or table; its number is known when the tree is made."""
        kind = "table" if name in self._tables else "fig"
        return Markdown(f"[](#{kind}-{name.removesuffix(TABLE_SUFFIX)}){{.reference}}")

    def place(self, name: str) -> Markdown:
        """Place a figure or table by its name."""
        return self.table(name) if name in self._tables else self.figure(name)
