"""Features have one shape and order, which the fitted weights share."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import document, paragraph

from index import ranking
from index.query import Query, Want
from index.ranking import FEATURES, Evidence, cover, features, ranking_weights
from ingest.document import Kind

CALLS = paragraph("r#p001", "The control room lost 31 percent of its calls in 2014.")
GRADE = paragraph("r#p002", "Northmoor Police is inadequate at responding.", Kind.GRADE)
HELD = document("r", CALLS, GRADE)
QUERY = Query("How many calls were lost?", "How many calls were lost?", wants=frozenset({Want.NUMBER}))
CANDIDATES = [Evidence(CALLS, HELD, 0.8, 0.9, 12.0, 0.7), Evidence(GRADE, HELD, 0.4, 0.3, 0.0, 0.35)]


def column(name: str, query: Query = QUERY, newest: str | None = None) -> list[float]:
    rows = features(query, CANDIDATES, {"call": 2.0, "lost": 1.0}, newest)
    return [float(value) for value in rows[:, FEATURES.index(name)]]


def test_there_is_a_row_for_each_candidate_and_a_column_for_each_feature() -> None:
    assert features(QUERY, CANDIDATES, {}, None).shape == (2, len(FEATURES))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("window", [0.8, 0.4]),
        ("words", [1.2, 0.0]),
        ("window_share", [1.0, 0.5]),
        ("tokens_share", [1.0, 0.5]),
        ("sentence_rank", [60 / 61, 60 / 62]),
        ("window_standard", [1.0, -1.0]),
        ("words_standard", [1.0, -1.0]),
        ("cover", [1.0, 0.0]),
        ("number_wanted", [1.0, 0.0]),
        ("is_grade", [0.0, 1.0]),
        ("latest", [0.0, 0.0]),
    ],
)
def test_columns_hold_what_their_names_say(name: str, values: list[float]) -> None:
    assert column(name) == pytest.approx(values)


def test_where_all_candidates_score_the_same_none_stands_out() -> None:
    same = [replace(item, window=0.5) for item in CANDIDATES]
    assert list(features(QUERY, same, {}, None)[:, FEATURES.index("window_standard")]) == [0, 0]


def test_a_year_is_of_the_document_in_reach_or_out_of_reach() -> None:
    in_2016, in_2014, in_1999 = (replace(QUERY, years=frozenset({year})) for year in (2016, 2014, 1999))
    assert column("year_of_document", in_2016) == [1, 1]
    assert (column("year_of_document", in_2014), column("year_in_reach", in_2014)) == ([0, 0], [1, 0])
    assert column("year_out_of_reach", in_1999) == [1, 1]


def test_the_newest_report_counts_only_where_no_year_is_asked_about() -> None:
    assert column("latest", newest="r") == [1, 1]
    assert column("latest", replace(QUERY, years=frozenset({2016})), newest="r") == [0, 0]


def test_cover_weighs_stems_by_their_rarity() -> None:
    assert cover(["call", "lost"], frozenset({"call"}), {"call": 3.0, "lost": 1.0}) == 0.75
    assert cover([], frozenset({"call"}), {"call": 3.0}) == 0


@pytest.mark.filterwarnings("error")
def test_scores_stay_in_bounds_when_nothing_resembles_the_question() -> None:
    unlike = [replace(item, window=-0.2, sentence=-0.1, words=0.0, tokens=-0.05) for item in CANDIDATES]
    scores = ranking_weights().probability(features(QUERY, unlike, {}, None))
    assert ((scores > 0) & (scores < 1)).all()


def test_the_weights_that_come_with_the_code_fit_the_features() -> None:
    weights = ranking_weights()
    assert {len(weights.mean), len(weights.scale), len(weights.weight)} == {len(FEATURES)}
    assert (weights.scale > 0).all() and np.isfinite([*weights.mean, *weights.weight, weights.intercept]).all()


def test_weights_fitted_for_other_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ranking_weights.json").write_text(json.dumps({"features": ["window"]}), encoding="utf-8")
    monkeypatch.setattr(ranking, "__file__", str(tmp_path / "ranking.py"))
    with pytest.raises(ValueError, match="fitted for other features"):
        ranking_weights.__wrapped__()
