"""One step of an LSTM, forward and backward, with the gates over the stacked input."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e_x = np.exp(x - np.max(x, axis=0, keepdims=True))
    return e_x / e_x.sum(axis=0, keepdims=True)


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    """
    Arguments:
    xt -- the input at time t, numpy array of shape (n_x, m)
    a_prev -- the hidden state before, numpy array of shape (n_a, m)
    c_prev -- the memory before, numpy array of shape (n_a, m)
    parameters -- dictionary with
        Wf -- weights of the forget gate, numpy array of shape (n_a, n_a + n_x)
        bf -- its bias, numpy array of shape (n_a, 1)
        Wi -- weights of the update gate, numpy array of shape (n_a, n_a + n_x)
        bi -- its bias, numpy array of shape (n_a, 1)
        Wc -- weights of the candidate, numpy array of shape (n_a, n_a + n_x)
        bc -- its bias, numpy array of shape (n_a, 1)
        Wo -- weights of the output gate, numpy array of shape (n_a, n_a + n_x)
        bo -- its bias, numpy array of shape (n_a, 1)
        Wy -- weights of the output, numpy array of shape (n_y, n_a)
        by -- its bias, numpy array of shape (n_y, 1)
    """
    Wf, bf = parameters["Wf"], parameters["bf"]
    Wi, bi = parameters["Wi"], parameters["bi"]
    Wc, bc = parameters["Wc"], parameters["bc"]
    Wo, bo = parameters["Wo"], parameters["bo"]
    Wy, by = parameters["Wy"], parameters["by"]
    n_x, m = xt.shape
    n_y, n_a = Wy.shape

    concat = np.concatenate((a_prev, xt), axis=0)
    ft = sigmoid(np.dot(Wf, concat) + bf)
    it = sigmoid(np.dot(Wi, concat) + bi)
    cct = np.tanh(np.dot(Wc, concat) + bc)
    c_next = ft * c_prev + it * cct
    ot = sigmoid(np.dot(Wo, concat) + bo)
    a_next = ot * np.tanh(c_next)
    yt_pred = softmax(np.dot(Wy, a_next) + by)
    cache = (a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, parameters)
    return a_next, c_next, yt_pred, cache


def lstm_cell_backward(da_next, dc_next, cache):
    """
    Arguments:
    da_next -- gradient of the next hidden state, of shape (n_a, m)
    dc_next -- gradient of the next memory, of shape (n_a, m)
    cache -- from the forward step
    """
    (a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, parameters) = cache
    n_x, m = xt.shape
    n_a, m = a_next.shape
    Wf = np.zeros((n_a, n_a + n_x))
    Wi = np.zeros((n_a, n_a + n_x))
    Wc = np.zeros((n_a, n_a + n_x))
    Wo = np.zeros((n_a, n_a + n_x))

    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dcct = (dc_next * it + ot * (1 - np.square(np.tanh(c_next))) * it * da_next) * (1 - np.square(cct))
    dit = (dc_next * cct + ot * (1 - np.square(np.tanh(c_next))) * cct * da_next) * it * (1 - it)
    dft = (dc_next * c_prev + ot * (1 - np.square(np.tanh(c_next))) * c_prev * da_next) * ft * (1 - ft)

    concat = np.concatenate((a_prev, xt), axis=0)
    dWf = np.dot(dft, concat.T)
    dWi = np.dot(dit, concat.T)
    dWc = np.dot(dcct, concat.T)
    dWo = np.dot(dot, concat.T)
    dbf = np.sum(dft, axis=1, keepdims=True)
    dbi = np.sum(dit, axis=1, keepdims=True)
    dbc = np.sum(dcct, axis=1, keepdims=True)
    dbo = np.sum(dot, axis=1, keepdims=True)

    da_prev = (
        np.dot(Wf[:, :n_a].T, dft)
        + np.dot(Wi[:, :n_a].T, dit)
        + np.dot(Wc[:, :n_a].T, dcct)
        + np.dot(Wo[:, :n_a].T, dot)
    )
    dc_prev = dc_next * ft + ot * (1 - np.square(np.tanh(c_next))) * ft * da_next
    dxt = (
        np.dot(Wf[:, n_a:].T, dft)
        + np.dot(Wi[:, n_a:].T, dit)
        + np.dot(Wc[:, n_a:].T, dcct)
        + np.dot(Wo[:, n_a:].T, dot)
    )
    return {"dxt": dxt, "da_prev": da_prev, "dc_prev": dc_prev, "dWf": dWf, "dbf": dbf}


def lstm_cell_backward_draft(n_a, n_x, m):
    """As it was before the shapes were looked at."""
    a_prev, xt = np.zeros((n_a, m)), np.zeros((n_x, m))
    Wf, bf = np.zeros((n_a, n_a + n_x)), np.zeros((n_a, 1))
    concat = np.vstack((a_prev, xt))
    ft = sigmoid(Wf @ concat + bf)
    dft = np.ones_like(ft)
    da_prev = np.dot(Wf.T, dft)
    dWf = np.dot(dft, a_prev.T)
    dbf = np.sum(dft, axis=0, keepdims=True)
    dxt = np.dot(Wf[:, :n_a].T, dft)
    return da_prev, dWf, dbf, dxt
