"""Classes as listings: members that the source writes and members that compilers add."""

from __future__ import annotations

from unit.formats.java.lowered import lower


def test_enum_is_made_as_compilers_make_it() -> None:
    found = lower('package p; enum E { RED("r"), GREEN("g"); E(String code) { } }')
    code = found.code("<clinit>")
    assert [one.name for one in code[:5]] == [
        "new-instance", "const-string", "const", "const-string", "invoke-direct",
    ]  # fmt: skip
    assert code[4].reference == "Lp/E;-><init>(Ljava/lang/String;ILjava/lang/String;)V"
    assert found.written(code[1]) == "RED"
    listed = found.cls("Lp/E;")
    assert [one.name for one in listed.fields] == ["RED", "GREEN", "$VALUES"]
    assert {"values", "valueOf", "<init>", "<clinit>"} == {one.name for one in listed.methods}
    assert listed.access & 0x4000


def test_lambda_is_a_class_with_what_it_captures() -> None:
    found = lower("package p; class C { int n; Runnable f(String s) { return () -> g(s); }"
                  " void g(String s) { } }")  # fmt: skip
    made = found.cls("Lp/C$$Lambda$0;")
    assert made.interfaces == ("Ljava/lang/Runnable;",)
    assert [(one.name, one.type) for one in made.fields] == [
        ("this$0", "Lp/C;"), ("val$s", "Ljava/lang/String;"),
    ]  # fmt: skip
    assert found.references("run", "invoke") == ["Lp/C;->g(Ljava/lang/String;)V"]


def test_inner_class_keeps_its_outer_object() -> None:
    found = lower("package p; class C { int n; class In { int m() { return n; } }"
                  " In f() { return new In(); } }")  # fmt: skip
    assert found.references("m", "iget") == ["Lp/C$In;->this$0:Lp/C;", "Lp/C;->n:I"]
    assert "Lp/C$In;-><init>(Lp/C;)V" in found.references("f", "invoke")


def test_constants_are_values_and_the_rest_is_code() -> None:
    found = lower(
        'package p; class C { static final String A = "a" + 1; static final int B = 3;'
        ' static String c = "c"; final int d = 4; static final long E = A.length(); }'
    )
    values = {one.name: one.value.content for one in found.cls("Lp/C;").fields if one.value}
    assert values == {"A": "a1", "B": 3}
    assert found.references("<clinit>", "sput") == ["Lp/C;->c:Ljava/lang/String;", "Lp/C;->E:J"]
    assert found.references("<init>", "iput") == ["Lp/C;->d:I"]


def test_annotations_and_their_constants() -> None:
    found = lower(
        'package p; import gone.Field; class C { static final String K = "key";'
        " @Field(name = K, order = {1, 2}, type = String.class) @Override int x; }"
    )
    (one,) = found.cls("Lp/C;").fields[1].annotations
    assert one.type == "Lgone/Field;"
    assert [(name, value.kind) for name, value in one.elements] == [
        ("name", "string"), ("order", "array"), ("type", "type"),
    ]  # fmt: skip
    assert one.elements[0][1].content == "key"


def test_bridges() -> None:
    found = lower("package p; class C implements java.util.Comparator<String> {"
                  " public int compare(String a, String b) { return 0; } }")  # fmt: skip
    protos = [one.proto for one in found.cls("Lp/C;").methods if one.name == "compare"]
    assert protos == [
        "(Ljava/lang/String;Ljava/lang/String;)I", "(Ljava/lang/Object;Ljava/lang/Object;)I",
    ]  # fmt: skip


def test_resources_without_their_class() -> None:
    found = lower("package p; class C extends android.app.Activity {"
                  " void f() { setContentView(R.layout.main); } }")  # fmt: skip
    assert found.references("f", "sget") == ["Lp/R$layout;->main:I"]
    assert found.unread == []


def test_text_is_built_in_order() -> None:
    found = lower('package p; class C { String f(int n) { return "a" + 1 + n + "b" + null; } }')
    assert found.references("f", "const-string") == ["a1", "b"]
    kinds = [one.partition("append(")[2] for one in found.references("f") if "append(" in one]
    assert [one.partition(")")[0] for one in kinds] == [
        "Ljava/lang/String;", "I", "Ljava/lang/String;", "Ljava/lang/Object;",
    ]  # fmt: skip


def test_numbers_fill_an_array_from_a_table() -> None:
    found = lower("package p; class C { int[] a = {1, -2, 0x10}; }")
    (one,) = [each for each in found.code("<init>") if each.name == "fill-array-data"]
    assert one.payload is not None
    assert one.payload.elements == (1, -2, 16)  # type: ignore[union-attr]


def test_same_tree_same_listing_in_any_order() -> None:
    files = ['package p; class A { Object f() { return new Object() { }; } }',
             'package p; class B { Object f() { return new A().f(); } }']  # fmt: skip
    assert lower(files[0], files[1]).listing == lower(files[0], *reversed(files[1:])).listing
