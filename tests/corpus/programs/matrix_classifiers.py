'''
机器学习小练习：用 numpy 的 matrix 类写的几个分类器和回归
（matrix 的 * 是矩阵乘法，对应元素相乘要用 multiply）
'''
from numpy import array, c_, diag, exp, eye, log, matrix, mean, multiply, ones, random, sign, zeros


def load(m=200, seed=4):
    """两类带噪声的点，第一列全是 1"""
    rng = random.RandomState(seed)
    pts = rng.normal(size=(m, 2)) * [1.5, 3.0]
    labels = (pts[:, 1] - 2 * pts[:, 0] + 0.8 * rng.normal(size=m) > 0).astype(int)
    return c_[ones(m), pts], labels


def sigmoid(inX):
    return 1.0 / (1 + exp(-inX))


def climb(points, labels, rate=0.01, cycles=500):
    dataMat, labelMat = matrix(points), matrix(labels).T
    w = matrix(zeros((dataMat.shape[1], 1)))
    for _ in range(cycles):
        err = labelMat - sigmoid(dataMat * w)
        w = w + rate * (dataMat.T * err)
    return w


def climbOneByOne(points, labels, passes=20, seed=0):
    # 这里用的是普通数组，* 又是对应元素相乘了
    rng = random.RandomState(seed)
    w = zeros(points.shape[1])
    for p in range(passes):
        for i in rng.permutation(len(points)):
            h = sigmoid(sum(points[i] * w))
            w = w + 0.5 / (1 + p) * (labels[i] - h) * points[i]
    return w


def newtonStep(points, labels, w):
    """一步牛顿法：w + (X^T S X)^-1 X^T (y - h)"""
    X, y = matrix(points), matrix(labels).T
    h = sigmoid(X * w)
    s = multiply(h, 1 - h)
    hess = X.T * multiply(X, s)
    return w + hess.I * (X.T * (y - h))


def logLikelihood(points, labels, w):
    X, y = matrix(points), matrix(labels).T
    h = sigmoid(X * w)
    return float((y.T * log(h) + (1 - y).T * log(1 - h))[0, 0])


def leastSquares(xArr, yArr, lam=0.0):
    xMat, yMat = matrix(xArr), matrix(yArr).T
    gram = xMat.T * xMat + lam * eye(xMat.shape[1])
    return gram.I * (xMat.T * yMat)


def localFit(q, xArr, yArr, k=1.0):
    """局部加权线性回归：离 q 越近的点权重越大"""
    xMat, yMat = matrix(xArr), matrix(yArr).T
    diff = xMat - q
    d2 = multiply(diff, diff).sum(axis=1).A1
    W = matrix(diag(exp(-d2 / (2 * k * k))))
    ws = (xMat.T * W * xMat).I * (xMat.T * W * yMat)
    return (q * ws).item()


class BPNet:
    """三层网络，仍然用 matrix：每个样本是一列"""

    def __init__(self, nIn, nHid, nOut, seed=1):
        rng = random.RandomState(seed)
        self.w1 = matrix(rng.uniform(-1, 1, (nHid, nIn + 1)))
        self.w2 = matrix(rng.uniform(-1, 1, (nOut, nHid + 1)))

    def addOnes(self, a):
        """在最下面加一行 1"""
        return matrix(c_[a.T, ones(a.shape[1])]).T

    def forward(self, x):
        self.x1 = self.addOnes(matrix(x))
        self.h = sigmoid(self.w1 * self.x1)
        self.h1 = self.addOnes(self.h)
        self.o = sigmoid(self.w2 * self.h1)
        return self.o

    def grad(self, x, t):
        err = self.forward(x) - matrix(t)
        delta2 = multiply(err, multiply(self.o, 1 - self.o))
        noBias = self.w2[:, :-1]
        delta1 = multiply(noBias.T * delta2, multiply(self.h, 1 - self.h))
        dw2 = delta2 * self.h1.T
        dw1 = delta1 * self.x1.T
        return dw1, dw2

    def sse(self, x, t):
        e = self.forward(x) - matrix(t)
        return 0.5 * multiply(e, e).sum()

    def train(self, x, t, eta=0.02, mc=0.8, epochs=2000):
        step1, step2 = 0 * self.w1, 0 * self.w2
        for i in range(epochs):
            dw1, dw2 = self.grad(x, t)
            step1 = mc * step1 - eta * dw1
            step2 = mc * step2 - eta * dw2
            self.w1 += step1
            self.w2 += step2
            if i % 500 == 0:
                print('第', i, '次迭代，误差平方和', round(self.sse(x, t), 3))


if __name__ == '__main__':
    data, labels = load()
    w = climb(data, labels)
    print('批量', w.A1.round(2), '对数似然', round(logLikelihood(data, labels, w), 2))
    for _ in range(3):
        w = newtonStep(data, labels, w)
    print('牛顿', w.A1.round(2), '对数似然', round(logLikelihood(data, labels, w), 2))
    ws = climbOneByOne(data, labels)
    print('逐个', ws.round(2), '正确率', mean((data.dot(ws) > 0) == labels))

    x = data[:, :2]
    y = 3 + 1.7 * x[:, 1] + 0.1 * sign(x[:, 1])
    print(leastSquares(x, y).T, leastSquares(x, y, 5.0).T, localFit(x[0], x, y, 0.3) - y[0])

    net = BPNet(2, 6, 1)
    xor = array([[0, 0, 1, 1], [0, 1, 0, 1]])
    net.train(zeros((2, 4)) + xor, [[0, 1, 1, 0]], eta=0.5)
    print(net.forward(xor).round(2))
