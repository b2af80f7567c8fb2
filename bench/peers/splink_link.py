"""Links the files of a bench with Splink, as somebody would who knows it and knows the data.

    python3 splink_link.py --model vn --left left.csv --right right.csv --out DIR
    python3 splink_link.py --model febrl --left febrl3.csv --out DIR

Writes DIR/pairs.csv (left,right,probability,weight) and prints one line of JSON: Splink's
version and the seconds of each stage. No label is used. Not named splink.py: it would then
import itself.
"""

import argparse
import json
import logging
import os
import sys
import time

import duckdb
import splink
import splink.comparison_level_library as level
import splink.comparison_library as comparison
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

U_PAIRS = 5e6
PROBABILITY_LEAST = 0.01

# Letters that DuckDB does not take apart, and what is left of names once nothing else is.
FOLDED = """nullif(trim(regexp_replace(regexp_replace(
    replace(replace(lower(strip_accents({0})), 'đ', 'd'), 'ð', 'd'),
    '[^a-z0-9 ]', '', 'g'), ' +', ' ', 'g')), '')"""
DIGITS = "regexp_replace({0}, '[^0-9]', '', 'g')"


def folded(column):
    return FOLDED.format(column)


def filled(column):
    return f"nullif(trim({column}), '')"


def custom(name, *levels):
    return comparison.CustomComparison(output_column_name=name, comparison_levels=list(levels))


# A spreadsheet drops leading zeros of twelve digits; nine are an older number.
VN = {
    "select": f"""row as unique_id,
        nullif(case when length({DIGITS.format('number')}) in (10, 11)
            then lpad({DIGITS.format('number')}, 12, '0')
            else {DIGITS.format('number')} end, '') as number,
        {folded('full_name')} as name,
        split_part({folded('full_name')}, ' ', -1) as given,
        {filled('birth_date')} as born,
        nullif(substr(birth_date, 1, 4), '') as born_year,
        {filled('sex')} as sex,
        {filled('commune_code')} as commune""",
    "comparisons": [
        custom(
            "name",
            level.NullLevel("name"),
            level.ExactMatchLevel("name", term_frequency_adjustments=True),
            level.JaroWinklerLevel("name", 0.95),
            level.JaroWinklerLevel("name", 0.88),
            level.ExactMatchLevel("given"),
            level.ElseLevel(),
        ),
        custom(
            "born",
            level.NullLevel("born"),
            level.ExactMatchLevel("born", term_frequency_adjustments=True),
            level.DamerauLevenshteinLevel("born", 1),
            level.ExactMatchLevel("born_year"),
            level.ElseLevel(),
        ),
        comparison.ExactMatch("sex"),
        custom(
            "commune",
            level.NullLevel("commune"),
            level.ExactMatchLevel("commune", term_frequency_adjustments=True),
            level.CustomLevel("substr(commune_l, 1, 3) = substr(commune_r, 1, 3)"),
            level.ElseLevel(),
        ),
        custom(
            "number",
            level.NullLevel("number"),
            level.ExactMatchLevel("number"),
            level.DamerauLevenshteinLevel("number", 1),
            level.ElseLevel(),
        ),
    ],
    "blocking": [
        block_on("number"),
        block_on("born", "given"),
        block_on("born", "commune"),
        block_on("name", "commune"),
        block_on("name", "born_year"),
        block_on("given", "commune", "born_year"),
    ],
    "certain": [block_on("number", "born"), block_on("name", "born", "commune")],
    "certain_recall": 0.8,
    "training": [block_on("born", "given"), block_on("number"), block_on("name", "commune")],
}

POSTCODE_AREA = "substr(postcode, 1, 2)"

ENGLISH = {
    "select": f"""row as unique_id,
        {folded('given_name')} as given_name,
        {folded('surname')} as surname,
        {filled('birth_date')} as born,
        nullif(substr(birth_date, 1, 4), '') as born_year,
        {filled('sex')} as sex,
        {folded('address')} as address,
        {folded('city')} as city,
        {filled('postcode')} as postcode,
        nullif({DIGITS.format('phone')}, '') as phone,
        {filled('insurance_number')} as number""",
    "comparisons": [
        comparison.ForenameSurnameComparison("given_name", "surname"),
        custom(
            "born",
            level.NullLevel("born"),
            level.ExactMatchLevel("born", term_frequency_adjustments=True),
            level.DamerauLevenshteinLevel("born", 1),
            level.ExactMatchLevel("born_year"),
            level.ElseLevel(),
        ),
        comparison.ExactMatch("sex"),
        custom(
            "address",
            level.NullLevel("address"),
            level.ExactMatchLevel("address", term_frequency_adjustments=True),
            level.JaroWinklerLevel("address", 0.9),
            level.ElseLevel(),
        ),
        custom(
            "postcode",
            level.NullLevel("postcode"),
            level.ExactMatchLevel("postcode", term_frequency_adjustments=True),
            level.CustomLevel("split_part(postcode_l, ' ', 1) = split_part(postcode_r, ' ', 1)"),
            level.CustomLevel("substr(postcode_l, 1, 2) = substr(postcode_r, 1, 2)"),
            level.ElseLevel(),
        ),
        comparison.LevenshteinAtThresholds("phone", 1),
        comparison.LevenshteinAtThresholds("number", 1),
    ],
    "blocking": [
        block_on("number"),
        block_on("phone"),
        block_on("born", "surname"),
        block_on("born", "given_name"),
        block_on("postcode", "given_name"),
        block_on("given_name", "surname", "born_year"),
        block_on("born", POSTCODE_AREA),
    ],
    "certain": [block_on("number", "born"), block_on("given_name", "surname", "born")],
    "certain_recall": 0.8,
    "training": [
        block_on("given_name", "surname"),
        block_on("born"),
        block_on("number"),
    ],
}

