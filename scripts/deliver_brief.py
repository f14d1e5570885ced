"""The rendered documents of a brief -> the same documents where people find them, and the record of their delivery."""

from pathlib import Path

from evalbrief.delivery import digest_lines, file_digest, ledger_path, put_in_place


def deliver_brief(*, rendered: list[str], documents: list[str], beside: list[str], record: str) -> None:
    """Put the rendered documents in place together, then write the record: a digest and a path on each line.

    `beside` are the files of the figures and tables; others of the same language in their folders are removed.
    """
    put_in_place(rendered, documents, ledger_path(Path(record)))
    folder = Path(record).parent
    kept = {Path(path) for path in beside}
    language = Path(record).name.split(".")[1]
    for path in [*folder.glob(f"figures/*.{language}.*"), *folder.glob(f"tables/*.{language}.*")]:
        if path not in kept:
            path.unlink()
    paths = [Path(path) for path in [*documents, *sorted(beside)]]
    digests = {path.relative_to(folder).as_posix(): file_digest(path) for path in paths}
    Path(record).write_text(digest_lines(digests), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    from evalbrief.job import logged

    with logged(snakemake.log[0]):
        deliver_brief(
            rendered=list(snakemake.input.rendered),
            documents=snakemake.params.documents,
            beside=[*snakemake.input.figures, *snakemake.input.tables],
            record=snakemake.output.record,
        )
