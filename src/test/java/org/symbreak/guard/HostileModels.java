package org.symbreak.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Model files that mean harm: a genuine one, each with one thing changed. They run code, crash or
 * exhaust the JVM, or give silent garbage in stock Deeplearning4j, or could in another reader of
 * zips or JSON.
 */
final class HostileModels {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final String UPDATER = "updaterState.bin";
  private static final String NORMALIZER = "normalizer.bin";
  private static final String PLANTED = PlantedClass.class.getName();
  private static final int BOMB = 100_000_000;

  /** Parameters of {@link GenuineModels#plain}: 3 inputs, 4 hidden units, 2 outputs. */
  private static final int PARAMETERS = 3 * 4 + 4 + 4 * 2 + 2;

  /**
   * @param entry the entry that a refusal has to name; empty where the zip as a whole is wrong
   */
  record Hostile(String entry, byte[] zip) {}

  private final Map<String, byte[]> genuine;
  private final Map<String, Hostile> cases = new LinkedHashMap<>();

  private HostileModels(Map<String, byte[]> genuine) {
    this.genuine = genuine;
  }

  /**
   * Each by what is wrong with it.
   *
   * @param genuine the entries of {@link GenuineModels#plain} with a normalizer
   */
  static Map<String, Hostile> of(Map<String, byte[]> genuine) {
    HostileModels hostile = new HostileModels(genuine);
    hostile.wholeFiles();
    hostile.headers();
    hostile.sizes();
    hostile.entries();
    hostile.texts();
    hostile.classes();
    hostile.numbersInConfiguration();
    hostile.lossWeights();
    hostile.arrays(COEFFICIENTS, PARAMETERS);
    hostile.arrays(UPDATER, 2 * PARAMETERS);
    hostile.normalizers();
    hostile.ourEntries();
    return hostile.cases;
  }

  private void wholeFiles() {
    byte[] zip = RawZip.of(genuine, RawZip.DEFLATED).build();
    put("an empty file", "", new byte[0]);
    put(
        "a text",
        "",
        "not a zip at all, but long enough to hold an end record".getBytes(StandardCharsets.UTF_8));
    put("zeros", "", new byte[100_000]);
    for (int eighth = 1; eighth < 8; eighth++) {
      put("cut after " + eighth + "/8", "", Arrays.copyOf(zip, zip.length * eighth / 8));
    }
    put("cut by a byte", "", Arrays.copyOf(zip, zip.length - 1));
    put("cut before the end record", "", Arrays.copyOf(zip, zip.length - 22));
    put("a byte behind the end", "", Arrays.copyOf(zip, zip.length + 1));
    put(
        "a program before it",
        "",
        concat("#!/bin/sh\necho\n".getBytes(StandardCharsets.UTF_8), zip));
    put("two zips in one", "", concat(zip, zip));
    raw("a comment", "", z -> z.comment = new byte[] {'h', 'i'});
    raw(
        "a comment that looks like an end record",
        "",
        z -> z.comment = Arrays.copyOfRange(zip, zip.length - 22, zip.length));
    raw("a count too high", "", z -> z.countShift = 1);
    raw("a count too low", "", z -> z.countShift = -1);
    raw("no entries", "", z -> z.entries.clear());
    raw("several disks", "", z -> z.disk = 1);
    raw("a directory that begins later", "", z -> z.directoryShift = 1);
    raw("a directory that begins earlier", "", z -> z.directoryShift = -1);
    raw("a directory beyond the file", "", z -> z.directoryShift = Integer.MAX_VALUE);
    raw("a directory of zip64", "", z -> z.directoryShift = -1 - zip.length);
    raw("a directory too long", "", z -> z.directoryLengthShift = 1);
    raw("a directory too short", "", z -> z.directoryLengthShift = -46);
    raw("bytes between directory and end", "", z -> z.end = new byte[20]);
    raw("a gap between entries", COEFFICIENTS, z -> z.entry(COEFFICIENTS).before = new byte[10]);
    raw(
        "an entry that is not listed",
        COEFFICIENTS,
        z ->
            z.entry(CONFIGURATION).after =
                RawZip.of(Map.of("evil", new byte[3]), RawZip.STORED).build());
    raw(
        "a last entry that is not listed",
        "",
        z -> z.add("preprocessor.bin", serialized(), RawZip.DEFLATED).listed = false);
  }

