"""Kalman filter and Rauch-Tung-Striebel smoother for a point moving in the plane.

State x = [px, py, vx, vy]^T, measurement z = [px, py]^T.
"""
import numpy as np
import matplotlib.pyplot as plt


class KalmanFilter:
    def __init__(self, F, H, Q, R, x0, P0, B=None):
        self.F, self.H, self.Q, self.R, self.B = F, H, Q, R, B
        self.x = x0
        self.P = P0
        self.n = F.shape[0]

    def predict(self, u=None):
        self.x = self.F @ self.x
        if u is not None:
            self.x = self.x + self.B @ u
        self.P = self.F @ self.P @ self.F.T + self.Q
        return self.x, self.P

    def update(self, z):
        y = z - self.H @ self.x                        # innovation
        S = self.H @ self.P @ self.H.T + self.R        # its covariance
        K = self.P @ self.H.T @ np.linalg.inv(S)       # gain
        self.x = self.x + K @ y
        I_KH = np.eye(self.n) - K @ self.H
        self.P = I_KH @ self.P @ I_KH.T + K @ self.R @ K.T   # Joseph form
        m = len(z)
        ll = -0.5 * (y.T @ np.linalg.solve(S, y) + np.log(np.linalg.det(S)) + m * np.log(2 * np.pi))
        return float(np.squeeze(ll))


def smooth(F, filtered, predicted):
    """filtered[t] = (x, P) after the measurement at t, predicted[t] before it."""
    x_s, P_s = filtered[-1]
    result = [(x_s, P_s)]
    for t in range(len(filtered) - 2, -1, -1):
        x_f, P_f = filtered[t]
        x_p, P_p = predicted[t + 1]
        C = np.linalg.solve(P_p, F @ P_f).T            # P_f F^T P_p^-1
        x_s = x_f + C @ (x_s - x_p)
        P_s = P_f + C @ (P_s - P_p) @ C.T
        result.append((x_s, P_s))
    return result[::-1]


def constant_velocity(dt, accel_noise):
    F = np.eye(4)
    F[0, 2] = F[1, 3] = dt
    G = np.array([[dt ** 2 / 2, 0], [0, dt ** 2 / 2], [dt, 0], [0, dt]])
    Q = G @ G.T * accel_noise ** 2
    H = np.hstack([np.eye(2), np.zeros((2, 2))])
    return F, G, Q, H


def simulate(F, G, H, steps, accel_noise, sensor_noise, rng):
    x = np.array([[0.0], [0.0], [1.0], [0.5]])
    truth, measured = [], []
    for _ in range(steps):
        x = F @ x + G @ (accel_noise * rng.standard_normal((2, 1)))
        truth.append(x)
        measured.append(H @ x + sensor_noise * rng.standard_normal((2, 1)))
    return truth, measured


def run(kf, measurements):
    filtered, predicted, total = [], [], 0.0
    for z in measurements:
        predicted.append(kf.predict())
        total += kf.update(z)
        filtered.append((kf.x, kf.P))
    return filtered, predicted, total


def rmse(estimates, truth, H):
    err = np.array([(H @ (x - t)).ravel() for (x, _), t in zip(estimates, truth)])
    return np.sqrt((err ** 2).sum(axis=1).mean())


def main():
    rng = np.random.default_rng(8)
    dt, accel_noise, sensor_noise, steps = 0.5, 0.3, 1.5, 120
    F, G, Q, H = constant_velocity(dt, accel_noise)
    truth, measured = simulate(F, G, H, steps, accel_noise, sensor_noise, rng)

    R = sensor_noise ** 2 * np.eye(2)
    kf = KalmanFilter(F, H, Q, R, x0=np.zeros((4, 1)), P0=10 * np.eye(4))
    filtered, predicted, ll = run(kf, measured)
    smoothed = smooth(F, filtered, predicted)

    raw = np.sqrt(np.mean([np.sum((z - H @ t) ** 2) for z, t in zip(measured, truth)]))
    print(f"log-likelihood {ll:.1f}")
    print(f"rmse: measured {raw:.3f}, filtered {rmse(filtered, truth, H):.3f}, smoothed {rmse(smoothed, truth, H):.3f}")

    path = np.array([x[:2, 0] for x, _ in smoothed])
    spread = np.array([np.trace(P[:2, :2]) for _, P in smoothed])
    plt.plot(*np.hstack(truth)[:2], label="truth")
    plt.plot(*path.T, label="smoothed")
    plt.scatter(*np.hstack(measured), s=5 + 10 * spread / spread.max(), alpha=0.5)
    plt.legend()
    plt.savefig("track.png")


if __name__ == "__main__":
    main()
