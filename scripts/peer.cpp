// The fused engine's peer in C++: the same training loop as somebody writes it for one kind of
// processor, with tiles in its registers, arithmetic in any order and approximate divisions.
// Takes the orders that scripts/peer.py takes, a line each:
//
//   setup ROWS START COUNT FEATURES UNITS[/UNITS...] BATCH sgd|adam RATE THREADS
//   loss ITERATIONS      the mean loss after so many iterations from the start
//   time SECONDS         microseconds an iteration: the clock's and this thread's on a processor
//
//   g++ -O3 -march=native -ffast-math -std=c++17 -pthread peer.cpp -o peer

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <numeric>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#ifdef __AVX512F__
constexpr int WIDTH = 16, TILE = 12;  // floats of a vector; rows of a tile of two vectors
#else
constexpr int WIDTH = 8, TILE = 6;
#endif
typedef float Vector __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));
typedef int32_t Mask __attribute__((vector_size(4 * WIDTH)));

constexpr int BLOCK = 64;

static inline Vector load(const float* p) { return *reinterpret_cast<const Vector*>(p); }
static inline void store(float* p, Vector v) { *reinterpret_cast<Vector*>(p) = v; }
static inline Vector all(float x) { return x - Vector{}; }
static int padded(int n) { return (n + WIDTH - 1) / WIDTH * WIDTH; }

struct Free { void operator()(float* p) const { std::free(p); } };
using Array = std::unique_ptr<float[], Free>;
static Array zeros(size_t n) {
  size_t bytes = (4 * (n + 4 * WIDTH) + 63) / 64 * 64;
  float* p = static_cast<float*>(std::aligned_alloc(64, bytes));
  std::memset(p, 0, bytes);
  return Array(p);
}

// tanh's continued fraction to 7 terms, x (135135 + 17325 s + 378 s² + s³) / (135135 + 62370 s +
// 3150 s² + 28 s³) with s = x², which passes 1 near 4.97
static inline Vector tanh(Vector x) {
  Vector bound = all(4.97f);
  x = x > bound ? bound : x < -bound ? -bound : x;
  Vector s = x * x;
  Vector p = ((s + all(378)) * s + all(17325)) * s + all(135135);
  Vector q = ((all(28) * s + all(3150)) * s + all(62370)) * s + all(135135);
  return x * p / q;
}
static inline Vector sigmoid(Vector x) { return all(0.5f) + all(0.5f) * tanh(all(0.5f) * x); }

// c[r, j] = start[r, j] + sum over k of a(r, k) b[k, j], where a(r, k) = a[r * row + k * step]
template <int ROWS, int VECTORS>
static inline void tile(int inner, const float* a, long row, long step, const float* b, long ldb,
                        const float* start, long lds, float* c, long ldc) {
  Vector sums[ROWS][VECTORS];
#pragma GCC unroll 12
  for (int r = 0; r < ROWS; r++)
#pragma GCC unroll 2
    for (int v = 0; v < VECTORS; v++) sums[r][v] = load(start + r * lds + WIDTH * v);
  for (int k = 0; k < inner; k++, a += step, b += ldb) {
    Vector terms[VECTORS];
#pragma GCC unroll 2
    for (int v = 0; v < VECTORS; v++) terms[v] = load(b + WIDTH * v);
#pragma GCC unroll 12
    for (int r = 0; r < ROWS; r++)
#pragma GCC unroll 2
      for (int v = 0; v < VECTORS; v++) sums[r][v] += all(a[r * row]) * terms[v];
  }
#pragma GCC unroll 12
  for (int r = 0; r < ROWS; r++)
#pragma GCC unroll 2
    for (int v = 0; v < VECTORS; v++) store(c + r * ldc + WIDTH * v, sums[r][v]);
}

template <int VECTORS>
static void strip(int rows, int inner, const float* a, long row, long step, const float* b,
                  long ldb, const float* start, long lds, float* c, long ldc) {
  constexpr int MOST = VECTORS == 1 ? 2 * TILE : TILE;
  int r = 0;
  auto rest = [&](auto size) {
    constexpr int N = decltype(size)::value;
    for (; r + N <= rows; r += N)
      tile<N, VECTORS>(inner, a + r * row, row, step, b, ldb, start + r * lds, lds, c + r * ldc, ldc);
  };
  rest(std::integral_constant<int, MOST>());
  rest(std::integral_constant<int, 4>());
  rest(std::integral_constant<int, 2>());
  rest(std::integral_constant<int, 1>());
}