  private void headers() {
    for (String name : List.of(CONFIGURATION, COEFFICIENTS, UPDATER)) {
      raw("listed twice", name, z -> z.entry(name).timesListed = 2);
      raw("there twice", name, z -> z.add(name, genuine.get(name), RawZip.DEFLATED));
      raw(
          "another name before its data",
          name,
          z -> z.entry(name).local.name = "preprocessor.bin".getBytes(StandardCharsets.UTF_8));
      raw("data that begin elsewhere", name, z -> z.entry(name).offsetShift = 4);
    }
    raw(
        "data beyond the file",
        CONFIGURATION,
        z -> z.entry(CONFIGURATION).offsetShift = Integer.MAX_VALUE);
    raw(
        "two entries of the same data",
        UPDATER,
        z ->
            z.entry(UPDATER).offsetShift =
                -z.entry(COEFFICIENTS).data.length - 30 - COEFFICIENTS.length());
    for (int method : new int[] {1, 6, 9, 12, 14, 93, 95, 98, 99}) {
      raw(
          "method " + method,
          COEFFICIENTS,
          z -> z.entry(COEFFICIENTS).headers().forEach(h -> h.method = method));
    }
    raw(
        "another method before its data",
        COEFFICIENTS,
        z -> z.entry(COEFFICIENTS).local.method = RawZip.STORED);
    for (int flag : new int[] {0, 4, 5, 6, 13}) {
      raw(
          "flag " + flag,
          COEFFICIENTS,
          z -> z.entry(COEFFICIENTS).headers().forEach(h -> h.flags = 1 << flag));
    }
    raw(
        "encrypted before its data alone",
        COEFFICIENTS,
        z -> z.entry(COEFFICIENTS).local.flags = 1);
    raw(
        "sizes promised behind its data that are not there",
        COEFFICIENTS,
        z -> z.entry(COEFFICIENTS).headers().forEach(h -> h.flags = 8));
    raw(
        "sizes promised behind its data before it alone",
        COEFFICIENTS,
        z -> z.entry(COEFFICIENTS).local.flags = 8);
    raw("other sizes behind its data", COEFFICIENTS, z -> describeBehind(z.entry(COEFFICIENTS), 1));
    raw(
        "other sizes before its data than behind it",
        COEFFICIENTS,
        z -> {
          describeBehind(z.entry(COEFFICIENTS), 0);
          z.entry(COEFFICIENTS).local.size++;
        });
    raw(
        "sizes of zip64 behind its data",
        COEFFICIENTS,
        z -> {
          RawZip.Entry entry = z.entry(COEFFICIENTS);
          describeBehind(entry, 0);
          entry.after =
              RawZip.buffer(24)
                  .putInt(0x08074b50)
                  .putInt(entry.central.crc)
                  .putLong(entry.central.compressed)
                  .putLong(entry.central.size)
                  .array();
        });
    raw(
        "bytes behind its deflated data that count among them",
        COEFFICIENTS,
        z -> {
          RawZip.Entry entry = z.entry(COEFFICIENTS);
          entry.data = concat(entry.data, new byte[5]);
          entry.headers().forEach(h -> h.compressed += 5);
        });
    raw(
        "another entry within its data",
        UPDATER,
        z -> {
          store(
              z,
              COEFFICIENTS,
              e -> {
                e.data = RawZip.of(Map.of(UPDATER, genuine.get(UPDATER)), RawZip.STORED).build();
                e.headers().forEach(h -> h.compressed = h.size = e.data.length);
                CRC32 crc = new CRC32();
                crc.update(e.data);
                e.headers().forEach(h -> h.crc = (int) crc.getValue());
              });
          z.entry(UPDATER).offsetShift = -z.entry(COEFFICIENTS).data.length;
        });
    raw(
        "stored with its size behind it",
        COEFFICIENTS,
        z -> store(z, COEFFICIENTS, e -> describeBehind(e, 0)));
    raw(
        "a name of 60000 bytes",
        "",
        z -> z.entry(COEFFICIENTS).headers().forEach(h -> h.name = new byte[60_000]));
    raw(
        "extra fields of 60000 bytes",
        "",
        z -> z.entry(COEFFICIENTS).headers().forEach(h -> h.extra = new byte[60_000]));
    raw(
        "broken extra fields",
        COEFFICIENTS,
        z -> z.entry(COEFFICIENTS).headers().forEach(h -> h.extra = new byte[] {5, 5, 100, 0, 1}));
    raw(
        "sizes of zip64",
        COEFFICIENTS,
        z -> z.entry(COEFFICIENTS).headers().forEach(h -> zip64(h)));
    raw(
        "a zip64 field",
        COEFFICIENTS,
        z ->
            z.entry(COEFFICIENTS).central.extra =
                RawZip.buffer(12).putShort((short) 1).putShort((short) 8).putLong(7).array());
    raw("a comment on an entry", COEFFICIENTS, z -> z.entry(COEFFICIENTS).comment = new byte[5]);
  }

  private void sizes() {
    for (String name : List.of(CONFIGURATION, COEFFICIENTS, UPDATER, NORMALIZER)) {
      raw("a wrong check sum", name, z -> z.entry(name).headers().forEach(h -> h.crc++));
      raw("a size too large", name, z -> z.entry(name).headers().forEach(h -> h.size++));
      raw("a size too small", name, z -> z.entry(name).headers().forEach(h -> h.size--));
      raw(
          "a compressed size too small of " + name,
          "",
          z -> z.entry(name).headers().forEach(h -> h.compressed--));
      raw(
          "a size of 2 GB",
          name,
          z -> z.entry(name).headers().forEach(h -> h.size = Integer.MAX_VALUE));
      raw("a size of 4 GB", name, z -> z.entry(name).headers().forEach(h -> h.size = -2));
      raw(
          "stored, of 2 GB",
          name,
          z ->
              store(
                  z,
                  name,
                  e -> e.headers().forEach(h -> h.compressed = h.size = Integer.MAX_VALUE)));
      raw(
          "stored, larger than compressed",
          name,
          z -> store(z, name, e -> e.headers().forEach(h -> h.size *= 2)));
      raw("empty", name, z -> replace(z, name, new byte[0], RawZip.STORED));
      raw("other data than deflated", name, z -> Arrays.fill(z.entry(name).data, (byte) 0xff));
    }
    raw(
        "a size that lies before its data alone",
        COEFFICIENTS,
        z -> z.entry(COEFFICIENTS).local.size = 1 << 30);
    byte[] bomb = new byte[BOMB];
    RawZip zip = RawZip.of(Map.of("bomb", bomb), RawZip.DEFLATED);
    for (String name :
        List.of(
            CONFIGURATION,
            COEFFICIENTS,
            UPDATER,
            NORMALIZER,
            "symbreak/pipeline.json",
            "anything")) {
      raw("a bomb", name, z -> inPlace(z, name, zip.entry("bomb")));
      raw(
          "a bomb that says it is small",
          name,
          z -> inPlace(z, name, zip.entry("bomb")).headers().forEach(h -> h.size = 500));
    }
    byte[] spaces = new byte[2_000_000];
    Arrays.fill(spaces, (byte) ' ');
    bytes("a text of spaces", CONFIGURATION, concat(spaces, genuine.get(CONFIGURATION)));
  }

