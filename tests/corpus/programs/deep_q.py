# Deep Q-learning on a small grid; the Q function is a network with a value and an advantage stream (dueling).
# состояния лежат строками: S[i] - состояние, A[i] - действие, R[i] - награда
import random
from collections import deque, namedtuple

import numpy as np

Transition = namedtuple("Transition", "s a r s2 done")
Moves = [(0, 1), (0, -1), (1, 0), (-1, 0)]


class Grid:
    walls = {(1, 1), (1, 2), (3, 1), (3, 3)}
    goal = (4, 4)

    def reset(self):
        self.pos, self.t = (0, 0), 0
        return self.state()

    def state(self):
        v = np.zeros(50)
        v[self.pos[0] * 5 + self.pos[1]] = 1
        v[25 + self.goal[0] * 5 + self.goal[1]] = 1
        return v

    def step(self, a):
        self.t += 1
        p = (self.pos[0] + Moves[a][0], self.pos[1] + Moves[a][1])
        if 0 <= p[0] < 5 and 0 <= p[1] < 5 and p not in self.walls:
            self.pos = p
        won = self.pos == self.goal
        return self.state(), (1.0 if won else -0.02), won or self.t >= 60


class Dueling:
    def __init__(self, n_s, n_h, n_a, rng=np.random):
        k = lambda n, m: rng.randn(n, m) * np.sqrt(2.0 / n)
        self.theta = dict(W=k(n_s, n_h), b=np.zeros(n_h),
                          Wv=k(n_h, 1), bv=np.zeros(1),
                          Wa=k(n_h, n_a), ba=np.zeros(n_a))

    def q(self, S, remember=False):
        th = self.theta
        Z = S @ th["W"] + th["b"]
        H = np.where(Z > 0, Z, 0.0)
        V = H @ th["Wv"] + th["bv"]
        A = H @ th["Wa"] + th["ba"]
        # Q = V + A - mean(A): столбец V прибавляется к каждому столбцу A
        Q = V + A - A.mean(axis=1, keepdims=True)
        if remember:
            self.memory = S, Z, H
        return Q

    def grads(self, dQ):
        S, Z, H = self.memory
        th = self.theta
        dV = dQ.sum(axis=1, keepdims=True)
        dA = dQ - dQ.mean(axis=1, keepdims=True)
        dH = dV @ th["Wv"].T + dA @ th["Wa"].T
        dZ = np.where(Z > 0, dH, 0.0)
        return dict(W=S.T @ dZ, b=dZ.sum(0), Wv=H.T @ dV, bv=dV.sum(0), Wa=H.T @ dA, ba=dA.sum(0))

    def copy_from(self, other, tau=1.0):
        for k, v in other.theta.items():
            self.theta[k] = (1 - tau) * self.theta[k] + tau * v


def td_loss(net, S, A, targets):
    """loss and gradients; only the Q of the action that was taken is trained"""
    n = len(S)
    Q = net.q(S, remember=True)
    diff = Q[np.arange(n), A] - targets
    dQ = np.zeros_like(Q)
    dQ[np.arange(n), A] = np.clip(diff, -1, 1) / n
    loss = np.where(np.abs(diff) <= 1, 0.5 * diff ** 2, np.abs(diff) - 0.5).mean()
    return loss, net.grads(dQ)


def double_q_targets(net, target, R, S2, done, gamma):
    best = net.q(S2).argmax(axis=1)
    return R + gamma * (1 - done) * target.q(S2)[np.arange(len(R)), best]


def main(episodes=250, gamma=0.95, batch=32):
    np.random.seed(0); random.seed(0)
    env, replay = Grid(), deque(maxlen=3000)
    net, target = Dueling(50, 32, 4), Dueling(50, 32, 4)
    target.copy_from(net)
    m = {k: np.zeros_like(v) for k, v in net.theta.items()}
    s2 = {k: np.zeros_like(v) for k, v in net.theta.items()}
    t, lengths = 0, []
    for ep in range(episodes):
        s, done, eps = env.reset(), False, max(0.05, 1 - ep / 120)
        while not done:
            a = random.randrange(4) if random.random() < eps else int(net.q(s[None]).argmax())
            nxt, r, done = env.step(a)
            replay.append(Transition(s, a, r, nxt, env.pos == env.goal))
            s = nxt
            if len(replay) >= 200:
                S, A, R, S2, D = map(np.array, zip(*random.sample(replay, batch)))
                y = double_q_targets(net, target, R, S2, D.astype(float), gamma)
                loss, g = td_loss(net, S, A, y)
                t += 1
                for k in g:
                    m[k] = 0.9 * m[k] + 0.1 * g[k]
                    s2[k] = 0.999 * s2[k] + 0.001 * g[k] ** 2
                    net.theta[k] = net.theta[k] - 1e-3 * (m[k] / (1 - 0.9 ** t)) / (np.sqrt(s2[k] / (1 - 0.999 ** t)) + 1e-8)
                target.copy_from(net, tau=0.01)
        lengths.append(env.t)
        if ep % 50 == 49:
            print("эпизод %d: шагов в среднем %.1f" % (ep + 1, np.mean(lengths[-50:])))


if __name__ == "__main__":
    main()
