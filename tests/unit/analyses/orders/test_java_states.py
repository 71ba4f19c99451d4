"""States and measures in decompiled Java: switches over numbers and texts, words among resources."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from cases.test_cases import found_by, results_on

MANIFEST = """
    <manifest xmlns:android="http://schemas.android.com/apk/res/android" package="org.example">
     <application><activity android:name=".Work" android:exported="true"/></application>
    </manifest>
"""
STRINGS = """
    <resources>
     <string name="waits">待核查</string><string name="checked">已核查</string>
     <string name="handed">已移交</string><string name="control">立即控制</string>
     <string name="exit">限制出境</string>
    </resources>
"""
JAVA = """
    package org.example;
    import android.app.Activity;
    import android.os.Bundle;
    import android.widget.Button;
    import android.widget.TextView;
    import org.json.JSONObject;
    public class Work extends Activity {
        private TextView state;
        private Button next;
        private int step;
        @Override
        protected void onCreate(Bundle bundle) {
            super.onCreate(bundle);
            show(new JSONObject());
        }
        private void show(JSONObject o) {
            switch (o.optInt("phase")) {
                case 0:
                    this.state.setText(R.string.waits);
                    this.next.setText("核查");
                    break;
                case 1:
                    this.state.setText(R.string.checked);
                    break;
                case 2:
                    this.state.setText(R.string.handed);
                    break;
            }
            String measure = o.optString("measure");
            char c = 65535;
            switch (measure.hashCode()) {
                case 49:
                    if (measure.equals("1")) { c = 0; break; }
                    break;
                case 50:
                    if (measure.equals("2")) { c = 1; break; }
                    break;
            }
            switch (c) {
                case 0: this.state.setText(R.string.control); break;
                case 1: this.state.setText(R.string.exit); break;
            }
        }
        public void onResume() {
            super.onResume();
            if (this.step == 0) {
                this.state.setText("未处理");
            } else if (this.step == 1) {
                this.state.setText("处理中");
                this.step = 2;
            } else {
                this.state.setText("已处理");
            }
        }
        public void onPause() {
            super.onPause();
            this.state.setText(this.step > 7 ? "已取消" : "网络错误");
        }
    }
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A decompiled tree."""
    files = {
        "AndroidManifest.xml": MANIFEST,
        "res/values/strings.xml": STRINGS,
        "src/org/example/Work.java": JAVA,
    }
    for name, text in files.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(dedent(text).strip() + "\n", encoding="utf-8")
    return tmp_path


def subjects(tree: Path, analysis: str) -> dict[str, Any]:
    results = results_on(analysis, tree)
    assert results.crashes == ()
    found = [one["subject"] for one in found_by(analysis, results)]
    return {one.get("name") or one["what"]: one for one in found}


def codes(subject: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["code"], one["label"]) for one in subject["states"]]


def test_states_of_numbers_with_the_rest(tree: Path) -> None:
    found = subjects(tree, "orders/state")
    assert set(found) == {"phase", "Work.step"}
    assert codes(found["phase"]) == [("0", "待核查"), ("1", "已核查"), ("2", "已移交")]
    assert [(one["in"], one["leads_to"]) for one in found["phase"]["steps"]] == [("0", "1")]
    assert codes(found["Work.step"]) == [("0", "未处理"), ("1", "处理中"), ("other", "已处理")]
    assert [(one["from"], one["to"]) for one in found["Work.step"]["moves"]] == [("1", "2")]


def test_measures_are_told_with_the_codes_that_choose_them(tree: Path) -> None:
    found = subjects(tree, "orders/restriction")
    told = {what: [(one["code"], one["label"]) for one in found[what]["codes"]] for what in found}
    assert told == {"detain": [("1", "立即控制")], "deny": [("2", "限制出境")]}
