#!/usr/bin/env python
"""Kaggle Titanic, a two-hidden-layer network without any framework.

    ./titanic_net.py train.csv --hidden 16 8 --epochs 300
"""
import argparse
import json

import numpy as np
import pandas as pd

FEATURES = ["Pclass", "Sex", "Age", "SibSp", "Parch", "Fare"]


def load_passengers(path):
    df = pd.read_csv(path)
    df["Sex"] = df["Sex"].map({"male": 0, "female": 1})
    df["Age"] = df["Age"].fillna(df.groupby("Pclass")["Age"].transform("median"))
    df["Fare"] = np.log1p(df["Fare"].fillna(0))
    x = df[FEATURES]
    x = (x - x.mean()) / x.std()
    one_hot = pd.get_dummies(df["Embarked"].fillna("S"), prefix="port", dtype=float)
    data = pd.concat([x, one_hot], axis=1).to_numpy(dtype=float)
    target = df["Survived"].to_numpy(dtype=float)
    return data, target


def init_weights(n_features, hidden, seed):
    rng = np.random.RandomState(seed)
    h1, h2 = hidden
    return {
        "weights_input_hidden1": rng.normal(0, n_features ** -0.5, (n_features, h1)),
        "bias_hidden1": np.zeros(h1),
        "weights_hidden1_hidden2": rng.normal(0, h1 ** -0.5, (h1, h2)),
        "bias_hidden2": np.zeros(h2),
        "weights_hidden2_output": rng.normal(0, h2 ** -0.5, h2),
        "bias_output": 0.0,
    }


def leaky(z, slope=0.05):
    return np.where(z > 0, z, slope * z)


def leaky_grad(z, slope=0.05):
    return np.where(z > 0, 1.0, slope)


def feed_forward(w, data):
    hidden1_in = data @ w["weights_input_hidden1"] + w["bias_hidden1"]
    hidden1_out = leaky(hidden1_in)
    hidden2_in = hidden1_out @ w["weights_hidden1_hidden2"] + w["bias_hidden2"]
    hidden2_out = leaky(hidden2_in)
    logit = hidden2_out @ w["weights_hidden2_output"] + w["bias_output"]
    output = 1 / (1 + np.exp(-logit))
    return output, (hidden1_in, hidden1_out, hidden2_in, hidden2_out)


def loss(w, data, target, l2):
    output, _ = feed_forward(w, data)
    eps = 1e-12
    log_loss = -np.mean(target * np.log(output + eps) + (1 - target) * np.log(1 - output + eps))
    return log_loss + 0.5 * l2 * sum(np.sum(v ** 2) for k, v in w.items() if k.startswith("weights"))


def back_prop(w, data, target, l2):
    n = len(target)
    output, (hidden1_in, hidden1_out, hidden2_in, hidden2_out) = feed_forward(w, data)

    error = (output - target) / n
    d = {}
    d["weights_hidden2_output"] = hidden2_out.T @ error
    d["bias_output"] = error.sum()

    # from here on each passenger is a row again
    hidden2_error = np.outer(error, w["weights_hidden2_output"]) * leaky_grad(hidden2_in)
    d["weights_hidden1_hidden2"] = hidden1_out.T @ hidden2_error
    d["bias_hidden2"] = hidden2_error.sum(axis=0)

    hidden1_error = hidden2_error @ w["weights_hidden1_hidden2"].T * leaky_grad(hidden1_in)
    d["weights_input_hidden1"] = data.T @ hidden1_error
    d["bias_hidden1"] = hidden1_error.sum(axis=0)

    for name in w:
        if name.startswith("weights"):
            d[name] = d[name] + l2 * w[name]
    return d


def split(data, target, share, seed):
    order = np.random.RandomState(seed).permutation(len(target))
    cut = int(share * len(target))
    tr, va = order[:cut], order[cut:]
    return (data[tr], target[tr]), (data[va], target[va])


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("csv")
    parser.add_argument("--hidden", type=int, nargs=2, default=(16, 8))
    parser.add_argument("--epochs", type=int, default=200)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--l2", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", help="where to write the weights as JSON")
    args = parser.parse_args(argv)

    data, target = load_passengers(args.csv)
    (x_tr, y_tr), (x_va, y_va) = split(data, target, 0.8, args.seed)
    w = init_weights(data.shape[1], args.hidden, args.seed)

    for epoch in range(args.epochs):
        order = np.random.permutation(len(y_tr))
        for s in range(0, len(order), args.batch):
            pick = order[s:s + args.batch]
            d = back_prop(w, x_tr[pick], y_tr[pick], args.l2)
            for name in w:
                w[name] = w[name] - args.lr * d[name]
        if epoch % 50 == 0 or epoch == args.epochs - 1:
            guess, _ = feed_forward(w, x_va)
            accuracy = ((guess > 0.5) == y_va).mean()
            print(f"{epoch:4d} train {loss(w, x_tr, y_tr, 0):.3f} valid {loss(w, x_va, y_va, 0):.3f} acc {accuracy:.3f}")

    if args.out:
        with open(args.out, "w") as f:
            json.dump({k: np.asarray(v).tolist() for k, v in w.items()}, f)


if __name__ == "__main__":
    main()
