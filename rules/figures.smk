"""The figures of a brief, each from the tables of the model that it reads.

Needs  build/{evaluation}/model/{language}/{table}.csv, templates/brief.mplstyle
Gives  build/fonts/{face}.ttf, build/{evaluation}/figures/{figure}.{language}.svg, .png, .csv (its data), .json (its words)
"""


rule cut_fonts:
    """Cut the fonts of the theme to fixed faces, which figures are drawn with and documents embed."""
    input:
        code=code("cut_fonts.py"),
        fonts=OWN_FONTS,
    output:
        fonts=STATIC_FONTS,
    log:
        "build/fonts/logs/cut_fonts.log",
    group:
        submission("office")
    params:
        sources=content(code("cut_fonts.py"), *OWN_FONTS),
        faces=list(FACES.values()),
        own_folder=THEME["font_folder"],
    script:
        "../scripts/cut_fonts.py"


rule draw_figure:
    """Draw a figure of an evaluation, with its data and its words."""
    input:
        code=code("draw_{figure}.py"),
        tables=lambda w: model(*FIGURES[w.figure]),
        style="templates/brief.mplstyle",
        fonts=FIGURE_FONTS,
    output:
        svg="build/{evaluation}/figures/{figure}.{language}.svg",
        png=report("build/{evaluation}/figures/{figure}.{language}.png", **shown("figure", caption_in("words"))),
        data="build/{evaluation}/figures/{figure}.{language}.csv",
        words="build/{evaluation}/figures/{figure}.{language}.json",
    log:
        "build/{evaluation}/logs/draw_figure.{figure}.{language}.log",
    group:
        submission("{evaluation}.{language}")
    params:
        sources=content(code("draw_{figure}.py"), "templates/brief.mplstyle"),
        labels=labels("figures", "{figure}"),
        locale=lambda w: locale_of(labels_of(w.language)),
        vocabulary=vocabulary,
        countries=countries,
        typography=labels("typography"),
        colours=THEME["colours"],
        settings=settings,
    script:
        "../scripts/draw_{wildcards.figure}.py"