static void product(int rows, int inner, int columns, const float* a, long row, long step,
                    const float* b, long ldb, const float* start, long lds, float* c, long ldc) {
  int j = 0;
  for (; j + WIDTH < columns; j += 2 * WIDTH)
    strip<2>(rows, inner, a, row, step, b + j, ldb, start + j, lds, c + j, ldc);
  if (j < columns)
    strip<1>(rows, inner, a, row, step, b + j, ldb, start + j, lds, c + j, ldc);
}

struct Layer {
  int inputs, units, stride;   // stride: units, padded
  size_t weights, transposed;  // inputs x stride and then the biases; units x padded inputs
  size_t biases() const { return weights + static_cast<size_t>(inputs) * stride; }
};

// What a thread needs for a block of rows.
struct Scratch {
  std::vector<Array> activations, slopes;
  Array z, deltas, features, labels, gradient;
  double loss = 0;
};

class Peer {
  int rows = 0, batch = 0, threads = 1, stride = 0, iteration = 0;
  bool adam = false;
  float rate = 0;
  std::vector<Layer> layers;
  size_t length = 0, outputWeights = 0, outputBias = 0;
  Array features, labels, parameters, first, second, transposed, nothing;
  std::vector<float> start;
  std::vector<Scratch> scratch;
  std::vector<int> order;
  size_t position = 0;
  std::mt19937 random{1};
  const int* chosen = nullptr;  // rows of the batch, or all in their order
  int count = 0;
  bool withLoss = false;
  std::thread helper;
  std::atomic<long> asked{0}, done{0};
  std::atomic<bool> closed{false};

  void forward(Scratch& s, const float* x, int m) {
    const float* in = x;
    int distance = stride;
    for (size_t i = 0; i < layers.size(); i++) {
      const Layer& l = layers[i];
      float* a = s.activations[i].get();
      product(m, l.inputs, l.stride, in, distance, 1, &parameters[l.weights], l.stride,
              &parameters[l.biases()], 0, a, l.stride);
      for (int j = 0; j < m * l.stride; j += WIDTH) store(a + j, tanh(load(a + j)));
      in = a;
      distance = l.stride;
    }
    const float* w = &parameters[outputWeights];
    for (int i = 0; i < m; i++) {
      Vector sum{};
      for (int j = 0; j < distance; j += WIDTH) sum += load(in + i * distance + j) * load(w + j);
      float z = parameters[outputBias];
      for (int lane = 0; lane < WIDTH; lane++) z += sum[lane];
      s.z[i] = z;
    }
  }

  void backward(Scratch& s, const float* x, const float* y, int m) {
    Vector scale = all(1.0f / count);
    for (int i = 0; i < m; i += WIDTH)
      store(&s.deltas[i], (sigmoid(load(&s.z[i])) - load(y + i)) * scale);
    for (int i = 0; i < m; i++) s.gradient[outputBias] += s.deltas[i];
    for (int i = static_cast<int>(layers.size()) - 1; i >= 0; i--) {
      const Layer& l = layers[i];
      const float* a = s.activations[i].get();
      float* d = s.slopes[i].get();
      bool last = i + 1 == static_cast<int>(layers.size());
      if (!last) {
        const Layer& above = layers[i + 1];
        product(m, above.units, l.stride, s.slopes[i + 1].get(), above.stride, 1,
                &transposed[above.transposed], l.stride, nothing.get(), 0, d, l.stride);
      }
      for (int j = 0; j < l.stride; j += WIDTH) {
        Vector w = load(&parameters[outputWeights + j]), biases = load(&s.gradient[l.biases() + j]);
        Vector weights = last ? load(&s.gradient[outputWeights + j]) : Vector{};
        for (int r = 0; r < m; r++) {
          Vector value = load(a + r * l.stride + j), delta = all(s.deltas[r]);
          Vector from = last ? delta * w : load(d + r * l.stride + j);
          if (last) weights += delta * value;
          from *= all(1) - value * value;
          biases += from;
          store(d + r * l.stride + j, from);
        }
        store(&s.gradient[l.biases() + j], biases);
        if (last) store(&s.gradient[outputWeights + j], weights);
      }
      const float* in = i ? s.activations[i - 1].get() : x;
      float* g = &s.gradient[l.weights];
      product(l.inputs, m, l.stride, in, 1, i ? layers[i - 1].stride : stride, d, l.stride, g,
              l.stride, g, l.stride);
    }
  }

