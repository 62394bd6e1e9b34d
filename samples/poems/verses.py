"""Poems and songs of three dynasties, out of the chinese-poetry collection."""

import json
import re
from collections import Counter, namedtuple

import numpy

Poem = namedtuple("Poem", "text label author")

SOURCES = {
    "唐诗": "quantangshi/poet.tang.*.json",
    "宋诗": "quantangshi/poet.song.*.json",
    "宋词": "songci/ci.song.*.json",
    "元曲": "yuanqu/yuanqu.json",
}
CLASSES = list(SOURCES)

NOTE = re.compile(r"[（(].*?[)）]")  # editors' notes and stage directions
STOPS = re.compile("。{2,}")  # left behind by a note
WHOLE = re.compile(r"[\u4e00-\u9fff，。、？！；：]{16,200}")
NO_AUTHOR = {"无名氏", "無名氏", "不詳", "佚名"}
MOST_BY_ONE_AUTHOR = 300


def files(folder):
    return [path for pattern in SOURCES.values() for path in sorted(folder.glob(pattern))]


def load(folder, per_class, seed):
    """At most `per_class` poems of each kind: whole ones (no gaps, no foreign signs), each once."""
    random, poems, seen = numpy.random.default_rng(seed), [], set()
    for label, pattern in SOURCES.items():
        found = []
        for path in sorted(folder.glob(pattern)):
            for record in json.loads(path.read_text(encoding="utf-8")):
                text = STOPS.sub("。", NOTE.sub("", "".join(record["paragraphs"])))
                if WHOLE.fullmatch(text) and text[:10] not in seen:
                    seen.add(text[:10])
                    found.append(Poem(text, label, _author(record["author"])))
        poems += _few_by_each(found, per_class, random)
    return poems


def long_songs(poems, longer_than=100):
    """The shifted slice: only the kinds that are sung, only long ones."""
    return [p for p in poems if p.label in ("宋词", "元曲") and len(p.text) > longer_than]


def _author(name):
    """Without the play's title. A poem of unknown author stands alone when authors are kept on one side of a split."""
    name = re.sub(r"《.*", "", name)
    return None if name in NO_AUTHOR else name


def _few_by_each(found, size, random):
    counts, picked = Counter(), []
    for index in random.permutation(len(found)):
        poem = found[index]
        if poem.author is None or counts[poem.author] < MOST_BY_ONE_AUTHOR:
            counts[poem.author] += 1
            picked.append(poem)
    return picked[:size]