FEBRL = {
    "select": f"""trim("rec_id") as unique_id,
        {folded('given_name')} as given_name,
        {folded('surname')} as surname,
        {filled('street_number')} as street_number,
        {folded('address_1')} as address,
        {folded('suburb')} as suburb,
        {filled('postcode')} as postcode,
        {filled('state')} as state,
        {filled('date_of_birth')} as born,
        {filled('soc_sec_id')} as number""",
    "comparisons": [
        comparison.ForenameSurnameComparison("given_name", "surname"),
        comparison.DamerauLevenshteinAtThresholds("born", [1, 2]),
        comparison.DamerauLevenshteinAtThresholds("number", [1, 2]),
        comparison.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        comparison.JaroWinklerAtThresholds("address", [0.9]).configure(
            term_frequency_adjustments=True
        ),
        comparison.DamerauLevenshteinAtThresholds("postcode", [1]).configure(
            term_frequency_adjustments=True
        ),
        comparison.JaroWinklerAtThresholds("suburb", [0.9]).configure(
            term_frequency_adjustments=True
        ),
        comparison.ExactMatch("state"),
    ],
    "blocking": [
        block_on("number"),
        block_on("born"),
        block_on("given_name", "surname"),
        block_on("surname", "postcode"),
        block_on("given_name", "postcode"),
        block_on("street_number", "address"),
        block_on("suburb", "street_number"),
    ],
    "certain": [block_on("number"), block_on("given_name", "surname", "born")],
    "certain_recall": 0.8,
    "training": [block_on("born"), block_on("number"), block_on("given_name", "surname")],
}

MODELS = {"vn": VN, "english": ENGLISH, "febrl": FEBRL}


def read(connection, model, name, file):
    connection.execute(
        f"""create table {name} as select {model['select']} from read_csv(
            ?, header = true, all_varchar = true, delim = ',', normalize_names = true)""",
        [file],
    )


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", choices=sorted(MODELS), required=True)
    options.add_argument("--left", required=True)
    options.add_argument("--right")
    options.add_argument("--out", required=True)
    options.add_argument("--threads", type=int, default=os.cpu_count())
    given = options.parse_args()
    os.makedirs(given.out, exist_ok=True)
    model = MODELS[given.model]
    seconds = {}
    began = time.perf_counter()

    def stage(name):
        nonlocal began
        now = time.perf_counter()
        seconds[name] = round(now - began, 3)
        began = now

    connection = duckdb.connect(":memory:")
    connection.execute(f"set threads = {given.threads}")
    files = [("file_left", given.left)] + ([("file_right", given.right)] if given.right else [])
    for name, file in files:
        read(connection, model, name, file)
    stage("read")

    api = DuckDBAPI(connection=connection)
    settings = SettingsCreator(
        link_type="link_only" if given.right else "dedupe_only",
        comparisons=model["comparisons"],
        blocking_rules_to_generate_predictions=model["blocking"],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    inputs = [api.register(name, table_name=f"{name}_input") for name, _ in files]
    linker = Linker(inputs if given.right else inputs[0], settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        model["certain"], recall=model["certain_recall"]
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=1)
    for rule in model["training"]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    stage("train")

    predicted = linker.inference.predict(threshold_match_probability=PROBABILITY_LEAST)
    stage("score")

    # Of two files Splink sorts the sides by the tables' names: file_left comes first.
    connection.execute(
        f"""copy (select unique_id_l as "left", unique_id_r as "right",
              match_probability as probability, match_weight as weight
            from {predicted.physical_name})
          to '{os.path.join(given.out, 'pairs.csv')}' (header, delimiter ',')"""
    )
    stage("write")
    print(json.dumps({"version": splink.__version__, "seconds": seconds}))


if __name__ == "__main__":
    sys.exit(main())
