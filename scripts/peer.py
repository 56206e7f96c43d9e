"""A peer of the fused engine in scripts/benchmark: PyTorch or scikit-learn, on the orders that EngineWorker takes, or SciPy, on those of OptimizerWorker.

    python3 peer.py torch|sklearn|scipy
"""

import sys
import time
import warnings

import numpy as np


def layers(flat, features, hidden):
    """Weights and biases of each layer from Deeplearning4j's flat order: unit after unit, then the biases."""
    sizes = [features, *hidden, 1]
    at = 0
    for inputs, units in zip(sizes, sizes[1:]):
        weights = flat[at : at + inputs * units].reshape(units, inputs)
        at += inputs * units
        yield weights.copy(), flat[at : at + units].copy()
        at += units


def per_iteration(wall, cpu, iterations):
    """Microseconds an iteration: on the clock, and of this thread's time on a processor."""
    return f"{wall * 1e6 / iterations} {cpu * 1e6 / iterations}"


class Torch:
    def __init__(self):
        import torch

        self.torch = torch

    def setup(self, x, y, start, hidden, batch, optimizer, rate, threads):
        torch = self.torch
        torch.set_num_threads(threads)
        self.x, self.y = torch.from_numpy(x), torch.from_numpy(y.astype(np.float32)[:, None])
        self.batch, self.start, self.hidden, self.optimizer, self.rate = batch, start, hidden, optimizer, rate
        self.network, self.step = self.build()
        return "PyTorch " + torch.__version__

    def build(self):
        torch = self.torch
        modules = []
        for weights, biases in layers(self.start, self.x.shape[1], self.hidden):
            linear = torch.nn.Linear(weights.shape[1], weights.shape[0])
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(weights))
                linear.bias.copy_(torch.from_numpy(biases))
            modules += [linear, torch.nn.Tanh()]
        network = torch.nn.Sequential(*modules[:-1])
        kind = torch.optim.Adam if self.optimizer == "adam" else torch.optim.SGD
        return network, kind(network.parameters(), lr=self.rate)

    def batches(self):
        rows = len(self.x)
        while self.batch >= rows:
            yield self.x, self.y
        while True:
            order = self.torch.randperm(rows)
            for i in range(0, rows, self.batch):
                chosen = order[i : i + self.batch]
                yield self.x[chosen], self.y[chosen]

    def train(self, network, step, batches, iterations):
        loss_of = self.torch.nn.BCEWithLogitsLoss()
        for _ in range(iterations):
            x, y = next(batches)
            step.zero_grad()
            loss_of(network(x), y).backward()
            step.step()

    def loss(self, iterations):
        network, step = self.build()
        self.train(network, step, self.batches(), iterations)
        with self.torch.no_grad():
            return float(self.torch.nn.BCEWithLogitsLoss()(network(self.x), self.y))

    def time(self, seconds):
        batches, taken, iterations = self.batches(), 0, 1
        cpu = time.thread_time()
        begin = before = time.perf_counter()
        while before - begin < seconds:
            self.train(self.network, self.step, batches, iterations)
            taken += iterations
            now = time.perf_counter()
            if now - before < 0.01:
                iterations *= 2
            before = now
        return per_iteration(before - begin, time.thread_time() - cpu, taken)


