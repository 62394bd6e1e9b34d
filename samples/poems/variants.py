"""Which Chinese characters are ways to write the same one, after the Unicode database (Debian's unicode-data)."""

import bz2

RELATIONS = {"kSimplifiedVariant", "kTraditionalVariant", "kZVariant", "kSemanticVariant"}
# Met in the collection, not related by the database.
MISSING = ("莺鶑 郁鬰 净浄 颜顔 旆斾 鼎鼑 艳艶 惟唯 只祇 只秖 游遊 岳嶽 彩綵 沾霑 托託 挨捱 升昇 升陞 昆崑 修脩 凄悽 炼鍊 "
           "袅嫋 阅閲 凫鳬 玩翫 滟灩 冢塚 暗闇 雕鵰 雕琱 仿彷 佛彿 蕴藴 产産 骂駡 弥瀰 术朮 膻羶 签籤 酝醖 亘亙 绿緑 宁甯 "
           "啮齧 干榦 赞讚 凌淩 向嚮 巨鉅 蓑簑 颓頽 凶兇 占佔 熏薰 席蓆").split()


def spellings(unihan):
    """Maps each character that can be written differently to all its spellings, sorted."""
    groups = {}
    for one, other in _pairs(unihan):
        merged = groups.setdefault(one, {one}) | groups.setdefault(other, {other})
        for character in merged:
            groups[character] = merged
    return {character: sorted(group) for character, group in groups.items()}


def _pairs(unihan):
    yield from MISSING
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                character, relation, others = line.rstrip("\n").split("\t")
                if relation in RELATIONS:
                    yield from ((_character(character), _character(other)) for other in others.split())


def _character(code):
    """From U+4E00 or U+4E00<kSource."""
    return chr(int(code.split("<")[0][2:], 16))
