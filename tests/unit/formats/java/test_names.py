"""Which class, field or method a name means; what is not known is never guessed."""

from __future__ import annotations

import pytest

from unit.formats.java.lowered import body, lower

CALL = "class C { void f(%s x) { x.go(); } }"


@pytest.mark.parametrize(
    ("imports", "name", "owner"),
    [
        ("import q.Other;", "Other", "Lq/Other;"),
        ("", "Near", "Lp/Near;"),
        ("", "Thread", "Ljava/lang/Thread;"),
        ("", "q.Other", "Lq/Other;"),
        ("import q.Other;", "Other.Inside", "Lq/Other$Inside;"),
        ("import q.*;", "Other", "Lq/Other;"),
        ("import java.util.*;", "Missing", "Lp/Missing;"),
        ("import gone.lib.*;", "Missing", "Lunresolved-name/Missing;"),
        ("import gone.lib.Missing;", "Missing", "Lgone/lib/Missing;"),
        ("", "gone.lib.Missing.Part", "Lgone/lib/Missing$Part;"),
        ("import q.*;", "Thread", "Ljava/lang/Thread;"),
        ("import q.Child;", "Child.Inside", "Lq/Other$Inside;"),
    ],
)  # fmt: skip
def test_owner(imports: str, name: str, owner: str) -> None:
    found = lower(
        f"package p; {imports} {CALL % name}",
        "package q; public class Other { public static class Inside { } }",
        "package p; public class Near { }",
        "package q; public class Child extends Other { }",
    )
    (call,) = found.references("f", "invoke")
    assert call.partition("->")[0] == owner
    assert found.unread != []


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("o.toString().length();", "Ljava/lang/String;->length()I"),
        ("Math.max(i, 2L);", "Ljava/lang/Math;->max(JJ)J"),
        ("String.valueOf(i);", "Ljava/lang/String;->valueOf(I)Ljava/lang/String;"),
        ("String.valueOf('c');", "Ljava/lang/String;->valueOf(C)Ljava/lang/String;"),
        ("String.valueOf(o);", "Ljava/lang/String;->valueOf(Ljava/lang/Object;)Ljava/lang/String;"),
        ("new StringBuilder().append(i);",
         "Ljava/lang/StringBuilder;->append(I)Ljava/lang/StringBuilder;"),
        ("new int[1].clone();", "[I->clone()Ljava/lang/Object;"),
        ("hashCode();", "Lp/C;->hashCode()I"),
        ("f(o, (short) 1);", "Lp/C;->f(Ljava/lang/Object;I)V"),
        ('((Runnable) o).equals("");', "Ljava/lang/Object;->equals(Ljava/lang/Object;)Z"),
    ],
)  # fmt: skip
def test_call(code: str, call: str) -> None:
    found = body(code)
    assert call in found.references("f", "invoke")
    assert found.unread == []


def test_type_arguments_are_followed() -> None:
    found = lower(
        "package p; import java.util.*; class C { Map<String, List<Thread>> m; void f() {"
        " for (Map.Entry<String, List<Thread>> e : m.entrySet()) { e.getValue().get(0).start(); } } }"
    )
    assert "Ljava/lang/Thread;->start()V" in found.references("f", "invoke-virtual")
    assert found.references("f", "check-cast") == [
        "Ljava/util/Map$Entry;", "Ljava/util/List;", "Ljava/lang/Thread;",
    ]  # fmt: skip
    assert found.unread == []


def test_unknown_receiver_matches_nothing() -> None:
    found = lower("package p; import gone.*; class C { void f(Api a) { a.open().getDeviceId(); } }")
    calls = found.references("f", "invoke")
    assert all(one.startswith("Lunresolved-name/") for one in calls)
    assert any("unknown type" in one for one in found.unread)


def test_variable_arguments_and_boxes() -> None:
    found = body('String.format("%d", i);')
    assert "Ljava/lang/Integer;->valueOf(I)Ljava/lang/Integer;" in found.references("f")
    assert found.references("f", "new-array") == ["[Ljava/lang/Object;"]
    assert found.unread == []


def test_local_shadows_field_and_class() -> None:
    found = body("String own = null; own.length();")
    assert found.references("f", "iget") == []


def test_android_methods_behind_support_classes() -> None:
    found = lower(
        "package p; import androidx.appcompat.app.AppCompatActivity;"
        " class A extends AppCompatActivity { void f() { getContentResolver(); } }"
    )
    assert found.references("f", "invoke") == [
        "Lp/A;->getContentResolver()Landroid/content/ContentResolver;"
    ]
    assert found.unread == []


def test_static_import_of_a_class_that_is_not_here() -> None:
    found = lower("package p; import static gone.Keys.ID; class C { Object f() { return ID; } }")
    assert found.references("f", "sget") == ["Lgone/Keys;->ID:Ljava/lang/Object;"]
    assert found.unread == ["the value of ID is not known", "the class gone.Keys is not here"]


def test_packages_with_capitals() -> None:
    source = (
        "package p; import com.Tool.Services.Staff.Names; import com.Tool.Services.Staff.Group;"
        " import com.other.Outer.Inner; import com.other.small;"
        " class C { Names a; Group.Part b; Inner c; small d; }"
    )
    kinds = {one.name: one.type for one in lower(source).cls("Lp/C;").fields}
    assert kinds == {
        "a": "Lcom/Tool/Services/Staff/Names;",
        "b": "Lcom/Tool/Services/Staff/Group$Part;",
        "c": "Lcom/other/Outer$Inner;",
        "d": "Lcom/other/small;",
    }
    known = lower(source.replace("Outer", "Pack"), "package com.other.Pack; class Else { }")
    assert known.cls("Lp/C;").fields[2].type == "Lcom/other/Pack/Inner;"


def test_libraries_that_a_tree_lacks_are_known_by_their_names() -> None:
    found = lower(
        "package p; import okhttp3.OkHttpClient; import okhttp3.Request; class C {"
        " void f(Request r) { new OkHttpClient.Builder().build().newCall(r).enqueue(null); } }"
    )
    assert found.references("f", "invoke-")[1:] == [
        "Lokhttp3/OkHttpClient$Builder;->build()Lokhttp3/OkHttpClient;",
        "Lokhttp3/OkHttpClient;->newCall(Lokhttp3/Request;)Lokhttp3/Call;",
        "Lokhttp3/Call;->enqueue(Lokhttp3/Callback;)V",
    ]
    assert found.unread == []


def test_a_library_that_the_tree_has_counts_as_the_tree_has_it() -> None:
    own = "package okhttp3; public class Call { public String m(int i) { return null; } }"
    found = lower("package p; class C { void f(okhttp3.Call c) { c.m(3); c.cancel(); } }", own)
    assert found.references("f", "invoke-virtual")[0] == "Lokhttp3/Call;->m(I)Ljava/lang/String;"
    assert found.unread == ["okhttp3.Call has no method cancel that fits"]
