"""Folders and names that the platform gives are told as people know them."""

from __future__ import annotations

from pathlib import Path

import pytest

from miniapp.apk import write_apk
from witnessmark import pipeline
from witnessmark.flow.values.tables import DERIVED_TEXTS

FILE = "Ljava/io/File;"
ENVIRONMENT = "Landroid/os/Environment;"
PATHS = {
    "shared": (
        [
            f"new {FILE}",
            f"call static Landroid/os/Environment;->getExternalStorageDirectory(){FILE}",
            "string kept/list.txt",
            f"call direct {FILE}-><init>({FILE}Ljava/lang/String;)V",
            f"call {FILE}->delete()Z",
        ],
        "/sdcard/kept/list.txt",
    ),
    "private": (
        [
            f"new {FILE}",
            "this",
            f"call Lorg/example/Main;->getFilesDir(){FILE}",
            "string tool",
            f"call direct {FILE}-><init>({FILE}Ljava/lang/String;)V",
            f"call {FILE}->delete()Z",
        ],
        "/data/data/org.example/files/tool",
    ),
    "public": (
        [
            f"new {FILE}",
            "sget Landroid/os/Environment;->DIRECTORY_DOWNLOADS:Ljava/lang/String;",
            f"call static {ENVIRONMENT}->getExternalStoragePublicDirectory(Ljava/lang/String;){FILE}",
            "string update.bin",
            f"call direct {FILE}-><init>({FILE}Ljava/lang/String;)V",
            f"call {FILE}->createNewFile()Z",
        ],
        "/sdcard/Download/update.bin",
    ),
}


@pytest.mark.parametrize("name", PATHS)
def test_paths_in_folders_of_the_platform(name: str, tmp_path: Path) -> None:
    code, path = PATHS[name]
    methods = [{"sig": "onResume()V", "code": code}]
    main = {"name": "org.example.Main", "extends": "android.app.Activity", "methods": methods}
    target = tmp_path / "case.apk"
    target.write_bytes(write_apk({"classes": [main]}))
    facts = pipeline.read_app([target])
    rows = facts.table(DERIVED_TEXTS).rows("text", "whole", "decoded")
    assert (path, True, False) in set(rows)


def test_a_name_that_is_not_known_stays_open(tmp_path: Path) -> None:
    code = [
        f"new {FILE}",
        f"call static Landroid/os/Environment;->getExternalStorageDirectory(){FILE}",
        "param 1",
        f"call direct {FILE}-><init>({FILE}Ljava/lang/String;)V",
        f"call {FILE}->delete()Z",
    ]
    methods = [{"sig": "keep(Ljava/lang/String;)V", "code": code}]
    main = {"name": "org.example.Main", "extends": "android.app.Activity", "methods": methods}
    target = tmp_path / "case.apk"
    target.write_bytes(write_apk({"classes": [main]}))
    rows = pipeline.read_app([target]).table(DERIVED_TEXTS).rows("text", "whole")
    assert all(text == "/sdcard/?" and not whole for text, whole in rows)
