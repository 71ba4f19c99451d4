"""Examples after the Java Native Interface specification, chapter 2."""

from __future__ import annotations

import pytest

from witnessmark.formats.elf import JniName, java_name

NAMES = {
    "Java_p_q_r_A_f": JniName("p.q.r.A", "f", None),
    "Java_p_q_r_A_f__ILjava_lang_String_2": JniName("p.q.r.A", "f", "ILjava/lang/String;"),
    "Java_a_B_get_1id": JniName("a.B", "get_id", None),
    "Java_a_B_00024Inner_run": JniName("a.B$Inner", "run", None),
    "Java_a_B_f___3I": JniName("a.B", "f", "[I"),
    "Java_a_B_f__": JniName("a.B", "f", ""),
    "Java_a_B__04f60_0597d": JniName("a.B", "你好", None),
}


@pytest.mark.parametrize("symbol", NAMES)
def test_unmangled(symbol: str) -> None:
    assert java_name(symbol) == NAMES[symbol]


@pytest.mark.parametrize(
    "symbol", ["JNI_OnLoad", "java_a_B_f", "Java_", "Java_only", "Java__a_f", "_Java_a_B_f"]
)
def test_other_names_bind_to_nothing(symbol: str) -> None:
    assert java_name(symbol) is None
