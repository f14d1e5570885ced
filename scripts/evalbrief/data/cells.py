"""Turn the text of one cell into a value, or say what is wrong with it."""

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.numbers import is_currency

from evalbrief.data.problem import meant
from evalbrief.data.schema import Column

Value = str | int | Decimal

SPREADSHEET_ERRORS = {"#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DIV/0!", "#NOM?", "#VALEUR!", "#¡REF!"}
YES = {"yes", "oui", "si", "sí", "x", "1", "true", "vrai"}
NO = {"no", "non", "0", "false", "faux"}
KEY = re.compile(r"[a-z][a-z0-9_]*")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# French and Swiss spreadsheets group digits with these; a plain space too.
GROUPING = "\u00a0\u202f '’"
NUMBER = re.compile(rf"[-−]?(?:[0-9]+|[0-9]{{1,3}}(?:[{GROUPING}][0-9]{{3}})+)(?:[.,][0-9]+)?")


class CellError(ValueError):
    """A cell that cannot be read: what was found against what is allowed, and a hint."""

    def __init__(self, found: str, hint: str) -> None:
        super().__init__(found)
        self.found, self.hint = found, hint


def parse_cell(text: str, column: Column, choices: Collection[str] | None) -> Value:
    """Read a cell that is not empty; `choices` are the keys a choice, criterion or reference may name, None any.

    Raises CellError for anything the column does not allow.
    """
    if text.upper() in SPREADSHEET_ERRORS:
        empty = ": the cell is required." if column.required else ", or leave the cell empty."
        raise CellError(f'"{text}" is a spreadsheet error, not a value.', f"Correct the formula{empty}")
    if column.type in {"choice", "criterion", "reference"}:
        return text if choices is None else _chosen(text, column, choices)
    return PARSERS[column.type](text, column)


def _text(text: str, column: Column) -> str:
    if column.longest and len(text) > column.longest:
        raise CellError(
            f'"{_short(text)}" has {len(text)} characters.', f"At most {column.longest} fit here: shorten it."
        )
    return text


def _key(text: str, _: Column) -> str:
    if not KEY.fullmatch(text):
        raise CellError(f'"{text}" is not a key.', "Use small letters, digits and _, and begin with a letter.")
    return text


def _number(text: str, column: Column) -> Decimal:
    compact = text.translate({ord(sign): None for sign in GROUPING})
    if not NUMBER.fullmatch(text):
        empty = "." if column.required else ", or leave it empty."
        hint = f"Write digits only, without a unit or sign, as in 60 or 2.5{empty}"
        raise CellError(f'"{_short(text)}" is not a number.', hint)
    if re.fullmatch(r"[-−]?[1-9][0-9]{0,2}[.,][0-9]{3}", compact):
        whole, fraction = re.split("[.,]", compact)
        # A fourth digit makes the decimals plain, where there are three that count.
        fraction = fraction + "0" if fraction[-1] != "0" else fraction.rstrip("0") or "0"
        raise CellError(
            f'"{text}" can be read in two ways.',
            f"Write {re.sub('[.,]', '', compact)} if it is in thousands, or {whole}.{fraction} if it has decimals.",
        )
    return _within(Decimal(compact.replace(",", ".").replace("−", "-")), text, column)


def _integer(text: str, column: Column) -> int:
    try:
        value = _number(text, column)
    except CellError as error:
        if "two ways" not in error.found:
            raise
        raise CellError(
            error.found, f"Only whole numbers are allowed here: write {re.sub('[.,]', '', text)} if that is meant."
        ) from None
    if value != value.to_integral_value():
        raise CellError(f'"{text}" is not a whole number.', "Only whole numbers are allowed here: correct it.")
    return int(value)


def _within(value: Decimal, text: str, column: Column) -> Decimal:
    if column.minimum is not None and value < Decimal(str(column.minimum)):
        raise CellError(f'"{text}" is too small.', f"The smallest value allowed is {column.minimum:g}.")
    if column.maximum is not None and value > Decimal(str(column.maximum)):
        raise CellError(f'"{text}" is too large.', f"The largest value allowed is {column.maximum:g}.")
    return value


def _date(text: str, _: Column) -> str:
    hint = "Write the year, the month or the day: 2023, 2023-10 or 2023-10-31."
    match = DATE.fullmatch(text)
    if not match:
        raise CellError(f'"{_short(text)}" is not a date.', hint)
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        raise CellError(f'"{text}" is a day that does not exist.', hint) from None
    return text


def _country(text: str, _: Column) -> str:
    if not re.fullmatch("[A-Z]{2}", text) or text not in Locale("en").territories:
        raise CellError(
            f'"{_short(text)}" is not a country code.',
            "Use the two letters of ISO 3166-1, such as CI for Côte d'Ivoire.",
        )
    return text


def _currency(text: str, _: Column) -> str:
    if not is_currency(text):
        raise CellError(
            f'"{_short(text)}" is not a currency.', "Use the three letters of ISO 4217, such as EUR or USD."
        )
    return text


def _flag(text: str, _: Column) -> str:
    if text.lower() in YES:
        return "yes"
    if text.lower() in NO:
        return ""
    raise CellError(f'"{_short(text)}" is neither yes nor no.', "Write yes, or leave the cell empty.")


def _chosen(text: str, column: Column, choices: Collection[str]) -> str:
    # A spreadsheet may show the level 3 as 3.0.
    chosen = text.removesuffix(".0") if column.type == "reference" else text
    if chosen in choices:
        return chosen
    place = f" in {column.reference.partition('.')[0]}.csv" if column.reference else ""
    if not choices:
        raise CellError(f'"{_short(text)}" is not known here.', f"There is no row{place} that it could name.")
    hint = f"{meant(text, choices)} Allowed{place}: {', '.join(sorted(choices))}.".lstrip()
    raise CellError(f'"{_short(text)}" is not known here.', hint)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


PARSERS: dict[str, Callable[[str, Column], Value]] = {
    "text": _text,
    "key": _key,
    "number": _number,
    "integer": _integer,
    "date": _date,
    "country": _country,
    "currency": _currency,
    "flag": _flag,
}
