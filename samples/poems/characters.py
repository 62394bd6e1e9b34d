"""Characters: which are known, and how the graph takes a text apart into them.

The collection prints poems in traditional characters and songs in simplified ones, and its editions of Tang and of Song
poems prefer different variants. A model that saw this would learn the editions. So all spellings of a character get one
id, and so do the marks that pause and those that stop.
"""

from collections import Counter

from onnx import helper

from poems import variants
from toolkit.text_network import UNKNOWN

MARKS = {"、": "，", "；": "。", "：": "。", "？": "。", "！": "。", ",": "，", ".": "。", "?": "。", "!": "。"}
TOKENIZER = helper.make_opsetid("com.microsoft", 1)


def vocabulary(texts, size, unihan):
    """Maps every spelling of the `size` most frequent characters to the id of its character."""
    spellings = variants.spellings(unihan)
    fold = lambda c: MARKS.get(c) or spellings.get(c, c)[0]
    found = Counter(fold(c) for text in texts for c in text)
    order = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:size]
    ids = {c: UNKNOWN + 1 + i for i, (c, _) in enumerate(order)}
    known = {spelling: i for c, i in ids.items() for spelling in spellings.get(c, [c])}
    return known | {mark: ids[means] for mark, means in MARKS.items()}


def encode(text, known):
    return [known.get(c, UNKNOWN) for c in text]


def splitting(graph, text):
    """No standard operator cuts a string into characters; ONNX Runtime's own Tokenizer does."""
    return graph.add("Tokenizer", text, domain="com.microsoft", mark=0, mincharnum=1, pad_value="", separators=[""])
