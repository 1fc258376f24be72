package com.example.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** Takes X-Correlation-Id from the request, or makes one, and returns it. */
public final class Correlation extends HttpFilter {
  private static final long serialVersionUID = 1;
  private static final String HEADER = "X-Correlation-Id";
  private static final String FIELD = "correlationId";

  /** It ends up in headers and log lines of every service behind us. */
  private static final Pattern ACCEPTABLE = Pattern.compile("[\\x21-\\x7e]{1,200}");

  /** The id of a request that came through this filter. */
  public static String of(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(FIELD));
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id =
        Optional.ofNullable(request.getHeader(HEADER))
            .filter(ACCEPTABLE.asMatchPredicate())
            .orElseGet(() -> UUID.randomUUID().toString());
    request.setAttribute(FIELD, id);
    response.setHeader(HEADER, id);
    MDC.put(FIELD, id);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(FIELD);
    }
  }
}
