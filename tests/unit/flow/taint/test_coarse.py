"""The coarse pass: the same compiled and interpreted, and it leaves out nothing that data needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from unit.flow.taint.java_app import activity, follow, read_app
from witnessmark.facts.view import Facts
from witnessmark.flow.build import build_flow
from witnessmark.flow.taint import coarse
from witnessmark.flow.taint.follow import platform_packages
from witnessmark.flow.taint.rules import Rules
from witnessmark.flow.taint.world import World
from witnessmark.formats.compiled import interpreted
from witnessmark.knowledge.flows import flow_knowledge

SOURCE = """
    public class Main extends Activity {
      static class Box { String value; Box next; void set(String v) { value = v; } }
      interface Way { String go(String value); }
      static class Plain implements Way { public String go(String v) { return v; } }
      static class Blank implements Way { public String go(String v) { return ""; } }
      private final List<String> kept = new ArrayList<String>();
      private final Box box = new Box();
      Way way(int n) { return n > 2 ? new Plain() : new Blank(); }
      void fill(StringBuilder to, String what) { to.append(what); }
      String last() { return kept.get(kept.size() - 1); }
      void fail(String why) { throw new IllegalStateException(why); }
      void idle(String other) { Log.i("t", other); }
      protected void onCreate(Bundle state) {
        String id = ((TelephonyManager) getSystemService("phone")).getDeviceId();
        box.next = new Box();
        box.next.set(way((int) System.currentTimeMillis()).go(id));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 3; i++) { fill(all, box.next.value); }
        kept.add(all.toString());
        switch (all.length()) { case 1: idle("one"); break; case 9: idle("nine"); break; default: }
        try { fail(last()); } catch (IllegalStateException e) { Log.i("t", e.getMessage()); }
        String[] pair = { "a", last() };
        new Thread(new Runnable() { public void run() { Log.d("t", box.next.value); } }).start();
        Log.w("t", pair[1]);
        idle("b");
      }
    }
"""


@cache
def _app() -> Facts:
    facts = read_app(Path(mkdtemp()), {"Main.java": SOURCE}, activity("Main"))
    return facts.with_tables(build_flow(facts).tables)


def _world(facts: Facts) -> tuple[World, Rules]:
    world = World(facts, build_flow(facts).program, platform_packages())
    return world, Rules(world, flow_knowledge())


def test_compiled_and_interpreted_agree() -> None:
    world, rules = _world(_app())
    fast = coarse.chop(world, rules)
    slow = coarse.chop(*_world(_app()), interpreted(coarse.MODULES))
    assert fast == slow
    assert not fast.cut
    assert fast.data


def test_all_that_data_goes_through_is_kept_and_the_rest_is_not() -> None:
    world, rules = _world(_app())
    found = coarse.chop(world, rules)
    names = {world.method(row).name for row in found.data}
    assert {"onCreate", "set", "go", "fill", "last", "fail", "run"} <= names
    assert not {"idle", "way"} & names


def test_steps_of_flows_lie_in_what_the_coarse_pass_keeps() -> None:
    facts = _app()
    world, rules = _world(facts)
    kept = coarse.needed(world, coarse.chop(world, rules).data)
    _, flows = follow(facts)
    assert len(flows.found) == 3
    assert {step.method for flow in flows.found for step in flow.steps()} <= kept