  private void entries() {
    for (String name :
        List.of(
            "evil.txt",
            "../../../tmp/evil",
            "/etc/passwd",
            "directory/",
            "CONFIGURATION.JSON",
            "configuration.json ",
            "configuration.json\0",
            "symbreak/other.json",
            "META-INF/MANIFEST.MF",
            "noParams.marker",
            "Evil.class",
            "symbreak/../configuration.json",
            "\u202Efdp.nosj")) {
      raw(
          "an entry of another name",
          EntryPlace.printable(name),
          z -> z.add(name, new byte[] {1}, RawZip.STORED));
    }
    raw(
        "a serialized object",
        "preprocessor.bin",
        z -> z.add("preprocessor.bin", serialized(), RawZip.DEFLATED));
    raw(
        "10000 entries",
        "",
        z -> {
          for (int i = 0; i < 10_000; i++) z.add("e" + i, new byte[0], RawZip.STORED);
        });
    for (String name : List.of(CONFIGURATION, COEFFICIENTS, UPDATER)) {
      raw("left out", name, z -> z.entries.remove(z.entry(name)));
    }
    raw(
        "no parameters and the mark for it",
        "noParams.marker",
        z -> {
          replace(z, COEFFICIENTS, new byte[0], RawZip.STORED);
          z.add("noParams.marker", new byte[0], RawZip.STORED);
        });
  }

