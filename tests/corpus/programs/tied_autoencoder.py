# Denoising Autoencoder mit gebundenen Gewichten: der Decoder benutzt die Transponierte des Encoders.
# Beispiele stehen in den Spalten.
import numpy as np

rng = np.random.default_rng(20)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def kl(rho, rho_hut):
    return rho * np.log(rho / rho_hut) + (1 - rho) * np.log((1 - rho) / (1 - rho_hut))


def start(n_sichtbar, n_verdeckt):
    r = np.sqrt(6) / np.sqrt(n_sichtbar + n_verdeckt + 1)
    W = rng.uniform(-r, r, (n_verdeckt, n_sichtbar))
    b = np.zeros((n_verdeckt, 1))
    c = np.zeros((n_sichtbar, 1))
    return W, b, c


def kosten(theta, X, X_verrauscht, lam, rho, beta):
    """Quadratischer Fehler + Gewichtsabnahme + Strafe für zu aktive Einheiten, mit Ableitungen."""
    W, b, c = theta
    m = X.shape[1]

    H = sigmoid(W @ X_verrauscht + b)
    R = sigmoid(W.T @ H + c)
    rho_hut = H.mean(axis=1, keepdims=True)

    J = 0.5 / m * np.sum((R - X) ** 2) + 0.5 * lam * np.sum(W ** 2) + beta * np.sum(kl(rho, rho_hut))

    delta_R = (R - X) * R * (1 - R) / m
    d_rho = beta / m * (-rho / rho_hut + (1 - rho) / (1 - rho_hut))
    delta_H = (W @ delta_R + d_rho) * H * (1 - H)

    # W kommt zweimal vor, also auch zwei Summanden
    grad_W = delta_H @ X_verrauscht.T + H @ delta_R.T + lam * W
    grad_b = np.sum(delta_H, axis=1, keepdims=True)
    grad_c = np.sum(delta_R, axis=1, keepdims=True)
    return J, (grad_W, grad_b, grad_c)


def verrauschen(X, anteil):
    return X * (rng.random(X.shape) >= anteil)


def naechste_schicht(theta, X):
    W, b, _ = theta
    return sigmoid(W @ X + b)


def trainieren(X, n_verdeckt, schritte, rate=0.5, rauschen=0.3, lam=1e-4, rho=0.1, beta=0.05, stapel=100):
    theta = start(X.shape[0], n_verdeckt)
    tempo = [np.zeros_like(p) for p in theta]
    for schritt in range(schritte):
        auswahl = rng.choice(X.shape[1], stapel, replace=False)
        B = X[:, auswahl]
        J, grads = kosten(theta, B, verrauschen(B, rauschen), lam, rho, beta)
        tempo = [0.9 * v - rate * g for v, g in zip(tempo, grads)]
        theta = tuple(p + v for p, v in zip(theta, tempo))
        if schritt % 250 == 0:
            print("Schritt %4d  J = %.4f" % (schritt, J))
    return theta


def feinabstimmung(stapel_thetas, X, Y, schritte, rate=0.5):
    """Alle Encoder und obenauf eine Softmax-Schicht, gemeinsam trainiert."""
    Ws = [t[0].copy() for t in stapel_thetas]
    bs = [t[1].copy() for t in stapel_thetas]
    n_oben, k, m = Ws[-1].shape[0], Y.shape[0], X.shape[1]
    Ws.append(0.01 * rng.standard_normal((k, n_oben)))
    bs.append(np.zeros((k, 1)))
    for schritt in range(schritte):
        A = [X]
        for W, b in zip(Ws[:-1], bs[:-1]):
            A.append(sigmoid(W @ A[-1] + b))
        Z = Ws[-1] @ A[-1] + bs[-1]
        P = np.exp(Z - Z.max(axis=0))
        P = P / P.sum(axis=0)
        verlust = -np.sum(Y * np.log(P)) / m
        delta = (P - Y) / m
        for i in reversed(range(len(Ws))):
            grad_W, grad_b = delta @ A[i].T, delta.sum(axis=1, keepdims=True)
            if i > 0:
                delta = (Ws[i].T @ delta) * A[i] * (1 - A[i])
            Ws[i] -= rate * grad_W
            bs[i] -= rate * grad_b
        if schritt % 200 == 0:
            treffer = np.mean(P.argmax(axis=0) == Y.argmax(axis=0))
            print("Feinabstimmung %4d  Verlust %.4f  Treffer %.3f" % (schritt, verlust, treffer))
    return Ws, bs


def muster(m, seite=6):
    """Bilder mit einem Rechteck, einem Kreuz oder einer Diagonalen."""
    bilder, art = np.zeros((seite, seite, m)), rng.integers(3, size=m)
    for i, a in enumerate(art):
        r, s = rng.integers(1, seite - 2, size=2)
        if a == 0:
            bilder[r - 1:r + 2, s - 1:s + 2, i] = 1
        elif a == 1:
            bilder[r, :, i] = bilder[:, s, i] = 1
        else:
            bilder[:, :, i] = np.eye(seite, k=r - s)
    return bilder.reshape(seite * seite, m), np.eye(3)[:, art]


if __name__ == "__main__":
    X, Y = muster(1000)
    erste = trainieren(X, 25, 1001)
    zweite = trainieren(naechste_schicht(erste, X), 12, 501)
    feinabstimmung([erste, zweite], X, Y, 801)
