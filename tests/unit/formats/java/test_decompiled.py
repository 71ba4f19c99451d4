"""What decompilers write: renamed constants, missing classes, lists of instructions, errors."""

from __future__ import annotations

from unit.formats.java.lowered import body, lower, tree
from witnessmark.formats.listing.model import SwitchTable

UPLOAD = "Lorg/example/notes/Upload;"


def test_constants_are_followed_from_class_to_class() -> None:
    fields = {one.name: one for one in tree()["Upload.java"].cls(UPLOAD).fields}
    value = fields["PATH"].value
    assert value is not None
    assert value.content == "https://api.example.org/v1/notes"
    source = tree()["Upload.java"].source
    written = source[value.span.offset : value.span.end]
    assert written == b'Config.HOST + "/v1/notes"'


def test_resource_number_of_a_renamed_class() -> None:
    config = tree()["Config.java"].cls("Lorg/example/notes/Config;")
    value = next(one.value for one in config.fields if one.name == "LAYOUT")
    assert value is not None
    assert value.content == 2131427328


def test_constant_of_a_class_that_is_not_here_is_unknown() -> None:
    upload = tree()["Upload.java"]
    reads = upload.references("send", "sget")
    assert "Lorg/objectweb/asm/Opcodes;->GETFIELD:Lunresolved-name/Unknown;" in reads
    assert any("Opcodes.GETFIELD is not known" in one for one in upload.unread)


def test_constant_in_place_of_a_number_has_its_value() -> None:
    opcodes = "package org.objectweb.asm; public interface Opcodes { int GETFIELD = 180; }"
    found = lower(
        "package p; import org.objectweb.asm.Opcodes; class C {"
        " void f(java.io.PrintStream s) { s.write(Opcodes.GETFIELD); } }",
        opcodes,
    )
    (load,) = [one for one in found.code("f") if one.name == "const"]
    assert load.literal == 180
    assert found.written(load) == "Opcodes.GETFIELD"
    assert found.unread == []


def test_platform_constant_is_a_text() -> None:
    found = body("((android.content.Context) o).getSystemService(android.content.Context."
                 "TELEPHONY_SERVICE);")  # fmt: skip
    assert found.references("f", "const-string") == ["phone"]


def test_members_of_a_missing_superclass_stay_with_the_class() -> None:
    upload = tree()["Upload.java"]
    calls = upload.references("send", "invoke-virtual")
    assert f"{UPLOAD}->report(Ljava/lang/Throwable;)V" in calls
    missing = [one.missing for one in upload.listing.unread if one.missing]
    assert "org.example.notes.BaseUpload" in missing


def test_types_of_known_calls_go_on() -> None:
    calls = tree()["Upload.java"].references("send", "invoke-virtual")
    assert "Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;" in calls
    assert "Lb;->b(Ljava/lang/String;)V" in calls


def test_list_of_instructions_is_code() -> None:
    upload = tree()["Upload.java"]
    calls = upload.references("read", "invoke")
    assert "Landroid/net/Uri;->parse(Ljava/lang/String;)Landroid/net/Uri;" in calls
    assert calls[2].startswith("Landroid/content/ContentResolver;->query(Landroid/net/Uri;[L")
    (text,) = [one for one in upload.code("read") if one.name == "const-string"]
    assert upload.written(text) == '"content://sms"'
    made = upload.method("read").body
    assert made is not None
    assert [one.type for one in made.handlers] == ["Ljava/lang/Throwable;"] * 2
    assert "Ljava/lang/UnsupportedOperationException;" not in upload.references("read")


def test_skipped_list_is_told() -> None:
    upload = tree()["Upload.java"]
    assert upload.unread.count("the decompiler could not write this method as Java") == 1


def test_types_not_found_out_and_locals_not_declared() -> None:
    found = body(
        "\n        ?? r0 = o;\n        ?? r1 = r0;\n th = new Exception(); th.getMessage();"
    )
    calls = found.references("f", "invoke-virtual")
    assert calls == ["Ljava/lang/Exception;->getMessage()Ljava/lang/String;"]
    assert found.unread == ["nothing here declares th"]


def test_constructor_call_behind_other_statements() -> None:
    found = lower(
        "package p; class C extends Exception { int a; C(String s) {\n"
        "        this.a = 1;\n        super(s);\n    } }"
    )
    calls = found.references("<init>", "invoke-direct")
    assert calls == ["Ljava/lang/Exception;-><init>(Ljava/lang/String;)V"]


def test_captured_value_written_as_this() -> None:
    found = tree()["C0007b.java"]
    inner = found.cls("Lb$1;")
    assert [one.name for one in inner.fields] == ["this$0", "val$str"]
    assert found.references("run", "invoke") == ["Lb;->b(Ljava/lang/String;)V"]


def test_broken_statement_keeps_the_rest() -> None:
    found = body('foo( ; String s = "kept"; o.hashCode(); } } ')
    assert "kept" in found.references("f", "const-string")
    assert "this is no Java" in found.unread


def test_numbers_that_a_decompiler_tells_beside_names() -> None:
    found = lower(
        "package p; import q.R; class C { int f(int v) { switch (v) {"
        " case R.id.ok /* 2131296275 */: return 1; case q.Ops.GET /* 180 */: return 2; }"
        " return g(R.layout.page /* 0x7f030000 */, 5 /* 6 */, v /* other */); }"
        " native int g(int i, int k, int v); }"
    )
    (switch,) = [one for one in found.code("f") if one.name == "packed-switch"]
    assert isinstance(switch.payload, SwitchTable)
    assert [key for key, _ in switch.payload.cases] == [180, 2131296275]
    assert [one.literal for one in found.code("f") if one.name == "const"][2:] == [0x7F030000, 5]
    assert found.unread == []


def test_several_variables_in_one() -> None:
    found = lower(
        "package p; class C { void f(String one, java.util.Map<String, String> two) throws Exception {"
        " one = new java.net.URL((String)one); two = two.entrySet().iterator();"
        " while (two.hasNext()) { two.next(); } two = one.getHost().getBytes();"
        " g(((Object)two).length); one.openConnection(); } native void g(int n); }"
    )
    assert found.references("f", "invoke")[1:] == [
        "Ljava/util/Map;->entrySet()Ljava/util/Set;",
        "Ljava/util/Set;->iterator()Ljava/util/Iterator;",
        "Ljava/util/Iterator;->hasNext()Z",
        "Ljava/util/Iterator;->next()Ljava/lang/Object;",
        "Ljava/net/URL;->getHost()Ljava/lang/String;",
        "Ljava/lang/String;->getBytes()[B",
        "Lp/C;->g(I)V",
        "Ljava/net/URL;->openConnection()Ljava/net/URLConnection;",
    ]
    assert "array-length" in [one.name for one in found.code("f")]
    assert found.unread == []


def test_jumps_that_java_lacks() -> None:
    found = body(
        "if (o == null) ** GOTO lbl53\n ** while (i > 3)\n o.hashCode();\nlbl53:\n // 2 sources:\n"
        " o.toString(); int k = i ** 2;"
    )
    assert found.references("f", "invoke")[-2:] == [
        "Ljava/lang/Object;->hashCode()I", "Ljava/lang/Object;->toString()Ljava/lang/String;",
    ]  # fmt: skip
