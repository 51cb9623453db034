"""Matrix factorisation for the small MovieLens set: with SGD over single ratings, over the whole matrix, and with ALS.

    python movie_factors.py --ratings ml-latest-small/ratings.csv --factors 20 --method als
"""
import argparse
import numpy as np
import pandas as pd


def load(path):
    df = pd.read_csv(path)
    df = df[df.groupby("movieId")["rating"].transform("size") >= 5]
    users = df["userId"].astype("category").cat.codes.values
    movies = df["movieId"].astype("category").cat.codes.values
    ratings = df["rating"].values.astype(float)
    R = df.pivot_table(index="userId", columns="movieId", values="rating").values
    return users, movies, ratings, R


class SGDFactors:
    def __init__(self, n_users, n_items, k, lr=0.01, reg=0.05):
        self.P = np.random.normal(scale=1.0 / k, size=(n_users, k))
        self.Q = np.random.normal(scale=1.0 / k, size=(n_items, k))
        self.bu = np.zeros(n_users)
        self.bi = np.zeros(n_items)
        self.lr, self.reg = lr, reg

    def predict(self, u, i):
        return self.mean + self.bu[u] + self.bi[i] + self.P[u].dot(self.Q[i])

    def fit(self, users, items, ratings, epochs):
        self.mean = ratings.mean()
        for epoch in range(epochs):
            sse = 0
            for n in np.random.permutation(len(ratings)):
                u, i, r = users[n], items[n], ratings[n]
                e = r - self.predict(u, i)
                sse += e ** 2
                self.bu[u] += self.lr * (e - self.reg * self.bu[u])
                self.bi[i] += self.lr * (e - self.reg * self.bi[i])
                p_old = self.P[u].copy()
                self.P[u] += self.lr * (e * self.Q[i] - self.reg * self.P[u])
                self.Q[i] += self.lr * (e * p_old - self.reg * self.Q[i])
            print("epoch", epoch, "rmse", np.sqrt(sse / len(ratings)))


def full_gradient(R, M, P, Q, reg):
    """J = 1/2 sum_{known} (r - p q)^2 + reg/2 (|P|^2 + |Q|^2)"""
    E = M * (R - P @ Q.T)
    J = 0.5 * np.sum(E ** 2) + 0.5 * reg * (np.sum(P ** 2) + np.sum(Q ** 2))
    P_grad = -E @ Q + reg * P
    Q_grad = -E.T @ P + reg * Q
    return J, P_grad, Q_grad


def descend(R, M, k, reg, lr=0.002, steps=400):
    P = 0.1 * np.random.randn(R.shape[0], k)
    Q = 0.1 * np.random.randn(R.shape[1], k)
    for step in range(steps):
        J, P_grad, Q_grad = full_gradient(R, M, P, Q, reg)
        P, Q = P - lr * P_grad, Q - lr * Q_grad
        if step % 100 == 0:
            print("step", step, "J", J)
    return P, Q


def als(R, M, k, reg, sweeps=10):
    n, m = R.shape
    P, Q = np.random.rand(n, k), np.random.rand(m, k)
    I = np.eye(k)
    for sweep in range(sweeps):
        for u in range(n):
            seen = M[u] > 0
            Qs = Q[seen]
            P[u] = np.linalg.solve(Qs.T @ Qs + reg * I, Qs.T @ R[u, seen])
        for i in range(m):
            seen = M[:, i] > 0
            Ps = P[seen]
            Q[i] = np.linalg.solve(Ps.T @ Ps + reg * I, Ps.T @ R[seen, i])
        J, *_ = full_gradient(R, M, P, Q, reg)
        print("sweep", sweep, "J", J)
    return P, Q


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--ratings", default="ratings.csv")
    ap.add_argument("--factors", type=int, default=10)
    ap.add_argument("--method", choices=["sgd", "gd", "als"], default="als")
    opt = ap.parse_args()

    users, movies, ratings, R = load(opt.ratings)
    if opt.method == "sgd":
        SGDFactors(users.max() + 1, movies.max() + 1, opt.factors).fit(users, movies, ratings, 10)
    else:
        mask = ~np.isnan(R)
        filled = np.where(mask, R - np.nanmean(R), 0.0)
        solve = als if opt.method == "als" else descend
        P, Q = solve(filled, mask.astype(float), opt.factors, 0.1)
        print("rmse", np.sqrt(np.mean((filled - P @ Q.T)[mask] ** 2)))
