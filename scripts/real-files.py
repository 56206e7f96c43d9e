#!/usr/bin/env python3
"""real-files.py DIRECTORY [NAME ...]: two-class files of Debian's R packages through Symbreak and scikit-learn.

Exports them with real-files.R, as write.csv leaves them; trains on each with at most --label; shuffles them as pandas does and trains on
what to_csv leaves; and fits scikit-learn's logistic regression and its multilayer perceptron to the same training rows with the same
penalty (3/n times half the sum of squared weights, beside the mean cross-entropy). Prints a table in Markdown: area under ROC and log loss
on the same test rows.

  apt-get install r-base-core python3-sklearn python3-pandas r-cran-...   (real-files.R lists them)
"""
import json
import os
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
SYMBREAK = os.environ.get("SYMBREAK", os.path.join(HERE, "symbreak"))
PENALTY = 3


def symbreak(directory, file, label, *more):
    """The result of a training run, and what was said about the data."""
    command = [SYMBREAK, "train", file, "--label", label, "--no-report", "--json", "--force"]
    run = subprocess.run(command + ["--out", os.path.join(directory, "run"), *more], capture_output=True, text=True)
    if run.returncode != 0:
        return None, run.stderr
    return json.loads(run.stdout), run.stderr


def matrix(rows, train):
    """Numbers standardized, medians for missing ones, a column for each category; from the training rows alone."""
    parts = []
    for name in rows:
        column = rows[name]
        known = column.iloc[train]
        if known.nunique(dropna=True) < 2 and not known.isna().any():
            continue
        if column.dtype.kind in "iuf":
            if known.isna().all():
                continue
            filled = column.fillna(known.median()).astype(float)
            deviation = filled.iloc[train].std(ddof=0)
            parts.append(((filled - filled.iloc[train].mean()) / (deviation or 1)).to_numpy()[:, None])
        else:
            texts = column.astype(str)
            frequent = texts.iloc[train].value_counts().index[:64]
            if len(frequent) > 1 and texts.iloc[train].nunique() < len(train):
                parts.append(np.stack([(texts == value).to_numpy(float) for value in frequent], axis=1))
    return np.hstack(parts)


def main():
    directory = sys.argv[1]
    exported = os.path.join(directory, "write.csv")
    os.makedirs(exported, exist_ok=True)
    if not os.path.exists(os.path.join(exported, "labels.csv")):
        subprocess.run(["Rscript", os.path.join(HERE, "real-files.R"), exported], check=True)
    labels = pd.read_csv(os.path.join(exported, "labels.csv"))
    print("| file | rows × columns | Symbreak | logistic regression | perceptron |")
    print("|---|---|---|---|---|")
    for _, (package, name, label) in labels.iterrows():
        if sys.argv[2:] and name not in sys.argv[2:]:
            continue
        written = os.path.join(exported, name + ".csv")
        result, said = symbreak(directory, written, label, "--epochs", "50")
        with open(os.path.join(directory, name + ".write.csv.said"), "w") as out:
            out.write(said)
        rows = pd.read_csv(written, index_col=0, low_memory=False)
        rows.index.name = None
        rows = rows.sample(frac=1, random_state=1)
        classes = rows[label].to_numpy()
        train, test = train_test_split(np.arange(len(rows)), test_size=0.2, stratify=classes, random_state=1)
        files = [os.path.join(directory, name + part) for part in (".to_csv.csv", ".test.csv")]
        for file, part in zip(files, (train, test)):
            rows.iloc[part].to_csv(file)
        ours, said = symbreak(directory, files[0], label, "--test", files[1])
        with open(os.path.join(directory, name + ".to_csv.said"), "w") as out:
            out.write(said)
        if ours is None or result is None:
            print(f"| {package}::{name} | refused: {said.strip()} | | | |")
            continue
        y = (rows[label].astype(str) == str(ours["positive"])).to_numpy(int)
        x = matrix(rows.drop(columns=label), train)
        n = len(train)
        logistic = LogisticRegression(C=1 / PENALTY, max_iter=1000).fit(x[train], y[train])
        batch = min(200, n)
        perceptron = MLPClassifier(
            (16,), activation="tanh", alpha=PENALTY * batch / n, batch_size=batch, early_stopping=True,
            validation_fraction=0.15, n_iter_no_change=20, max_iter=500, random_state=1).fit(x[train], y[train])
        cells = [f"{ours['test']['auc']:.3f}, {ours['test']['logLoss']:.3f}"]
        for model in (logistic, perceptron):
            p = model.predict_proba(x[test])[:, 1]
            cells.append(f"{roc_auc_score(y[test], p):.3f}, {log_loss(y[test], p):.3f}")
        print(f"| {package}::{name} | {len(rows)} × {rows.shape[1] - 1} | " + " | ".join(cells) + " |", flush=True)


main()
