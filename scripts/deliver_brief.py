"""The rendered documents of a brief -> the same documents where people find them, and the record of their delivery."""

import hashlib
import shutil
from pathlib import Path


def deliver_brief(*, rendered: list[str], documents: list[str], kept: dict[str, list[str]], record: str) -> None:
    """Put each rendered document in its place whole, then write the record: a digest and a name on each line.

    Figures and tables that the brief no longer has are removed; `kept` names those that stay, by folder:
    {"figures": [...], "tables": [...]}.
    """
    for source, target in zip(rendered, documents, strict=True):
        unfinished = Path(f"{target}.part")
        shutil.copyfile(source, unfinished)
        unfinished.replace(target)
    for folder, names in kept.items():
        _remove_others(Path(record).parent / folder, _language(record), names)
    lines = [f"{hashlib.sha256(Path(path).read_bytes()).hexdigest()}  {Path(path).name}\n" for path in documents]
    Path(record).write_text("".join(lines), encoding="utf-8", newline="\n")


def _language(path: str) -> str:
    return Path(path).name.split(".")[1]


def _remove_others(folder: Path, language: str, names: list[str]) -> None:
    for path in folder.glob(f"*.{language}.*"):
        if path.name.split(".")[0] not in names:
            path.unlink()


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        deliver_brief(
            rendered=list(snakemake.input.rendered),
            documents=snakemake.params.documents,
            kept=snakemake.params.kept,
            record=snakemake.output.record,
        )
