"""logistic-minimum.py > logistic-minimum.json: scikit-learn's logistic regression on standardized rows of shipped files (run from the project's directory)."""
import csv, json
import numpy as np
from sklearn.linear_model import LogisticRegression

cases = []
for file, label, positive in [("data/moons.csv", "label", "1"), ("data/sonar.csv", "Class", "R"), ("data/breast-cancer.csv", "diagnosis", "malignant")]:
    rows = list(csv.DictReader(open(file)))
    names = [name for name in rows[0] if name != label]
    x = np.array([[float(row[name]) for name in names] for row in rows])
    y = np.array([1 if row[label] == positive else 0 for row in rows])
    x = (x - x.mean(0)) / x.std(0)
    for times in (3, 30):
        l2 = times / len(y)
        model = LogisticRegression(C=1 / (l2 * len(y)), tol=1e-10, max_iter=10_000).fit(x, y)
        p = model.predict_proba(x)[:, 1]
        loss = -np.mean(np.where(y == 1, np.log(p), np.log1p(-p)))
        cases.append({"file": file, "label": label, "l2": l2, "logLoss": float(loss), "weights": [float(w) for w in model.coef_[0]] + [float(model.intercept_[0])]})
json.dump(cases, open("/dev/stdout", "w"), indent=1)