  void block(Scratch& s, int from, int m) {
    const float *x = &features[static_cast<size_t>(from) * stride], *y = &labels[from];
    if (chosen) {
      for (int i = 0; i < m; i++) {
        size_t row = chosen[from + i];
        std::memcpy(&s.features[i * stride], &features[row * stride], 4 * stride);
        s.labels[i] = labels[row];
      }
      x = s.features.get();
      y = s.labels.get();
    }
    forward(s, x, m);
    for (int i = 0; withLoss && i < m; i++)
      s.loss += std::log1p(std::exp(-std::fabs(double(s.z[i])))) + std::max(s.z[i], 0.0f) - y[i] * s.z[i];
    backward(s, x, y, m);
  }

  int parts() const { return threads > 1 && count > BLOCK && double(count) * length > 6e4 ? threads : 1; }

  void part(int which) {
    Scratch& s = scratch[which];
    std::memset(s.gradient.get(), 0, 4 * length);
    s.loss = 0;
    long blocks = (count + BLOCK - 1) / BLOCK;
    for (long b = blocks * which / parts(); b < blocks * (which + 1) / parts(); b++)
      block(s, b * BLOCK, std::min<long>(BLOCK, count - b * BLOCK));
  }

  void gradient() {
    for (size_t i = 1; i < layers.size(); i++) {
      const Layer& l = layers[i];
      for (int k = 0; k < l.inputs; k++)
        for (int j = 0; j < l.units; j++)
          transposed[l.transposed + j * layers[i - 1].stride + k] = parameters[l.weights + k * l.stride + j];
    }
    if (parts() == 1) return part(0);
    long round = ++asked;
    part(0);
    while (done != round) __builtin_ia32_pause();
    for (size_t i = 0; i < length; i += WIDTH)
      store(&scratch[0].gradient[i], load(&scratch[0].gradient[i]) + load(&scratch[1].gradient[i]));
    scratch[0].loss += scratch[1].loss;
  }

  void serve() {
    for (long seen = 0;;) {
      for (int spins = 0; asked == seen && !closed; spins++) {
        if (spins < 20000) __builtin_ia32_pause(); else std::this_thread::sleep_for(std::chrono::microseconds(50));
      }
      if (closed) return;
      part(1);
      done = ++seen;
    }
  }

  void takeBatch() {
    count = std::min(batch, rows);
    chosen = nullptr;
    if (batch >= rows) return;
    if (position == 0) std::shuffle(order.begin(), order.end(), random);
    count = std::min<int>(batch, rows - position);
    chosen = &order[position];
    position = (position + count) % rows;
  }

  void step() {
    takeBatch();
    withLoss = false;
    gradient();
    iteration++;
    const float* g = scratch[0].gradient.get();
    if (!adam) {
      for (size_t i = 0; i < length; i += WIDTH)
        store(&parameters[i], load(&parameters[i]) - all(rate) * load(g + i));
      return;
    }
    double one = 1 - std::pow(0.9, iteration), two = 1 - std::pow(0.999, iteration);
    Vector size = all(static_cast<float>(rate * std::sqrt(two) / one));
    for (size_t i = 0; i < length; i += WIDTH) {
      Vector slope = load(g + i);
      Vector m = all(0.9f) * load(&first[i]) + all(0.1f) * slope;
      Vector v = all(0.999f) * load(&second[i]) + all(0.001f) * slope * slope, root;
      for (int lane = 0; lane < WIDTH; lane++) root[lane] = std::sqrt(v[lane]);
      store(&first[i], m);
      store(&second[i], v);
      store(&parameters[i], load(&parameters[i]) - size * m / (root + all(1e-8f)));
    }
  }

