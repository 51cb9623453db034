# -*- coding: utf-8 -*-
# Codificador-decodificador con atención multiplicativa (Luong), hecho a mano.
# La tarea: leer una palabra y escribirla al revés. Cada símbolo es una columna.
import numpy as np

np.random.seed(11)

SIMBOLOS = "abcdefgh"
INICIO, FIN = len(SIMBOLOS), len(SIMBOLOS) + 1
n_v = len(SIMBOLOS) + 2
n_e, n_h = 16, 32
tasa = 0.1


def al_azar(filas, columnas):
    return np.random.randn(filas, columnas) / np.sqrt(columnas)


theta = {
    'E':   al_azar(n_e, n_v),
    'Wex': al_azar(n_h, n_e), 'Weh': al_azar(n_h, n_h), 'be': np.zeros((n_h, 1)),
    'Wdx': al_azar(n_h, n_e), 'Wdh': al_azar(n_h, n_h), 'bd': np.zeros((n_h, 1)),
    'Wa':  al_azar(n_h, n_h),
    'Wc':  al_azar(n_h, 2 * n_h), 'bc': np.zeros((n_h, 1)),
    'Wy':  al_azar(n_v, n_h), 'by': np.zeros((n_v, 1)),
}


def softmax(u):
    e = np.exp(u - np.max(u))
    return e / e.sum()


def codificar(palabra):
    h = [np.zeros((n_h, 1))]
    for s in palabra:
        x = theta['E'][:, [s]]
        h.append(np.tanh(theta['Wex'] @ x + theta['Weh'] @ h[-1] + theta['be']))
    return h


def decodificar(H, entradas, salidas):
    """H tiene los estados del codificador como columnas"""
    s = H[:, [-1]]
    pasos, perdida = [], 0.0
    for e, o in zip(entradas, salidas):
        s_ant = s
        x = theta['E'][:, [e]]
        s = np.tanh(theta['Wdx'] @ x + theta['Wdh'] @ s_ant + theta['bd'])
        q = theta['Wa'] @ s
        alfa = softmax(H.T @ q)
        c = H @ alfa
        cs = np.concatenate([c, s], axis=0)
        htil = np.tanh(theta['Wc'] @ cs + theta['bc'])
        p = softmax(theta['Wy'] @ htil + theta['by'])
        perdida -= np.log(p[o, 0])
        pasos.append((e, o, x, s_ant, s, q, alfa, cs, htil, p))
    return pasos, perdida


def gradientes(palabra, objetivo):
    h = codificar(palabra)
    H = np.hstack(h[1:])
    entradas, salidas = [INICIO] + objetivo, objetivo + [FIN]
    pasos, perdida = decodificar(H, entradas, salidas)

    d = {k: np.zeros_like(v) for k, v in theta.items()}
    dH = np.zeros_like(H)
    ds_sig = np.zeros((n_h, 1))

    for e, o, x, s_ant, s, q, alfa, cs, htil, p in reversed(pasos):
        dy = p.copy()
        dy[o] -= 1
        d['Wy'] += dy @ htil.T
        d['by'] += dy
        dhtil = (theta['Wy'].T @ dy) * (1 - htil ** 2)
        d['Wc'] += dhtil @ cs.T
        d['bc'] += dhtil
        dcs = theta['Wc'].T @ dhtil
        dc, ds = dcs[:n_h], dcs[n_h:] + ds_sig

        # la atención: c = H alfa, alfa = softmax(H^T q), q = Wa s
        dH += dc @ alfa.T
        dalfa = H.T @ dc
        du = alfa * (dalfa - np.sum(alfa * dalfa))
        dH += q @ du.T
        dq = H @ du
        d['Wa'] += dq @ s.T
        ds = ds + theta['Wa'].T @ dq

        dz = ds * (1 - s ** 2)
        d['Wdx'] += dz @ x.T
        d['Wdh'] += dz @ s_ant.T
        d['bd'] += dz
        d['E'][:, [e]] += theta['Wdx'].T @ dz
        ds_sig = theta['Wdh'].T @ dz

    # el estado inicial del decodificador es el último del codificador
    dh = ds_sig
    for t in range(len(palabra) - 1, -1, -1):
        dh = dh + dH[:, t:t + 1]
        dz = dh * (1 - h[t + 1] ** 2)
        d['Wex'] += np.dot(dz, theta['E'][:, [palabra[t]]].T)
        d['Weh'] += np.dot(dz, h[t].T)
        d['be'] += dz
        d['E'][:, [palabra[t]]] += np.dot(theta['Wex'].T, dz)
        dh = np.dot(theta['Weh'].T, dz)
    return perdida, d


def escribir(palabra, maximo=10):
    H = np.hstack(codificar(palabra)[1:])
    s, e, texto = H[:, [-1]], INICIO, ''
    while len(texto) < maximo:
        s = np.tanh(theta['Wdx'] @ theta['E'][:, [e]] + theta['Wdh'] @ s + theta['bd'])
        c = H @ softmax(H.T @ (theta['Wa'] @ s))
        htil = np.tanh(theta['Wc'] @ np.vstack([c, s]) + theta['bc'])
        e = int(np.argmax(theta['Wy'] @ htil + theta['by']))
        if e == FIN:
            break
        texto += SIMBOLOS[e] if e < len(SIMBOLOS) else '?'
    return texto


if __name__ == '__main__':
    memoria = {k: np.zeros_like(v) for k, v in theta.items()}
    media = 10.0
    for i in range(6001):
        palabra = list(np.random.randint(0, len(SIMBOLOS), size=np.random.randint(2, 6)))
        perdida, d = gradientes(palabra, palabra[::-1])
        media = 0.99 * media + 0.01 * perdida
        for k in theta:
            g = np.clip(d[k], -5, 5)
            memoria[k] += g ** 2
            theta[k] -= tasa * g / np.sqrt(memoria[k] + 1e-8)
        if i % 1500 == 0:
            print('iteración', i, 'pérdida', round(media, 3),
                  ''.join(SIMBOLOS[s] for s in palabra), '->', escribir(palabra))