class ScikitLearn:
    def setup(self, x, y, start, hidden, batch, optimizer, rate, threads):
        import sklearn

        self.x, self.y = x, y
        self.batch, self.start, self.hidden, self.optimizer, self.rate = batch, start, hidden, optimizer, rate
        self.network = self.build()
        self.epochs = 1
        return "scikit-learn " + sklearn.__version__

    def build(self):
        from sklearn.neural_network import MLPClassifier

        network = MLPClassifier(
            tuple(self.hidden), activation="tanh", solver=self.optimizer, alpha=0, batch_size=min(self.batch, len(self.x)),
            learning_rate_init=self.rate, momentum=0, nesterovs_momentum=False, shuffle=self.batch < len(self.x),
            max_iter=1, tol=0, n_iter_no_change=10**9, warm_start=True, random_state=1,
        )
        network.fit(self.x, self.y)
        parts = list(layers(self.start, self.x.shape[1], self.hidden))
        network.coefs_ = [np.ascontiguousarray(weights.T) for weights, _ in parts]
        network.intercepts_ = [biases for _, biases in parts]
        return network

    def per_epoch(self):
        return -(-len(self.x) // self.batch)

    def loss(self, iterations):
        network = self.build()
        network.max_iter = max(1, iterations // self.per_epoch())
        network.fit(self.x, self.y)
        probability = np.clip(network.predict_proba(self.x)[:, 1].astype(float), 1e-12, 1 - 1e-12)
        return float(-np.mean(np.where(self.y == 1, np.log(probability), np.log(1 - probability))))

    def time(self, seconds):
        taken = 0
        cpu = time.thread_time()
        begin = before = time.perf_counter()
        while before - begin < seconds:
            self.network.max_iter = self.epochs
            self.network.fit(self.x, self.y)
            taken += self.epochs
            now = time.perf_counter()
            if now - before < 0.05:
                self.epochs *= 2
            before = now
        return per_iteration(before - begin, time.thread_time() - cpu, taken * self.per_epoch())


class SciPy:
    METHODS = {"lbfgs": "L-BFGS-B", "cg": "CG"}

    def minimize(self, x, y, start, hidden, kind, l2, iterations):
        """Tanh units and a sigmoid output in NumPy, by hand: the mean cross-entropy plus half of l2 times the squares of all weights."""
        from scipy.optimize import minimize

        x, y = x.astype(float), y.astype(float)
        def objective(flat):
            parts = list(layers(flat, x.shape[1], hidden))
            outputs = [x]
            for weights, biases in parts[:-1]:
                outputs.append(np.tanh(outputs[-1] @ weights.T + biases))
            weights, biases = parts[-1]
            z = outputs[-1] @ weights[0] + biases[0]
            loss = np.mean(np.logaddexp(0, z) - y * z) + l2 / 2 * sum((weights * weights).sum() for weights, _ in parts)
            delta = ((1 / (1 + np.exp(-z)) - y) / len(x))[:, None]
            gradient = []
            for (weights, _), output in zip(reversed(parts), reversed(outputs)):
                gradient = [(delta.T @ output + l2 * weights).ravel(), delta.sum(axis=0), *gradient]
                if output is not x:
                    delta = delta @ weights * (1 - output * output)
            return loss, np.concatenate(gradient)

        tight = {"gtol": 1e-8, "maxiter": iterations}
        if kind == "lbfgs":
            tight.update(ftol=1e-15, maxfun=100 * iterations)
        begin = time.perf_counter()
        found = minimize(objective, start, jac=True, method=self.METHODS[kind], options=tight)
        return f"{found.fun} {found.nfev} {found.nit} {time.perf_counter() - begin}"


def rows_of(file, rows, features):
    data = np.fromfile(file, dtype=np.uint8)
    x = data[: 4 * rows * features].view("<f4").reshape(rows, features).astype(np.float32)
    return x, data[4 * rows * features :].astype(int)


def units_of(hidden):
    return [] if hidden == "none" else [int(units) for units in hidden.split("/")]


def main():
    warnings.simplefilter("ignore")
    peer = {"torch": Torch, "sklearn": ScikitLearn, "scipy": SciPy}[sys.argv[1]]()
    for order in sys.stdin:
        words = order.split()
        if words[0] == "setup":
            x, y = rows_of(words[1], int(words[3]), int(words[4]))
            start = np.fromfile(words[2], dtype="<f4")
            answer = peer.setup(x, y, start, units_of(words[5]), int(words[6]), words[7], float(words[8]), int(words[9]))
        elif words[0] == "minimize":
            x, y = rows_of(words[1], int(words[3]), int(words[4]))
            start = np.fromfile(words[2], dtype="<f8")
            answer = peer.minimize(x, y, start, units_of(words[5]), words[6], float(words[7]), int(words[8]))
        elif words[0] == "loss":
            answer = peer.loss(int(words[1]))
        else:
            answer = peer.time(float(words[1]))
        print("=", answer, flush=True)


main()
