package com.example.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes X-Correlation-Id from the request, or makes one, and returns it. */
public final class Correlation extends OncePerRequestFilter {
  private static final String HEADER = "X-Correlation-Id";
  private static final String FIELD = "correlationId";

  /** It ends up in headers and log lines of every service behind us. */
  private static final Predicate<String> ACCEPTABLE =
      Pattern.compile("[\\x21-\\x7e]{1,200}").asMatchPredicate();

  /** The id of a request that came through this filter. */
  public static String of(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(FIELD));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id =
        Optional.ofNullable(request.getHeader(HEADER))
            .filter(ACCEPTABLE)
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
