"""Restricted Boltzmann machine with binary units.

	E(v, h) = -a.v - b.h - v W h

The biases are learnt in two ways below: in the margins of the matrix of weights (first row b, first column a),
and apart from it.
"""
from __future__ import print_function, division
import numpy as np


def squash(x):
	return 1 / (1 + np.exp(-x))


def toss(p):
	return (np.random.random_sample(p.shape) < p) * 1.0


class RBM(object):

	def __init__(self, n_vis, n_hid, rate=0.1):
		self.n_vis, self.n_hid, self.rate = n_vis, n_hid, rate
		self.M = np.zeros((n_vis + 1, n_hid + 1))
		self.M[1:, 1:] = 0.1 * np.random.standard_normal((n_vis, n_hid))

	@property
	def parts(self):
		"""views: changing them changes the matrix"""
		return self.M[1:, 1:], self.M[1:, 0], self.M[0, 1:]

	def up(self, v):
		h = squash(np.dot(v, self.M))
		h[:, 0] = 1
		return h

	def down(self, h):
		v = squash(np.dot(h, self.M.T))
		v[:, 0] = 1
		return v

	def contrast(self, data, steps=1):
		"""one update by CD-k, with the margins"""
		n = len(data)
		v0 = np.column_stack((np.ones(n), data))
		h0 = self.up(v0)
		h = toss(h0)
		for _ in range(steps):
			v = self.down(h)
			hv = self.up(v)
			h = toss(hv)
		gain = np.dot(v0.T, h0) - np.dot(v.T, hv)
		gain[0, 0] = 0
		self.M += self.rate * gain / n
		return np.mean((v0 - v) ** 2)

	def free_energy(self, v):
		W, a, b = self.parts
		return -v.dot(a) - np.logaddexp(0, v.dot(W) + b).sum(axis=1)

	def slope(self, v):
		"""of the mean free energy of the rows of v"""
		W, a, b = self.parts
		h = squash(v.dot(W) + b)
		return -np.dot(v.T, h) / len(v), -v.mean(0), -h.mean(0)

	def persistent(self, data, chains, updates):
		"""the same ascent, but the fantasies live on from update to update"""
		W, a, b = self.parts
		v = toss(np.full((chains, self.n_vis), 0.5))
		for _ in range(updates):
			h = toss(squash(v.dot(W) + b))
			v = toss(squash(h.dot(W.T) + a))
			for part, seen, dreamt in zip(self.parts, self.slope(data), self.slope(v)):
				part -= self.rate * (seen - dreamt)
		return v

	def likelihood(self, data):
		"""exact, by going through all visible states; only for small machines"""
		states = (np.arange(2 ** self.n_vis)[:, None] >> np.arange(self.n_vis)) & 1
		F = -self.free_energy(states)
		logZ = F.max() + np.log(np.exp(F - F.max()).sum())
		return np.mean(-self.free_energy(data)) - logZ

	def likelihood_slope(self, data):
		states = (np.arange(2 ** self.n_vis)[:, None] >> np.arange(self.n_vis)) & 1
		F = -self.free_energy(states)
		p = np.exp(F - F.max())
		p /= p.sum()
		W, a, b = self.parts
		h = squash(states.dot(W) + b)
		dW = -self.slope(data)[0] - np.dot(states.T * p, h)
		da = data.mean(axis=0) - p.dot(states)
		db = -self.slope(data)[2] - p.dot(h)
		return dW, da, db


def bars(n, side=3):
	"""pictures with a full row or a full column"""
	pictures = np.zeros((n, side, side))
	for picture in pictures:
		k = np.random.randint(side)
		if np.random.rand() < 0.5:
			picture[k] = 1
		else:
			picture[:, k] = 1
	return pictures.reshape(n, side * side)


if __name__ == '__main__':
	np.random.seed(3)
	data = bars(200)
	machine = RBM(9, 8)
	print('log likelihood before  %.3f' % machine.likelihood(data))
	for epoch in range(1501):
		error = machine.contrast(data, steps=1 + epoch // 500)
		if epoch % 500 == 0:
			print('epoch %d: reconstruction %.4f' % (epoch, error))
	print('log likelihood after   %.3f' % machine.likelihood(data))
	machine.rate = 0.02
	print(machine.persistent(data, 100, 500)[:3].reshape(3, 3, 3).astype(int))
	print('and with chains        %.3f   (the best is %.3f)' % (machine.likelihood(data), -np.log(6)))
