"""Data through locals, fields, arrays, text and calls: what is told apart, and what is not."""

from __future__ import annotations

from pathlib import Path

from unit.flow.taint.java_app import check

OPENING = """
    public class Main extends Activity {
      String imei() { return ((TelephonyManager) getSystemService("phone")).getDeviceId(); }
"""


def test_text_is_followed_and_overwriting_ends_it(tmp_path: Path) -> None:
    check(tmp_path, OPENING + """
      protected void onCreate(Bundle state) {
        String id = "id " + imei();
        Log.i("t", id);                                                 // leaks IMEI
        id = "none";
        Log.i("t", id);
        StringBuilder all = new StringBuilder();
        all.append("a").append(imei());
        Log.d("t", all.toString());                                     // leaks IMEI
      }
    }
    """)  # fmt: skip


def test_array_places_and_map_keys_are_told_apart(tmp_path: Path) -> None:
    check(tmp_path, OPENING + """
      protected void onCreate(Bundle state) {
        String[] pair = new String[2];
        pair[0] = imei();
        pair[1] = "x";
        Log.i("t", pair[1]);
        Log.i("t", pair[0]);                                            // leaks
        Map<String, String> map = new HashMap<String, String>();
        map.put("id", imei());
        map.put("no", "x");
        Log.i("t", map.get("no"));
        Log.i("t", map.get("id"));                                      // leaks
        List<String> list = new ArrayList<String>();
        list.add("x");
        list.add(imei());
        Log.i("t", list.get(0));
        Log.i("t", list.get(1));                                        // leaks
        list.clear();
        list.add("y");
        Log.i("t", list.get(0));
      }
    }
    """)  # fmt: skip


def test_fields_of_two_objects_are_told_apart_and_aliases_are_one(tmp_path: Path) -> None:
    check(tmp_path, OPENING + """
      static class Box { String value = "x"; Box next; }
      protected void onCreate(Bundle state) {
        Box one = new Box(), two = new Box(), same = one;
        one.value = imei();
        Log.i("t", two.value);
        Log.i("t", same.value);                                         // leaks
        same.value = "y";
        Log.i("t", one.value);
        two.next = one;
        two.next.value = imei();
        Log.i("t", one.value);                                          // leaks
      }
    }
    """)  # fmt: skip


def test_calls_are_told_apart_by_their_place(tmp_path: Path) -> None:
    check(tmp_path, OPENING + """
      String same(String value) { return value; }
      void out(String value) { Log.i("t", value); }                     // leaks
      protected void onCreate(Bundle state) {
        String bad = same(imei()), good = same("x");
        Log.d("t", good);
        Log.d("t", bad);                                                // leaks
        out(good);
        out(bad);
      }
    }
    """)  # fmt: skip


def test_a_branch_that_constants_rule_out_is_not_taken(tmp_path: Path) -> None:
    check(tmp_path, OPENING + """
      int four() { return 2 + 2; }
      protected void onCreate(Bundle state) {
        if (four() == 5) Log.i("t", imei());
        if (four() == 4) Log.i("t", imei());                            // leaks
        if ("a".equals("b")) Log.i("t", imei());
        if (System.currentTimeMillis() > 4) Log.i("t", imei());         // leaks
      }
    }
    """)  # fmt: skip


def test_data_flies_with_an_exception(tmp_path: Path) -> None:
    check(tmp_path, OPENING + """
      void fail() { throw new RuntimeException(imei()); }
      protected void onCreate(Bundle state) {
        try { fail(); Log.d("t", imei()); }
        catch (RuntimeException e) { Log.i("t", e.getMessage()); }      // leaks
      }
    }
    """)  # fmt: skip


def test_only_deciding_counts_where_asked_for(tmp_path: Path) -> None:
    source = (
        OPENING
        + """
      protected void onCreate(Bundle state) {
        if (imei().equals("1")) Log.i("t", "one");{}
        Log.i("t", "always");
      }
    }
    """
    )
    check(tmp_path / "off", source.replace("{}", ""))
    flows = check(tmp_path / "on", source.replace("{}", " // leaks"), implicit=True)
    assert all(flow.source.implicit for flow in flows.found)
