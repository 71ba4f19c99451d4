"""Lists of names are told from lists of words."""

from __future__ import annotations

import pytest

from witnessmark.analyses.marks._people import are_names
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.lookalikes import LookAlike
from witnessmark.knowledge.packs.person_names import PersonNames

INVENTED = "王伟 李娜 张敏 刘洋 陈静 杨磊 赵强 黄丽 周杰 吴军"
NICKNAMES = "小太阳 追风 Jack #一点 白天不亮 动力火车 BOBO ~夏 品品 阿九 豆豆 西瓜"
CITIES = (
    "北京 上海 广州 深圳 天津 重庆 苏州 杭州 金华 温州 安庆 常州 马鞍山 黄山 江门 汕头 "
    "兰州 西宁 银川 乌鲁木齐 拉萨 海口 三亚 贵阳"
)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [(INVENTED, True), (f"{INVENTED} {NICKNAMES}", True), (NICKNAMES, False), (CITIES, False)],
)
def test_names_among_other_words(texts: str, expected: bool) -> None:
    know = load({"person_names", "lookalikes"})
    names = know.entries("person_names", PersonNames)
    assert are_names(texts.split(), names, know.entries("lookalikes", LookAlike)) is expected
