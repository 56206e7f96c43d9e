package org.symbreak.engine.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.symbreak.engine.fused.ChunkHolders;
import org.symbreak.engine.fused.HeldChunks;

/**
 * Holds rows for a {@link Coordinator} and computes what it asks for, until it says that it is
 * over.
 */
public final class Holder {
  private static final int BUFFER = 1 << 16;

  private Holder() {}

  /**
   * Serves a coordinator.
   *
   * @param secret the coordinator's
   * @param threads to compute with at the most, from 1
   * @throws IOException where the connection breaks
   */
  public static void serve(String host, int port, byte[] secret, int threads) throws IOException {
    try (Socket socket = new Socket(host, port)) {
      Link.tune(socket);
      serve(socket.getInputStream(), socket.getOutputStream(), secret, threads);
    }
  }

  static void serve(InputStream from, OutputStream to, byte[] secret, int threads)
      throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(from, BUFFER));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, BUFFER));
    Handshake.hold(in, out, secret);
    out.writeLong(Runtime.getRuntime().maxMemory());
    out.flush();
    HeldChunks<?> held = null;
    try {
      while (true) {
        switch (Order.of(in.readUnsignedByte())) {
          case BEGIN -> {
            if (held != null) {
              held.close();
            }
            held = HeldChunks.of(in.readNBytes(in.readInt()), threads);
          }
          case HOLD -> held.hold(in.readInt(), in.readInt(), in.readInt(), in);
          case FORGET -> held.forget(in.readInt(), in.readInt());
          case COMPUTE -> compute(held, in, out);
          case END -> {
            return;
          }
        }
      }
    } finally {
      if (held != null) {
        held.close();
      }
    }
  }

  private static void compute(HeldChunks<?> held, DataInputStream in, DataOutputStream out)
      throws IOException {
    ChunkHolders.Wanted wanted = ChunkHolders.Wanted.values()[in.readUnsignedByte()];
    int set = in.readInt();
    int[] chunks = new int[in.readInt()];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = in.readInt();
    }
    byte[] parameters = new byte[held.parameterBytes()];
    in.readFully(parameters);
    long start = System.nanoTime();
    List<ByteBuffer> answers = held.compute(wanted, set, chunks, ByteBuffer.wrap(parameters));
    out.writeLong(System.nanoTime() - start);
    for (int i = 0; i < chunks.length; i++) {
      out.writeInt(chunks[i]);
      out.write(answers.get(i).array());
    }
    out.flush();
  }
}
