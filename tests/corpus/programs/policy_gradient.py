# Keep a pole upright by REINFORCE with a learnt baseline.
# Everything of an episode is stacked into rows when it is over, one row a step.
import numpy as np

hidden, obs = 24, 4
lr_actor, lr_critic, discount = 0.01, 0.02, 0.98
per_update, episodes = 4, 400

rs = np.random.RandomState(17)

actor = {}
actor["U"] = rs.randn(hidden, obs) / obs ** 0.5
actor["c"] = np.zeros(hidden)
actor["v"] = rs.randn(hidden) * 0.1
critic = {"w": np.zeros(obs), "q": np.zeros((obs, obs)), "k": np.zeros(1)}


def act(s):
  h = actor["U"] @ s + actor["c"]
  h[h < 0] = 0
  right = 1 / (1 + np.exp(-(actor["v"] @ h)))
  return right, h


def value(S):
  return S @ critic["w"] + np.einsum("ti,ij,tj->t", S, critic["q"], S) + critic["k"]


def actor_gradient(S, Hs, went_right, probs, advantage):
  """Gradient of sum_t advantage_t log p(action_t), for going up."""
  dlogit = (went_right - probs) * advantage
  dv = Hs.T @ dlogit
  dH = np.outer(dlogit, actor["v"])
  dH *= Hs > 0
  dU = dH.T @ S
  return dict(U=dU, c=dH.sum(0), v=dv)


def critic_gradient(S, returns):
  """Gradient of the mean squared error between value(S) and the returns."""
  e = 2 * (value(S) - returns) / len(returns)
  dq = (S * e[:, None]).T @ S
  return dict(w=S.T @ e, q=dq, k=e.sum(keepdims=True))


class Pole:
  def reset(self):
    self.s = rs.uniform(-.05, .05, obs)
    self.age = 0
    return self.s

  def push(self, right):
    x, dx, a, da = self.s
    f = 10. if right else -10.
    sin, cos = np.sin(a), np.cos(a)
    common = (f + .05 * da * da * sin) / 1.1
    dda = (9.8 * sin - cos * common) / (.5 * (4 / 3 - .1 * cos * cos / 1.1))
    ddx = common - .05 * dda * cos / 1.1
    self.s = self.s + .02 * np.array([dx, ddx, da, dda])
    self.age += 1
    fallen = abs(self.s[0]) > 2.4 or abs(self.s[2]) > .21
    return self.s, fallen or self.age == 300


def returns_of(n):
  G = np.empty(n)
  ahead = 0.
  for t in reversed(range(n)):
    ahead = 1 + discount * ahead
    G[t] = ahead
  return G


def episode(env):
  s, over = env.reset(), False
  seen, kept, chosen, ps = [], [], [], []
  while not over:
    p, h = act(s)
    right = rs.rand() < p
    seen.append(s); kept.append(h); chosen.append(float(right)); ps.append(p)
    s, over = env.push(right)
  return np.vstack(seen), np.vstack(kept), np.array(chosen), np.array(ps)


if __name__ == "__main__":
  env, recent = Pole(), 20.
  total = {k: np.zeros_like(a) for k, a in actor.items()}
  ms = {k: np.zeros_like(a) for k, a in actor.items()}
  for n in range(1, episodes + 1):
    S, Hs, right, ps = episode(env)
    G = returns_of(len(S))
    adv = G - value(S)
    adv = (adv - adv.mean()) / (adv.std() + 1e-8)
    for k, g in actor_gradient(S, Hs, right, ps, adv).items():
      total[k] += g
    for k, g in critic_gradient(S, G).items():
      critic[k] -= lr_critic * g
    if n % per_update == 0:
      for k in actor:
        ms[k] = .95 * ms[k] + .05 * total[k] ** 2
        actor[k] += lr_actor * total[k] / (np.sqrt(ms[k]) + 1e-6)
        total[k][...] = 0
    recent = .95 * recent + .05 * len(S)
    if n % 80 == 0:
      print("after %d episodes: %.0f steps on average" % (n, recent))
