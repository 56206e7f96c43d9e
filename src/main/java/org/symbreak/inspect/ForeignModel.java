package org.symbreak.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.symbreak.formats.DenseFile;
import org.symbreak.formats.DenseFile.Change;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.problem.InputException;
import org.symbreak.stack.Chain;
import org.symbreak.stack.DenseBlock;
import org.symbreak.stack.DenseStack;

/** A model whose dense layers are chains within it, such as other libraries write them. */
record ForeignModel(Path file, DenseFile content) implements ReadModel {
  ForeignModel {
    if (content.chains().isEmpty()) {
      throw InputException.of(
          file.toString(),
          "dense layers to look at",
          content.unread().isEmpty() ? "none" : "none; other layers: " + content.unread());
    }
  }

  @Override
  public String format() {
    return content.format();
  }

  @Override
  public String writtenBy() {
    return content.writtenBy();
  }

  @Override
  public String precision() {
    return content.numbers().toString();
  }

  @Override
  public long parameters() {
    return content.parameters();
  }

  @Override
  public String updater() {
    return null;
  }

  @Override
  public Long iteration() {
    return null;
  }

  @Override
  public Long epoch() {
    return null;
  }

  @Override
  public List<String> unread() {
    return content.unread();
  }

  @Override
  public boolean isMendable() {
    return content.isWritable();
  }

  @Override
  public List<ReadChain> chains() {
    return content.chains().stream().map(this::chain).toList();
  }

  private ReadChain chain(Chain chain) {
    return new ForeignChain(
        chain, content.numbers().ulp(), content.takesRows(chain), file.toString());
  }

  /** Read anew from the bytes that are written, so that what is measured is what is there. */
  @Override
  public MendedModel mended(List<Change> changes) {
    DenseFile.Written written = content.with(changes);
    return new MendedModel() {
      @Override
      public double[] outputs(int chain, NetworkProbe probe) {
        return ForeignModel.outputs(written.content().chains().get(chain).blocks(), probe);
      }

      @Override
      public long parameters() {
        return written.content().parameters();
      }

      @Override
      public void save(Path mended, MendReport report) throws IOException {
        Destination.file(mended);
        AtomicFile.write(mended, out -> out.write(written.bytes()));
      }
    };
  }

  static double[] outputs(List<DenseBlock> blocks, NetworkProbe probe) {
    DenseStack stack = new DenseStack(blocks);
    return Arrays.stream(probe.rows())
        .flatMapToDouble(row -> Arrays.stream(stack.outputs(row)))
        .toArray();
  }

  /** A chain of such a model. */
  private record ForeignChain(Chain chain, double ulp, boolean takesRows, String file)
      implements ReadChain {
    @Override
    public String name() {
      return chain.name();
    }

    @Override
    public List<DenseBlock> blocks() {
      return chain.blocks();
    }

    @Override
    public double[][] ranges() {
      return null;
    }

    @Override
    public String initialization(int layer) {
      return null;
    }

    @Override
    public NetworkProbe probe(ProbeSource source) {
      int most = NetworkProbe.mostRows(blocks());
      return source.file() == null || !takesRows
          ? NetworkProbe.random(blocks().get(0).inputs(), null, most)
          : NetworkProbe.numbers(source, blocks().get(0).inputs(), most, row -> {});
    }

    @Override
    public double[] outputs(NetworkProbe probe) {
      return ForeignModel.outputs(blocks(), probe);
    }

    @Override
    public double[][][] activations(NetworkProbe probe) {
      return new DenseStack(blocks()).activations(probe.rows());
    }
  }
}
