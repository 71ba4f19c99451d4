"""Names that jadx replaced: those of the app come back, from comments and package names."""

from __future__ import annotations

from unit.formats.java.lowered import lower
from witnessmark.formats.java import read_java

CLASH = """
package p000o.p001notes;
/* renamed from: o.notes.dh, reason: case insensitive filesystem */
/* loaded from: classes.dex */
public class C0012dh extends Base {
    /* renamed from: a */
    static String f7a = "text";
    /* renamed from: or, reason: not valid java name */
    int given;
    static class Inner { }
    /* JADX INFO: renamed from: b */
    void m9b(C0012dh other) { other.m9b(this); f7a = "x"; mo3run(); new Inner(); other.given = 1; }
    /* renamed from: run */
    public void mo3run() { }
    /* renamed from: for, reason: not valid java name */
    void given() { given(); }
}
"""
USER = """
package p002q;
import p000o.p001notes.C0012dh;
class User {
    C0012dh[] kept;
    java.util.List<C0012dh> listed;
    void f(C0012dh one) {
        one.m9b(null);
        try { one.mo3run(); } catch (C0013ex e) { String s = "Lp000o/p001notes/C0012dh;"; }
    }
}
"""
ERROR = "package p002q; /* renamed from: q.ex */ class C0013ex extends RuntimeException { }"


def test_class_members_and_packages_get_their_names_back() -> None:
    found = lower(CLASH)
    one = found.cls("Lo/notes/dh;")
    assert [(each.name, each.type) for each in one.fields] == [
        ("a", "Ljava/lang/String;"), ("or", "I"),
    ]  # fmt: skip
    assert {"b", "run", "for"} <= {each.name for each in one.methods}
    assert found.cls("Lo/notes/dh$Inner;").type == "Lo/notes/dh$Inner;"


def test_references_follow() -> None:
    found = lower(CLASH)
    assert found.references("b", "invoke") == [
        "Lo/notes/dh;->b(Lo/notes/dh;)V",
        "Lo/notes/dh;->run()V",
        "Lo/notes/dh$Inner;-><init>()V",
    ]
    assert found.references("b", "sput") == ["Lo/notes/dh;->a:Ljava/lang/String;"]
    assert found.references("b", "iput") == ["Lo/notes/dh;->or:I"]
    assert found.references("for", "invoke") == ["Lo/notes/dh;->for()V"]


def test_other_files_follow_and_texts_stay() -> None:
    found = lower(USER, CLASH, ERROR)
    one = found.cls("Lq/User;")
    assert [each.type for each in one.fields] == ["[Lo/notes/dh;", "Ljava/util/List;"]
    (signature,) = one.fields[1].annotations
    spelled = signature.elements[0][1].content
    assert isinstance(spelled, tuple)
    written = [each.content for each in spelled]
    assert "".join(map(str, written)) == "Ljava/util/List<Lo/notes/dh;>;"
    assert found.references("f", "invoke") == [
        "Lo/notes/dh;->b(Lo/notes/dh;)V", "Lo/notes/dh;->run()V",
    ]  # fmt: skip
    assert found.references("f", "const-string") == ["Lp000o/p001notes/C0012dh;"]
    made = found.method("f").body
    assert made is not None
    assert [each.type for each in made.handlers] == ["Lq/ex;"]


def test_classes_without_a_package_get_it_taken_away() -> None:
    for package in ("defpackage", "p000"):
        found = lower(f"package {package}; class ab {{ void f(ab one) {{ one.f(this); }} }}")
        assert found.cls("Lab;").type == "Lab;"
        assert found.references("f", "invoke") == ["Lab;->f(Lab;)V"]


def test_renamed_classes_are_told() -> None:
    files = [("a.java", CLASH.encode()), ("b.java", ERROR.encode()), ("c.java", b"class Same { }")]
    assert read_java(files).renamed == {
        "Lp000o/p001notes/C0012dh;": "Lo/notes/dh;",
        "Lp000o/p001notes/C0012dh$Inner;": "Lo/notes/dh$Inner;",
        "Lp002q/C0013ex;": "Lq/ex;",
    }


def test_look_alikes_keep_their_names() -> None:
    found = lower(
        "package p2p.p12x; /* was renamed from: old */ class m1 {"
        " int f1; /* TODO renamed from: x */ void m1a() { f1 = 2; } }"
    )
    one = found.cls("Lp2p/p12x/m1;")
    assert [each.name for each in one.fields] == ["f1"]
    assert "m1a" in {each.name for each in one.methods}
