#!/usr/bin/env python3
# Feedforward net for the 8x8 digits, one image (a column) at a time.
# Entry k of every list belongs to the step from layer k to layer k+1.
import random
import sys

import numpy as np


class Quadratic(object):

    @staticmethod
    def value(a, y):
        return 0.5*np.sum((a-y)**2)

    @staticmethod
    def delta(z, a, y):
        return (a-y)*squash_prime(z)


class CrossEntropy(object):

    @staticmethod
    def value(a, y):
        return np.sum(np.nan_to_num(-y*np.log(a)-(1-y)*np.log(1-a)))

    @staticmethod
    def delta(z, a, y):
        return a-y


class Network(object):

    def __init__(self, sizes, cost=CrossEntropy):
        self.sizes = list(sizes)
        self.cost = cost
        fan = list(zip(self.sizes, self.sizes[1:]))
        self.biases = [np.random.normal(size=(n, 1)) for _, n in fan]
        self.weights = [np.random.normal(size=(n, k))/np.sqrt(k) for k, n in fan]
        self.speed = [np.zeros_like(w) for w in self.weights]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = squash(w.dot(a)+b)
        return a

    def fit(self, training_data, epochs, batch, eta, lmbda=0.0, mu=0.0, test_data=None):
        n = len(training_data)
        for epoch in range(epochs):
            random.shuffle(training_data)
            for start in range(0, n, batch):
                self.descend(training_data[start:start+batch], eta, lmbda, mu, n)
            if test_data is None:
                print("epoch %d done" % epoch)
            else:
                print("epoch %d: %d of %d" % (epoch, self.accuracy(test_data), len(test_data)))

    def descend(self, mini_batch, eta, lmbda, mu, n):
        """One step of momentum with the gradients summed over the mini-batch."""
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in mini_batch:
            for total, part in zip((nabla_b, nabla_w), self.backprop(x, y)):
                for k, g in enumerate(part):
                    total[k] += g
        rate = eta/len(mini_batch)
        self.speed = [mu*v-rate*nw for v, nw in zip(self.speed, nabla_w)]
        self.weights = [(1-eta*lmbda/n)*w+v for w, v in zip(self.weights, self.speed)]
        self.biases = [b-rate*nb for b, nb in zip(self.biases, nabla_b)]

    def backprop(self, x, y):
        nabla_b, nabla_w = [], []
        activation, activations, zs = x, [x], []
        for w, b in zip(self.weights, self.biases):
            z = np.dot(w, activation)+b
            zs.append(z)
            activation = squash(z)
            activations.append(activation)
        # output error first, then layer by layer towards the input
        delta = self.cost.delta(zs[-1], activations[-1], y)
        nabla_b.insert(0, delta)
        nabla_w.insert(0, np.dot(delta, activations[-2].transpose()))
        for back in range(2, len(self.sizes)):
            sp = squash_prime(zs[-back])
            delta = np.dot(self.weights[-back+1].transpose(), delta)*sp
            nabla_b.insert(0, delta)
            nabla_w.insert(0, np.dot(delta, activations[-back-1].transpose()))
        return nabla_b, nabla_w

    def total_cost(self, data, lmbda):
        cost = sum(self.cost.value(self.feedforward(x), y) for x, y in data)/len(data)
        cost += 0.5*(lmbda/len(data))*sum(np.linalg.norm(w)**2 for w in self.weights)
        return cost

    def accuracy(self, data):
        return sum(int(np.argmax(self.feedforward(x)) == np.argmax(y)) for x, y in data)


def squash(z):
    return 1.0/(1.0+np.exp(-z))


def squash_prime(z):
    return squash(z)*(1-squash(z))


def unit(j, k=10):
    e = np.zeros((k, 1))
    e[j] = 1.0
    return e


def read(path):
    """digits.csv: 64 grey values and the label in each line."""
    table = np.loadtxt(path, delimiter=",")
    inputs = [np.reshape(row[:-1], (-1, 1))/16.0 for row in table]
    return list(zip(inputs, [unit(int(row[-1])) for row in table]))


if __name__ == "__main__":
    pairs = read(sys.argv[1] if len(sys.argv) > 1 else "digits.csv")
    held_out = pairs[1500:]
    net = Network([64, 30, 20, 10])
    net.fit(pairs[:1500], 10, 10, 0.3, lmbda=0.1, mu=0.5, test_data=held_out)
    print("cost on held-out data:", net.total_cost(held_out, 0.1))
