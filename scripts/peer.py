"""A peer of the fused engine in scripts/benchmark: PyTorch or scikit-learn, on the orders that EngineWorker takes.

    python3 peer.py torch|sklearn
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


def main():
    warnings.simplefilter("ignore")
    peer = Torch() if sys.argv[1] == "torch" else ScikitLearn()
    for order in sys.stdin:
        words = order.split()
        if words[0] == "setup":
            rows, features = int(words[3]), int(words[4])
            data = np.fromfile(words[1], dtype=np.uint8)
            x = data[: 4 * rows * features].view("<f4").reshape(rows, features).astype(np.float32)
            y = data[4 * rows * features :].astype(int)
            start = np.fromfile(words[2], dtype="<f4")
            hidden = [int(units) for units in words[5].split("/")]
            answer = peer.setup(x, y, start, hidden, int(words[6]), words[7], float(words[8]), int(words[9]))
        elif words[0] == "loss":
            answer = peer.loss(int(words[1]))
        else:
            answer = peer.time(float(words[1]))
        print("=", answer, flush=True)


main()
