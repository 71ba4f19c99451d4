"""Sources, sinks and models: what the packs promise to whoever follows flows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from witnessmark.knowledge.flows import FlowKnowledge, flow_knowledge
from witnessmark.knowledge.load import load_pack
from witnessmark.knowledge.packs.people import Category
from witnessmark.model.errors import KnowledgeError

CHANNELS = {
    "http", "socket", "webview", "sms", "call", "email", "bluetooth", "nfc", "log", "file",
    "database", "preferences", "ipc", "clipboard", "notification", "xmpp", "mqtt", "ftp", "soap",
    "push", "analytics", "command", "stream",
}  # fmt: skip


@pytest.fixture(scope="module")
def know() -> FlowKnowledge:
    return flow_knowledge()


def test_device_data_are_sources_where_they_come_out(know: FlowKnowledge) -> None:
    (imei,) = know.sources_by_member["android.telephony.TelephonyManager", "getDeviceId"]
    assert (imei.cites, imei.where) == ("apis/TelephonyManager.getDeviceId", ("return",))
    assert imei.categories == ("wm:IMEI",)
    (serial,) = know.sources_by_member["android.os.Build", "SERIAL"]
    assert serial.where == ("field",)


def test_what_only_begins_brings_nothing(know: FlowKnowledge) -> None:
    cited = {source.cites for source in know.sources}
    assert "apis/WifiManager.startScan" not in cited
    assert "apis/LocationManager.requestLocationUpdates" not in cited
    assert "apis/URL.openConnection" not in cited


def test_addresses_tell_what_a_store_holds(know: FlowKnowledge) -> None:
    sms = know.address("content://sms/inbox")
    field = know.address("Landroid/provider/Telephony$Sms;->CONTENT_URI:Landroid/net/Uri;")
    assert sms is not None
    assert field is not None
    assert sms.categories == field.categories == ("wm:MessageContent",)
    assert know.address("content://org.example.notes/1") is None


def test_every_channel_has_a_way(know: FlowKnowledge) -> None:
    assert {sink.channel for sink in know.sinks} == CHANNELS
    ways = ("arguments", "opens", "files", "returned")
    assert [s.id for s in know.sinks if not any(getattr(s, way) for way in ways)] == []


def test_models_move_something(know: FlowKnowledge) -> None:
    idle = [m.id for m in know.models if not any((m.flows, m.callback, m.access, m.files, m.wraps))]
    assert idle == []
    (put,) = know.models_by_member["java.util.Map", "put"]
    assert (put.key, put.access) == (0, "put")


def test_files_and_commands_of_the_device_are_told(know: FlowKnowledge) -> None:
    photos = know.place("file", "/sdcard/DCIM/Camera/1.jpg")
    log = know.place("command", "logcat -d")
    assert photos is not None
    assert log is not None
    assert (photos.categories, log.categories) == (("wm:MediaFiles",), ("wm:SystemLog",))
    assert know.place("command", "/sdcard/DCIM") is None
    assert know.place("file", "/data/local/tmp/notes.txt") is None


def test_annotations_make_ways_in_and_out(know: FlowKnowledge) -> None:
    (post,) = know.annotated_by_type["Lretrofit2/http/POST;"]
    assert (post.role, post.carries, post.channel) == ("sink", "parameters", "http")
    script = know.annotated_by_type["Landroid/webkit/JavascriptInterface;"]
    assert [(way.role, way.carries) for way in script] == [
        ("source", "parameters"), ("sink", "return"),
    ]  # fmt: skip


def test_contents_of_files_are_told_from_their_names(know: FlowKnowledge) -> None:
    bodies = know.models_by_member["org.apache.http.entity.mime.content.FileBody", "<init>"]
    assert {model.files for model in bodies} >= {("file:0->this",)}
    recorders = know.sources_by_member["android.media.MediaRecorder", "setOutputFile"]
    paths = [s for s in recorders if s.parameters == "Ljava/lang/String;"]
    assert [s.where for s in paths] == [("file:0",)]


def test_streams_around_streams_are_told(know: FlowKnowledge) -> None:
    made = know.models_by_member["java.util.zip.GZIPOutputStream", "<init>"]
    assert {model.wraps for model in made} >= {("0",)}


def test_categories_are_those_of_the_pack_people(know: FlowKnowledge) -> None:
    known = {entry.id for entry in load_pack("people") if isinstance(entry, Category)}
    assert [s.cites for s in know.sources if set(s.categories) - known] == []


SINK = """
- id: example.Wire.push
  says: Sends over a wire
  source: example.org/wire
  owner: org.example.Wire
  members: [push]
  arguments: ["0"]
  to: [this]
  channel: socket
  matches: ["Lorg/example/Wire;->push([B)V"]
  not_matches: ["Lorg/example/Wire;->pull()[B"]
"""


def test_a_folder_of_packs_adds_to_them(tmp_path: Path) -> None:
    (tmp_path / "sinks").mkdir()
    (tmp_path / "sinks" / "own.yaml").write_text(SINK, encoding="utf-8")
    know = flow_knowledge((tmp_path,))
    assert know.sinks_by_member["org.example.Wire", "push"][0].channel == "socket"


@pytest.mark.parametrize(
    ("old", "new"),
    [('["0"]', '["first"]'), ("channel: socket", "channel: pigeon"), ("->push(", "->throw(")],
)
def test_a_wrong_entry_is_named(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "sinks").mkdir()
    (tmp_path / "sinks" / "own.yaml").write_text(SINK.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"own\.yaml: entry example\.Wire\.push"):
        flow_knowledge((tmp_path,))


def test_a_place_of_an_unknown_entry_is_refused(tmp_path: Path) -> None:
    (tmp_path / "api_places").mkdir()
    text = "id,says,source,where\nNobody.knows,nothing,example.org,return\n"
    (tmp_path / "api_places" / "own.csv").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"Nobody\.knows"):
        flow_knowledge((tmp_path,))


def test_the_examples_of_the_guide_are_a_pack(tmp_path: Path) -> None:
    guide = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "add-knowledge.md"
    for block in re.findall(r"```yaml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL):
        name = re.match(r"# mine/(\S+)\n", block)
        assert name is not None
        path = tmp_path / name[1]
        path.parent.mkdir(exist_ok=True)
        path.write_text(block, encoding="utf-8")
    know = flow_knowledge((tmp_path,))
    assert know.sources_by_member["org.example.CardReader", "holder"][0].about == "third_person"
    assert know.sinks_by_member["org.example.Wire", "upload"][0].files == ("0",)
    assert know.models_by_member["org.example.Envelope", "seal"]
    assert know.annotated_by_type["Lorg/example/OnWire;"]
