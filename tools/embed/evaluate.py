"""Cross-validates fact heads over tf-idf, the teacher, the student, and both blended. Results go to the cache and to stdout.

    python distil.py --folds FILE.npz; python evaluate.py FILE.npz

Folds: contiguous blocks of ten exchanges (twins stand next to each other); block b lies in fold hash(b) mod 5. The student's file holds
one fit a fold, made without the held-out written texts, so nothing of a test text reached the distillation either.
Settings: `fi` (CV), `en-w` (written, CV), `en-r` (real, heads fitted on written English only), `en-r+` (real, CV, heads fitted on written
and the other real ones). A trailing `*` adds the written exchanges of the other language to the fitting side.
"""
import os, sys
import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
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


def decide(features, data, setting, cs, facts=FACTS):
    """{(fact, fold): (inner out-of-fold scores on tr, scores on te, tr, te)}; C by average precision inside."""
    out = {}
    for f, tr, te in data.splits(setting):
        k = -1 if setting.rstrip("*") == "en-r" else f
        inner = tr // 10 % 3  # again in blocks of ten
        for fact in facts:
            x, y = features(k, tr, fact), data.y(fact)
            best = None
            for c in cs:
                p = np.zeros(len(tr))
                for g in range(3):
                    a, b = tr[inner != g], inner == g
                    p[b] = lr(c).fit(x[a], y[a]).decision_function(x[tr[b]])
                ap = average_precision_score(y[tr], p)
                if best is None or ap > best[0]:
                    best = (ap, c, p)
            _, c, p = best
            out[fact, f] = (p, lr(c).fit(x[tr], y[tr]).decision_function(x[te]), tr, te)
    return out


def blend(data, parts, mix=(0.0, 0.15, 0.3, 0.45, 0.6, 0.75)):
    """F1 and average precision per fact of one model, or of two blended (share of the second chosen inside the training folds)."""
    f, ap = {}, {}
    for fact in FACTS:
        y, hit, score, truth = data.y(fact), [], [], []
        for key in [k for k in parts[0] if k[0] == fact]:
            tr, te = parts[0][key][2:]
            sd = [(p[key][0].mean(), p[key][0].std() + 1e-9) for p in parts]
            a = [(p[key][0] - m) / s for p, (m, s) in zip(parts, sd)]
            b = [(p[key][1] - m) / s for p, (m, s) in zip(parts, sd)]
            if len(parts) == 2:
                w = max(mix, key=lambda w: average_precision_score(y[tr], (1 - w) * a[0] + w * a[1]))
                a, b = (1 - w) * a[0] + w * a[1], (1 - w) * b[0] + w * b[1]
            else:
                a, b = a[0], b[0]
            t, _ = best_threshold(a, y[tr])
            hit.append(b > t)
            score.append(b)
            truth.append(y[te])
        truth = np.concatenate(truth)
        f[fact] = f1(np.concatenate(hit), truth)
        ap[fact] = average_precision_score(truth, np.concatenate(score))
    return f, ap


def report(name, data, parts):
    f, ap = blend(data, parts)
    show(name + " F1", f)
    show(name + " AP", ap)


def f1(p, y):
    tp = (p & y).sum()
    return 2 * tp / max(1, p.sum() + y.sum())


def show(name, res):
    mean = np.mean(list(res.values()))
    line = "%-34s %.3f | " % (name, mean) + " ".join("%s %.2f" % (k[:5], v) for k, v in res.items())
    print(line, flush=True)
    with open(os.path.join(corpus.CACHE, "results.txt"), "a") as f:
        f.write(line + "\n")


def teacher_sides(data, known=None):
    known = known or teach.load()
    zero = np.zeros(384, np.float32)
    get = lambda c: np.array([known.get(t, zero) for t in c], np.float32)
    m, r = get(data.msg), get(data.rep)
    w = ~data.real
    return unit(m - m[w].mean(0)), unit(r - r[w].mean(0))


SETTINGS = ["fi", "en-w", "en-r", "en-r+"]

if __name__ == "__main__":
    data = Data()
    path = sys.argv[1]
    z = np.load(path)  # m, r: one fit a fold, then (index 5 = -1) the fit on everything
    m, r = teacher_sides(data)
    for s in os.environ.get("SETTINGS", " ".join(SETTINGS)).split():
        SOLVER = "liblinear"
        words = decide(lambda f, tr, fact: tfidf(data, tr, fact), data, s, [10.0])
        SOLVER = "lbfgs"
        teacher = decide(lambda f, tr, fact: dense(m, r, fact), data, s, [3.0, 20.0])
        student = decide(lambda f, tr, fact: dense(z["m"][f], z["r"][f], fact), data, s, [1.0, 6.0])
        for name, parts in (("tfidf", [words]), ("teacher", [teacher]), ("student", [student]), ("tfidf+teacher", [words, teacher]), ("tfidf+student", [words, student])):
            report(name + " " + s, data, parts)