  void reset() {
    for (Array* array : {&parameters, &first, &second}) std::memset(array->get(), 0, 4 * length);
    iteration = 0;
    position = 0;
    const float* from = start.data();
    for (const Layer& l : layers) {
      for (int j = 0; j < l.units; j++)
        for (int k = 0; k < l.inputs; k++) parameters[l.weights + k * l.stride + j] = *from++;
      for (int j = 0; j < l.units; j++) parameters[l.biases() + j] = *from++;
    }
    for (int k = 0; k < layers.back().units; k++) parameters[outputWeights + k] = *from++;
    parameters[outputBias] = *from;
  }

 public:
  Peer(std::istream& words) {
    std::string rowsFile, startFile, hidden, optimizer;
    int inputs;
    words >> rowsFile >> startFile >> rows >> inputs >> hidden >> batch >> optimizer >> rate >> threads;
    threads = std::min(threads, 2);
    adam = optimizer == "adam";
    stride = padded(inputs);
    features = zeros(static_cast<size_t>(rows) * stride);
    labels = zeros(rows);
    std::ifstream data(rowsFile, std::ios::binary);
    for (int i = 0; i < rows; i++)
      data.read(reinterpret_cast<char*>(&features[static_cast<size_t>(i) * stride]), 4 * inputs);
    for (int i = 0; i < rows; i++) labels[i] = data.get();
    size_t turned = 0;
    int widest = stride;
    std::stringstream list(hidden);
    for (std::string units; std::getline(list, units, '/');) {
      int n = std::stoi(units);
      layers.push_back({inputs, n, padded(n), length, turned});
      length = layers.back().biases() + padded(n);
      turned += static_cast<size_t>(n) * padded(inputs);
      widest = std::max(widest, padded(n));
      inputs = n;
    }
    outputWeights = length;
    outputBias = length + padded(inputs);
    length = outputBias + WIDTH;
    for (Array* array : {&parameters, &first, &second}) *array = zeros(length);
    transposed = zeros(turned);
    nothing = zeros(widest);
    std::ifstream file(startFile, std::ios::binary);
    for (float value; file.read(reinterpret_cast<char*>(&value), 4);) start.push_back(value);
    scratch.resize(threads);
    for (Scratch& s : scratch) {
      for (const Layer& l : layers) {
        s.activations.push_back(zeros(BLOCK * l.stride));
        s.slopes.push_back(zeros(BLOCK * l.stride));
      }
      for (Array* array : {&s.z, &s.deltas, &s.labels}) *array = zeros(BLOCK);
      s.features = zeros(BLOCK * stride);
      s.gradient = zeros(length);
    }
    order.resize(rows);
    std::iota(order.begin(), order.end(), 0);
    reset();
    if (threads > 1) helper = std::thread(&Peer::serve, this);
  }

  ~Peer() {
    closed = true;
    if (helper.joinable()) helper.join();
  }

  double loss(int iterations) {
    reset();
    for (int i = 0; i < iterations; i++) step();
    chosen = nullptr;
    count = rows;
    withLoss = true;
    gradient();
    double loss = scratch[0].loss / rows;
    reset();
    return loss;
  }

  void advance(int iterations) {
    for (int i = 0; i < iterations; i++) step();
  }
};

static double seconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

int main() {
  std::unique_ptr<Peer> peer;
  int steps = 5;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string order;
    words >> order;
    if (order == "setup") {
      peer.reset();
      peer = std::make_unique<Peer>(words);
      steps = 5;
      std::printf("= C++, vectors of %d bits\n", 32 * WIDTH);
    } else if (order == "loss") {
      int iterations;
      words >> iterations;
      std::printf("= %.9g\n", peer->loss(iterations));
    } else if (order == "time") {
      double wanted;
      words >> wanted;
      double cpu = seconds(CLOCK_THREAD_CPUTIME_ID), begin = seconds(CLOCK_MONOTONIC), before = begin;
      long taken = 0;
      while (before - begin < wanted) {
        peer->advance(steps);
        taken += steps;
        double now = seconds(CLOCK_MONOTONIC);
        if (now - before < 0.005) steps *= 2;
        before = now;
      }
      std::printf("= %.9g %.9g\n", (before - begin) * 1e6 / taken,
                  (seconds(CLOCK_THREAD_CPUTIME_ID) - cpu) * 1e6 / taken);
    }
    std::fflush(stdout);
  }
}
