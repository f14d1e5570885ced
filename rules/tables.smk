"""The tables of a brief, laid out for every format.

Needs  build/{evaluation}/model/{language}/{table}.csv
Gives  build/{evaluation}/tables/{table}.{language}.json (its layout), .csv (its data)
"""


rule lay_out_table:
    """Lay out a table of an evaluation: columns, cells in the language's formats, caption, source."""
    input:
        code=code("lay_out_{table}.py"),
        tables=lambda w: model(*TABLES[w.table]),
    output:
        layout="build/{evaluation}/tables/{table}.{language}.json",
        data=report("build/{evaluation}/tables/{table}.{language}.csv", **shown("table", caption_in("layout"))),
    log:
        "build/{evaluation}/logs/lay_out_table.{table}.{language}.log",
    group:
        submission("{evaluation}.{language}")
    params:
        sources=content(code("lay_out_{table}.py")),
        labels=labels("tables", "{table}"),
        locale=lambda w: locale_of(labels_of(w.language)),
        vocabulary=vocabulary,
        countries=countries,
        settings=settings,
    script:
        "../scripts/lay_out_{wildcards.table}.py"
