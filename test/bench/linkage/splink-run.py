"""Links the bench's own people with Splink (moj-analytical-services/splink, MIT) on DuckDB, as its documentation shows.

python splink-run.py TABLE OUT THREADS LADDER: writes the clusters at its documented threshold of .95, says "linked" on standard
output, and after that, outside of all measuring, clusters at the thresholds of LADDER (in bits, with commas) as well.
"""

import json
import sys

import duckdb
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

DOCUMENTED = 0.95

# Each finds pairs that the others miss, and none gives more than some ten pairs a row.
BLOCKING = [
    block_on("first", "last"),
    block_on("last", "born"),
    block_on("first", "born"),
    block_on("postcode", "first"),
    block_on("postcode", "last"),
    block_on("street"),
    block_on("born", "town"),
    block_on("email"),
]

SETTINGS = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="id",
    blocking_rules_to_generate_predictions=BLOCKING,
    comparisons=[
        cl.ForenameSurnameComparison("first", "last", forename_surname_concat_col_name="first_last"),
        cl.DateOfBirthComparison("born", input_is_string=True),
        cl.PostcodeComparison("postcode").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("street", [0.92, 0.88]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("town").configure(term_frequency_adjustments=True),
        cl.EmailComparison("email").configure(term_frequency_adjustments=True),
        cl.ExactMatch("sex"),
    ],
    retain_intermediate_calculation_columns=False,
    retain_matching_columns=False,
)

# Few or no wrong pairs, as the documentation asks of them, and what share of all pairs of one person they find.
CERTAIN = [block_on("first", "last", "born"), block_on("first", "born", "postcode"), block_on("email", "born")]
CERTAIN_RECALL = 0.7

# The person column is the truth, for judging afterwards: it is not loaded.
LOAD = """create table people as select id, lower(first) as first, lower(last) as last, born, lower(street) as street,
    lower(town) as town, postcode, lower(email) as email, sex, lower(first) || ' ' || lower(last) as first_last
    from read_csv(?, all_varchar = true)"""


def trained(connection):
    database = DuckDBAPI(connection=connection)
    linker = Linker(database.register("people"), SETTINGS, log_level=None)
    train = linker.training
    train.estimate_probability_two_random_records_match(CERTAIN, recall=CERTAIN_RECALL)
    train.estimate_u_using_random_sampling(max_pairs=5e6)
    train.estimate_parameters_using_expectation_maximisation(block_on("first", "last"))
    train.estimate_parameters_using_expectation_maximisation(block_on("born"))
    train.estimate_parameters_using_expectation_maximisation(block_on("postcode"))
    return linker


def write(connection, clusters, path):
    connection.execute(
        f"copy (select id as record_id, cluster_id from {clusters.physical_name}) to '{path}' (header, delimiter ',')"
    )


def main(table, out, threads, ladder):
    thresholds = [float(bits) for bits in ladder.split(",")]
    connection = duckdb.connect()
    connection.execute(f"set threads = {int(threads)}")
    connection.execute(LOAD, [table])
    linker = trained(connection)
    pairs = linker.inference.predict(threshold_match_probability=DOCUMENTED)
    cluster = linker.clustering.cluster_pairwise_predictions_at_threshold
    write(connection, cluster(pairs, threshold_match_probability=DOCUMENTED), f"{out}-documented.csv")
    print(json.dumps({"said": "linked", "version": splink.__version__}), flush=True)
    pairs = linker.inference.predict(threshold_match_weight=min(thresholds))
    for bits in thresholds:
        write(connection, cluster(pairs, threshold_match_weight=bits), f"{out}-{bits:g}.csv")


if __name__ == "__main__":
    main(*sys.argv[1:5])
