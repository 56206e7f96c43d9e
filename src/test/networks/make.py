"""Makes the networks in src/test/resources/networks, with faults planted in them, by the libraries
that people use, and what those libraries compute on a few rows.

Debian 12: python3-torch 1.13, python3-sklearn 1.2, python3-h5py 3.7; /usr/bin/python3 make.py
Units are counted from 1 in the comments, as in what inspect prints.
"""
import io, json, os, struct, zipfile
import h5py
import numpy as np
import torch
from sklearn.neural_network import MLPClassifier
from torch import nn

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "networks")
torch.manual_seed(5)
outputs = {}


def plant_relu(first, second):
    """Layer 1: units 3 and 6 identical, 8 = 2.5 x 2, 10 dead; layer 2: 4 constant."""
    with torch.no_grad():
        w, b = first.weight, first.bias
        w[5], b[5] = w[2], b[2]
        w[7], b[7] = 2.5 * w[1], 2.5 * b[1]
        w[9], b[9] = 0, -1
        second.weight[3], second.bias[3] = 0, 0.7


def plant_tanh(layer):
    """Units 3 and 6 identical, 8 the opposite of 2, 10 constant."""
    with torch.no_grad():
        w, b = layer.weight, layer.bias
        w[5], b[5] = w[2], b[2]
        w[7], b[7] = -w[1], -b[1]
        w[9], b[9] = 0, 0.3


def plant_identical(layer, i=2, j=5):
    with torch.no_grad():
        layer.weight[j], layer.bias[j] = layer.weight[i], layer.bias[i]


def export(name, model, example, opset=13, **more):
    model.eval()
    torch.onnx.export(model, example, os.path.join(HERE, name), opset_version=opset,
                      input_names=["x"], output_names=["y"],
                      dynamic_axes={"x": {0: "N"}, "y": {0: "N"}}, **more)
    with torch.no_grad():
        outputs[name] = {"x": example.flatten().tolist(), "shape": list(example.shape),
                         "y": model(example).flatten().tolist()}


rows = torch.randn(5, 6)

relu = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Linear(12, 8), nn.ReLU(), nn.Linear(8, 1))
plant_relu(relu[0], relu[2])
export("relu.onnx", relu, rows)
export("relu-opset7.onnx", relu, rows, opset=7, keep_initializers_as_inputs=True)


class Functional(nn.Module):
    """MatMul and Add in place of Gemm."""

    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(6, 12), nn.Linear(12, 2)
        plant_tanh(self.a)
        self.wa, self.wb = nn.Parameter(self.a.weight.t().contiguous()), nn.Parameter(self.b.weight.t().contiguous())
        self.ba, self.bb = nn.Parameter(self.a.bias.clone()), nn.Parameter(self.b.bias.clone())

    def forward(self, x):
        return torch.softmax(torch.tanh(x @ self.wa + self.ba) @ self.wb + self.bb, dim=1)


export("tanh.onnx", Functional(), rows)

normalized = nn.Sequential(nn.Linear(6, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Dropout(0.2),
                           nn.Linear(12, 8), nn.BatchNorm1d(8), nn.LeakyReLU(0.1), nn.Linear(8, 1), nn.Sigmoid())
with torch.no_grad():
    for norm in (normalized[1], normalized[5]):
        norm.running_mean.uniform_(-1, 1)
        norm.running_var.uniform_(0.5, 2)
        norm.weight.uniform_(0.5, 2)
        norm.bias.uniform_(-0.5, 0.5)
    # units 3 and 6 are one but for the way there: half the weights, twice the gain
    f, n = normalized[0], normalized[1]
    f.weight[5], f.bias[5] = f.weight[2], f.bias[2]
    for part in (n.weight, n.bias, n.running_mean, n.running_var):
        part[5] = part[2]
    # unit 4 of layer 2 is constant: its batch normalization lets nothing through
    normalized[5].weight[3], normalized[5].bias[3] = 0, 0.7
export("normalized.onnx", normalized, rows)


class Block(nn.Module):
    """A transformer's block: attention, then a feed-forward part with GELU."""

    def __init__(self, d=8, inner=16):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(d, d) for _ in range(4))
        self.n1, self.n2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.up, self.down = nn.Linear(d, inner), nn.Linear(inner, d)
        plant_identical(self.up)
        with torch.no_grad():  # unit 10 puts out nothing
            self.up.weight[9], self.up.bias[9] = 0, 0

    def forward(self, x):
        q, k, v = self.q(x), self.k(x), self.v(x)
        a = torch.softmax(q @ k.transpose(1, 2) / 8 ** 0.5, dim=-1) @ v
        x = self.n1(x + self.o(a))
        return self.n2(x + self.down(nn.functional.gelu(self.up(x))))


export("transformer.onnx", Block(), torch.randn(2, 5, 8))


