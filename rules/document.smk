"""The documents of a brief: one source text, one tree, one writer per format.

Needs  build/{evaluation}/model/{language}/, figures/, tables/, data/{evaluation}/text/{language}/*.md, templates/
Gives  build/reference.docx, build/fonts/{face}.woff2,
       build/{evaluation}/context.{language}.json, brief.{language}.md, .json (the tree), .pdf, .docx, .html, .sha256
"""


rule build_context:
    """Gather every value that the text may say, each with where it comes from."""
    input:
        code=code("build_context.py"),
        tables=model(*MODEL_TABLES),
        facts="build/{evaluation}/model/{language}/facts.json",
        origins="build/{evaluation}/model/{language}/origins.json",
        values="build/{evaluation}/model/{language}/values.json",
        schemas=SCHEMAS,
    output:
        context="build/{evaluation}/context.{language}.json",
    log:
        "build/{evaluation}/logs/build_context.{language}.log",
    group:
        submission("{evaluation}.{language}")
    params:
        sources=content(code("build_context.py"), *SCHEMAS),
        model=subpath(input.facts, parent=True),
        vocabulary=labels("vocabulary"),
    script:
        "../scripts/build_context.py"


rule render_source:
    """Fill the values into the text and set it in the frame of the form."""
    input:
        code=code("render_source.py"),
        context="build/{evaluation}/context.{language}.json",
        texts=text_files,
        templates=template_files("brief.md.j2"),
        figures=figures("json"),
        tables=tables("json"),
    output:
        source="build/{evaluation}/brief.{language}.md",
    log:
        "build/{evaluation}/logs/render_source.{language}.log",
    group:
        submission("{evaluation}.{language}")
    params:
        sources=content(code("render_source.py"), text_files, *template_files("brief.md.j2")),
        texts="data/{evaluation}/text/{language}",
        figure_sections=FIGURE_SECTIONS,
        table_sections=TABLE_SECTIONS,
        disclaimer=lambda w: word(THEME, "disclaimer", w.language),
        labels=parts_of_labels(
            *["language", "region", "typography", "form", "gap", "colon", "vocabulary", "countries"],
            *["ordinals", "millions", "spelled", "recommendation_fields", "lesson_fields", "practice_fields"],
        ),
    script:
        "../scripts/render_source.py"


rule parse_source:
    """Parse the text into the tree that every writer reads: numbered, cross-referenced, typeset."""
    input:
        code=code("parse_source.py"),
        source="build/{evaluation}/brief.{language}.md",
        context="build/{evaluation}/context.{language}.json",
        tables=tables("json"),
    output:
        tree="build/{evaluation}/brief.{language}.json",
    log:
        "build/{evaluation}/logs/parse_source.{language}.log",
    group:
        submission("{evaluation}.{language}")
    params:
        sources=content(code("parse_source.py")),
        labels=parts_of_labels("language", "region", "form", "gap", "colon", "document", "typography"),
        theme=theme("organisation", "unit_mark", "unit", "series", "author"),
    script:
        "../scripts/parse_source.py"


rule render_pdf:
    """Typeset the tree as PDF, with the data it was made from inside."""
    input:
        code=code("render_pdf.py"),
        tree="build/{evaluation}/brief.{language}.json",
        context="build/{evaluation}/context.{language}.json",
        figures=figures("svg"),
        figure_data=figures("csv"),
        table_data=tables("csv"),
        template="templates/typst/brief.typ",
        filter="templates/filters/typst.lua",
        fonts=OWN_FONTS,
        logo=LOGO,
    output:
        pdf=report("build/{evaluation}/rendered/brief.{language}.pdf", **shown("pdf", {"Format": "PDF"})),
    log:
        "build/{evaluation}/logs/render_pdf.{language}.log",
    group:
        submission("{evaluation}.{language}")
    params:
        sources=content(
            code("render_pdf.py"), "templates/typst/brief.typ", "templates/filters/typst.lua", *OWN_FONTS, *LOGO
        ),
        theme=theme("colours", "fonts", "logo"),
        own_folder=THEME["font_folder"],
        paper=SETTINGS["paper"],
    script:
        "../scripts/render_pdf.py"


