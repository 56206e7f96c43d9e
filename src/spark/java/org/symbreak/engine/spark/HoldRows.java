package org.symbreak.engine.spark;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.function.VoidFunction;
import org.symbreak.engine.cluster.Holder;

/** A Spark task: this executor holds rows until the training is over. Where it does already, there is nothing to do. */
final class HoldRows implements VoidFunction<Integer> {
  private static final long serialVersionUID = 1L;

  private static final AtomicBoolean HOLDS = new AtomicBoolean();

  private final String host;
  private final int port;
  private final byte[] secret;

  /**
   * @param host and port at which the coordinator listens
   */
  HoldRows(String host, int port, byte[] secret) {
    this.host = host;
    this.port = port;
    this.secret = secret;
  }

  /**
   * @param threads to compute with
   */
  @Override
  public void call(Integer threads) throws IOException {
    if (HOLDS.compareAndSet(false, true)) {
      try {
        Holder.serve(host, port, secret, threads);
      } catch (ConnectException e) {
        // a task that found a place after the training was over
      } finally {
        HOLDS.set(false);
      }
    }
  }
}
