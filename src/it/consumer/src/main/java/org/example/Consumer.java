package org.example;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.transform.TransformProcessRecordReader;
import org.datavec.api.split.FileSplit;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.FittedPipeline;
import org.symbreak.data.StrictCsvRecordReader;
import org.symbreak.guard.GuardedModels;
import org.symbreak.init.ScaledGaussian;
import org.symbreak.init.Zeros;
import org.symbreak.problem.InputException;
import org.symbreak.watch.HiddenUnitSimilarityListener;
import org.symbreak.watch.SymmetryAlarm;

/** The lines of docs/library.md, as they stand there, in a program of somebody's own. */
public final class Consumer {
  private Consumer() {}

  /** Needs data/breast-cancer.csv in the directory where it runs, and leaves model.zip there. */
  public static void main(String[] args) throws Exception {
    DataSet rows =
        new DataSet(
            Nd4j.rand(100, 30), Nd4j.rand(100, 1).gt(0.5).castTo(Nd4j.defaultFloatingPointType()));
    System.out.println("== listener");
    MultiLayerNetwork network = network(gaussian(), new ScaledGaussian(0.01));
    network.setListeners(new HiddenUnitSimilarityListener());
    network.fit(rows);

    System.out.println("== alarm that warns");
    network = network(zeros(), new Zeros());
    network.setListeners(new HiddenUnitSimilarityListener().subscribe(SymmetryAlarm.warning()));
    network.fit(rows);

    System.out.println("== alarm that throws");
    network = network(zeros(), new Zeros());
    HiddenUnitSimilarityListener listener = new HiddenUnitSimilarityListener();
    listener.subscribe(SymmetryAlarm.throwing()); // or warning()
    network.setListeners(listener);
    try {
      network.fit(rows);
      throw new AssertionError("nothing was thrown");
    } catch (IllegalStateException e) {
      System.out.println("thrown: " + e.getMessage());
    }

    System.out.println("== guarded model");
    network = network(gaussian(), new ScaledGaussian(0.01));
    ModelSerializer.writeModel(network, new File("model.zip"), true);
    MultiLayerNetwork restored = GuardedModels.restoreMultiLayerNetwork(Path.of("model.zip"));
    System.out.println("the same parameters: " + restored.params().equals(network.params()));
    byte[] zip = Files.readAllBytes(Path.of("model.zip"));
    zip[zip.length / 2] ^= 1;
    Files.write(Path.of("damaged.zip"), zip);
    try {
      GuardedModels.restoreMultiLayerNetwork(Path.of("damaged.zip"));
      throw new AssertionError("a damaged file was let in");
    } catch (InputException e) {
      System.out.println("refused: " + e.getMessage());
    }

    System.out.println("== reader");
    train(network);
    System.exit(0); // the native library's threads would go on for a while
  }

  private static void train(MultiLayerNetwork network) throws Exception {
    String file = "data/breast-cancer.csv";
    FittedPipeline fitted;
    try (Dataset data = Dataset.open(DataSpec.of(file, "diagnosis", "malignant"), 1)) {
      fitted = data.pipeline();
    }
    RecordReader rows =
        new TransformProcessRecordReader(
            new StrictCsvRecordReader(fitted), fitted.transformProcess());
    rows.initialize(new FileSplit(new File(file)));
    int label = fitted.featureNames().size();
    network.fit(new RecordReaderDataSetIterator(rows, 64, label, label, true), 20);
    rows.reset();
    ROC roc = network.evaluateROC(new RecordReaderDataSetIterator(rows, 64, label, label, true), 0);
    System.out.println("AUC above 0.98: " + (roc.calculateAUC() > 0.98));
  }

  private static DenseLayer.Builder gaussian() {
    return new DenseLayer.Builder().nIn(30).nOut(16).weightInit(new ScaledGaussian(0.01));
  }

  private static DenseLayer.Builder zeros() {
    return new DenseLayer.Builder().nIn(30).nOut(16).weightInit(new Zeros());
  }

  private static MultiLayerNetwork network(DenseLayer.Builder hidden, IWeightInit output) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .list()
                .layer(hidden.activation(Activation.TANH).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(16)
                        .nOut(1)
                        .weightInit(output)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
    network.init();
    return network;
  }
}
