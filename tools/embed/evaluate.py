"""Cross-validates fact heads over tf-idf, the teacher, the student, and both together. Results go to the cache and to stdout.

    python evaluate.py tfidf | teacher | student FILE.npz... | both FILE.npz

Folds: contiguous blocks of ten exchanges (twins stand next to each other); block b lies in fold hash(b) mod 5. The student's file holds
one fit a fold, made without the held-out written texts, so nothing of a test text reached the distillation either.
Settings: `fi` (CV), `en-w` (written, CV), `en-r` (real, heads fitted on written English only), `en-r+` (real, CV, heads fitted on written
and the other real ones). A trailing `*` adds the written exchanges of the other language to the fitting side.
"""
import json, os, sys
import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
import corpus, teach

MESSAGE = ["humorous", "angry", "serious", "praise", "asks"]
REPLY = ["empathy", "playful", "blames", "deflects", "acts", "boilerplate"]
SOLVER = "liblinear"
FACTS = MESSAGE + REPLY + ["toneclash"]


def fold_of(lang, i):
    b = i // 10 + (0 if lang == "fi" else 1000)
    return (b * 2654435761 % (1 << 32) >> 16) % 5


class Data:
    def __init__(self):
        self.rows = []
        for lang in ("fi", "en"):
            for i, r in enumerate(corpus.exchanges(lang, ("written", "real"))):
                r["fold"] = fold_of(lang, i)
                r["labels"]["praise"] = r["labels"]["intent"] == "praise"
                self.rows.append(r)
        self.msg = [(r.get("complaint") or "").strip() for r in self.rows]
        self.rep = [(r.get("reply") or "").strip() for r in self.rows]
        self.lang = np.array([r["lang"] for r in self.rows])
        self.real = np.array([r["kind"] == "real" for r in self.rows])
        self.fold = np.array([r["fold"] for r in self.rows])

    def y(self, fact):
        return np.array([bool(r["labels"].get(fact)) for r in self.rows])

    def splits(self, setting):
        """(train rows, test rows) per fold."""
        extra = setting.endswith("*")
        s = setting.rstrip("*")
        w_fi, w_en = (self.lang == "fi") & ~self.real, (self.lang == "en") & ~self.real
        real = self.real
        for f in range(5):
            out = self.fold != f
            if s == "fi":
                tr, te = w_fi & out, w_fi & ~out
                tr = tr | (w_en if extra else False)
            elif s == "en-w":
                tr, te = w_en & out, w_en & ~out
                tr = tr | (w_fi if extra else False)
            elif s == "en-r":
                tr, te = w_en | (w_fi if extra else False), real
            else:
                tr, te = w_en | (real & out) | (w_fi if extra else False), real & ~out
            yield f, np.flatnonzero(tr), np.flatnonzero(te)
            if s == "en-r":
                return


def unit(x):
    return x / np.maximum(np.sqrt((x * x).sum(1, keepdims=True)), 1e-9)


def dense(m, r, fact):
    if fact in MESSAGE:
        return m
    d = m.shape[1]
    return np.hstack([m, r, np.abs(m - r), m * r * np.sqrt(d)])


_LAST = {}


def tfidf(data, tr, fact):
    key = (fact in MESSAGE, len(tr), int(tr.sum()))
    if key not in _LAST:
        if len(_LAST) > 1:
            _LAST.clear()
        _LAST[key] = _tfidf(data, tr, fact)
    return _LAST[key]


def _tfidf(data, tr, fact):
    cols = [data.msg] if fact in MESSAGE else [data.msg, data.rep]
    out = []
    for c in cols:
        for v in (TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=r"(?u)\b\w+\b|[!?]|[\u2600-\U0001faff]"),
                  TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=3, max_features=60000)):
            v.fit([c[i] for i in tr])
            out.append(v.transform(c))
    return sp.hstack(out).tocsr()


def lr(c):
    return LogisticRegression(C=c, max_iter=400, solver=SOLVER)


