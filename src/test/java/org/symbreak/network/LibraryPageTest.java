package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.transform.TransformProcessRecordReader;
import org.datavec.api.split.FileSplit;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.FittedPipeline;
import org.symbreak.data.StrictCsvRecordReader;

/** The lines of docs/library.md, as they stand there. */
class LibraryPageTest {
  private static final Path PAGE = Path.of("docs/library.md");
  private static final Path HERE =
      Path.of("src/test/java/org/symbreak/network/LibraryPageTest.java");

  @Test
  void aNetworkIsTrainedThroughTheStrictReader() throws Exception {
    MultiLayerNetwork network = network(30);
    // as on the page
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
    // until here
    rows.reset();
    ROC roc = network.evaluateROC(new RecordReaderDataSetIterator(rows, 64, label, label, true), 0);
    assertThat(roc.calculateAUC()).isGreaterThan(0.98);
  }

  @Test
  void thePageHasTheseLines() throws Exception {
    List<String> source = Files.readAllLines(HERE);
    int from = source.indexOf("    // as on the page") + 1;
    int to = source.indexOf("    // until here");
    String lines =
        String.join("\n", source.subList(from, to).stream().map(l -> l.substring(4)).toList());
    assertThat(Files.readString(PAGE)).contains("```java\n" + lines + "\n```\n");
  }

  private static MultiLayerNetwork network(int inputs) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .list()
                .layer(new DenseLayer.Builder().nIn(inputs).nOut(8).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(8)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
    network.init();
    return network;
  }
}
