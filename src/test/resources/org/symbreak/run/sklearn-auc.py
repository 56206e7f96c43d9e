#!/usr/bin/env python3
"""Writes sklearn-auc.json: test AUC of scikit-learn's MLPClassifier with 16 tanh units on the splits that DefaultsTest.WriteSplits wrote (made with scikit-learn 1.2.1).

It trains on training and validation rows together, once with its usual 200 epochs and once with 1000.

python3 sklearn-auc.py DIRECTORY > sklearn-auc.json
"""
import glob
import json
import os
import sys
import warnings

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")


def rows(name, seed, part):
    return np.loadtxt(os.path.join(sys.argv[1], f"{name}-{seed}-{part}.csv"), delimiter=",")


def auc(name, seed, epochs):
    train = np.vstack([rows(name, seed, "train"), rows(name, seed, "validation")])
    test = rows(name, seed, "test")
    mlp = MLPClassifier(hidden_layer_sizes=(16,), activation="tanh", max_iter=epochs, random_state=seed)
    mlp.fit(train[:, :-1], train[:, -1])
    return roc_auc_score(test[:, -1], mlp.predict_proba(test[:, :-1])[:, 1])


names = sorted({os.path.basename(path).rsplit("-", 2)[0] for path in glob.glob(sys.argv[1] + "/*-test.csv")})
print(json.dumps({name: {str(epochs): [auc(name, seed, epochs) for seed in range(1, 11)] for epochs in (200, 1000)} for name in names}, indent=1))