def best_threshold(p, y):
    order = np.argsort(-p)
    tp = np.cumsum(y[order])
    f = 2 * tp / (np.arange(1, len(y) + 1) + y.sum())
    k = int(f.argmax())
    hi = p[order][k]
    lo = p[order][k + 1] if k + 1 < len(y) else hi - 1e-6
    return (hi + lo) / 2, f[k]


def head(x, y, tr, te, inner, cs):
    """Predictions on te; C and threshold from grouped inner folds of tr."""
    best = None
    for c in cs:
        p = np.zeros(len(tr))
        for g in sorted(set(inner)):
            a, b = tr[inner != g], inner == g
            p[b] = lr(c).fit(x[a], y[a]).decision_function(x[tr[b]])
        t, f = best_threshold(p, y[tr])
        if best is None or f > best[0]:
            best = (f, c, t)
    _, c, t = best
    return lr(c).fit(x[tr], y[tr]).decision_function(x[te]) > t


def f1(p, y):
    tp = (p & y).sum()
    return 2 * tp / max(1, p.sum() + y.sum())


def run(data, features, setting, cs, facts=FACTS):
    """{fact: F1}; features(fold, train rows, fact) -> matrix over all rows."""
    hit = {f: ([], []) for f in facts}
    for f, tr, te in data.splits(setting):
        if setting.startswith("en-r") and not setting.startswith("en-r+"):
            f = -1
        inner = data.fold[tr] if len(set(data.fold[tr])) > 1 else tr // 10 % 4
        inner = inner % 3  # three inner groups
        for fact in facts:
            x, y = features(f, tr, fact), data.y(fact)
            p = head(x, y, tr, te, inner, cs)
            hit[fact][0].append(p)
            hit[fact][1].append(y[te])
    return {k: f1(np.concatenate(a), np.concatenate(b)) for k, (a, b) in hit.items()}


def show(name, res):
    mean = np.mean(list(res.values()))
    line = "%-34s %.3f | " % (name, mean) + " ".join("%s %.2f" % (k[:5], v) for k, v in res.items())
    print(line, flush=True)
    with open(os.path.join(corpus.CACHE, "results.txt"), "a") as f:
        f.write(line + "\n")


def teacher_sides(data):
    known = teach.load()
    zero = np.zeros(384, np.float32)
    get = lambda c: np.array([known.get(t, zero) for t in c], np.float32)
    m, r = get(data.msg), get(data.rep)
    w = ~data.real
    return unit(m - m[w].mean(0)), unit(r - r[w].mean(0))


SETTINGS = ["fi", "en-w", "en-r", "en-r+"]

if __name__ == "__main__":
    data = Data()
    what = sys.argv[1]
    settings = os.environ.get("SETTINGS", " ".join(SETTINGS)).split()
    if what == "tfidf":
        for s in settings:
            show("tfidf " + s, run(data, lambda f, tr, fact: tfidf(data, tr, fact), s, [10.0]))
    elif what == "teacher":
        SOLVER = "lbfgs"
        m, r = teacher_sides(data)
        for s in settings:
            show("teacher " + s, run(data, lambda f, tr, fact: dense(m, r, fact), s, [1.0, 10.0]))
    else:
        for path in sys.argv[2:]:
            z = np.load(path)  # m[-1..4], r[-1..4]: row 5 is the fit on everything
            side = lambda f: (z["m"][f], z["r"][f])
            for s in settings:
                if what == "student":
                    SOLVER = "lbfgs"
                    show(os.path.basename(path) + " " + s, run(data, lambda f, tr, fact: dense(*side(f), fact), s, [0.3, 1.0, 5.0, 20.0]))
                else:
                    SOLVER = "liblinear"
                    mix = lambda f, tr, fact: sp.hstack([tfidf(data, tr, fact), 0.7 * sp.csr_matrix(dense(*side(f), fact))]).tocsr()
                    show("both " + os.path.basename(path) + " " + s, run(data, mix, s, [3.0, 10.0]))
