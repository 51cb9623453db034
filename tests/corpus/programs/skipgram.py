import re
from collections import Counter

import numpy as np


class SkipGram:
    """word2vec, skip-gram with negative sampling; plain SGD over single pairs"""

    def __init__(self, corpus, dim=30, window=2, negative=5, lr=0.05, min_count=1, seed=42):
        self.rng = np.random.RandomState(seed)
        tokens = [re.findall(r"[a-z']+", line.lower()) for line in corpus]
        counts = Counter(w for line in tokens for w in line)
        self.words = [w for w, c in counts.most_common() if c >= min_count]
        self.index = {w: i for i, w in enumerate(self.words)}
        self.lines = [[self.index[w] for w in line if w in self.index] for line in tokens]

        freq = np.array([counts[w] for w in self.words]) ** 0.75
        self.noise = freq / freq.sum()

        self.window, self.negative, self.lr = window, negative, lr
        self.V = (self.rng.rand(len(self.words), dim) - 0.5) / dim     # centre vectors
        self.U = np.zeros((len(self.words), dim))                      # context vectors

    @staticmethod
    def sigmoid(x):
        return 1 / (1 + np.exp(-np.clip(x, -30, 30)))

    def pairs(self):
        for line in self.lines:
            for pos, centre in enumerate(line):
                lo = max(0, pos - self.window)
                for other in range(lo, min(len(line), pos + self.window + 1)):
                    if other != pos:
                        yield centre, line[other]

    def draw(self, context):
        samples = []
        while len(samples) < self.negative:
            if (k := self.rng.choice(len(self.words), p=self.noise)) != context:
                samples.append(k)
        return samples

    def loss_and_grad(self, centre, context, negatives):
        v_c = self.V[centre]
        ids = [context] + list(negatives)
        U_s = self.U[ids]
        label = np.zeros(len(ids))
        label[0] = 1

        score = self.sigmoid(U_s.dot(v_c))
        loss = -np.log(score[0]) - np.log(1 - score[1:]).sum()

        err = score - label
        grad_U = np.outer(err, v_c)
        grad_v = err.dot(U_s)
        return loss, grad_v, grad_U, ids

    def naive_softmax(self, centre, context):
        """exact but slow: the whole vocabulary in the denominator"""
        v_c = self.V[centre]
        scores = self.U @ v_c
        y_hat = np.exp(scores - scores.max())
        y_hat /= y_hat.sum()
        loss = -np.log(y_hat[context])
        delta = y_hat.copy()
        delta[context] -= 1
        grad_v = self.U.T @ delta
        grad_U = delta[:, np.newaxis] * v_c[np.newaxis, :]
        return loss, grad_v, grad_U

    def train(self, epochs=5):
        for epoch in range(epochs):
            todo = list(self.pairs())
            self.rng.shuffle(todo)
            lr = self.lr * (1 - epoch / epochs)
            total = 0.0
            for centre, context in todo:
                loss, grad_v, grad_U, ids = self.loss_and_grad(centre, context, self.draw(context))
                total += loss
                self.V[centre] -= lr * grad_v
                np.subtract.at(self.U, ids, lr * grad_U)
            print(f"epoch {epoch + 1}/{epochs}: {total / len(todo):.4f}")
        return self

    def most_similar(self, word, k=3):
        W = self.V / np.linalg.norm(self.V, axis=1, keepdims=True)
        cos = W @ W[self.index[word]]
        best = np.argsort(-cos)[1:k + 1]
        return [(self.words[i], round(float(cos[i]), 2)) for i in best]


SENTENCES = """the king rules the castle
the queen rules the castle
the man walks the dog
the woman walks the dog
the king and the queen sit in the castle
the man and the woman sit in the park
the dog runs in the park""".splitlines()

if __name__ == "__main__":
    model = SkipGram(SENTENCES * 20, dim=12, negative=4)
    model.train(6)
    for w in ("king", "dog"):
        print(w, model.most_similar(w))