class Net(nn.Module):
    """Convolution with a dense head; SiLU in the head."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 3)
        self.fc1, self.fc2, self.fc3 = nn.Linear(3 * 3 * 3, 12), nn.Linear(12, 10), nn.Linear(10, 2)
        plant_identical(self.fc1)
        plant_identical(self.fc2, 0, 7)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.conv(x)), 2)
        x = torch.relu(self.fc1(torch.flatten(x, 1)))
        return self.fc3(nn.functional.silu(self.fc2(x)))


export("cnn.onnx", Net(), torch.randn(2, 1, 8, 8))


class Shared(nn.Module):
    """Units 3 and 6 are identical, but feed a skip connection, too."""

    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(6, 12), nn.Linear(12, 12)
        plant_identical(self.a)

    def forward(self, x):
        h = torch.relu(self.a(x))
        return h + self.b(h)


export("shared.onnx", Shared(), rows)
torch.save(relu.state_dict(), os.path.join(HERE, "relu.pt"))


def safetensors(name, tensors, metadata, dtype="F32"):
    header, data = {"__metadata__": metadata}, b""
    for key, value in tensors.items():
        raw = value.astype("<f4").tobytes()
        if dtype == "BF16":
            raw = (np.frombuffer(raw, "<u4") >> 16).astype("<u2").tobytes()
        header[key] = {"dtype": dtype, "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


state = {k: v.numpy() for k, v in relu.state_dict().items()}
safetensors("relu.safetensors", state, {"activation": "relu"})
safetensors("bfloat16.safetensors", state, {"format": "pt"}, "BF16")

# scikit-learn
x = np.random.RandomState(1).randn(200, 6)
clf = MLPClassifier((12, 8), activation="relu", max_iter=30, random_state=1).fit(x, x[:, 0] * x[:, 1] > 0)
w, b = clf.coefs_, clf.intercepts_
w[0][:, 5], b[0][5] = w[0][:, 2], b[0][2]
w[0][:, 7], b[0][7] = 2.5 * w[0][:, 1], 2.5 * b[0][1]
w[0][:, 9], b[0][9] = 0, -1
w[1][:, 3], b[1][3] = 0, 0.7
np.savez(os.path.join(HERE, "sklearn.npz"), *w, *b)
np.savez(os.path.join(HERE, "sklearn-named.npz"), activation=clf.activation, out_activation=clf.out_activation_,
         **{f"coefs_{i}": v for i, v in enumerate(w)}, **{f"intercepts_{i}": v for i, v in enumerate(b)})
outputs["sklearn-named.npz"] = {"x": x[:5].flatten().tolist(), "shape": [5, 6],
                                "y": clf.predict_proba(x[:5])[:, 1].tolist()}

# Keras' layout: the same network as relu.onnx, with a batch normalization that does nothing
layers = [("dense", relu[0], "relu"), ("dense_1", relu[2], "relu"), ("dense_2", relu[4], "linear")]
config = [{"class_name": "InputLayer", "config": {"batch_input_shape": [None, 6], "name": "input_1"}}]
for name, layer, activation in layers:
    config.append({"class_name": "Dense", "config": {"name": name, "units": layer.out_features,
                   "activation": activation, "use_bias": True}})
    if name == "dense":
        config.append({"class_name": "Dropout", "config": {"name": "dropout", "rate": 0.2}})
model = json.dumps({"class_name": "Sequential", "config": {"name": "sequential", "layers": config}})
with h5py.File(os.path.join(HERE, "keras.h5"), "w") as f:
    f.attrs["model_config"], f.attrs["keras_version"], f.attrs["backend"] = model, "2.11.0", "tensorflow"
    weights = f.create_group("model_weights")
    weights.attrs["layer_names"] = [c["config"]["name"].encode() for c in config]
    for name, layer, _ in layers:
        g = weights.create_group(name)
        g.attrs["weight_names"] = [f"{name}/kernel:0".encode(), f"{name}/bias:0".encode()]
        g.create_dataset(f"{name}/kernel:0", data=layer.weight.detach().numpy().T)
        g.create_dataset(f"{name}/bias:0", data=layer.bias.detach().numpy())
inner = io.BytesIO()
with h5py.File(inner, "w") as f:
    for name, layer, _ in layers:
        g = f.create_group(f"layers/{name}/vars")
        g.create_dataset("0", data=layer.weight.detach().numpy().T)
        g.create_dataset("1", data=layer.bias.detach().numpy())
with zipfile.ZipFile(os.path.join(HERE, "keras.keras"), "w") as z:
    z.writestr("metadata.json", json.dumps({"keras_version": "3.3.3"}))
    z.writestr("config.json", model)
    z.writestr("model.weights.h5", inner.getvalue())

with open(os.path.join(HERE, "outputs.json"), "w") as f:
    json.dump(outputs, f)
