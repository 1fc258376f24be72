package com.example.platform.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** PostgreSQL: for several consumers of one group. */
final class PostgreSql implements Database {
  /**
   * The classes of SQLSTATE in which the server, not the statement, is the problem. 40 is a
   * deadlock or a failed serialization: the batch goes again.
   */
  private static final Set<String> UNAVAILABLE =
      Set.of("08", "25", "28", "3D", "40", "53", "57", "58");

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final String url;
  private final Properties properties = new Properties();

  /** {@code postgresql://user:password@host:port/database?parameter=value}. */
  PostgreSql(String databaseUrl) {
    URI uri = URI.create(databaseUrl);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    url = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
    if (uri.getRawUserInfo() != null) {
      String[] userInfo = uri.getRawUserInfo().split(":", 2);
      properties.setProperty("user", decoded(userInfo[0]));
      if (userInfo.length == 2) {
        properties.setProperty("password", decoded(userInfo[1]));
      }
    }
    properties.setProperty("ApplicationName", "platform-app");
    properties.setProperty("connectTimeout", "5");
    // A server that vanished without a word is noticed in seconds, not in hours.
    properties.setProperty("socketTimeout", "35");
    properties.setProperty("tcpKeepAlive", "true");
    // Details quote the row, which is the event's payload.
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty("options", "-c statement_timeout=30000");
  }

  @Override
  public Connection connectWriter() throws SQLException {
    return DriverManager.getConnection(url, properties);
  }

  @Override
  public Connection connectReader() throws SQLException {
    return connectWriter();
  }

  @Override
  public Optional<String> schemaLock() {
    return Optional.of("SELECT pg_advisory_xact_lock(4207849484)");
  }

  @Override
  public boolean unavailable(Exception error) {
    if (!(error instanceof SQLException sql)) {
      return false;
    }
    // What the driver noticed itself, such as a lost connection, may have no state.
    String state = sql.getSQLState();
    return state == null
        || state.equals(INSUFFICIENT_PRIVILEGE)
        || UNAVAILABLE.contains(state.substring(0, Math.min(2, state.length())));
  }

  private static String decoded(String text) {
    // A plus sign means itself outside of forms.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
