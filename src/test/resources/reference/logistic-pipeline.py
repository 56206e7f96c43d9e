"""logistic-pipeline.py > logistic-pipeline.json: scikit-learn's own pipeline on the shipped files, tested on every fifth row (run from the project's directory with Debian's python3-sklearn and python3-pandas)."""
import json
import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

cases = []
for name, label, positive in [
    ("breast-cancer", "diagnosis", "malignant"),
    ("sonar", "Class", "M"),
    ("house-votes-84", "Class", "republican"),
    ("credit", "Status", "bad"),
    ("circles", "label", "1"),
    ("moons", "label", "1"),
    ("moons-60-40", "label", "1"),
]:
    rows = pd.read_csv(f"data/{name}.csv")
    y = (rows.pop(label).astype(str) == positive).astype(int).to_numpy()
    numbers = [c for c in rows if rows[c].dtype != object]
    texts = [c for c in rows if rows[c].dtype == object]
    rows[texts] = rows[texts].fillna("missing")
    test = np.arange(len(y)) % 5 == 4
    n = int((~test).sum())
    l2 = 3 / n
    losses = {}
    for kind, marks in [("plain", False), ("marked", True)]:  # whether features say where cells were missing
        columns = make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median", add_indicator=marks), StandardScaler()), numbers),
            (OneHotEncoder(handle_unknown="ignore"), texts),
        )
        model = make_pipeline(columns, LogisticRegression(C=1 / (l2 * n), tol=1e-10, max_iter=10_000))
        model.fit(rows[~test], y[~test])
        p = model.predict_proba(rows[test])[:, 1]
        losses[kind] = float(-np.mean(np.where(y[test] == 1, np.log(p), np.log1p(-p))))
    cases.append({"name": name, "label": label, "positive": positive, "rows": int(test.sum()), **losses})
json.dump(cases, open("/dev/stdout", "w"), indent=1)
