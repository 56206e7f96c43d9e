package org.symbreak.engine.dl4j;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.problem.InputException;

/**
 * What Deeplearning4j's engine computes with. ND4J chooses one backend for the whole process when
 * it is first touched: of those on the class path that work here the one with the highest priority,
 * which the environment variables BACKEND_PRIORITY_CPU and BACKEND_PRIORITY_GPU set.
 */
public final class Backends {
  private static final String PLACE = "--backend";
  private static final int USUAL_CPU_PRIORITY = 0;
  private static final int USUAL_GPU_PRIORITY = 100;

  private Backends() {}

  /**
   * What ND4J has chosen.
   *
   * @param backend {@code cpu} or {@code cuda}
   * @param implementation ND4J's name of it, such as {@code CpuBackend}
   * @param blas which library multiplies matrices
   * @param blasThreads of that library
   * @param openMpThreads of ND4J's own loops
   * @param dataType of arrays where nobody says otherwise
   */
  public record InUse(
      String backend,
      String implementation,
      String blas,
      int blasThreads,
      int openMpThreads,
      String dataType) {}

  /** {@code cpu}, {@code cuda} or both. Loads nothing. */
  public static List<String> onClassPath() {
    List<String> names = new ArrayList<>();
    if (isThere("org.nd4j.linalg.cpu.nativecpu.CpuBackend")) {
      names.add("cpu");
    }
    if (isThere("org.nd4j.linalg.jcublas.JCublasBackend")) {
      names.add("cuda");
    }
    return names;
  }

  /** Loads ND4J's native library if that has not happened yet. */
  public static InUse inUse() {
    load();
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    String implementation = Nd4j.getBackend().getClass().getSimpleName();
    return new InUse(
        implementation.startsWith("Cpu") ? "cpu" : "cuda",
        implementation,
        Nd4j.factory().blas().getBlasVendor().toString(),
        Nd4j.factory().blas().getMaxThreads(),
        Integer.parseInt(environment.getOrDefault("omp.threads", 1).toString()),
        Nd4j.dataType().name().toLowerCase(Locale.ROOT));
  }

  /**
   * Lets ND4J choose, once a process. Its CUDA backend prints a stack trace where it cannot run,
   * which is kept from users: {@link #require} says what is the matter.
   */
  static void load() {
    if (!onClassPath().contains("cuda")) {
      return;
    }
    PrintStream standardError = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      Nd4j.getBackend();
    } finally {
      System.setErr(standardError);
    }
  }

  /**
   * Makes sure that this is the backend that Deeplearning4j's engine will use.
   *
   * @param backend {@code auto} for whichever ND4J chooses, {@code cpu} or {@code cuda}
   * @throws InputException where it is not, with what to do
   */
  public static void require(String backend) {
    if (backend.equals("auto")) {
      return;
    }
    List<String> there = onClassPath();
    if (!there.contains(backend)) {
      throw InputException.of(
          PLACE,
          "a backend on the class path; the Maven profile cuda adds CUDA 11.6 (mvn -Pcuda ..., or"
              + " SYMBREAK_MAVEN=-Pcuda scripts/symbreak ...)",
          "'" + backend + "'",
          there.toArray(String[]::new));
    }
    if (there.size() > 1) {
      requirePriority(backend);
      String used = inUse().backend();
      if (!used.equals(backend)) {
        throw InputException.of(
            PLACE,
            "a graphics processor that CUDA 11.6 can use, and its driver",
            "none that ND4J could start",
            "auto",
            "cpu");
      }
    }
  }

  private static void requirePriority(String backend) {
    int cpu = priority("BACKEND_PRIORITY_CPU", USUAL_CPU_PRIORITY);
    int gpu = priority("BACKEND_PRIORITY_GPU", USUAL_GPU_PRIORITY);
    boolean wantsCpu = backend.equals("cpu");
    if (wantsCpu ? cpu <= gpu : gpu <= cpu) {
      throw InputException.of(
          PLACE,
          "the environment to say so before Java starts: export "
              + (wantsCpu ? "BACKEND_PRIORITY_CPU=200" : "BACKEND_PRIORITY_GPU=200")
              + " (the launcher scripts/symbreak does it)",
          "BACKEND_PRIORITY_CPU=" + cpu + " and BACKEND_PRIORITY_GPU=" + gpu);
    }
  }

  private static int priority(String variable, int usual) {
    try {
      String value = System.getenv(variable);
      return value == null ? usual : Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw InputException.of(
          "environment variable " + variable,
          "a whole number",
          "'" + System.getenv(variable) + "'");
    }
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, Backends.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
