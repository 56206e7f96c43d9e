package org.symbreak.serve;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;

/**
 * Who may talk to the server. Every request must name this machine as its host, so that a foreign
 * name that resolves to it (DNS rebinding) is of no use; what writes or streams must come from the
 * page itself and carry the token.
 *
 * @param hosts what a Host header may say, such as {@code 127.0.0.1:8080}
 * @param token 128 random bits, in hex
 */
record Gate(Set<String> hosts, String token) {
  static final String TOKEN_HEADER = "X-Symbreak-Token";

  /**
   * @param addresses those that are listened on, beside the names of the loopback
   */
  static Gate of(Collection<InetAddress> addresses, int port) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    Stream<String> names =
        Stream.concat(
            Stream.of("127.0.0.1", "localhost", "[::1]"), addresses.stream().map(Gate::name));
    return new Gate(
        names
            .flatMap(
                name -> port == 80 ? Stream.of(name, name + ":80") : Stream.of(name + ":" + port))
            .collect(Collectors.toUnmodifiableSet()),
        HexFormat.of().formatHex(random));
  }

  /** An address as the Host header has it. */
  static String name(InetAddress address) {
    String name = address.getHostAddress().replaceFirst("%.*", "");
    return name.contains(":") ? "[" + name.replaceFirst("(^|:)0(:0)+(:|$)", "::") + "]" : name;
  }

  /** Why a request is refused that only reads what everybody may see; empty where it is not. */
  Optional<String> refuses(HttpFields headers) {
    String host = headers.get("Host");
    if (host == null || !hosts.contains(host)) {
      return Optional.of(
          "this server answers to "
              + String.join(", ", hosts.stream().sorted().toList())
              + " only");
    }
    String origin = headers.get("Origin");
    if (origin != null && !origin.equals("http://" + host)) {
      return Optional.of("a page of another origin may not talk to this server");
    }
    String site = headers.get("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return Optional.of("a page of another site may not talk to this server");
    }
    return Optional.empty();
  }

  /** Why a request is refused that controls or streams. */
  Optional<String> refusesControl(HttpFields headers) {
    Optional<String> refusal = refuses(headers);
    if (refusal.isPresent()) {
      return refusal;
    }
    String given = headers.get(TOKEN_HEADER);
    boolean known =
        given != null
            && MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    return known
        ? Optional.empty()
        : Optional.of(
            "the token is missing or wrong; open the address that symbreak serve printed");
  }
}
