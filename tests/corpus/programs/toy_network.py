import numpy as np

# what is to be learnt: the parity of the first two bits, the third is noise
X = np.array([[0,0,1],
              [0,1,1],
              [1,0,1],
              [1,1,1],
              [1,0,0],
              [0,1,0]])

y = np.array([[0,1,1,0,1,1]]).T

def nonlin(x, deriv=False):
    if deriv:
        return x*(1-x)      # x is already the sigmoid here
    return 1/(1+np.exp(-x))

np.random.seed(3)

hidden_a, hidden_b = 8, 5
alpha, drop, dropping = 0.5, 0.2, False

syn0 = np.random.uniform(-1,1,(3,hidden_a))
syn1 = np.random.uniform(-1,1,(hidden_a,hidden_b))
syn2 = np.random.uniform(-1,1,(hidden_b,1))

for j in range(20000):

    l0 = X
    l1 = nonlin(np.dot(l0,syn0))
    if dropping:
        l1 = l1 * (np.random.random(l1.shape) > drop) / (1-drop)
    l2 = nonlin(np.dot(l1,syn1))
    l3 = nonlin(np.dot(l2,syn2))

    # wanted minus got
    l3_error = y - l3

    if j % 5000 == 0:
        print(j, "mean error", np.abs(l3_error).mean())

    # little where the unit has made up its mind
    l3_delta = l3_error * nonlin(l3,deriv=True)

    # blame goes back along the weights
    l2_error = l3_delta.dot(syn2.T)
    l2_delta = l2_error * nonlin(l2,deriv=True)

    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1,deriv=True)

    syn2 += alpha * l2.T.dot(l3_delta)
    syn1 += alpha * l1.T.dot(l2_delta)
    syn0 += alpha * l0.T.dot(l1_delta)

print(np.round(l3, 3))

def predict(bits):
    out = np.asarray(bits)
    for syn in (syn0, syn1, syn2):
        out = nonlin(out @ syn)
    return out

print("[1 0 1] ->", predict([1,0,1]))
