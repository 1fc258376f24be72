package com.example.platform.support;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Requests to a server of the test's own. */
public record Http(int port) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static Http onFreePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return new Http(free.getLocalPort());
    }
  }

  public HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
