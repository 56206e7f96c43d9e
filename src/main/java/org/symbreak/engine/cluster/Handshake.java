package org.symbreak.engine.cluster;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Two ends of a connection prove to each other that they know a secret, without saying it: each
 * sends random bytes, and gets back their HMAC-SHA256 (RFC 2104) beside the other's.
 */
final class Handshake {
  private static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Handshake() {}

  static byte[] newSecret() {
    byte[] secret = new byte[BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /**
   * The end that coordinates; says nothing that depends on the secret before the other end did.
   *
   * @throws IOException where the other end does not know it
   */
  static void coordinate(DataInputStream in, DataOutputStream out, byte[] secret)
      throws IOException {
    byte[] own = newSecret();
    out.write(own);
    out.flush();
    byte[] other = in.readNBytes(BYTES);
    require(in.readNBytes(BYTES), proof(secret, "holder", own, other));
    out.write(proof(secret, "coordinator", own, other));
    out.flush();
  }

  /**
   * The end that holds rows.
   *
   * @throws IOException where the other end does not know the secret
   */
  static void hold(DataInputStream in, DataOutputStream out, byte[] secret) throws IOException {
    byte[] other = in.readNBytes(BYTES);
    byte[] own = newSecret();
    out.write(own);
    out.write(proof(secret, "holder", other, own));
    out.flush();
    require(in.readNBytes(BYTES), proof(secret, "coordinator", other, own));
  }

  private static void require(byte[] found, byte[] expected) throws IOException {
    if (!MessageDigest.isEqual(found, expected)) {
      throw new IOException("the other end does not know the secret");
    }
  }

  private static byte[] proof(byte[] secret, String who, byte[] first, byte[] second) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update(who.getBytes(StandardCharsets.US_ASCII));
      mac.update(first);
      return mac.doFinal(second);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
