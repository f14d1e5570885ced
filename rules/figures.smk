"""The figures of a brief, each from the tables of the model that it reads.

Needs  build/{evaluation}/model/{language}/{table}.csv, templates/brief.mplstyle
Gives  build/fonts/*.ttf, build/{evaluation}/figures/{figure}.{language}.svg, .png, .csv (its data), .json (its words)
"""

STATIC_FONTS = ["build/fonts/NotoSans-Regular.ttf", "build/fonts/NotoSans-Bold.ttf"]


rule cut_fonts:
    """Cut the fonts of the brief to the fixed weights that figures are drawn with."""
    input:
        code=code("cut_fonts.py"),
    output:
        STATIC_FONTS,
    log:
        "build/fonts/logs/cut_fonts.log",
    params:
        sources=content(code("cut_fonts.py")),
    script:
        "../scripts/cut_fonts.py"


rule draw_figure:
    """Draw a figure of an evaluation, with its data and its words."""
    input:
        code=code("draw_{figure}.py"),
        tables=lambda w: model(*FIGURES[w.figure]),
        style="templates/brief.mplstyle",
        fonts=STATIC_FONTS,
    output:
        svg="build/{evaluation}/figures/{figure}.{language}.svg",
        png="build/{evaluation}/figures/{figure}.{language}.png",
        data="build/{evaluation}/figures/{figure}.{language}.csv",
        words="build/{evaluation}/figures/{figure}.{language}.json",
    log:
        "build/{evaluation}/logs/draw_figure.{figure}.{language}.log",
    params:
        sources=content(code("draw_{figure}.py"), "templates/brief.mplstyle"),
        labels=labels("figures", "{figure}"),
        vocabulary=labels("vocabulary"),
        countries=labels("countries"),
        typography=labels("typography"),
        colours=THEME["colours"],
        settings=settings,
    script:
        "../scripts/draw_{wildcards.figure}.py"