rule make_reference:
    """Make the document that gives the Word file its styles, page and fonts."""
    input:
        code=code("make_reference.py"),
        fonts=STATIC_FONTS,
        logo=LOGO,
        office=OFFICE_DOCUMENTS,
    output:
        docx="build/reference.docx",
    log:
        "build/logs/make_reference.log",
    group:
        submission("office")
    params:
        sources=content(code("make_reference.py"), *OFFICE_DOCUMENTS, *LOGO),
        theme=theme("colours", "fonts", "logo"),
        paper=SETTINGS["paper"],
        office=SETTINGS["reference_document"],
    script:
        "../scripts/make_reference.py"


rule render_docx:
    """Write the tree as a Word document."""
    input:
        code=code("render_docx.py"),
        tree="build/{evaluation}/brief.{language}.json",
        figures=figures("png", "svg"),
        reference="build/reference.docx",
        filter="templates/filters/docx.lua",
    output:
        docx=report("build/{evaluation}/rendered/brief.{language}.docx", **shown("docx", {"Format": "Word"})),
    log:
        "build/{evaluation}/logs/render_docx.{language}.log",
    group:
        submission("{evaluation}.{language}")
    params:
        sources=content(code("render_docx.py"), "templates/filters/docx.lua"),
    script:
        "../scripts/render_docx.py"


rule cut_web_fonts:
    """Cut the static faces to the web fonts of the usual characters, which every page embeds as they are."""
    input:
        code=code("cut_web_fonts.py"),
        fonts=STATIC_FONTS,
    output:
        fonts=WEB_FONTS,
    log:
        "build/fonts/logs/cut_web_fonts.log",
    group:
        submission("office")
    params:
        sources=content(code("cut_web_fonts.py")),
    script:
        "../scripts/cut_web_fonts.py"


rule render_html:
    """Write the tree as a web page that needs nothing but itself."""
    input:
        code=code("render_html.py"),
        tree="build/{evaluation}/brief.{language}.json",
        figures=figures("svg"),
        web_fonts=WEB_FONTS,
        fonts=STATIC_FONTS,
        logo=LOGO,
        template="templates/html/brief.html",
        style="templates/html/brief.css",
        script="templates/html/brief.js",
        filter="templates/filters/html.lua",
    output:
        html=report("build/{evaluation}/rendered/brief.{language}.html", **shown("html", {"Format": "Web page"})),
    log:
        "build/{evaluation}/logs/render_html.{language}.log",
    group:
        submission("{evaluation}.{language}")
    params:
        sources=content(
            code("render_html.py"),
            "templates/html/brief.html",
            "templates/html/brief.css",
            "templates/html/brief.js",
            "templates/filters/html.lua",
            *LOGO,
        ),
        theme=theme("colours", "fonts", "logo"),
    script:
        "../scripts/render_html.py"


# Snakemake removes what a job is about to write, and what a failed job has written. So the record of the delivery is
# the output of this job, and the documents themselves are only ever replaced, each in one go: whatever fails, the last
# good ones stay.
rule deliver_brief:
    """Put the finished documents of a brief where people find them, all together."""
    input:
        code=code("deliver_brief.py"),
        rendered=expand("build/{evaluation}/rendered/brief.{language}.{format}", format=FORMATS, allow_missing=True),
        figures=figures("svg", "png", "csv", "json"),
        tables=tables("json", "csv"),
    output:
        record="build/{evaluation}/brief.{language}.sha256",
    log:
        "build/{evaluation}/logs/deliver_brief.{language}.log",
    group:
        submission("{evaluation}.{language}")
    params:
        sources=content(code("deliver_brief.py")),
        documents=lambda w: [f"build/{w.evaluation}/brief.{w.language}.{format}" for format in FORMATS],
    script:
        "../scripts/deliver_brief.py"