  private void texts() {
    String json = new String(genuine.get(CONFIGURATION), StandardCharsets.UTF_8);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("nothing but spaces", "   ");
    texts.put("null", "null");
    texts.put("a number", "42");
    texts.put("a list", "[]");
    texts.put("an empty object", "{}");
    texts.put("cut in the middle", json.substring(0, json.length() / 2));
    texts.put("text behind it", json + "x");
    texts.put("a second document", json + json);
    texts.put("a NUL", json.replaceFirst(":", ":\0"));
    texts.put("a byte-order mark", "\uFEFF" + json);
    texts.put("a comment", "/* harmless */" + json);
    texts.put("single quotes", json.replace('"', '\''));
    texts.put("a bare NaN", json.replaceFirst("\"nin\" : 3", "\"nin\" : NaN"));
    texts.put("a leading zero", json.replaceFirst("\"nin\" : 3", "\"nin\" : 03"));
    texts.put("a trailing comma", json.substring(0, json.lastIndexOf('}')) + ",}");
    texts.put("a raw newline in text", json.replaceFirst("layer0", "layer\n0"));
    texts.put("a bad escape", json.replaceFirst("layer0", "layer\\\\q"));
    texts.put("20000 lists in lists", "[".repeat(20_000) + "]".repeat(20_000));
    texts.put("20000 objects in objects", "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000));
    texts.put(
        "20000 layers in layers",
        json.replaceFirst(
            "\"layer\" : \\{",
            "\"layer\" : "
                + "{\"layer\":".repeat(20_000)
                + "1"
                + "}".repeat(20_000)
                + ", \"other\" : {"));
    texts.put(
        "100 lists deep",
        json.replaceFirst("\\{", "{\"x\":" + "[".repeat(100) + "]".repeat(100) + ","));
    texts.put(
        "a number of 4 million digits",
        json.replaceFirst("\"nin\" : 3", "\"nin\" : " + "9".repeat(4_000_000)));
    texts.put(
        "a fraction of 4 million digits",
        json.replaceFirst("\"nin\" : 3", "\"nin\" : 0." + "9".repeat(4_000_000)));
    texts.put(
        "a number of 1000 digits",
        json.replaceFirst("\"nin\" : 3", "\"nin\" : " + "9".repeat(1000)));
    texts.put("1e999", json.replaceFirst("\"biasInit\" : 0.0", "\"biasInit\" : 1e999"));
    texts.put("1e999999999", json.replaceFirst("\"biasInit\" : 0.0", "\"biasInit\" : 1e999999999"));
    texts.put(
        "beyond a long", json.replaceFirst("\"seed\" : 1", "\"seed\" : 18446744073709551616"));
    texts.put("a name twice", json.replaceFirst("\"nin\" : 3", "\"nin\" : 3, \"nin\" : 3"));
    texts.put(
        "a name twice, once escaped",
        json.replaceFirst("\"nin\" : 3", "\"nin\" : 3, \"\\\\u006ein\" : 5"));
    texts.put(
        "a class twice",
        json.replaceFirst("\"@class\"", "\"@class\" : \"" + PLANTED + "\", \"@class\""));
    texts.put(
        "a name twice but for case", json.replaceFirst("\"nin\" : 3", "\"nin\" : 3, \"nIn\" : 5"));
    texts.put(
        "a name of 3 million letters",
        json.replaceFirst("\\{", "{\"" + "n".repeat(3_000_000) + "\" : 1,"));
    texts.put("a text of 3 million letters", json.replaceFirst("layer0", noise(3_000_000)));
    texts.put(
        "a million numbers",
        json.replaceFirst("\\{", "{\"x\" : [" + "1,".repeat(3_000_000) + "1],"));
    texts.forEach(
        (name, text) -> bytes(name, CONFIGURATION, text.getBytes(StandardCharsets.UTF_8)));
    bytes("UTF-16", CONFIGURATION, json.getBytes(StandardCharsets.UTF_16));
    bytes("UTF-32", CONFIGURATION, json.getBytes(java.nio.charset.Charset.forName("UTF-32BE")));
    bytes(
        "broken UTF-8",
        CONFIGURATION,
        json.replaceFirst("layer0", "layer\u00e9").getBytes(StandardCharsets.ISO_8859_1));
    bytes(
        "overlong UTF-8",
        CONFIGURATION,
        concat(genuine.get(CONFIGURATION), new byte[] {(byte) 0xc0, (byte) 0xa0}));
  }

  private void classes() {
    for (String property :
        List.of(
            "activationFn",
            "lossFn",
            "iupdater",
            "biasUpdater",
            "weightInitFn",
            "idropout",
            "weightNoise",
            "stepFunction",
            "dist",
            "timeDistributedFormat",
            "anything",
            "gradientNormalization")) {
      layer("planted as " + property, l -> l.putObject(property).put("@class", PLANTED));
      layer("planted in a list as " + property, l -> l.putArray(property).add(PLANTED).addObject());
    }
    for (String property : List.of("constraints", "regularization", "regularizationBias")) {
      layer(
          "planted among " + property,
          l -> l.putArray(property).addObject().put("@class", PLANTED));
      layer(
          "planted in a list among " + property,
          l -> l.putArray(property).addArray().add(PLANTED).addObject());
    }
    conf("planted as layer", c -> c.putObject("layer").put("@class", PLANTED));
    conf("planted in a list as layer", c -> c.putArray("layer").add(PLANTED).addObject());
    conf("planted as step function", c -> c.putObject("stepFunction").put("@class", PLANTED));
    conf("planted as configuration of a layer", c -> c.put("@class", PLANTED));
    root("planted as the whole", r -> r.put("@class", PLANTED));
    root(
        "planted as preprocessor",
        r -> r.putObject("inputPreProcessors").putObject("0").put("@class", PLANTED));
    root(
        "a genuine preprocessor",
        r ->
            r.putObject("inputPreProcessors")
                .putObject("0")
                .put(
                    "@class",
                    "org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor"));
    root("a preprocessor in a list", r -> r.putArray("inputPreProcessors").add(PLANTED));
    layer(
        "planted as schedule",
        l ->
            ((ObjectNode) l.get("iupdater"))
                .putObject("learningRateSchedule")
                .put("@class", PLANTED));
    layer(
        "planted in a list as schedule",
        l ->
            ((ObjectNode) l.get("iupdater"))
                .putArray("learningRateSchedule")
                .add(PLANTED)
                .addObject());
    layer(
        "planted as distribution",
        l ->
            l.putObject("weightInitFn")
                .put("@class", "org.deeplearning4j.nn.weights.WeightInitDistribution")
                .putObject("distribution")
                .put("@class", PLANTED));
    layer(
        "planted as distribution, where Deeplearning4j itself names it",
        l ->
            l.putObject("weightInitFn")
                .put("@class", "org.deeplearning4j.nn.weights.WeightInitDistribution")
                .putObject("distribution")
                .put("type", PLANTED)
                .put("mean", 0));
    layer(
        "planted within a planted one",
        l ->
            l.putObject("activationFn")
                .put("@class", "org.nd4j.linalg.activations.impl.ActivationTanH")
                .putObject("x")
                .putObject("y")
                .put("@class", PLANTED));
    layer("a class that is no text", l -> l.putObject("activationFn").put("@class", 5));
    layer(
        "a class that is a list", l -> l.putObject("activationFn").putArray("@class").add(PLANTED));
    layer("no class", l -> l.putObject("activationFn"));
    layer("no activation", l -> l.remove("activationFn"));
    layer("no updater", l -> l.remove("iupdater"));
    layer("text for an activation", l -> l.put("activationFn", "TANH"));
    layer("an older kind of activation", l -> l.putObject("activationFn").putObject("TanH"));
    for (String name :
        List.of(
            "java.util.HashMap",
            "javax.swing.JEditorPane",
            "java.lang.Runtime",
            "com.sun.rowset.JdbcRowSetImpl",
            "org.nd4j.linalg.activations.impl.ActivationPReLU",
            "org.nd4j.linalg.activations.BaseActivationFunction",
            "org.nd4j.linalg.learning.config.Adam",
            "org.nd4j.linalg.activations.impl.ActivationTanH$1",
            "[Lorg.nd4j.linalg.activations.impl.ActivationTanH;",
            "org.nd4j.linalg.activations.impl.activationtanh",
            " org.nd4j.linalg.activations.impl.ActivationTanH",
            "")) {
      layer("activation " + name, l -> l.putObject("activationFn").put("@class", name));
    }
    for (String name :
        List.of(
            "ConvolutionLayer",
            "LSTM",
            "BatchNormalization",
            "FrozenLayer",
            "LambdaLayer",
            "samediff.SameDiffLambdaLayer",
            "misc.FrozenLayerWithBackprop",
            "variational.VariationalAutoencoder")) {
      layer("layer " + name, l -> l.put("@class", "org.deeplearning4j.nn.conf.layers." + name));
    }
    escaped(
        "planted behind an escaped name",
        "\"@class\" : \"org.nd4j.linalg.activations.impl.ActivationTanH\"",
        "\"\\u0040class\" : \"" + PLANTED + "\"");
    escaped(
        "planted behind an escaped class",
        "\"@class\" : \"org.nd4j.linalg.activations.impl.ActivationTanH\"",
        "\"@class\" : \"" + PLANTED.replace("P", "\\u0050") + "\"");
  }

  private void numbersInConfiguration() {
    for (String property : List.of("nin", "nout")) {
      for (Object value :
          Arrays.asList(
              0,
              -1,
              1L << 31,
              1L << 62,
              Long.MIN_VALUE,
              3.5,
              3.0,
              "3",
              null,
              true,
              Integer.MAX_VALUE)) {
        layer(
            property + " " + value + (value instanceof String ? " as text" : ""),
            l -> l.set(property, new ObjectMapper().valueToTree(value)));
      }
      layer("no " + property, l -> l.remove(property));
    }
    layer(
        "a product beyond a long",
        l -> l.put("nin", Integer.MAX_VALUE).put("nout", Integer.MAX_VALUE));
    layer("hasBias as text", l -> l.put("hasBias", "true"));
    layer("a layer norm without gains", l -> l.put("hasLayerNorm", true));
    layer("hasLayerNorm as a number", l -> l.put("hasLayerNorm", 0));
    for (String counter : List.of("iterationCount", "epochCount")) {
      for (Object value : Arrays.asList(-1, 1L << 31, 1.5, "1", null)) {
        root(counter + " " + value, r -> r.set(counter, new ObjectMapper().valueToTree(value)));
        conf(
            counter + " of a layer " + value,
            c -> c.set(counter, new ObjectMapper().valueToTree(value)));
      }
    }
    for (String type : List.of("INT", "UTF8", "COMPRESSED", "DOUBLE", "float", "")) {
      root("dataType " + type, r -> r.put("dataType", type));
      conf("dataType of a layer " + type, c -> c.put("dataType", type));
    }
    conf("variables the other way round", c -> c.putArray("variables").add("b").add("W"));
    conf("more variables", c -> ((ArrayNode) c.get("variables")).add("gamma"));
    conf("no layer", c -> c.remove("layer"));
    root("no layers", r -> r.putArray("confs"));
    root("layers that are none", r -> r.putArray("confs").add(1).add(2));
    root("layers as an object", r -> r.putObject("confs"));
    root("no confs", r -> r.remove("confs"));
    root(
        "1000 layers",
        r -> {
          ArrayNode confs = (ArrayNode) r.get("confs");
          JsonNode first = confs.get(0);
          for (int i = 0; i < 1000; i++) confs.insert(0, first.deepCopy());
        });
    root("a layer more", r -> ((ArrayNode) r.get("confs")).add(r.get("confs").get(1).deepCopy()));
    array(COEFFICIENTS, "more inputs", r -> layer(r).put("nin", 5));
    array(
        COEFFICIENTS,
        "no bias",
        r -> {
          layer(r).put("hasBias", false);
          ((ArrayNode) r.get("confs").get(0).get("variables")).remove(1);
        });
    array(COEFFICIENTS, "a layer less", r -> ((ArrayNode) r.get("confs")).remove(0));
    root("a computation graph", r -> r.putObject("vertices"));
    array(
        UPDATER,
        "an optimizer without state",
        r ->
            layer(r)
                .putObject("iupdater")
                .put("@class", "org.nd4j.linalg.learning.config.Sgd")
                .put("learningRate", 0.1));
    array(
        UPDATER,
        "an optimizer with more state",
        r ->
            layer(r)
                .putObject("iupdater")
                .put("@class", "org.nd4j.linalg.learning.config.AMSGrad")
                .put("learningRate", 0.1));
  }

  private void lossWeights() {
    for (String weights :
        List.of(
            "{\"dataType\":\"FLOAT\",\"shape\":[2147483647],\"data\":[1]}",
            "{\"dataType\":\"FLOAT\",\"shape\":[1,1000],\"data\":[1,2]}",
            "{\"dataType\":\"DOUBLE\",\"shape\":[-1],\"data\":[1,2]}",
            "{\"dataType\":\"DOUBLE\",\"shape\":[],\"data\":[1,2]}",
            "{\"dataType\":\"DOUBLE\",\"shape\":[1,1,2],\"data\":[1,2]}",
            "{\"dataType\":\"UTF8\",\"shape\":[2],\"data\":[1,2]}",
            "{\"dataType\":\"DOUBLE\",\"shape\":[2],\"data\":[\"a\",\"b\"]}",
            "{\"dataType\":\"DOUBLE\",\"shape\":[2],\"data\":[1,2],\"more\":1}",
            "{\"dataType\":\"DOUBLE\",\"shape\":[2]}",
            "{\"shape\":[2],\"data\":[1,2]}",
            "{\"@class\":\"" + PLANTED + "\"}",
            "[\"" + PLANTED + "\", {}]",
            "[[1],[2]]",
            "\"text\"",
            "5")) {
      root(
          "weights of the loss " + weights,
          r ->
              ((ObjectNode) r.get("confs").get(1).get("layer").get("lossFn"))
                  .set("weights", parse(weights)));
    }
  }

  private void arrays(String entry, int length) {
    long bits = 1 << 13;
    double[] values = new double[length];
    shape("rank 0", entry, values, 0, length, 1, bits, 1, 'c');
    shape("rank -1", entry, values, -1, length, 1, bits, 1, 'c');
    shape("rank 2^62", entry, values, 1L << 62, length, 1, bits, 1, 'c');
    for (long size :
        new long[] {0, -1, length - 1, length + 1, 1L << 31, 1L << 62, Long.MIN_VALUE}) {
      shape("size " + size, entry, values, 1, size, 1, bits, 1, 'c');
    }
    for (long stride : new long[] {0, -1, 2, 1L << 40, 1L << 62, Long.MIN_VALUE}) {
      shape("stride " + stride, entry, values, 1, length, stride, bits, 1, 'c');
    }
    for (long other :
        new long[] {
          0, 1 << 14, 1 << 17, bits | 1 << 14, bits | 2, bits | 4, bits | 8, bits | 1 << 25, -1
        }) {
      shape("bits " + other, entry, values, 1, length, 1, other, 1, 'c');
    }
    for (long between : new long[] {0, 2, -1, 1L << 62}) {
      shape("stride between elements " + between, entry, values, 1, length, 1, bits, between, 'c');
    }
    shape("order x", entry, values, 1, length, 1, bits, 1, 'x');
    shape("two rows", entry, values, 2, 2, length / 2, length / 2, 1, bits, 1, 'c');
    shape("a matrix of 2^31 × 2^31", entry, values, 2, 1L << 31, 1L << 31, 1, 1, bits, 1, 'c');
    shape("a row with a stride of 2^40", entry, values, 2, 1, length, 1L << 40, 1, bits, 1, 'c');
    shape("three sizes", entry, values, 3, 1, 1, length, 1, 1, 1, bits, 1, 'c');
    long[] right = {1, length, 1, bits, 1, 'c'};
    for (long announced : new long[] {1L << 62, 1L << 31, -1, 0, 5, 7, 1_000_000_000}) {
      array(
          "shape information of length " + announced,
          entry,
          "MIXED_DATA_TYPES",
          announced,
          "LONG",
          right,
          "MIXED_DATA_TYPES",
          length,
          "FLOAT",
          values);
    }
    for (long announced : new long[] {1L << 62, 1L << 31, -1, 0, length - 1, length + 1}) {
      array(
          "values of length " + announced,
          entry,
          "MIXED_DATA_TYPES",
          6,
          "LONG",
          right,
          "MIXED_DATA_TYPES",
          announced,
          "FLOAT",
          values);
    }
    for (String mode :
        List.of("DIRECT", "HEAP", "JAVACPP", "mixed_data_types", "", "X".repeat(60_000))) {
      array(
          "mode " + EntryPlace.printable(mode),
          entry,
          mode,
          6,
          "LONG",
          right,
          mode,
          length,
          "FLOAT",
          values);
    }
    for (String type : List.of("INT", "DOUBLE", "COMPRESSED", "UTF8", "BOOL", "UNKNOWN", "float")) {
      array(
          "type " + type,
          entry,
          "MIXED_DATA_TYPES",
          6,
          "LONG",
          right,
          "MIXED_DATA_TYPES",
          length,
          type,
          values);
      array(
          "shape information of type " + type,
          entry,
          "MIXED_DATA_TYPES",
          6,
          type,
          right,
          "MIXED_DATA_TYPES",
          length,
          "FLOAT",
          values);
    }
    for (float value :
        new float[] {
          Float.NaN,
          Float.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY,
          Float.intBitsToFloat(0x7f800001)
        }) {
      double[] spoilt = values.clone();
      spoilt[length - 1] = value;
      array(
          "a value " + Integer.toHexString(Float.floatToRawIntBits(value)),
          entry,
          "MIXED_DATA_TYPES",
          6,
          "LONG",
          right,
          "MIXED_DATA_TYPES",
          length,
          "FLOAT",
          spoilt);
    }
    byte[] whole = genuine.get(entry);
    bytes("cut by a byte", entry, Arrays.copyOf(whole, whole.length - 1));
    bytes("cut in the middle", entry, Arrays.copyOf(whole, whole.length / 2));
    bytes("cut in its header", entry, Arrays.copyOf(whole, 20));
    bytes("one byte", entry, new byte[1]);
    bytes("a byte behind it", entry, Arrays.copyOf(whole, whole.length + 1));
    bytes("twice", entry, concat(whole, whole));
    bytes("a serialized object", entry, serialized());
  }

  private void normalizers() {
    byte[] whole = genuine.get(NORMALIZER);
    double[] three = {1, 2, 3};
    normalizer("custom", "NORMALIZER", 1, "CUSTOM", out -> out.writeUTF(PLANTED));
    for (String type :
        List.of(
            "MULTI_STANDARDIZE",
            "MULTI_MIN_MAX",
            "MULTI_HYBRID",
            "IMAGE_MIN_MAX",
            "IMAGE_VGG16",
            "",
            "standardize")) {
      normalizer("type " + type, "NORMALIZER", 1, type, out -> out.write(vectors(three, three)));
    }
    normalizer(
        "another header", "NORMALISER", 1, "STANDARDIZE", out -> out.write(vectors(three, three)));
    normalizer(
        "version 2", "NORMALIZER", 2, "STANDARDIZE", out -> out.write(vectors(three, three)));
    normalizer(
        "version -1", "NORMALIZER", -1, "STANDARDIZE", out -> out.write(vectors(three, three)));
    normalizer(
        "a flag of 2",
        "NORMALIZER",
        1,
        "STANDARDIZE",
        out -> {
          out.writeByte(2);
          out.write(vectors(three, three));
        });
    normalizer("no vectors", "NORMALIZER", 1, "STANDARDIZE", out -> out.writeByte(0));
    normalizer(
        "one vector",
        "NORMALIZER",
        1,
        "STANDARDIZE",
        out -> {
          out.writeByte(0);
          out.write(NdArrayCodec.encode(three, ElementType.FLOAT));
        });
    normalizer(
        "no vectors of labels",
        "NORMALIZER",
        1,
        "STANDARDIZE",
        out -> {
          out.writeByte(1);
          out.write(vectors(three, three));
        });
    normalizer(
        "vectors of another length",
        "NORMALIZER",
        1,
        "STANDARDIZE",
        out -> {
          out.writeByte(0);
          out.write(vectors(new double[4], new double[4]));
        });
    normalizer(
        "vectors of two lengths",
        "NORMALIZER",
        1,
        "STANDARDIZE",
        out -> {
          out.writeByte(0);
          out.write(vectors(three, new double[4]));
        });
    normalizer(
        "NaN",
        "NORMALIZER",
        1,
        "STANDARDIZE",
        out -> {
          out.writeByte(0);
          out.write(vectors(three, new double[] {1, Double.NaN, 1}));
        });
    normalizer(
        "infinity",
        "NORMALIZER",
        1,
        "MIN_MAX",
        out -> {
          out.writeByte(0);
          out.writeDouble(0);
          out.writeDouble(1);
          out.write(vectors(new double[] {1, Double.NEGATIVE_INFINITY, 1}, three));
        });
    normalizer(
        "a range of NaN",
        "NORMALIZER",
        1,
        "MIN_MAX",
        out -> {
          out.writeByte(0);
          out.writeDouble(Double.NaN);
          out.writeDouble(1);
          out.write(vectors(three, three));
        });
    normalizer(
        "a range the other way round",
        "NORMALIZER",
        1,
        "MIN_MAX",
        out -> {
          out.writeByte(0);
          out.writeDouble(1);
          out.writeDouble(-1);
          out.write(vectors(three, three));
        });
    bytes("cut by a byte", NORMALIZER, Arrays.copyOf(whole, whole.length - 1));
    bytes("a byte behind it", NORMALIZER, Arrays.copyOf(whole, whole.length + 1));
    bytes("a serialized object", NORMALIZER, serialized());
  }

  private void ourEntries() {
    for (String name : SavedModelEntries.NAMES) {
      raw(
          "text that is no JSON",
          name,
          z -> z.add(name, "no".getBytes(StandardCharsets.UTF_8), RawZip.DEFLATED));
      raw(
          "a list",
          name,
          z -> z.add(name, "[1]".getBytes(StandardCharsets.UTF_8), RawZip.DEFLATED));
      raw(
          "20000 lists in lists",
          name,
          z ->
              z.add(
                  name,
                  ("[".repeat(20_000) + "]".repeat(20_000)).getBytes(StandardCharsets.UTF_8),
                  RawZip.DEFLATED));
    }
    ObjectNode planted =
        (ObjectNode) parse(new String(genuine.get(CONFIGURATION), StandardCharsets.UTF_8));
    ((ObjectNode) planted.get("confs").get(0).get("layer"))
        .putObject("activationFn")
        .put("@class", PLANTED);
    raw(
        "planted",
        "symbreak/configuration.json",
        z ->
            z.add(
                "symbreak/configuration.json",
                planted.toString().getBytes(StandardCharsets.UTF_8),
                RawZip.DEFLATED));
  }

  /** What writes the rest of a normalizer. */
  private interface Rest {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private void normalizer(String name, String header, int version, String type, Rest rest) {
    bytes(
        name,
        NORMALIZER,
        written(
            out -> {
              out.writeUTF(header);
              out.writeInt(version);
              out.writeUTF(type);
              rest.writeTo(out);
            }));
  }

  private static byte[] vectors(double[] first, double[] second) {
    return concat(
        NdArrayCodec.encode(first, ElementType.FLOAT),
        NdArrayCodec.encode(second, ElementType.FLOAT));
  }

  private void shape(String name, String entry, double[] values, long... shape) {
    array(
        "shape: " + name,
        entry,
        "MIXED_DATA_TYPES",
        shape.length,
        "LONG",
        shape,
        "MIXED_DATA_TYPES",
        values.length,
        "FLOAT",
        values);
  }

  private void array(
      String name,
      String entry,
      String mode,
      long shapeLength,
      String shapeType,
      long[] shape,
      String valuesMode,
      long length,
      String type,
      double[] values) {
    bytes(
        name,
        entry,
        written(
            out -> {
              out.writeUTF(mode);
              out.writeLong(shapeLength);
              out.writeUTF(shapeType);
              for (long number : shape) {
                out.writeLong(number);
              }
              out.writeUTF(valuesMode);
              out.writeLong(length);
              out.writeUTF(type);
              for (double value : values) {
                out.writeFloat((float) value);
              }
            }));
  }

  private static byte[] written(Rest content) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes)) {
      content.writeTo(out);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void root(String name, Consumer<ObjectNode> change) {
    ObjectNode root =
        (ObjectNode) parse(new String(genuine.get(CONFIGURATION), StandardCharsets.UTF_8));
    change.accept(root);
    bytes(name, CONFIGURATION, root.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A configuration that is sound by itself, and not that of the arrays. */
  private void array(String entry, String name, Consumer<ObjectNode> change) {
    ObjectNode root =
        (ObjectNode) parse(new String(genuine.get(CONFIGURATION), StandardCharsets.UTF_8));
    change.accept(root);
    raw(
        name,
        entry,
        zip ->
            replace(
                zip,
                CONFIGURATION,
                root.toString().getBytes(StandardCharsets.UTF_8),
                RawZip.DEFLATED));
  }

  private static ObjectNode layer(ObjectNode root) {
    return (ObjectNode) root.get("confs").get(0).get("layer");
  }

  private void conf(String name, Consumer<ObjectNode> change) {
    root(name, root -> change.accept((ObjectNode) root.get("confs").get(0)));
  }

  private void layer(String name, Consumer<ObjectNode> change) {
    conf(name, conf -> change.accept((ObjectNode) conf.get("layer")));
  }

  private void escaped(String name, String plain, String hostile) {
    String json = new String(genuine.get(CONFIGURATION), StandardCharsets.UTF_8);
    if (!json.contains(plain)) {
      throw new AssertionError("the genuine configuration lacks " + plain);
    }
    bytes(name, CONFIGURATION, json.replace(plain, hostile).getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void bytes(String name, String entry, byte[] content) {
    raw(name, entry, zip -> replace(zip, entry, content, RawZip.DEFLATED));
  }

  private void raw(String name, String entry, Consumer<RawZip> change) {
    RawZip zip = RawZip.of(genuine, RawZip.DEFLATED);
    change.accept(zip);
    put(name, entry, zip.build());
  }

  private void put(String name, String entry, byte[] zip) {
    if (cases.put((entry.isEmpty() ? "" : entry + ": ") + name, new Hostile(entry, zip)) != null) {
      throw new AssertionError("two cases are called " + entry + ": " + name);
    }
  }

  private static void replace(RawZip zip, String name, byte[] content, int method) {
    inPlace(zip, name, RawZip.of(Map.of(name, content), method).entry(name));
  }

  /** Puts another's data where an entry of this name is, or at the end. */
  private static RawZip.Entry inPlace(RawZip zip, String name, RawZip.Entry other) {
    RawZip.Entry entry =
        zip.entries.stream()
            .filter(e -> new String(e.central.name, StandardCharsets.UTF_8).equals(name))
            .findFirst()
            .orElseGet(() -> zip.add(name, new byte[0], RawZip.STORED));
    entry.data = other.data;
    for (RawZip.Header header : entry.headers()) {
      header.method = other.central.method;
      header.crc = other.central.crc;
      header.compressed = other.central.compressed;
      header.size = other.central.size;
    }
    return entry;
  }

  private void store(RawZip zip, String name, Consumer<RawZip.Entry> change) {
    replace(zip, name, genuine.get(name), RawZip.STORED);
    change.accept(zip.entry(name));
  }

  private static void describeBehind(RawZip.Entry entry, int lie) {
    entry.headers().forEach(h -> h.flags = 8);
    entry.after =
        RawZip.buffer(16)
            .putInt(0x08074b50)
            .putInt(entry.central.crc)
            .putInt(entry.central.compressed)
            .putInt(entry.central.size + lie)
            .array();
  }

  private static void zip64(RawZip.Header header) {
    header.extra =
        RawZip.buffer(20)
            .putShort((short) 1)
            .putShort((short) 16)
            .putLong(header.size)
            .putLong(header.compressed)
            .array();
    header.size = -1;
    header.compressed = -1;
  }

  private static byte[] serialized() {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new PlantedClass());
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String noise(int length) {
    StringBuilder text = new StringBuilder(length);
    CRC32 state = new CRC32();
    while (text.length() < length) {
      state.update(text.length());
      text.append(Long.toString(state.getValue(), 36));
    }
    return text.toString();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }
}
