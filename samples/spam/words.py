"""Words: how a mail is cut, which words are known, and how the graph does the same with standard operators.

A standard graph can lower-case a string and cut it at white space, but cannot take "money!!!" apart. So the vocabulary
lists every known word together with the ways in which it is written with punctuation around it.
"""

import re
from collections import Counter

from toolkit.text_network import UNKNOWN

PUNCTUATION = ".,;:!?\"'()[]<>*_-=|/"
SPELLINGS = ["{}.", "{},", "{}:", "{};", "{}!", "{}?", "{})", "({}", "({})", '"{}', '{}"', "{}...", "{}!!", "{}!!!"]


def cut(text):
    """Lower-cases ASCII letters only, as StringNormalizer does in the C locale, and cuts at white space."""
    return re.sub("[A-Z]+", lambda letters: letters[0].lower(), text).split()


def vocabulary(texts, size):
    """Maps each spelling to the id of its word; the `size` words that the most texts contain are known."""
    cuts = [cut(text) for text in texts]
    found = Counter(word for tokens in cuts for word in {_bare(token) for token in tokens} if _countable(word))
    ids = {word: UNKNOWN + 1 + i for i, (word, _) in enumerate(sorted(found.items(), key=_often_first)[:size])}
    seen = Counter(token for tokens in cuts for token in tokens)
    spellings = {spelling.format(word): i for word, i in ids.items() for spelling in SPELLINGS}
    spellings.update({token: ids[_bare(token)] for token, n in seen.items() if n > 1 and _bare(token) in ids})
    spellings.update(ids)
    return spellings


def encode(text, known):
    return [known.get(token, UNKNOWN) for token in cut(text)]


def splitting(graph, text):
    """The nodes that do what `cut` does."""
    lower = graph.add("StringNormalizer", text, case_change_action="LOWER", is_case_sensitive=1, locale="C")
    return graph.add("StringSplit", lower, outputs=2)


def _bare(token):
    """The word without the punctuation around it; a token of nothing but punctuation stands for itself."""
    return token.strip(PUNCTUATION) or token


def _countable(word):
    """Addresses, links and long numbers name single mails or lists, not what a mail is about."""
    return len(word) <= 20 and "@" not in word and "//" not in word and not re.search(r"\d{5}|\.\w+\.", word)


def _often_first(item):
    return -item[1], item[0]
