import csv
import os

import numpy


# A network of three layers in a single class, for the 8x8 digits; pictures are learnt one by one.
class neuralNetwork:

    def __init__(self, inputnodes, hiddennodes, outputnodes, learningrate):
        self.inodes = inputnodes
        self.hnodes = hiddennodes
        self.onodes = outputnodes
        self.lr = learningrate

        # a row for each receiving node
        self.wih = numpy.random.normal(scale=self.inodes ** -0.5, size=(self.hnodes, self.inodes))
        self.who = numpy.random.normal(scale=self.hnodes ** -0.5, size=(self.onodes, self.hnodes))

        self.activation_function = lambda x: 1.0 / (1.0 + numpy.exp(-x))

    def columns(self, *lists):
        return [numpy.array(values, ndmin=2).T for values in lists]

    def train(self, inputs_list, targets_list):
        inputs, targets = self.columns(inputs_list, targets_list)

        hidden_inputs = numpy.dot(self.wih, inputs)
        hidden_outputs = self.activation_function(hidden_inputs)
        final_inputs = numpy.dot(self.who, hidden_outputs)
        final_outputs = self.activation_function(final_inputs)

        # positive where the answer ought to be larger
        output_errors = targets - final_outputs
        output_signal = output_errors * final_outputs * (1.0 - final_outputs)

        # what each hidden node has to answer for
        hidden_errors = numpy.dot(self.who.T, output_signal)
        hidden_signal = hidden_errors * hidden_outputs * (1.0 - hidden_outputs)

        self.who += self.lr * numpy.dot(output_signal, numpy.transpose(hidden_outputs))
        self.wih += self.lr * numpy.dot(hidden_signal, numpy.transpose(inputs))
        return 0.5 * numpy.sum(output_errors ** 2)

    def query(self, inputs_list):
        inputs, = self.columns(inputs_list)
        hidden_outputs = self.activation_function(numpy.dot(self.wih, inputs))
        return self.activation_function(numpy.dot(self.who, hidden_outputs))

    def dream(self, label, steps=200, rate=0.5):
        """Change a grey picture until the network is sure that it shows the label."""
        picture = numpy.full((self.inodes, 1), 0.5)
        targets, = self.columns(numpy.eye(self.onodes)[label])
        for _ in range(steps):
            hidden_outputs = self.activation_function(numpy.dot(self.wih, picture))
            final_outputs = self.activation_function(numpy.dot(self.who, hidden_outputs))
            output_signal = (targets - final_outputs) * final_outputs * (1.0 - final_outputs)
            hidden_signal = numpy.dot(self.who.T, output_signal) * hidden_outputs * (1.0 - hidden_outputs)
            picture += rate * numpy.dot(self.wih.T, hidden_signal)
            picture = numpy.clip(picture, 0.01, 1.0)
        return picture

    def save(self, name):
        numpy.savez(name, wih=self.wih, who=self.who)

    def load(self, name):
        stored = numpy.load(name)
        self.wih = stored["wih"]
        self.who = stored["who"]
        self.hnodes, self.inodes = self.wih.shape
        self.onodes = self.who.shape[0]


def prepare(record):
    # no input is ever quite zero, no target quite zero or one
    inputs = 0.01 + 0.99 * numpy.asarray(record[:-1]) / 16.0
    label = int(record[-1])
    return inputs, label


if __name__ == "__main__":
    numpy.random.seed(1)
    n = neuralNetwork(64, 40, 10, 0.1)
    if os.path.exists("trained.npz"):
        n.load("trained.npz")

    with open("digits.csv") as f:
        records = [prepare([float(v) for v in row]) for row in csv.reader(f)]

    for epoch in range(4):
        total = 0.0
        for inputs, label in records[:1500]:
            targets = numpy.full(n.onodes, 0.01)
            targets[label] = 0.99
            total += n.train(inputs, targets)
        print("epoch", epoch, "error", total / 1500)

    right = [numpy.argmax(n.query(inputs)) == label for inputs, label in records[1500:]]
    print("right:", sum(right), "of", len(right))
    print(n.dream(3).reshape(8, 8).round(1))
