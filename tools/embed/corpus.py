"""Open texts for the distillation, and the run-time tokenisation, letter for letter as in src/text/vectors.ts.

Only texts that may be built on are read here: XED (CC BY 4.0), the City of Helsinki's sentence templates (MIT), Kotus, AFINN and
sentiment word lists, and the exchanges written for this project (`kind: written`). Never `kind: real`, dev files or treebanks.
"""
import csv, glob, json, os, re, unicodedata

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SHARED = os.environ.get("SAVY_SHARED", os.path.join(ROOT, "..", "shared"))
CACHE = os.environ.get("SAVY_EMBED_CACHE", "/tmp/emb")
MAX_PIECE = 24  # UTF-16 code units

# ---------------------------------------------------------------- words

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+(?:['\u2019\u02bc](?:[^\W_])+)*", re.UNICODE)
_EMOJI = re.compile("[!?\u2600-\u27bf\u2b50\u2764\U0001f300-\U0001faff]")


def words(text):
    """Words (letters and digits, inner apostrophes kept), single emoji, and ! and ?, in order."""
    out = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    out += [(m.start(), m.group()) for m in _EMOJI.finditer(text)]
    return [w for _, w in sorted(out)]


def fold(word):
    """NFC, lower case, one apostrophe, every digit 0; as UTF-16 code units, one Python character each."""
    word = word[:64]
    w = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).lower())
    w = w.replace("\u2019", "'").replace("\u02bc", "'")
    w = re.sub("[0-9]", "0", w)
    if any(ord(c) > 0xFFFF for c in w):
        b = w.encode("utf-16-le", "surrogatepass")
        w = "".join(chr(b[i] | b[i + 1] << 8) for i in range(0, len(b), 2))
    return w


def pieces(word, vocab):
    """Greedy longest match of an already folded word. Vocab keys: '^x' begins a word, 'x' stands inside. Unknown units are skipped."""
    out, i, n = [], 0, len(word)
    while i < n:
        mark = "^" if i == 0 else ""
        for j in range(min(n, i + MAX_PIECE), i, -1):
            r = vocab.get(mark + word[i:j])
            if r is not None:
                out.append(r)
                i = j
                break
        else:
            i += 1
    return out


def units(text, vocab, cache):
    """Rows of a text: the pieces of its words, in order."""
    out = []
    for w in words(text):
        if w not in cache:
            cache[w] = pieces(fold(w), vocab)
        out += cache[w]
    return out


# ---------------------------------------------------------------- texts

def _tsv(path, column):
    with open(os.path.join(SHARED, "data", path), encoding="utf-8") as f:
        return [r.rstrip("\n").split("\t")[column].strip() for r in f if "\t" in r]


def exchanges(lang, kinds=("written",)):
    """Labelled exchanges in file order. The written ones are the same that lie in fixtures/training."""
    with open(os.path.join(SHARED, "eval", "train", lang + ".jsonl"), encoding="utf-8") as f:
        rows = [json.loads(r) for r in f]
    return [r for r in rows if r["kind"] in kinds]


def sentences(text):
    parts = re.split(r"(?<=[.!?…])\s+|\n+", text)
    return [p.strip() for p in parts if len(p.strip()) > 3]


def film_lines():
    out = []
    for lang, path, col in (("fi", "xed/fi-annotated.tsv", 0), ("fi", "xed/neu_fi.txt", 1), ("en", "xed/en-annotated.tsv", 0), ("sv", "xed/sv-projections.tsv", 0)):
        seen = set()
        for t in _tsv(path, col):
            t = re.sub(r"\s+([,.!?;:])", r"\1", t).strip("- ").strip()
            if len(words(t)) >= 2 and t not in seen:
                seen.add(t)
                out.append((lang, t))
    return out


def templates():
    with open(os.path.join(SHARED, "data/synthetic-feedback-templates/templates.jsonl"), encoding="utf-8") as f:
        return [("fi", json.loads(r)["text"].replace("{s}", "Virtanen")) for r in f]


def written(lang):
    """(text, index of its exchange) of both sides of the written exchanges, whole and by sentence."""
    out = []
    for i, r in enumerate(exchanges(lang)):
        for side in ("complaint", "reply"):
            t = (r.get(side) or "").strip()
            if not t:
                continue
            out.append((t, i))
            s = sentences(t)
            if len(s) > 1:
                out += [(x, i) for x in s]
    return out


def word_list():
    """Single words with their language: Kotus base forms, AFINN, the Swedish sentiment lexicon."""
    out = []
    with open(os.path.join(SHARED, "data/kotus/kotus_kaikkisanat.txt"), encoding="utf-8") as f:
        out += [("fi", w.strip()) for w in f if w.strip()]
    for lang in ("fi", "en", "sv"):
        out += [(lang, t) for t in _tsv("afinn/AFINN-%s-165.txt" % lang, 0)]
    return out
