"""The SpamAssassin corpus: from raw mail to the short text a person would read."""

import email
import email.header
import html
import re
from collections import namedtuple

Mail = namedtuple("Mail", "text label group thread")

CLASSES = ["ham", "spam"]
GROUPS = {"easy-ham-1": "ham", "easy-ham-2": "ham", "hard-ham-1": "ham", "spam-1": "spam", "spam-2": "spam"}
LONGEST = 1500  # characters

LIST_TAG = re.compile(r"\[[^\]]{1,30}\]\s*")
ADDRESS = re.compile(r"[\w.+=-]+@[\w.-]+\w")
CODE = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.S | re.I)
TAG = re.compile(r"<[a-z/!?][^>]*>", re.S | re.I)
EXPLICIT = re.compile(r"\b(sex\w*|porn\w*|xxx\w*|nude\w*|naked|fuck\w*|cock|pussy|penis|breast\w*|erotic\w*|horny|"
                      r"sluts?|lolita\w*|incest|rape|orgasm\w*|hardcore|teens?)\b", re.I)
CONTROL = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\ufffd]")


def files(folder):
    return [path for group in GROUPS for path in sorted((folder / group).glob("*.txt"))]


def load(folder):
    """Every mail once: copies (the same words at the start), mails without text and explicit ones are left out."""
    seen, mails = set(), []
    for path in files(folder):
        message = _parse(path.read_bytes())
        text = readable(message)
        start = " ".join(re.findall(r"\w+", text.lower())[:40])
        if start and start not in seen and not EXPLICIT.search(text):
            seen.add(start)
            mails.append(Mail(text, GROUPS[path.parent.name], path.parent.name, _thread(message)))
    return mails


def readable(message):
    """Subject and body only, no other header; no mailing-list tag in the subject, no mail address anywhere."""
    subject = LIST_TAG.sub("", _subject(message))
    text = ADDRESS.sub("name@example.org", f"{subject} {_body(message)}")
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST].strip()


def _parse(raw):
    return email.message_from_bytes(raw.split(b"\n", 1)[-1] if raw.startswith(b"From ") else raw)


def _thread(message):
    """Answers in a thread quote each other: one thread must not fall on both sides of a split."""
    return " ".join(re.sub(r"\b(re|fwd?|aw)\b|[^a-z]", " ", LIST_TAG.sub("", _subject(message)).lower()).split())


def _subject(message):
    parts = email.header.decode_header(message["Subject"] or "")
    return "".join(_decode(part, charset) for part, charset in parts)


def _body(message):
    """The first plain part, or else the first HTML part without its markup."""
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    parts.sort(key=lambda part: part.get_content_subtype() != "plain")
    if not parts:
        return ""
    text = _decode(parts[0].get_payload(decode=True) or b"", parts[0].get_content_charset())
    return text if "<" not in text else _without_markup(text)


def _without_markup(text):
    return html.unescape(TAG.sub(" ", CODE.sub(" ", text)))


def _decode(part, charset):
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "latin-1", errors="replace")
    except LookupError:  # a charset nobody has heard of
        return part.decode("latin-1")
