"""What the how-to pages show works: examples load and prove themselves, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from witnessmark.knowledge.load import load_pack

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
LINK = re.compile(r"\]\(([^)#]+)(#[^)]*)?\)")
EXAMPLES = (
    ("add-an-sdk.md", "csv", "sdks/ours.csv", "example-map"),
    ("add-a-lexicon-entry.md", "csv", "languages/ours.csv", "ug/residence-card"),
    ("add-a-provision.md", "yaml", "law/xx/act.yaml", "xx.data.12"),
    ("add-knowledge.md", "yaml", "sources/reader.yaml", "example.CardReader.holder"),
    ("add-knowledge.md", "yaml", "sinks/wire.yaml", "example.Wire.push"),
    ("add-knowledge.md", "yaml", "models/envelope.yaml", "example.Envelope.seal"),
    ("add-knowledge.md", "yaml", "annotated/wire.yaml", "example.OnWire"),
)


@pytest.mark.parametrize(("page", "language", "path", "entry"), EXAMPLES)
def test_an_example_is_a_sound_pack(
    page: str, language: str, path: str, entry: str, tmp_path: Path
) -> None:
    text = (ROOT / "docs" / "how-to" / page).read_text(encoding="utf-8")
    blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    shown = next((block for block in blocks if block.startswith(f"# mine/{path}")), blocks[0])
    target = tmp_path / path
    target.parent.mkdir(parents=True)
    target.write_text(shown, encoding="utf-8")
    name = path.partition("/")[0]
    assert entry in {one.id for one in load_pack(name, (tmp_path,))}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, _ in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_page_is_reached_from_the_readme() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in (*PAGES, ROOT / "README.md"))
    assert [page.name for page in PAGES if f"{page.name})" not in text] == []
