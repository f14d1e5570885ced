"""What people wrote becomes a model, or a list of everything that is wrong with it.

Needs  data/{evaluation}/evaluation.yaml, data/{evaluation}/*.csv, data/schemas/*.yaml
Gives  build/{evaluation}/model/{language}/facts.json, origins.json, values.json, {table}.csv
"""


# A checkpoint: after it every job is judged anew, so a change that alters no value stops here.
checkpoint check_data:
    """Check all data of an evaluation and write its model in one language."""
    input:
        code=code("check_data.py"),
        data=data_files,
        schemas=SCHEMAS,
    output:
        expand(f"{MODEL}{{table}}.csv", table=MODEL_TABLES, allow_missing=True),
        facts="build/{evaluation}/model/{language}/facts.json",
        origins="build/{evaluation}/model/{language}/origins.json",
        values="build/{evaluation}/model/{language}/values.json",
    log:
        "build/{evaluation}/logs/check_data.{language}.log",
    localrule: True
    params:
        sources=content(code("check_data.py"), data_files, *SCHEMAS),
        vocabulary=labels("vocabulary"),
    script:
        "../scripts/check_data.py"
