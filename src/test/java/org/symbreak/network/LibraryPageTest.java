package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
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
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The lines of docs/library.md, as they stand there. */
class LibraryPageTest {
  private static final Path PAGE = Path.of("docs/library.md");
  private static final Path CONSUMER =
      Path.of("src/it/consumer/src/main/java/org/example/Consumer.java");
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

  /** {@code scripts/try-library} runs that program, with stock Deeplearning4j beside the jar. */
  @Test
  void everyLineOfJavaStandsInTheProgramThatTriesTheJar() throws Exception {
    String program = Files.readString(CONSUMER).replaceAll("\n *", "\n");
    List<String> blocks =
        Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1).replaceAll("\n *", "\n"))
            .toList();
    assertThat(blocks).hasSize(5).allSatisfy(block -> assertThat(program).contains(block));
  }

  /** What other programs get is Jackson and nothing else; all of it is named with its version. */
  @Test
  void onlyJacksonComesWithTheJar() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    NodeList dependencies =
        (NodeList)
            XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                    "/project/dependencies/dependency[not(optional) and not(scope)]",
                    pom,
                    XPathConstants.NODESET);
    List<String> comes =
        IntStream.range(0, dependencies.getLength())
            .mapToObj(i -> dependencies.item(i).getTextContent().strip().replaceAll("\\s+", " "))
            .toList();
    assertThat(comes)
        .allSatisfy(
            one ->
                assertThat(one)
                    .matches(
                        "com.fasterxml.jackson.core jackson-\\w+ \\$\\{jackson\\.[a-z.]*version}"))
        .hasSize(3);
  }

  /** Classes that go into the jar for other programs import those alone. */
  @Test
  void theJarForOtherProgramsIsWhole() throws Exception {
    Path sources = Path.of("src/main/java");
    String library = library(Files.readString(Path.of("pom.xml")));
    List<PathMatcher> included = patterns(library, "include");
    List<PathMatcher> excluded = patterns(library, "exclude");
    List<Path> inTheJar;
    try (Stream<Path> files = Files.walk(sources)) {
      inTheJar =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> matches(included, sources.relativize(file)))
              .filter(file -> !matches(excluded, sources.relativize(file)))
              .toList();
    }
    assertThat(inTheJar.stream().map(file -> sources.relativize(file).getName(2).toString()))
        .contains("watch", "init", "guard", "data")
        .doesNotContain("cli");
    Pattern imported =
        Pattern.compile("import (?:static )?(org\\.symbreak(?:\\.[a-z]\\w*)+\\.[A-Z]\\w*)");
    for (Path file : inTheJar) {
      List<Path> needed =
          imported
              .matcher(Files.readString(file))
              .results()
              .map(name -> sources.resolve(name.group(1).replace('.', '/') + ".java"))
              .toList();
      assertThat(inTheJar).as(file.toString()).containsAll(needed);
    }
  }

  private static List<PathMatcher> patterns(String library, String element) {
    return Pattern.compile("<" + element + ">(org/symbreak/.+?)</" + element + ">")
        .matcher(library)
        .results()
        .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern.group(1)))
        .toList();
  }

  private static boolean matches(List<PathMatcher> patterns, Path file) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(file));
  }

  private static String library(String pom) {
    int from = pom.indexOf("<id>library</id>");
    return pom.substring(from, pom.indexOf("</execution>", from));
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
