"""The rendered documents of a brief -> the same documents where people find them, and nothing stale beside them."""

import shutil
from pathlib import Path


def deliver_brief(*, rendered: list[str], delivered: list[str], kept: dict[str, list[str]]) -> None:
    """Copy each rendered document to its place; remove figures and tables that the brief no longer has.

    `kept` names what is to stay in each folder beside the documents: {"figures": [...], "tables": [...]}.
    """
    for source, target in zip(rendered, delivered, strict=True):
        unfinished = Path(f"{target}.part")
        shutil.copyfile(source, unfinished)
        unfinished.replace(target)
    for folder, names in kept.items():
        _remove_others(Path(delivered[0]).parent / folder, _language(delivered[0]), names)


def _language(document: str) -> str:
    return Path(document).name.split(".")[1]


def _remove_others(folder: Path, language: str, names: list[str]) -> None:
    for path in folder.glob(f"*.{language}.*"):
        if path.name.split(".")[0] not in names:
            path.unlink()


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        deliver_brief(
            rendered=list(snakemake.input.rendered),
            delivered=list(snakemake.output),
            kept=snakemake.params.kept,
        )
