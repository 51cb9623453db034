import numpy as np


class HMM:
    """Discrete hidden Markov model.

    pi : (N,)    initial distribution
    A  : (N, N)  A[i, j] = P(q_{t+1} = j | q_t = i)
    B  : (N, M)  B[i, o] = P(o_t = o | q_t = i)
    """

    def __init__(self, n_states, n_symbols, seed=None):
        rng = np.random.default_rng(seed)
        self.pi = rng.dirichlet(np.ones(n_states))
        self.A = rng.dirichlet(np.ones(n_states), size=n_states)
        self.B = rng.dirichlet(np.ones(n_symbols), size=n_states)

    def forward(self, obs):
        T, N = len(obs), len(self.pi)
        alpha, c = np.zeros((T, N)), np.zeros(T)
        for t, o in enumerate(obs):
            prior = self.pi if t == 0 else alpha[t - 1] @ self.A
            alpha[t] = prior * self.B[:, o]
            c[t] = alpha[t].sum()
            alpha[t] /= c[t]
        return alpha, c

    def backward(self, obs, c):
        T = len(obs)
        beta = np.ones((T, len(self.pi)))
        for t in range(T - 2, -1, -1):
            beta[t] = self.A @ (self.B[:, obs[t + 1]] * beta[t + 1]) / c[t + 1]
        return beta

    def log_likelihood(self, obs):
        return np.log(self.forward(obs)[1]).sum()

    def posteriors(self, obs):
        alpha, c = self.forward(obs)
        beta = self.backward(obs, c)
        gamma = alpha * beta                                        # (T, N)
        ahead = self.B[:, obs[1:]].T * beta[1:] / c[1:, None]       # (T-1, N)
        xi = alpha[:-1, :, None] * self.A[None] * ahead[:, None, :] # (T-1, N, N)
        return gamma, xi, np.log(c).sum()

    def baum_welch(self, sequences, n_iter=50, tol=1e-4):
        N, M = self.B.shape
        history = []
        for _ in range(n_iter):
            pi, A, B, ll = np.zeros(N), np.zeros((N, N)), np.zeros((N, M)), 0.0
            for obs in sequences:
                gamma, xi, logp = self.posteriors(obs)
                pi += gamma[0]
                A += xi.sum(axis=0)
                B += gamma.T @ np.eye(M)[obs]
                ll += logp
            self.pi = pi / pi.sum()
            self.A = A / A.sum(axis=1, keepdims=True)
            self.B = B / B.sum(axis=1, keepdims=True)
            history.append(ll)
            if len(history) > 1 and ll - history[-2] < tol:
                break
        return history

    def gradient(self, obs):
        """d log P(obs) / d logits, where the rows of A and B and pi are softmaxes of logits"""
        gamma, xi, _ = self.posteriors(obs)
        visits = gamma.sum(axis=0)
        emitted = np.zeros_like(self.B)
        np.add.at(emitted.T, obs, gamma)
        moved = xi.sum(axis=0)
        d_pi = gamma[0] - self.pi
        d_A = moved - moved.sum(axis=1, keepdims=True) * self.A
        d_B = emitted - visits[:, None] * self.B
        return d_pi, d_A, d_B

    def viterbi(self, obs):
        logA, logB = np.log(self.A + 1e-300), np.log(self.B + 1e-300)
        T, N = len(obs), len(self.pi)
        delta = np.log(self.pi + 1e-300) + logB[:, obs[0]]
        psi = np.zeros((T, N), dtype=int)
        for t in range(1, T):
            scores = delta[:, None] + logA
            psi[t] = scores.argmax(axis=0)
            delta = scores.max(axis=0) + logB[:, obs[t]]
        path = [int(delta.argmax())]
        for t in range(T - 1, 0, -1):
            path.append(int(psi[t, path[-1]]))
        return path[::-1]

    def sample(self, T, rng):
        q = rng.choice(len(self.pi), p=self.pi)
        states, obs = [], []
        for _ in range(T):
            states.append(q)
            obs.append(rng.choice(self.B.shape[1], p=self.B[q]))
            q = rng.choice(len(self.pi), p=self.A[q])
        return np.array(states), np.array(obs)


if __name__ == "__main__":
    casino = HMM(2, 6)
    casino.pi = np.array([0.9, 0.1])
    casino.A = np.array([[0.95, 0.05], [0.10, 0.90]])
    casino.B = np.array([[1 / 6] * 6, [0.1] * 5 + [0.5]])
    rng = np.random.default_rng(1)
    rolls = [casino.sample(300, rng) for _ in range(10)]

    model = HMM(2, 6, seed=3)
    history = model.baum_welch([obs for _, obs in rolls])
    print("log likelihood", round(history[0], 1), "->", round(history[-1], 1))
    print(model.A.round(3), model.B.round(3), sep="\n")

    states, obs = rolls[0]
    agree = np.mean(np.array(casino.viterbi(obs)) == states)
    print("viterbi agrees with the truth in %.0f%% of the rolls" % (100 * agree))
