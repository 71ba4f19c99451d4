"""An error inside the engine costs what it stopped, and says so; the rest stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.flow.taint.java_app import activity, check, read_app
from witnessmark.analyses.runner import attempt
from witnessmark.facts.view import Facts
from witnessmark.flow.build import build_flow
from witnessmark.flow.taint.find import find_flows
from witnessmark.flow.taint.follow import follow_data
from witnessmark.flow.taint.lifecycle import Lifecycle
from witnessmark.flow.values import texts
from witnessmark.flow.values.chosen import Chosen
from witnessmark.flow.values.machine import Machine
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.flows import flow_knowledge

LEAK = """
class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        TelephonyManager phone = (TelephonyManager) getSystemService("phone");
        Log.d("id", phone.getDeviceId());
    }
}
"""


def test_what_is_kept_under_an_empty_key_is_copied_with_the_rest(tmp_path: Path) -> None:
    check(
        tmp_path,
        """
        class Main extends Activity {
            @Override
            protected void onCreate(Bundle state) {
                TelephonyManager phone = (TelephonyManager) getSystemService("phone");
                Map<String, String> kept = new HashMap<>();
                kept.put("", phone.getDeviceId());
                Map<String, String> other = new HashMap<>();
                System.arraycopy(kept, 0, other, 0, 1);
                Log.d("id", other.get(""));  // leaks
                Map<String, String> bare = new HashMap<>();
                bare.put("", "fixed");
                System.arraycopy(bare, 0, bare, 0, 1);
                Log.d("id", bare.get(""));
            }
        }
        """,
    )


def test_flows_found_before_an_error_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = read_app(tmp_path, {"Main.java": LEAK}, activity("Main"))
    flow = build_flow(facts)
    facts = facts.with_tables(flow.tables)
    whole = Lifecycle.run

    def breaks(life: Lifecycle) -> None:
        whole(life)
        raise IndexError("an error of ours")

    monkeypatch.setattr(Lifecycle, "run", breaks)
    followed = follow_data(facts, flow.program, flow_knowledge(), attempt)
    assert len(followed.table) == 1
    (gap,) = followed.gaps
    assert (gap.at, gap.hides) == ("sends/flow", ("sends",))
    assert "internal error (IndexError)" in gap.why
    with pytest.raises(IndexError):
        find_flows(facts, flow.program, flow_knowledge())


def test_texts_made_before_an_error_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = LEAK.replace("phone.getDeviceId()", '"http://a.example/" + phone.getDeviceId()')
    facts = read_app(tmp_path, {"Main.java": url}, activity("Main"))

    def breaks(_: Machine, method: int) -> None:
        raise KeyError(method)

    monkeypatch.setattr(Machine, "run", breaks)
    told = {gap.at: gap.why for gap in build_flow(facts, attempt=attempt).gaps}
    assert "internal error (KeyError)" in told["values/error"]
    assert "onCreate" in told["values/fuel"]


def test_an_error_before_any_text_was_made_is_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = read_app(tmp_path, {"Main.java": LEAK}, activity("Main"))

    def breaks(_: Facts) -> Chosen:
        raise IndexError("an error of ours")

    monkeypatch.setattr(texts, "chosen_methods", breaks)
    flow = build_flow(facts, attempt=attempt)
    assert len(flow.tables[DERIVED_TEXTS.name]) == 0
    assert "internal error (IndexError)" in {gap.at: gap.why for gap in flow.gaps}["values/error"]
    with pytest.raises(IndexError):
        build_flow(facts)
